/*
 * bus/transport.h - what carries a bus's messages.
 *
 * There are two: libnats (bus/transport_nats.c) and the simulation (tests/sim/sim_bus.c). The
 * bus on top of it (requests, time-outs, what is held while disconnected) is the same for both.
 * All calls are made on the loop thread and all callbacks run on it.
 */
#ifndef NEX_BUS_TRANSPORT_H
#define NEX_BUS_TRANSPORT_H

#include <nex/bus.h>

typedef struct nex_transport nex_transport;
typedef struct nex_transport_sub nex_transport_sub;

typedef struct nex_transport_ops {
    /** Called only while connected. The message is valid (subject, header names). */
    nex_status (*publish)(nex_transport *transport, const nex_msg *msg);
    /**
     * Called only while connected; the subscription lasts over reconnections. A status line of
     * the server ("NATS/1.0 503") arrives as a header named Status. `vital` messages are never
     * dropped for want of room.
     */
    nex_status (*subscribe)(nex_transport *transport, const char *subject, const char *queue,
                            bool vital, nex_msg_cb cb, void *arg, nex_transport_sub **out);
    /** Its callback runs no more. */
    void (*unsubscribe)(nex_transport *transport, nex_transport_sub *sub);
    /** Runs cb once, later; not after close. Called only while connected. */
    nex_status (*flush)(nex_transport *transport, nex_duration timeout,
                        void (*cb)(void *arg, nex_status status), void *arg);
    /** Waits at most flush_timeout (0: not at all) for the server, then ends and frees all. */
    void (*close)(nex_transport *transport, nex_duration flush_timeout);
    size_t (*max_payload)(const nex_transport *transport);
    const char *(*server)(const nex_transport *transport);
} nex_transport_ops;

/** The head of every implementation. */
struct nex_transport {
    const nex_transport_ops *ops;
    nex_bus_state state;
    uint64_t dropped; /**< messages dropped for want of room, since the beginning */
    /** Set by nex_bus_new; tells of each change, after `state` was set. */
    void (*on_state)(void *arg, nex_bus_state state);
    void *arg;
};

/** Makes a bus on a transport, which it owns from then on (closed on failure too). */
nex_status nex_bus_new(nex_bus **out, nex_loop *loop, nex_transport *transport,
                       const nex_bus_options *options, nex_error *err);

/** Connects through libnats. */
nex_status nex_transport_nats_connect(nex_transport **out, nex_loop *loop,
                                      const nex_bus_options *options, nex_error *err);

#endif
