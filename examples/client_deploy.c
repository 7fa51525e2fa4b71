/*
 * The client of docs/client.md in the blocking style: starts a workload, waits for its first
 * output and stops it.
 *
 *     cc client_deploy.c $(pkg-config --cflags --libs nex) -o client_deploy
 */
#include <nex/client.h>
#include <stdio.h>

static int fail(const nex_error *err) {
    fprintf(stderr, "%s\n", err->message);
    return 1;
}

int main(int argc, char **argv) {
    nex_error err;
    nex_caller *caller = NULL;
    nex_feed *logs = NULL;
    nex_feed_output output;
    nex_answer *started = NULL;
    nex_answer *stopped = NULL;
    const char *servers[] = {argc > 1 ? argv[1] : "nats://127.0.0.1:4222"};
    nex_bus_options connection = {.servers = servers, .server_count = 1};
    nex_client_options options = {.namespace_ = "default"};
    nex_start_workload_request request = {.name = "hello",
                                          .workload_type = "native",
                                          .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                          .run_request =
                                              "{\"uri\":\"file:///bin/sh\","
                                              "\"argv\":[\"-c\",\"echo hello; sleep 3600\"]}"};

    if (nex_caller_open(&caller, &connection, &options, &err) != NEX_OK) {
        return fail(&err);
    }
    /* Listening begins first, so that no output is missed. */
    nex_status status = nex_caller_follow_logs(caller, NULL, &logs, &err);
    if (status == NEX_OK) {
        status =
            nex_caller_start(caller, &(nex_start_options){.request = &request}, &started, &err);
    }
    if (status == NEX_OK) {
        printf("started on %s\n", started->started.node_id);
        status = nex_feed_next_output(logs, 10 * NEX_SECOND, &output);
        if (status == NEX_OK) {
            printf("it says: %.*s", (int)output.len, output.data);
        }
        status = nex_caller_stop(caller, started->started.id, &stopped, &err);
    }
    if (status != NEX_OK) {
        fail(&err);
    }
    nex_answer_free(stopped);
    nex_answer_free(started);
    nex_feed_free(logs);
    nex_caller_close(caller);
    return status == NEX_OK ? 0 : 1;
}
