/* The bus: its life, publishing, subscriptions, flushes. Requests are in request.c. */
#include "bus/bus.h"
#include "bus/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_MAX_PENDING = 65536, HELD_BYTES_MAX = 8 * 1024 * 1024 };

struct nex_subscription {
    nex_bus *bus;
    nex_subscription *next;
    nex_subscription **link;
    nex_transport_sub *on_wire; /**< NULL until there is a connection */
    nex_msg_cb cb;
    void *arg;
    char *subject;
    char *queue;
    bool vital;
};

struct bus_flush {
    nex_bus *bus;
    bus_flush *next;
    bus_flush **link;
    nex_timer *timer; /**< only for one that fails because there is no connection */
    void (*cb)(void *arg, nex_status status);
    void *arg;
};

/* ---- Publishing --------------------------------------------------------------------------- */

held_msg *held_msg_new(const nex_msg *msg) {
    size_t size = nex_msg_copy_size(msg);
    size_t head = (sizeof(held_msg) + _Alignof(max_align_t) - 1) & ~(_Alignof(max_align_t) - 1);
    held_msg *held = size <= SIZE_MAX - head ? malloc(head + size) : NULL;
    if (held != NULL) {
        nex_msg_copy(&held->msg, (char *)held + head, msg);
        held->size = size;
        held->next = NULL;
    }
    return held;
}

/* libnats would take messages while it reconnects too, but under a lock that its attempts to
 * connect hold for seconds. So what is published meanwhile stays here. */
static nex_status hold(nex_bus *bus, const nex_msg *msg) {
    if (bus->held_count >= bus->held_max ||
        nex_msg_copy_size(msg) > HELD_BYTES_MAX - bus->held_bytes) {
        return NEX_ELIMIT;
    }
    held_msg *held = held_msg_new(msg);
    if (held == NULL) {
        return NEX_ENOMEM;
    }
    *bus->held_last = held;
    bus->held_last = &held->next;
    bus->held_count++;
    bus->held_bytes += held->size;
    return NEX_OK;
}

static void empty_held(nex_bus *bus, bool send) {
    while (bus->held != NULL) {
        held_msg *held = bus->held;
        if (send && bus->transport->ops->publish(bus->transport, &held->msg) != NEX_OK) {
            nex_log_write(bus->log, NEX_LOG_WARN,
                          "a message held while disconnected could not be sent", "subject",
                          held->msg.subject, NULL);
        }
        bus->held = held->next;
        bus->held_count--;
        bus->held_bytes -= held->size;
        free(held);
    }
    bus->held_last = &bus->held;
}

nex_status nex_bus_send(nex_bus *bus, const nex_msg *msg, const char *reply) {
    if (bus->closing) {
        return NEX_ESTATE;
    }
    /* A request for a JetStream consumer names the wildcards it reads in its own subject. */
    bool wildcards = msg->subject != NULL && strncmp(msg->subject, "$JS.", 4) == 0;
    if (!nex_subject_valid(msg->subject, wildcards) ||
        (msg->reply != NULL && !nex_subject_valid(msg->reply, false)) ||
        !nex_headers_valid(msg->headers, msg->header_count)) {
        return NEX_EINVAL;
    }
    size_t headers = nex_headers_size(msg->headers, msg->header_count);
    size_t max = nex_bus_max_payload(bus);
    if (headers > max || msg->len > max - headers) {
        return NEX_ELIMIT;
    }
    nex_msg out = *msg;
    if (reply != NULL) {
        out.reply = reply;
    }
    if (bus->transport->state == NEX_BUS_CLOSED) {
        return NEX_ESTATE;
    }
    nex_status near = nex_bus_send_near(bus, &out);
    if (near != NEX_ENOTFOUND) {
        return near;
    }
    bus->published++;
    if (bus->transport->state != NEX_BUS_CONNECTED) {
        return hold(bus, &out);
    }
    return bus->transport->ops->publish(bus->transport, &out);
}

nex_status nex_bus_publish(nex_bus *bus, const nex_msg *msg) {
    return nex_bus_send(bus, msg, NULL);
}

/* ---- Subscriptions ------------------------------------------------------------------------ */

void nex_subscription_deliver(nex_subscription *sub, const nex_msg *msg) {
    sub->cb(sub->arg, msg); /* may free sub and the bus: nothing may follow */
}

static void on_message(void *arg, const nex_msg *msg) {
    nex_subscription_deliver(arg, msg);
}

