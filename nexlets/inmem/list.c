/* The nexlet's workloads, as a list shows them. */
#include "inmem/workload.h"

#include <string.h>

static bool matches(const inmem_workload *workload, const char *namespace_,
                    const nex_string_list *filter) {
    const nex_start_workload_request *request = workload->request;
    if (strcmp(namespace_, "system") != 0 && strcmp(namespace_, request->namespace_) != 0) {
        return false;
    }
    for (size_t i = 0; i < filter->count; i++) {
        if (strcmp(filter->items[i], workload->id) == 0 ||
            strcmp(filter->items[i], request->name) == 0) {
            return true;
        }
    }
    return filter->count == 0;
}

static nex_workload_state state_of(const inmem_workload *workload) {
    switch (workload->state) {
    case INMEM_STARTING:
        return NEX_WORKLOAD_STATE_STARTING;
    case INMEM_WARM:
        return NEX_WORKLOAD_STATE_WARM;
    default:
        return NEX_WORKLOAD_STATE_RUNNING;
    }
}

/* Texts of the workload are borrowed: the list lives no longer than the call. */
static nex_status summarise(const inmem_workload *workload, void *message,
                            nex_workload_summary *out) {
    const nex_start_workload_request *request = workload->request;
    char started[NEX_TIME_TEXT_SIZE];
    char runtime[NEX_DURATION_TEXT_SIZE] = "--";
    nex_time whole = workload->started;
    whole.nanoseconds = 0;
    nex_time_format(whole, started);
    if (workload->state == INMEM_RUNNING) {
        nex_duration ran = (nex_duration)(nex_loop_now(workload->inmem->loop) - workload->since);
        nex_duration_format(ran / NEX_SECOND * NEX_SECOND, runtime);
    }
    const char *lifecycle = nex_workload_lifecycle_text(request->workload_lifecycle);
    out->id = workload->id;
    out->name = request->name;
    out->namespace_ = request->namespace_;
    out->workload_type = workload->inmem->type;
    out->workload_lifecycle = (char *)(uintptr_t)(lifecycle != NULL ? lifecycle : "");
    out->workload_state = state_of(workload);
    out->tags = request->tags;
    out->start_time = nex_message_strdup(message, started);
    out->runtime = nex_message_strdup(message, runtime);
    return out->start_time != NULL && out->runtime != NULL ? NEX_OK : NEX_ENOMEM;
}

nex_status inmem_list(nex_inmem *inmem, const char *namespace_, const nex_string_list *filter,
                      nex_agent_list_workloads_response **out) {
    nex_agent_list_workloads_response *list = nex_agent_list_workloads_response_new();
    size_t room = HASH_COUNT(inmem->workloads);
    nex_status status = list != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK && room > 0) {
        list->items = nex_message_alloc(list, room * sizeof *list->items);
        status = list->items != NULL ? NEX_OK : NEX_ENOMEM;
    }
    for (inmem_workload *w = inmem->workloads; w != NULL && status == NEX_OK; w = w->hh.next) {
        if (matches(w, namespace_, filter)) {
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
