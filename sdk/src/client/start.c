/*
 * Starts: auction, a random one of the bids, deploy; the next bid when a deploy fails. One that is
 * not answered in time is called off first, so that it does not run there and elsewhere, too. When
 * there is no other bid to go to, a node that says it is still at it is waited for.
 */
#include "client/bids.h"
#include "environment/environment.h"

#include <stdio.h>
#include <string.h>

/* A node ends a start after a minute; the rest is for answers under way. */
#define DEPLOY_LIMIT (65 * NEX_SECOND)
/* A node answers at once, unless its agent takes long to stop what it has begun. */
#define CALL_OFF_LIMIT (2 * NEX_SECOND)

typedef struct start_op {
    nex_client_op base;
    bids bids;
    nex_start_workload_request *request;
    nex_accept_fn accept;
    void *accept_arg;
    nex_start_cb done;
    void *arg;
    nex_error first; /**< why the first bid that was tried did not do */
    char first_id[ERROR_ID_SIZE];
    size_t left; /**< bids not drawn yet: the first so many of bids.items */
    nex_timer *patience;
    bool called_off; /**< the node says that nothing runs of the bid drawn last */
    nex_start_workload_response *response;
} start_op;

static void try_next(start_op *op);

static void release(nex_client_op *base) {
    start_op *op = (start_op *)base;
    bids_stop(&op->bids);
    nex_timer_free(op->patience);
    nex_start_workload_request_free(op->request);
    nex_start_workload_response_free(op->response);
}

/* The bid drawn last stands behind those that are left. */
static const nex_bid *drawn(const start_op *op) {
    return &op->bids.items[op->left];
}

static void end(start_op *op) {
    nex_timer_free(op->patience); /* here, on the loop: `release` may run on any thread */
    op->patience = NULL;
    nex_started started = {"", "", "", "", ""};
    if (op->response) {
        started = (nex_started){
            .id = op->response->id,
            .name = op->response->name,
            .namespace_ = op->request->namespace_,
            .node_id = drawn(op)->node_id,
            .type = op->request->workload_type,
        };
    }
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    op->done(op->arg, &outcome, &started);
    op_free(&op->base);
}

static void refuse(start_op *op, const nex_error *why, const char *error_id) {
    const nex_bid *bid = drawn(op);
    if (op->first.code == NEX_OK) {
        op->first = *why;
        snprintf(op->first_id, ERROR_ID_SIZE, "%s", error_id);
    }
    (void)op_decline(&op->base, *bid->node_id ? bid->node_id : bid->response->bidder_id, "error",
                     why->message);
}

static void fail_deploy(start_op *op, const nex_error *err, const char *error_id) {
    refuse(op, err, error_id);
    try_next(op);
}

/* ---- Calling off -------------------------------------------------------------------------- */

static bool on_call_off(void *arg, const nex_msg *reply) {
    start_op *op = arg;
    const char *node_id = drawn(op)->node_id;
    const char *gone = nex_msg_header(reply, NEX_HEADER_GONE);
    if (gone) {
        return strcmp(gone, node_id) != 0;
    }
    if (strcmp(reply_node(reply), node_id) == 0) {
        op->called_off = reply_get_kind(reply) == REPLY_DATA;
        return false;
    }
    return true;
}

static void on_called_off(void *arg, nex_status status) {
    start_op *op = arg;
    nex_error err;
    (void)status;
    op->base.request = NULL;
    nex_error_set(&err, NEX_ETIMEOUT, "the node did not answer in time; %s",
                  op->called_off ? "the start was called off" : "the workload may have started");
    fail_deploy(op, &err, "");
}

