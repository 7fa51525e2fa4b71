/*
 * The client of docs/client.md on an event loop: lists the workloads of a namespace.
 *
 *     cc client_list.c $(pkg-config --cflags --libs nex) -o client_list
 */
#include <nex/client.h>
#include <stdio.h>

static void on_list(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                    size_t count) {
    (void)arg;
    if (outcome->status != NEX_OK) {
        fprintf(stderr, "%s\n", outcome->error->message);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        printf("%s %s on %s\n", workloads[i].summary->id, workloads[i].summary->name,
               workloads[i].node_id);
    }
}

int main(int argc, char **argv) {
    nex_error err;
    nex_loop *loop = NULL;
    nex_bus *bus = NULL;
    nex_client *client = NULL;
    nex_client_op *op = NULL;
    const char *servers[] = {argc > 1 ? argv[1] : "nats://127.0.0.1:4222"};
    nex_bus_options connection = {.servers = servers, .server_count = 1};

    if (nex_loop_new(&loop, &err) != NEX_OK ||
        nex_bus_connect(&bus, loop, &connection, &err) != NEX_OK ||
        nex_client_new(&client, &(nex_client_options){.bus = bus, .namespace_ = "default"}, &err) !=
            NEX_OK ||
        nex_client_list(client, NULL, on_list, NULL, &op, &err) != NEX_OK) {
        fprintf(stderr, "%s\n", err.message);
    } else {
        nex_client_wait(op);
    }
    nex_client_free(client);
    nex_bus_close(bus);
    nex_loop_free(loop);
    return 0;
}
