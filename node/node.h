/*
 * node/node.h - libnexnode: a nex node on a nex_loop and a nex_bus.
 *
 * The node answers auctions, deploys to its agents, keeps what it deployed, supervises local
 * agents and reports itself. All functions and callbacks run on the loop thread. The loop and
 * the bus belong to the caller, so that the same code runs in a simulation.
 */
#ifndef NEX_NODE_H
#define NEX_NODE_H

#include <nex/agent.h>
#include <nex/bus.h>
#include <nex/core.h>
#include <nex/log.h>
#include <nex/loop.h>

typedef struct nex_node nex_node;

/** A local agent: a program that the node starts and watches. */
typedef struct nex_node_agent {
    const char *uri; /**< file://, plain path, a directory of programs, or nats://bucket/name */
    const char *const *argv;
    size_t argc;
    const nex_string_map *env; /**< may be NULL */
} nex_node_agent;

/** A nexlet inside the node's process. self and the functions are the nexlet's. */
typedef struct nex_node_embedded {
    const char *name; /**< tells embedded agents apart; its id derives from it and the node's */
    const nex_agent_ops *ops;
    void *self;
    /** The runner it got, before it registers. May be NULL. */
    void (*attach)(void *self, nex_agent *agent);
    /** Stops all workloads, then calls done once. */
    void (*stop_all)(void *self, void (*done)(void *arg), void *arg);
    /** Leaves the workloads running and lets go of them. */
    void (*detach)(void *self);
} nex_node_embedded;

typedef enum nex_node_events {
    NEX_NODE_EVENTS_NATS = 0,
    NEX_NODE_EVENTS_LOGS,
    NEX_NODE_EVENTS_NONE
} nex_node_events;

/** An agent_restart_limit of none at all. */
#define NEX_NODE_NO_RESTART (~0U)

/** Zero is the default of every field; texts are copied, other pointers borrowed for life. */
typedef struct nex_node_options {
    nex_loop *loop;
    nex_bus *bus; /**< connected, or trying to */
    const nex_log *log;
    /** How agents and workloads reach NATS; servers and TLS of it are handed out. */
    const nex_bus_options *connection;
    const char *version;      /**< default nex_version() */
    const char *name;         /**< default "nexnode" */
    const char *nexus;        /**< default "nexus" */
    const char *seed;         /**< server seed (SN...); NULL: a new key */
    const char *xkey_seed;    /**< curve seed (SX...); NULL: derived from `seed` */
    const char *resource_dir; /**< all local state lies below it; NULL: none is kept */
    /** Secrets are read from here; NULL: resource_dir/secrets, if it is there. */
    const char *secrets_dir;
    const nex_string_map *tags; /**< keys under "nex." are refused */
    bool state_kv;              /**< keep state in the KV bucket nex-<node id> */
    const char *js_domain;      /**< JetStream domain; NULL: none */
    nex_node_events events;
    bool events_compat;       /**< publish events with the reference's spelling too */
    bool show_workload_logs;  /**< what embedded agents' workloads write goes to the log as well */
    nex_duration auction_ttl; /**< default 10 s */
    bool allow_remote_agents;
    const char *issuer_signing_key;  /**< seed of an account (signing) key */
    const char *issuer_root_account; /**< public key of the root account */
    const char *issuer_nkey;         /**< public user key */
    const char *issuer_nkey_seed;
    bool issuer_nkey_share; /**< hand the issuer's seed to workloads and remote agents too */
    nex_duration workload_credentials_lifetime; /**< 10 s to 24 h; 0: 24 h */
    const nex_node_embedded *embedded;
    size_t embedded_count;
    const nex_node_agent *agents;
    size_t agent_count;
    unsigned agent_restart_limit; /**< default 3; NEX_NODE_NO_RESTART: not once */
    bool keep_workloads; /**< an orderly stop leaves workloads of embedded agents running */
    /** The node is ready: its endpoints are served and its agents have registered. */
    void (*on_ready)(void *arg, const char *node_id);
    /** The node has stopped (asked to, or after lame duck) and may be freed. */
    void (*on_stopped)(void *arg);
    void *arg;
} nex_node_options;

/** Checks the options and makes a node that does nothing yet. */
nex_status nex_node_new(nex_node **out, const nex_node_options *options, nex_error *err);
/** Serves. on_ready runs later; what hinders it before that ends in err or in the log. */
nex_status nex_node_start(nex_node *node, nex_error *err);
/** Stops in order: no bids, workloads ended (unless kept), NODESTOPPED; then on_stopped. */
void nex_node_stop(nex_node *node);
/** NEX_OK, or why the node stopped by itself. */
nex_status nex_node_result(const nex_node *node, nex_error *err);
/** After on_stopped, or at once (as a crash would leave things). NULL is fine. */
void nex_node_free(nex_node *node);
const char *nex_node_id(const nex_node *node);

/* ---- A nats-server child (--inats, --inats-config) --------------------------------------- */

typedef struct nex_inats nex_inats;

typedef struct nex_inats_options {
    nex_loop *loop; /**< must have a libuv loop underneath */
    const nex_log *log;
    const char *program;     /**< default "nats-server" of PATH */
    const char *config_file; /**< NULL: a server on 127.0.0.1:4222 with JetStream */
    const char *store_dir;   /**< JetStream files of a server without a config_file */
    int port;                /**< of a server without a config_file; 0: 4222, -1: any free one */
} nex_inats_options;

/** Starts the server and waits (at most 5 s) until it takes connections. */
nex_status nex_inats_start(nex_inats **out, const nex_inats_options *options, nex_error *err);
/** The URL clients on this machine connect to. */
const char *nex_inats_url(const nex_inats *inats);
/** Ends the server (orderly, then by force) and frees. NULL is fine. */
void nex_inats_stop(nex_inats *inats);

#endif
