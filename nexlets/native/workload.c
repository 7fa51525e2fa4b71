/* The life of a workload: from its start through its runs to its end. */
#include "native/workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define KEEP_DONE   NEX_HOUR /* how long a job that ended stays in lists */
#define OFFER_AGAIN (100 * NEX_MILLISECOND)
#define RENEW_PAUSE (10 * NEX_MILLISECOND)

enum { RENEW_AT_ONCE = 4 };

static const nex_process_events run_events;

static void on_timer(void *arg);

/* ---- Making and freeing --------------------------------------------------------------------- */

native_workload *native_workload_find(nex_native *native, const char *id) {
    native_workload *found = NULL;
    HASH_FIND_STR(native->workloads, id, found);
    return found;
}

bool native_workload_active(const native_workload *workload) {
    return workload->phase != NATIVE_DONE && workload->phase != NATIVE_FAILED;
}

/* A name for a workload that came without one. */
static char *make_name(const char *id) {
    nex_buf name = NEX_BUF_INIT;
    if (nex_buf_printf(&name, "native-%.8s", id) != NEX_OK) {
        nex_buf_free(&name);
    }
    return nex_buf_take(&name);
}

static nex_status fill_in(native_workload *workload, const char *id,
                          const nex_agent_start_workload_request *request, nex_error *err) {
    if (request->request == NULL || request->request->run_request == NULL) {
        return nex_error_set(err, NEX_EINVAL, "the start of workload %s has no run_request", id);
    }
    nex_status status = nex_agent_start_workload_request_clone(request, &workload->request);
    workload->id = strdup(id);
    if (status != NEX_OK || workload->id == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "workload %s: out of memory", id);
    }
    const nex_start_workload_request *wanted = workload->request->request;
    workload->namespace_ = wanted->namespace_ != NULL ? wanted->namespace_ : "";
    workload->lifecycle = wanted->workload_lifecycle;
    workload->name =
        wanted->name != NULL && wanted->name[0] != '\0' ? strdup(wanted->name) : make_name(id);
    if (workload->name == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "workload %s: out of memory", id);
    }
    status = nex_native_start_request_decode(&workload->start, wanted->run_request,
                                             strlen(wanted->run_request), err);
    if (status == NEX_OK) {
        status = nex_native_start_request_validate(workload->start, err);
    }
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "start request%s%s",
                                err->pointer[0] != '\0' ? " at " : "", err->pointer);
    }
    workload->policy = native_policy_restart(workload->start, workload->lifecycle);
    if (nex_timer_new(workload->native->loop, &workload->timer, on_timer, workload) != NEX_OK) {
        return nex_error_set(err, NEX_ENOMEM, "workload %s: out of memory", id);
    }
    return NEX_OK;
}

nex_status native_workload_new(nex_native *native, const char *id,
                               const nex_agent_start_workload_request *request,
                               native_workload **out, nex_error *err) {
    nex_error own;
    *out = NULL;
    native_workload *workload = calloc(1, sizeof *workload);
    if (workload == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "workload %s: out of memory", id);
    }
    workload->native = native;
    workload->started = nex_loop_time(native->loop);
    workload->asked = nex_loop_now(native->loop);
    nex_status status = fill_in(workload, id, request, err != NULL ? err : &own);
    if (status != NEX_OK) {
        native_workload_free(workload);
        return status;
    }
    HASH_ADD_KEYPTR(hh, native->workloads, workload->id, strlen(workload->id), workload);
    *out = workload;
    return NEX_OK;
}

void native_workload_free(native_workload *workload) {
    nex_native *native = workload->native;
    if (workload->id != NULL && native_workload_find(native, workload->id) == workload) {
        HASH_DEL(native->workloads, workload);
    }
    if (workload->process != NULL) {
        native->processes.ops->release(native->processes.self, workload->process);
    }
    native_health_end(workload);
    native_input_free(workload);
    native_function_free(workload->function);
    native_function_log_close(workload);
    native_secrets_free(workload);
    native_fetch_cancel(workload->fetch);
    native_artifacts_cancel(workload->artifacts);
    native_progress_free(workload);
    nex_timer_free(workload->timer);
    native_calls_failed(&workload->starts, "the nexlet ends");
    native_calls_failed(&workload->stops, "the nexlet ends");
    nex_native_start_request_free(workload->start);
    nex_agent_start_workload_request_free(workload->request);
    free(workload->unwell);
    free(workload->reason);
    free(workload->name);
    free(workload->id);
    free(workload);
}

