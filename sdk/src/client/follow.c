/* Feeds: what workloads write, and events. Open-ended operations, which only a cancel ends. */
#include "client/op.h"
#include "events/events.h"

#include <stdlib.h>
#include <string.h>

typedef struct follow_op {
    nex_client_op base;
    nex_subscription *subs[2];
    event_feed *events;
    nex_output_cb on_output;
    void *arg;
    uint64_t dropped; /**< of the bus, when the last piece came */
} follow_op;

static void release(nex_client_op *base) {
    follow_op *op = (follow_op *)base;
    nex_subscription_free(op->subs[0]);
    nex_subscription_free(op->subs[1]);
    event_feed_free(op->events);
}

static uint64_t take_missed(follow_op *op) {
    uint64_t now = nex_bus_dropped(op->base.client->bus);
    uint64_t missed = now - op->dropped;
    op->dropped = now;
    return missed;
}

static const char *bytes(const nex_msg *msg) {
    return msg->len > 0 ? msg->data : "";
}

static void on_log(void *arg, const nex_msg *msg) {
    follow_op *op = arg;
    nex_subject_workload_log_params log;
    if (nex_subject_workload_log_match(msg->subject, &log)) {
        nex_feed_output output = {log.namespace_, log.workload, log.stream,
                                  bytes(msg),     msg->len,     take_missed(op)};
        op->on_output(op->arg, &output);
    }
}

static void on_metrics(void *arg, const nex_msg *msg) {
    follow_op *op = arg;
    nex_subject_workload_metrics_params metrics;
    if (nex_subject_workload_metrics_match(msg->subject, &metrics)) {
        nex_feed_output output = {metrics.namespace_, metrics.workload, "metrics",
                                  bytes(msg),         msg->len,         take_missed(op)};
        op->on_output(op->arg, &output);
    }
}

static nex_status listen_to(follow_op *op, size_t at, nex_status built, const char *subject,
                            nex_msg_cb cb, nex_error *err) {
    if (built != NEX_OK) {
        return built;
    }
    nex_status status =
        nex_bus_subscribe(op->base.client->bus, subject, NULL, cb, op, &op->subs[at]);
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, status, "cannot listen to %s: %s", subject,
                                            nex_status_name(status));
}

/* NULL stands for "any" in the patterns: the administrators' namespace hears all others. */
static const char *namespace_of(const nex_client *client) {
    return strcmp(client->namespace_, "system") == 0 ? NULL : client->namespace_;
}

static nex_status begin(nex_client *client, follow_op **op, nex_error *err) {
    nex_status status = op_new(client, sizeof **op, release, op, err);
    if (status == NEX_OK) {
        (*op)->dropped = nex_bus_dropped(client->bus);
    }
    return status;
}

static nex_status finish(follow_op *op, nex_status status, nex_client_op **out) {
    if (status != NEX_OK) {
        op_free(&op->base);
    } else if (out) {
        *out = &op->base;
    }
    return status;
}

nex_status nex_client_follow_logs(nex_client *client, const char *workload_id,
                                  nex_output_cb on_output, void *arg, nex_client_op **out,
                                  nex_error *err) {
    follow_op *op;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = begin(client, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->on_output = on_output;
    op->arg = arg;
    const char *from = namespace_of(client);
    status = op_subject(nex_subject_workload_log_pattern(subject, from, workload_id, NULL), from,
                        "workload id", workload_id, err);
    status = listen_to(op, 0, status, subject, on_log, err);
    if (status == NEX_OK) {
        status = op_subject(nex_subject_workload_metrics_pattern(subject, from, workload_id), from,
                            "workload id", workload_id, err);
        status = listen_to(op, 1, status, subject, on_metrics, err);
    }
    return finish(op, status, out);
}

nex_status nex_client_follow_events(nex_client *client, const char *type, nex_event_cb on_event,
                                    void *arg, nex_client_op **out, nex_error *err) {
    follow_op *op;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = begin(client, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    const char *from = namespace_of(client);
    status = op_subject(nex_subject_event_pattern(subject, from, type), from, "type of an event",
                        type, err);
    if (status == NEX_OK) {
        status = event_feed_open(&op->events, client->bus, from, type, on_event, arg);
        if (status != NEX_OK) {
            nex_error_set(err, status, "cannot listen to %s: %s", subject, nex_status_name(status));
        }
    }
    return finish(op, status, out);
}