/* The bid stands for the workload, whose id only the node knows so far. */
static nex_status ask_to_call_off(start_op *op) {
    nex_client *client = op->base.client;
    const nex_bid *bid = drawn(op);
    nex_stop_workload_request request = {.namespace_ = op->request->namespace_};
    nex_buf body = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    nex_header headers[CLIENT_HEADERS];
    nex_many_options options = {
        .timeout = client->timeout < CALL_OFF_LIMIT ? client->timeout : CALL_OFF_LIMIT,
    };
    nex_status status = *bid->node_id ? NEX_OK : NEX_ESTATE; /* the reference's cannot be asked */
    if (status == NEX_OK) {
        status =
            nex_subject_stop_workload(subject, op->request->namespace_, bid->response->bidder_id);
    }
    if (status == NEX_OK) {
        status = nex_stop_workload_request_encode(&request, &body);
    }
    if (status == NEX_OK) {
        nex_msg msg = {
            .subject = subject,
            .data = body.data,
            .len = body.len,
            .headers = headers,
            .header_count = client_headers(client, headers),
        };
        status = nex_bus_request_many(client->bus, &msg, &options, on_call_off, on_called_off, op,
                                      &op->base.request);
    }
    nex_buf_free(&body);
    return status;
}

static void call_off(void *arg) {
    start_op *op = arg;
    nex_request_cancel(op->base.request);
    op->base.request = NULL;
    op->called_off = false;
    if (ask_to_call_off(op) != NEX_OK) {
        on_called_off(op, NEX_EUNREACHABLE);
    }
}

/* ---- Deploying ---------------------------------------------------------------------------- */

static bool on_deploy_reply(void *arg, const nex_msg *reply) {
    start_op *op = arg;
    nex_error err;
    char error_id[ERROR_ID_SIZE] = "";
    if (nex_msg_header(reply, NEX_HEADER_PROGRESS)) {
        if (op->left == 0) {
            nex_timer_start(op->patience, op->base.client->timeout, 0);
        }
        return true;
    }
    nex_timer_stop(op->patience);
    nex_status status =
        reply_get_kind(reply) != REPLY_DATA
            ? reply_get_error(reply, error_id, &err)
            : nex_start_workload_response_decode(&op->response, reply->data, reply->len, &err);
    if (status != NEX_OK) {
        refuse(op, &err, error_id);
    }
    return false;
}

static void on_deploy_end(void *arg, nex_status status) {
    start_op *op = arg;
    nex_error err;
    op->base.request = NULL;
    nex_timer_stop(op->patience);
    if (op->response) {
        end(op);
    } else if (status == NEX_OK) {
        try_next(op); /* it was refused */
    } else if (status == NEX_ETIMEOUT) {
        call_off(op);
    } else if (status == NEX_EUNREACHABLE &&
               nex_bus_get_state(op->base.client->bus) != NEX_BUS_CONNECTED) {
        /* Nobody can be told now, so nobody else is asked either. */
        nex_error_set(&err, status,
                      "the connection to NATS was lost; the workload may have started");
        refuse(op, &err, "");
        op->base.error = err;
        end(op);
    } else {
        nex_error_set(&err, status, "%s",
                      status == NEX_EUNREACHABLE ? "the node that made the bid is gone"
                                                 : nex_status_name(status));
        fail_deploy(op, &err, "");
    }
}

static nex_status send_deploy(start_op *op, const char *subject, const nex_buf *body,
                              nex_error *err) {
    nex_client *client = op->base.client;
    nex_header headers[CLIENT_HEADERS + 1];
    size_t count = client_headers(client, headers);
    headers[count++] = (nex_header){NEX_HEADER_PROGRESS, "1"};
    nex_msg msg = {
        .subject = subject,
        .data = body->data,
        .len = body->len,
        .headers = headers,
        .header_count = count,
    };
    nex_many_options options = {
        .timeout = client->timeout > DEPLOY_LIMIT ? client->timeout : DEPLOY_LIMIT,
    };
    nex_status status = nex_bus_request_many(client->bus, &msg, &options, on_deploy_reply,
                                             on_deploy_end, op, &op->base.request);
    if (status != NEX_OK) {
        op->base.request = NULL;
        return nex_error_set(err, status, "cannot send a request of %zu bytes to %s: %s", body->len,
                             subject, nex_status_name(status));
    }
    nex_timer_start(op->patience, client->timeout, 0);
    return NEX_OK;
}

