/* workload info: what its agent says of a workload, and what its node knows beside that. */
#include "cli.h"
#include "table.h"

#include <nex/protocol/rpc.h>
#include <stdlib.h>
#include <string.h>

enum { DEPTH_MAX = 32 };

typedef struct inquiry {
    const cli *cli;
    session session;
    const char *id;
    nex_workload_summary *summary;
    char *node_id;
    int result;
} inquiry;

static void finish(inquiry *q, int result) {
    q->result = result;
    nex_loop_stop(q->session.loop);
}

static void finish_failed(inquiry *q, nex_status status, const char *message) {
    nex_error err;
    nex_error_set(&err, status, "%s", message);
    finish(q, fail(q->cli, &err));
}

/* ---- For people ----------------------------------------------------------------------------- */

static nex_status line(nex_buf *out, const char *label, const char *value) {
    nex_buf lead = NEX_BUF_INIT;
    nex_status status = text_append_safe(&lead, label);
    if (status == NEX_OK) {
        status = nex_buf_printf(out, "%14s: ", lead.data ? lead.data : "");
    }
    if (status == NEX_OK) {
        status = text_append_safe(out, value && *value ? value : "--");
    }
    nex_buf_free(&lead);
    return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
}

static nex_status map_lines(nex_buf *out, const char *heading, const nex_string_map *map) {
    nex_status status = map->count ? nex_buf_printf(out, "\n%s\n\n", heading) : NEX_OK;
    for (size_t i = 0; i < map->count && status == NEX_OK; i++) {
        status = line(out, map->items[i].key, map->items[i].value);
    }
    return status;
}

/* Members of objects a line each, under their path; lists and plain values as JSON. */
static nex_status json_lines(nex_buf *out, const char *path, const json_t *value, int depth) {
    nex_status status = NEX_OK;
    const char *key;
    json_t *item;
    if (json_is_object(value) && json_object_size(value) && depth < DEPTH_MAX) {
        json_object_foreach((json_t *)(uintptr_t)value, key, item) {
            nex_buf name = NEX_BUF_INIT;
            if (status == NEX_OK) {
                status = nex_buf_printf(&name, "%s%s%s", path, *path ? "." : "", key);
            }
            if (status == NEX_OK) {
                status = json_lines(out, name.data, item, depth + 1);
            }
            nex_buf_free(&name);
        }
        return status;
    }
    if (json_is_string(value)) {
        return line(out, path, json_string_value(value));
    }
    char *text = json_dumps(value, JSON_ENCODE_ANY | JSON_PRESERVE_ORDER);
    status = text ? line(out, path, text) : NEX_ENOMEM;
    free(text);
    return status;
}

static nex_status who(nex_buf *out, const char *name, const char *id, const char *more) {
    bool named = name && *name;
    return nex_buf_printf(out, "%s%s%s%s%s%s", named ? name : "", named ? " (" : "", id ? id : "",
                          named ? ")" : "", more && *more ? ", " : "", more ? more : "");
}

static nex_status print_text(const inquiry *q, const nex_workload_info_response *info,
                             const json_t *request, nex_buf *out) {
    const nex_workload_summary *s = q->summary;
    nex_buf node = NEX_BUF_INIT, agent = NEX_BUF_INIT, health = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(out, "Information about Workload %s\n\n", s->id);
    if (status == NEX_OK) {
        status = who(&node, info ? info->node_name : NULL, q->node_id, NULL);
    }
    if (status == NEX_OK && info) {
        status = nex_buf_printf(&health, "%s%s%s", info->agent_version ? info->agent_version : "",
                                info->agent_version && *info->agent_version ? ", " : "",
                                info->agent_health ? info->agent_health : "");
    }
    if (status == NEX_OK && info) {
        status = who(&agent, info->agent_name, info->agent_id, health.data);
    }
    const struct {
        const char *label, *value;
    } lines[] = {{"Name", s->name},
                 {"Description", info ? info->description : NULL},
                 {"Namespace", s->namespace_},
                 {"Node", node.data},
                 {"Agent", agent.data},
                 {"Type", s->workload_type},
                 {"Lifecycle", s->workload_lifecycle},
                 {"State", nex_workload_state_text(s->workload_state)},
                 {"Start Time", s->start_time},
                 {"Runtime", s->runtime}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0] && status == NEX_OK; i++) {
        status = line(out, lines[i].label, lines[i].value);
    }
    if (status == NEX_OK) {
        status = map_lines(out, "Metadata", &s->metadata);
    }
    if (status == NEX_OK) {
        status = map_lines(out, "Tags", &s->tags);
    }
    if (status == NEX_OK && request) {
        status = nex_buf_append_str(out, "\nStart Request\n\n");
    }
    if (status == NEX_OK && request) {
        status = json_lines(out, "", request, 0);
    }
    nex_buf_free(&node);
    nex_buf_free(&agent);
    nex_buf_free(&health);
    return status;
}

