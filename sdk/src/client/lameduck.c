#include "client/op.h"

#include <stdlib.h>
#include <string.h>

typedef struct lameduck_op lameduck_op;

/* One node that is told, and what it answered. */
typedef struct target {
    lameduck_op *op;
    char *node_id;
    nex_request *request;
    nex_status status;
    nex_lameduck_response *response;
} target;

struct lameduck_op {
    nex_client_op base;
    nex_string_map tag;
    nex_duration delay;
    target *targets;
    size_t count;
    size_t open; /**< targets whose answer is awaited */
    nex_lameduck_result *results;
    nex_lameduck_cb done;
    void *arg;
};

static void release(nex_client_op *base) {
    lameduck_op *op = (lameduck_op *)base;
    for (size_t i = 0; i < op->count; i++) {
        nex_request_cancel(op->targets[i].request);
        nex_lameduck_response_free(op->targets[i].response);
        free(op->targets[i].node_id);
    }
    free(op->targets);
    free(op->results);
    nex_string_map_free(&op->tag);
}

static void end(lameduck_op *op) {
    for (size_t i = 0; i < op->count; i++) {
        const target *t = &op->targets[i];
        op->results[i] = (nex_lameduck_result){t->node_id, t->status, t->response};
    }
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    op->done(op->arg, &outcome, op->results, op->count);
    op_free(&op->base);
}

static void note_failure(target *t, const nex_error *why) {
    nex_client_op *base = &t->op->base;
    t->status = why->code;
    (void)op_decline(base, t->node_id, "error", why->message);
    if (base->error.code == NEX_OK) {
        base->error = *why;
        nex_error_prefix(&base->error, why->code, "node %s", t->node_id);
    }
}

static void on_answer(void *arg, nex_status status, const nex_msg *reply) {
    target *t = arg;
    lameduck_op *op = t->op;
    t->request = NULL;
    nex_error err;
    if (status != NEX_OK) {
        bool gone = status == NEX_EUNREACHABLE &&
                    nex_bus_get_state(op->base.client->bus) == NEX_BUS_CONNECTED;
        status = nex_error_set(&err, gone ? NEX_ENOTFOUND : status, "%s",
                               gone                     ? "not found"
                               : status == NEX_ETIMEOUT ? "no answer in time"
                                                        : nex_status_name(status));
    } else if (reply_get_kind(reply) != REPLY_DATA) {
        status = reply_get_error(reply, op->base.error_id, &err);
    } else {
        status = nex_lameduck_response_decode(&t->response, reply->data, reply->len, &err);
        if (status == NEX_OK && !t->response->success) {
            const char *why = t->response->message;
            status = nex_error_set(&err, NEX_EREFUSED, "%s",
                                   why && *why ? why : "it did not enter lame duck mode");
        }
    }
    if (status != NEX_OK) {
        note_failure(t, &err);
    }
    if (--op->open == 0) {
        end(op);
    }
}

static nex_status tell(lameduck_op *op, target *t, nex_error *err) {
    nex_client *client = op->base.client;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status =
        op_subject(nex_subject_set_lameduck(subject, t->node_id), NULL, "node id", t->node_id, err);
    if (status != NEX_OK) {
        return status;
    }
    nex_lameduck_request request = {.delay = op->delay};
    request.tag = op->tag;
    nex_buf body = NEX_BUF_INIT;
    status = op_encoded(nex_lameduck_request_encode(&request, &body), "lame duck request", err);
    if (status == NEX_OK) {
        nex_header headers[CLIENT_HEADERS];
        nex_msg msg = {
            .subject = subject,
            .data = body.data,
            .len = body.len,
            .headers = headers,
            .header_count = client_headers(client, headers),
        };
        status = nex_bus_request(client->bus, &msg, client->timeout, on_answer, t, &t->request);
        if (status != NEX_OK) {
            t->request = NULL;
            nex_error_set(err, status, "cannot send a request to %s: %s", subject,
                          nex_status_name(status));
        }
    }
    nex_buf_free(&body);
    return status;
}

static nex_status make_targets(lameduck_op *op, size_t count, nex_error *err) {
    op->targets = calloc(count, sizeof *op->targets);
    op->results = calloc(count, sizeof *op->results);
    return op->targets && op->results ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "out of memory");
}

static nex_status add_target(lameduck_op *op, const char *node_id, nex_error *err) {
    target *t = &op->targets[op->count];
    t->op = op;
    t->node_id = strdup(node_id);
    if (!t->node_id) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    op->count++;
    return NEX_OK;
}

static void on_listed(void *arg, const nex_outcome *outcome,
                      const nex_node_ping_response *const *nodes, size_t count) {
    lameduck_op *op = arg;
    nex_error *err = &op->base.error;
    nex_status status = outcome->status;
    if (status != NEX_OK) {
        op_adopt(&op->base, outcome);
    } else if (count == 0) {
        status = nex_error_set(err, NEX_ENOTFOUND, "no node has the tag %s=%s",
                               op->tag.count ? op->tag.items[0].key : "",
                               op->tag.count ? op->tag.items[0].value : "");
    } else {
        status = make_targets(op, count, err);
    }
    for (size_t i = 0; status == NEX_OK && i < count; i++) {
        status = add_target(op, nodes[i]->node_id, err);
    }
    if (status != NEX_OK) {
        end(op);
        return;
    }
    for (size_t i = 0; i < op->count; i++) {
        nex_error why;
        if (tell(op, &op->targets[i], &why) == NEX_OK) {
            op->open++;
        } else {
            note_failure(&op->targets[i], &why);
        }
    }
    if (op->open == 0) {
        end(op);
    }
}

static nex_status begin(lameduck_op *op, const nex_lameduck_options *options, nex_error *err) {
    if (options->tag && nex_string_map_copy(&op->tag, options->tag) != NEX_OK) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (options->node_id) {
        nex_status status = make_targets(op, 1, err);
        if (status == NEX_OK) {
            status = add_target(op, options->node_id, err);
        }
        if (status == NEX_OK) {
            status = tell(op, &op->targets[0], err);
            op->open = 1;
        }
        return status;
    }
    if (op->tag.count == 0) {
        return nex_error_set(err, NEX_EINVAL, "lame duck mode needs a node id or a tag");
    }
    nex_client_op *child;
    nex_status status =
        nex_client_list_nodes(op->base.client, &op->tag, on_listed, op, &child, err);
    if (status == NEX_OK) {
        op_set_child(&op->base, child);
    }
    return status;
}

nex_status nex_client_lameduck(nex_client *client, const nex_lameduck_options *options,
                               nex_lameduck_cb done, void *arg, nex_client_op **out,
                               nex_error *err) {
    lameduck_op *op;
    nex_status status = op_new(client, sizeof *op, release, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->delay = options->delay;
    op->done = done;
    op->arg = arg;
    status = begin(op, options, err);
    if (status != NEX_OK) {
        op_free(&op->base);
        return status;
    }
    if (out) {
        *out = &op->base;
    }
    return NEX_OK;
}
