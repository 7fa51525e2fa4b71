/* Questions to one node: PING and INFO. */
#include "client/op.h"

#include <stdlib.h>
#include <string.h>

typedef struct node_op {
    nex_client_op base;
    char *node_id;
    nex_ping_cb ping_done; /**< one of the two is set */
    nex_node_info_cb info_done;
    void *arg;
    nex_node_ping_response *ping;
    nex_node_info_response *info;
} node_op;

static void release(nex_client_op *base) {
    node_op *op = (node_op *)base;
    nex_node_ping_response_free(op->ping);
    nex_node_info_response_free(op->info);
    free(op->node_id);
}

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    node_op *op = arg;
    nex_error *err = &op->base.error;
    op->base.request = NULL;
    if (status == NEX_EUNREACHABLE &&
        nex_bus_get_state(op->base.client->bus) == NEX_BUS_CONNECTED) {
        nex_error_set(err, NEX_ENOTFOUND, "node %s not found", op->node_id);
    } else if (status != NEX_OK) {
        nex_error_set(err, status, "node %s: %s", op->node_id,
                      status == NEX_ETIMEOUT       ? "no answer in time"
                      : status == NEX_EUNREACHABLE ? "not connected to NATS"
                                                   : nex_status_name(status));
    } else {
        if (reply_get_kind(reply) != REPLY_DATA) {
            status = reply_get_error(reply, op->base.error_id, err);
        } else if (op->ping_done) {
            status = nex_node_ping_response_decode(&op->ping, reply->data, reply->len, err);
        } else {
            status = nex_node_info_response_decode(&op->info, reply->data, reply->len, err);
        }
        if (status != NEX_OK) {
            nex_error_prefix(err, status, "node %s", op->node_id);
        } else {
            op->base.answered = 1;
        }
    }
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    if (op->ping_done) {
        op->ping_done(op->arg, &outcome, op->ping);
    } else {
        op->info_done(op->arg, &outcome, op->info);
    }
    op_free(&op->base);
}

static nex_status ask(nex_client *client, const char *node_id, nex_ping_cb ping_done,
                      nex_node_info_cb info_done, void *arg, nex_client_op **out, nex_error *err) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = op_subject(ping_done ? nex_subject_ping_node(subject, node_id)
                                             : nex_subject_get_node_info(subject, node_id),
                                   NULL, "node id", node_id, err);
    node_op *op;
    if (status == NEX_OK) {
        status = op_new(client, sizeof *op, release, &op, err);
    }
    if (status != NEX_OK) {
        return status;
    }
    op->ping_done = ping_done;
    op->info_done = info_done;
    op->arg = arg;
    op->node_id = strdup(node_id);
    nex_buf body = NEX_BUF_INIT;
    status =
        op->node_id ? nex_buf_append_str(&body, ping_done ? "{\"filter\":{}}" : "{}") : NEX_ENOMEM;
    if (status == NEX_OK) {
        status = op_request(&op->base, subject, &body, client->timeout, on_answer, op, err);
    } else {
        nex_error_set(err, status, "out of memory");
    }
    nex_buf_free(&body);
    if (status != NEX_OK) {
        op_free(&op->base);
        return status;
    }
    if (out) {
        *out = &op->base;
    }
    return NEX_OK;
}

nex_status nex_client_ping(nex_client *client, const char *node_id, nex_ping_cb done, void *arg,
                           nex_client_op **out, nex_error *err) {
    return ask(client, node_id, done, NULL, arg, out, err);
}

nex_status nex_client_node_info(nex_client *client, const char *node_id, nex_node_info_cb done,
                                void *arg, nex_client_op **out, nex_error *err) {
    return ask(client, node_id, NULL, done, arg, out, err);
}
