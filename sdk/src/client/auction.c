#include "client/bids.h"

typedef struct auction_op {
    nex_client_op base;
    bids bids;
    nex_auction_cb done;
    void *arg;
} auction_op;

static void release(nex_client_op *op) {
    bids_stop(&((auction_op *)op)->bids);
}

static void on_end(void *arg) {
    auction_op *op = arg;
    nex_outcome outcome;
    op_end(&op->base, &outcome);
    op->done(op->arg, &outcome, op->bids.items, op->bids.count);
    op_free(&op->base);
}

nex_status nex_client_auction(nex_client *client, const nex_auction_options *options,
                              nex_auction_cb done, void *arg, nex_client_op **out, nex_error *err) {
    auction_op *op;
    nex_status status = op_new(client, sizeof *op, release, &op, err);
    if (status != NEX_OK) {
        return status;
    }
    op->done = done;
    op->arg = arg;
    status = bids_start(&op->bids, &op->base, options, on_end, op, err);
    if (status != NEX_OK) {
        op_free(&op->base);
        return status;
    }
    if (out) {
        *out = &op->base;
    }
    return NEX_OK;
}
