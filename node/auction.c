/*
 * Auctions: a node bids when its tags satisfy the request and one of its healthy agents has the
 * type, the lifecycle and the room. A bid names the agent, is good once, in its namespace, for
 * a short while; after that it is remembered so that whoever uses it late is told at once.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define SWEEP_EVERY    NEX_SECOND
#define REMEMBERED_FOR (5 * NEX_MINUTE)
enum { BIDS_MAX = 16384 };

static void bid_free(nex_node *node, node_bid *bid) {
    HASH_DEL(node->bids, bid);
    free(bid->namespace_);
    free(bid->agent_id);
    free(bid);
}

node_bid *node_bid_find(nex_node *node, const char *id) {
    node_bid *bid = NULL;
    HASH_FIND_STR(node->bids, id, bid);
    if (bid != NULL && !bid->spent && nex_loop_now(node->loop) >= bid->expires) {
        bid->spent = true;
    }
    return bid;
}

void node_bid_spend(nex_node *node, node_bid *bid) {
    bid->spent = true;
    bid->expires = nex_loop_now(node->loop);
}

static node_bid *bid_new(nex_node *node, const char *namespace_, const char *agent_id) {
    /* Bids are kept in the order they were made, so the first is the oldest. */
    if (HASH_COUNT(node->bids) >= BIDS_MAX) {
        bid_free(node, node->bids);
    }
    node_bid *bid = calloc(1, sizeof *bid);
    if (bid == NULL) {
        return NULL;
    }
    nex_loop_id(node->loop, bid->id);
    bid->namespace_ = strdup(namespace_);
    bid->agent_id = strdup(agent_id);
    bid->expires = nex_loop_now(node->loop) + (uint64_t)node->options.auction_ttl;
    node_bid *added = NULL;
    if (bid->namespace_ != NULL && bid->agent_id != NULL) {
        HASH_ADD_STR(node->bids, id, bid);
        HASH_FIND_STR(node->bids, bid->id, added);
    }
    if (added == NULL) {
        free(bid->namespace_);
        free(bid->agent_id);
        free(bid);
    }
    return added;
}

static void sweep(void *arg) {
    nex_node *node = arg;
    uint64_t now = nex_loop_now(node->loop);
    while (node->bids != NULL && now > node->bids->expires + (uint64_t)REMEMBERED_FOR) {
        bid_free(node, node->bids);
    }
}

nex_status node_auction_start(nex_node *node, nex_error *err) {
    nex_status status = nex_timer_new(node->loop, &node->bid_timer, sweep, node);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "no timer for bids: %s", nex_status_name(status));
    }
    nex_timer_start(node->bid_timer, SWEEP_EVERY, SWEEP_EVERY);
    return NEX_OK;
}

void node_auction_stop(nex_node *node) {
    nex_timer_free(node->bid_timer);
    node->bid_timer = NULL;
    while (node->bids != NULL) {
        bid_free(node, node->bids);
    }
}

static bool has_lifecycle(const node_agent *agent, nex_workload_lifecycle lifecycle) {
    if (lifecycle == NEX_WORKLOAD_LIFECYCLE_UNSET) {
        return true;
    }
    for (size_t i = 0; i < agent->registration->supported_lifecycles.count; i++) {
        if (agent->registration->supported_lifecycles.items[i] == lifecycle) {
            return true;
        }
    }
    /* The field is optional: an agent that lists none is taken at its type's word. */
    return agent->registration->supported_lifecycles.count == 0;
}

/* How close the best agent came to what is asked for; the reason names the first hurdle. */
typedef struct choice {
    node_agent *agent;
    size_t with_type;
    size_t healthy;
    size_t with_lifecycle;
    node_agent *nearest;
} choice;

/* Of several agents that could, the one with the fewest workloads is bid for. */
static choice choose(nex_node *node, const char *type, nex_workload_lifecycle lifecycle) {
    choice c = {0};
    size_t least = 0;
    node_agent *agent = NULL;
    node_agent *next = NULL;
    HASH_ITER(hh, node->agents, agent, next) {
        if (strcmp(agent->registration->register_type, type) != 0) {
            continue;
        }
        c.with_type++;
        c.nearest = agent;
        if (agent->health != HEALTH_HEALTHY) {
            continue;
        }
        c.healthy++;
        if (!has_lifecycle(agent, lifecycle)) {
            continue;
        }
        c.with_lifecycle++;
        if (!node_agent_has_room(agent)) {
            continue;
        }
        size_t load = node_agent_load(agent);
        if (c.agent == NULL || load < least) {
            c.agent = agent;
            least = load;
        }
    }
    return c;
}

