/*
 * nex/agent.h - what a nexlet is made of: a table of callbacks, and the runner that connects
 * it to a node.
 *
 * The runner registers the agent (embedded in a node, as a child process of one, or remote),
 * serves its endpoints, sends heartbeats every ten seconds, replays the workloads that the node
 * says it had, reconnects, registers again when its node forgot it, and answers $SRV.
 *
 * What goes wrong, and what comes of it:
 *  - Out of memory: what was being done fails and says so (NEX_ENOMEM, an error answer, a line in
 *    the log, or for want of even that a time-out at the other side); registrations and workloads
 *    that were handed back are tried again; nothing else is lost.
 *  - The connection closes: it is made anew, for ever, and endpoints and triggers with it. Events
 *    and output wait meanwhile, up to nex_bus_options.max_pending messages or 8 MiB; above that,
 *    and while there is no bus at all, functions that publish answer NEX_ELIMIT or NEX_ESTATE.
 *    Refused for good, the agent registers again, with growing pauses.
 *  - The agent is slow, and more than max_pending messages wait for its loop: further requests and
 *    messages to triggers are dropped, so their senders time out, and the log says how many;
 *    answers to what it asked itself are never dropped.
 *  - A callback never answers: see below. Heartbeats and other calls go on.
 *  - start_workload fails for a workload that was handed back: it is asked for once more after 5 s,
 *    then with growing pauses of up to 5 minutes.
 *
 * Callbacks run on the loop thread and must not block. A callback that is handed a
 * nex_agent_call answers it exactly once, at once or later, from any thread. The messages that
 * a callback receives live until its call is answered. A call that outlives its agent must be
 * answered all the same: the answer goes nowhere, but ends the call. One that is never answered
 * times out at the other side and keeps its memory for ever. After nex_loop_free nothing may be
 * answered from another thread.
 */
#ifndef NEX_AGENT_H
#define NEX_AGENT_H

#include <nex/bus.h>
#include <nex/events.h>
#include <nex/log.h>
#include <nex/loop.h>
#include <nex/protocol.h>

