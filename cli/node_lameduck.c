#include "cli.h"

#include <stdlib.h>
#include <string.h>

typedef struct draining {
    const cli *cli;
    session session;
    nex_string_map tag;
    nex_duration delay;
    int result;
} draining;

static nex_status print_json(const draining *d, const nex_lameduck_result *results, size_t count,
                             nex_buf *out) {
    if (d->tag.count == 0) {
        nex_status status = nex_lameduck_response_encode(results[0].response, out);
        return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
    }
    json_t *list = json_array();
    nex_status status = list ? NEX_OK : NEX_ENOMEM;
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        json_t *entry = NULL;
        if (!results[i].response) {
            continue;
        }
        status = nex_lameduck_response_to_json(results[i].response, &entry);
        if (status == NEX_OK &&
            (json_object_set_new(entry, "node_id", json_string(results[i].node_id)) != 0 ||
             json_array_append(list, entry) != 0)) {
            status = NEX_ENOMEM;
        }
        json_decref(entry);
    }
    char *text = status == NEX_OK ? json_dumps(list, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    status = text ? nex_buf_printf(out, "%s\n", text) : NEX_ENOMEM;
    free(text);
    json_decref(list);
    return status;
}

static nex_status print_text(const draining *d, const nex_lameduck_result *results, size_t count,
                             nex_buf *out) {
    nex_time at = nex_time_add(nex_loop_time(d->session.loop), d->delay);
    at.nanoseconds = 0;
    char text[NEX_TIME_TEXT_SIZE];
    nex_time_format(at, text);
    nex_status status = NEX_OK;
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        if (results[i].status != NEX_OK) {
            continue;
        }
        /* The reference's sentence, slip included: scripts look for it. */
        status = d->tag.count ? nex_buf_printf(out, "%s: ", results[i].node_id) : NEX_OK;
        if (status == NEX_OK) {
            status = nex_buf_printf(out,
                                    "Node successfully commanded into lame duck mode. Workloads "
                                    "will being shutting down at %s\n",
                                    text);
        }
    }
    return status;
}

static void on_drained(void *arg, const nex_outcome *outcome, const nex_lameduck_result *results,
                       size_t count) {
    draining *d = arg;
    nex_loop_stop(d->session.loop);
    size_t done = 0;
    for (size_t i = 0; i < count; i++) {
        done += results[i].status == NEX_OK;
    }
    d->result = EXIT_DONE;
    if (done > 0) {
        nex_buf out = NEX_BUF_INIT;
        nex_status status = d->cli->json ? print_json(d, results, count, &out)
                                         : print_text(d, results, count, &out);
        d->result = print_made(d->cli, status, &out);
    }
    if (outcome->status != NEX_OK) {
        d->result = fail_outcome(d->cli, outcome);
    }
}

static nex_status begin(draining *d, const char *node_id, nex_error *err) {
    nex_status status = session_open(&d->session, d->cli, err);
    if (status == NEX_OK) {
        nex_lameduck_options wanted = {.node_id = node_id, .tag = &d->tag, .delay = d->delay};
        status = nex_client_lameduck(d->session.client, &wanted, on_drained, d, NULL, err);
    }
    return status;
}

int node_lameduck(cli *c) {
    const settings *values = &c->options.settings;
    draining d = {
        .cli = c, .result = EXIT_FAILED, .delay = settings_duration(values, "node.lameduck.delay")};
    const char *flag = settings_text(values, "node.lameduck.node_id");
    const char *node_id = c->options.arg_count ? c->options.args[0] : flag;
    nex_error err;
    if (settings_map(values, "node.lameduck.tag", &d.tag) != NEX_OK) {
        nex_error_set(&err, NEX_ENOMEM, "out of memory");
        return fail(c, &err);
    }
    if (node_id && flag && strcmp(node_id, flag) != 0) {
        nex_error_set(&err, NEX_EINVAL, "nex node lameduck: two nodes are named, %s and %s",
                      node_id, flag);
    } else if (!node_id && d.tag.count == 0) {
        nex_error_set(&err, NEX_EINVAL,
                      "nex node lameduck needs a node (ID) or a tag (--tag NAME=VALUE)");
    } else {
        nex_status status = begin(&d, node_id, &err);
        if (status == NEX_OK) {
            nex_loop_run(d.session.loop);
        } else {
            d.result = fail(c, &err);
        }
        session_close(&d.session);
        nex_string_map_free(&d.tag);
        return d.result;
    }
    nex_string_map_free(&d.tag);
    return fail_usage(c->json, &err);
}