static nex_status deploy(start_op *op, const nex_bid *bid, nex_error *err) {
    nex_client *client = op->base.client;
    nex_buf sealed = NEX_BUF_INIT;
    nex_buf body = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status =
        op_subject(nex_subject_auction_deploy_workload(subject, op->request->namespace_,
                                                       bid->response->bidder_id),
                   op->request->namespace_, "bidder id", bid->response->bidder_id, err);
    nex_start_workload_request request = *op->request;
    if (status == NEX_OK && bid->boxed_environment && !client->plain_environment) {
        status = environment_seal(request.run_request, bid->response->xkey, &sealed, err);
        request.run_request = sealed.data;
    }
    if (status == NEX_OK) {
        status = op_encoded(nex_start_workload_request_encode(&request, &body),
                            "request to start a workload", err);
    }
    if (status == NEX_OK) {
        status = send_deploy(op, subject, &body, err);
    }
    nex_buf_wipe(&sealed);
    nex_buf_wipe(&body);
    return status;
}

static void draw(start_op *op) {
    size_t i = (size_t)nex_loop_random_below(op->base.loop, op->left);
    op->left--;
    nex_bid bid = op->bids.items[i];
    op->bids.items[i] = op->bids.items[op->left];
    op->bids.items[op->left] = bid;
}

static void try_next(start_op *op) {
    while (op->left > 0) {
        draw(op);
        nex_error err;
        nex_error_clear(&err);
        nex_status status = op->accept ? op->accept(op->accept_arg, drawn(op), &err) : NEX_OK;
        if (status == NEX_OK) {
            status = deploy(op, drawn(op), &err);
        }
        if (status == NEX_OK) {
            return;
        }
        err.code = status;
        refuse(op, &err, "");
    }
    op->base.error = op->first;
    memcpy(op->base.error_id, op->first_id, ERROR_ID_SIZE);
    end(op);
}

static void on_bids(void *arg) {
    start_op *op = arg;
    if (op->base.error.code != NEX_OK) {
        end(op);
        return;
    }
    op->left = op->bids.count;
    try_next(op);
}

static nex_status take_request(start_op *op, const nex_start_options *options, nex_error *err) {
    nex_start_workload_request copy = *options->request;
    if (!copy.namespace_ || !*copy.namespace_) {
        copy.namespace_ = op->base.client->namespace_;
    }
    copy.name = copy.name ? copy.name : (char[]){""};
    copy.description = copy.description ? copy.description : (char[]){""};
    if (!copy.run_request || !copy.workload_type || copy.workload_lifecycle == 0) {
        return nex_error_set(err, NEX_EINVAL,
                             "a workload to start needs a type, a lifecycle and a start request");
    }
    nex_status status = nex_start_workload_request_clone(&copy, &op->request);
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
}

nex_status nex_client_start(nex_client *client, const nex_start_options *options, nex_start_cb done,
                            void *arg, nex_client_op **out, nex_error *err) {
    start_op *op;
    nex_status status = op_new(client, sizeof *op, release, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->accept = options->accept;
    op->accept_arg = options->accept_arg;
    op->done = done;
    op->arg = arg;
    status = take_request(op, options, err);
    if (status == NEX_OK &&
        (status = nex_timer_new(client->loop, &op->patience, call_off, op)) != NEX_OK) {
        nex_error_set(err, status, "out of memory");
    }
    if (status == NEX_OK) {
        nex_auction_options auction = {
            .type = op->request->workload_type,
            .lifecycle = op->request->workload_lifecycle,
            .tags = &op->request->tags,
            .node_id = options->node_id,
            .namespace_ = op->request->namespace_,
        };
        status = bids_start(&op->bids, &op->base, &auction, on_bids, op, err);
    }
    if (status != NEX_OK) {
        op_free(&op->base);
        return status;
    }
    if (out) {
        *out = &op->base;
    }
    return NEX_OK;
}
