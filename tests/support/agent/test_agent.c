#include "test_agent.h"

#include <stdlib.h>
#include <string.h>

static test_workload *find(test_agent *agent, const char *id) {
    for (size_t i = 0; i < agent->count; i++) {
        if (strcmp(agent->workloads[i].id, id) == 0) {
            return &agent->workloads[i];
        }
    }
    return NULL;
}

bool test_agent_has(const test_agent *agent, const char *id) {
    return find((test_agent *)agent, id) != NULL;
}

/* Keeps a call for test_agent_release; id "": it is a call to fail then. */
static void hold(test_agent *agent, nex_agent_call *call, const char *id) {
    if (agent->held_count == TEST_AGENT_MAX) {
        nex_agent_fail(call, "the test holds too many calls");
        return;
    }
    agent->held[agent->held_count] = call;
    agent->held_requests[agent->held_count] = NULL;
    strncpy(agent->held_ids[agent->held_count++], id, NEX_ID_SIZE - 1);
}

static nex_status on_register(void *self, nex_register_agent_request *out, nex_error *err) {
    test_agent *agent = self;
    (void)err;
    out->name = nex_message_strdup(out, "test_agent");
    out->register_type = nex_message_strdup(out, agent->type != NULL ? agent->type : "test");
    out->version = nex_message_strdup(out, "1.2.3");
    out->description = nex_message_strdup(out, "remembers what it was asked");
    out->start_request_schema =
        nex_message_strdup(out, agent->schema != NULL ? agent->schema : "{\"type\":\"object\"}");
    out->max_workloads = agent->max_workloads;
    nex_workload_lifecycle *items = nex_message_alloc(out, 2 * sizeof *items);
    items[0] = NEX_WORKLOAD_LIFECYCLE_JOB;
    items[1] = NEX_WORKLOAD_LIFECYCLE_SERVICE;
    out->supported_lifecycles.items = items;
    out->supported_lifecycles.count = 2;
    return NEX_OK;
}

static nex_status on_heartbeat(void *self, nex_agent_heartbeat *out, nex_error *err) {
    test_agent *agent = self;
    (void)err;
    out->summary->workload_count = (int64_t)agent->count;
    out->summary->state = nex_message_strdup(out, agent->lameduck ? "lameduck" : "running");
    return NEX_OK;
}

/* False: it cannot, and the call has been answered. */
static bool run(test_agent *agent, const char *id, const nex_start_workload_request *request,
                nex_agent_call *call) {
    test_workload *workload = &agent->workloads[agent->count];
    if (agent->count == TEST_AGENT_MAX) {
        nex_agent_fail(call, "full");
        return false;
    }
    memset(workload, 0, sizeof *workload);
    strncpy(workload->id, id, sizeof workload->id - 1);
    if (nex_start_workload_request_clone(request, &workload->request) != NEX_OK) {
        nex_agent_fail(call, "out of memory");
        return false;
    }
    agent->count++;
    workload->starts = 1;
    return true;
}

static void hold_start(test_agent *agent, nex_agent_call *call, const char *id,
                       const nex_start_workload_request *request) {
    size_t i = agent->held_count;
    hold(agent, call, id);
    if (agent->run_late && agent->held_count > i &&
        nex_start_workload_request_clone(request, &agent->held_requests[i]) != NEX_OK) {
        abort();
    }
}

static void on_start(void *self, const char *id, const nex_agent_start_workload_request *request,
                     bool existing, nex_agent_call *call) {
    test_agent *agent = self;
    if (agent->mute) {
        hold(agent, call, "");
        return;
    }
    if (agent->refuse) {
        nex_agent_fail(call, "refused, as the test wants it");
        return;
    }
    bool held = agent->hold_starts && !existing;
    const test_workload *workload = find(agent, id);
    if (workload != NULL && !existing) {
        agent->duplicate_runs++;
    }
    if (workload == NULL && !(held && agent->run_late) && !run(agent, id, request->request, call)) {
        return;
    }
    if (held) {
        hold_start(agent, call, id, request->request);
        return;
    }
    nex_agent_answer_start(call, id, request->request->name);
}

