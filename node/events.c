/* Events of the node and its embedded agents: on NATS, in the log, or nowhere. */
#include "node/internal.h"

#include <string.h>

static void publish(nex_node *node, const char *subject, const char *json, size_t len) {
    nex_msg msg = {.subject = subject, .data = json, .len = len};
    nex_status status = nex_bus_publish(node->bus, &msg);
    if (status != NEX_OK) {
        nex_log_write(node->log, NEX_LOG_WARN, "event not sent", "subject", subject, "reason",
                      nex_status_name(status), NULL);
    }
}

void node_emit_from(nex_node *node, const char *from, const char *type, const char *json,
                    size_t len) {
    char subject[NEX_SUBJECT_SIZE];
    switch (node->options.events) {
    case NEX_NODE_EVENTS_NONE:
        return;
    case NEX_NODE_EVENTS_LOGS:
        nex_log_write(node->log, NEX_LOG_INFO, "event", "event", type, "data", json, NULL);
        return;
    case NEX_NODE_EVENTS_NATS:
        break;
    }
    if (nex_subject_event(subject, from, type) == NEX_OK) {
        publish(node, subject, json, len);
    }
    if (node->options.events_compat && nex_subject_event_compat(subject, from, type) == NEX_OK) {
        publish(node, subject, json, len);
    }
}

void node_emit(nex_node *node, const char *type, const char *json, size_t len) {
    node_emit_from(node, node->id, type, json, len);
}

void node_emit_started(nex_node *node) {
    nex_node_started_event event = {.id = (char *)node->id,
                                    .name = (char *)node->options.name,
                                    .nexus = (char *)node->options.nexus,
                                    .type = (char *)"io.synadia.nex.event.nexnode_started"};
    event.tags.items = node->tags.items;
    event.tags.count = node->tags.count;
    nex_buf json = NEX_BUF_INIT;
    if (nex_node_started_event_encode(&event, &json) == NEX_OK) {
        node_emit(node, "NODESTARTED", json.data, json.len);
    }
    nex_buf_free(&json);
}

void node_emit_stopped(nex_node *node) {
    nex_node_stopped_event event = {.id = (char *)node->id};
    nex_buf json = NEX_BUF_INIT;
    if (nex_node_stopped_event_encode(&event, &json) == NEX_OK) {
        node_emit(node, "NODESTOPPED", json.data, json.len);
    }
    nex_buf_free(&json);
}

void node_emit_lameduck(nex_node *node, nex_time at) {
    nex_node_lameduck_set_event event = {.id = (char *)node->id, .time = at};
    nex_buf json = NEX_BUF_INIT;
    if (nex_node_lameduck_set_event_encode(&event, &json) == NEX_OK) {
        node_emit(node, "NODELAMEDUCKSET", json.data, json.len);
    }
    nex_buf_free(&json);
}
