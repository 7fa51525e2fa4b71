/* bus/bus.h - the inside of a bus, shared by bus.c and request.c. */
#ifndef NEX_BUS_BUS_H
#define NEX_BUS_BUS_H

#include "bus/transport.h"

enum { INBOX_TOKEN_SIZE = 24 };

/** One place in the table of requests; replies name it and its generation. */
typedef struct request_slot {
    nex_request *request; /**< NULL: free */
    uint32_t generation;
    uint32_t next_free;
} request_slot;

typedef struct held_msg {
    struct held_msg *next;
    nex_msg msg;
    size_t size; /**< of the message */
} held_msg;

typedef struct near_prefix near_prefix;
typedef struct near_msg near_msg;

typedef struct bus_flush bus_flush;

struct nex_bus {
    nex_loop *loop;
    nex_transport *transport;
    const nex_log *log;
    void (*on_state)(void *arg, nex_bus_state state);
    void *arg;
    bool closing;

    nex_subscription *subs;
    bus_flush *flushes;

    /* Published while there was no connection. */
    held_msg *held;
    held_msg **held_last;
    size_t held_count;
    size_t held_bytes;
    size_t held_max;

    /* On their way to subscriptions of this bus, without the server. */
    near_prefix *near_prefixes;
    near_msg *near;

    /* Counts what was published, and how much of it the server surely took, since it answered
     * something that was published later: a close need not wait then. */
    uint64_t published;
    uint64_t confirmed;

    /* Requests: all replies come through one wildcard subscription. */
    char *inbox; /**< "<prefix>.<id>." */
    size_t inbox_len;
    nex_subscription *mux;
    request_slot *slots;
    uint32_t slot_count;
    uint32_t free_slot; /**< index + 1 of the first free one, 0: none */
};

/** Publishes with a reply subject that overrides msg's own (NULL: msg's). */
nex_status nex_bus_send(nex_bus *bus, const nex_msg *msg, const char *reply);
nex_status nex_bus_subscribe_vital(nex_bus *bus, const char *subject, nex_msg_cb cb, void *arg,
                                   nex_subscription **out);
/** A copy of a message, in one block; NULL: out of memory. */
held_msg *held_msg_new(const nex_msg *msg);
/** The first subscription that a subject matches, or NULL. */
nex_subscription *nex_bus_find_subscription(const nex_bus *bus, const char *subject);
/** Hands a message over; may free the subscription and the bus. */
void nex_subscription_deliver(nex_subscription *sub, const nex_msg *msg);

/* near.c */

/** Sends to a subscription of this very bus. NEX_ENOTFOUND: the message is none of its own. */
nex_status nex_bus_send_near(nex_bus *bus, const nex_msg *msg);
void nex_bus_near_free(nex_bus *bus);

/** Ends all requests with a status. */
void nex_bus_end_requests(nex_bus *bus, nex_status status);

#endif
