/*
 * native/native.h - the native nexlet: runs programs of the host as processes.
 *
 * A node embeds it with an agent runner in embedded mode; the program nexlet-native runs it on
 * its own. Every workload lives under a nex-monitor, so that it outlives nexlet and node; a
 * nexlet that is made on the same state directory finds it again.
 *
 * All functions and callbacks run on the loop thread.
 */
#ifndef NATIVE_NATIVE_H
#define NATIVE_NATIVE_H

#include "native/process.h"

#include <nex/agent.h>
#include <nex/log.h>
#include <nex/loop.h>

typedef struct nex_native nex_native;

/** The default bound of the artifact cache: 1 GiB. */
#define NATIVE_CACHE_BYTES ((uint64_t)1 << 30)

/** Zero is the default of every field. Texts are copied. */
typedef struct nex_native_options {
    nex_loop *loop;
    const nex_log *log;            /**< borrowed */
    const char *state_dir;         /**< where workloads are on record; made if it does not exist */
    const char *private_dir;       /**< what strict workloads do not see; NULL: state_dir */
    const char *workload_cgroup;   /**< control group (v2) for the groups of workloads, as
                                        native/delegation.h has it; NULL: the nexlet's own */
    const char *monitor_path;      /**< NULL: nex-monitor beside the program, or in libexec */
    nex_duration metrics_interval; /**< 0: 10 s; less: nothing is measured */
    int64_t max_workloads;         /**< 0: no limit */
    uint64_t cache_bytes;          /**< most bytes of the artifact cache; 0: NATIVE_CACHE_BYTES */
    /**
     * Whoever asks for workloads forgets them at an orderly end: nothing needs to be kept then of
     * those that were stopped.
     */
    bool ephemeral;
    uint64_t workload_files; /**< open files a workload may have unless it asks; 0: as many as
                                  the nexlet */
    const nex_process_layer *processes; /**< NULL: real ones. Taken over, if all goes well. */
} nex_native_options;

/**
 * Lets this program open as many files as it may at all, since a nexlet needs two a workload.
 * Returns how many it was before, for nex_native_options.workload_files.
 */
uint64_t nex_native_open_more_files(void);
/** Makes a nexlet and reads what workloads are on record; they are adopted by `attach`. */
nex_status nex_native_new(nex_native **out, const nex_native_options *options, nex_error *err);
/** The callbacks for nex_agent_new, with the nexlet as self. */
const nex_agent_ops *nex_native_ops(void);
/** Gives the nexlet its runner, for output, events and triggers, and adopts what still runs. */
void nex_native_attach(nex_native *native, nex_agent *agent);
/** Ends all workloads (signal, grace, KILL) and calls done once when the last one is gone. */
void nex_native_stop_all(nex_native *native, void (*done)(void *arg), void *arg);
/**
 * Lets go of all workloads, which run on, for the next nexlet to adopt. Comes before
 * nex_agent_free, since triggers belong to the agent.
 */
void nex_native_detach(nex_native *native);
/** Detaches (see there) and frees. NULL is fine. */
void nex_native_free(nex_native *native);

#endif
