#include "client/gather.h"

#include <stdlib.h>

/* Nodes answer a ping at once: one that was counted and stays silent so long is gone. */
#define PING_REST (400 * NEX_MILLISECOND)

typedef struct nodes_op {
    nex_client_op base;
    gather gather;
    const nex_node_ping_response **nodes;
    size_t count;
    nex_nodes_cb done;
    void *arg;
} nodes_op;

static void release(nex_client_op *base) {
    nodes_op *op = (nodes_op *)base;
    gather_stop(&op->gather);
    for (size_t i = 0; i < op->count; i++) {
        nex_node_ping_response_free((nex_node_ping_response *)(uintptr_t)op->nodes[i]);
    }
    free(op->nodes);
}

static bool on_reply(void *arg, const nex_msg *reply) {
    nodes_op *op = arg;
    nex_node_ping_response *node = NULL;
    nex_error err;
    nex_status status = nex_node_ping_response_decode(&node, reply->data, reply->len, &err);
    if (status == NEX_EINVAL) {
        status = op_decline(&op->base, reply_node(reply), "error", err.message);
    } else if (status == NEX_OK) {
        const nex_node_ping_response **grown = realloc(op->nodes, (op->count + 1) * sizeof *grown);
        if (grown) {
            op->nodes = grown;
            grown[op->count++] = node;
            node = NULL;
        } else {
            status = NEX_ENOMEM;
        }
    }
    nex_node_ping_response_free(node);
    if (status != NEX_OK) {
        nex_error_set(&op->base.error, status, "reading a node's answer: %s",
                      nex_status_name(status));
    }
    return status == NEX_OK;
}

static void on_gathered(void *arg, nex_status status) {
    nodes_op *op = arg;
    if (status == NEX_EUNREACHABLE &&
        nex_bus_get_state(op->base.client->bus) == NEX_BUS_CONNECTED) {
        status = NEX_OK; /* nobody listens: there is no node */
    }
    if (status != NEX_OK && op->base.error.code == NEX_OK) {
        nex_error_set(&op->base.error, status, "listing nodes: %s",
                      status == NEX_EUNREACHABLE ? "not connected to NATS"
                                                 : nex_status_name(status));
    }
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    op->done(op->arg, &outcome, op->nodes, op->count);
    op_free(&op->base);
}

static nex_status ask(nodes_op *op, const nex_string_map *filter, nex_error *err) {
    nex_client *client = op->base.client;
    nex_node_ping_request request = {0};
    if (filter) {
        request.filter = *filter;
    }
    nex_buf body = NEX_BUF_INIT;
    nex_status status =
        op_encoded(nex_node_ping_request_encode(&request, &body), "ping request", err);
    if (status == NEX_OK) {
        gather_options options = {
            .first = client->timeout < client->stall ? client->timeout : client->stall,
            .stall = client->stall,
            .rest = PING_REST,
            .on_reply = on_reply,
            .on_end = on_gathered,
            .arg = op,
        };
        status = gather_start(&op->gather, &op->base, NEX_SUBJECT_PING_NEXUS, &body, &options, err);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_client_list_nodes(nex_client *client, const nex_string_map *filter,
                                 nex_nodes_cb done, void *arg, nex_client_op **out,
                                 nex_error *err) {
    nodes_op *op;
    nex_status status = op_new(client, sizeof *op, release, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->done = done;
    op->arg = arg;
    status = ask(op, filter, err);
    if (status != NEX_OK) {
        op_free(&op->base);
        return status;
    }
    if (out) {
        *out = &op->base;
    }
    return NEX_OK;
}
