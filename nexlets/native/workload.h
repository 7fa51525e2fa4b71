/*
 * native/workload.h - the nexlet's own structures, and what its parts do for each other.
 */
#ifndef NATIVE_WORKLOAD_H
#define NATIVE_WORKLOAD_H

#include "native/artifact.h"
#include "native/cgroup.h"
#include "native/isolation.h"
#include "native/native.h"
#include "native/restart.h"
#include "native/usage.h"

#include "native/generated/native_start_request.h"

#include <uthash.h>

#define NATIVE_TYPE "native"
/** The variable that names a workload's creds file. */
#define NATIVE_CREDENTIALS_FILE "NEX_WORKLOAD_NATS_CREDS"

typedef struct native_workload native_workload;
typedef struct native_function native_function;
typedef struct native_function_log native_function_log;
typedef struct native_health native_health;
typedef struct native_artifacts native_artifacts;
typedef struct native_progress native_progress;
typedef struct native_input native_input;
typedef struct native_metrics native_metrics;
typedef struct native_resolution native_resolution;

/*
 * What a workload is doing. On the wire WAITING shows as starting.
 *
 *   STARTING -> RUNNING -> WAITING -> STARTING ...   a service between two runs
 *      |           |          |
 *      |           +----------+-----> FAILED         it gave up; listed until stopped
 *      |           +----------------> DONE           a job's end; listed for an hour
 *      +-----------+----------------> STOPPING       until all processes are gone; then forgotten
 *   WARM -> STOPPING                                 a function
 */
typedef enum native_phase {
    NATIVE_STARTING,
    NATIVE_RUNNING,
    NATIVE_WAITING,
    NATIVE_WARM,
    NATIVE_STOPPING,
    NATIVE_DONE,
    NATIVE_FAILED
} native_phase;

/* Calls that wait for one thing. */
typedef struct native_calls {
    nex_agent_call **items;
    size_t count;
} native_calls;

struct native_workload {
    nex_native *native;
    char *id;
    char *name;
    const char *namespace_; /* of the request */
    nex_agent_start_workload_request *request;
    nex_native_start_request *start;
    nex_workload_lifecycle lifecycle;
    native_phase phase;
    bool adopting;  /* a run of an earlier nexlet; not known yet how it is */
    bool answered;  /* its start was answered at some time */
    uint64_t asked; /* when it was made, on the loop's clock */
    nex_process *process;
    nex_process_info run;
    uint64_t running_since; /* on the loop's clock */
    nex_time started;       /* the first run of this id */
    bool has_exit;
    nex_process_exit exit; /* of the last run that ended */
    char *reason;          /* FAILED: why; else NULL */
    uint64_t measured;     /* when, on the loop's clock */
    bool has_usage;
    native_usage usage;    /* when it was last measured */
    native_input *input;   /* its stdin_subject; NULL: none */
    native_health *health; /* of the present run; NULL: nothing is asked */
    char *unwell;          /* why the run is, or was, ended to be started anew; else NULL */
    uint32_t unwell_run;
    native_restart_policy policy;
    native_restart_count restarts;
    nex_timer *timer; /* health, backoff, or being forgotten: one at a time */
    native_calls starts;
    native_calls stops;
    bool started_due; /* events that wait for the agent to be registered */
    bool stopped_due;
    uint64_t missed;      /* pieces of output that the live feed did not get */
    uint64_t missed_told; /* of them, in the log */
    bool renewed;         /* its request, and not written down yet */
    bool refused;         /* output waits until the bus takes it */
    native_function *function;
    native_function_log *log;   /* a function's; NULL: it wrote nothing yet */
    bool log_failed;            /* it cannot be kept, which was said */
    nex_string_map environment; /* of the request, with secrets in their places */
    nex_string_list argv;
    bool resolved;
    bool recorded;
    native_resolution *resolution; /* secrets are being asked for */
    bool has_credentials_file;     /* written by this nexlet */
    native_fetch *fetch;           /* its program, or an artifact, is being fetched */
    native_progress *progress;     /* of that */
    native_artifacts *artifacts;   /* they are being put in their places */
    UT_hash_handle hh;
};

