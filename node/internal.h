/*
 * node/internal.h - the node's state, and what its parts offer each other. One file per part;
 * all of it runs on the loop thread.
 */
#ifndef NEX_NODE_INTERNAL_H
#define NEX_NODE_INTERNAL_H

#include "node/credentials.h"
#include "node/node.h"

#include <nex/keys.h>
#include <nex/micro.h>
#include <nex/protocol.h>
#include <nex/protocol/node_service.h>
#include <nex/protocol/subjects.h>
#include <nex/schema.h>

#define UTHASH_NONFATAL_OOM 1
#include <uthash.h>
#include <utlist.h>

#define NODE_SYSTEM_NAMESPACE "system"
#define NODE_HEARTBEAT_EVERY  (10 * NEX_SECOND)
/* The reference's agents send their first heartbeat, which makes them healthy, before they listen.
 */
#define NODE_AGENT_LISTENS_WITHIN (2 * NEX_SECOND)

/* ---- Agents ------------------------------------------------------------------------------ */

typedef enum agent_health {
    HEALTH_UNKNOWN = 0, /* no heartbeat yet */
    HEALTH_HEALTHY,
    HEALTH_SHUTTING_DOWN, /* in lame duck, or stopping */
    HEALTH_DEGRADED,
    HEALTH_OFFLINE
} agent_health;

/** An agent that registered. */
typedef struct node_agent {
    char *id;
    nex_register_agent_request *registration;
    nex_schema *schema;             /* compiled start_request_schema */
    nex_agent_heartbeat *heartbeat; /* the last one, or NULL */
    nex_time heard_at;
    uint64_t heard; /* loop time of the last sign of life */
    uint64_t registered_at;
    agent_health health;
    bool boxed_env;   /* opens environments boxed to its xkey */
    bool silent;      /* did not answer a list in time; hardly waited for until heard again */
    size_t deploying; /* starts under way */
    size_t started;   /* starts since the last heartbeat, which does not count them yet */
    size_t stopped;   /* stops since then */
    UT_hash_handle hh;
} node_agent;

/* ---- Bids and workloads ------------------------------------------------------------------ */

typedef struct node_bid {
    char id[NEX_ID_SIZE];
    char *namespace_;
    char *agent_id;
    uint64_t expires;           /* loop time */
    bool spent;                 /* used or expired: kept for a while so that late users are told */
    char workload[NEX_ID_SIZE]; /* what was started of it; "": nothing yet */
    UT_hash_handle hh;
} node_bid;

/** A workload this node has placed, or found with an agent. */
typedef struct node_workload {
    char *id;
    char *agent_id; /* "" until an agent of its type claims it */
    char *agent_type;
    nex_start_workload_request *request;
    bool starting; /* its agent has not confirmed it yet */
    bool stored;   /* the bucket had it when it was read */
    bool stopping; /* its stop was asked for: it is not handed to an agent any more */
    UT_hash_handle hh;
} node_workload;

/* ---- Peers ------------------------------------------------------------------------------- */

typedef struct node_peer {
    char *id;
    char *nexus; /* "" when not known */
    uint64_t heard;
    nex_request *probe;     /* under way, for */
    nex_timer *due;         /* or to be sent soon, for */
    nex_string_list askers; /* the clients that wait here */
    struct nex_node *node;
    UT_hash_handle hh;
} node_peer;

struct local_agents;

struct nex_node {
    nex_node_options options;
    nex_string_list texts; /* what options point to */
    nex_loop *loop;
    nex_bus *bus;
    const nex_log *log;
    nex_key *key;
    nex_key *xkey;
    const char *id;
    nex_string_map tags;
    nex_node_state state;
    nex_time started;
    uint64_t started_at;
    nex_minter *minter;
    struct nex_secret_store *secrets; /* NULL: not opened yet, or none */
    struct secret_fetch *secret_fetches;
    nex_micro *micro;
    nex_node_service service;
    nex_string_list servers; /* handed out to agents and workloads */

    node_agent *agents;
    nex_subscription *agent_heartbeats;
    nex_timer *health_timer;

