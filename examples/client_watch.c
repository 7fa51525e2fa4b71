/*
 * The client of docs/client.md that prints how workloads end.
 *
 *     cc client_watch.c $(pkg-config --cflags --libs nex) -o client_watch
 */
#include <nex/client.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct watching {
    nex_loop *loop;
    long left;
} watching;

static void on_event(void *arg, const nex_feed_event *event) {
    watching *w = arg;
    nex_workload_stopped_event *stopped = NULL;
    nex_error err;
    if (nex_workload_stopped_event_decode(&stopped, event->json, event->len, &err) != NEX_OK) {
        fprintf(stderr, "%s: %s\n", event->type, err.message);
        return;
    }
    printf("%s of %s ended %s\n", stopped->id, event->from,
           stopped->error != NULL ? stopped->error->code : "well");
    nex_workload_stopped_event_free(stopped);
    if (--w->left == 0) {
        nex_loop_stop(w->loop);
    }
}

static void on_flushed(void *arg, nex_status status) {
    (void)arg;
    puts(status == NEX_OK ? "watching" : "not connected");
    fflush(stdout);
}

int main(int argc, char **argv) {
    nex_error err;
    watching w = {.left = argc > 2 ? atol(argv[2]) : 1};
    nex_bus *bus = NULL;
    nex_client *client = NULL;
    const char *servers[] = {argc > 1 ? argv[1] : "nats://127.0.0.1:4222"};
    nex_bus_options connection = {.servers = servers, .server_count = 1};

    if (nex_loop_new(&w.loop, &err) != NEX_OK ||
        nex_bus_connect(&bus, w.loop, &connection, &err) != NEX_OK ||
        nex_client_new(&client, &(nex_client_options){.bus = bus}, &err) != NEX_OK ||
        nex_client_follow_events(client, "WORKLOADSTOPPED", on_event, &w, NULL, &err) != NEX_OK) {
        fprintf(stderr, "%s\n", err.message);
    } else {
        nex_bus_flush(bus, 5 * NEX_SECOND, on_flushed, NULL);
        nex_loop_run(w.loop);
    }
    nex_client_free(client);
    nex_bus_close(bus);
    nex_loop_free(w.loop);
    return 0;
}