/* ---- Ends ----------------------------------------------------------------------------------- */

/* Once stop_all was asked for: has the last one gone? */
static void check_stopped_all(nex_native *native) {
    if (!native->stopping_all) {
        return;
    }
    for (native_workload *w = native->workloads; w != NULL; w = w->hh.next) {
        if (native_workload_active(w)) {
            return;
        }
    }
    void (*done)(void *) = native->stopped_all;
    native->stopping_all = false;
    native->stopped_all = NULL;
    if (done != NULL) {
        done(native->stopped_all_arg);
    }
}

void native_workload_gone(native_workload *workload) {
    nex_native *native = workload->native;
    if (workload->phase == NATIVE_STOPPING || workload->stopped_due) {
        native_emit_stopped(workload);
    }
    native->processes.ops->forget(native->processes.self, workload->id);
    native_calls_failed(&workload->starts, "it was stopped before it ran");
    native_calls_stopped(&workload->stops);
    native_workload_free(workload);
    check_stopped_all(native);
}

static void set_reason(native_workload *workload, const char *reason) {
    free(workload->reason);
    workload->reason = strdup(reason); /* without memory: no reason */
}

/* It ended for good and stays in lists, as done or failed. */
static void settle(native_workload *workload, native_phase phase) {
    nex_error err;
    workload->phase = phase;
    if (native_saved_write(workload, &err) != NEX_OK) {
        nex_log_write(workload->native->log, NEX_LOG_ERROR, err.message, "workload_id",
                      workload->id, NULL);
    }
    native_emit_stopped(workload);
    if (!workload->answered) { /* it ran, and ended before it was ready */
        workload->answered = true;
        native_calls_started(&workload->starts, workload->id, workload->name);
    }
    if (phase == NATIVE_DONE) {
        nex_timer_start(workload->timer, KEEP_DONE, 0);
    }
    check_stopped_all(workload->native);
}

void native_workload_failed(native_workload *workload, const char *reason) {
    set_reason(workload, reason);
    nex_log_write(workload->native->log, NEX_LOG_ERROR, "function failed", "workload_id",
                  workload->id, "name", workload->name, "reason", reason, NULL);
    native_function_free(workload->function);
    workload->function = NULL;
    settle(workload, NATIVE_FAILED);
}

static bool ended_badly(const nex_process_exit *exit) {
    return !exit->known || exit->signal != 0 || exit->code != 0;
}

static void give_up(native_workload *workload, const char *last) {
    nex_buf reason = NEX_BUF_INIT;
    if (nex_buf_printf(&reason, "gave up after %u starts in a row; the last: %s",
                       workload->restarts.failures + 1, last) == NEX_OK) {
        set_reason(workload, reason.data);
        nex_log_write(workload->native->log, NEX_LOG_ERROR, "workload failed", "workload_id",
                      workload->id, "name", workload->name, "reason", reason.data, NULL);
    }
    nex_buf_free(&reason);
    if (workload->answered) {
        settle(workload, NATIVE_FAILED);
        return;
    }
    /* A start that failed leaves nothing behind. */
    native_calls_failed(&workload->starts,
                        workload->reason != NULL ? workload->reason : "it does not stay up");
    workload->stopped_due = true;
    native_workload_gone(workload);
}

/* Whether a run was ended because it was not well, and not because somebody asked for it. */
static bool was_unwell(const native_workload *workload, uint32_t run) {
    return workload->unwell != NULL && workload->unwell_run == run;
}

