/*
 * nex/run.h - nexlets in a blocking style: no event loop, a few functions that may take their
 * time.
 *
 * nex_agent_run does what nex/agent.h does and keeps the list of workloads besides: what is asked
 * about them (lists, clones, heartbeats) it answers by itself. Callbacks run on worker threads
 * (libuv's pool: four, or UV_THREADPOOL_SIZE), those of one workload one after the other, those
 * of several side by side.
 */
#ifndef NEX_RUN_H
#define NEX_RUN_H

#include <nex/agent.h>
#include <nex/events.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_run nex_run;

typedef struct nex_run_ops {
    /**
     * Fills in what the nexlet is, as register_agent of nex_agent_ops. Called once, by the thread
     * that called nex_agent_run.
     */
    nex_status (*describe)(void *self, nex_register_agent_request *out, nex_error *err);
    /**
     * Starts a workload and returns when it runs, or why it does not. request lives during the
     * call; its environment is open, but secret://NAME stands as it is (nex_run_secret). existing:
     * it may run already; then take it over. Never called for one that runs.
     */
    nex_status (*start)(void *self, nex_run *run, const char *workload_id,
                        const nex_agent_start_workload_request *request, bool existing,
                        nex_error *err);
    /** Stops a workload and returns when nothing of it is left. */
    void (*stop)(void *self, nex_run *run, const char *workload_id);
    /** Optional. New credentials of a workload that runs, before the old ones expire. */
    void (*renewed)(void *self, nex_run *run, const char *workload_id,
                    const nex_nats_connection_data *creds);
    /**
     * Needed for nex_run_trigger. A message came for a function: appends the answer to reply, or
     * returns why there is none, which the sender gets in the header `error`. Messages are worked
     * on side by side, also those of one workload (on all worker threads but one, which is left for
     * starts and stops), from the end of its start on; stop comes when the last of them has ended.
     */
    nex_status (*trigger)(void *self, nex_run *run, const char *workload_id, const nex_msg *msg,
                          nex_buf *reply, nex_error *err);
    /**
     * Optional. An event that nex_run_options.events asks for; or what was published to this
     * agent's own subject, $NEX.FEED.<agent>.events, with the agent's id as `from` and "" as type.
     * One after the other, in the order in which they came.
     */
    void (*event)(void *self, nex_run *run, const nex_feed_event *event);
} nex_run_ops;

typedef struct nex_run_options {
    /**
     * How to register; loop is ignored. With node_id NULL: as the environment says when a node
     * started this program, else remote, with `connection` kept trying.
     */
    nex_agent_options agent;
    bool keep_signals; /**< SIGTERM and SIGINT are the program's; it calls nex_run_stop */
    const nex_event_filter *events; /**< what the callback `event` hears; see nex_agent_listen */
    size_t event_count;
} nex_run_options;

/**
 * Runs a nexlet until SIGTERM, SIGINT or nex_run_stop; then stops its workloads and returns. A
 * second signal kills the program. options may be NULL. An error before the first registration
 * is returned; later ones are logged and tried again.
 */
NEX_API nex_status nex_agent_run(const nex_run_ops *ops, void *self, const nex_run_options *options,
                                 nex_error *err);
/** Ends nex_agent_run. Any thread. */
NEX_API void nex_run_stop(nex_run *run);

/**
 * Publishes output of a workload, in the order of the calls, as whole lines: any bytes may be given
 * at a time, see nex_writer_new. Any thread, from the call of start on; does not block. NEX_ELIMIT:
 * more than 8 MiB wait for the loop; NEX_ENOMEM.
 */
NEX_API nex_status nex_run_output(nex_run *run, const char *workload_id, nex_output output,
                                  const void *data, size_t len);
/**
 * A workload has ended by itself: well (error NULL) or not. stop is not called for it. Any
 * thread, from the call of start on.
 */
NEX_API void nex_run_ended(nex_run *run, const char *workload_id, const char *error);
/**
 * Appends a secret; blocks, so for worker threads only (in start). name without "secret://". Wipe
 * the buffer after use.
 */
NEX_API nex_status nex_run_secret(nex_run *run, const char *namespace_, const char *name,
                                  nex_buf *out, nex_error *err);
/**
 * Subscribes a subject for a workload, whose messages go to the callback `trigger`; copies of a
 * function (same namespace and name) share them. subject NULL: "<namespace>.function.<name>", which
 * agents may always subscribe. Blocks until the subscription is on its way, so for worker threads
 * only (in start, as a rule). It ends with the workload. At most 1,024 messages and 8 MiB wait for
 * a thread; more are answered with an error.
 */
NEX_API nex_status nex_run_trigger(nex_run *run, const char *workload_id, const char *subject,
                                   nex_error *err);

#ifdef __cplusplus
}
#endif

#endif
