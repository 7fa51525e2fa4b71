#include "native/workload.h"

#include <string.h>

static nex_workload_state wire_state(native_phase phase) {
    switch (phase) {
    case NATIVE_STARTING:
    case NATIVE_WAITING:
        return NEX_WORKLOAD_STATE_STARTING;
    case NATIVE_RUNNING:
        return NEX_WORKLOAD_STATE_RUNNING;
    case NATIVE_WARM:
        return NEX_WORKLOAD_STATE_WARM;
    case NATIVE_STOPPING:
        return NEX_WORKLOAD_STATE_STOPPING;
    case NATIVE_DONE:
        return NEX_WORKLOAD_STATE_STOPPED;
    case NATIVE_FAILED:
        return NEX_WORKLOAD_STATE_ERROR;
    }
    return NEX_WORKLOAD_STATE_ERROR;
}

static bool matches(const native_workload *workload, const char *namespace_,
                    const nex_string_list *filter) {
    if (strcmp(namespace_, "system") != 0 && strcmp(namespace_, workload->namespace_) != 0) {
        return false;
    }
    for (size_t i = 0; filter != NULL && i < filter->count; i++) {
        if (strcmp(filter->items[i], workload->id) == 0 ||
            strcmp(filter->items[i], workload->name) == 0) {
            return true;
        }
    }
    return filter == NULL || filter->count == 0;
}

/* "--", or how long the present run has lasted, or the last one did, in whole seconds. */
static void runtime_text(const native_workload *workload, char out[NEX_DURATION_TEXT_SIZE]) {
    nex_duration lasted = -1;
    if (workload->process != NULL && workload->run.pid > 0) {
        lasted = (nex_duration)(nex_loop_now(workload->native->loop) - workload->running_since);
    } else if (workload->has_exit && workload->run.started.seconds > 0) {
        lasted = nex_time_sub(workload->exit.ended, workload->run.started);
    }
    if (lasted < 0) {
        memcpy(out, "--", 3);
        return;
    }
    nex_duration unit = lasted >= NEX_SECOND ? NEX_SECOND : NEX_MILLISECOND;
    nex_duration_format(lasted / unit * unit, out);
}

static nex_status summarise(const native_workload *workload, void *message,
                            nex_workload_summary *out) {
    char runtime[NEX_DURATION_TEXT_SIZE];
    char started[NEX_TIME_TEXT_SIZE];
    nex_time whole = workload->started;
    whole.nanoseconds = 0;
    nex_time_format(whole, started);
    runtime_text(workload, runtime);
    /* Borrowed texts: the list lives no longer than the call that asked for it. */
    out->id = workload->id;
    out->name = workload->name;
    out->namespace_ = (char *)(uintptr_t)workload->namespace_;
    out->start_time = nex_message_strdup(message, started);
    out->runtime = nex_message_strdup(message, runtime);
    out->workload_type = (char *)(uintptr_t)NATIVE_TYPE;
    const char *lifecycle = nex_workload_lifecycle_text(workload->lifecycle);
    out->workload_lifecycle = (char *)(uintptr_t)(lifecycle != NULL ? lifecycle : "");
    out->workload_state = wire_state(workload->phase);
    out->tags = workload->request->request->tags;
    out->has_metadata = true;
    if (out->start_time == NULL || out->runtime == NULL) {
        return NEX_ENOMEM;
    }
    return native_metadata(workload, message, &out->metadata);
}

nex_status native_list(nex_native *native, const char *namespace_, const nex_string_list *filter,
                       nex_agent_list_workloads_response **out) {
    nex_agent_list_workloads_response *list = nex_agent_list_workloads_response_new();
    size_t room = HASH_COUNT(native->workloads);
    nex_status status = list != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK && room > 0) {
        list->items = nex_message_alloc(list, room * sizeof *list->items);
        status = list->items != NULL ? NEX_OK : NEX_ENOMEM;
    }
    for (native_workload *w = native->workloads; w != NULL && status == NEX_OK; w = w->hh.next) {
        if (matches(w, namespace_, filter)) {
            if (filter != NULL && filter->count > 0) {
                (void)native_metrics_measure(w); /* few were asked for: as they are now */
            }
            status = summarise(w, list, &list->items[list->count++]);
        }
    }
    if (status != NEX_OK) {
        nex_agent_list_workloads_response_free(list);
        list = NULL;
    }
    *out = list;
    return status;
}
