/*
 * client/bids.h - an auction within an operation: asks for bids and keeps those that suit.
 */
#ifndef NEX_CLIENT_BIDS_H
#define NEX_CLIENT_BIDS_H

#include "client/gather.h"

typedef struct bids {
    nex_client_op *op;
    gather gather;
    nex_bid *items;
    size_t count;
    nex_workload_lifecycle lifecycle;
    char *type;
    char *node_id; /**< NULL: any node's */
    char *namespace_;
    nex_string_map tags;
    void (*on_end)(void *arg);
    void *arg;
} bids;

/**
 * Begins an auction; b is zeroed memory of the operation. on_end runs once: with bids, or with
 * op->error set when there is none.
 */
nex_status bids_start(bids *b, nex_client_op *op, const nex_auction_options *options,
                      void (*on_end)(void *arg), void *arg, nex_error *err);
/** Ends and frees; allowed at any time, also when never begun. */
void bids_stop(bids *b);

#endif
