#include "cli.h"

#include <string.h>

typedef struct cloning {
    const cli *cli;
    session session;
    nex_string_map tags;
    int result;
} cloning;

static void on_cloned(void *arg, const nex_outcome *outcome, const nex_started *started,
                      const nex_stop_workload_response *stopped) {
    cloning *s = arg;
    nex_loop_stop(s->session.loop);
    s->result = EXIT_DONE;
    if (*started->id) {
        s->result = print_started(s->cli, started); /* it runs, whatever became of the original */
    }
    if (outcome->status != NEX_OK) {
        s->result = fail_outcome(s->cli, outcome);
    } else if (stopped && !s->cli->json && s->result == EXIT_DONE) {
        nex_buf out = NEX_BUF_INIT;
        nex_status status =
            nex_buf_printf(&out, "Original workload [%s] stopped\n", s->cli->options.args[0]);
        s->result = print_made(s->cli, status, &out);
    }
}

int workload_clone(cli *c) {
    cloning s = {.cli = c, .result = EXIT_FAILED};
    nex_error err;
    nex_status status = settings_map(&c->options.settings, "workload.clone.tags", &s.tags);
    if (status != NEX_OK) {
        nex_error_set(&err, status, "out of memory");
    } else {
        status = session_open(&s.session, c, &err);
    }
    if (status == NEX_OK) {
        nex_clone_options wanted = {
            .workload_id = c->options.args[0],
            .tags = &s.tags,
            .stop = settings_bool(&c->options.settings, "workload.clone.stop"),
        };
        status = nex_client_clone(s.session.client, &wanted, on_cloned, &s, NULL, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(s.session.loop);
    } else {
        s.result = fail(c, &err);
    }
    session_close(&s.session);
    nex_string_map_free(&s.tags);
    return s.result;
}
