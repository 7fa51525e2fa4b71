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
} nex_run_ops;

typedef struct nex_run_options {
    /**
     * How to register; loop is ignored. With node_id NULL: as the environment says when a node
     * started this program, else remote, with `connection` kept trying.
     */
    nex_agent_options agent;
    bool keep_signals; /**< SIGTERM and SIGINT are the program's; it calls nex_run_stop */
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
 * Publishes output of a workload, in the order of the calls. Any thread, from the call of start
 * on; does not block. NEX_ELIMIT: more than 8 MiB wait for NATS; NEX_ENOMEM.
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

#ifdef __cplusplus
}
#endif

#endif
