/*
 * client/gather.h - one request to all nodes, gathered until every node has spoken.
 *
 * A node of this project says how many nodes it knows (Nex-Nodes), so the end is known. Where it
 * is not (only nodes of the reference answer), silence for a stall time is the end. Of a node that
 * was counted and is gone, another one tells (Nex-Gone), so that nobody waits for it.
 */
#ifndef NEX_CLIENT_GATHER_H
#define NEX_CLIENT_GATHER_H

#include "client/op.h"

enum { GATHER_NEXUS_MAX = 8, GATHER_NEXUS_SIZE = 64 };

/** One answer with data (not a decline, not an error). False ends the gathering. */
typedef bool (*gather_reply_fn)(void *arg, const nex_msg *reply);
/** The end; status NEX_OK unless the bus failed. Runs once. */
typedef void (*gather_end_fn)(void *arg, nex_status status);

typedef struct gather_options {
    nex_duration first; /**< wait for the first answer */
    nex_duration stall; /**< silence that ends it when the number of nodes is not known */
    nex_duration rest;  /**< silence that ends it when nodes that were counted are missing */
    gather_reply_fn on_reply;
    gather_end_fn on_end;
    void *arg; /**< of both */
} gather_options;

/** What the nodes of one nexus say of how many they are. */
typedef struct gather_nexus {
    char name[GATHER_NEXUS_SIZE];
    size_t nodes;
} gather_nexus;

typedef struct gather {
    nex_client_op *op;
    gather_options options;
    nex_request *request;
    nex_timer *timer;
    nex_string_list seen; /**< ids of the nodes that answered */
    gather_nexus nexuses[GATHER_NEXUS_MAX];
    size_t nexus_count;
    bool counted;         /**< a node said how many there are */
    nex_string_list gone; /**< ids of counted nodes that are not there any more */
} gather;

/** Begins; g is zeroed memory of the operation. Declines and errors go to the operation. */
nex_status gather_start(gather *g, nex_client_op *op, const char *subject, const nex_buf *body,
                        const gather_options *options, nex_error *err);
/** Ends without on_end; allowed at any time, also when never begun. */
void gather_stop(gather *g);

#endif
