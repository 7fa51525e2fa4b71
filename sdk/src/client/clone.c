#include "client/gather.h"
#include "environment/environment.h"

#include <stdlib.h>
#include <string.h>

typedef struct clone_op {
    nex_client_op base;
    gather gather;
    char *workload_id;
    nex_string_map tags;
    bool stop;
    nex_key *key; /**< nodes seal the environment of what they give back to it */
    nex_start_workload_request *request;
    nex_client *owner; /**< a client of the workload's namespace, for the stop */
    /* Copies of what the start told, kept for the end. */
    nex_start_workload_response *clone;
    char *node_id;
    nex_stop_workload_response *stopped;
    nex_clone_cb done;
    void *arg;
} clone_op;

static void release(nex_client_op *base) {
    clone_op *op = (clone_op *)base;
    gather_stop(&op->gather);
    nex_client_free(op->owner);
    nex_start_workload_request_free(op->request);
    nex_start_workload_response_free(op->clone);
    nex_stop_workload_response_free(op->stopped);
    nex_key_free(op->key);
    nex_string_map_free(&op->tags);
    free(op->workload_id);
    free(op->node_id);
}

static void end(clone_op *op) {
    nex_started started = {"", "", "", "", ""};
    if (op->clone) {
        started = (nex_started){
            .id = op->clone->id,
            .name = op->clone->name,
            .namespace_ = op->request->namespace_,
            .node_id = op->node_id,
            .type = op->request->workload_type,
        };
    }
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    op->done(op->arg, &outcome, &started, op->stopped);
    op_free(&op->base);
}

static void fail(clone_op *op, nex_status status) {
    op->base.error.code = status;
    nex_error_prefix(&op->base.error, status, "cloning workload %s", op->workload_id);
    end(op);
}

static void on_stopped(void *arg, const nex_outcome *outcome,
                       const nex_stop_workload_response *response) {
    clone_op *op = arg;
    if (outcome->status != NEX_OK) {
        op_adopt(&op->base, outcome);
        nex_error_prefix(&op->base.error, outcome->status,
                         "the clone runs, but the original was not stopped");
    } else if (nex_stop_workload_response_clone(response, &op->stopped) != NEX_OK) {
        nex_error_set(&op->base.error, NEX_ENOMEM, "the original was stopped; out of memory");
    }
    end(op);
}

static nex_status stop_original(clone_op *op, nex_error *err) {
    const nex_client *client = op->base.client;
    nex_client_options options = {
        .bus = client->bus,
        .namespace_ = op->request->namespace_,
        .nexus = client->nexus,
        .timeout = client->timeout,
        .stop_timeout = client->stop_timeout,
        .stall = client->stall,
    };
    nex_status status = nex_client_new(&op->owner, &options, err);
    if (status == NEX_OK) {
        status = nex_client_stop(op->owner, op->workload_id, on_stopped, op, NULL, err);
    }
    return status;
}

static void on_started(void *arg, const nex_outcome *outcome, const nex_started *started) {
    clone_op *op = arg;
    op_adopt(&op->base, outcome);
    if (outcome->status != NEX_OK) {
        fail(op, outcome->status);
        return;
    }
    nex_start_workload_response clone = {.id = (char *)(uintptr_t)started->id,
                                         .name = (char *)(uintptr_t)started->name};
    op->node_id = strdup(started->node_id);
    nex_status status = nex_start_workload_response_clone(&clone, &op->clone);
    if (!op->node_id || status != NEX_OK) {
        nex_error_set(&op->base.error, NEX_ENOMEM, "out of memory");
        fail(op, NEX_ENOMEM);
        return;
    }
    if (!op->stop) {
        end(op);
        return;
    }
    status = stop_original(op, &op->base.error);
    if (status != NEX_OK) {
        fail(op, status);
    }
}

