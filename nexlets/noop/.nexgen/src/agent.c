/*
 * A workload here is a record and nothing more: begin() is the place to start something real,
 * end() the place to stop it.
 */
#include "agent.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <start_request.h>

extern const char noop_schema_text[];

typedef struct workload {
    struct workload *next;
    char *id;
    nex_start_workload_request *request;
    noop_start_request *start;
    nex_time started;
} workload;

struct noop_agent {
    nex_agent *runner;
    const nex_log *log;
    char *version;
    workload *workloads;
    bool lameduck;
};

noop_agent *noop_agent_new(const char *version, const nex_log *log) {
    noop_agent *agent = calloc(1, sizeof *agent);
    if (agent == NULL || (agent->version = strdup(version)) == NULL) {
        free(agent);
        return NULL;
    }
    agent->log = log;
    return agent;
}

void noop_agent_attach(noop_agent *agent, nex_agent *runner) {
    agent->runner = runner;
}

static void workload_free(workload *w) {
    free(w->id);
    nex_start_workload_request_free(w->request);
    noop_start_request_free(w->start);
    free(w);
}

void noop_agent_free(noop_agent *agent) {
    if (agent == NULL) {
        return;
    }
    while (agent->workloads != NULL) {
        workload *w = agent->workloads;
        agent->workloads = w->next;
        workload_free(w);
    }
    free(agent->version);
    free(agent);
}

static workload *find(const noop_agent *agent, const char *id) {
    workload *w = agent->workloads;
    while (w != NULL && strcmp(w->id, id) != 0) {
        w = w->next;
    }
    return w;
}

/* ---- The work itself ---------------------------------------------------------------------- */

/* Starts what the request describes. existing: it may run already; then take it over. */
static nex_status begin(noop_agent *agent, workload *w, bool existing, nex_error *err) {
    nex_buf text = NEX_BUF_INIT;
    nex_status status = noop_start_request_encode(w->start, &text);
    if (status == NEX_OK) {
        status = nex_buf_append_str(&text, "\n");
    }
    if (status == NEX_OK) {
        nex_log_write(agent->log, NEX_LOG_INFO, existing ? "would go on with" : "would run",
                      "workload", w->id, "name", w->request->name, NULL);
        status = nex_agent_output(agent->runner, w->id, w->request->namespace_, NEX_STDOUT,
                                  text.data, text.len);
    }
    nex_buf_free(&text);
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "workload %s: no output", w->id);
}

/* Stops it; when this returns, nothing of it is left. */
static void end(noop_agent *agent, const workload *w) {
    nex_log_write(agent->log, NEX_LOG_INFO, "would stop", "workload", w->id, NULL);
}

/* ---- What the node asks ------------------------------------------------------------------- */

static nex_status on_register(void *self, nex_register_agent_request *out, nex_error *err) {
    static const nex_workload_lifecycle lifecycles[] = {NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                                        NEX_WORKLOAD_LIFECYCLE_JOB};
    const noop_agent *agent = self;
    out->name = nex_message_strdup(out, "nexlet-" NOOP_TYPE);
    out->register_type = nex_message_strdup(out, NOOP_TYPE);
    out->description = nex_message_strdup(out, "Runs nothing: says what it would run.");
    out->version = nex_message_strdup(out, agent->version);
    out->start_request_schema = nex_message_strdup(out, noop_schema_text);
    out->supported_lifecycles.items = nex_message_alloc(out, sizeof lifecycles);
    if (out->name == NULL || out->register_type == NULL || out->description == NULL ||
        out->version == NULL || out->start_request_schema == NULL ||
        out->supported_lifecycles.items == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "registering: out of memory");
    }
    memcpy(out->supported_lifecycles.items, lifecycles, sizeof lifecycles);
    out->supported_lifecycles.count = sizeof lifecycles / sizeof lifecycles[0];
    out->has_supported_lifecycles = true;
    return NEX_OK;
}

static nex_status on_heartbeat(void *self, nex_agent_heartbeat *out, nex_error *err) {
    const noop_agent *agent = self;
    int64_t count = 0;
    for (const workload *w = agent->workloads; w != NULL; w = w->next) {
        count++;
    }
    out->summary->workload_count = count;
    out->summary->state = nex_message_strdup(out, agent->lameduck ? "lameduck" : "running");
    return out->summary->state != NULL ? NEX_OK
                                       : nex_error_set(err, NEX_ENOMEM, "heartbeat: out of memory");
}

