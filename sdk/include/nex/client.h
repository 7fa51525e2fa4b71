/*
 * nex/client.h - what a program asks of nodes: start, stop, clone and list workloads; list,
 * inspect and drain nodes; follow logs and events.
 *
 * A client sits on a nex_bus and its loop. Nothing blocks: each call begins an operation, and
 * its `done` callback runs once, on the loop thread, never inside the call that began it. What
 * a callback is handed lives until it returns. nex_client_wait runs the loop until one operation
 * has ended. A program without a loop takes a nex_caller instead, at the end of this header: it
 * has a thread and a connection of its own, and a blocking call for each operation here.
 *
 *     nex_client *client;
 *     nex_client_new(&client, &(nex_client_options){.bus = bus, .namespace_ = "default"}, &err);
 *     nex_client_list(client, NULL, on_list, NULL, NULL, &err);
 *
 * How long it waits. Requests to all nodes are gathered until every node has spoken. Nodes of
 * this project say in the reply header Nex-Nodes how many nodes they know, and decline with a
 * reason what they would else leave unanswered (Nex-Decline), so that usually nothing is waited
 * for. Where only nodes of the Go reference answer, nobody says how many there are: then the
 * gathering ends when no answer came for a stall time (1 s for auctions, 2 s for others).
 */
#ifndef NEX_CLIENT_H
#define NEX_CLIENT_H

#include <nex/bus.h>
#include <nex/events.h>
#include <nex/loop.h>
#include <nex/protocol.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Headers beyond the reference's protocol ---------------------------------------------- */

/** Request: "1" asks for an answer, a decline, where a node would stay silent. */
#define NEX_HEADER_EXPLAIN "Nex-Explain"
/** Request: the one nexus whose nodes shall answer. Reply: the nexus of the node. */
#define NEX_HEADER_NEXUS "Nex-Nexus"
/** Reply: how many nodes the answering node knows to be there, itself included. */
#define NEX_HEADER_NODES "Nex-Nodes"
/** Reply: id of the node that answers, where the body does not hold it. */
#define NEX_HEADER_NODE "Nex-Node"
/** Reply, beside the node's own: id of a node that was counted and is not there any more. */
#define NEX_HEADER_GONE "Nex-Gone"
/** Reply: why not (type, lifecycle, tags, capacity, lameduck, unknown), with an empty body. */
#define NEX_HEADER_DECLINE "Nex-Decline"
/** Reply: the same for people, with what the node offers instead. */
#define NEX_HEADER_DECLINE_DETAIL "Nex-Decline-Detail"
/**
 * Deploy: "1" asks to be told while the nexlet is at it. Reply: "1", with an empty body: it is,
 * and the answer follows.
 */
#define NEX_HEADER_PROGRESS "Nex-Progress"
/** Bid: "1" when the agent opens an environment sealed to its curve key. */
#define NEX_HEADER_BOXED_ENV "Nex-Boxed-Env"

/* ---- Clients ------------------------------------------------------------------------------ */

typedef struct nex_client nex_client;
/** An operation under way. It ends with its callback: do not use the handle from then on. */
typedef struct nex_client_op nex_client_op;

/** Zero is the default of every field but bus. Texts are copied. */
typedef struct nex_client_options {
    nex_bus *bus;           /**< borrowed; must outlive the client */
    const char *namespace_; /**< default "system", the administrators' */
    const char *nexus;      /**< nodes of other nexuses shall not answer; NULL: all may */
    nex_duration timeout;   /**< for each single answer; default 5 s */
    /** For the answer to a stop, which comes when the workload is gone; default 30 s. */
    nex_duration stop_timeout;
    nex_duration auction_stall; /**< silence that ends an auction; default 1 s */
    nex_duration stall;         /**< silence that ends other gatherings; default 2 s */
    bool plain_environment;     /**< never seal the environment of a start request */
} nex_client_options;

NEX_API nex_status nex_client_new(nex_client **out, const nex_client_options *options,
                                  nex_error *err);
/** Forgets the operations under way, whose callbacks do not run. NULL is fine. */
NEX_API void nex_client_free(nex_client *client);
NEX_API const char *nex_client_namespace(const nex_client *client);

/** Forgets an operation; its callback does not run. What was sent is not taken back. */
NEX_API void nex_client_cancel(nex_client_op *op);
/**
 * Runs the loop until the operation has ended. The loop must be one that nex_loop_run runs and
 * that nobody else is running.
 */
NEX_API void nex_client_wait(nex_client_op *op);

/* ---- How an operation went ---------------------------------------------------------------- */