#ifdef __cplusplus
extern "C" {
#endif

/** STARTWORKLOAD, beyond the reference's protocol: "1" when the node believes that it runs. */
#define NEX_HEADER_EXISTING "Nex-Existing"

typedef struct nex_agent nex_agent;

/** A request that waits for its answer. */
typedef struct nex_agent_call nex_agent_call;

/** Answers of the calls below; each ends the call. Any thread may call them. */
NEX_API void nex_agent_answer_start(nex_agent_call *call, const char *id, const char *name);
NEX_API void nex_agent_answer_stop(nex_agent_call *call);
/** request NULL: the workload is not known here (nothing is sent). */
NEX_API void nex_agent_answer_get(nex_agent_call *call, const nex_start_workload_request *request);
NEX_API void nex_agent_answer_query(nex_agent_call *call,
                                    const nex_agent_list_workloads_response *list);
NEX_API void nex_agent_answer_lameduck(nex_agent_call *call);
NEX_API void nex_agent_answer_logs(nex_agent_call *call,
                                   const nex_workload_logs_response *response);
/** Ends any call with an error, whose text reaches the client. */
NEX_API void nex_agent_fail(nex_agent_call *call, const char *fmt, ...) NEX_PRINTF(2, 3);

/** What a nexlet implements. self is the pointer given to nex_agent_new. */
typedef struct nex_agent_ops {
    /**
     * Describes the agent: name, register_type, description, version, max_workloads,
     * supported_lifecycles, start_request_schema; public_xkey is filled in by the runner. out is
     * an empty message: put texts into its memory (nex_message_strdup).
     */
    nex_status (*register_agent)(void *self, nex_register_agent_request *out, nex_error *err);
    /**
     * Reports workload_count, state (running, lameduck, ...) in out->summary, and free text of
     * the agent's own in out->data; the runner fills in the rest. Also answers PING.
     */
    nex_status (*heartbeat)(void *self, nex_agent_heartbeat *out, nex_error *err);
    /**
     * Starts a workload. existing: the node believes that it runs already (after a restart of
     * node or nexlet): take it over if it does, start it only if it does not. A second start of
     * an id that runs must answer as the first did. With existing, workload_creds are new ones:
     * the runner registers again well before they expire, and hands each workload its next here.
     */
    void (*start_workload)(void *self, const char *workload_id,
                           const nex_agent_start_workload_request *request, bool existing,
                           nex_agent_call *call);
    /**
     * Stops a workload and answers when it is gone. Asked only for ids that `has_workload` knows
     * in the namespace of the request.
     */
    void (*stop_workload)(void *self, const char *workload_id,
                          const nex_stop_workload_request *request, nex_agent_call *call);
    /** Gives back the request a workload was started with. */
    void (*get_workload)(void *self, const char *workload_id, const char *namespace_,
                         const char *target_xkey, nex_agent_call *call);
    /** Lists workloads of a namespace ("system": of all), by ids or names when filter has any. */
    void (*query_workloads)(void *self, const char *namespace_, const nex_string_list *filter,
                            nex_agent_call *call);
    /** No new work from now on; what runs may run until `delay` has passed. */
    void (*set_lameduck)(void *self, nex_duration delay, nex_agent_call *call);
    /** Whether a workload is this agent's, in that namespace (NULL: in any). */
    bool (*has_workload)(void *self, const char *workload_id, const char *namespace_);
    /** Optional. The TCP port a workload exposes first, 0 for none: for the ingress manager. */
    int (*workload_port)(void *self, const char *workload_id);
    /**
     * Optional. Reads back what a workload wrote. Asked only for ids that `has_workload` knows in
     * the namespace of the request. A reader gets on by asking for `next` of the last answer, so
     * that it has no more under way than one answer. A nexlet that keeps output publishes it with
     * its sequence numbers (nex_agent_output_piece), by which readers join both without gap.
     */
    void (*read_logs)(void *self, const char *workload_id, const nex_workload_logs_request *request,
                      nex_agent_call *call);
    /** Optional. Receives what is published to this agent's own subject, $NEX.FEED.<agent>.events.
     */
    void (*event)(void *self, const void *data, size_t len);
    /** Optional. Registered, or registered again, with the node. */
    void (*registered)(void *self, const char *node_id, const char *agent_id);
} nex_agent_ops;

typedef nex_status (*nex_connect_fn)(void *arg, nex_bus **out, nex_loop *loop,
                                     const nex_bus_options *options, nex_error *err);

typedef enum nex_agent_mode {
    NEX_AGENT_EMBEDDED, /**< in the node's process: uses its bus, node_id and agent_id are set */
    NEX_AGENT_LOCAL,    /**< the node's child: node_id, agent_id and connection are set */
    NEX_AGENT_REMOTE    /**< asks a node of the nexus for an id and credentials */
} nex_agent_mode;

typedef struct nex_agent_options {
    nex_agent_mode mode;
    nex_loop *loop;
    const nex_log *log;         /**< borrowed */
    nex_bus *bus;               /**< embedded: the node's, borrowed */
    const char *nexus;          /**< default "nexus" */
    const char *node_id;        /**< embedded, local; remote: the node it was with */
    const char *agent_id;       /**< embedded, local; remote: the id it had, to get it again */
    nex_bus_options connection; /**< local, remote: how to reach NATS for registering */
    /**
     * The agent's curve key. NULL: a new one each run, which cannot open the environments that
     * were sealed to the last one when the node hands its workloads back.
     */
    const char *xkey_seed;
    /**
     * Remote: a file (mode 0600) in which the runner keeps the id it was given and its curve key;
     * an agent that is made with it again is the same one and gets its workloads back.
     */
    const char *identity_file;
    const char *ingress_address; /**< IP address for the ingress manager; NULL: no ingress */
    bool events_compat;          /**< publish events with the reference's spelling too */
    bool log_output; /**< what workloads write goes to the log as well, in group "workload" */
    /** Where events go instead of NATS (embedded: the node decides); NULL: NATS. */
    void (*emit)(void *arg, const char *from, const char *type, const char *json, size_t len);
    void *emit_arg;
    nex_connect_fn connect; /**< NULL: nex_bus_connect */
    void *connect_arg;
} nex_agent_options;

/**
 * Reads mode, ids, keys and connection of a local agent from NEX_AGENT_... in the environment.
 * NEX_ENOTFOUND names the variable that is missing. Free with nex_agent_options_free, once
 * nex_agent_new has copied them.
 */
NEX_API nex_status nex_agent_options_from_env(nex_agent_options *options, nex_error *err);
/** Frees what nex_agent_options_from_env allocated, and clears options. */
NEX_API void nex_agent_options_free(nex_agent_options *options);

/** Makes a runner; ops and self are borrowed, texts of options copied. */
NEX_API nex_status nex_agent_new(nex_agent **out, const nex_agent_ops *ops, void *self,
                                 const nex_agent_options *options, nex_error *err);
/** Registers and serves. What fails later is logged and tried again, for ever. */
NEX_API nex_status nex_agent_start(nex_agent *agent, nex_error *err);
/** Ends heartbeats and endpoints, sends AGENTSTOPPED. Workloads are the caller's business. */
NEX_API void nex_agent_stop(nex_agent *agent, const char *reason);
/** Calls still open are answered by nobody. NULL is fine. */
NEX_API void nex_agent_free(nex_agent *agent);

NEX_API bool nex_agent_is_registered(const nex_agent *agent);
NEX_API const char *nex_agent_id(const nex_agent *agent);
NEX_API const char *nex_agent_node_id(const nex_agent *agent);
NEX_API nex_bus *nex_agent_bus(nex_agent *agent);

/** On published output: the piece's number in the log that the agent keeps of the workload. */
#define NEX_HEADER_SEQUENCE "Nex-Seq"

typedef enum nex_output { NEX_STDOUT, NEX_STDERR, NEX_METRICS } nex_output;

/** Publishes a piece of a workload's output. Loop thread only. */
NEX_API nex_status nex_agent_output(nex_agent *agent, const char *workload_id,
                                    const char *namespace_, nex_output output, const void *data,
                                    size_t len);
/**
 * The same with the piece's number in the workload's log, from 1, which travels in the header
 * NEX_HEADER_SEQUENCE. 0: none is kept.
 */
NEX_API nex_status nex_agent_output_piece(nex_agent *agent, const char *workload_id,
                                          const char *namespace_, nex_output output,
                                          uint64_t sequence, const void *data, size_t len);

typedef struct nex_writer nex_writer;

/**
 * A writer for one stream of a workload, which makes messages of whatever bytes it is given, so
 * that readers get whole lines. Several lines that came at once are one message; a line longer than
 * 64 KiB (or than NATS takes) goes out in parts, cut between characters; what is no whole line goes
 * out after 50 ms without more, or at a flush. Of NEX_METRICS each line is a record and a message
 * of its own, without the newline, and a record that is too long is lost. Writers never block: what
 * cannot be sent (see nex_agent_output) is dropped, counted, and said in the log. NEX_ENOMEM;
 * NEX_EINVAL: the ids are no tokens of a subject. Writers are used on the loop thread only and
 * freed before their agent.
 */
NEX_API nex_status nex_writer_new(nex_writer **out, nex_agent *agent, const char *workload_id,
                                  const char *namespace_, nex_output output);
NEX_API void nex_writer_write(nex_writer *writer, const void *data, size_t len);
/** Sends also what is no whole line yet. */
NEX_API void nex_writer_flush(nex_writer *writer);
/** Bytes that were dropped. */
NEX_API uint64_t nex_writer_lost(const nex_writer *writer);
/** Flushes and frees; NULL is fine. */
NEX_API void nex_writer_free(nex_writer *writer);

/** Events of workloads. */
NEX_API nex_status nex_agent_emit_started(nex_agent *agent, const char *namespace_,
                                          const nex_workload_started_event *event);
NEX_API nex_status nex_agent_emit_stopped(nex_agent *agent, const char *namespace_,
                                          const nex_workload_stopped_event *event);
NEX_API nex_status nex_agent_emit_triggered(nex_agent *agent, const char *namespace_,
                                            const nex_workload_triggered_event *event);
/** Any other event: type is the last token of the subject, json its body. */
NEX_API nex_status nex_agent_emit(nex_agent *agent, const char *from, const char *type,
                                  const char *json, size_t len);
/** Tells the ingress manager that a workload's port is there again (the start tells it, too). */
NEX_API void nex_agent_ingress_add(nex_agent *agent, const char *workload_id);
/** Tells the ingress manager that a workload is gone, or not ready. */
NEX_API void nex_agent_ingress_remove(nex_agent *agent, const char *workload_id);

/* ---- Credentials of workloads ------------------------------------------------------------- */

/** Appends NEX_WORKLOAD_NATS_SERVERS, ..._NKEY and ..._B64_JWT as "NAME=value"; to be wiped. */
NEX_API nex_status nex_workload_creds_environment(const nex_nats_connection_data *creds,
                                                  nex_string_list *out);
/**
 * Writes a creds file (mode 0600), in one step in place of an older one: NATS clients read it
 * again when they reconnect, which makes it the way to hand on renewed credentials. NEX_ENOTFOUND
 * when the node hands out no JWTs.
 */
NEX_API nex_status nex_workload_creds_file(const nex_nats_connection_data *creds, const char *path,
                                           nex_error *err);
/** The same as a sealed memory file, which the caller closes; close-on-exec is set. */
NEX_API nex_status nex_workload_creds_memfd(const nex_nats_connection_data *creds, int *out,
                                            nex_error *err);

/* ---- Secrets ------------------------------------------------------------------------------ */

/**
 * A secret's bytes, followed by a NUL, valid during the callback and overwritten after it; or why
 * there are none: NEX_ENOTFOUND, NEX_EREFUSED (the agent has no workload in that namespace),
 * NEX_ETIMEOUT, NEX_EUNREACHABLE (a node without secrets), NEX_ECANCELED (the agent was freed or
 * its connection replaced). err is never NULL and holds nothing of a value.
 */
typedef void (*nex_secret_cb)(void *arg, nex_status status, const void *value, size_t len,
                              const nex_error *err);
/**
 * Asks the node for a secret of a namespace in which this agent has a workload, or is starting
 * one. cb runs once, later, on the loop; not at all when this does not return NEX_OK.
 */
NEX_API nex_status nex_agent_get_secret(nex_agent *agent, const char *namespace_, const char *name,
                                        nex_secret_cb cb, void *arg);
/** Whether a text names a secret: "secret://NAME". */
NEX_API bool nex_is_secret(const char *text);

typedef void (*nex_resolved_cb)(void *arg, nex_status status, const nex_error *err);
/**
 * Puts secrets in the place of all values of environment and texts of argv that name one. Both
 * may be NULL; their memory is the caller's own (malloc) and must stay as it is until cb runs,
 * which it does once, at once when nothing names a secret, unless this returns NEX_ENOMEM. On
 * failure some may have been replaced: the texts must be wiped in any case.
 */
NEX_API nex_status nex_agent_resolve_secrets(nex_agent *agent, const char *namespace_,
                                             nex_string_map *environment, nex_string_list *argv,
                                             nex_resolved_cb cb, void *arg);

/* ---- Triggers of functions ---------------------------------------------------------------- */

typedef struct nex_trigger nex_trigger;
typedef struct nex_trigger_call nex_trigger_call;

/** A message arrived at a trigger. Answer once, from the loop thread, at once or later. */
typedef void (*nex_trigger_cb)(void *arg, nex_trigger_call *call, const nex_msg *msg);

/** Subscribes a subject for a workload; copies of a function share it through the queue group. */
NEX_API nex_status nex_agent_trigger_add(nex_agent *agent, const char *workload_id,
                                         const char *namespace_, const char *subject,
                                         const char *queue, nex_trigger_cb cb, void *arg,
                                         nex_trigger **out, nex_error *err);
NEX_API void nex_trigger_free(nex_trigger *trigger);
/**
 * Replies with headers workload_id and namespace, plus `error` when error is not NULL, and
 * emits WORKLOADTRIGGERED with the time since the message came.
 */
NEX_API void nex_trigger_reply(nex_trigger_call *call, const char *error, const void *data,
                               size_t len);
/** Ends a call without an answer and without an event: for messages that run nothing. */
NEX_API void nex_trigger_forget(nex_trigger_call *call);

/* ---- Events of others --------------------------------------------------------------------- */

typedef struct nex_listener nex_listener;

/**
 * Listens to events, in both spellings of their subjects, from now or the next registration on;
 * with every new connection, and with the next node where filter->from is NULL, it listens anew.
 * What is published while there is no connection is not heard. Where credentials are narrow, an
 * agent hears its node, itself and the namespaces it serves (docs/security.md). Callbacks come on
 * the loop and may free the listener. Loop thread only.
 */
NEX_API nex_status nex_agent_listen(nex_agent *agent, const nex_event_filter *filter,
                                    nex_event_cb cb, void *arg, nex_listener **out, nex_error *err);
/** NULL is fine. nex_agent_free frees those that are left. */
NEX_API void nex_listener_free(nex_listener *listener);

#ifdef __cplusplus
}
#endif

#endif
