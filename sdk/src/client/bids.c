#include "client/bids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Nodes answer an auction at once: one that was counted and stays silent so long is gone. */
#define AUCTION_REST (400 * NEX_MILLISECOND)

void bids_stop(bids *b) {
    gather_stop(&b->gather);
    for (size_t i = 0; i < b->count; i++) {
        nex_auction_response_free((nex_auction_response *)(uintptr_t)b->items[i].response);
        free((char *)(uintptr_t)b->items[i].node_id);
    }
    free(b->items);
    free(b->type);
    free(b->node_id);
    free(b->namespace_);
    nex_string_map_free(&b->tags);
    memset(b, 0, sizeof *b);
}

static nex_status add_bid(bids *b, nex_auction_response *response, const char *node_id,
                          bool boxed) {
    nex_bid *grown = realloc(b->items, (b->count + 1) * sizeof *grown);
    if (!grown) {
        return NEX_ENOMEM;
    }
    b->items = grown;
    char *copy = strdup(node_id);
    if (!copy) {
        return NEX_ENOMEM;
    }
    grown[b->count++] =
        (nex_bid){.response = response, .node_id = copy, .boxed_environment = boxed};
    return NEX_OK;
}

static bool offers(const nex_auction_response *response, nex_workload_lifecycle lifecycle) {
    for (size_t i = 0; i < response->supported_lifecycles.count; i++) {
        if (response->supported_lifecycles.items[i] == lifecycle) {
            return true;
        }
    }
    return lifecycle == 0;
}

static bool has_bidder(const bids *b, const char *bidder_id) {
    for (size_t i = 0; i < b->count; i++) {
        if (strcmp(b->items[i].response->bidder_id, bidder_id) == 0) {
            return true;
        }
    }
    return false;
}

static nex_status decline_lifecycle(bids *b, const nex_auction_response *response,
                                    const char *node) {
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_buf_append_str(&text, "its nexlet runs only");
    for (size_t i = 0; status == NEX_OK && i < response->supported_lifecycles.count; i++) {
        status =
            nex_buf_printf(&text, "%s %s", i ? "," : "",
                           nex_workload_lifecycle_text(response->supported_lifecycles.items[i]));
    }
    if (status == NEX_OK) {
        status = op_decline(b->op, *node ? node : response->bidder_id, "lifecycle", text.data);
    }
    nex_buf_free(&text);
    return status;
}

static bool on_reply(void *arg, const nex_msg *reply) {
    bids *b = arg;
    const char *node = reply_node(reply);
    if (b->node_id && *node && strcmp(node, b->node_id) != 0) {
        return true;
    }
    nex_auction_response *response = NULL;
    nex_error err;
    nex_status status = nex_auction_response_decode(&response, reply->data, reply->len, &err);
    if (status == NEX_ENOMEM) {
        goto fail;
    }
    if (status != NEX_OK) {
        status = op_decline(b->op, node, "error", err.message);
    } else if (has_bidder(b, response->bidder_id)) {
        /* the same bid, delivered twice */
    } else if (!offers(response, b->lifecycle)) {
        status = decline_lifecycle(b, response, node);
    } else {
        const char *boxed = nex_msg_header(reply, NEX_HEADER_BOXED_ENV);
        status = add_bid(b, response, node, boxed && strcmp(boxed, "1") == 0);
        response = status == NEX_OK ? NULL : response;
    }
    nex_auction_response_free(response);
    if (status == NEX_OK) {
        return true;
    }
fail:
    nex_error_set(&b->op->error, NEX_ENOMEM, "out of memory");
    return false;
}

static void explain_none(bids *b) {
    nex_client_op *op = b->op;
    op->not_placed = true;
    nex_error_set(&op->error, NEX_ENOTFOUND, "no agents available for workload placement: %s",
                  op->answered == 0        ? "no node answered"
                  : op->decline_count == 0 ? "no node made a bid"
                                           : "every node declined");
    if (op->decline_count == 0) {
        return;
    }
    nex_error_set(&op->error, NEX_ENOTFOUND,
                  "no agents available for workload placement: wanted type %s%s%s", b->type,
                  b->lifecycle ? ", lifecycle " : "",
                  b->lifecycle ? nex_workload_lifecycle_text(b->lifecycle) : "");
}

