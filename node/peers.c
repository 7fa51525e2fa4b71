/*
 * The other nodes of the nexus: how many there are, so that a client knows when all have
 * spoken. They are known by their heartbeats and NODESTARTED, and forgotten at NODESTOPPED, or
 * when they have been quiet. A client that asks for reasons sets off a probe of its peers, each
 * by a few nodes only and as soon as it has been quiet for a moment, and is told of those that
 * are gone.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define QUIET_AFTER     (100 * NEX_MILLISECOND) /* at most ten probes a second */
#define ABSENT_AFTER    (12 * NEX_SECOND)       /* without a heartbeat: watches nobody */
#define FORGOTTEN_AFTER (25 * NEX_SECOND)
#define PROBE_TIMEOUT   (150 * NEX_MILLISECOND)
enum { PROBERS = 2, PEERS_MAX = 10000, ASKERS_MAX = 1024 };

static node_peer *peer_find(nex_node *node, const char *id) {
    node_peer *peer = NULL;
    HASH_FIND_STR(node->peers, id, peer);
    return peer;
}

static void peer_remove(nex_node *node, node_peer *peer) {
    nex_request_cancel(peer->probe);
    nex_timer_free(peer->due);
    HASH_DEL(node->peers, peer);
    free(peer->id);
    free(peer->nexus);
    nex_string_list_free(&peer->askers);
    free(peer);
}

/* Notes that a node lives. nexus NULL: the message did not say which one it is in. */
static void peer_heard(nex_node *node, const char *id, const char *nexus) {
    if (strcmp(id, node->id) == 0 || nex_key_public_kind(id) != NEX_KEY_SERVER) {
        return;
    }
    node_peer *peer = peer_find(node, id);
    if (peer == NULL) {
        if (HASH_COUNT(node->peers) >= PEERS_MAX) {
            return;
        }
        peer = calloc(1, sizeof *peer);
        if (peer == NULL || (peer->id = strdup(id)) == NULL) {
            free(peer);
            return;
        }
        peer->node = node;
        HASH_ADD_KEYPTR(hh, node->peers, peer->id, strlen(peer->id), peer);
        if (peer_find(node, id) == NULL) {
            free(peer->id);
            free(peer);
            return;
        }
    }
    if (nexus != NULL && (peer->nexus == NULL || strcmp(peer->nexus, nexus) != 0)) {
        free(peer->nexus);
        peer->nexus = strdup(nexus);
    }
    peer->heard = nex_loop_now(node->loop);
}

static bool is_quiet(const nex_node *node, const node_peer *peer, nex_duration for_) {
    return (nex_duration)(nex_loop_now(node->loop) - peer->heard) >= for_;
}

/* A peer whose nexus is not known is counted: a client rather waits than misses an answer. */
static bool counts(const nex_node *node, const node_peer *peer, bool one_nexus) {
    return (!one_nexus || peer->nexus == NULL || strcmp(peer->nexus, node->options.nexus) == 0) &&
           !is_quiet(node, peer, FORGOTTEN_AFTER);
}

size_t node_peers_count(const nex_node *node, bool one_nexus) {
    size_t count = 1;
    const node_peer *peer = NULL;
    const node_peer *next = NULL;
    HASH_ITER(hh, node->peers, peer, next) {
        count += counts(node, peer, one_nexus);
    }
    return count;
}

/* ---- Probes ------------------------------------------------------------------------------ */

static void tell_gone(const node_peer *peer) {
    for (size_t i = 0; i < peer->askers.count; i++) {
        nex_header gone = {"Nex-Gone", peer->id};
        nex_msg msg = {.subject = peer->askers.items[i], .headers = &gone, .header_count = 1};
        nex_bus_publish(peer->node->bus, &msg);
    }
}

static void forget_askers(node_peer *peer) {
    nex_string_list_free(&peer->askers);
}

static void on_probed(void *arg, nex_status status, const nex_msg *reply) {
    (void)reply;
    node_peer *peer = arg;
    nex_node *node = peer->node;
    peer->probe = NULL;
    if (status == NEX_OK) {
        peer->heard = nex_loop_now(node->loop);
    } else if (status == NEX_EUNREACHABLE || status == NEX_ETIMEOUT) {
        tell_gone(peer);
    }
    forget_askers(peer);
    if (status == NEX_EUNREACHABLE && nex_bus_get_state(node->bus) == NEX_BUS_CONNECTED) {
        peer_remove(node, peer);
    }
}

