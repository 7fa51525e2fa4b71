/* What runs on libnats's threads. It only notes what happened and wakes the loop. */
#include "bus/transport_nats.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

enum { FIRST_PAUSE_MS = 5, PAUSE_MS = 50, MAX_PAUSE_MS = 10000 };

/* ---- Lifetimes ---------------------------------------------------------------------------- */

void nats_transport_unref(nats_transport *t) {
    if (atomic_fetch_sub(&t->refs, 1) != 1) {
        return;
    }
    pthread_mutex_destroy(&t->mutex);
    pthread_cond_destroy(&t->changed);
    natsOptions_Destroy(t->options);
    nats_identity_clear(&t->identity);
    nex_buf_free(&t->servers);
    free(t->queue);
    free(t->spare);
    free(t->attempt.known);
    free(t);
}

void nats_sub_unref(nex_transport_sub *sub) {
    if (atomic_fetch_sub(&sub->refs, 1) == 1) {
        nats_transport_unref(sub->transport);
        free(sub->subject);
        free(sub->queue);
        free(sub);
    }
}

/* ---- Messages ----------------------------------------------------------------------------- */

void nats_transport_wake(nats_transport *t) {
    if (!t->woken && !t->closing) {
        t->woken = true;
        atomic_fetch_add(&t->refs, 1);
        nex_loop_post_node(t->loop, &t->wake);
    }
}

static bool enqueue(nats_transport *t, nex_transport_sub *sub, natsMsg *msg) {
    if (t->closing || (t->queue_len >= t->queue_max && !sub->vital)) {
        return false;
    }
    if (t->queue_len == t->queue_cap) {
        size_t cap = t->queue_cap == 0 ? 64 : t->queue_cap * 2;
        inbound *queue = realloc(t->queue, cap * sizeof *queue);
        if (queue == NULL) {
            return false;
        }
        t->queue = queue;
        t->queue_cap = cap;
    }
    atomic_fetch_add(&sub->refs, 1);
    t->queue[t->queue_len++] = (inbound){sub, msg};
    return true;
}

void nats_on_message(natsConnection *nc, natsSubscription *nats, natsMsg *msg, void *closure) {
    (void)nc;
    (void)nats;
    nex_transport_sub *sub = closure;
    nats_transport *t = sub->transport;
    pthread_mutex_lock(&t->mutex);
    bool queued = enqueue(t, sub, msg);
    if (!queued) {
        t->dropped++;
    }
    nats_transport_wake(t);
    pthread_mutex_unlock(&t->mutex);
    if (!queued) {
        natsMsg_Destroy(msg);
    }
}

void nats_on_complete(void *closure) {
    nats_sub_unref(closure);
}

/* ---- The connection ----------------------------------------------------------------------- */

static void on_disconnected(natsConnection *nc, void *closure) {
    (void)nc;
    nats_transport *t = closure;
    pthread_mutex_lock(&t->mutex);
    t->connected = false;
    t->lost = true;
    nats_transport_wake(t);
    pthread_mutex_unlock(&t->mutex);
}

static void on_reconnected(natsConnection *nc, void *closure) {
    (void)nc;
    nats_transport *t = closure;
    pthread_mutex_lock(&t->mutex);
    t->connected = true;
    nats_attempt_done(t);
    nats_transport_wake(t);
    pthread_mutex_unlock(&t->mutex);
}

static void on_closed(natsConnection *nc, void *closure) {
    (void)nc;
    nats_transport *t = closure;
    pthread_mutex_lock(&t->mutex);
    t->connected = false;
    t->given_up = true;
    nats_attempt_done(t);
    nats_transport_wake(t);
    pthread_mutex_unlock(&t->mutex);
    nats_transport_unref(t); /* libnats's last word */
}

static void on_error(natsConnection *nc, natsSubscription *sub, natsStatus status, void *closure) {
    (void)nc;
    (void)sub;
    nats_transport *t = closure;
    const char *text = nats_GetLastError(NULL);
    pthread_mutex_lock(&t->mutex);
    snprintf(t->note, sizeof t->note, "%s",
             text != NULL && *text != '\0' ? text : natsStatus_GetText(status));
    nats_transport_wake(t);
    pthread_mutex_unlock(&t->mutex);
}

/* Almost at once the first time, then ever longer, and never all clients at the same time. The
 * first pause is not 0 because libnats holds the connection's lock while it connects: in the
 * pause the loop learns that the connection is gone, and calls libnats no more. */
int64_t nats_reconnect_pause_ms(int attempt) {
    if (attempt <= 1) {
        return FIRST_PAUSE_MS;
    }
    int shift = attempt - 2 > 8 ? 8 : attempt - 2;
    uint32_t pause = (uint32_t)PAUSE_MS << shift;
    if (pause > MAX_PAUSE_MS) {
        pause = MAX_PAUSE_MS;
    }
    return (int64_t)(pause / 2 + randombytes_uniform(pause / 2 + 1));
}

static int64_t reconnect_pause(natsConnection *nc, int attempts, void *closure) {
    (void)nc;
    nats_transport *t = closure;
    int64_t pause = nats_reconnect_pause_ms(attempts);
    pthread_mutex_lock(&t->mutex);
    if (!t->closing) {
        nats_attempt_begin(t, pause);
    }
    pthread_mutex_unlock(&t->mutex);
    return pause;
}

void nats_events_install(nats_transport *t, natsOptions *opts) {
    natsOptions_SetDisconnectedCB(opts, on_disconnected, t);
    natsOptions_SetReconnectedCB(opts, on_reconnected, t);
    natsOptions_SetClosedCB(opts, on_closed, t);
    natsOptions_SetErrorHandler(opts, on_error, t);
    natsOptions_SetCustomReconnectDelay(opts, reconnect_pause, t);
}
