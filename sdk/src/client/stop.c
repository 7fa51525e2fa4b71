#include "client/gather.h"

#include <stdlib.h>
#include <string.h>

typedef struct stop_op {
    nex_client_op base;
    gather gather;
    char *workload_id;
    nex_stop_workload_response *response;
    nex_stop_cb done;
    void *arg;
} stop_op;

static void release(nex_client_op *base) {
    stop_op *op = (stop_op *)base;
    gather_stop(&op->gather);
    nex_stop_workload_response_free(op->response);
    free(op->workload_id);
}

static void end(stop_op *op) {
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    op->done(op->arg, &outcome, op->response);
    op_free(&op->base);
}

static bool on_reply(void *arg, const nex_msg *reply) {
    stop_op *op = arg;
    nex_stop_workload_response *response = NULL;
    nex_error err;
    nex_status status = nex_stop_workload_response_decode(&response, reply->data, reply->len, &err);
    if (status == NEX_ENOMEM) {
        nex_error_set(&op->base.error, status, "stopping workload %s: %s", op->workload_id,
                      err.message);
        return false;
    }
    if (status != NEX_OK) {
        (void)op_decline(&op->base, reply_node(reply), "error", err.message);
        return true;
    }
    if (!response->stopped) {
        nex_stop_workload_response_free(response);
        return true;
    }
    op->response = response;
    return false;
}

/* The first node that failed, rather than one that only does not know the workload. */
static const nex_decline *failure(const stop_op *op) {
    for (size_t i = 0; i < op->base.decline_count; i++) {
        if (strcmp(op->base.declines[i].reason, "error") == 0) {
            return &op->base.declines[i];
        }
    }
    return NULL;
}

static void on_gathered(void *arg, nex_status status) {
    stop_op *op = arg;
    nex_client_op *base = &op->base;
    bool connected = nex_bus_get_state(base->client->bus) == NEX_BUS_CONNECTED;
    if (op->response || base->error.code != NEX_OK) {
        end(op);
        return;
    }
    const nex_decline *failed = failure(op);
    if (status != NEX_OK && !(status == NEX_EUNREACHABLE && connected)) {
        nex_error_set(&base->error, status, "stopping workload %s: %s", op->workload_id,
                      connected ? nex_status_name(status) : "not connected to NATS");
    } else if (failed) {
        nex_error_set(&base->error, NEX_EREFUSED, "workload %s was not stopped: %s",
                      op->workload_id, failed->detail);
    } else if (base->answered < base->expected || (status == NEX_OK && base->answered == 0)) {
        nex_error_set(&base->error, NEX_ETIMEOUT,
                      "workload %s: no node said that it stopped it (%zu of %zu nodes answered)",
                      op->workload_id, base->answered,
                      base->expected > base->answered ? base->expected : base->answered + 1);
    } else {
        nex_error_set(&base->error, NEX_ENOTFOUND, "workload %s not found", op->workload_id);
    }
    end(op);
}

static nex_status undeploy(stop_op *op, const char *namespace_, nex_error *err) {
    nex_client *client = op->base.client;
    char subject[NEX_SUBJECT_SIZE];
    nex_buf body = NEX_BUF_INIT;
    nex_status status = op_subject(nex_subject_stop_workload(subject, namespace_, op->workload_id),
                                   namespace_, "workload id", op->workload_id, err);
    if (status == NEX_OK) {
        nex_stop_workload_request request = {.namespace_ = (char *)(uintptr_t)namespace_};
        status = op_encoded(nex_stop_workload_request_encode(&request, &body),
                            "request to stop a workload", err);
    }
    if (status == NEX_OK) {
        /* The node that has it answers last: when all its processes are gone. */
        gather_options options = {
            .first = client->stop_timeout,
            .stall = client->stall,
            .rest = client->stop_timeout,
            .on_reply = on_reply,
            .on_end = on_gathered,
            .arg = op,
        };
        status = gather_start(&op->gather, &op->base, subject, &body, &options, err);
    }
    nex_buf_free(&body);
    return status;
}

/* The namespace all nodes agree on; NULL with err set when there is none. */
static const char *find_namespace(const stop_op *op, const nex_listed_workload *workloads,
                                  size_t count, nex_error *err) {
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const nex_workload_summary *summary = workloads[i].summary;
        if (strcmp(summary->id, op->workload_id) != 0) {
            continue;
        }
        if (!summary->namespace_) {
            nex_error_set(err, NEX_EINVAL,
                          "workload %s: its nexlet does not say which namespace it is in; "
                          "name it (--namespace)",
                          op->workload_id);
            return NULL;
        }
        if (found && strcmp(found, summary->namespace_) != 0) {
            nex_error_set(err, NEX_EINVAL,
                          "workload %s is in more than one namespace; name the one you mean "
                          "(--namespace)",
                          op->workload_id);
            return NULL;
        }
        found = summary->namespace_;
    }
    if (!found) {
        nex_error_set(err, NEX_ENOTFOUND, "workload %s not found", op->workload_id);
    }
    return found;
}

static void on_listed(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                      size_t count) {
    stop_op *op = arg;
    nex_status status = outcome->status;
    if (status != NEX_OK) {
        op_adopt(&op->base, outcome);
        nex_error_prefix(&op->base.error, status, "looking for workload %s", op->workload_id);
    } else {
        const char *namespace_ = find_namespace(op, workloads, count, &op->base.error);
        status = namespace_ ? undeploy(op, namespace_, &op->base.error) : op->base.error.code;
    }
    if (status != NEX_OK) {
        end(op);
    }
}

static nex_status look_up(stop_op *op, nex_error *err) {
    nex_string_list filter = {&op->workload_id, 1};
    nex_client_op *child;
    nex_status status = nex_client_list(op->base.client, &filter, on_listed, op, &child, err);
    if (status == NEX_OK) {
        op_set_child(&op->base, child);
    }
    return status;
}

nex_status nex_client_stop(nex_client *client, const char *workload_id, nex_stop_cb done, void *arg,
                           nex_client_op **out, nex_error *err) {
    stop_op *op;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status =
        op_subject(nex_subject_stop_workload(subject, client->namespace_, workload_id),
                   client->namespace_, "workload id", workload_id, err);
    if (status != NEX_OK) {
        return status;
    }
    status = op_new(client, sizeof *op, release, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->done = done;
    op->arg = arg;
    op->workload_id = strdup(workload_id);
    if (!op->workload_id) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    } else if (strcmp(client->namespace_, "system") == 0) {
        status = look_up(op, err);
    } else {
        status = undeploy(op, client->namespace_, err);
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
