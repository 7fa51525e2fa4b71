#include "cli.h"
#include "table.h"

#include <stdio.h>
#include <string.h>

typedef struct asking {
    const cli *cli;
    session session;
    bool full;
    int result;
} asking;

static nex_status info_line(nex_buf *out, const char *label, const char *value) {
    nex_status status = nex_buf_printf(out, "%11s: ", label);
    if (status == NEX_OK) {
        status = text_append_safe(out, value ? value : "");
    }
    return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
}

static const char *credentials_line(const nex_node_info_response *info) {
    const char *strategy = nex_string_map_get(&info->tags, "nex.credentials");
    if (!strategy) {
        return "not told"; /* a node of the reference */
    }
    return strcmp(strategy, "full-access") == 0
               ? "full access: none are handed out (development only)"
               : strategy;
}

static nex_status print_details(const nex_node_info_response *info, nex_buf *out) {
    nex_buf tags = NEX_BUF_INIT;
    nex_status status = nex_buf_append_str(&tags, "");
    for (size_t i = 0; i < info->tags.count && status == NEX_OK; i++) {
        status = nex_buf_printf(&tags, "%s%s=%s", i ? ", " : "", info->tags.items[i].key,
                                info->tags.items[i].value);
    }
    char uptime[NEX_DURATION_TEXT_SIZE];
    nex_duration_format(info->uptime, uptime);
    if (status == NEX_OK) {
        status = nex_buf_printf(out, "Information about Node %s\n\n", info->node_id);
    }
    const struct {
        const char *label, *value;
    } lines[] = {{"Nexus", nex_string_map_get(&info->tags, "nex.nexus")},
                 {"Node Name", nex_string_map_get(&info->tags, "nex.node")},
                 {"Tags", tags.data},
                 {"Credentials", credentials_line(info)},
                 {"XKey", info->xkey},
                 {"Uptime", uptime},
                 {"Version", info->version}};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0] && status == NEX_OK; i++) {
        status = info_line(out, lines[i].label, lines[i].value);
    }
    nex_buf_free(&tags);
    return status == NEX_OK ? nex_buf_append_str(out, "\n") : status;
}

static nex_status brief_row(table *t, const nex_node_agent_summary *a, const char *name) {
    nex_status status = table_cell(t, a->agent_health_stoplight);
    if (status == NEX_OK) {
        status = table_cell(t, name);
    }
    if (status == NEX_OK) {
        status = table_cell(t, a->agent_summary->type);
    }
    return status == NEX_OK ? table_cell_int(t, a->agent_summary->workload_count) : status;
}

static nex_status full_row(table *t, const nex_node_agent_summary *a, const char *name) {
    char health[96], started[NEX_TIME_TEXT_SIZE], heard[NEX_TIME_TEXT_SIZE];
    snprintf(health, sizeof health, "%s [%s]",
             a->agent_health_stoplight ? a->agent_health_stoplight : "",
             a->agent_health ? a->agent_health : "");
    nex_time last = a->agent_last_heartbeat_time;
    last.nanoseconds = 0;
    nex_time_format(a->agent_summary->start_time, started);
    nex_time_format(last, heard);
    const char *state = a->agent_summary->state;
    const char *cells[] = {health,
                           a->agent_id,
                           name,
                           a->agent_summary->type,
                           started,
                           state,
                           a->agent_summary->supported_lifecycles};
    nex_status status = NEX_OK;
    for (size_t i = 0; i < sizeof cells / sizeof cells[0] && status == NEX_OK; i++) {
        status = table_cell(t, cells[i]);
    }
    if (status == NEX_OK) {
        status = table_cell_int(t, a->agent_summary->workload_count);
    }
    return status == NEX_OK ? table_cell(t, heard) : status;
}

static nex_status add_row(const asking *q, table *t, const nex_node_agent_summary *a) {
    nex_buf name = NEX_BUF_INIT;
    nex_status status =
        nex_buf_printf(&name, "%s [%s]", a->agent_summary->name ? a->agent_summary->name : "",
                       a->agent_summary->version ? a->agent_summary->version : "");
    if (status == NEX_OK) {
        status = q->full ? full_row(t, a, name.data) : brief_row(t, a, name.data);
    }
    nex_buf_free(&name);
    return status;
}

static nex_status print_agents(const asking *q, const nex_node_info_response *info, nex_buf *out) {
    static const char *const brief[] = {"", "Name", "Workload Type", "Running Workloads", NULL};
    static const char *const full[] = {"Health",
                                       "Id",
                                       "Name",
                                       "Workload Type",
                                       "Start Time",
                                       "State",
                                       "Supported Lifecycles",
                                       "Running Workloads",
                                       "Last Heartbeat",
                                       NULL};
    if (info->node_agent_summaries.count == 0) {
        return nex_buf_append_str(out, "No agents running\n");
    }
    table *t = table_new("Running Agents");
    nex_status status = t ? NEX_OK : NEX_ENOMEM;
    for (const char *const *h = q->full ? full : brief; *h && status == NEX_OK; h++) {
        status = table_column(t, *h, strcmp(*h, "Running Workloads") == 0);
    }
    for (size_t i = 0; i < info->node_agent_summaries.count && status == NEX_OK; i++) {
        const nex_node_agent_summary *a = &info->node_agent_summaries.items[i];
        if (a->agent_summary) {
            status = add_row(q, t, a);
        }
    }
    if (status == NEX_OK) {
        status = q->full ? table_sort(t, 2, 1) : table_sort(t, 1, 2);
    }
    if (status == NEX_OK) {
        status = table_render(t, out);
    }
    table_free(t);
    return status;
}

static void on_info(void *arg, const nex_outcome *outcome, const nex_node_info_response *info) {
    asking *q = arg;
    nex_loop_stop(q->session.loop);
    if (outcome->status != NEX_OK) {
        q->result = fail_outcome(q->cli, outcome);
        return;
    }
    nex_buf out = NEX_BUF_INIT;
    nex_status status;
    if (q->cli->json) {
        status = nex_node_info_response_encode(info, &out);
        if (status == NEX_OK) {
            status = nex_buf_append_str(&out, "\n");
        }
    } else {
        status = print_details(info, &out);
        if (status == NEX_OK) {
            status = print_agents(q, info, &out);
        }
    }
    q->result = print_made(q->cli, status, &out);
}

int node_info(cli *c) {
    asking q = {.cli = c,
                .result = EXIT_FAILED,
                .full = settings_bool(&c->options.settings, "node.info.full")};
    nex_error err;
    nex_status status = session_open(&q.session, c, &err);
    if (status == NEX_OK) {
        status =
            nex_client_node_info(q.session.client, c->options.args[0], on_info, &q, NULL, &err);
    }
    if (status == NEX_OK) {
        nex_loop_run(q.session.loop);
    } else {
        q.result = fail(c, &err);
    }
    session_close(&q.session);
    return q.result;
}