static nex_status start(clone_op *op, nex_error *err) {
    nex_buf opened = NEX_BUF_INIT;
    nex_status status = environment_open(op->request->run_request, op->key, &opened, err);
    if (status == NEX_OK) {
        nex_start_workload_request request = *op->request;
        request.run_request = opened.data;
        request.tags = op->tags;
        nex_start_options options = {.request = &request};
        nex_client_op *child;
        status = nex_client_start(op->base.client, &options, on_started, op, &child, err);
        if (status == NEX_OK) {
            op_set_child(&op->base, child);
        }
    }
    nex_buf_wipe(&opened);
    return status;
}

static bool on_reply(void *arg, const nex_msg *reply) {
    clone_op *op = arg;
    nex_error err;
    nex_status status =
        nex_start_workload_request_decode(&op->request, reply->data, reply->len, &err);
    if (status == NEX_ENOMEM) {
        op->base.error = err;
        return false;
    }
    if (status != NEX_OK) {
        (void)op_decline(&op->base, reply_node(reply), "error", err.message);
    }
    return status != NEX_OK;
}

static void on_gathered(void *arg, nex_status status) {
    clone_op *op = arg;
    nex_error *err = &op->base.error;
    bool connected = nex_bus_get_state(op->base.client->bus) == NEX_BUS_CONNECTED;
    if (err->code != NEX_OK) {
        status = err->code;
    } else if (status != NEX_OK && !(status == NEX_EUNREACHABLE && connected)) {
        nex_error_set(err, status, "%s",
                      connected ? nex_status_name(status) : "not connected to NATS");
    } else if (!op->request) {
        status = nex_error_set(err, NEX_ENOTFOUND, "workload not found");
        for (size_t i = 0; i < op->base.decline_count; i++) {
            const nex_decline *decline = &op->base.declines[i];
            if (strcmp(decline->reason, "error") == 0) {
                status = nex_error_set(err, NEX_EREFUSED, "%s", decline->detail);
                break;
            }
        }
    } else if (!op->request->namespace_ || !*op->request->namespace_) {
        status = nex_error_set(err, NEX_EINVAL, "its nexlet does not say which namespace it is in");
    } else {
        status = start(op, err);
    }
    if (status != NEX_OK) {
        fail(op, status);
    }
}

static nex_status fetch(clone_op *op, nex_error *err) {
    nex_client *client = op->base.client;
    char subject[NEX_SUBJECT_SIZE];
    nex_buf body = NEX_BUF_INIT;
    nex_status status =
        op_subject(nex_subject_clone_workload(subject, client->namespace_, op->workload_id),
                   client->namespace_, "workload id", op->workload_id, err);
    if (status == NEX_OK) {
        nex_clone_workload_request request = {
            .namespace_ = client->namespace_,
            .new_target_xkey = (char *)(uintptr_t)nex_key_public(op->key),
            .boxed_env = true,
            .has_boxed_env = true,
        };
        status =
            op_encoded(nex_clone_workload_request_encode(&request, &body), "clone request", err);
    }
    if (status == NEX_OK) {
        /* A reference node that does not have it stays silent, after waiting for 3 s. */
        gather_options options = {
            .first = client->stall,
            .stall = client->stall,
            .rest = client->stall,
            .on_reply = on_reply,
            .on_end = on_gathered,
            .arg = op,
        };
        status = gather_start(&op->gather, &op->base, subject, &body, &options, err);
    }
    nex_buf_free(&body);
    return status;
}

nex_status nex_client_clone(nex_client *client, const nex_clone_options *options, nex_clone_cb done,
                            void *arg, nex_client_op **out, nex_error *err) {
    clone_op *op;
    nex_status status = op_new(client, sizeof *op, release, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->done = done;
    op->arg = arg;
    op->stop = options->stop;
    op->workload_id = strdup(options->workload_id);
    if (!op->workload_id ||
        (options->tags && nex_string_map_copy(&op->tags, options->tags) != NEX_OK)) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK) {
        status = nex_key_generate(&op->key, NEX_KEY_CURVE, err);
    }
    if (status == NEX_OK) {
        status = fetch(op, err);
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
