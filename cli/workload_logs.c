/* workload logs --follow: what a workload writes from now on, until it stops. */
#include "cli.h"

#include <nex/micro.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

typedef struct following {
    const cli *cli;
    session session;
    const char *id;
    bool stderr_only;
    nex_subscription *logs;
    nex_subscription *stops;
    uv_signal_t interrupt;
    bool catching;
    int result;
} following;

static void finish(following *f, int result) {
    f->result = result;
    nex_loop_stop(f->session.loop);
}

static nex_status as_json(const following *f, const char *stream, const nex_msg *msg,
                          nex_buf *out) {
    char now[NEX_TIME_TEXT_SIZE];
    nex_time_format(nex_loop_time(f->session.loop), now);
    const char *data = msg->data;
    size_t len = msg->len && data[msg->len - 1] == '\n' ? msg->len - 1 : msg->len;
    json_t *text = json_stringn(data ? data : "", len);
    if (!text) {
        text = json_string("(not UTF-8)");
    }
    json_t *line = json_pack("{s:s, s:o, s:s}", "stream", stream, "text", text, "time", now);
    char *dump = line ? json_dumps(line, JSON_COMPACT) : NULL;
    nex_status status = dump ? nex_buf_printf(out, "%s\n", dump) : NEX_ENOMEM;
    free(dump);
    json_decref(line);
    return status;
}

static void on_output(void *arg, const nex_msg *msg) {
    following *f = arg;
    const char *stream = nex_subject_last_token(msg->subject);
    bool is_stderr = strcmp(stream, "stderr") == 0;
    if (f->stderr_only && !is_stderr) {
        return;
    }
    nex_buf out = NEX_BUF_INIT;
    nex_status status =
        f->cli->json ? as_json(f, stream, msg, &out) : nex_buf_append(&out, msg->data, msg->len);
    int result = print_made(f->cli, status, &out);
    if (result != EXIT_DONE) {
        finish(f, result); /* whoever reads has gone */
    }
}

static void on_stopped_event(void *arg, const nex_msg *msg) {
    following *f = arg;
    nex_workload_stopped_event *event = NULL;
    if (nex_workload_stopped_event_decode(&event, msg->data, msg->len, NULL) == NEX_OK) {
        if (event->id && strcmp(event->id, f->id) == 0) {
            finish(f, EXIT_DONE);
        }
        nex_workload_stopped_event_free(event);
    }
}

static void on_listed(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                      size_t count) {
    following *f = arg;
    (void)workloads;
    if (outcome->status != NEX_OK) {
        finish(f, fail_outcome(f->cli, outcome));
    } else if (count == 0) {
        nex_error err;
        nex_error_set(&err, NEX_ENOTFOUND, "workload %s not found", f->id);
        finish(f, fail(f->cli, &err));
    }
}

static void on_interrupt(uv_signal_t *handle, int number) {
    (void)number;
    finish(handle->data, EXIT_DONE);
}

static nex_status listen_to(following *f, nex_error *err) {
    const char *namespace_ = nex_client_namespace(f->session.client);
    /* The administrators' namespace hears all others. */
    bool all = strcmp(namespace_, "system") == 0;
    char logs[256], stops[256];
    if (!nex_subject_token_valid(f->id)) {
        return nex_error_set(err, NEX_EINVAL, "\"%s\" is no workload id", f->id);
    }
    snprintf(logs, sizeof logs, "$NEX.FEED.%s.logs.%s.*", all ? "*" : namespace_, f->id);
    snprintf(stops, sizeof stops, "$NEX.FEED.%s.event.WORKLOADSTOPPED", all ? "*" : namespace_);
    nex_bus *bus = f->session.bus;
    nex_status status = nex_bus_subscribe(bus, logs, NULL, on_output, f, &f->logs);
    if (status == NEX_OK) {
        status = nex_bus_subscribe(bus, stops, NULL, on_stopped_event, f, &f->stops);
    }
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, status, "cannot listen to %s: %s", logs,
                                            nex_status_name(status));
}

static nex_status begin(following *f, nex_error *err) {
    nex_status status = session_open(&f->session, f->cli, err);
    if (status == NEX_OK) {
        status = listen_to(f, err);
    }
    if (status == NEX_OK) {
        char *id = (char *)(uintptr_t)f->id;
        nex_string_list filter = {&id, 1};
        status = nex_client_list(f->session.client, &filter, on_listed, f, NULL, err);
    }
    if (status == NEX_OK && uv_signal_init(nex_loop_uv(f->session.loop), &f->interrupt) == 0) {
        f->interrupt.data = f;
        f->catching = uv_signal_start(&f->interrupt, on_interrupt, SIGINT) == 0;
    }
    return status;
}

int workload_logs(cli *c) {
    const settings *values = &c->options.settings;
    following f = {.cli = c,
                   .id = c->options.args[0],
                   .stderr_only = settings_bool(values, "workload.logs.stderr"),
                   .result = EXIT_FAILED};
    nex_error err;
    if (!settings_bool(values, "workload.logs.follow") ||
        settings_given(values, "workload.logs.since") ||
        settings_given(values, "workload.logs.tail")) {
        nex_error_set(&err, NEX_EUNSUPPORTED,
                      "nex workload logs: output of the past cannot be had yet; use --follow, "
                      "without --since and --tail");
        return fail(c, &err);
    }
    if (begin(&f, &err) == NEX_OK) {
        nex_loop_run(f.session.loop);
    } else {
        f.result = fail(c, &err);
    }
    if (f.catching) {
        uv_close((uv_handle_t *)&f.interrupt, NULL);
        uv_run(nex_loop_uv(f.session.loop), UV_RUN_NOWAIT);
    }
    nex_subscription_free(f.logs);
    nex_subscription_free(f.stops);
    session_close(&f.session);
    return f.result;
}