/* A workload from its request; the start request is checked once more, as typed data. */
static nex_status workload_new(const char *id, const nex_start_workload_request *request,
                               workload **out, nex_error *err) {
    workload *w = calloc(1, sizeof *w);
    if (w == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    w->id = strdup(id);
    nex_status status =
        w->id != NULL ? nex_start_workload_request_clone(request, &w->request) : NEX_ENOMEM;
    if (status != NEX_OK) {
        nex_error_set(err, status, "out of memory");
    } else {
        status = noop_start_request_decode(&w->start, request->run_request,
                                     strlen(request->run_request), err);
    }
    if (status == NEX_OK) {
        status = noop_start_request_validate(w->start, err);
    }
    if (status != NEX_OK) {
        workload_free(w);
        return status;
    }
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    w->started.seconds = now.tv_sec;
    *out = w;
    return NEX_OK;
}

static void emit_started(noop_agent *agent, const workload *w) {
    nex_workload_started_event event = {.id = w->id, .namespace_ = w->request->namespace_,
                                        .workload_type = w->request->workload_type};
    if (nex_agent_emit_started(agent->runner, w->request->namespace_, &event) != NEX_OK) {
        nex_log_write(agent->log, NEX_LOG_WARN, "event not sent", "workload", w->id, NULL);
    }
}

static void emit_stopped(noop_agent *agent, const workload *w) {
    nex_workload_stopped_event event = {.id = w->id, .namespace_ = w->request->namespace_,
                                        .workload_type = w->request->workload_type};
    if (nex_agent_emit_stopped(agent->runner, w->request->namespace_, &event) != NEX_OK) {
        nex_log_write(agent->log, NEX_LOG_WARN, "event not sent", "workload", w->id, NULL);
    }
}

static void on_start(void *self, const char *workload_id,
                     const nex_agent_start_workload_request *request, bool existing,
                     nex_agent_call *call) {
    noop_agent *agent = self;
    workload *w = find(agent, workload_id);
    if (w != NULL) { /* asked twice: it runs already */
        nex_agent_answer_start(call, w->id, w->request->name);
        return;
    }
    if (agent->lameduck && !existing) {
        nex_agent_fail(call, "the nexlet is in lame duck mode and takes no new work");
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    if (workload_new(workload_id, request->request, &w, &err) != NEX_OK) {
        nex_agent_fail(call, "start request: %s", err.message);
        return;
    }
    if (begin(agent, w, existing, &err) != NEX_OK) {
        nex_agent_fail(call, "%s", err.message);
        workload_free(w);
        return;
    }
    w->next = agent->workloads;
    agent->workloads = w;
    emit_started(agent, w);
    nex_agent_answer_start(call, w->id, w->request->name);
}

static void on_stop(void *self, const char *workload_id, const nex_stop_workload_request *request,
                    nex_agent_call *call) {
    noop_agent *agent = self;
    (void)request;
    for (workload **at = &agent->workloads; *at != NULL; at = &(*at)->next) {
        workload *w = *at;
        if (strcmp(w->id, workload_id) == 0) {
            *at = w->next;
            end(agent, w);
            emit_stopped(agent, w);
            workload_free(w);
            nex_agent_answer_stop(call);
            return;
        }
    }
    nex_agent_fail(call, "workload not found");
}

static bool on_has(void *self, const char *workload_id, const char *namespace_) {
    const workload *w = find(self, workload_id);
    return w != NULL && (namespace_ == NULL || strcmp(namespace_, w->request->namespace_) == 0);
}

static bool may_see(const workload *w, const char *namespace_) {
    return strcmp(namespace_, "system") == 0 || strcmp(namespace_, w->request->namespace_) == 0;
}

static void on_get(void *self, const char *workload_id, const char *namespace_,
                   const char *target_xkey, nex_agent_call *call) {
    (void)target_xkey;
    const workload *w = find(self, workload_id);
    nex_agent_answer_get(call, w != NULL && may_see(w, namespace_) ? w->request : NULL);
}

static bool wanted(const workload *w, const char *namespace_, const nex_string_list *filter) {
    bool found = filter == NULL || filter->count == 0;
    for (size_t i = 0; !found && i < filter->count; i++) {
        found = strcmp(filter->items[i], w->id) == 0 ||
                strcmp(filter->items[i], w->request->name) == 0;
    }
    return found && may_see(w, namespace_);
}

static nex_status summarise(const workload *w, void *message, nex_workload_summary *out) {
    char started[NEX_TIME_TEXT_SIZE];
    nex_time_format(w->started, started);
    /* Borrowed texts: the list lives no longer than the call that asked for it. */
    out->id = w->id;
    out->name = w->request->name;
    out->namespace_ = w->request->namespace_;
    out->workload_type = w->request->workload_type;
    out->workload_state = NEX_WORKLOAD_STATE_RUNNING;
    out->tags = w->request->tags;
    out->start_time = nex_message_strdup(message, started);
    out->runtime = nex_message_strdup(message, "--");
    out->workload_lifecycle = nex_message_strdup(
        message, nex_workload_lifecycle_text(w->request->workload_lifecycle));
    bool complete = out->start_time != NULL && out->runtime != NULL;
    return complete && out->workload_lifecycle != NULL ? NEX_OK : NEX_ENOMEM;
}

static void on_query(void *self, const char *namespace_, const nex_string_list *filter,
                     nex_agent_call *call) {
    const noop_agent *agent = self;
    size_t room = 1;
    for (const workload *w = agent->workloads; w != NULL; w = w->next) {
        room++;
    }
    nex_agent_list_workloads_response *list = nex_agent_list_workloads_response_new();
    nex_status status = list != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        list->items = nex_message_alloc(list, room * sizeof *list->items);
        status = list->items != NULL ? NEX_OK : NEX_ENOMEM;
    }
    for (const workload *w = agent->workloads; w != NULL && status == NEX_OK; w = w->next) {
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
    noop_agent *agent = self;
    (void)delay; /* the node stops what still runs when it has passed */
    agent->lameduck = true;
    nex_agent_answer_lameduck(call);
}

const nex_agent_ops noop_agent_ops = {
    .register_agent = on_register,
    .heartbeat = on_heartbeat,
    .start_workload = on_start,
    .stop_workload = on_stop,
    .get_workload = on_get,
    .query_workloads = on_query,
    .set_lameduck = on_lameduck,
    .has_workload = on_has,
};