/* ---- For programs --------------------------------------------------------------------------- */

static nex_status print_json(const inquiry *q, const nex_workload_info_response *info,
                             json_t *request, nex_buf *out) {
    json_t *json = NULL;
    nex_status status = nex_workload_summary_to_json(q->summary, &json);
    if (status != NEX_OK) {
        return status;
    }
    json_t *more =
        info ? json_pack("{s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:s*, s:O*}", "node_name",
                         info->node_name, "agent_id", info->agent_id, "agent_name",
                         info->agent_name, "agent_version", info->agent_version, "agent_health",
                         info->agent_health, "description", info->description, "reference",
                         info->reference, "start_request", request)
             : json_object();
    char *text = NULL;
    if (more && json_object_update(json, more) == 0 &&
        json_object_set_new(json, "node_id", json_string(q->node_id)) == 0) {
        text = json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS);
    }
    status = text ? nex_buf_printf(out, "%s\n", text) : NEX_ENOMEM;
    free(text);
    json_decref(more);
    json_decref(json);
    return status;
}

static void print(inquiry *q, const nex_workload_info_response *info) {
    nex_buf out = NEX_BUF_INIT;
    json_t *request = info && info->run_request ? json_loads(info->run_request, 0, NULL) : NULL;
    nex_status status =
        q->cli->json ? print_json(q, info, request, &out) : print_text(q, info, request, &out);
    json_decref(request);
    finish(q, print_made(q->cli, status, &out));
}

/* ---- Asking --------------------------------------------------------------------------------- */

/* A node that says nothing more, as those of the reference, leaves what its agent said. */
static void on_info(void *arg, nex_status status, const nex_msg *reply) {
    inquiry *q = arg;
    nex_workload_info_response *info = NULL;
    nex_error err;
    if (status == NEX_OK && !nex_msg_header(reply, "Nats-Service-Error-Code") &&
        nex_workload_info_response_decode(&info, reply->data, reply->len, &err) != NEX_OK) {
        warn(q->cli, "node %s: its answer cannot be read: %s", q->node_id, err.message);
    } else if (status == NEX_ETIMEOUT) {
        warn(q->cli, "node %s does not say more: it does not answer", q->node_id);
    }
    print(q, info);
    nex_workload_info_response_free(info);
}

static void on_found(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                     size_t count) {
    inquiry *q = arg;
    const nex_listed_workload *found = NULL;
    for (size_t i = 0; i < count && !found; i++) {
        found = strcmp(workloads[i].summary->id, q->id) == 0 ? &workloads[i] : NULL;
    }
    if (outcome->status != NEX_OK) {
        finish(q, fail_outcome(q->cli, outcome));
        return;
    }
    if (!found) {
        nex_error err;
        warn_of_silent_nodes(q->cli, outcome);
        nex_error_set(&err, NEX_ENOTFOUND, "workload %s not found", q->id);
        finish(q, fail(q->cli, &err));
        return;
    }
    q->node_id = strdup(found->node_id);
    if (!q->node_id || nex_workload_summary_clone(found->summary, &q->summary) != NEX_OK) {
        finish_failed(q, NEX_ENOMEM, "out of memory");
        return;
    }
    const char *own = nex_client_namespace(q->session.client);
    const char *namespace_ = q->summary->namespace_ ? q->summary->namespace_ : own;
    nex_workload_info_request request = {.namespace_ = (char *)(uintptr_t)namespace_};
    if (!*q->node_id ||
        nex_rpc_workload_info(q->session.bus, own, q->node_id, q->id, &request, NULL, 0,
                              settings_duration(&q->cli->options.settings, "nats.timeout"), on_info,
                              q, NULL) != NEX_OK) {
        print(q, NULL);
    }
}

int workload_info(cli *c) {
    inquiry q = {.cli = c, .result = EXIT_FAILED, .id = c->options.args[0]};
    char *id = (char *)(uintptr_t)q.id;
    nex_string_list filter = {&id, 1};
    nex_error err;
    nex_status status = session_open(&q.session, c, &err);
    if (status == NEX_OK) {
        status = nex_client_list(q.session.client, &filter, on_found, &q, NULL, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(q.session.loop);
    } else {
        q.result = fail(c, &err);
    }
    session_close(&q.session);
    nex_workload_summary_free(q.summary);
    free(q.node_id);
    return q.result;
}
