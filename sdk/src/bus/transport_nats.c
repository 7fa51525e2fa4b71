/*
 * The transport on libnats. Its threads: one reads the socket, one delivers the messages of all
 * subscriptions (the library's pool), one runs its timers, one its callbacks, one collects
 * garbage. None of them does more than note what happened and wake the loop.
 */
#include "bus/transport_nats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    DEFAULT_QUEUE_MAX = 65536,
    WRITE_DEADLINE_MS = 2000, /* a server that takes nothing holds the loop up for no longer */
    PING_INTERVAL_MS = 20000,
    UNKNOWN_MAX_PAYLOAD = 1024 * 1024
};

static nats_transport *self(nex_transport *transport) {
    return (nats_transport *)transport;
}

static int64_t to_ms(nex_duration duration) {
    int64_t ms = (duration + NEX_MILLISECOND - 1) / NEX_MILLISECOND;
    return ms > 0 ? ms : 1;
}

/* ---- What happened since the loop looked last --------------------------------------------- */

static void set_state(nats_transport *t, nex_bus_state state) {
    t->base.state = state;
    if (t->base.on_state != NULL) {
        t->base.on_state(t->base.arg, state);
    }
}

void nats_transport_learn(nats_transport *t) {
    char url[SERVER_SIZE];
    nex_buf masked = NEX_BUF_INIT;
    t->server[0] = '\0';
    if (natsConnection_GetConnectedUrl(t->nc, url, sizeof url) == NATS_OK &&
        nats_url_mask(url, &masked) == NEX_OK) {
        snprintf(t->server, sizeof t->server, "%s", masked.data);
    }
    nex_buf_free(&masked);
    int64_t max = natsConnection_GetMaxPayload(t->nc);
    t->max_payload = max > 0 ? (size_t)max : UNKNOWN_MAX_PAYLOAD;
}

static void free_dead(nats_transport *t) {
    while (t->dead != NULL) {
        nex_transport_sub *sub = t->dead;
        t->dead = sub->next;
        natsSubscription_Destroy(sub->nats);
        nats_sub_unref(sub);
    }
}

typedef struct happened {
    bool lost;
    bool connected;
    bool given_up;
    size_t dropped;
    size_t count;
    char note[NOTE_SIZE];
} happened;

static void take_happened(nats_transport *t, happened *h) {
    pthread_mutex_lock(&t->mutex);
    t->woken = false;
    h->lost = t->lost;
    h->connected = t->connected;
    h->given_up = t->given_up;
    h->dropped = t->dropped;
    h->count = t->queue_len;
    memcpy(h->note, t->note, sizeof h->note);
    t->lost = false;
    t->dropped = 0;
    t->note[0] = '\0';
    /* The loop hands out one array while libnats's thread fills the other. */
    inbound *batch = t->queue;
    size_t cap = t->queue_cap;
    t->queue = t->spare;
    t->queue_cap = t->spare_cap;
    t->queue_len = 0;
    t->spare = batch;
    t->spare_cap = cap;
    pthread_mutex_unlock(&t->mutex);
}

static void tell_state(nats_transport *t, const happened *h) {
    if (h->lost && t->base.state == NEX_BUS_CONNECTED && !t->closed) {
        nex_log_write(t->log, NEX_LOG_WARN, "lost the connection to NATS", "server", t->server,
                      NULL);
        set_state(t, NEX_BUS_DISCONNECTED);
    }
    if (h->connected && t->base.state != NEX_BUS_CONNECTED && !t->closed) {
        nats_transport_learn(t);
        free_dead(t);
        nex_log_write(t->log, NEX_LOG_INFO, "connected to NATS", "server", t->server, NULL);
        set_state(t, NEX_BUS_CONNECTED);
    }
    if (h->given_up && t->base.state != NEX_BUS_CLOSED && !t->closed) {
        nex_log_write(t->log, NEX_LOG_ERROR, "NATS refused this client for good", "servers",
                      t->servers.data, NULL);
        set_state(t, NEX_BUS_CLOSED);
    }
}

