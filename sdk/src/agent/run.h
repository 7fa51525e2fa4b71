/* agent/run.h - the blocking style's parts, as they see each other. */
#ifndef NEX_AGENT_RUN_H
#define NEX_AGENT_RUN_H

#include <nex/run.h>

#include <stdatomic.h>
#include <uv.h>

#define UTHASH_NONFATAL_OOM 1
#include <uthash.h>

typedef enum run_state { RUN_STARTING, RUN_RUNNING, RUN_STOPPING } run_state;

typedef struct run_calls {
    nex_agent_call **items;
    size_t count;
} run_calls;

typedef struct run_workload {
    nex_run *run;
    char *id;
    nex_agent_start_workload_request *request;
    nex_agent_start_workload_request *renewal; /* not yet told */
    run_state state;
    bool existing;
    bool busy;        /* a worker thread has it */
    bool stop_wanted; /* once it is not busy any more */
    bool ended;       /* by itself, and while it was busy */
    char *end_error;
    nex_time started;
    uint64_t since;
    run_calls starts;
    run_calls stops;
    uv_work_t work;
    nex_status status; /* of the work */
    nex_error err;
    UT_hash_handle hh;
} run_workload;

struct nex_run {
    const nex_run_ops *ops;
    void *self;
    nex_loop *loop;
    const nex_log *log;
    nex_agent *agent;
    run_workload *workloads;
    bool lameduck;
    bool ending;
    atomic_size_t waiting; /* bytes of output on their way to the loop */
    uv_signal_t signals[2];
    size_t signal_count;
};

/* run_ops.c: what a node asks, answered from the table */
extern const nex_agent_ops run_agent_ops;

/* run_workload.c: on the loop thread */
run_workload *run_find(const nex_run *run, const char *id);
void run_workload_start(nex_run *run, const char *id,
                        const nex_agent_start_workload_request *request, bool existing,
                        nex_agent_call *call);
/** The same id once more: joins its start, or takes over new credentials. */
void run_workload_again(run_workload *workload, const nex_agent_start_workload_request *request,
                        nex_agent_call *call);
/** call may be NULL. */
void run_workload_stop(run_workload *workload, nex_agent_call *call);
void run_workload_ended(run_workload *workload, const char *error);
/** The last workload has gone: ends the loop if that was wanted. */
void run_check_over(nex_run *run);

#endif
