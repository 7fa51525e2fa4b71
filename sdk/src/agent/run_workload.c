/*
 * One workload of the blocking style. It is busy while a worker thread has it; what is asked
 * meanwhile is done when the thread has ended.
 */
#include "agent/run.h"

#include "agent/runner.h"

#include <stdlib.h>
#include <string.h>

static void go_on(run_workload *workload);

run_workload *run_find(const nex_run *run, const char *id) {
    run_workload *workload = NULL;
    HASH_FIND_STR(run->workloads, id, workload);
    return workload;
}

static void request_free(nex_agent_start_workload_request *request) {
    if (request != NULL) {
        agent_start_request_wipe(request);
        nex_agent_start_workload_request_free(request);
    }
}

/* What was written comes before the event of the end. */
static void free_writers(run_workload *workload) {
    for (size_t i = 0; i <= NEX_METRICS; i++) {
        nex_writer_free(workload->writers[i]);
        workload->writers[i] = NULL;
    }
}

static void workload_free(run_workload *workload) {
    run_triggers_free(workload);
    free_writers(workload);
    request_free(workload->request);
    request_free(workload->renewal);
    free(workload->starts.items);
    free(workload->stops.items);
    free(workload->end_error);
    free(workload->id);
    free(workload);
}

static void add_call(run_calls *calls, nex_agent_call *call) {
    nex_agent_call **grown = realloc(calls->items, (calls->count + 1) * sizeof *grown);
    if (grown == NULL) {
        nex_agent_fail(call, "out of memory");
        return;
    }
    calls->items = grown;
    calls->items[calls->count++] = call;
}

static void fail_calls(run_calls *calls, const char *why) {
    for (size_t i = 0; i < calls->count; i++) {
        nex_agent_fail(calls->items[i], "%s", why);
    }
    calls->count = 0;
}

static void emit_stopped(const run_workload *workload, const char *error) {
    const nex_start_workload_request *request = workload->request->request;
    nex_workload_error what = {.code = (char *)"1", .message = (char *)(uintptr_t)error};
    nex_workload_stopped_event event = {.id = workload->id,
                                        .namespace_ = request->namespace_,
                                        .workload_type = request->workload_type,
                                        .error = error != NULL ? &what : NULL};
    (void)nex_agent_emit_stopped(workload->run->agent, request->namespace_, &event);
}

/* Its end: ran says whether anybody was told of its start. */
static void gone(run_workload *workload, bool ran, const char *error) {
    nex_run *run = workload->run;
    HASH_DEL(run->workloads, workload);
    free_writers(workload);
    if (ran) {
        emit_stopped(workload, error);
    }
    fail_calls(&workload->starts, error != NULL ? error : "the workload was stopped");
    for (size_t i = 0; i < workload->stops.count; i++) {
        nex_agent_answer_stop(workload->stops.items[i]);
    }
    workload_free(workload);
    run_check_over(run);
}

/* ---- Work --------------------------------------------------------------------------------- */

static nex_status queue(run_workload *workload, uv_work_cb work, uv_after_work_cb after) {
    workload->work.data = workload;
    if (uv_queue_work(nex_loop_uv(workload->run->loop), &workload->work, work, after) != 0) {
        return NEX_ENOMEM;
    }
    workload->busy = true;
    return NEX_OK;
}

static void do_start(uv_work_t *work) {
    run_workload *workload = work->data;
    const nex_run *run = workload->run;
    nex_error_clear(&workload->err);
    workload->status = run->ops->start(run->self, workload->run, workload->id, workload->request,
                                       workload->existing, &workload->err);
}

static void started(run_workload *workload) {
    const nex_start_workload_request *request = workload->request->request;
    workload->state = RUN_RUNNING;
    workload->since = nex_loop_now(workload->run->loop);
    nex_workload_started_event event = {.id = workload->id,
                                        .namespace_ = request->namespace_,
                                        .workload_type = request->workload_type};
    (void)nex_agent_emit_started(workload->run->agent, request->namespace_, &event);
    for (size_t i = 0; i < workload->starts.count; i++) {
        nex_agent_answer_start(workload->starts.items[i], workload->id, request->name);
    }
    workload->starts.count = 0;
}