/** A node that did not do what was asked, and why. */
typedef struct nex_decline {
    const char *node_id; /**< or the bid's id, or "" when the node did not say who it is */
    const char *reason;  /**< type, lifecycle, tags, capacity, lameduck, unknown; or "error" */
    const char *detail;  /**< for people; "" when there is none */
} nex_decline;

/** First argument of all callbacks after their own. */
typedef struct nex_outcome {
    nex_status status;
    const nex_error *error; /**< never NULL; its message says what failed, on what */
    const char *error_id;   /**< the node's log names the cause beside it; "" when there is none */
    const nex_decline *declines;
    size_t decline_count;
    bool not_placed; /**< it failed for want of a node that takes the workload */
    size_t answered; /**< nodes that answered */
    size_t expected; /**< nodes that should have answered; 0 when nobody said */
} nex_outcome;

/* ---- Auctions ----------------------------------------------------------------------------- */

/** A node's offer to run something. */
typedef struct nex_bid {
    const nex_auction_response *response;
    const char *node_id;    /**< "" when the node did not say */
    bool boxed_environment; /**< its agent opens a sealed environment */
} nex_bid;

typedef struct nex_auction_options {
    const char *type;                 /**< required, for example "native" */
    nex_workload_lifecycle lifecycle; /**< 0: any */
    const nex_string_map *tags;       /**< a node must have them all; may be NULL */
    const char *node_id;              /**< only this node's bids; NULL: all. */
    const char *namespace_;           /**< NULL: the client's */
} nex_auction_options;

typedef void (*nex_auction_cb)(void *arg, const nex_outcome *outcome, const nex_bid *bids,
                               size_t count);

/** Asks who could run something. No bid at all is NEX_ENOTFOUND, with declines. */
NEX_API nex_status nex_client_auction(nex_client *client, const nex_auction_options *options,
                                      nex_auction_cb done, void *arg, nex_client_op **out,
                                      nex_error *err);

/* ---- Workloads ---------------------------------------------------------------------------- */

/** What runs now. All "" when nothing was started. */
typedef struct nex_started {
    const char *id;
    const char *name;
    const char *namespace_;
    const char *node_id; /**< "" when the node did not say */
    const char *type;
} nex_started;

/**
 * Judges the bid that was drawn before anything is sent to it, say, whether the start request
 * fits bid->response->start_request_schema. Not NEX_OK: the next bid is drawn; when none is
 * left, the first such error is the operation's.
 */
typedef nex_status (*nex_accept_fn)(void *arg, const nex_bid *bid, nex_error *err);

typedef struct nex_start_options {
    /** Copied. Namespace NULL or "": the client's; tags are those asked of the node. */
    const nex_start_workload_request *request;
    const char *node_id;  /**< only this node; NULL: any */
    nex_accept_fn accept; /**< may be NULL */
    void *accept_arg;
} nex_start_options;

typedef void (*nex_start_cb)(void *arg, const nex_outcome *outcome, const nex_started *started);

/**
 * Starts a workload: auction, a random one of the bids that suit, deploy; the next bid when a
 * deploy fails or is not answered within the timeout. That is called off first, which the node
 * confirms, so that the workload never runs in two places; a node of the Go reference cannot be
 * told. At the last bid a node that says it is at it is waited for, for a minute at most. Nobody
 * to run it is NEX_ENOTFOUND, and the declines say why, node by node.
 */
NEX_API nex_status nex_client_start(nex_client *client, const nex_start_options *options,
                                    nex_start_cb done, void *arg, nex_client_op **out,
                                    nex_error *err);

/** response is NULL unless a node stopped the workload. */
typedef void (*nex_stop_cb)(void *arg, const nex_outcome *outcome,
                            const nex_stop_workload_response *response);

/**
 * Stops a workload and ends when it is gone. A client of namespace "system" first finds the
 * workload's namespace. NEX_ENOTFOUND when no node has it.
 */
NEX_API nex_status nex_client_stop(nex_client *client, const char *workload_id, nex_stop_cb done,
                                   void *arg, nex_client_op **out, nex_error *err);

typedef struct nex_clone_options {
    const char *workload_id;
    const nex_string_map *tags; /**< asked of the node of the clone; may be NULL */
    bool stop;                  /**< stop the original once the clone runs */
} nex_clone_options;

/**
 * started: the clone, when it runs, even if stopping the original failed (then the outcome
 * tells that). stopped: the answer to the stop, NULL when none was asked for or it failed.
 */
typedef void (*nex_clone_cb)(void *arg, const nex_outcome *outcome, const nex_started *started,
                             const nex_stop_workload_response *stopped);

/** Fetches a workload's request and starts it once more, in the workload's own namespace. */
NEX_API nex_status nex_client_clone(nex_client *client, const nex_clone_options *options,
                                    nex_clone_cb done, void *arg, nex_client_op **out,
                                    nex_error *err);

