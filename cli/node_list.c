#include "cli.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>

typedef struct listing {
    const cli *cli;
    session session;
    nex_string_map filter;
    int result;
} listing;

static nex_status print_json(const nex_node_ping_response *const *nodes, size_t count,
                             nex_buf *out) {
    nex_status status = nex_buf_append_str(out, "[");
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        status = nex_buf_append_str(out, i ? "," : "");
        if (status == NEX_OK) {
            status = nex_node_ping_response_encode(nodes[i], out);
        }
    }
    return status == NEX_OK ? nex_buf_append_str(out, "]\n") : status;
}

static const char *tag(const nex_node_ping_response *node, const char *name) {
    const char *value = nex_string_map_get(&node->tags, name);
    return value ? value : "[unknown]";
}

static nex_status add_row(table *t, const nex_node_ping_response *node, nex_time now) {
    char uptime[64];
    friendly_duration(nex_time_sub(now, node->start_time), uptime, sizeof uptime);
    nex_buf id = NEX_BUF_INIT;
    bool draining = strcmp(tag(node, "nex.lameduck"), "true") == 0;
    nex_status status = nex_buf_printf(&id, "%s%s", node->node_id, draining ? "*" : "");
    const char *cells[] = {tag(node, "nex.nexus"), id.data, tag(node, "nex.node"),
                           node->version,          uptime,  nex_node_state_text(node->state)};
    for (size_t i = 0; i < sizeof cells / sizeof cells[0] && status == NEX_OK; i++) {
        status = table_cell(t, cells[i]);
    }
    nex_buf_free(&id);
    return status == NEX_OK ? table_cell_int(t, node->agent_count) : status;
}

static nex_status print_table(const listing *l, const nex_node_ping_response *const *nodes,
                              size_t count, nex_buf *out) {
    static const char *const headers[] = {
        "Nexus", "ID (* = Lameduck Mode)", "Name", "Version", "Uptime", "State"};
    if (count == 0) {
        return nex_buf_append_str(out, "No nodes found\n");
    }
    table *t = table_new("Nex Nodes");
    nex_status status = t ? NEX_OK : NEX_ENOMEM;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0] && status == NEX_OK; i++) {
        status = table_column(t, headers[i], false);
    }
    if (status == NEX_OK) {
        status = table_column(t, "Running Agents", true);
    }
    nex_time now = nex_loop_time(l->session.loop);
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        status = add_row(t, nodes[i], now);
    }
    if (status == NEX_OK) {
        status = table_sort(t, 0, 2);
    }
    if (status == NEX_OK) {
        status = table_render(t, out);
    }
    table_free(t);
    return status;
}

static void on_listed(void *arg, const nex_outcome *outcome,
                      const nex_node_ping_response *const *nodes, size_t count) {
    listing *l = arg;
    nex_loop_stop(l->session.loop);
    if (outcome->status != NEX_OK) {
        l->result = fail_outcome(l->cli, outcome);
        return;
    }
    warn_of_silent_nodes(l->cli, outcome);
    nex_buf out = NEX_BUF_INIT;
    nex_status status =
        l->cli->json ? print_json(nodes, count, &out) : print_table(l, nodes, count, &out);
    l->result = print_made(l->cli, status, &out);
}

int node_list(cli *c) {
    listing l = {.cli = c, .result = EXIT_FAILED};
    nex_error err;
    nex_status status = settings_map(&c->options.settings, "node.list.filter", &l.filter);
    if (status != NEX_OK) {
        nex_error_set(&err, status, "out of memory");
    } else {
        status = session_open(&l.session, c, &err);
    }
    if (status == NEX_OK) {
        status = nex_client_list_nodes(l.session.client, &l.filter, on_listed, &l, NULL, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(l.session.loop);
    } else {
        l.result = fail(c, &err);
    }
    session_close(&l.session);
    nex_string_map_free(&l.filter);
    return l.result;
}