    node_bid *bids; /* oldest first */
    nex_timer *bid_timer;

    node_workload *workloads;
    nex_subscription *stopped_events[2];
    struct node_store *store;      /* NULL: there is no bucket */
    struct journal_keeper *keeper; /* NULL: there is no journal */
    struct both *writes;           /* under way to both */
    bool restored;                 /* state was read; registrations before that wait */

    node_peer *peers;
    nex_subscription *peer_subs[5];
    nex_timer *heartbeat_timer;
    nex_request *peer_ping;

    nex_agent **embedded; /* runners, one per options.embedded */
    struct local_agents *local;
    struct pending_register *registers; /* REGISTER requests under way */
    struct handback *handbacks;
    struct call_off *call_offs;
    struct returning *returnings; /* RREGISTER requests of agents that come back */
    struct gather *gathers;
    struct deploy *deploys;
    struct undeploy *undeploys;
    struct log_request *log_requests;
    bool ready;

    nex_timer *lameduck_timer;
    nex_timer *stop_timer;
    size_t stopping; /* embedded agents whose workloads are still being stopped */
    bool stopped;
    struct node_flush *flush;
    nex_error failure; /* code NEX_OK: none */
};

/* ---- services.c: the endpoints ----------------------------------------------------------------
 */

nex_status node_services_start(nex_node *node, nex_error *err);

/* ---- answers.c --------------------------------------------------------------------------------
 */

/** Answers with an error as PROTOCOL section 3 has it; 5xx causes go to the log only. */
void node_fail(nex_node *node, nex_call *call, const char *code, const char *what,
               const char *cause);
/** Answers with bytes, and with the headers our own clients read. */
void node_reply(nex_node *node, nex_call *call, const void *data, size_t len);
/** The same for a bid, which says whether the agent opens boxed environments. */
void node_reply_bid(nex_node *node, nex_call *call, const void *data, size_t len, bool boxed_env);
/** Says why this node does not answer, if the request asks for that; else stays silent. */
void node_decline(nex_node *node, nex_call *call, const char *reason, const char *fmt, ...)
    NEX_PRINTF(4, 5);
/** Whether a request is meant for one nexus only. */
bool node_asks_one_nexus(const nex_call *call);
/** False, and the call is over, when the request names another nexus. */
bool node_same_nexus(nex_node *node, nex_call *call);
/** False, and the call is over, when body and subject disagree about the namespace. */
bool node_same_namespace(nex_node *node, nex_call *call, const char *subject_namespace,
                         const char *body_namespace);
/** Whether the tags of the node satisfy all that are asked for; else the first that is not. */
const nex_string_entry *node_tag_missing(const nex_node *node, const nex_string_map *wanted);

/* ---- registry.c: agents ------------------------------------------------------------------ */

nex_status node_registry_start(nex_node *node, nex_error *err);
void node_registry_stop(nex_node *node);
node_agent *node_agent_find(nex_node *node, const char *id);
/** Adds, or renews, a registration; takes over registration and schema. */
node_agent *node_agent_put(nex_node *node, const char *id, nex_register_agent_request *registration,
                           nex_schema *schema);
void node_agent_remove(nex_node *node, node_agent *agent);
const char *node_health_text(agent_health health);
const char *node_health_stoplight(agent_health health);
/** Nobody listens under its id: no bids for it until it is heard, if it has had time to listen. */
void node_agent_gone(nex_node *node, node_agent *agent);
/** A sign of life that is no heartbeat. */
void node_agent_heard(nex_node *node, node_agent *agent);
/** How many workloads an agent has: what it last said, and what happened since. */
size_t node_agent_load(const node_agent *agent);
/** Whether an agent may take one more workload. */
bool node_agent_has_room(const node_agent *agent);

/* ---- register.c -------------------------------------------------------------------------- */

void node_on_register(nex_node *node, nex_call *call, const char *agent_id,
                      const nex_register_agent_request *request);
