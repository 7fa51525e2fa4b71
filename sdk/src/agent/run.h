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

typedef struct run_triggers {
    nex_trigger **items;
    size_t count;
    size_t working; /* messages that worker threads have */
    bool closed;
} run_triggers;

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
    run_triggers triggers;
    nex_writer *writers[NEX_METRICS + 1]; /* made when first needed */
    uv_work_t work;
    nex_status status; /* of the work */
    nex_error err;
    UT_hash_handle hh;
} run_workload;

/* Messages that wait for a worker thread, of all workloads. */
typedef struct run_jobs {
    struct run_job *first;
    struct run_job **last;
    size_t count;
    size_t bytes;
    size_t working;
    size_t working_max;
} run_jobs;

/* Events that wait for the one thread that takes them. */
typedef struct run_events {
    struct run_event *first;
    struct run_event **last;
    size_t count;
    size_t bytes;
    uint64_t missed; /* since the last one that found room */
    bool busy;
} run_events;

struct nex_run {
    const nex_run_ops *ops;
    void *self;
    nex_agent_ops agent_ops;
    nex_loop *loop;
    const nex_log *log;
    nex_agent *agent;
    run_workload *workloads;
    run_jobs jobs;
    run_events events;
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
/** A message has been worked on: does what waited for that. May free the workload. */
void run_workload_triggered(run_workload *workload);

/* run.c */
/** The last workload or event has gone: ends the loop if that was wanted. */
void run_check_over(nex_run *run);

/* run_ask.c: what a worker thread asks of the loop, and waits for */
typedef struct run_question {
    nex_run *run;
    nex_error *err;
    nex_status status;
    uv_mutex_t lock;
    uv_cond_t answered;
    bool done;
} run_question;

/**
 * Runs ask(q) on the loop and waits until somebody there calls run_answer. q may be the first
 * member of something larger. On NEX_ENOMEM nobody may have been asked, and err says so.
 */
nex_status run_ask(nex_run *run, run_question *q, void (*ask)(void *arg), nex_error *err);
void run_answer(run_question *q, nex_status status);

/* run_trigger.c */
void run_jobs_init(run_jobs *jobs);
/** Messages may be waiting for the start of a workload. */
void run_jobs_go_on(nex_run *run);
/** No more messages come for a workload; those that wait are refused. */
void run_triggers_close(run_workload *workload);
/** Closes and frees them; nothing of them may be at work. */
void run_triggers_free(run_workload *workload);

/* run_event.c */
nex_status run_events_begin(nex_run *run, const nex_run_options *options, nex_error *err);
/** Forgets those that wait. */
void run_events_drop(nex_run *run);
/** What is published to the agent's own subject; self is the run. */
void run_event_own(void *self, const void *data, size_t len);

#endif