/* After an end that nobody asked for: again, or not. `last` says how it ended. */
static void judge(native_workload *workload, bool failed, const char *last) {
    nex_duration delay = 0;
    switch (native_restart_judge(&workload->policy, &workload->restarts, workload->native->loop,
                                 failed, &delay)) {
    case NATIVE_RESTART_NO:
        if (was_unwell(workload, workload->run.run)) {
            set_reason(workload, workload->unwell);
            settle(workload, NATIVE_FAILED);
        } else {
            settle(workload, NATIVE_DONE);
        }
        return;
    case NATIVE_RESTART_GIVE_UP:
        give_up(workload, last);
        return;
    case NATIVE_RESTART_LATER:
        workload->phase = NATIVE_WAITING;
        nex_log_write(workload->native->log, NEX_LOG_WARN, "workload ended and is started anew",
                      "workload_id", workload->id, "name", workload->name, "last", last, NULL);
        nex_timer_start(workload->timer, delay, 0);
        native_emit_restarted(workload, last, delay);
        return;
    }
}

void native_workload_ended(native_workload *workload, const nex_process_exit *exit) {
    workload->process = NULL;
    native_input_disconnect(workload);
    workload->has_usage = false;
    workload->adopting = false;
    workload->has_exit = true;
    workload->exit = *exit;
    workload->run.run = exit->run;
    workload->run.started = exit->started;
    nex_timer_stop(workload->timer);
    native_health_end(workload);
    bool unwell = was_unwell(workload, exit->run);
    if (workload->phase == NATIVE_STOPPING || (exit->requested && !unwell)) {
        workload->phase = NATIVE_STOPPING;
        native_workload_gone(workload);
        return;
    }
    char text[32];
    char last[64];
    native_exit_text(exit, text, sizeof text);
    snprintf(last, sizeof last, "exit %s", text[0] != '\0' ? text : "0");
    judge(workload, unwell || ended_badly(exit), unwell ? workload->unwell : last);
}

/* ---- Runs ----------------------------------------------------------------------------------- */

static void answer_started(native_workload *workload) {
    workload->answered = true;
    native_calls_started(&workload->starts, workload->id, workload->name);
}

void native_workload_ready(native_workload *workload, bool ready) {
    nex_agent *agent = workload->native->agent;
    if (!workload->answered) {
        answer_started(workload); /* which tells the ingress too */
    } else if (agent != NULL && ready) {
        nex_agent_ingress_add(agent, workload->id);
    } else if (agent != NULL) {
        nex_agent_ingress_remove(agent, workload->id);
    }
}

void native_workload_not_ready_yet(native_workload *workload) {
    if (!workload->answered) {
        answer_started(workload);
        native_workload_ready(workload, false);
    }
}

void native_workload_unwell(native_workload *workload, const char *reason) {
    const nex_process_layer *layer = &workload->native->processes;
    nex_error err;
    char *copy = strdup(reason);
    native_health_end(workload);
    if (workload->phase != NATIVE_RUNNING || workload->process == NULL || copy == NULL) {
        free(copy);
        return;
    }
    free(workload->unwell);
    workload->unwell = copy;
    workload->unwell_run = workload->run.run;
    nex_timer_stop(workload->timer);
    nex_log_write(workload->native->log, NEX_LOG_WARN, "workload is not well and is ended",
                  "workload_id", workload->id, "name", workload->name, "reason", copy, NULL);
    /* On record first: the next nexlet must not take this for a stop that was asked for. */
    if (native_saved_write(workload, &err) != NEX_OK) {
        nex_log_write(workload->native->log, NEX_LOG_ERROR, err.message, "workload_id",
                      workload->id, NULL);
    }
    layer->ops->stop(layer->self, workload->process, native_policy_stop_signal(workload->start),
                     native_policy_stop_grace(workload->start));
}

