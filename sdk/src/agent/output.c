/* What a runner publishes for its workloads: logs, metrics, events, ingress messages. */
#include "agent/runner.h"

#include <stdio.h>
#include <string.h>

/* A record a line, in the group that a node's log hides unless it is told to show workloads. */
static void log_output(const nex_agent *agent, const char *workload_id, const char *namespace_,
                       nex_output output, const char *data, size_t len) {
    while (len > 0) {
        const char *newline = memchr(data, '\n', len);
        size_t line = newline == NULL ? len : (size_t)(newline - data);
        char text[1024];
        snprintf(text, sizeof text, "%.*s", (int)(line < sizeof text ? line : sizeof text - 1),
                 data);
        nex_log_write(agent->log, NEX_LOG_INFO, text, "group", "workload", "workload_id",
                      workload_id, "namespace", namespace_, "stream",
                      output == NEX_STDOUT ? "stdout" : "stderr", NULL);
        data += line + (newline != NULL);
        len -= line + (newline != NULL);
    }
}

nex_status nex_agent_output(nex_agent *agent, const char *workload_id, const char *namespace_,
                            nex_output output, const void *data, size_t len) {
    return nex_agent_output_piece(agent, workload_id, namespace_, output, 0, data, len);
}

nex_status nex_agent_output_piece(nex_agent *agent, const char *workload_id, const char *namespace_,
                                  nex_output output, uint64_t sequence, const void *data,
                                  size_t len) {
    if (agent->bus == NULL) {
        return NEX_ESTATE;
    }
    char subject[NEX_SUBJECT_SIZE];
    nex_status status;
    if (output == NEX_METRICS) {
        status = nex_subject_workload_metrics(subject, namespace_, workload_id);
    } else {
        status = nex_subject_workload_log(subject, namespace_, workload_id,
                                          output == NEX_STDOUT ? "stdout" : "stderr");
    }
    if (status != NEX_OK) {
        return status;
    }
    if (agent->log_output && output != NEX_METRICS) {
        log_output(agent, workload_id, namespace_, output, data, len);
    }
    nex_msg msg = {.subject = subject, .data = data, .len = len};
    char number[24];
    nex_header header = {NEX_HEADER_SEQUENCE, number};
    if (sequence > 0) {
        snprintf(number, sizeof number, "%llu", (unsigned long long)sequence);
        msg.headers = &header;
        msg.header_count = 1;
    }
    return nex_bus_publish(agent->bus, &msg);
}

static nex_status publish(nex_agent *agent, const char *subject, const char *json, size_t len) {
    nex_msg msg = {.subject = subject, .data = json, .len = len};
    return nex_bus_publish(agent->bus, &msg);
}

nex_status nex_agent_emit(nex_agent *agent, const char *from, const char *type, const char *json,
                          size_t len) {
    if (agent->emit != NULL) {
        agent->emit(agent->emit_arg, from, type, json, len);
        return NEX_OK;
    }
    if (agent->bus == NULL) {
        return NEX_ESTATE;
    }
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_event(subject, from, type);
    if (status == NEX_OK) {
        status = publish(agent, subject, json, len);
    }
    if (status == NEX_OK && agent->events_compat) {
        status = nex_subject_event_compat(subject, from, type);
        if (status == NEX_OK) {
            status = publish(agent, subject, json, len);
        }
    }
    return status;
}

/* Events of the agent itself come from its node. */
void agent_emit_own(nex_agent *agent, const char *type, const char *json, size_t len) {
    nex_status status = nex_agent_emit(agent, agent->node_id, type, json, len);
    if (status != NEX_OK) {
        nex_log_write(agent->log, NEX_LOG_WARN, "event not sent", "event", type, "reason",
                      nex_status_name(status), NULL);
    }
}

nex_status nex_agent_emit_started(nex_agent *agent, const char *namespace_,
                                  const nex_workload_started_event *event) {
    nex_buf json = NEX_BUF_INIT;
    nex_status status = nex_workload_started_event_encode(event, &json);
    if (status == NEX_OK) {
        status = nex_agent_emit(agent, namespace_, "WORKLOADSTARTED", json.data, json.len);
    }
    nex_buf_free(&json);
    return status;
}

nex_status nex_agent_emit_stopped(nex_agent *agent, const char *namespace_,
                                  const nex_workload_stopped_event *event) {
    nex_buf json = NEX_BUF_INIT;
    nex_status status = nex_workload_stopped_event_encode(event, &json);
    if (status == NEX_OK) {
        status = nex_agent_emit(agent, namespace_, "WORKLOADSTOPPED", json.data, json.len);
    }
    nex_buf_free(&json);
    return status;
}

nex_status nex_agent_emit_triggered(nex_agent *agent, const char *namespace_,
                                    const nex_workload_triggered_event *event) {
    nex_buf json = NEX_BUF_INIT;
    nex_status status = nex_workload_triggered_event_encode(event, &json);
    if (status == NEX_OK) {
        status = nex_agent_emit(agent, namespace_, "WORKLOADTRIGGERED", json.data, json.len);
    }
    nex_buf_free(&json);
    return status;
}

static void send_ingress(nex_agent *agent, const nex_agent_ingress_msg *message) {
    nex_buf json = NEX_BUF_INIT;
    if (nex_agent_ingress_msg_encode(message, &json) == NEX_OK) {
        nex_status status = nex_agent_emit(agent, agent->agent_id, "INGRESS", json.data, json.len);
        /* The reference's ingress manager listens under the reference's spelling only. */
        char subject[NEX_SUBJECT_SIZE];
        if (status == NEX_OK && !agent->events_compat &&
            nex_subject_event_compat(subject, agent->agent_id, "INGRESS") == NEX_OK) {
            status = publish(agent, subject, json.data, json.len);
        }
        if (status != NEX_OK) {
            nex_log_write(agent->log, NEX_LOG_WARN, "ingress manager not told", "workload_id",
                          message->workload_id, "reason", nex_status_name(status), NULL);
        }
    }
    nex_buf_free(&json);
}

void nex_agent_ingress_add(nex_agent *agent, const char *workload_id) {
    if (agent->ingress_address == NULL || agent->ops->workload_port == NULL || agent->bus == NULL) {
        return;
    }
    int port = agent->ops->workload_port(agent->self, workload_id);
    if (port <= 0) {
        return;
    }
    char upstream[128];
    int len = snprintf(upstream, sizeof upstream, "%s:%d", agent->ingress_address, port);
    if (len < 0 || (size_t)len >= sizeof upstream) {
        return;
    }
    nex_agent_ingress_msg message = {.workload_id = (char *)workload_id,
                                     .upstream = upstream,
                                     .command = NEX_AGENT_INGRESS_COMMAND_ADD};
    send_ingress(agent, &message);
}

void nex_agent_ingress_remove(nex_agent *agent, const char *workload_id) {
    if (agent->ingress_address == NULL || agent->ops->workload_port == NULL || agent->bus == NULL) {
        return;
    }
    nex_agent_ingress_msg message = {.workload_id = (char *)workload_id,
                                     .upstream = (char *)"",
                                     .command = NEX_AGENT_INGRESS_COMMAND_REMOVE};
    send_ingress(agent, &message);
}
