#include "client/gather.h"

#include <stdlib.h>
#include <string.h>

/* A node may have to wait for a slow agent. */
#define LIST_REST (2 * NEX_SECOND)

/* One node's part of the list; the workloads point into it. */
typedef struct part {
    nex_agent_list_workloads_response *response;
    char *node_id;
} part;

typedef struct list_op {
    nex_client_op base;
    gather gather;
    part *parts;
    size_t part_count;
    nex_listed_workload *workloads;
    size_t count;
    nex_list_cb done;
    void *arg;
} list_op;

static void release(nex_client_op *base) {
    list_op *op = (list_op *)base;
    gather_stop(&op->gather);
    for (size_t i = 0; i < op->part_count; i++) {
        nex_agent_list_workloads_response_free(op->parts[i].response);
        free(op->parts[i].node_id);
    }
    free(op->parts);
    free(op->workloads);
}

static nex_status add_part(list_op *op, nex_agent_list_workloads_response *response,
                           const char *node) {
    part *grown = realloc(op->parts, (op->part_count + 1) * sizeof *grown);
    if (!grown) {
        return NEX_ENOMEM;
    }
    op->parts = grown;
    char *node_id = strdup(node);
    nex_listed_workload *workloads =
        realloc(op->workloads, (op->count + response->count + 1) * sizeof *workloads);
    if (workloads) {
        op->workloads = workloads;
    }
    if (!node_id || !workloads) {
        free(node_id);
        return NEX_ENOMEM;
    }
    grown[op->part_count++] = (part){response, node_id};
    for (size_t i = 0; i < response->count; i++) {
        workloads[op->count++] =
            (nex_listed_workload){.summary = &response->items[i], .node_id = node_id};
    }
    return NEX_OK;
}

static bool on_reply(void *arg, const nex_msg *reply) {
    list_op *op = arg;
    const char *node = reply_node(reply);
    nex_agent_list_workloads_response *response = NULL;
    nex_error err;
    nex_status status =
        nex_agent_list_workloads_response_decode(&response, reply->data, reply->len, &err);
    if (status == NEX_OK) {
        status = add_part(op, response, node);
        if (status != NEX_OK) {
            nex_agent_list_workloads_response_free(response);
        }
    } else if (status != NEX_ENOMEM) {
        status = op_decline(&op->base, node, "error", err.message);
    }
    if (status != NEX_OK) {
        nex_error_set(&op->base.error, NEX_ENOMEM, "out of memory");
        return false;
    }
    return true;
}

static void on_gathered(void *arg, nex_status status) {
    list_op *op = arg;
    if (status == NEX_EUNREACHABLE &&
        nex_bus_get_state(op->base.client->bus) == NEX_BUS_CONNECTED) {
        status = NEX_OK; /* no node, no workloads */
    }
    if (status != NEX_OK && op->base.error.code == NEX_OK) {
        nex_error_set(&op->base.error, status, "listing workloads: %s",
                      status == NEX_EUNREACHABLE ? "not connected to NATS"
                                                 : nex_status_name(status));
    }
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    op->done(op->arg, &outcome, op->workloads, op->count);
    op_free(&op->base);
}

static nex_status ask(list_op *op, const nex_string_list *filter, nex_error *err) {
    nex_client *client = op->base.client;
    nex_agent_list_workloads_request request = {.namespace_ = client->namespace_};
    if (filter) {
        request.filter = *filter;
    }
    char subject[NEX_SUBJECT_SIZE];
    nex_buf body = NEX_BUF_INIT;
    nex_status status = op_subject(nex_subject_namespace_ping_request(subject, client->namespace_),
                                   client->namespace_, "", NULL, err);
    if (status == NEX_OK) {
        status = op_encoded(nex_agent_list_workloads_request_encode(&request, &body),
                            "list request", err);
    }
    if (status == NEX_OK) {
        /* A reference node with a dead agent takes two seconds. */
        gather_options options = {
            .first = client->timeout,
            .stall = client->stall,
            .rest = LIST_REST,
            .on_reply = on_reply,
            .on_end = on_gathered,
            .arg = op,
        };
        status = gather_start(&op->gather, &op->base, subject, &body, &options, err);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_client_list(nex_client *client, const nex_string_list *filter, nex_list_cb done,
                           void *arg, nex_client_op **out, nex_error *err) {
    list_op *op;
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