static void on_wake(void *arg) {
    nats_transport *t = arg; /* the wake-up holds a reference */
    happened h;
    take_happened(t, &h);
    if (h.note[0] != '\0' && !t->closed) {
        nex_log_write(t->log, NEX_LOG_WARN, "NATS reports an error", "error", h.note, "server",
                      t->server, NULL);
    }
    if (h.dropped > 0 && !t->closed) {
        nex_log_printf(t->log, NEX_LOG_WARN,
                       "dropped %zu messages: more than %zu wait to be handled", h.dropped,
                       t->queue_max);
    }
    inbound *batch = t->spare; /* stays put: only this function swaps it */
    tell_state(t, &h);
    for (size_t i = 0; i < h.count; i++) {
        nex_transport_sub *sub = batch[i].sub;
        if (!t->closed && !sub->dead) {
            nats_message_deliver(sub, batch[i].msg);
        }
        natsMsg_Destroy(batch[i].msg);
        nats_sub_unref(sub);
    }
    nats_transport_unref(t);
}

/* ---- The seam ----------------------------------------------------------------------------- */

static nex_status transport_publish(nex_transport *transport, const nex_msg *msg) {
    return nats_message_publish(self(transport)->nc, msg);
}

static nex_status transport_subscribe(nex_transport *transport, const char *subject,
                                      const char *queue, bool vital, nex_msg_cb cb, void *arg,
                                      nex_transport_sub **out) {
    nats_transport *t = self(transport);
    *out = NULL;
    nex_transport_sub *sub = calloc(1, sizeof *sub);
    if (sub == NULL) {
        return NEX_ENOMEM;
    }
    sub->transport = t;
    sub->cb = cb;
    sub->arg = arg;
    sub->vital = vital;
    atomic_init(&sub->refs, 2);
    atomic_fetch_add(&t->refs, 1);
    natsStatus s =
        queue != NULL
            ? natsConnection_QueueSubscribe(&sub->nats, t->nc, subject, queue, nats_on_message, sub)
            : natsConnection_Subscribe(&sub->nats, t->nc, subject, nats_on_message, sub);
    if (s != NATS_OK) {
        nats_sub_unref(sub); /* both references: libnats never had its own */
        nats_sub_unref(sub);
        return nats_status_map(s);
    }
    natsSubscription_SetOnCompleteCB(sub->nats, nats_on_complete, sub);
    sub->next = t->subs;
    sub->link = &t->subs;
    if (sub->next != NULL) {
        sub->next->link = &sub->next;
    }
    t->subs = sub;
    *out = sub;
    return NEX_OK;
}

static void transport_unsubscribe(nex_transport *transport, nex_transport_sub *sub) {
    nats_transport *t = self(transport);
    sub->dead = true;
    *sub->link = sub->next;
    if (sub->next != NULL) {
        sub->next->link = sub->link;
    }
    if (t->base.state != NEX_BUS_CONNECTED) {
        /* libnats's lock may be held by an attempt to connect: later. */
        sub->next = t->dead;
        t->dead = sub;
        return;
    }
    natsSubscription_Destroy(sub->nats);
    nats_sub_unref(sub);
}

static size_t transport_max_payload(const nex_transport *transport) {
    return ((const nats_transport *)transport)->max_payload;
}

static const char *transport_server(const nex_transport *transport) {
    return ((const nats_transport *)transport)->server;
}

/* ---- Flush -------------------------------------------------------------------------------- */

/* libnats can only wait for the server's answer by blocking a thread, so a flush gets one. */
typedef struct flush_job {
    nats_transport *transport;
    nex_post post;
    int64_t timeout_ms;
    natsStatus result;
    void (*cb)(void *arg, nex_status status);
    void *arg;
} flush_job;