static void on_gathered(void *arg, nex_status status) {
    bids *b = arg;
    nex_client_op *op = b->op;
    if (status == NEX_EUNREACHABLE && nex_bus_get_state(op->client->bus) == NEX_BUS_CONNECTED) {
        status = NEX_OK; /* nobody listens: there is no node */
    }
    if (op->error.code == NEX_OK) {
        if (status != NEX_OK) {
            nex_error_set(&op->error, status, "auction for type %s: %s", b->type,
                          status == NEX_EUNREACHABLE ? "not connected to NATS"
                                                     : nex_status_name(status));
        } else if (b->count == 0) {
            explain_none(b);
        }
    }
    b->on_end(b->arg);
}

static nex_status ask(bids *b, nex_error *err) {
    nex_client *client = b->op->client;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = op_subject(nex_subject_auction_request(subject, b->namespace_),
                                   b->namespace_, "", NULL, err);
    if (status != NEX_OK) {
        return status;
    }
    char id[NEX_ID_SIZE];
    nex_loop_id(client->loop, id);
    nex_auction_request request = {
        .auction_id = id,
        .agent_type = b->type,
        .lifecycle = b->lifecycle,
        .tags = b->tags,
    };
    nex_buf body = NEX_BUF_INIT;
    status = op_encoded(nex_auction_request_encode(&request, &body), "auction request", err);
    if (status == NEX_OK) {
        gather_options options = {
            .first = client->timeout < client->stall ? client->timeout : client->stall,
            .stall = client->auction_stall,
            .rest = AUCTION_REST,
            .on_reply = on_reply,
            .on_end = on_gathered,
            .arg = b,
        };
        status = gather_start(&b->gather, b->op, subject, &body, &options, err);
    }
    nex_buf_free(&body);
    return status;
}

/*
 * A bid of a reference node does not say whose it is. So the wanted node is asked for its name
 * first, which is a tag that auctions can ask for; it also tells at once when it is not there.
 */
static void on_node_info(void *arg, nex_status status, const nex_msg *reply) {
    bids *b = arg;
    nex_client_op *op = b->op;
    op->request = NULL;
    nex_node_info_response *info = NULL;
    if (status == NEX_OK && reply_get_kind(reply) != REPLY_DATA) {
        status = reply_get_error(reply, op->error_id, &op->error);
    } else if (status == NEX_OK) {
        status = nex_node_info_response_decode(&info, reply->data, reply->len, &op->error);
    } else {
        status = nex_error_set(&op->error, status == NEX_EUNREACHABLE ? NEX_ENOTFOUND : status,
                               "%s", status == NEX_EUNREACHABLE ? "not found" : "no answer");
        op->not_placed = true;
    }
    if (status == NEX_OK) {
        const char *name = nex_string_map_get(&info->tags, "nex.node");
        if (name) {
            status = nex_string_map_set(&b->tags, "nex.node", name);
        }
        if (status == NEX_OK) {
            status = ask(b, &op->error);
        } else {
            nex_error_set(&op->error, status, "out of memory");
        }
    }
    nex_node_info_response_free(info);
    if (status != NEX_OK) {
        nex_error_prefix(&op->error, op->error.code, "node %s", b->node_id);
        b->on_end(b->arg);
    }
}

static nex_status ask_node(bids *b, nex_error *err) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = op_subject(nex_subject_get_node_info(subject, b->node_id), NULL, "node id",
                                   b->node_id, err);
    nex_buf body = NEX_BUF_INIT;
    if (status == NEX_OK) {
        status = op_encoded(nex_buf_append_str(&body, "{}"), "node info request", err);
    }
    if (status == NEX_OK) {
        status = op_request(b->op, subject, &body, b->op->client->timeout, on_node_info, b, err);
    }
    nex_buf_free(&body);
    return status;
}

nex_status bids_start(bids *b, nex_client_op *op, const nex_auction_options *options,
                      void (*on_end)(void *arg), void *arg, nex_error *err) {
    memset(b, 0, sizeof *b);
    b->op = op;
    b->on_end = on_end;
    b->arg = arg;
    b->lifecycle = options->lifecycle;
    if (!options->type || !*options->type) {
        return nex_error_set(err, NEX_EINVAL, "an auction needs a workload type");
    }
    const char *namespace_ = options->namespace_ ? options->namespace_ : op->client->namespace_;
    b->type = strdup(options->type);
    b->namespace_ = strdup(namespace_);
    b->node_id = options->node_id ? strdup(options->node_id) : NULL;
    bool complete = b->type && b->namespace_ && (b->node_id || !options->node_id);
    if (!complete || (options->tags && nex_string_map_copy(&b->tags, options->tags) != NEX_OK)) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    return b->node_id ? ask_node(b, err) : ask(b, err);
}
