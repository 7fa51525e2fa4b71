/* The endpoints of a nexlet: requests in, the nexlet's callbacks, answers out. */
#include "agent/runner.h"

#include <stdio.h>
#include <string.h>

void agent_start_workload(nex_agent *agent, nex_agent_call *call, const char *workload,
                          nex_agent_start_workload_request *request, bool existing) {
    nex_error err;
    agent_renew_before(agent, request->workload_creds);
    if (agent_environment_open(agent, request, &err) == NEX_OK) {
        agent->ops->start_workload(agent->self, workload, request, existing, call);
    } else if (existing && agent->ops->has_workload(agent->self, workload, NULL)) {
        nex_agent_answer_start(call, NULL, NULL); /* it runs, and needs no environment */
    } else {
        nex_agent_fail(call, "%s", err.message);
    }
}

static void on_start(void *self, nex_call *msg, const nex_agent_start_workload_request *request,
                     const char *workload) {
    nex_agent *agent = self;
    nex_agent_start_workload_request *copy = NULL;
    if (nex_agent_start_workload_request_clone(request, &copy) != NEX_OK) {
        nex_call_error(msg, "100", "out of memory", NULL, 0);
        return;
    }
    const char *existing = nex_msg_header(&msg->msg, NEX_HEADER_EXISTING);
    bool exists = existing != NULL && strcmp(existing, "1") == 0;
    const char *name = copy->request != NULL ? copy->request->name : "";
    nex_agent_call *call = agent_call_new(agent, CALL_START, msg, workload, name, copy);
    if (call != NULL) {
        agent_start_workload(agent, call, workload, copy, exists);
    }
}

static void on_stop(void *self, nex_call *msg, const nex_stop_workload_request *request,
                    const char *workload) {
    nex_agent *agent = self;
    nex_stop_workload_request *copy = NULL;
    if (nex_stop_workload_request_clone(request, &copy) != NEX_OK) {
        nex_call_error(msg, "100", "out of memory", NULL, 0);
        return;
    }
    nex_agent_call *call =
        agent_call_new(agent, CALL_STOP, msg, workload, agent->registration->register_type, copy);
    if (call == NULL) {
        return;
    }
    if (!agent->ops->has_workload(agent->self, workload, copy->namespace_)) {
        nex_agent_fail(call, "%s", NEX_AGENT_NOT_FOUND);
        return;
    }
    agent->ops->stop_workload(agent->self, workload, copy, call);
}

static void on_get(void *self, nex_call *msg, const char *workload) {
    nex_agent *agent = self;
    /* The reference passes the client's bytes on unread, so they may be anything. */
    nex_clone_workload_request *request = NULL;
    if (nex_clone_workload_request_decode(&request, msg->msg.data, msg->msg.len, NULL) != NEX_OK) {
        request = nex_clone_workload_request_new();
    }
    if (request == NULL) {
        nex_call_drop(msg);
        return;
    }
    const char *namespace_ = request->namespace_ != NULL ? request->namespace_ : "";
    const char *xkey = request->new_target_xkey != NULL ? request->new_target_xkey : "";
    nex_agent_call *call = agent_call_new(agent, CALL_GET, msg, workload, NULL, request);
    if (call != NULL) {
        agent->ops->get_workload(agent->self, workload, namespace_, xkey, call);
    }
}

static void on_query(void *self, nex_call *msg, const nex_agent_list_workloads_request *request) {
    nex_agent *agent = self;
    nex_agent_list_workloads_request *copy = NULL;
    if (nex_agent_list_workloads_request_clone(request, &copy) != NEX_OK) {
        nex_call_error(msg, "100", "out of memory", NULL, 0);
        return;
    }
    nex_agent_call *call = agent_call_new(agent, CALL_QUERY, msg, NULL, NULL, copy);
    if (call != NULL) {
        agent->ops->query_workloads(agent->self, copy->namespace_ != NULL ? copy->namespace_ : "",
                                    &copy->filter, call);
    }
}

static void on_logs(void *self, nex_call *msg, const nex_workload_logs_request *request,
                    const char *workload) {
    nex_agent *agent = self;
    nex_workload_logs_request *copy = NULL;
    if (nex_workload_logs_request_clone(request, &copy) != NEX_OK) {
        nex_call_error(msg, "100", "out of memory", NULL, 0);
        return;
    }
    nex_agent_call *call = agent_call_new(agent, CALL_LOGS, msg, workload, NULL, copy);
    if (call == NULL) {
        return;
    }
    const char *namespace_ = copy->namespace_ != NULL ? copy->namespace_ : "";
    bool any = strcmp(namespace_, "system") == 0;
    if (!agent->ops->has_workload(agent->self, workload, any ? NULL : namespace_)) {
        nex_agent_fail(call, "%s", NEX_AGENT_NOT_FOUND);
        return;
    }
    agent->ops->read_logs(agent->self, workload, copy, call);
}