static void probe_now(void *arg) {
    node_peer *peer = arg;
    char subject[NEX_SUBJECT_SIZE];
    nex_msg msg = {.subject = subject, .data = "{\"filter\":null}", .len = 15};
    if (nex_subject_ping_node(subject, peer->id) != NEX_OK ||
        nex_bus_request(peer->node->bus, &msg, PROBE_TIMEOUT, on_probed, peer, &peer->probe) !=
            NEX_OK) {
        forget_askers(peer);
    }
}

/* A peer that has just been heard of may be gone all the same, so it is probed a moment later. */
static void probe_peer(nex_node *node, node_peer *peer, const char *asker) {
    bool first = peer->askers.count == 0;
    if (peer->askers.count == ASKERS_MAX || nex_string_list_add(&peer->askers, asker) != NEX_OK ||
        !first) {
        return; /* the probe is under way, or will be soon */
    }
    nex_duration since = (nex_duration)(nex_loop_now(node->loop) - peer->heard);
    if (since >= QUIET_AFTER) {
        probe_now(peer);
    } else if (peer->due != NULL ||
               nex_timer_new(node->loop, &peer->due, probe_now, peer) == NEX_OK) {
        nex_timer_start(peer->due, QUIET_AFTER - since, 0);
    } else {
        forget_askers(peer);
    }
}

/* Whether this node is one of the few that watch a peer: the next ones after it by id. */
static bool watches(const nex_node *node, const node_peer *peer) {
    size_t between = 0;
    bool wrapped = strcmp(node->id, peer->id) < 0;
    const node_peer *other = NULL;
    const node_peer *next = NULL;
    HASH_ITER(hh, node->peers, other, next) {
        bool after = strcmp(other->id, peer->id) > 0;
        bool before_me = strcmp(other->id, node->id) < 0;
        if (other != peer && !is_quiet(node, other, ABSENT_AFTER) &&
            (wrapped ? after || before_me : after && before_me)) {
            between++;
        }
    }
    return between < PROBERS;
}

void node_peers_probe(nex_node *node, const nex_call *call) {
    if (call->msg.reply == NULL) {
        return;
    }
    node_peer *peer = NULL;
    node_peer *next = NULL;
    HASH_ITER(hh, node->peers, peer, next) {
        if (counts(node, peer, node_asks_one_nexus(call)) && watches(node, peer)) {
            probe_peer(node, peer, call->msg.reply);
        }
    }
}

/* ---- What is heard ----------------------------------------------------------------------- */

static void on_heartbeat(void *arg, const nex_msg *msg) {
    nex_node *node = arg;
    nex_node_heartbeat *heartbeat = NULL;
    if (nex_node_heartbeat_decode(&heartbeat, msg->data, msg->len, NULL) == NEX_OK) {
        peer_heard(node, nex_subject_last_token(msg->subject), heartbeat->nexus);
        nex_node_heartbeat_free(heartbeat);
    }
}

static void on_started(void *arg, const nex_msg *msg) {
    nex_node *node = arg;
    nex_node_started_event *event = NULL;
    if (nex_node_started_event_decode(&event, msg->data, msg->len, NULL) == NEX_OK) {
        if (event->id != NULL) {
            peer_heard(node, event->id, event->nexus);
        }
        nex_node_started_event_free(event);
    }
}

static void on_stopped(void *arg, const nex_msg *msg) {
    nex_node *node = arg;
    nex_node_stopped_event *event = NULL;
    if (nex_node_stopped_event_decode(&event, msg->data, msg->len, NULL) == NEX_OK) {
        node_peer *peer = event->id != NULL ? peer_find(node, event->id) : NULL;
        if (peer != NULL) {
            tell_gone(peer);
            peer_remove(node, peer);
        }
        nex_node_stopped_event_free(event);
    }
}