static void on_flush_done(void *arg) {
    flush_job *job = arg;
    nats_transport *t = job->transport;
    void (*cb)(void *, nex_status) = job->cb;
    void *cb_arg = job->arg;
    nex_status status = nats_status_map(job->result);
    free(job);
    if (!t->closed) {
        cb(cb_arg, status == NEX_ESTATE ? NEX_EUNREACHABLE : status);
    }
    nats_transport_unref(t);
}

static void *flush_thread(void *arg) {
    flush_job *job = arg;
    nats_transport *t = job->transport;
    job->result = natsConnection_FlushTimeout(t->nc, job->timeout_ms);
    nats_ReleaseThreadMemory();
    pthread_mutex_lock(&t->mutex);
    bool closing = t->closing;
    if (!closing) {
        nex_loop_post_node(t->loop, &job->post);
    }
    t->flushes--;
    pthread_cond_broadcast(&t->flushed);
    pthread_mutex_unlock(&t->mutex);
    if (closing) {
        free(job);
        nats_transport_unref(t);
    }
    return NULL;
}

static nex_status transport_flush(nex_transport *transport, nex_duration timeout,
                                  void (*cb)(void *arg, nex_status status), void *arg) {
    nats_transport *t = self(transport);
    flush_job *job = calloc(1, sizeof *job);
    if (job == NULL) {
        return NEX_ENOMEM;
    }
    job->transport = t;
    job->timeout_ms = to_ms(timeout);
    job->cb = cb;
    job->arg = arg;
    job->post.cb = on_flush_done;
    job->post.arg = job;
    pthread_mutex_lock(&t->mutex);
    t->flushes++;
    pthread_mutex_unlock(&t->mutex);
    atomic_fetch_add(&t->refs, 1);
    pthread_t thread;
    if (pthread_create(&thread, NULL, flush_thread, job) != 0) {
        pthread_mutex_lock(&t->mutex);
        t->flushes--;
        pthread_mutex_unlock(&t->mutex);
        nats_transport_unref(t);
        free(job);
        return NEX_EIO;
    }
    pthread_detach(thread);
    return NEX_OK;
}

/* ---- The end ------------------------------------------------------------------------------ */

static void *end_connection(void *arg) {
    nats_transport *t = arg;
    natsConnection_Close(t->nc);
    pthread_mutex_lock(&t->mutex);
    while (t->flushes > 0) {
        pthread_cond_wait(&t->flushed, &t->mutex);
    }
    pthread_mutex_unlock(&t->mutex);
    while (t->subs != NULL) {
        nex_transport_sub *sub = t->subs;
        t->subs = sub->next;
        natsSubscription_Destroy(sub->nats);
        nats_sub_unref(sub);
    }
    free_dead(t);
    natsConnection_Destroy(t->nc);
    nats_transport_unref(t);
    return NULL;
}

static void *end_connection_thread(void *arg) {
    end_connection(arg);
    nats_ReleaseThreadMemory();
    return NULL;
}

static void transport_close(nex_transport *transport, nex_duration flush_timeout) {
    nats_transport *t = self(transport);
    t->closed = true;
    pthread_mutex_lock(&t->mutex);
    t->closing = true; /* from here on no thread touches the loop */
    bool woken = t->woken;
    pthread_mutex_unlock(&t->mutex);
    if (flush_timeout > 0 && t->base.state == NEX_BUS_CONNECTED) {
        natsConnection_FlushTimeout(t->nc, to_ms(flush_timeout));
    }
    if (!woken) {
        happened h;
        take_happened(t, &h);
        for (size_t i = 0; i < h.count; i++) {
            natsMsg_Destroy(t->spare[i].msg);
            nats_sub_unref(t->spare[i].sub);
        }
    } /* else the wake-up that is on its way does that */

    /* While libnats tries to connect it holds its lock, for seconds if the server is silent. */
    pthread_t thread;
    if (t->base.state != NEX_BUS_CONNECTED &&
        pthread_create(&thread, NULL, end_connection_thread, t) == 0) {
        pthread_detach(thread);
        return;
    }
    end_connection(t);
}