static void on_started(void *arg, const nex_process_info *info) {
    native_workload *workload = arg;
    nex_native *native = workload->native;
    bool first = !workload->adopting && info->run == 1;
    workload->run = *info;
    workload->running_since = nex_loop_now(native->loop) - (uint64_t)info->age;
    workload->restarts.failures = info->failures;
    if (info->run == 1) {
        workload->started = info->started;
    }
    workload->adopting = false;
    if (workload->phase == NATIVE_STARTING) {
        bool stopping = info->stopping && !was_unwell(workload, info->run);
        workload->phase = stopping ? NATIVE_STOPPING : NATIVE_RUNNING;
    }
    nex_duration left = workload->policy.reset_after - info->age;
    nex_timer_start(workload->timer, left > 0 ? left : 0, 0);
    if (workload->phase == NATIVE_RUNNING && !info->stopping &&
        native_health_begin(workload, info->age) != NEX_OK) {
        nex_log_write(native->log, NEX_LOG_ERROR, "out of memory: its health is not asked for",
                      "workload_id", workload->id, NULL);
    }
    nex_error err;
    if (workload->phase == NATIVE_RUNNING && native_input_connect(workload, &err) != NEX_OK) {
        nex_log_write(native->log, NEX_LOG_ERROR, err.message, "workload_id", workload->id, NULL);
    }
    native_metrics_wake(workload);
    bool waits = native_health_has_readiness(workload) && workload->health != NULL;
    if (workload->phase != NATIVE_STOPPING && !waits) {
        answer_started(workload);
    }
    if (first) {
        native_emit_started(workload);
    }
}

/* A start that failed leaves nothing behind, unless the workload ran before. */
static void start_failed(native_workload *workload, const char *reason) {
    if (workload->answered && workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION) {
        set_reason(workload, reason);
        settle(workload, NATIVE_FAILED);
        return;
    }
    if (workload->answered || workload->run.run > 0) {
        judge(workload, true, reason);
        return;
    }
    nex_log_write(workload->native->log, NEX_LOG_WARN, "workload not started", "workload_id",
                  workload->id, "name", workload->name, "reason", reason, NULL);
    native_calls_failed(&workload->starts, reason);
    native_workload_gone(workload);
}

static void on_failed(void *arg, const nex_error *err) {
    native_workload *workload = arg;
    nex_error other;
    workload->process = NULL;
    if (workload->phase == NATIVE_STOPPING) {
        native_workload_gone(workload);
        return;
    }
    if (err->code == NEX_EEXIST && !workload->adopting &&
        native_workload_adopt(workload, &other) == NEX_OK) {
        return; /* it runs already, under a monitor that was just not seen */
    }
    workload->adopting = false;
    start_failed(workload, err->message);
}

static bool on_output(void *arg, nex_process_stream stream, nex_time time, const void *data,
                      size_t len, uint64_t sequence, uint64_t missed) {
    native_workload *workload = arg;
    nex_native *native = workload->native;
    (void)time;
    if (native->agent == NULL) {
        return false;
    }
    workload->missed += missed;
    if (missed > 0 && workload->missed >= workload->missed_told * 2) {
        /* Said again when there are twice as many: a flood of output must be none of messages. */
        nex_log_printf(native->log, NEX_LOG_WARN,
                       "workload %s: %llu pieces of output are gone from its log unpublished",
                       workload->id, (unsigned long long)workload->missed);
        workload->missed_told = workload->missed;
    }
    nex_output output = stream == NEX_PROCESS_STDERR ? NEX_STDERR : NEX_STDOUT;
    nex_status status = nex_agent_output_piece(native->agent, workload->id, workload->namespace_,
                                               output, sequence, data, len);
    if (status == NEX_OK) {
        return true;
    }
    /* No connection, or too much under way: it waits in the log, unless its end waits for it. */
    bool later = status == NEX_EUNREACHABLE || status == NEX_ESTATE || status == NEX_ELIMIT;
    if (!later || workload->phase == NATIVE_STOPPING) {
        workload->missed++;
        return true;
    }
    workload->refused = true;
    if (!nex_timer_active(native->resume)) {
        nex_timer_start(native->resume, OFFER_AGAIN, 0);
    }
    return false;
}