typedef struct nex_listed_workload {
    const nex_workload_summary *summary;
    const char *node_id; /**< "" when the node did not say */
} nex_listed_workload;

typedef void (*nex_list_cb)(void *arg, const nex_outcome *outcome,
                            const nex_listed_workload *workloads, size_t count);

/**
 * Lists the workloads of the namespace ("system": of all). filter: ids or names, NULL: all.
 * Nodes that failed are among the declines; the list holds what the others said.
 */
NEX_API nex_status nex_client_list(nex_client *client, const nex_string_list *filter,
                                   nex_list_cb done, void *arg, nex_client_op **out,
                                   nex_error *err);

/* ---- Nodes -------------------------------------------------------------------------------- */

typedef void (*nex_nodes_cb)(void *arg, const nex_outcome *outcome,
                             const nex_node_ping_response *const *nodes, size_t count);

/** Lists nodes that have all tags of filter (NULL: all nodes). */
NEX_API nex_status nex_client_list_nodes(nex_client *client, const nex_string_map *filter,
                                         nex_nodes_cb done, void *arg, nex_client_op **out,
                                         nex_error *err);

/** node is NULL when it did not answer. */
typedef void (*nex_ping_cb)(void *arg, const nex_outcome *outcome,
                            const nex_node_ping_response *node);
/** Asks one node whether it is there: NEX_ENOTFOUND when it is not. */
NEX_API nex_status nex_client_ping(nex_client *client, const char *node_id, nex_ping_cb done,
                                   void *arg, nex_client_op **out, nex_error *err);

/** info is NULL when the node did not answer. */
typedef void (*nex_node_info_cb)(void *arg, const nex_outcome *outcome,
                                 const nex_node_info_response *info);
NEX_API nex_status nex_client_node_info(nex_client *client, const char *node_id,
                                        nex_node_info_cb done, void *arg, nex_client_op **out,
                                        nex_error *err);

typedef struct nex_lameduck_options {
    const char *node_id;       /**< one node, or NULL: */
    const nex_string_map *tag; /**< all nodes that have the tags */
    nex_duration delay;        /**< how long workloads may run on */
} nex_lameduck_options;

typedef struct nex_lameduck_result {
    const char *node_id;
    nex_status status;
    const nex_lameduck_response *response; /**< NULL when status is not NEX_OK */
} nex_lameduck_result;

/** One result a node. The outcome is NEX_OK when each node said yes. */
typedef void (*nex_lameduck_cb)(void *arg, const nex_outcome *outcome,
                                const nex_lameduck_result *results, size_t count);

/** Drains a node, or all nodes with a tag. Nobody there is NEX_ENOTFOUND. */
NEX_API nex_status nex_client_lameduck(nex_client *client, const nex_lameduck_options *options,
                                       nex_lameduck_cb done, void *arg, nex_client_op **out,
                                       nex_error *err);

/* ---- Feeds -------------------------------------------------------------------------------- */

/** A piece of what a workload writes, or one line of metrics. */
typedef struct nex_feed_output {
    const char *namespace_;
    const char *workload_id;
    const char *stream; /**< "stdout", "stderr" or "metrics" */
    const char *data;   /**< as it was written: whole lines where its nexlet keeps them whole */
    size_t len;
    /** Messages of this connection that were dropped before it, nobody knows whose. */
    uint64_t missed;
} nex_feed_output;

typedef void (*nex_output_cb)(void *arg, const nex_feed_output *output);

/**
 * Hands over what a workload (NULL: all) of the client's namespace ("system": of any) writes from
 * now on, until the operation is cancelled or the client freed; it ends in no other way. What a
 * workload writes that the same client starts afterwards is heard from its first line on. While
 * there is no connection to NATS nothing is heard, and it is not repeated afterwards. A program
 * that is too slow loses pieces (`missed`), and nothing else: see max_pending in nex/bus.h.
 */
NEX_API nex_status nex_client_follow_logs(nex_client *client, const char *workload_id,
                                          nex_output_cb on_output, void *arg, nex_client_op **out,
                                          nex_error *err);
/** The same for events, of one type or (NULL) all, with the subjects of both spellings. */
NEX_API nex_status nex_client_follow_events(nex_client *client, const char *type,
                                            nex_event_cb on_event, void *arg, nex_client_op **out,
                                            nex_error *err);

/* ---- Blocking calls ----------------------------------------------------------------------- */

/**
 * A client with a loop, a connection and a thread of its own. Any number of threads may call at
 * the same time; each call returns when its operation has ended, which the times in the options
 * bound. Not to be called from the caller's own thread (NEX_ESTATE).
 */