void node_on_rregister(nex_node *node, nex_call *call);
bool node_is_embedded(const nex_node *node, const char *agent_id);
/** Whether an agent is embedded in this node, or its child. */
bool node_is_own_agent(const nex_node *node, const char *agent_id);
void node_registers_abandon(nex_node *node);
/** State has been read: registrations that came earlier go on. */
void node_registers_resume(nex_node *node);

/* ---- handback.c: workloads of an agent that did not fit into its registration ------------ */

/** Hands workloads back once the agent is heard, in place of what was to be handed back before. */
void node_handback_plan(nex_node *node, const char *agent_id, nex_string_list *workload_ids);
/** The agent listens: what waits for it is sent. */
void node_handback_begin(nex_node *node, const char *agent_id);
void node_handbacks_abandon(nex_node *node);

/* ---- call_off.c: what an agent is told to stop when it is back --------------------------- */

/**
 * Has an agent stop what it may have started, now or when it is back. settled: its start is over;
 * else the agent may not know it yet, and start it all the same.
 */
void node_call_off(nex_node *node, const char *agent_id, const char *workload,
                   const char *namespace_, bool settled);
/** The agent says that it does not run a workload whose start failed. */
void node_call_off_settled(nex_node *node, const char *workload);
/** The agent is heard: it is told once more what it has not answered yet. */
void node_call_offs_repeat(nex_node *node, const char *agent_id);
void node_call_offs_abandon(nex_node *node);

/* ---- auction.c, deploy.c, undeploy.c, list.c, clone.c ------------------------------------ */

void node_on_auction(nex_node *node, nex_call *call, const char *namespace_,
                     const nex_auction_request *request);
nex_status node_auction_start(nex_node *node, nex_error *err);
void node_auction_stop(nex_node *node);
node_bid *node_bid_find(nex_node *node, const char *id);
void node_bid_spend(nex_node *node, node_bid *bid);

void node_on_deploy(nex_node *node, nex_call *call, const char *namespace_, const char *bid_id,
                    const nex_start_workload_request *request);
void node_deploys_abandon(nex_node *node);
/** Whether a workload's agent has not answered yet that it started it. */
bool node_deploy_pending(const nex_node *node, const char *workload);
/** A workload whose start is under way, if it is, is to be stopped once it has started. */
void node_deploy_call_off(nex_node *node, const char *workload);
/** An agent may have died. Its answers come before that of a ping, which says whether it has. */
void node_deploys_ping(nex_node *node, const char *agent_id);
/** An agent has started anew: what it was asked to start before fails. */
void node_deploys_agent_gone(nex_node *node, const char *agent_id);
/** Asks an agent to start a workload; existing: one that the node believes it has. */
nex_status node_ask_start(nex_node *node, const char *agent_id, const char *workload_id,
                          const nex_start_workload_request *request,
                          nex_nats_connection_data *creds, bool existing, nex_reply_cb cb,
                          void *arg, nex_request **out);

void node_on_stop_workload(nex_node *node, nex_call *call, const char *namespace_,
                           const char *workload, const nex_stop_workload_request *request);
void node_on_list(nex_node *node, nex_call *call, const char *namespace_,
                  const nex_agent_list_workloads_request *request);
void node_on_clone(nex_node *node, nex_call *call, const char *namespace_, const char *workload,
                   const nex_clone_workload_request *request);

void node_on_workload_logs(nex_node *node, nex_call *call, const char *namespace_,
                           const char *workload, const nex_workload_logs_request *request);
void node_log_requests_abandon(nex_node *node);
void node_on_workload_info(nex_node *node, nex_call *call, const char *namespace_,
                           const char *workload, const nex_workload_info_request *request);

/* ---- mask.c ------------------------------------------------------------------------------ */

/**
 * Appends a start request without what may be secret: values of `environment`, of all that the
 * nexlet's schema (NULL: none) marks writeOnly, and passwords in URLs.
 */
nex_status node_mask_run_request(const char *run_request, const char *schema, nex_buf *out);

/* ---- gather.c: one question to all agents of the node ------------------------------------ */