static void on_ended(void *arg, const nex_process_exit *exit) {
    native_workload_ended(arg, exit);
}

static const nex_process_events run_events = {
    .started = on_started, .failed = on_failed, .output = on_output, .ended = on_ended};

/* Its record is written while its monitor starts; the program runs when both are done. */
static nex_status launch_run(native_workload *workload, nex_error *err) {
    const nex_process_layer *layer = &workload->native->processes;
    int input;
    nex_status status = native_input_open(workload, &input, err);
    if (status == NEX_OK) {
        const native_run_options options = {.has_input_fd = input >= 0, .input_fd = input};
        status =
            native_run_start(workload, &options, &run_events, workload, &workload->process, err);
    }
    if (input >= 0) {
        close(input);
    }
    if (status != NEX_OK) {
        return status;
    }
    status = workload->recorded ? NEX_OK : native_saved_write(workload, err);
    if (status != NEX_OK) {
        layer->ops->release(layer->self, workload->process);
        workload->process = NULL;
        return status;
    }
    layer->ops->go(layer->self, workload->process);
    return NEX_OK;
}

/* With all it needs: the first run, the next one, or the function's triggers. */
static nex_status launch(native_workload *workload, nex_error *err) {
    if (workload->lifecycle != NEX_WORKLOAD_LIFECYCLE_FUNCTION) {
        return launch_run(workload, err);
    }
    nex_status status = workload->recorded ? NEX_OK : native_saved_write(workload, err);
    if (status == NEX_OK) {
        status = native_function_start(workload, err);
    }
    if (status == NEX_OK && !workload->answered) {
        answer_started(workload);
        native_emit_started(workload);
    }
    return status;
}

/* With the program in its place: artifacts next. */
static nex_status prepare(native_workload *workload, nex_error *err) {
    bool wanted;
    nex_status status = native_artifacts_begin(workload, &wanted, err);
    return status == NEX_OK && !wanted ? launch(workload, err) : status;
}

void native_workload_resolved(native_workload *workload, nex_status status, const nex_error *err) {
    nex_error own;
    bool fetch = native_program_is_fetched(workload) && !native_program_ready(workload);
    if (status == NEX_OK) {
        status = fetch ? native_program_fetch(workload, &own) : prepare(workload, &own);
        err = &own;
    }
    if (status != NEX_OK) {
        start_failed(workload, err->message);
    }
}

void native_workload_fetched(native_workload *workload, nex_status status, const nex_error *err) {
    nex_error own;
    if (status == NEX_OK) {
        status = prepare(workload, &own);
        err = &own;
    }
    if (status != NEX_OK) {
        start_failed(workload, err->message);
    }
}

void native_workload_prepared(native_workload *workload, nex_status status, const nex_error *err) {
    nex_error own;
    if (status == NEX_OK) {
        status = launch(workload, &own);
        err = &own;
    }
    if (status != NEX_OK) {
        start_failed(workload, err->message);
    }
}

static nex_status start_run(native_workload *workload, nex_error *err) {
    workload->phase = NATIVE_STARTING;
    return workload->resolved ? launch(workload, err) : native_secrets_resolve(workload, err);
}

nex_status native_workload_start(native_workload *workload, nex_error *err) {
    nex_status status = native_run_check(workload, err);
    return status == NEX_OK ? start_run(workload, err) : status;
}

void native_workload_renew(native_workload *workload,
                           const nex_agent_start_workload_request *request) {
    nex_agent_start_workload_request *copy = NULL;
    if (request->request == NULL ||
        nex_agent_start_workload_request_clone(request, &copy) != NEX_OK) {
        return; /* the old ones serve a while longer */
    }
    if (nex_agent_start_workload_request_equal(workload->request, copy)) {
        nex_agent_start_workload_request_free(copy);
        return;
    }
    nex_agent_start_workload_request_free(workload->request);
    workload->request = copy;
    workload->namespace_ = copy->request->namespace_ != NULL ? copy->request->namespace_ : "";
    workload->renewed = true;
    if (!nex_timer_active(workload->native->renewal)) {
        nex_timer_start(workload->native->renewal, RENEW_PAUSE, 0);
    }
}