/* Nodes that were there before this one answer its first PING. */
static bool on_ping_answer(void *arg, const nex_msg *answer) {
    nex_node *node = arg;
    nex_node_ping_response *response = NULL;
    if (nex_node_ping_response_decode(&response, answer->data, answer->len, NULL) == NEX_OK) {
        if (response->node_id != NULL) {
            peer_heard(node, response->node_id, nex_string_map_get(&response->tags, "nex.nexus"));
        }
        nex_node_ping_response_free(response);
    }
    return true;
}

static void on_ping_end(void *arg, nex_status status) {
    (void)status;
    nex_node *node = arg;
    node->peer_ping = NULL;
}

static void heartbeat(void *arg) {
    nex_node *node = arg;
    nex_buf registrations = NEX_BUF_INIT;
    nex_buf json = NEX_BUF_INIT;
    node_agent *agent = NULL;
    node_agent *next = NULL;
    HASH_ITER(hh, node->agents, agent, next) {
        nex_buf_printf(&registrations, "%s%s [%s]", registrations.len > 0 ? ", " : "", agent->id,
                       agent->registration->register_type);
    }
    nex_node_heartbeat message = {
        .registrations = (char *)(registrations.data != NULL ? registrations.data : ""),
        .nexus = (char *)node->options.nexus};
    char subject[NEX_SUBJECT_SIZE];
    if (nex_subject_node_heartbeat(subject, node->id) == NEX_OK &&
        nex_node_heartbeat_encode(&message, &json) == NEX_OK) {
        nex_msg msg = {.subject = subject, .data = json.data, .len = json.len};
        nex_bus_publish(node->bus, &msg);
    }
    nex_buf_free(&json);
    nex_buf_free(&registrations);
    node_peer *peer = NULL;
    node_peer *next_peer = NULL;
    HASH_ITER(hh, node->peers, peer, next_peer) {
        if (is_quiet(node, peer, FORGOTTEN_AFTER)) {
            peer_remove(node, peer);
        }
    }
}

nex_status node_peers_start(nex_node *node, nex_error *err) {
    static const struct {
        const char *subject;
        nex_msg_cb cb;
    } subs[] = {{"$NEX.SVC.system.control.HEARTBEAT.*", on_heartbeat},
                {"$NEX.FEED.*.event.NODESTARTED", on_started},
                {"$NEX.FEED.*.events.NODESTARTED", on_started},
                {"$NEX.FEED.*.event.NODESTOPPED", on_stopped},
                {"$NEX.FEED.*.events.NODESTOPPED", on_stopped}};
    nex_status status = NEX_OK;
    for (size_t i = 0; i < sizeof subs / sizeof subs[0] && status == NEX_OK; i++) {
        status = nex_bus_subscribe(node->bus, subs[i].subject, NULL, subs[i].cb, node,
                                   &node->peer_subs[i]);
    }
    if (status == NEX_OK) {
        status = nex_timer_new(node->loop, &node->heartbeat_timer, heartbeat, node);
    }
    if (status != NEX_OK) {
        return nex_error_set(err, status, "cannot listen to other nodes: %s",
                             nex_status_name(status));
    }
    nex_timer_start(node->heartbeat_timer, NODE_HEARTBEAT_EVERY, NODE_HEARTBEAT_EVERY);
    heartbeat(node);
    char subject[NEX_SUBJECT_SIZE];
    nex_many_options options = {.timeout = 5 * NEX_SECOND, .stall = 2 * NEX_SECOND};
    nex_msg ping = {.subject = subject, .data = "{\"filter\":null}", .len = 15};
    if (nex_subject_ping_nexus(subject) == NEX_OK) {
        (void)nex_bus_request_many(node->bus, &ping, &options, on_ping_answer, on_ping_end, node,
                                   &node->peer_ping);
    }
    return NEX_OK;
}

void node_peers_stop(nex_node *node) {
    nex_request_cancel(node->peer_ping);
    node->peer_ping = NULL;
    nex_timer_free(node->heartbeat_timer);
    node->heartbeat_timer = NULL;
    for (size_t i = 0; i < sizeof node->peer_subs / sizeof node->peer_subs[0]; i++) {
        nex_subscription_free(node->peer_subs[i]);
        node->peer_subs[i] = NULL;
    }
    node_peer *peer = NULL;
    node_peer *next = NULL;
    HASH_ITER(hh, node->peers, peer, next) {
        peer_remove(node, peer);
    }
}