nex_subscription *nex_bus_find_subscription(const nex_bus *bus, const char *subject) {
    nex_subscription *sub = bus->subs;
    while (sub != NULL && !nex_subject_matches(sub->subject, subject)) {
        sub = sub->next;
    }
    return sub;
}

static nex_status put_on_wire(nex_subscription *sub) {
    nex_transport *transport = sub->bus->transport;
    return transport->ops->subscribe(transport, sub->subject, sub->queue, sub->vital, on_message,
                                     sub, &sub->on_wire);
}

static void free_sub(nex_subscription *sub) {
    free(sub->subject);
    free(sub->queue);
    free(sub);
}

static nex_status subscribe(nex_bus *bus, const char *subject, const char *queue, bool vital,
                            nex_msg_cb cb, void *arg, nex_subscription **out) {
    *out = NULL;
    if (bus->closing) {
        return NEX_ESTATE;
    }
    if (!nex_subject_valid(subject, true) || (queue != NULL && !nex_subject_valid(queue, false))) {
        return NEX_EINVAL;
    }
    nex_subscription *sub = calloc(1, sizeof *sub);
    if (sub == NULL) {
        return NEX_ENOMEM;
    }
    sub->bus = bus;
    sub->cb = cb;
    sub->arg = arg;
    sub->vital = vital;
    sub->subject = strdup(subject);
    sub->queue = queue != NULL ? strdup(queue) : NULL;
    nex_status status =
        sub->subject == NULL || (queue != NULL && sub->queue == NULL) ? NEX_ENOMEM : NEX_OK;
    if (status == NEX_OK && bus->transport->state == NEX_BUS_CONNECTED) {
        status = put_on_wire(sub);
    }
    if (status != NEX_OK) {
        free_sub(sub);
        return status;
    }
    sub->next = bus->subs;
    sub->link = &bus->subs;
    if (sub->next != NULL) {
        sub->next->link = &sub->next;
    }
    bus->subs = sub;
    *out = sub;
    return NEX_OK;
}

nex_status nex_bus_subscribe(nex_bus *bus, const char *subject, const char *queue, nex_msg_cb cb,
                             void *arg, nex_subscription **out) {
    return subscribe(bus, subject, queue, false, cb, arg, out);
}

nex_status nex_bus_subscribe_vital(nex_bus *bus, const char *subject, nex_msg_cb cb, void *arg,
                                   nex_subscription **out) {
    return subscribe(bus, subject, NULL, true, cb, arg, out);
}

void nex_subscription_free(nex_subscription *sub) {
    if (sub == NULL) {
        return;
    }
    *sub->link = sub->next;
    if (sub->next != NULL) {
        sub->next->link = sub->link;
    }
    if (sub->on_wire != NULL) {
        sub->bus->transport->ops->unsubscribe(sub->bus->transport, sub->on_wire);
    }
    free_sub(sub);
}

/* ---- Flushes ------------------------------------------------------------------------------ */

static void end_flush(bus_flush *flush, nex_status status) {
    void (*cb)(void *, nex_status) = flush->cb;
    void *arg = flush->arg;
    *flush->link = flush->next;
    if (flush->next != NULL) {
        flush->next->link = flush->link;
    }
    nex_timer_free(flush->timer);
    free(flush);
    cb(arg, status);
}

static void on_flushed(void *arg, nex_status status) {
    end_flush(arg, status);
}

static void on_flush_unreachable(void *arg) {
    end_flush(arg, NEX_EUNREACHABLE);
}

nex_status nex_bus_flush(nex_bus *bus, nex_duration timeout,
                         void (*cb)(void *arg, nex_status status), void *arg) {
    if (bus->closing) {
        return NEX_ESTATE;
    }
    bus_flush *flush = calloc(1, sizeof *flush);
    if (flush == NULL) {
        return NEX_ENOMEM;
    }
    flush->bus = bus;
    flush->cb = cb;
    flush->arg = arg;
    nex_status status;
    if (bus->transport->state == NEX_BUS_CONNECTED) {
        status = bus->transport->ops->flush(bus->transport, timeout, on_flushed, flush);
    } else {
        status = nex_timer_new(bus->loop, &flush->timer, on_flush_unreachable, flush);
        if (status == NEX_OK) {
            nex_timer_start(flush->timer, 0, 0);
        }
    }
    if (status != NEX_OK) {
        free(flush);
        return status;
    }
    flush->next = bus->flushes;
    flush->link = &bus->flushes;
    if (flush->next != NULL) {
        flush->next->link = &flush->next;
    }
    bus->flushes = flush;
    return NEX_OK;
}