static void on_lameduck(void *self, nex_call *msg, const nex_lameduck_request *request) {
    nex_agent *agent = self;
    nex_agent_call *call = agent_call_new(agent, CALL_LAMEDUCK, msg, NULL, NULL, NULL);
    json_t *body = json_loadb(msg->msg.data, msg->msg.len, 0, NULL);
    bool has_delay = json_is_string(json_object_get(body, "delay"));
    json_decref(body);
    if (call != NULL && !has_delay) { /* null is none, and must not mean at once */
        nex_agent_fail(call, "delay: expected a duration, got null");
    } else if (call != NULL) {
        agent->ops->set_lameduck(agent->self, request->delay, call);
    }
}

nex_status agent_summarise(nex_agent *agent, nex_agent_heartbeat **out, nex_error *err) {
    nex_agent_heartbeat *heartbeat = nex_agent_heartbeat_new();
    nex_agent_summary *summary = NULL;
    if (heartbeat != NULL) {
        summary = nex_message_alloc(heartbeat, sizeof *summary);
        heartbeat->summary = summary;
    }
    if (summary == NULL) {
        nex_agent_heartbeat_free(heartbeat);
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_status status = agent->ops->heartbeat(agent->self, heartbeat, err);
    if (status != NEX_OK) {
        nex_agent_heartbeat_free(heartbeat);
        return status;
    }
    const nex_register_agent_request *registration = agent->registration;
    summary->name = nex_message_strdup(heartbeat, registration->name);
    summary->type = nex_message_strdup(heartbeat, registration->register_type);
    summary->version = nex_message_strdup(heartbeat, registration->version);
    summary->start_time = agent->started;
    nex_buf lifecycles = NEX_BUF_INIT;
    for (size_t i = 0; i < registration->supported_lifecycles.count; i++) {
        const char *text = nex_workload_lifecycle_text(registration->supported_lifecycles.items[i]);
        nex_buf_printf(&lifecycles, "%s%s", i > 0 ? "," : "", text != NULL ? text : "");
    }
    summary->supported_lifecycles =
        nex_message_strdup(heartbeat, lifecycles.data != NULL ? lifecycles.data : "");
    nex_buf_free(&lifecycles);
    if (summary->state == NULL) {
        summary->state = nex_message_strdup(heartbeat, "running");
    }
    if (heartbeat->data == NULL) {
        heartbeat->data = nex_message_strdup(heartbeat, "");
    }
    *out = heartbeat;
    return NEX_OK;
}

static void on_ping(void *self, nex_call *msg) {
    nex_agent *agent = self;
    nex_agent_heartbeat *heartbeat = NULL;
    nex_error err;
    if (agent_summarise(agent, &heartbeat, &err) != NEX_OK) {
        nex_call_error(msg, "100", err.message, NULL, 0);
        return;
    }
    nex_buf json = NEX_BUF_INIT;
    nex_header id = {"agentId", agent->agent_id};
    if (nex_agent_summary_encode(heartbeat->summary, &json) == NEX_OK) {
        nex_call_reply(msg, &id, 1, json.data, json.len);
    } else {
        nex_call_error(msg, "100", "cannot write the summary", NULL, 0);
    }
    nex_buf_free(&json);
    nex_agent_heartbeat_free(heartbeat);
}

static void on_discover(void *self, nex_call *msg, const char *workload) {
    nex_agent *agent = self;
    if (!agent->ops->has_workload(agent->self, workload, NULL)) {
        nex_call_drop(msg);
        return;
    }
    nex_ping_workload_response response = {.node_id = agent->node_id};
    nex_buf json = NEX_BUF_INIT;
    if (nex_ping_workload_response_encode(&response, &json) == NEX_OK) {
        nex_call_reply(msg, NULL, 0, json.data, json.len);
    } else {
        nex_call_drop(msg);
    }
    nex_buf_free(&json);
}

static void on_event(void *self, nex_call *msg) {
    nex_agent *agent = self;
    agent->ops->event(agent->self, msg->msg.data, msg->msg.len);
    nex_call_drop(msg);
}

/* The node has started anew and knows no agents: no need to wait for the next heartbeat. */
static void on_node_started(void *arg, const nex_msg *msg) {
    (void)msg;
    agent_session_lost(arg, "the node has restarted");
}

static nex_status watch_node(nex_agent *agent, nex_error *err) {
    if (agent->mode == NEX_AGENT_EMBEDDED) {
        return NEX_OK;
    }
    char subject[NEX_SUBJECT_SIZE];
    for (size_t i = 0; i < 2; i++) {
        nex_status status =
            i == 0 ? nex_subject_nex_node_started_event(subject, agent->node_id)
                   : nex_subject_nex_node_started_event_compat(subject, agent->node_id);
        if (status == NEX_OK) {
            status = nex_bus_subscribe(agent->bus, subject, NULL, on_node_started, agent,
                                       &agent->node_events[i]);
        }
        if (status != NEX_OK) {
            return nex_error_set(err, status, "cannot listen to the node's events: %s",
                                 nex_status_name(status));
        }
    }
    return NEX_OK;
}

/* A body the nexlet cannot read: the answer is the ordinary one, saying no. */
static void on_invalid(void *self, nex_call *msg, const char *endpoint, const nex_error *err) {
    nex_agent *agent = self;
    call_kind kind = CALL_QUERY;
    if (strcmp(endpoint, "StartWorkload") == 0) {
        kind = CALL_START;
    } else if (strcmp(endpoint, "StopWorkload") == 0) {
        kind = CALL_STOP;
    }
    nex_agent_call *call =
        agent_call_new(agent, kind, msg, nex_subject_last_token(msg->msg.subject), NULL, NULL);
    if (call != NULL) {
        nex_agent_fail(call, "%s", err->message);
    }
}

/* Starts for an embedded agent come from the node it is in, and need not leave it. */
static bool starts_are_near(const nex_agent *agent, char prefix[NEX_SUBJECT_SIZE]) {
    if (agent->mode != NEX_AGENT_EMBEDDED ||
        nex_subject_agent_start_workload_pattern(prefix, agent->node_id, agent->agent_id, NULL) !=
            NEX_OK) {
        return false;
    }
    prefix[strcspn(prefix, "*")] = '\0';
    return true;
}

nex_status agent_endpoints_add(nex_agent *agent, nex_error *err) {
    agent->service = (nex_agent_service){.self = agent,
                                         .invalid = on_invalid,
                                         .start_workload = on_start,
                                         .stop_workload = on_stop,
                                         .get_workload = on_get,
                                         .query_workloads = on_query,
                                         .ping_agent = on_ping,
                                         .ping_all_agents = on_ping,
                                         .set_lameduck = on_lameduck};
    if (agent->ops->workload_port != NULL) {
        agent->service.workload_discovery = on_discover;
    }
    if (agent->ops->read_logs != NULL) {
        agent->service.workload_logs = on_logs;
    }
    if (agent->ops->event != NULL) {
        agent->service.event_listener = on_event;
    }
    nex_micro_options options = {.name = agent->registration->name,
                                 .version = agent->registration->version};
    nex_status status = nex_micro_new(&agent->micro, agent->bus, &options, err);
    if (status == NEX_OK) {
        status = nex_agent_service_add(agent->micro, &agent->service, agent->node_id, agent->nexus,
                                       agent->agent_id, err);
    }
    char prefix[NEX_SUBJECT_SIZE];
    if (status == NEX_OK && starts_are_near(agent, prefix)) {
        (void)nex_bus_near_add(agent->bus, prefix); /* without memory: by way of the server */
    }
    if (status == NEX_OK) {
        status = watch_node(agent, err);
    }
    if (status != NEX_OK) {
        agent_endpoints_remove(agent);
    }
    return status;
}

void agent_events_unwatch(nex_agent *agent) {
    for (size_t i = 0; i < 2; i++) {
        nex_subscription_free(agent->node_events[i]);
        agent->node_events[i] = NULL;
    }
}

void agent_endpoints_remove(nex_agent *agent) {
    char prefix[NEX_SUBJECT_SIZE];
    agent_events_unwatch(agent);
    agent_calls_drop(agent);
    if (agent->micro != NULL && starts_are_near(agent, prefix)) {
        nex_bus_near_remove(agent->bus, prefix);
    }
    nex_micro_free(agent->micro);
    agent->micro = NULL;
}
