#include "cli.h"

typedef struct stopping {
    const cli *cli;
    session session;
    int result;
} stopping;

static void on_stopped(void *arg, const nex_outcome *outcome,
                       const nex_stop_workload_response *response) {
    stopping *s = arg;
    nex_loop_stop(s->session.loop);
    if (outcome->status != NEX_OK) {
        s->result = fail_outcome(s->cli, outcome);
        return;
    }
    nex_buf out = NEX_BUF_INIT;
    nex_status status;
    if (s->cli->json) {
        status = nex_stop_workload_response_encode(response, &out);
        if (status == NEX_OK) {
            status = nex_buf_append_str(&out, "\n");
        }
    } else {
        status = nex_buf_printf(&out, "Workload %s successfully stopped\n", response->id);
    }
    s->result = print_made(s->cli, status, &out);
}

int workload_stop(cli *c) {
    stopping s = {.cli = c, .result = EXIT_FAILED};
    nex_error err;
    nex_status status = session_open(&s.session, c, &err);
    if (status == NEX_OK) {
        status = nex_client_stop(s.session.client, c->options.args[0], on_stopped, &s, NULL, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(s.session.loop);
    } else {
        s.result = fail(c, &err);
    }
    session_close(&s.session);
    return s.result;
}
