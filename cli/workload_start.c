#include "nexfile.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct starting {
    const cli *cli;
    session session;
    start_request request;
    nex_string_map tags;
    problems problems; /**< why the start request does not fit */
    int result;
} starting;

nex_status workload_start_settings(cli *c, nex_error *err) {
    settings *s = &c->options.settings;
    const char *path = settings_text(s, "workload.start.nexfile");
    if (!path && access("Nexfile", F_OK) != 0) {
        return NEX_OK;
    }
    nex_status status = document_read(&c->nexfile, path ? path : "Nexfile", err);
    return status == NEX_OK ? nexfile_apply(&c->nexfile, s, err) : status;
}

/* Judges the bid that was drawn before the start request is sent to it. */
static nex_status accept_bid(void *arg, const nex_bid *bid, nex_error *err) {
    starting *s = arg;
    problems_free(&s->problems);
    const char *schema = bid->response->start_request_schema;
    if (!schema || !*schema) {
        return NEX_OK;
    }
    return start_request_validate(&s->request, schema, &s->problems, err);
}

int print_started(const cli *c, const nex_started *started) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status;
    if (c->json) {
        json_t *json = json_pack("{s:s, s:s, s:s, s:s, s:s}", "agent_type", started->type, "id",
                                 started->id, "name", started->name, "namespace",
                                 started->namespace_, "node_id", started->node_id);
        char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
        status = text ? nex_buf_printf(&out, "%s\n", text) : NEX_ENOMEM;
        free(text);
        json_decref(json);
    } else {
        status = nex_buf_printf(&out, "Workload %s [%s] successfully started\n", started->name,
                                started->id);
    }
    return print_made(c, status, &out);
}

static void on_started(void *arg, const nex_outcome *outcome, const nex_started *started) {
    starting *s = arg;
    nex_loop_stop(s->session.loop);
    if (outcome->status == NEX_OK) {
        s->result = print_started(s->cli, started);
    } else if (outcome->status == NEX_EINVAL && s->problems.count > 0) {
        s->result = fail_problems(s->cli, "the start request does not fit the nexlet's schema",
                                  &s->problems);
    } else {
        s->result = fail_outcome(s->cli, outcome);
    }
}

static char *text_or_empty(const settings *values, const char *key) {
    const char *text = settings_text(values, key);
    return (char *)(uintptr_t)(text ? text : "");
}

static nex_status begin(starting *s, nex_error *err) {
    const settings *values = &s->cli->options.settings;
    nex_status status = settings_map(values, "workload.start.tags", &s->tags);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory");
    }
    const char *lifecycle = settings_text(values, "workload.start.lifecycle");
    nex_start_workload_request request = {
        .name = text_or_empty(values, "workload.start.name"),
        .description = text_or_empty(values, "workload.start.description"),
        .workload_type = text_or_empty(values, "workload.start.type"),
        .workload_lifecycle = nex_workload_lifecycle_parse(lifecycle ? lifecycle : ""),
        .run_request = s->request.text.data,
        .tags = s->tags,
    };
    nex_start_options wanted = {
        .request = &request,
        .node_id = settings_text(values, "workload.start.node_id"),
        .accept = accept_bid,
        .accept_arg = s,
    };
    status = session_open(&s->session, s->cli, err);
    return status == NEX_OK ? nex_client_start(s->session.client, &wanted, on_started, s, NULL, err)
                            : status;
}

int workload_start(cli *c) {
    starting s = {.cli = c, .result = EXIT_FAILED};
    nex_error err;
    nex_status status = start_request_make(&s.request, &c->options.settings, &c->nexfile, &err);
    if (status == NEX_ENOTFOUND &&
        !settings_json(&c->options.settings, "workload.start.start_request")) {
        return fail_usage(c->json, &err);
    }
    if (status == NEX_OK) {
        status = begin(&s, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(s.session.loop);
    } else {
        s.result = fail(c, &err);
    }
    session_close(&s.session);
    start_request_free(&s.request);
    problems_free(&s.problems);
    nex_string_map_free(&s.tags);
    return s.result;
}
