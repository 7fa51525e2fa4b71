/*
 * A nexlet that runs nothing, as a program: the local agent of a node (its environment says of
 * which), or a remote one (nex-test-agent URL NEXUS [NODE AGENT]). It remembers its workloads until
 * it dies.
 *
 * TEST_AGENT_EXIT=POINT:FILE makes it end at once, as a crash would, at a point of its work, if
 * it can remove the file (so it does so once):
 *     describe    before it connects
 *     connect-N   before it connects for the Nth time: to ask for an id (remote agents only), to
 *                 register, to serve
 *     registered  it serves, and has not looked at what it is handed back
 *     existing    handed a workload back, which does not run yet
 *     start       asked to start, nothing runs    started  it runs, nobody knows
 *     start-sent  the node knows
 *     stop, stopped, stop-sent    the same with a stop
 *
 * TEST_AGENT_SLOW=FILE: what it is asked to start runs, and is answered, once the file is gone.
 */
#include "test_agent.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

static nex_agent_ops ops; /* test_agent_ops, with the points */

/* The file that lets it end here; NULL: not here. */
static const char *exit_file(const char *point) {
    const char *wanted = getenv("TEST_AGENT_EXIT");
    size_t len = strlen(point);
    return wanted != NULL && strncmp(wanted, point, len) == 0 && wanted[len] == ':'
               ? wanted + len + 1
               : NULL;
}

static void reach(const char *point) {
    const char *file = exit_file(point);
    if (file != NULL && unlink(file) == 0) {
        fprintf(stderr, "test agent ends at %s\n", point);
        _exit(9);
    }
}

/* The answer has been handed to the loop; what is posted after it runs after it. */
static void on_sent(void *arg, nex_status status) {
    (void)status;
    reach(arg);
}

static void flush(void *arg) {
    test_agent *self = arg;
    (void)nex_bus_flush(nex_agent_bus(self->runner), NEX_SECOND, on_sent,
                        (void *)(uintptr_t)self->point);
}

static void reach_when_sent(test_agent *self, const char *point) {
    const char *file = exit_file(point);
    if (file != NULL && access(file, F_OK) == 0) { /* meant for this answer, not for the next */
        self->point = point;
        (void)nex_loop_post(nex_bus_loop(nex_agent_bus(self->runner)), flush, self);
    }
}

static nex_status on_register(void *self, nex_register_agent_request *out, nex_error *err) {
    reach("describe");
    return test_agent_ops.register_agent(self, out, err);
}

static nex_status connect_bus(void *arg, nex_bus **out, nex_loop *loop,
                              const nex_bus_options *options, nex_error *err) {
    test_agent *self = arg;
    char point[32];
    snprintf(point, sizeof point, "connect-%u", ++self->connects);
    reach(point);
    return nex_bus_connect(out, loop, options, err);
}

static void on_registered(void *self, const char *node_id, const char *agent_id) {
    (void)self;
    fprintf(stderr, "test agent is %s of %s\n", agent_id, node_id);
    reach("registered");
}

static void release_when_told(void *arg) {
    if (access(getenv("TEST_AGENT_SLOW"), F_OK) != 0) {
        test_agent_release(arg);
    }
}

static void on_start(void *self, const char *id, const nex_agent_start_workload_request *request,
                     bool existing, nex_agent_call *call) {
    test_agent *agent = self;
    reach(existing ? "existing" : "start");
    if (!existing) {
        agent->hold_starts = true; /* it runs before it is answered */
    }
    test_agent_ops.start_workload(self, id, request, existing, call);
    if (agent->run_late && agent->held_count > 0) {
        fprintf(stderr, "test agent takes its time\n");
        return;
    }
    reach("started");
    test_agent_release(agent);
    reach_when_sent(agent, "start-sent");
}

static void on_stop(void *self, const char *id, const nex_stop_workload_request *request,
                    nex_agent_call *call) {
    reach("stop");
    test_agent_ops.stop_workload(self, id, request, call);
    reach("stopped"); /* the answer is written, but not sent */
    reach_when_sent(self, "stop-sent");
}

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
    ops = test_agent_ops;
    ops.register_agent = on_register;
    ops.registered = on_registered;
    ops.start_workload = on_start;
    ops.stop_workload = on_stop;
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
        options.identity_file = getenv("TEST_AGENT_IDENTITY");
    }
    if (status == NEX_OK) {
        status = nex_loop_new(&loop, &err);
    }
    options.connect = connect_bus;
    options.connect_arg = self;
    options.loop = loop;
    options.log = &log;
    if (status == NEX_OK) {
        status = nex_agent_new(&agent, &ops, self, &options, &err);
    }
    if (status == NEX_OK) {
        self->runner = agent;
        status = nex_agent_start(agent, &err);
    }
    if (status != NEX_OK) {
        fprintf(stderr, "%s\n", err.message);
        return 1;
    }
    nex_timer *slow = NULL;
    self->run_late = getenv("TEST_AGENT_SLOW") != NULL;
    if (self->run_late && nex_timer_new(loop, &slow, release_when_told, self) == NEX_OK) {
        nex_timer_start(slow, 20 * NEX_MILLISECOND, 20 * NEX_MILLISECOND);
    }
    uv_signal_t signal_handle = {.data = loop};
    uv_signal_init(nex_loop_uv(loop), &signal_handle);
    uv_signal_start(&signal_handle, on_signal, SIGTERM);
    nex_loop_run(loop);
    nex_timer_free(slow);
    nex_agent_stop(agent, "told to end");
    nex_agent_free(agent);
    uv_close((uv_handle_t *)&signal_handle, NULL);
    uv_run(nex_loop_uv(loop), UV_RUN_NOWAIT);
    nex_loop_free(loop);
    test_agent_clear(self);
    free(self);
    return 0;
}