static void list_types(const nex_node *node, nex_buf *out) {
    const node_agent *agent = NULL;
    const node_agent *next = NULL;
    HASH_ITER(hh, node->agents, agent, next) {
        nex_buf_printf(out, "%s%s", out->len > 0 ? ", " : "", agent->registration->register_type);
    }
}

static void list_lifecycles(const node_agent *agent, nex_buf *out) {
    for (size_t i = 0; i < agent->registration->supported_lifecycles.count; i++) {
        const char *text =
            nex_workload_lifecycle_text(agent->registration->supported_lifecycles.items[i]);
        nex_buf_printf(out, "%s%s", i > 0 ? ", " : "", text != NULL ? text : "?");
    }
}

static void decline_choice(nex_node *node, nex_call *call, const choice *c,
                           const nex_auction_request *request) {
    nex_buf list = NEX_BUF_INIT;
    const char *name = node->options.name;
    if (c->with_type == 0) {
        list_types(node, &list);
        node_decline(node, call, "type", "%s: no agent of type \"%s\"; it has %s", name,
                     request->agent_type, list.len > 0 ? list.data : "no agents");
    } else if (c->healthy == 0) {
        node_decline(node, call, "type", "%s: its agent of type \"%s\" is %s", name,
                     request->agent_type, node_health_text(c->nearest->health));
    } else if (c->with_lifecycle == 0) {
        list_lifecycles(c->nearest, &list);
        node_decline(node, call, "lifecycle", "%s: its \"%s\" agent does not run a %s; it runs %s",
                     name, request->agent_type, nex_workload_lifecycle_text(request->lifecycle),
                     list.len > 0 ? list.data : "nothing");
    } else {
        node_decline(node, call, "capacity", "%s: its \"%s\" agent is full (max_workloads %lld)",
                     name, request->agent_type, (long long)c->nearest->registration->max_workloads);
    }
    nex_buf_free(&list);
}

void node_on_auction(nex_node *node, nex_call *call, const char *namespace_,
                     const nex_auction_request *request) {
    if (!node_same_nexus(node, call)) {
        return;
    }
    if (node->state == NEX_NODE_STATE_LAMEDUCK || node->state == NEX_NODE_STATE_STOPPING) {
        node_decline(node, call, "lameduck", "%s: in lame duck, takes no new work",
                     node->options.name);
        return;
    }
    const nex_string_entry *tag = node_tag_missing(node, &request->tags);
    if (tag != NULL) {
        const char *have = nex_string_map_get(&node->tags, tag->key);
        node_decline(node, call, "tags", "%s: wants tag %s=%s; it has %s%s%s", node->options.name,
                     tag->key, tag->value != NULL ? tag->value : "",
                     have != NULL ? tag->key : "no such tag", have != NULL ? "=" : "",
                     have != NULL ? have : "");
        return;
    }
    const char *type = request->agent_type != NULL ? request->agent_type : "";
    choice c = choose(node, type, request->lifecycle);
    if (c.agent == NULL) {
        decline_choice(node, call, &c, request);
        return;
    }
    node_bid *bid = bid_new(node, namespace_, c.agent->id);
    if (bid == NULL) {
        node_fail(node, call, "500", "failed to bid", "out of memory");
        return;
    }
    const nex_register_agent_request *registration = c.agent->registration;
    nex_auction_response response = {.bidder_id = bid->id,
                                     .xkey = registration->public_xkey,
                                     .start_request_schema = registration->start_request_schema};
    response.supported_lifecycles.items = registration->supported_lifecycles.items;
    response.supported_lifecycles.count = registration->supported_lifecycles.count;
    nex_buf json = NEX_BUF_INIT;
    if (nex_auction_response_encode(&response, &json) == NEX_OK) {
        node_reply_bid(node, call, json.data, json.len, c.agent->boxed_env);
    } else {
        node_fail(node, call, "500", "failed to bid", "out of memory");
    }
    nex_buf_free(&json);
}
