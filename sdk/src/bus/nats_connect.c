/* Making a connection: now, or, with keep_trying, whenever there is a server. */
#include "bus/transport_nats.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum {
    WRITE_DEADLINE_MS = 2000, /* a server that takes nothing holds the loop up for no longer */
    PING_INTERVAL_MS = 20000
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

static nex_status connect_error(const nats_transport *t, natsStatus s, nex_error *err) {
    nex_status status = nats_status_map(s);
    if (status == NEX_ETIMEOUT || status == NEX_ESTATE || status == NEX_EIO) {
        status = NEX_EUNREACHABLE;
    }
    return nex_error_set(err, status, "connect to NATS at %s: %s", t->servers.data, error_text(s));
}

/* One attempt at all servers. A connection has a reference until it said "closed". */
static natsStatus attempt(nats_transport *t, natsConnection **nc) {
    atomic_fetch_add(&t->refs, 1);
    natsStatus s = natsConnection_Connect(nc, t->options);
    if (s != NATS_OK) {
        *nc = NULL;
        nats_transport_unref(t);
    }
    return s;
}

/* ---- Later -------------------------------------------------------------------------------- */

/* Mutex held. */
static void pause_before(nats_transport *t, int attempts) {
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    int64_t ns = until.tv_nsec + nats_reconnect_pause_ms(attempts) * NEX_MILLISECOND;
    until.tv_sec += (time_t)(ns / NEX_SECOND);
    until.tv_nsec = (long)(ns % NEX_SECOND);
    while (!t->closing && pthread_cond_timedwait(&t->changed, &t->mutex, &until) == 0) {
    }
}

/* libnats has a retry of its own for the first connection, but 3.4 gives it up for good when a
 * server accepts the connection and then says nothing. */
static void *connect_thread(void *arg) {
    nats_transport *t = arg;
    natsConnection *nc = NULL;
    pthread_mutex_lock(&t->mutex);
    for (int attempts = 1; !t->closing && nc == NULL; attempts++) {
        pause_before(t, attempts);
        if (t->closing) {
            break;
        }
        pthread_mutex_unlock(&t->mutex);
        natsStatus s = attempt(t, &nc);
        pthread_mutex_lock(&t->mutex);
        if (s != NATS_OK && nats_status_map(s) == NEX_EREFUSED) {
            snprintf(t->note, sizeof t->note, "%s", error_text(s));
            nats_transport_wake(t);
        }
    }
    t->connecting = false;
    bool unwanted = t->closing;
    if (!unwanted) {
        t->nc = nc;
        t->connected = true;
        nats_transport_wake(t);
    }
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

/* ---- Now ---------------------------------------------------------------------------------- */

nex_status nats_transport_open(nats_transport *t, const nex_bus_options *options, nex_error *err) {
    nex_status status = nats_options_make(&t->options, &t->identity, &t->servers, options, err);
    if (status != NEX_OK) {
        return status;
    }
    nats_events_install(t, t->options);
    nex_duration timeout = options->timeout > 0 ? options->timeout : 5 * NEX_SECOND;
    /* libnats counts for each server, the caller for all of them. */
    int64_t servers = (int64_t)(options->server_count > 0 ? options->server_count : 1);
    natsStatus s = tune(t->options, nats_to_ms(timeout / servers));
    if (s == NATS_OK) {
        s = attempt(t, &t->nc);
    }
    if (s == NATS_OK) {
        t->connected = true;
        t->base.state = NEX_BUS_CONNECTED;
        nex_error_clear(err);
        return NEX_OK;
    }
    status = connect_error(t, s, err);
    if (!options->keep_trying || status != NEX_EUNREACHABLE) {
        return status;
    }
    t->base.state = NEX_BUS_CONNECTING;
    status = nats_transport_connect_later(t);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "connect to NATS at %s: cannot start a thread",
                             t->servers.data);
    }
    nex_error_clear(err);
    return NEX_OK;
}