static const nex_transport_ops nats_ops = {
    .publish = transport_publish,
    .subscribe = transport_subscribe,
    .unsubscribe = transport_unsubscribe,
    .flush = transport_flush,
    .close = transport_close,
    .max_payload = transport_max_payload,
    .server = transport_server,
};

/* ---- The beginning ------------------------------------------------------------------------ */

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

static nex_status connect_error(nats_transport *t, natsStatus s, nex_error *err) {
    nex_status status = nats_status_map(s);
    const char *detail = nats_GetLastError(NULL);
    if (detail == NULL || *detail == '\0') {
        detail = natsStatus_GetText(s);
    }
    if (status == NEX_ETIMEOUT || status == NEX_ESTATE || status == NEX_EIO) {
        status = NEX_EUNREACHABLE;
    }
    return nex_error_set(err, status, "connect to NATS at %s: %s", t->servers.data, detail);
}

static nex_status connect(nats_transport *t, natsOptions *opts, const nex_bus_options *options,
                          nex_error *err) {
    nex_duration timeout = options->timeout > 0 ? options->timeout : 5 * NEX_SECOND;
    /* libnats counts for each server and attempt; the caller for all of it. */
    int64_t tries = (int64_t)(options->server_count > 0 ? options->server_count : 1);
    if (options->keep_trying) {
        tries *= 2;
    }
    natsStatus s = tune(opts, to_ms(timeout / tries));
    if (s == NATS_OK) {
        s = natsConnection_Connect(&t->nc, opts);
    }
    if (s != NATS_OK && options->keep_trying) {
        nex_status status = connect_error(t, s, err);
        if (status != NEX_EUNREACHABLE) {
            return status;
        }
        s = natsOptions_SetRetryOnFailedConnect(opts, true, nats_on_reconnected, t);
        if (s == NATS_OK) {
            s = natsConnection_Connect(&t->nc, opts);
        }
        if (s == NATS_NOT_YET_CONNECTED) {
            t->base.state = NEX_BUS_CONNECTING;
            nex_error_clear(err);
            return NEX_OK;
        }
    }
    if (s != NATS_OK) {
        return connect_error(t, s, err);
    }
    nex_error_clear(err);
    t->connected = true;
    t->base.state = NEX_BUS_CONNECTED;
    nats_transport_learn(t);
    return NEX_OK;
}

nex_status nex_transport_nats_connect(nex_transport **out, nex_loop *loop,
                                      const nex_bus_options *options, nex_error *err) {
    *out = NULL;
    nats_transport *t = calloc(1, sizeof *t);
    if (t == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "connect to NATS: out of memory");
    }
    t->base.ops = &nats_ops;
    t->loop = loop;
    t->log = options->log;
    t->max_payload = UNKNOWN_MAX_PAYLOAD;
    t->queue_max = options->max_pending > 0 ? options->max_pending : DEFAULT_QUEUE_MAX;
    t->wake.cb = on_wake;
    t->wake.arg = t;
    atomic_init(&t->refs, 2); /* the owner's, and libnats's until it said "closed" */
    pthread_mutex_init(&t->mutex, NULL);
    pthread_cond_init(&t->flushed, NULL);

    natsOptions *opts = NULL;
    nex_status status = nats_options_make(&opts, &t->identity, &t->servers, options, err);
    if (status == NEX_OK) {
        nats_events_install(t, opts);
        status = connect(t, opts, options, err);
        natsOptions_Destroy(opts);
    }
    if (status != NEX_OK) {
        nats_transport_unref(t);
        nats_transport_unref(t);
        return status;
    }
    *out = &t->base;
    return NEX_OK;
}