/** One answer; false ends the gathering. */
typedef bool (*gather_answer_fn)(void *arg, const nex_msg *answer);
typedef void (*gather_end_fn)(void *arg);
/**
 * Asks every agent; ends when all that live have answered, or on_answer says so, or after
 * timeout. on_end runs exactly once, also when the node is freed.
 */
void node_gather(nex_node *node, const char *subject, const void *data, size_t len,
                 nex_duration timeout, gather_answer_fn on_answer, gather_end_fn on_end, void *arg);
void node_gathers_abandon(nex_node *node);
/** An agent may have died: nobody waits for its answers, if a ping confirms that. */
void node_gathers_ping(nex_node *node, const char *agent_id);
/** An agent has started anew: nobody waits for its answers. */
void node_gathers_agent_gone(nex_node *node, const char *agent_id);

void node_undeploys_abandon(nex_node *node);
typedef enum node_deploy_end {
    NODE_DEPLOY_STARTED,
    NODE_DEPLOY_FAILED,
    NODE_DEPLOY_UNKNOWN /* the agent did not answer */
} node_deploy_end;
/** A start is over: stops that came before go on. False when there were none. */
bool node_undeploys_settle(nex_node *node, const char *workload, node_deploy_end end);

/* ---- locate.c ---------------------------------------------------------------------------- */

/** agent_id is "" when the agent did not say who it is. */
typedef void (*locate_fn)(void *arg, bool found, const char *agent_id);
/** Whether an agent of this node has a workload; cb runs once, maybe at once. */
void node_locate(nex_node *node, const char *workload, locate_fn cb, void *arg);

/* ---- workload_table.c: what this node has placed ----------------------------------------- */

node_workload *node_workload_find(nex_node *node, const char *id);
/** Notes a workload (copying request) and stores it when state is on. */
nex_status node_workload_put(nex_node *node, const char *id, const char *agent_id,
                             const char *agent_type, const nex_start_workload_request *request);
/** Says which agent has a workload from now on. */
nex_status node_workload_claim(nex_node *node, node_workload *workload, const char *agent_id);
/**
 * Takes a workload out of what is stored, before it is stopped: were it the other way round, a
 * crash in between would bring it back. cb runs once the store has forgotten it, or cannot.
 */
void node_workload_unstore(nex_node *node, node_workload *workload,
                           void (*cb)(void *arg, nex_status status), void *arg);
/** Its stop was refused: it is stored again. */
void node_workload_restore(nex_node *node, node_workload *workload);
/** Forgets a workload that was taken out of what is stored. */
void node_workload_drop(nex_node *node, node_workload *workload);
/** Forgets a workload; cb (may be NULL) runs once the store has forgotten it too, or cannot. */
void node_workload_forget(nex_node *node, node_workload *workload,
                          void (*cb)(void *arg, nex_status status), void *arg);
nex_status node_workload_table_start(nex_node *node, nex_error *err);
void node_workload_table_stop(nex_node *node);

/* ---- store.c: what outlives the node, in the journal and in the KV bucket ------------------ */

nex_status node_state_start(nex_node *node, nex_error *err);
/** Stores a workload; cb (may be NULL) runs once it is stored, or could not be. */
void node_state_put(nex_node *node, const node_workload *workload,
                    void (*cb)(void *arg, nex_status status), void *arg);
void node_state_remove(nex_node *node, const node_workload *workload,
                       void (*cb)(void *arg, nex_status status), void *arg);
/** Why a workload could not be stored, in words. */
const char *node_state_why(const nex_node *node, nex_status status);
void node_state_stop(nex_node *node);

/* ---- state.c: the KV bucket -------------------------------------------------------------- */

nex_status node_kv_start(nex_node *node, nex_error *err);
void node_kv_put(nex_node *node, const node_workload *workload,
                 void (*cb)(void *arg, nex_status status), void *arg);
void node_kv_remove(nex_node *node, const node_workload *workload,
                    void (*cb)(void *arg, nex_status status), void *arg);
