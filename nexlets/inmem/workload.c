/* One workload: from its start request through its secrets to its end. */
#include "inmem/workload.h"

#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>

inmem_workload *inmem_workload_find(const nex_inmem *inmem, const char *id) {
    inmem_workload *workload = NULL;
    HASH_FIND_STR(inmem->workloads, id, workload);
    return workload;
}

static void wipe(char *text) {
    if (text != NULL) {
        nex_wipe(text, strlen(text));
    }
}

static void workload_free(inmem_workload *workload) {
    nex_timer_free(workload->timer);
    for (size_t i = 0; i < workload->environment.count; i++) {
        wipe(workload->environment.items[i].value);
    }
    nex_string_map_free(&workload->environment);
    if (workload->request != NULL) {
        wipe(workload->request->run_request);
    }
    nex_start_workload_request_free(workload->request);
    for (size_t i = 0; workload->start != NULL && i < workload->start->environment.count; i++) {
        wipe(workload->start->environment.items[i].value);
    }
    nex_inmem_start_request_free(workload->start);
    free(workload->starts);
    free(workload->id);
    free(workload);
}

static void answer_starts(inmem_workload *workload, const char *error) {
    for (size_t i = 0; i < workload->start_count; i++) {
        if (error != NULL) {
            nex_agent_fail(workload->starts[i], "%s", error);
        } else {
            nex_agent_answer_start(workload->starts[i], workload->id, workload->request->name);
        }
    }
    workload->start_count = 0;
}

void inmem_workload_join(inmem_workload *workload, nex_agent_call *call) {
    if (workload->state != INMEM_STARTING) {
        nex_agent_answer_start(call, workload->id, workload->request->name);
        return;
    }
    nex_agent_call **grown =
        realloc(workload->starts, (workload->start_count + 1) * sizeof(nex_agent_call *));
    if (grown == NULL) {
        nex_agent_fail(call, "out of memory");
        return;
    }
    workload->starts = grown;
    workload->starts[workload->start_count++] = call;
}

static void emit_started(const inmem_workload *workload) {
    nex_workload_started_event event = {.id = workload->id,
                                        .namespace_ = workload->request->namespace_,
                                        .workload_type = workload->inmem->type};
    (void)nex_agent_emit_started(workload->inmem->agent, workload->request->namespace_, &event);
}

static void emit_stopped(const inmem_workload *workload, const char *error) {
    nex_workload_error what = {.code = (char *)"1", .message = (char *)(uintptr_t)error};
    nex_workload_stopped_event event = {.id = workload->id,
                                        .namespace_ = workload->request->namespace_,
                                        .workload_type = workload->inmem->type,
                                        .error = error != NULL ? &what : NULL};
    (void)nex_agent_emit_stopped(workload->inmem->agent, workload->request->namespace_, &event);
}

void inmem_workload_end(inmem_workload *workload, const char *error) {
    nex_inmem *inmem = workload->inmem;
    HASH_DEL(inmem->workloads, workload);
    inmem_function_stop(workload);
    inmem_events_stop(workload);
    inmem_write_end(workload);
    if (inmem->agent != NULL && workload->state != INMEM_STARTING) {
        emit_stopped(workload, error);
    }
    answer_starts(workload, error != NULL ? error : "the workload was stopped before it ran");
    workload->gone = true;
    if (!workload->resolving) {
        workload_free(workload);
    }
}

static void on_timer(void *arg) {
    inmem_workload *workload = arg;
    if (workload->request->workload_lifecycle == NEX_WORKLOAD_LIFECYCLE_JOB) {
        inmem_workload_end(workload, workload->start->fail);
    } else {
        inmem_write_all(workload);
    }
}

static nex_status begin(inmem_workload *workload, nex_error *err) {
    nex_status status = nex_timer_new(workload->inmem->loop, &workload->timer, on_timer, workload);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory");
    }
    status = inmem_events_start(workload, err);
    if (status != NEX_OK) {
        return status;
    }
    const nex_inmem_start_request *start = workload->start;
    switch (workload->request->workload_lifecycle) {
    case NEX_WORKLOAD_LIFECYCLE_FUNCTION:
        workload->state = INMEM_WARM;
        return inmem_function_start(workload, err);
    case NEX_WORKLOAD_LIFECYCLE_JOB:
        nex_timer_start(workload->timer, start->duration, 0);
        break;
    default:
        if (start->interval > 0) {
            nex_timer_start(workload->timer, start->interval, start->interval);
        }
        break;
    }
    workload->state = INMEM_RUNNING;
    inmem_write_all(workload);
    return NEX_OK;
}

static void on_resolved(void *arg, nex_status status, const nex_error *why) {
    inmem_workload *workload = arg;
    nex_error err = *why;
    workload->resolving = false;
    if (workload->gone) {
        workload_free(workload);
        return;
    }
    workload->since = nex_loop_now(workload->inmem->loop);
    if (status == NEX_OK) {
        status = begin(workload, &err);
    }
    if (status != NEX_OK) {
        workload->state = INMEM_STARTING; /* it has not run: no event */
        inmem_workload_end(workload, err.message);
        return;
    }
    emit_started(workload);
    answer_starts(workload, NULL);
}

static nex_status read_request(inmem_workload *workload, const nex_start_workload_request *request,
                               nex_error *err) {
    const char *text = request->run_request != NULL ? request->run_request : "{}";
    nex_status status = nex_start_workload_request_clone(request, &workload->request);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory");
    }
    status = nex_inmem_start_request_decode(&workload->start, text, strlen(text), err);
    if (status == NEX_OK) {
        status = nex_inmem_start_request_validate(workload->start, err);
    }
    if (status == NEX_OK &&
        nex_string_map_copy(&workload->environment, &workload->start->environment) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK && workload->start->refuse != NULL) {
        status = nex_error_set(err, NEX_EREFUSED, "%s", workload->start->refuse);
    }
    return status;
}

static nex_status workload_new(nex_inmem *inmem, const char *id,
                               const nex_start_workload_request *request, inmem_workload **out,
                               nex_error *err) {
    inmem_workload *workload = calloc(1, sizeof *workload);
    if (workload == NULL || (workload->id = strdup(id)) == NULL) {
        free(workload);
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    workload->inmem = inmem;
    workload->started = nex_loop_time(inmem->loop);
    nex_status status = read_request(workload, request, err);
    if (status == NEX_OK) {
        HASH_ADD_KEYPTR(hh, inmem->workloads, workload->id, strlen(workload->id), workload);
        if (inmem_workload_find(inmem, id) == NULL) {
            status = nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    if (status != NEX_OK) {
        workload_free(workload);
        return status;
    }
    *out = workload;
    return NEX_OK;
}

void inmem_workload_start(nex_inmem *inmem, const char *id,
                          const nex_start_workload_request *request, nex_agent_call *call) {
    inmem_workload *workload = NULL;
    nex_error err;
    nex_error_clear(&err);
    if (workload_new(inmem, id, request, &workload, &err) != NEX_OK) {
        nex_agent_fail(call, "%s", err.message);
        return;
    }
    inmem_workload_join(workload, call);
    workload->resolving = true;
    nex_status status =
        nex_agent_resolve_secrets(inmem->agent, workload->request->namespace_,
                                  &workload->environment, NULL, on_resolved, workload);
    if (status != NEX_OK) {
        nex_error_set(&err, status, "out of memory");
        on_resolved(workload, status, &err);
    }
}