static void after_start(uv_work_t *work, int status) {
    run_workload *workload = work->data;
    (void)status;
    workload->busy = false;
    if (workload->status != NEX_OK) {
        gone(workload, false, workload->err.message);
        return;
    }
    started(workload);
    nex_run *run = workload->run;
    go_on(workload);
    run_jobs_go_on(run);
}

static void do_stop(uv_work_t *work) {
    run_workload *workload = work->data;
    workload->run->ops->stop(workload->run->self, workload->run, workload->id);
}

static void after_stop(uv_work_t *work, int status) {
    run_workload *workload = work->data;
    (void)status;
    workload->busy = false;
    gone(workload, true, NULL);
}

static void do_renew(uv_work_t *work) {
    run_workload *workload = work->data;
    workload->run->ops->renewed(workload->run->self, workload->run, workload->id,
                                workload->request->workload_creds);
}

static void after_renew(uv_work_t *work, int status) {
    run_workload *workload = work->data;
    (void)status;
    workload->busy = false;
    go_on(workload);
}

/* Does what came while it was busy. */
static void go_on(run_workload *workload) {
    if (workload->ended || workload->stop_wanted) {
        run_triggers_close(workload);
        if (workload->triggers.working > 0) {
            return; /* until the last message has been worked on */
        }
    }
    if (workload->ended) {
        gone(workload, true, workload->end_error);
        return;
    }
    if (workload->stop_wanted) {
        workload->state = RUN_STOPPING;
        if (queue(workload, do_stop, after_stop) != NEX_OK) {
            fail_calls(&workload->stops, "out of memory");
        }
        return;
    }
    if (workload->renewal != NULL) {
        request_free(workload->request);
        workload->request = workload->renewal;
        workload->renewal = NULL;
        if (workload->run->ops->renewed != NULL) {
            (void)queue(workload, do_renew, after_renew); /* the next renewal tells it, then */
        }
    }
}

void run_workload_triggered(run_workload *workload) {
    workload->triggers.working--;
    if (!workload->busy && (workload->ended || workload->stop_wanted)) {
        go_on(workload);
    }
}

/* ---- What is asked of it ------------------------------------------------------------------ */

void run_workload_start(nex_run *run, const char *id,
                        const nex_agent_start_workload_request *request, bool existing,
                        nex_agent_call *call) {
    run_workload *workload = calloc(1, sizeof *workload);
    if (workload == NULL || (workload->id = strdup(id)) == NULL ||
        nex_agent_start_workload_request_clone(request, &workload->request) != NEX_OK) {
        if (workload != NULL) {
            workload_free(workload);
        }
        nex_agent_fail(call, "out of memory");
        return;
    }
    workload->run = run;
    workload->existing = existing;
    workload->started = nex_loop_time(run->loop);
    HASH_ADD_KEYPTR(hh, run->workloads, workload->id, strlen(workload->id), workload);
    if (run_find(run, id) == NULL) {
        workload_free(workload);
        nex_agent_fail(call, "out of memory");
        return;
    }
    add_call(&workload->starts, call);
    if (queue(workload, do_start, after_start) != NEX_OK) {
        gone(workload, false, "out of memory");
    }
}

void run_workload_again(run_workload *workload, const nex_agent_start_workload_request *request,
                        nex_agent_call *call) {
    if (workload->state == RUN_STARTING) {
        add_call(&workload->starts, call);
        return;
    }
    if (workload->state == RUN_STOPPING) {
        nex_agent_fail(call, "workload %s is being stopped", workload->id);
        return;
    }
    nex_agent_answer_start(call, workload->id, workload->request->request->name);
    nex_agent_start_workload_request *copy = NULL;
    if (nex_agent_start_workload_request_clone(request, &copy) == NEX_OK) {
        request_free(workload->renewal);
        workload->renewal = copy;
        if (!workload->busy) {
            go_on(workload);
        }
    }
}

void run_workload_stop(run_workload *workload, nex_agent_call *call) {
    if (call != NULL) {
        add_call(&workload->stops, call);
    }
    if (workload->stop_wanted) {
        return;
    }
    workload->stop_wanted = true;
    if (!workload->busy) {
        go_on(workload);
    }
}

void run_workload_ended(run_workload *workload, const char *error) {
    if (workload->state == RUN_STOPPING || workload->ended) {
        return; /* its stop tells the end */
    }
    workload->ended = true;
    workload->end_error = error != NULL ? strdup(error) : NULL;
    if (!workload->busy) {
        go_on(workload);
    }
}
