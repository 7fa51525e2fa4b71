#include "client/bids.h"
#include "environment/environment.h"

#include <stdio.h>
#include <string.h>

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
    nex_start_workload_response *response;
} start_op;

static void try_next(start_op *op);

static void release(nex_client_op *base) {
    start_op *op = (start_op *)base;
    bids_stop(&op->bids);
    nex_start_workload_request_free(op->request);
    nex_start_workload_response_free(op->response);
}

/* The bid drawn last stands behind those that are left. */
static const nex_bid *drawn(const start_op *op) {
    return &op->bids.items[op->left];
}

static void end(start_op *op) {
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

static void on_deployed(void *arg, nex_status status, const nex_msg *reply) {
    start_op *op = arg;
    op->base.request = NULL;
    nex_error err;
    char error_id[ERROR_ID_SIZE] = "";
    if (status != NEX_OK) {
        nex_error_set(&err, status, "%s",
                      status == NEX_ETIMEOUT
                          ? "the node did not answer in time; the workload may have started"
                      : status == NEX_EUNREACHABLE ? "the node that made the bid is gone"
                                                   : nex_status_name(status));
    } else if (reply_get_kind(reply) != REPLY_DATA) {
        status = reply_get_error(reply, error_id, &err);
    } else {
        status = nex_start_workload_response_decode(&op->response, reply->data, reply->len, &err);
    }
    if (status == NEX_OK) {
        end(op);
        return;
    }
    refuse(op, &err, error_id);
    try_next(op);
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
        status = op_request(&op->base, subject, &body, client->timeout, on_deployed, op, err);
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