void test_agent_release(test_agent *agent) {
    for (size_t i = 0; i < agent->held_count; i++) {
        const char *id = agent->held_ids[i];
        nex_agent_call *call = agent->held[i];
        nex_start_workload_request *late = agent->held_requests[i];
        if (id[0] == '\0') {
            nex_agent_fail(call, "held by the test");
        } else if (late == NULL || run(agent, id, late, call)) {
            nex_agent_answer_start(call, id, NULL);
        }
        nex_start_workload_request_free(late);
    }
    agent->held_count = 0;
}

void test_agent_forget_late(test_agent *agent) {
    for (size_t i = 0; i < agent->held_count; i++) {
        nex_start_workload_request_free(agent->held_requests[i]);
        agent->held_requests[i] = NULL;
    }
}

void test_agent_clear(test_agent *agent) {
    test_agent_release(agent);
    for (size_t i = 0; i < agent->count; i++) {
        nex_start_workload_request_free(agent->workloads[i].request);
    }
    agent->count = 0;
}

static void on_stop(void *self, const char *id, const nex_stop_workload_request *request,
                    nex_agent_call *call) {
    test_agent *agent = self;
    (void)request;
    if (agent->mute) {
        hold(agent, call, "");
        return;
    }
    test_workload *workload = find(agent, id);
    nex_start_workload_request_free(workload->request);
    *workload = agent->workloads[--agent->count];
    nex_agent_answer_stop(call);
}

static void on_get(void *self, const char *id, const char *namespace_, const char *xkey,
                   nex_agent_call *call) {
    test_agent *agent = self;
    (void)namespace_;
    (void)xkey;
    test_workload *workload = find(agent, id);
    if (agent->mute) {
        hold(agent, call, "");
        return;
    }
    nex_agent_answer_get(call, workload != NULL ? workload->request : NULL);
}

static bool wanted(const test_workload *workload, const char *namespace_,
                   const nex_string_list *filter) {
    if (strcmp(namespace_, "system") != 0 &&
        strcmp(workload->request->namespace_, namespace_) != 0) {
        return false;
    }
    for (size_t i = 0; i < filter->count; i++) {
        if (strcmp(filter->items[i], workload->id) == 0 ||
            strcmp(filter->items[i], workload->request->name) == 0) {
            return true;
        }
    }
    return filter->count == 0;
}

static void on_query(void *self, const char *namespace_, const nex_string_list *filter,
                     nex_agent_call *call) {
    test_agent *agent = self;
    if (agent->mute) {
        hold(agent, call, "");
        return;
    }
    nex_workload_summary *items = calloc(agent->count + 1, sizeof *items);
    size_t n = 0;
    for (size_t i = 0; i < agent->count; i++) {
        test_workload *workload = &agent->workloads[i];
        if (!wanted(workload, namespace_, filter)) {
            continue;
        }
        items[n].id = workload->id;
        items[n].namespace_ = workload->request->namespace_;
        items[n].name = workload->request->name;
        items[n].runtime = (char *)"--";
        items[n].workload_type = workload->request->workload_type;
        items[n].workload_lifecycle =
            (char *)nex_workload_lifecycle_text(workload->request->workload_lifecycle);
        items[n].start_time = (char *)"2026-11-21T08:11:49Z";
        items[n].workload_state = NEX_WORKLOAD_STATE_RUNNING;
        n++;
    }
    nex_agent_list_workloads_response list = {.items = items, .count = n};
    nex_agent_answer_query(call, &list);
    free(items);
}

static void on_lameduck(void *self, nex_duration delay, nex_agent_call *call) {
    test_agent *agent = self;
    (void)delay;
    agent->lameduck = true;
    nex_agent_answer_lameduck(call);
}

static bool on_has(void *self, const char *id, const char *namespace_) {
    test_workload *workload = find(self, id);
    return workload != NULL &&
           (namespace_ == NULL || strcmp(workload->request->namespace_, namespace_) == 0);
}

const nex_agent_ops test_agent_ops = {.register_agent = on_register,
                                      .heartbeat = on_heartbeat,
                                      .start_workload = on_start,
                                      .stop_workload = on_stop,
                                      .get_workload = on_get,
                                      .query_workloads = on_query,
                                      .set_lameduck = on_lameduck,
                                      .has_workload = on_has};
