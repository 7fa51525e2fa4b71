/*
 * nex/events.h - events as programs hear them: what nodes, agents and workloads tell on
 * $NEX.FEED.<from>.event.<TYPE>. nex/client.h and nex/agent.h say how to listen.
 */
#ifndef NEX_EVENTS_H
#define NEX_EVENTS_H

#include <nex/core.h>

#ifdef __cplusplus
extern "C" {
#endif

/** One event; lives during the callback that gets it. */
typedef struct nex_feed_event {
    const char *from; /**< namespace of a workload, or id of an agent or node */
    const char *type; /**< "WORKLOADSTOPPED", ...: nex_workload_stopped_event_decode reads it */
    const char *json;
    size_t len;
    /** Messages of this connection that were dropped before it, nobody knows whose. */
    uint64_t missed;
} nex_feed_event;

typedef void (*nex_event_cb)(void *arg, const nex_feed_event *event);

/** Which events an agent listens to. */
typedef struct nex_event_filter {
    const char *from; /**< namespace, id of a node or an agent; "*": any; NULL: the agent's node */
    const char *type; /**< "WORKLOADSTOPPED", ...; NULL: any */
} nex_event_filter;

#ifdef __cplusplus
}
#endif

#endif
