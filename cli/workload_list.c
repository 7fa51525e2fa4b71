/* workload list: what runs, a row each. */
#include "cli.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

typedef struct listing {
    const cli *cli;
    session session;
    nex_string_list filter;
    const char *type; /**< only these; NULL: all */
    bool metadata, namespaces;
    int result;
} listing;

/* jansson sorts by code point, as the reference's encoder does. */
static nex_status print_json(const json_t *json, nex_buf *out) {
    char *text = json ? json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
    nex_status status = text ? nex_buf_printf(out, "%s\n", text) : NEX_ENOMEM;
    free(text);
    return status;
}

static nex_status to_json(const nex_listed_workload *w, json_t **out) {
    nex_status status = nex_workload_summary_to_json(w->summary, out);
    if (status == NEX_OK && json_object_set_new(*out, "node_id", json_string(w->node_id)) != 0) {
        json_decref(*out);
        *out = NULL;
        status = NEX_ENOMEM;
    }
    return status;
}

static nex_status map_text(const nex_string_map *map, nex_buf *out) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < map->count && status == NEX_OK; i++) {
        status =
            nex_buf_printf(out, "%s%s=%s", i ? ", " : "", map->items[i].key, map->items[i].value);
    }
    return status == NEX_OK && map->count == 0 ? nex_buf_append_str(out, "--") : status;
}

static nex_status cell_map(table *t, const nex_string_map *map) {
    nex_buf text = NEX_BUF_INIT;
    nex_status status = map_text(map, &text);
    if (status == NEX_OK) {
        status = table_cell(t, text.data);
    }
    nex_buf_free(&text);
    return status;
}

static nex_status add_columns(const listing *l, table *t) {
    const struct {
        const char *header;
        bool shown;
    } columns[] = {{"Id", true},         {"Name", true},           {"Namespace", l->namespaces},
                   {"Start Time", true}, {"Execution Time", true}, {"Type", true},
                   {"Lifecycle", true},  {"State", true},          {"Metadata", l->metadata},
                   {"Tags", l->metadata}};
    nex_status status = NEX_OK;
    for (size_t i = 0; i < sizeof columns / sizeof columns[0] && status == NEX_OK; i++) {
        if (columns[i].shown) {
            status = table_column(t, columns[i].header, false);
        }
    }
    return status;
}

static nex_status add_row(const listing *l, table *t, const nex_workload_summary *w) {
    bool function = w->workload_lifecycle && strcmp(w->workload_lifecycle, "function") == 0;
    const char *state = nex_workload_state_text(w->workload_state);
    const struct {
        const char *text;
        bool shown;
    } cells[] = {{w->id, true},
                 {w->name, true},
                 {w->namespace_ ? w->namespace_ : "--", l->namespaces},
                 {w->start_time, true},
                 {function ? w->runtime : "--", true},
                 {w->workload_type, true},
                 {w->workload_lifecycle, true},
                 {state ? state : "--", true}};
    nex_status status = NEX_OK;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0] && status == NEX_OK; i++) {
        if (cells[i].shown) {
            status = table_cell(t, cells[i].text);
        }
    }
    if (status == NEX_OK && l->metadata) {
        status = cell_map(t, &w->metadata);
        if (status == NEX_OK) {
            status = cell_map(t, &w->tags);
        }
    }
    return status;
}

static bool wanted(const listing *l, const nex_workload_summary *w) {
    return !l->type || (w->workload_type && strcmp(l->type, w->workload_type) == 0);
}

static nex_status print_array(const listing *l, const nex_listed_workload *workloads, size_t count,
                              nex_buf *out) {
    json_t *list = json_array();
    nex_status status = list ? NEX_OK : NEX_ENOMEM;
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        json_t *entry;
        if (!wanted(l, workloads[i].summary)) {
            continue;
        }
        status = to_json(&workloads[i], &entry);
        if (status == NEX_OK && json_array_append_new(list, entry) != 0) {
            status = NEX_ENOMEM;
        }
    }
    if (status == NEX_OK) {
        status = print_json(list, out);
    }
    json_decref(list);
    return status;
}

static nex_status print_table(const listing *l, const nex_listed_workload *workloads, size_t count,
                              nex_buf *out) {
    nex_buf title = NEX_BUF_INIT;
    const char *namespace_ = nex_client_namespace(l->session.client);
    nex_status status = nex_buf_printf(&title, "Running Workloads - %s", namespace_);
    table *t = status == NEX_OK ? table_new(title.data) : NULL;
    nex_buf_free(&title);
    status = t ? add_columns(l, t) : NEX_ENOMEM;
    size_t rows = 0;
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        if (wanted(l, workloads[i].summary)) {
            status = add_row(l, t, workloads[i].summary);
            rows++;
        }
    }
    if (status == NEX_OK) {
        status = rows ? table_sort(t, 3, 0) : nex_buf_append_str(out, "No workloads found\n");
    }
    if (status == NEX_OK && rows) {
        status = table_render(t, out);
    }
    table_free(t);
    return status;
}

void warn_of_silent_nodes(const cli *c, const nex_outcome *outcome) {
    for (size_t i = 0; i < outcome->decline_count; i++) {
        const nex_decline *d = &outcome->declines[i];
        if (strcmp(d->reason, "error") == 0) {
            warn(c, "node %s: %s", *d->node_id ? d->node_id : "(unnamed)", d->detail);
        }
    }
    if (outcome->answered < outcome->expected) {
        warn(c, "%zu of %zu nodes answered", outcome->answered, outcome->expected);
    }
}

static void on_listed(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                      size_t count) {
    listing *l = arg;
    nex_loop_stop(l->session.loop);
    if (outcome->status != NEX_OK) {
        l->result = fail_outcome(l->cli, outcome);
        return;
    }
    warn_of_silent_nodes(l->cli, outcome);
    nex_buf out = NEX_BUF_INIT;
    nex_status status = l->cli->json ? print_array(l, workloads, count, &out)
                                     : print_table(l, workloads, count, &out);
    l->result = print_made(l->cli, status, &out);
}

static int run(listing *l) {
    nex_error err;
    nex_status status = session_open(&l->session, l->cli, &err);
    l->namespaces =
        status == NEX_OK && strcmp(nex_client_namespace(l->session.client), "system") == 0;
    if (status == NEX_OK) {
        status = nex_client_list(l->session.client, &l->filter, on_listed, l, NULL, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(l->session.loop);
    } else {
        l->result = fail(l->cli, &err);
    }
    session_close(&l->session);
    nex_string_list_free(&l->filter);
    return l->result;
}

int workload_list(cli *c) {
    const settings *values = &c->options.settings;
    listing l = {
        .cli = c,
        .result = EXIT_FAILED,
        .type = settings_text(values, "workload.list.type"),
        .metadata = settings_bool(values, "workload.list.show_metadata"),
    };
    if (settings_list(values, "workload.list.filter", &l.filter) != NEX_OK) {
        nex_error err;
        nex_error_set(&err, NEX_ENOMEM, "out of memory");
        return fail(c, &err);
    }
    return run(&l);
}
