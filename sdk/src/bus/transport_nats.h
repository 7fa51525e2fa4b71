/* bus/transport_nats.h - the inside of the libnats transport. */
#ifndef NEX_BUS_TRANSPORT_NATS_H
#define NEX_BUS_TRANSPORT_NATS_H

#include "bus/nats_options.h"
#include "bus/transport.h"
#include "loop/seam.h"

#include <pthread.h>
#include <stdatomic.h>
#include <sys/types.h>

typedef struct nats_transport nats_transport;

enum { NOTE_SIZE = 256, SERVER_SIZE = 256 };

struct nex_transport_sub {
    nats_transport *transport;
    nex_transport_sub *next;
    nex_transport_sub **link;
    natsSubscription *nats; /**< NULL when the connection it was on is gone */
    char *subject;
    char *queue;
    nex_msg_cb cb;
    void *arg;
    bool vital;
    bool dead;          /**< its callback runs no more; loop thread only */
    atomic_size_t refs; /**< the loop's, libnats's, and one a queued message */
};

typedef struct inbound {
    nex_transport_sub *sub;
    natsMsg *msg;
} inbound;

/** An attempt to connect to any of the servers, so that it can be ended (nats_attempt.c). */
typedef struct nats_attempt {
    const char *servers;  /**< the transport's */
    int64_t timeout_ms;   /**< what libnats has for each server */
    int64_t server_count; /**< as configured */
    int64_t begun;        /**< on the clock of nats_now_ms; 0: none is going on */
    int64_t quiet_ms;     /**< how long nothing came on what is ended */
    bool ended;           /**< it had to be ended here */
    ino_t *known;         /**< the sockets this process had before */
    size_t known_count;
    size_t known_cap;
} nats_attempt;

struct nats_transport {
    nex_transport base;
    nex_loop *loop;
    const nex_log *log;
    natsConnection *nc; /**< NULL while `connecting` */
    natsOptions *options;
    nats_identity identity;
    bool keep_trying;
    nex_buf servers;         /**< as configured, for messages */
    atomic_size_t refs;      /**< the owner's, libnats's, a subscription's, the wake-up's */
    nex_transport_sub *subs; /**< all that live */
    nex_transport_sub *dead; /**< unsubscribed while there was no connection */
    inbound *spare;          /**< the batch being handed out */
    size_t spare_cap;
    char server[SERVER_SIZE];
    size_t max_payload;
    nex_timer *watch; /**< looks after attempts while there is no connection */
    bool closed;      /**< by the owner; loop thread only */

    /* Below: libnats's threads take part, under the mutex. */
    pthread_mutex_t mutex;
    pthread_cond_t changed; /**< flushes, attempts, closing */
    nex_post wake;
    bool woken;
    bool closing;
    inbound *queue;
    size_t queue_len;
    size_t queue_cap;
    size_t queue_max;
    size_t dropped;
    bool lost;            /**< the connection broke since the loop looked last */
    bool connected;       /**< what libnats said last */
    bool given_up;        /**< libnats closed the connection by itself */
    char note[NOTE_SIZE]; /**< what the server complained of */
    size_t flushes;       /**< threads that wait for the server */
    bool connecting;      /**< a thread tries to make a connection */
    bool opening;         /**< nats_transport_open waits for the first attempt's outcome */
    natsStatus outcome;   /**< of that attempt */
    nats_attempt attempt;
};

/** Makes options and the first connection; with keep_trying it may come later. */
nex_status nats_transport_open(nats_transport *t, const nex_bus_options *options, nex_error *err);
/** Starts a thread that tries until there is a connection, or the transport is closed. */
nex_status nats_transport_connect_later(nats_transport *t);

/** Milliseconds of the monotonic clock. */
int64_t nats_now_ms(void);
/** Waits for `changed` until then, or for less. Mutex held. */
void nats_wait_until(nats_transport *t, int64_t ms);

/** An attempt begins after this pause. Mutex held. */
void nats_attempt_begin(nats_transport *t, int64_t pause_ms);
/** It is over. Mutex held. */
void nats_attempt_done(nats_transport *t);
/** Ends the connections of it on which nothing came for so long. Mutex held. */
void nats_attempt_end(nats_transport *t, int64_t quiet_ms);
/** Ends what has taken more than its time. Mutex held. */
void nats_attempt_check(nats_transport *t);
/** Waits until none is going on, ending one that should be over. */
void nats_attempt_wait(nats_transport *t);

/** libnats's callbacks; the closure is the transport. */
void nats_events_install(nats_transport *t, natsOptions *opts);
/** How long to wait before an attempt to connect, counted from 1. */
int64_t nats_reconnect_pause_ms(int attempt);
/** A message arrived; the closure is the nex_transport_sub. */
void nats_on_message(natsConnection *nc, natsSubscription *nats, natsMsg *msg, void *closure);
void nats_on_complete(void *closure);

int64_t nats_to_ms(nex_duration duration);

/** Makes the loop look at what happened. Mutex held. */
void nats_transport_wake(nats_transport *t);
void nats_transport_unref(nats_transport *t);
void nats_sub_unref(nex_transport_sub *sub);
/** Reads server name and limits of a new connection. */
void nats_transport_learn(nats_transport *t);

/** Hands a received message to its subscription; false when there is no memory for that. */
bool nats_message_deliver(nex_transport_sub *sub, natsMsg *msg);
nex_status nats_message_publish(natsConnection *nc, const nex_msg *msg);

#endif
