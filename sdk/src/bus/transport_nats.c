/*
 * The transport on libnats. Its threads: one reads the socket, one delivers the messages of all
 * subscriptions (the library's pool), one runs its timers, one its callbacks, one collects
 * garbage. None of them does more than note what happened and wake the loop.
 */
#include "bus/transport_nats.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEFAULT_QUEUE_MAX = 65536, UNKNOWN_MAX_PAYLOAD = 1024 * 1024 };

static const nex_duration WATCH_INTERVAL = 250 * NEX_MILLISECOND;

static nats_transport *self(nex_transport *transport) {
    return (nats_transport *)transport;
}

int64_t nats_to_ms(nex_duration duration) {
    int64_t ms = (duration + NEX_MILLISECOND - 1) / NEX_MILLISECOND;
    return ms > 0 ? ms : 1;
}

/* ---- What happened since the loop looked last --------------------------------------------- */

static void watch(void *arg) {
    nats_transport *t = arg;
    pthread_mutex_lock(&t->mutex);
    nats_attempt_check(t);
    pthread_mutex_unlock(&t->mutex);
}

static void watch_attempts(nats_transport *t) {
    if (t->base.state == NEX_BUS_CONNECTED || t->base.state == NEX_BUS_CLOSED) {
        nex_timer_stop(t->watch);
    } else if (!nex_timer_active(t->watch)) {
        nex_timer_start(t->watch, WATCH_INTERVAL, WATCH_INTERVAL);
    }
}

