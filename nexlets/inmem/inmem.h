/*
 * inmem/inmem.h - the in-memory nexlet: jobs, services and functions that exist in the nexlet's
 * own memory only. It does all a nexlet can do (output, metrics, events, triggers, ingress,
 * secrets, an event listener) without a process, so tests of nodes, clients and nexlets use it.
 *
 * All functions and callbacks run on the loop thread.
 */
#ifndef INMEM_INMEM_H
#define INMEM_INMEM_H

#include <nex/agent.h>

typedef struct nex_inmem nex_inmem;

/** Zero is the default of every field. Texts are copied. */
typedef struct nex_inmem_options {
    nex_loop *loop;
    const nex_log *log;    /**< borrowed */
    const char *type;      /**< register_type; default "inmem" */
    int64_t max_workloads; /**< 0: no limit */
} nex_inmem_options;

nex_status nex_inmem_new(nex_inmem **out, const nex_inmem_options *options, nex_error *err);
/** The callbacks for nex_agent_new, with the nexlet as self. */
const nex_agent_ops *nex_inmem_ops(void);
/** Gives the nexlet its runner; comes before nex_agent_start. */
void nex_inmem_attach(nex_inmem *inmem, nex_agent *agent);
/** Ends all workloads, then calls done once. */
void nex_inmem_stop_all(nex_inmem *inmem, void (*done)(void *arg), void *arg);
/** Lets go of the runner, which may be freed then; workloads are forgotten without a word. */
void nex_inmem_detach(nex_inmem *inmem);
/** Detaches and frees. NULL is fine. */
void nex_inmem_free(nex_inmem *inmem);

/** How many workloads there are, in whatever state. */
size_t nex_inmem_count(const nex_inmem *inmem);

#endif