/* ---- Life --------------------------------------------------------------------------------- */

static void on_transport_state(void *arg, nex_bus_state state) {
    nex_bus *bus = arg;
    if (state == NEX_BUS_CONNECTED) {
        for (nex_subscription *sub = bus->subs; sub != NULL; sub = sub->next) {
            if (sub->on_wire == NULL && put_on_wire(sub) != NEX_OK) {
                nex_log_write(bus->log, NEX_LOG_ERROR, "could not subscribe", "subject",
                              sub->subject, NULL);
            }
        }
        empty_held(bus, true);
    }
    if (bus->on_state != NULL) {
        bus->on_state(bus->arg, state); /* may close the bus: nothing may follow */
    }
}

nex_status nex_bus_new(nex_bus **out, nex_loop *loop, nex_transport *transport,
                       const nex_bus_options *options, nex_error *err) {
    *out = NULL;
    nex_bus *bus = calloc(1, sizeof *bus);
    const char *prefix = options->inbox_prefix != NULL ? options->inbox_prefix : "_INBOX";
    size_t size = strlen(prefix) + NEX_ID_SIZE + 2;
    char *inbox = malloc(size);
    if (bus == NULL || inbox == NULL) {
        free(bus);
        free(inbox);
        transport->ops->close(transport, 0);
        return nex_error_set(err, NEX_ENOMEM, "connect to NATS: out of memory");
    }
    if (!nex_subject_valid(prefix, false)) {
        free(bus);
        free(inbox);
        transport->ops->close(transport, 0);
        return nex_error_set(err, NEX_EINVAL,
                             "connect to NATS: inbox prefix \"%s\" is not a subject", prefix);
    }
    char id[NEX_ID_SIZE];
    nex_loop_id(loop, id);
    bus->inbox_len = (size_t)snprintf(inbox, size, "%s.%s.", prefix, id);
    bus->inbox = inbox;
    bus->loop = loop;
    bus->transport = transport;
    bus->log = options->log;
    bus->on_state = options->on_state;
    bus->arg = options->arg;
    bus->held_last = &bus->held;
    bus->held_max = options->max_pending > 0 ? options->max_pending : DEFAULT_MAX_PENDING;
    transport->on_state = on_transport_state;
    transport->arg = bus;
    *out = bus;
    return NEX_OK;
}

nex_status nex_bus_connect(nex_bus **out, nex_loop *loop, const nex_bus_options *options,
                           nex_error *err) {
    *out = NULL;
    static const nex_bus_options defaults;
    if (options == NULL) {
        options = &defaults;
    }
    nex_transport *transport;
    nex_status status = nex_transport_nats_connect(&transport, loop, options, err);
    return status != NEX_OK ? status : nex_bus_new(out, loop, transport, options, err);
}

void nex_bus_close(nex_bus *bus) {
    if (bus == NULL || bus->closing) {
        return;
    }
    bus->closing = true;
    bus->on_state = NULL;
    nex_bus_end_requests(bus, NEX_ECANCELED);
    while (bus->flushes != NULL) {
        end_flush(bus->flushes, NEX_ECANCELED);
    }
    bool all_taken = bus->confirmed == bus->published;
    bus->transport->ops->close(bus->transport, all_taken ? 0 : NEX_SECOND);
    while (bus->subs != NULL) { /* the transport forgot them with the connection */
        nex_subscription *sub = bus->subs;
        bus->subs = sub->next;
        free_sub(sub);
    }
    empty_held(bus, false);
    nex_bus_near_free(bus);
    free(bus->slots);
    free(bus->inbox);
    free(bus);
}

nex_bus_state nex_bus_get_state(const nex_bus *bus) {
    return bus->transport->state;
}

nex_loop *nex_bus_loop(const nex_bus *bus) {
    return bus->loop;
}

size_t nex_bus_max_payload(const nex_bus *bus) {
    return bus->transport->ops->max_payload(bus->transport);
}

uint64_t nex_bus_dropped(const nex_bus *bus) {
    return bus->transport->dropped;
}

const char *nex_bus_server(const nex_bus *bus) {
    return bus->transport->ops->server(bus->transport);
}
