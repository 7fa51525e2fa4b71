/* Making a connection, on a thread of its own: at once, or, with keep_trying, whenever there is a
 * server. */
#include "bus/transport_nats.h"

#include <stdio.h>

enum {
    WRITE_DEADLINE_MS = 2000, /* a server that takes nothing holds the loop up for no longer */
    PING_INTERVAL_MS = 20000,
    CHECK_MS = 50,
    LAST_GRACE_MS = 2000,
    GRACE_MS = 500 /* libnats ends most of what is late by itself */
};

static natsStatus tune(natsOptions *opts, int64_t timeout_ms) {
    natsStatus s = natsOptions_SetTimeout(opts, timeout_ms);
    if (s == NATS_OK) {
        s = natsOptions_UseGlobalMessageDelivery(opts, true);
    }
    if (s == NATS_OK) {
        s = natsOptions_SetSendAsap(opts, true);
    }
    if (s == NATS_OK) {
        s = natsOptions_SetWriteDeadline(opts, WRITE_DEADLINE_MS);
    }
    if (s == NATS_OK) {
        s = natsOptions_SetPingInterval(opts, PING_INTERVAL_MS);
    }
    if (s == NATS_OK) {
        s = natsOptions_SetMaxReconnect(opts, -1);
    }
    return s;
}

static const char *error_text(natsStatus s) {
    const char *detail = nats_GetLastError(NULL);
    return detail != NULL && *detail != '\0' ? detail : natsStatus_GetText(s);
}

static nex_status outcome_status(natsStatus s) {
    nex_status status = nats_status_map(s);
    return status == NEX_ETIMEOUT || status == NEX_ESTATE || status == NEX_EIO ? NEX_EUNREACHABLE
                                                                               : status;
}

/* One attempt at all servers. A connection has a reference until it said "closed". Mutex held,
 * but not while libnats is at it. */
static natsStatus attempt(nats_transport *t, natsConnection **nc) {
    atomic_fetch_add(&t->refs, 1);
    nats_attempt_begin(t, 0);
    pthread_mutex_unlock(&t->mutex);
    natsStatus s = natsConnection_Connect(nc, t->options);
    if (s != NATS_OK) {
        *nc = NULL;
        nats_transport_unref(t);
    }
    pthread_mutex_lock(&t->mutex);
    nats_attempt_done(t);
    return s;
}

/* ---- The thread that connects ------------------------------------------------------------- */

/* Mutex held. */
static void pause_before(nats_transport *t, int attempts) {
    int64_t until = nats_now_ms() + nats_reconnect_pause_ms(attempts);
    while (!t->closing && nats_now_ms() < until) {
        nats_wait_until(t, until);
    }
}

/* Tells nats_transport_open what came of the first attempt. */
static void tell_opener(nats_transport *t, natsStatus s) {
    t->opening = false;
    t->outcome = s;
    if (s != NATS_OK) {
        snprintf(t->note, sizeof t->note, "%s", error_text(s));
    }
    pthread_cond_broadcast(&t->changed);
}

/* Tries until there is a connection, or nobody wants one. libnats has a retry of its own for the
 * first connection, but 3.4 gives it up for good when a server accepts the connection and then
 * says nothing. */
static natsConnection *connect_or_give_up(nats_transport *t) {
    natsConnection *nc = NULL;
    for (int attempts = t->opening ? 0 : 1;; attempts++) {
        if (attempts > 0) {
            pause_before(t, attempts);
        }
        if (t->closing) {
            return NULL;
        }
        natsStatus s = attempt(t, &nc);
        bool first = t->opening;
        if (first) {
            tell_opener(t, s);
        }
        if (s == NATS_OK || (first && (!t->keep_trying || outcome_status(s) != NEX_EUNREACHABLE))) {
            return nc;
        }
        if (!first && outcome_status(s) == NEX_EREFUSED) {
            snprintf(t->note, sizeof t->note, "%s", error_text(s));
            nats_transport_wake(t);
        }
    }
}