void node_kv_stop(nex_node *node);
/** A workload as it is stored, here and in the journal. */
nex_status node_workload_encode(const node_workload *workload, nex_buf *out);
/** Puts a stored workload into the table. */
nex_status node_workload_take(nex_node *node, const char *type, const char *id,
                              const nex_stored_workload *stored);

/* ---- journal_keeper.c: the journal, without blocking ------------------------------------- */

/** Reads the journal and puts its workloads into the table. */
nex_status node_journal_start(nex_node *node, nex_error *err);
/** cb (may be NULL) runs once, at once when there is no journal. */
void node_journal_put(nex_node *node, const node_workload *workload,
                      void (*cb)(void *arg, nex_status status), void *arg);
/** The same; what cannot be written now is tried again, and is no failure. */
void node_journal_remove(nex_node *node, const node_workload *workload,
                         void (*cb)(void *arg, nex_status status), void *arg);
/** Whether a workload was stopped, or ended, though somebody may still have it on record. */
bool node_journal_knows_gone(const nex_node *node, const char *id);
/** What last went wrong; "" when nothing did. */
const char *node_journal_why(const nex_node *node);
void node_journal_stop(nex_node *node);

/* ---- secret_service.c -------------------------------------------------------------------- */

void node_on_get_secret(nex_node *node, nex_call *call, const char *agent_id,
                        const nex_get_secret_request *request);

/* ---- secret_kv.c ------------------------------------------------------------------------- */

#define NODE_SECRETS_BUCKET "_nex_secrets_"

/** The end of a fetch; the value is wiped after. */
typedef void (*node_secret_fn)(void *arg, nex_status status, const nex_buf *value,
                               const nex_error *err);
/** Fetches a secret that was sealed to this node; cb runs once, later, unless this fails. */
nex_status node_secret_kv_get(nex_node *node, const char *namespace_, const char *name,
                              node_secret_fn cb, void *arg, nex_error *err);
void node_secret_kv_abandon(nex_node *node);

/* ---- lameduck.c -------------------------------------------------------------------------- */

void node_on_lameduck(nex_node *node, nex_call *call, const nex_lameduck_request *request);

/* ---- peers.c: the other nodes of the nexus ----------------------------------------------- */

nex_status node_peers_start(nex_node *node, nex_error *err);
void node_peers_stop(nex_node *node);
/** How many nodes live, this one included: of its nexus only, or of all on the account. */
size_t node_peers_count(const nex_node *node, bool one_nexus);
/** Probes peers that have been quiet, and tells the asker of those that are gone. */
void node_peers_probe(nex_node *node, const nex_call *call);

/* ---- events.c ---------------------------------------------------------------------------- */

/** Sends an event of the node's own; or of an embedded agent, which says from whom it is. */
void node_emit(nex_node *node, const char *type, const char *json, size_t len);
void node_emit_from(nex_node *node, const char *from, const char *type, const char *json,
                    size_t len);
void node_emit_started(nex_node *node);
void node_emit_stopped(nex_node *node);
void node_emit_lameduck(nex_node *node, nex_time at);

/* ---- local.c: agents that the node starts as processes ----------------------------------- */

nex_status node_local_start(nex_node *node, nex_error *err);
/** Asks them to end; cb of node.c runs when all are gone. */
void node_local_stop(nex_node *node, void (*done)(nex_node *node));
void node_local_free(nex_node *node);
bool node_local_all_registered(nex_node *node);
bool node_local_has(const nex_node *node, const char *agent_id);

/* ---- node.c ------------------------------------------------------------------------------ */

/** Stops a node that cannot do what it was asked to; nex_node_result says why. */
void node_give_up(nex_node *node, const nex_error *why);
/** An agent has registered: the node may be ready now. */
void node_check_ready(nex_node *node);
/** A stable id for an embedded or local agent, from the node's key and a name. */
void node_derive_id(const nex_node *node, const char *name, char out[NEX_ID_SIZE]);
/** The seed of an embedded or local agent's curve key, stable as the id is; to be wiped. */
nex_status node_derive_xkey(const nex_node *node, const char *agent_id, char out[NEX_KEY_TEXT_SIZE],
                            nex_error *err);

#endif
