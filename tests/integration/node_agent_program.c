/*
 * A nexlet that runs nothing, as a program: the local agent of a node (its environment says of
 * which), or a remote one (nex-test-agent URL NEXUS [NODE AGENT]). It remembers its workloads until
 * it dies.
 */
#include "test_agent.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

static void on_signal(uv_signal_t *handle, int number) {
    (void)number;
    nex_loop_stop(handle->data);
}

static void write_log(void *arg, nex_log_level level, const char *message,
                      const nex_log_field *fields, size_t count) {
    (void)arg;
    (void)level;
    fprintf(stderr, "%s", message);
    for (size_t i = 0; i < count; i++) {
        fprintf(stderr, " %s=%s", fields[i].key, fields[i].value != NULL ? fields[i].value : "");
    }
    fprintf(stderr, "\n");
}

int main(int argc, char **argv) {
    const nex_log log = {.write = write_log, .level = NEX_LOG_DEBUG};
    test_agent *self = calloc(1, sizeof *self);
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE};
    nex_loop *loop = NULL;
    nex_agent *agent = NULL;
    nex_error err;
    const char *url = argc > 1 ? argv[1] : NULL;
    if (getenv("TEST_AGENT_FAILS") != NULL) {
        fprintf(stderr, "test agent will not start\n");
        return 3;
    }
    printf("test agent says hello\n");
    fflush(stdout);
    nex_status status = url == NULL ? nex_agent_options_from_env(&options, &err) : NEX_OK;
    if (url != NULL) {
        options.connection.servers = &url;
        options.connection.server_count = 1;
        options.nexus = argc > 2 ? argv[2] : NULL;
        options.node_id = argc > 4 ? argv[3] : NULL;
        options.agent_id = argc > 4 ? argv[4] : NULL;
    }
    if (status == NEX_OK) {
        status = nex_loop_new(&loop, &err);
    }
    options.loop = loop;
    options.log = &log;
    if (status == NEX_OK) {
        status = nex_agent_new(&agent, &test_agent_ops, self, &options, &err);
    }
    if (status == NEX_OK) {
        status = nex_agent_start(agent, &err);
    }
    if (status != NEX_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    uv_signal_t signal_handle = {.data = loop};
    uv_signal_init(nex_loop_uv(loop), &signal_handle);
    uv_signal_start(&signal_handle, on_signal, SIGTERM);
    nex_loop_run(loop);
    nex_agent_stop(agent, "told to end");
    nex_agent_free(agent);
    uv_close((uv_handle_t *)&signal_handle, NULL);
    uv_run(nex_loop_uv(loop), UV_RUN_NOWAIT);
    nex_loop_free(loop);
    test_agent_clear(self);
    free(self);
    return 0;
}