struct nex_native {
    nex_loop *loop;
    const nex_log *log;
    nex_process_layer processes;
    nex_agent *agent;
    native_filters filters;
    native_cgroup_place place; /* where workloads' groups are made, if has_place */
    bool has_place;
    char *workload_cgroup; /* the group that was chosen for them; NULL: none */
    uint64_t place_until;  /* loop time */
    char *private_dir;     /* what strict workloads do not see; NULL: nothing */
    int64_t max_workloads;
    uint64_t workload_files;    /* 0: as many as the nexlet */
    native_workload *workloads; /* by id */
    nex_timer *resume;          /* offers refused output again */
    nex_timer *renewal;         /* writes renewed requests down */
    nex_timer *lameduck_end;
    bool lameduck;
    size_t fetching;         /* programs that threads fetch */
    uint64_t cache_bytes;    /* of the artifact cache, at most */
    native_metrics *metrics; /* NULL: nothing is measured */
    struct native_web *web;  /* asks ports and URLs; NULL until one is */
    size_t reading;          /* logs that threads read */
    bool stopping_all;
    void (*stopped_all)(void *arg);
    void *stopped_all_arg;
};

/* workload.c: the state machine */

/** A workload of a request, which it clones; in the table, doing nothing. */
nex_status native_workload_new(nex_native *native, const char *id,
                               const nex_agent_start_workload_request *request,
                               native_workload **out, nex_error *err);
/** Lets go of its process, answers no call, frees. */
void native_workload_free(native_workload *workload);
native_workload *native_workload_find(nex_native *native, const char *id);
/** Starts its first run, or its function; it is on record before anything of it runs. */
nex_status native_workload_start(native_workload *workload, nex_error *err);
/** Secrets are in their places, or cannot be had: goes on with the start. */
void native_workload_resolved(native_workload *workload, nex_status status, const nex_error *err);
/** The program is there, or cannot be had: goes on with the start. */
void native_workload_fetched(native_workload *workload, nex_status status, const nex_error *err);
/** Its artifacts are in their places, or cannot be: goes on with the start. */
void native_workload_prepared(native_workload *workload, nex_status status, const nex_error *err);
/** Takes the request anew: its credentials are younger. */
void native_workload_renew(native_workload *workload,
                           const nex_agent_start_workload_request *request);
/** Writes down a few of the requests that were renewed. */
void native_workloads_write_renewed(void *arg);
/** Takes over its run. NEX_ENOTFOUND: there is none. */
nex_status native_workload_adopt(native_workload *workload, nex_error *err);
/** Deals with a run that ended, or was lost, while no nexlet was there. */
void native_workload_ended(native_workload *workload, const nex_process_exit *exit);
/** Puts on record that it is not to run again, whoever asks for it. */
void native_workload_retire(const native_workload *workload);
/** Ends it; call may be NULL. */
void native_workload_stop(native_workload *workload, nex_agent_call *call, nex_duration max_grace);
/** A stopped workload's last act: event, answers, forgotten; the pointer is void. */
void native_workload_gone(native_workload *workload);
/** It has become ready, or is no longer. */
void native_workload_ready(native_workload *workload, bool ready);
/** Its start has waited long enough for readiness. */
void native_workload_not_ready_yet(native_workload *workload);
/** A function cannot go on: it stays in lists, in state error. Its native_function is void. */
void native_workload_failed(native_workload *workload, const char *reason);
/** Its run is not alive any more: it is ended, and then started anew by policy. */
void native_workload_unwell(native_workload *workload, const char *reason);
/** Whether it counts as a workload that the agent holds. */
bool native_workload_active(const native_workload *workload);

/* program.c: what is executed */

/** Whether the program must be fetched, or checked, before it can run. */
bool native_program_is_fetched(const native_workload *workload);
/** The path of the program. Free *out. */
nex_status native_program_path(const native_workload *workload, char **out, nex_error *err);
/** Checks a request's program, as far as it is there. */
nex_status native_program_check(const native_workload *workload, nex_error *err);
/** Whether a fetched program is there already. */
bool native_program_ready(const native_workload *workload);
/** Fetches it; native_workload_fetched comes later. */
nex_status native_program_fetch(native_workload *workload, nex_error *err);

