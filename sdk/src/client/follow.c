/* Feeds: what workloads write, and events. Open-ended operations, which only a cancel ends. */
#include "client/op.h"

#include <stdlib.h>
#include <string.h>

enum { TWICE_MAX = 32 };

/* The last events heard in one spelling that the other one has not brought. */
typedef struct single {
    uint64_t hashes[TWICE_MAX];
    size_t next;
} single;

typedef struct follow_op {
    nex_client_op base;
    nex_subscription *subs[2];
    nex_output_cb on_output; /**< one of the two is set */
    nex_event_cb on_event;
    void *arg;
    uint64_t dropped; /**< of the bus, when the last piece came */
    single heard[2];  /**< events: event, events */
} follow_op;

static void release(nex_client_op *base) {
    follow_op *op = (follow_op *)base;
    nex_subscription_free(op->subs[0]);
    nex_subscription_free(op->subs[1]);
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

static uint64_t add_to_hash(uint64_t hash, const char *data, size_t len) {
    for (size_t i = 0; i < len; i++) {
        hash = (hash ^ (unsigned char)data[i]) * 0x100000001b3u; /* FNV-1a */
    }
    return hash;
}

/* Whether the same event came in the other spelling: a node may be told to publish both. */
static bool came_twice(follow_op *op, size_t spelling, const nex_feed_event *event) {
    uint64_t hash = add_to_hash(0xcbf29ce484222325u, event->from, strlen(event->from) + 1);
    hash = add_to_hash(hash, event->type, strlen(event->type) + 1);
    hash = add_to_hash(hash, event->json, event->len) | 1; /* 0: none */
    single *other = &op->heard[1 - spelling];
    for (size_t i = 0; i < TWICE_MAX; i++) {
        if (other->hashes[i] == hash) {
            other->hashes[i] = 0;
            return true;
        }
    }
    single *own = &op->heard[spelling];
    own->hashes[own->next++ % TWICE_MAX] = hash;
    return false;
}

static void on_event(void *arg, const nex_msg *msg) {
    follow_op *op = arg;
    size_t spelling = 0;
    nex_subject_event_params event;
    nex_subject_event_compat_params compat;
    nex_feed_event found = {.json = bytes(msg), .len = msg->len};
    if (nex_subject_event_match(msg->subject, &event)) {
        found.from = event.from;
        found.type = event.type;
    } else if (nex_subject_event_compat_match(msg->subject, &compat)) {
        found.from = compat.from;
        found.type = compat.type;
        spelling = 1;
    } else {
        return;
    }
    if (came_twice(op, spelling, &found)) {
        return;
    }
    found.missed = take_missed(op);
    op->on_event(op->arg, &found);
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

nex_status nex_client_follow_events(nex_client *client, const char *type, nex_event_cb on_event_cb,
                                    void *arg, nex_client_op **out, nex_error *err) {
    follow_op *op;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = begin(client, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->on_event = on_event_cb;
    op->arg = arg;
    const char *from = namespace_of(client);
    status = op_subject(nex_subject_event_pattern(subject, from, type), from, "type of an event",
                        type, err);
    status = listen_to(op, 0, status, subject, on_event, err);
    if (status == NEX_OK) {
        status = op_subject(nex_subject_event_compat_pattern(subject, from, type), from,
                            "type of an event", type, err);
        status = listen_to(op, 1, status, subject, on_event, err);
    }
    return finish(op, status, out);
}
