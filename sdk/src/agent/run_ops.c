/* What a node asks of a nexlet in the blocking style, answered from its table. */
#include "agent/run.h"

#include <string.h>

static nex_status on_register(void *self, nex_register_agent_request *out, nex_error *err) {
    const nex_run *run = self;
    return run->ops->describe(run->self, out, err);
}

static nex_status on_heartbeat(void *self, nex_agent_heartbeat *out, nex_error *err) {
    const nex_run *run = self;
    out->summary->workload_count = (int64_t)HASH_COUNT(run->workloads);
    out->summary->state = nex_message_strdup(out, run->lameduck ? "lameduck" : "running");
    return out->summary->state != NULL ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "out of memory");
}

static void on_start(void *self, const char *workload_id,
                     const nex_agent_start_workload_request *request, bool existing,
                     nex_agent_call *call) {
    nex_run *run = self;
    run_workload *workload = run_find(run, workload_id);
    if (workload != NULL) {
        run_workload_again(workload, request, call);
    } else if (run->ending || (run->lameduck && !existing)) {
        nex_agent_fail(call, "the nexlet takes no new work: it %s",
                       run->ending ? "is stopping" : "is in lame duck mode");
    } else {
        run_workload_start(run, workload_id, request, existing, call);
    }
}

static void on_stop(void *self, const char *workload_id, const nex_stop_workload_request *request,
                    nex_agent_call *call) {
    (void)request;
    run_workload *workload = run_find(self, workload_id);
    if (workload == NULL) {
        nex_agent_fail(call, "workload not found");
        return;
    }
    run_workload_stop(workload, call);
}

static bool may_see(const run_workload *workload, const char *namespace_) {
    return strcmp(namespace_, "system") == 0 ||
           strcmp(namespace_, workload->request->request->namespace_) == 0;
}

static void on_get(void *self, const char *workload_id, const char *namespace_,
                   const char *target_xkey, nex_agent_call *call) {
    (void)target_xkey; /* the runner seals */
    const run_workload *workload = run_find(self, workload_id);
    nex_agent_answer_get(call, workload != NULL && may_see(workload, namespace_)
                                   ? workload->request->request
                                   : NULL);
}

static bool wanted(const run_workload *workload, const char *namespace_,
                   const nex_string_list *filter) {
    const char *name = workload->request->request->name;
    bool found = filter->count == 0;
    for (size_t i = 0; !found && i < filter->count; i++) {
        found = strcmp(filter->items[i], workload->id) == 0 ||
                (name != NULL && strcmp(filter->items[i], name) == 0);
    }
    return found && may_see(workload, namespace_);
}

/* Texts of the workload are borrowed: the list lives no longer than the call. */
static nex_status summarise(const run_workload *workload, void *message,
                            nex_workload_summary *out) {
    static const nex_workload_state states[] = {[RUN_STARTING] = NEX_WORKLOAD_STATE_STARTING,
                                                [RUN_RUNNING] = NEX_WORKLOAD_STATE_RUNNING,
                                                [RUN_STOPPING] = NEX_WORKLOAD_STATE_STOPPING};
    const nex_start_workload_request *request = workload->request->request;
    char started[NEX_TIME_TEXT_SIZE];
    char runtime[NEX_DURATION_TEXT_SIZE] = "--";
    nex_time whole = workload->started;
    whole.nanoseconds = 0;
    nex_time_format(whole, started);
    if (workload->state != RUN_STARTING) {
        nex_duration ran = (nex_duration)(nex_loop_now(workload->run->loop) - workload->since);
        nex_duration_format(ran / NEX_SECOND * NEX_SECOND, runtime);
    }
    const char *lifecycle = nex_workload_lifecycle_text(request->workload_lifecycle);
    out->id = workload->id;
    out->name = request->name;
    out->namespace_ = request->namespace_;
    out->workload_type = request->workload_type;
    out->workload_lifecycle = (char *)(uintptr_t)(lifecycle != NULL ? lifecycle : "");
    out->workload_state = states[workload->state];
    if (workload->state == RUN_RUNNING && workload->triggers.count > 0) {
        out->workload_state = NEX_WORKLOAD_STATE_WARM;
    }
    out->tags = request->tags;
    out->start_time = nex_message_strdup(message, started);
    out->runtime = nex_message_strdup(message, runtime);
    return out->start_time != NULL && out->runtime != NULL ? NEX_OK : NEX_ENOMEM;
}

static void on_query(void *self, const char *namespace_, const nex_string_list *filter,
                     nex_agent_call *call) {
    const nex_run *run = self;
    size_t room = HASH_COUNT(run->workloads) + 1;
    nex_agent_list_workloads_response *list = nex_agent_list_workloads_response_new();
    nex_status status = list != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        list->items = nex_message_alloc(list, room * sizeof *list->items);
        status = list->items != NULL ? NEX_OK : NEX_ENOMEM;
    }
    for (run_workload *w = run->workloads; w != NULL && status == NEX_OK; w = w->hh.next) {
        if (wanted(w, namespace_, filter)) {
            status = summarise(w, list, &list->items[list->count++]);
        }
    }
    if (status == NEX_OK) {
        nex_agent_answer_query(call, list);
    } else {
        nex_agent_fail(call, "out of memory");
    }
    nex_agent_list_workloads_response_free(list);
}

static void on_lameduck(void *self, nex_duration delay, nex_agent_call *call) {
    nex_run *run = self;
    (void)delay; /* the node stops what still runs when it has passed */
    run->lameduck = true;
    nex_agent_answer_lameduck(call);
}

static bool on_has(void *self, const char *workload_id, const char *namespace_) {
    const run_workload *workload = run_find(self, workload_id);
    return workload != NULL &&
           (namespace_ == NULL || strcmp(namespace_, workload->request->request->namespace_) == 0);
}

const nex_agent_ops run_agent_ops = {
    .register_agent = on_register,
    .heartbeat = on_heartbeat,
    .start_workload = on_start,
    .stop_workload = on_stop,
    .get_workload = on_get,
    .query_workloads = on_query,
    .set_lameduck = on_lameduck,
    .has_workload = on_has,
};