/** The path of the host that a uri without another scheme names. Free *out. */
nex_status native_local_path(const char *uri, char **out, nex_error *err);
/** Fetches for a workload, which tells how far it is; see native_fetch_start. */
nex_status native_fetch_for(native_workload *workload, const char *uri, const char *sha256,
                            const char *target, native_fetch_cb cb, void *arg, nex_error *err);

/* artifacts.c: files in the working directory */

nex_status native_artifacts_check(const native_workload *workload, nex_error *err);
/** Puts them in their places; native_workload_prepared comes later, unless none are wanted. */
nex_status native_artifacts_begin(native_workload *workload, bool *wanted, nex_error *err);
void native_artifacts_cancel(native_artifacts *artifacts);

/* metrics.c */

/** interval 0 or less: nothing is measured. */
nex_status native_metrics_new(nex_native *native, nex_duration interval, nex_error *err);
void native_metrics_free(native_metrics *metrics);
/** There is a run to measure. */
void native_metrics_wake(native_workload *workload);
/** There is something to measure again, when its interval is over. */
void native_metrics_go_on(native_workload *workload);
/** Measures now. False: it does not run, or nothing is measured. */
bool native_metrics_measure(native_workload *workload);

/* input.c: stdin_subject */

nex_status native_input_check(const native_workload *workload, nex_error *err);
/** What the next run reads; -1: it has no stdin_subject. The caller closes it. */
nex_status native_input_open(native_workload *workload, int *out, nex_error *err);
/** A run is there and reads: messages go to it from now on. */
nex_status native_input_connect(native_workload *workload, nex_error *err);
/** The run is over: messages wait for the next. */
void native_input_disconnect(native_workload *workload);
void native_input_free(native_workload *workload);
/** Messages that were neither read nor had room to wait. */
uint64_t native_input_lost(const native_workload *workload);

/* progress.c: WORKLOADPROGRESS */

void native_progress_begin(native_workload *workload, const char *uri);
void native_progress_stage(native_workload *workload, const char *stage);
/** All has come: counts it, while the fetch is still there. */
void native_progress_fetched(native_workload *workload);
void native_progress_end(native_workload *workload, bool well);
void native_progress_free(native_workload *workload);

/* run.c: one execution */

/** Checks what can be checked before anything is done. */
nex_status native_run_check(const native_workload *workload, nex_error *err);
typedef struct native_run_options {
    bool attached;     /* it ends with the nexlet: functions, questions */
    const void *input; /* of attached ones */
    size_t input_len;
    bool has_input_fd;
    int input_fd;                    /* instead: what it reads; the caller's, who closes it */
    const nex_string_list *command;  /* instead of the workload's program; NULL: that */
    const nex_string_list *more_env; /* NULL: none */
} native_run_options;

/** Starts a process of the workload: held until `go`, unless it is attached. */
nex_status native_run_start(native_workload *workload, const native_run_options *options,
                            const nex_process_events *events, void *arg, nex_process **out,
                            nex_error *err);

/* health.c */

/** Checks what the request says of health. */
nex_status native_health_check(const native_workload *workload, nex_error *err);
/** Asks from now on; `age` is how long the run has lasted. */
nex_status native_health_begin(native_workload *workload, nex_duration age);
void native_health_end(native_workload *workload);
bool native_health_has_readiness(const native_workload *workload);
bool native_health_ready(const native_workload *workload);
/** Whether the last question for liveness was answered well; true when none is asked. */
bool native_health_live(const native_workload *workload);
/** What was wrong when it was last asked, written to out; NULL: nothing. */
const char *native_health_problem(const native_workload *workload, char *out, size_t size);
/** Whether a subject is one of a namespace: NAMESPACE.<more>; for "system" any but $... and _... */
bool native_subject_in_namespace(const char *subject, const char *namespace_);

/* secrets.c */

/** Asks for what is named by secret://; native_workload_resolved comes at once, or later. */
nex_status native_secrets_resolve(native_workload *workload, nex_error *err);
/** Overwrites what was resolved, and forgets what was asked. */
void native_secrets_free(native_workload *workload);

/* environment.c */

/** What the process gets: the start request's environment and its NATS credentials. */
nex_status native_environment(const native_workload *workload, nex_string_list *out,
                              nex_error *err);