typedef struct nex_caller nex_caller;

/** Connects, which blocks at most connection->timeout. The bus in options is ignored. */
NEX_API nex_status nex_caller_open(nex_caller **out, const nex_bus_options *connection,
                                   const nex_client_options *options, nex_error *err);
/**
 * Ends what is under way with NEX_ECANCELED, waits for those threads to leave, and frees. No call
 * may begin once it was called.
 */
NEX_API void nex_caller_close(nex_caller *caller);
/** Ends what is under way with NEX_ECANCELED. Any thread; what was sent is not taken back. */
NEX_API nex_status nex_caller_cancel(nex_caller *caller);

/**
 * Runs fn on the caller's thread and returns what it returns: there it may begin operations of
 * `client` that do not block. Their callbacks run on that thread.
 */
NEX_API nex_status nex_caller_do(nex_caller *caller,
                                 nex_status (*fn)(void *arg, nex_client *client, nex_error *err),
                                 void *arg, nex_error *err);

/** What a call brought: as the operation's callback gets it. The rest is zero, or all "". */
typedef struct nex_answer {
    nex_outcome outcome;
    const nex_bid *bids; /**< auction */
    size_t bid_count;
    nex_started started;                       /**< start, clone */
    const nex_stop_workload_response *stopped; /**< stop, clone; may be NULL */
    const nex_listed_workload *workloads;      /**< list */
    size_t workload_count;
    const nex_node_ping_response *const *nodes; /**< list_nodes */
    size_t node_count;
    const nex_node_ping_response *ping; /**< ping; NULL when it failed */
    const nex_node_info_response *info; /**< node_info; NULL when it failed */
    const nex_lameduck_result *drained; /**< lameduck */
    size_t drained_count;
} nex_answer;

/** Any thread, also after the caller was closed. NULL is fine. */
NEX_API void nex_answer_free(nex_answer *answer);

/*
 * The operations above. They return the outcome's status, with its error in err. *out is to be
 * freed whatever they return: an operation that began and failed has an answer too, with the
 * declines; one that did not, or was cancelled, leaves NULL.
 */
NEX_API nex_status nex_caller_auction(nex_caller *caller, const nex_auction_options *options,
                                      nex_answer **out, nex_error *err);
/** options->accept runs on the caller's thread. */
NEX_API nex_status nex_caller_start(nex_caller *caller, const nex_start_options *options,
                                    nex_answer **out, nex_error *err);
NEX_API nex_status nex_caller_stop(nex_caller *caller, const char *workload_id, nex_answer **out,
                                   nex_error *err);
NEX_API nex_status nex_caller_clone(nex_caller *caller, const nex_clone_options *options,
                                    nex_answer **out, nex_error *err);
NEX_API nex_status nex_caller_list(nex_caller *caller, const nex_string_list *filter,
                                   nex_answer **out, nex_error *err);
NEX_API nex_status nex_caller_list_nodes(nex_caller *caller, const nex_string_map *filter,
                                         nex_answer **out, nex_error *err);
NEX_API nex_status nex_caller_ping(nex_caller *caller, const char *node_id, nex_answer **out,
                                   nex_error *err);
NEX_API nex_status nex_caller_node_info(nex_caller *caller, const char *node_id, nex_answer **out,
                                        nex_error *err);
NEX_API nex_status nex_caller_lameduck(nex_caller *caller, const nex_lameduck_options *options,
                                       nex_answer **out, nex_error *err);

/**
 * Logs or events that wait to be taken. At most 8 MiB wait: what comes when there is no room is
 * dropped, and counted in `missed` of the next that is taken.
 */
typedef struct nex_feed nex_feed;

NEX_API nex_status nex_caller_follow_logs(nex_caller *caller, const char *workload_id,
                                          nex_feed **out, nex_error *err);
NEX_API nex_status nex_caller_follow_events(nex_caller *caller, const char *type, nex_feed **out,
                                            nex_error *err);
/**
 * Waits for the next piece, which lives until the next call for this feed. NEX_ETIMEOUT: none came
 * in time. NEX_ECANCELED: nex_caller_cancel was called since the last call, or the caller was
 * closed. NEX_ESTATE: it is a feed of the other kind. One thread at a time.
 */
NEX_API nex_status nex_feed_next_output(nex_feed *feed, nex_duration timeout, nex_feed_output *out);
NEX_API nex_status nex_feed_next_event(nex_feed *feed, nex_duration timeout, nex_feed_event *out);
/** Before or after the caller is closed. NULL is fine. */
NEX_API void nex_feed_free(nex_feed *feed);

#ifdef __cplusplus
}
#endif

#endif