static void set_state(nats_transport *t, nex_bus_state state) {
    t->base.state = state;
    watch_attempts(t);
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
    t->given_up = false;
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

/* ---- The seam ----------------------------------------------------------------------------- */

static nex_status transport_publish(nex_transport *transport, const nex_msg *msg) {
    return nats_message_publish(self(transport)->nc, msg);
}

static nex_status put_on_wire(nex_transport_sub *sub) {
    natsConnection *nc = sub->transport->nc;
    atomic_fetch_add(&sub->refs, 1); /* libnats's, until it said "complete" */
    natsStatus s =
        sub->queue != NULL
            ? natsConnection_QueueSubscribe(&sub->nats, nc, sub->subject, sub->queue,
                                            nats_on_message, sub)
            : natsConnection_Subscribe(&sub->nats, nc, sub->subject, nats_on_message, sub);
    if (s != NATS_OK) {
        sub->nats = NULL;
        nats_sub_unref(sub);
        return nats_status_map(s);
    }
    natsSubscription_SetOnCompleteCB(sub->nats, nats_on_complete, sub);
    return NEX_OK;
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
    sub->subject = strdup(subject);
    sub->queue = queue != NULL ? strdup(queue) : NULL;
    atomic_init(&sub->refs, 1);
    atomic_fetch_add(&t->refs, 1);
    nex_status status = NEX_ENOMEM;
    if (sub->subject != NULL && (queue == NULL || sub->queue != NULL)) {
        status = put_on_wire(sub);
    }
    if (status != NEX_OK) {
        nats_sub_unref(sub);
        return status;
    }
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
    pthread_cond_broadcast(&t->changed);
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
    job->timeout_ms = nats_to_ms(timeout);
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

/* Ends the connection and all it carries; the subscriptions' structs stay. */
static void drop_connection(nats_transport *t) {
    natsConnection_Close(t->nc);
    pthread_mutex_lock(&t->mutex);
    while (t->flushes > 0) { /* they end with the connection */
        pthread_cond_wait(&t->changed, &t->mutex);
    }
    t->given_up = false;
    pthread_mutex_unlock(&t->mutex);
    for (nex_transport_sub *sub = t->subs; sub != NULL; sub = sub->next) {
        natsSubscription_Destroy(sub->nats);
        sub->nats = NULL;
    }
    free_dead(t);
    natsConnection_Destroy(t->nc);
    t->nc = NULL;
}

static void end_connection(nats_transport *t) {
    drop_connection(t);
    while (t->subs != NULL) {
        nex_transport_sub *sub = t->subs;
        t->subs = sub->next;
        nats_sub_unref(sub);
    }
    nats_transport_unref(t);
}

static void *end_connection_thread(void *arg) {
    nats_attempt_wait(arg);
    end_connection(arg);
    nats_ReleaseThreadMemory();
    return NULL;
}

static void transport_close(nex_transport *transport, nex_duration flush_timeout) {
    nats_transport *t = self(transport);
    t->closed = true;
    nex_timer_free(t->watch);
    pthread_mutex_lock(&t->mutex);
    t->closing = true; /* from here on no thread touches the loop */
    bool woken = t->woken;
    bool attempting = t->connecting || (t->base.state == NEX_BUS_DISCONNECTED && t->nc != NULL);
    if (t->connecting) {
        t->nc = NULL; /* the thread that connects ends it, if it comes to one */
        pthread_cond_broadcast(&t->changed);
    }
    pthread_mutex_unlock(&t->mutex);
    if (flush_timeout > 0 && t->base.state == NEX_BUS_CONNECTED) {
        natsConnection_FlushTimeout(t->nc, nats_to_ms(flush_timeout));
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
    if (attempting && pthread_create(&thread, NULL, end_connection_thread, t) == 0) {
        pthread_detach(thread);
        return;
    }
    end_connection(t);
}

/* ---- What happened, and what to do about it ----------------------------------------------- */

static void on_connected(nats_transport *t) {
    nats_transport_learn(t);
    free_dead(t);
    for (nex_transport_sub *sub = t->subs; sub != NULL; sub = sub->next) {
        if (sub->nats == NULL && put_on_wire(sub) != NEX_OK) { /* it is a new connection */
            nex_log_write(t->log, NEX_LOG_ERROR, "could not subscribe again", "subject",
                          sub->subject, NULL);
        }
    }
    nex_log_write(t->log, NEX_LOG_INFO, "connected to NATS", "server", t->server, NULL);
    set_state(t, NEX_BUS_CONNECTED);
}

/* libnats gives up when it is refused twice for one reason. */
static void on_given_up(nats_transport *t) {
    nex_bus_state state = NEX_BUS_CLOSED;
    if (t->keep_trying) {
        drop_connection(t);
        state = nats_transport_connect_later(t) == NEX_OK ? NEX_BUS_DISCONNECTED : NEX_BUS_CLOSED;
    }
    nex_log_write(t->log, NEX_LOG_ERROR, "NATS refused this client", "servers", t->servers.data,
                  NULL);
    if (t->base.state != state) {
        set_state(t, state);
    }
}

static void tell_state(nats_transport *t, const happened *h) {
    if (h->lost && t->base.state == NEX_BUS_CONNECTED && !t->closed) {
        nex_log_write(t->log, NEX_LOG_WARN, "lost the connection to NATS", "server", t->server,
                      NULL);
        set_state(t, NEX_BUS_DISCONNECTED);
    }
    if (h->connected && t->base.state != NEX_BUS_CONNECTED && !t->closed) {
        on_connected(t);
    }
    if (h->given_up && !t->closed) {
        on_given_up(t);
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
    t->base.dropped += h.dropped;
    if (h.dropped > 0 && !t->closed) {
        nex_log_printf(t->log, NEX_LOG_WARN,
                       "dropped %zu messages: more than %zu wait to be handled", h.dropped,
                       t->queue_max);
    }
    inbound *batch = t->spare; /* stays put: only this function swaps it */
    tell_state(t, &h);
    for (size_t i = 0; i < h.count; i++) {
        nex_transport_sub *sub = batch[i].sub;
        if (!t->closed && !sub->dead && !nats_message_deliver(sub, batch[i].msg)) {
            nex_log_write(t->log, NEX_LOG_ERROR, "dropped a message: out of memory", "subject",
                          natsMsg_GetSubject(batch[i].msg), NULL);
        }
        natsMsg_Destroy(batch[i].msg);
        nats_sub_unref(sub);
    }
    nats_transport_unref(t);
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

static bool init_mutex(nats_transport *t) {
    pthread_condattr_t attr;
    if (pthread_mutex_init(&t->mutex, NULL) != 0) {
        return false;
    }
    if (pthread_condattr_init(&attr) != 0) {
        pthread_mutex_destroy(&t->mutex);
        return false;
    }
    bool ok = pthread_condattr_setclock(&attr, CLOCK_MONOTONIC) == 0 &&
              pthread_cond_init(&t->changed, &attr) == 0;
    pthread_condattr_destroy(&attr);
    if (!ok) {
        pthread_mutex_destroy(&t->mutex);
    }
    return ok;
}

nex_status nex_transport_nats_connect(nex_transport **out, nex_loop *loop,
                                      const nex_bus_options *options, nex_error *err) {
    *out = NULL;
    nats_transport *t = calloc(1, sizeof *t);
    if (t == NULL || !init_mutex(t)) {
        free(t);
        return nex_error_set(err, NEX_ENOMEM, "connect to NATS: out of memory");
    }
    t->base.ops = &nats_ops;
    t->loop = loop;
    t->log = options->log;
    t->keep_trying = options->keep_trying;
    t->max_payload = UNKNOWN_MAX_PAYLOAD;
    t->queue_max = options->max_pending > 0 ? options->max_pending : DEFAULT_QUEUE_MAX;
    t->wake.cb = on_wake;
    t->wake.arg = t;
    atomic_init(&t->refs, 1);
    nex_status status = nex_timer_new(loop, &t->watch, watch, t);
    if (status != NEX_OK) {
        nats_transport_unref(t);
        return nex_error_set(err, status, "connect to NATS: out of memory");
    }
    status = nats_transport_open(t, options, err);
    if (status != NEX_OK) {
        nex_timer_free(t->watch);
        nats_transport_unref(t);
        return status;
    }
    watch_attempts(t);
    if (t->base.state == NEX_BUS_CONNECTED) {
        nats_transport_learn(t);
    }
    *out = &t->base;
    return NEX_OK;
}