/* credentials_file.c */

/**
 * Writes the creds file unless it is there, and appends the variable that names it. Does nothing
 * where the node hands out no user JWTs. settings: what native_settings wrote.
 */
nex_status native_credentials_file_add(native_workload *workload, const nex_buf *settings,
                                       nex_string_list *environment, nex_error *err);
/** Puts renewed credentials in the place of those in the file, if there is one. */
nex_status native_credentials_file_renew(native_workload *workload, nex_error *err);

/* limits.c */

/**
 * Appends limits, user and isolation as the monitor takes them, or says what cannot be done.
 * Directory is the workload's own; NULL only checks, before there is one.
 */
nex_status native_settings(const native_workload *workload, const char *directory, nex_buf *out,
                           nex_error *err);

/* open_files.c */

/** Appends how many files a workload may have open, when it did not ask for another number. */
nex_status native_put_open_files(const nex_native *native, nex_buf *out);

/* missing.c */

/** Logs what requests may not ask for on this machine. */
void native_say_what_is_missing(const nex_native *native);

/* policy.c: what a start request says, with defaults filled in */

native_restart_policy native_policy_restart(const nex_native_start_request *start,
                                            nex_workload_lifecycle lifecycle);
int native_policy_stop_signal(const nex_native_start_request *start);
nex_duration native_policy_stop_grace(const nex_native_start_request *start);

/* events.c */

void native_emit_started(native_workload *workload);
void native_emit_stopped(native_workload *workload);
/** WORKLOADRESTARTED: the last run ended for that reason, the next begins in `delay`. */
void native_emit_restarted(const native_workload *workload, const char *reason, nex_duration delay);
/** Sends those that waited. */
void native_emit_due(nex_native *native);
/** "3", "SIGKILL"; "" when it ended well. */
void native_exit_text(const nex_process_exit *exit, char *out, size_t size);
/** pid, restarts, exit and the rest, into memory of a message. */
nex_status native_metadata(const native_workload *workload, void *message, nex_string_map *out);

/* list.c */

nex_status native_list(nex_native *native, const char *namespace_, const nex_string_list *filter,
                       nex_agent_list_workloads_response **out);

/* logs.c */

/** Answers with a part of what the workload wrote. */
void native_logs(native_workload *workload, const nex_workload_logs_request *request,
                 nex_agent_call *call);

/* saved.c: what is on record of a workload */

nex_status native_saved_write(native_workload *workload, nex_error *err);
/** Makes a workload of a record; phase, reason and times as they were. */
nex_status native_saved_read(nex_native *native, const char *id, const char *data, size_t len,
                             native_workload **out, nex_error *err);

/* functions.c */

nex_status native_function_check(const native_workload *workload, nex_error *err);
nex_status native_function_start(native_workload *workload, nex_error *err);
/** What became of its messages since the nexlet began. */
typedef struct native_function_figures {
    uint64_t calls;  /**< messages that came */
    uint64_t failed; /**< of them, answered with an error */
    size_t running;
    size_t waiting;
} native_function_figures;

/** All 0 for what is no function, or has failed. */
native_function_figures native_function_figures_of(const native_workload *workload);
/** Whether anything has happened since its figures were published, or is happening. */
bool native_function_is_busy(const native_workload *workload);
/** They were published. */
void native_function_told(native_workload *workload);
/** Processor time of all its runs so far; memory and processes of those that go on. */
void native_function_measure(const native_workload *workload, native_usage *out);
/** Ends triggers and what runs; calls native_workload_gone when nothing is left. */
void native_function_stop(native_workload *workload);
void native_function_free(native_function *function);

/* function_log.c */

/** Keeps, and publishes, a piece of what a function wrote. */
void native_function_log_write(native_workload *workload, nex_process_stream stream,
                               const void *data, size_t len);
void native_function_log_close(native_workload *workload);

/* calls.c */

nex_status native_calls_add(native_calls *calls, nex_agent_call *call);
void native_calls_started(native_calls *calls, const char *id, const char *name);
void native_calls_stopped(native_calls *calls);
void native_calls_failed(native_calls *calls, const char *message);
void native_calls_free(native_calls *calls);

#endif