static void *connect_thread(void *arg) {
    nats_transport *t = arg;
    pthread_mutex_lock(&t->mutex);
    natsConnection *nc = connect_or_give_up(t);
    t->connecting = false;
    bool unwanted = t->closing;
    if (!unwanted && nc != NULL) {
        t->nc = nc;
        t->connected = true;
        nats_transport_wake(t);
    }
    pthread_cond_broadcast(&t->changed);
    pthread_mutex_unlock(&t->mutex);
    if (unwanted) {
        natsConnection_Destroy(nc);
    }
    nats_ReleaseThreadMemory();
    nats_transport_unref(t);
    return NULL;
}

nex_status nats_transport_connect_later(nats_transport *t) {
    pthread_t thread;
    t->connecting = true;
    atomic_fetch_add(&t->refs, 1);
    if (pthread_create(&thread, NULL, connect_thread, t) != 0) {
        t->connecting = false;
        nats_transport_unref(t);
        return NEX_EIO;
    }
    pthread_detach(thread);
    return NEX_OK;
}

/* ---- The first connection ----------------------------------------------------------------- */

/* Mutex held. */
static void wait_for_outcome(nats_transport *t) {
    int64_t limit = nats_now_ms() + t->attempt.timeout_ms * t->attempt.server_count + GRACE_MS;
    while (t->opening && nats_now_ms() < limit) {
        nats_wait_until(t, nats_now_ms() + CHECK_MS);
        nats_attempt_check(t);
    }
    /* Its thread should be gone before the program is: OpenSSL takes itself apart at exit. */
    for (limit += LAST_GRACE_MS; t->opening && nats_now_ms() < limit;) {
        nats_attempt_end(t, 0);
        nats_wait_until(t, nats_now_ms() + CHECK_MS);
    }
}

/* Takes the outcome of the first attempt. libnats may be at it for longer than it was told: in the
 * resolver, or with a server that fell silent; then it is left behind. */
static nex_status first_outcome(nats_transport *t, nex_error *err) {
    pthread_mutex_lock(&t->mutex);
    wait_for_outcome(t);
    nex_status status = NEX_OK;
    if (t->opening) {
        status = nex_error_set(err, NEX_EUNREACHABLE, "connect to NATS at %s: no answer in time",
                               t->servers.data);
    } else if (t->outcome != NATS_OK && t->attempt.ended) {
        status = nex_error_set(err, NEX_EUNREACHABLE,
                               "connect to NATS at %s: what is there takes connections, but does "
                               "not answer; look whether it is a nats-server that hangs",
                               t->servers.data);
    } else if (t->outcome != NATS_OK) {
        status = outcome_status(t->outcome);
        nex_error_set(err, status, "connect to NATS at %s: %s", t->servers.data, t->note);
    }
    t->opening = false;
    t->note[0] = '\0';
    t->closing = status != NEX_OK && !(t->keep_trying && status == NEX_EUNREACHABLE);
    pthread_mutex_unlock(&t->mutex);
    return status;
}

nex_status nats_transport_open(nats_transport *t, const nex_bus_options *options, nex_error *err) {
    nex_status status = nats_options_make(&t->options, &t->identity, &t->servers, options, err);
    if (status != NEX_OK) {
        return status;
    }
    nats_events_install(t, t->options);
    nex_duration timeout = options->timeout > 0 ? options->timeout : 5 * NEX_SECOND;
    /* libnats counts for each server, the caller for all of them. */
    t->attempt.server_count = options->server_count > 0 ? (int64_t)options->server_count : 1;
    t->attempt.timeout_ms = nats_to_ms(timeout / t->attempt.server_count);
    natsStatus s = tune(t->options, t->attempt.timeout_ms);
    if (s != NATS_OK) {
        return nex_error_set(err, nats_status_map(s), "connect to NATS at %s: %s", t->servers.data,
                             natsStatus_GetText(s));
    }
    t->opening = true;
    status = nats_transport_connect_later(t);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "connect to NATS at %s: cannot start a thread",
                             t->servers.data);
    }
    status = first_outcome(t, err);
    if (status == NEX_OK) {
        t->base.state = NEX_BUS_CONNECTED;
    } else if (!t->closing) {
        t->base.state = NEX_BUS_CONNECTING;
        status = NEX_OK;
    }
    if (status == NEX_OK) {
        nex_error_clear(err);
    }
    return status;
}