/*
 * A node that comes back renews all of its workloads at once. Their records are written a few at
 * a time, so that the node is there while a slow disk takes them; a crash meanwhile loses nothing
 * but credentials, of which the next node makes new ones.
 */
void native_workloads_write_renewed(void *arg) {
    nex_native *native = arg;
    unsigned written = 0;
    for (native_workload *w = native->workloads; w != NULL; w = w->hh.next) {
        nex_error err;
        if (!w->renewed) {
            continue;
        }
        if (written++ == RENEW_AT_ONCE) {
            nex_timer_start(native->renewal, RENEW_PAUSE, 0);
            return;
        }
        w->renewed = false;
        if (native_saved_write(w, &err) != NEX_OK ||
            native_credentials_file_renew(w, &err) != NEX_OK) {
            nex_log_write(native->log, NEX_LOG_WARN, err.message, "workload_id", w->id, NULL);
        }
    }
}

nex_status native_workload_adopt(native_workload *workload, nex_error *err) {
    const nex_process_layer *layer = &workload->native->processes;
    workload->phase = NATIVE_STARTING;
    workload->adopting = true;
    workload->answered = true;
    nex_status status = layer->ops->adopt(layer->self, workload->id, &run_events, workload,
                                          &workload->process, err);
    if (status != NEX_OK) {
        workload->adopting = false;
        workload->answered = false;
    }
    return status;
}

/* What the one timer is for depends on the phase. */
static void on_timer(void *arg) {
    native_workload *workload = arg;
    nex_error err;
    switch (workload->phase) {
    case NATIVE_RUNNING:
        if (native_health_live(workload)) {
            workload->restarts.failures = 0; /* it is well */
        } else {
            nex_timer_start(workload->timer, workload->policy.reset_after, 0);
        }
        break;
    case NATIVE_WAITING:
        if (start_run(workload, &err) != NEX_OK) {
            judge(workload, true, err.message);
        }
        break;
    case NATIVE_DONE:
        native_workload_retire(workload); /* its node may know of it for longer */
        native_workload_gone(workload);
        break;
    default:
        break;
    }
}

/* ---- Stopping ------------------------------------------------------------------------------- */

void native_workload_retire(const native_workload *workload) {
    const nex_process_layer *layer = &workload->native->processes;
    nex_error err;
    if (layer->ops->retire(layer->self, workload->id, &err) != NEX_OK) {
        nex_log_write(workload->native->log, NEX_LOG_WARN, err.message, "workload_id", workload->id,
                      NULL);
    }
}

void native_workload_stop(native_workload *workload, nex_agent_call *call, nex_duration max_grace) {
    const nex_process_layer *layer = &workload->native->processes;
    if (call != NULL && native_calls_add(&workload->stops, call) != NEX_OK) {
        return;
    }
    nex_duration grace = native_policy_stop_grace(workload->start);
    grace = max_grace > 0 && grace > max_grace ? max_grace : grace;
    bool again = workload->phase == NATIVE_STOPPING;
    switch (workload->phase) {
    case NATIVE_STARTING:
    case NATIVE_RUNNING:
    case NATIVE_STOPPING:
        workload->phase = NATIVE_STOPPING;
        nex_timer_stop(workload->timer);
        native_health_end(workload);
        if (workload->process != NULL) {
            layer->ops->stop(layer->self, workload->process,
                             native_policy_stop_signal(workload->start), grace);
            layer->ops->resume(layer->self, workload->process);
        } else if (!again) {
            native_workload_gone(workload); /* it waited for secrets */
        }
        break;
    case NATIVE_WARM:
        workload->phase = NATIVE_STOPPING;
        native_function_stop(workload);
        break;
    case NATIVE_WAITING:
        workload->phase = NATIVE_STOPPING;
        native_workload_gone(workload);
        break;
    case NATIVE_DONE:
    case NATIVE_FAILED:
        native_workload_gone(workload);
        break;
    }
}
