/*
 * The endpoints of the service agent: one typed handler for each.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 */
#include <nex/protocol/agent_service.h>
#include <nex/protocol/subjects.h>

/* A body that is not what the endpoint takes. */
static void refuse(const nex_agent_service *service, nex_call *call, const char *endpoint,
                   const nex_error *err) {
    if (service->invalid != NULL) {
        service->invalid(service->self, call, endpoint, err);
    } else {
        nex_call_error(call, "400", err->message, NULL, 0);
    }
}

/* The body as text that is never NULL. */
static const char *body(const nex_call *call) {
    return call->msg.data != NULL ? call->msg.data : "";
}

static void on_start_workload(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 6, workload, sizeof(workload)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_agent_start_workload_request *request = NULL;
    if (nex_agent_start_workload_request_decode(&request, body(call), call->msg.len,
                                                &err) != NEX_OK) {
        refuse(service, call, "StartWorkload", &err);
        return;
    }
    service->start_workload(service->self, call, request, workload);
    nex_agent_start_workload_request_free(request);
}

static void on_stop_workload(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 5, workload, sizeof(workload)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_stop_workload_request *request = NULL;
    if (nex_stop_workload_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "StopWorkload", &err);
        return;
    }
    service->stop_workload(service->self, call, request, workload);
    nex_stop_workload_request_free(request);
}

static void on_get_workload(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 5, workload, sizeof(workload)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    service->get_workload(service->self, call, workload);
}

static void on_query_workloads(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    nex_error err;
    nex_error_clear(&err);
    nex_agent_list_workloads_request *request = NULL;
    if (nex_agent_list_workloads_request_decode(&request, body(call), call->msg.len,
                                                &err) != NEX_OK) {
        refuse(service, call, "QueryWorkloads", &err);
        return;
    }
    service->query_workloads(service->self, call, request);
    nex_agent_list_workloads_request_free(request);
}

static void on_ping_agent(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    service->ping_agent(service->self, call);
}

static void on_ping_all_agents(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    service->ping_all_agents(service->self, call);
}

static void on_set_lameduck(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    nex_error err;
    nex_error_clear(&err);
    nex_lameduck_request *request = NULL;
    if (nex_lameduck_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "SetLameduck", &err);
        return;
    }
    service->set_lameduck(service->self, call, request);
    nex_lameduck_request_free(request);
}

static void on_workload_discovery(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 5, workload, sizeof(workload)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    service->workload_discovery(service->self, call, workload);
}

static void on_event_listener(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    service->event_listener(service->self, call);
}

static void on_workload_logs(void *arg, nex_call *call) {
    const nex_agent_service *service = arg;
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 6, workload, sizeof(workload)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_workload_logs_request *request = NULL;
    if (nex_workload_logs_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "WorkloadLogs", &err);
        return;
    }
    service->workload_logs(service->self, call, request, workload);
    nex_workload_logs_request_free(request);
}

static nex_status add(nex_micro *micro, const nex_agent_service *service, const char *name,
                      nex_status built, const char *subject, const char *queue, nex_call_cb cb,
                      nex_error *err) {
    if (built != NEX_OK) {
        return nex_error_set(err, built, "endpoint %s: its parameters make no NATS subject", name);
    }
    /* The handlers only read the service. */
    return nex_micro_add_endpoint(micro, name, subject, queue, cb, (void *)(uintptr_t)service, err);
}

nex_status nex_agent_service_add(nex_micro *micro, const nex_agent_service *service,
                                 const char *node, const char *nexus, const char *agent,
                                 nex_error *err) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = NEX_OK;
    if (status == NEX_OK && service->start_workload != NULL) {
        nex_status built = node == NULL || agent == NULL
                ? NEX_EINVAL
                : nex_subject_agent_start_workload_pattern(subject, node, agent, NULL);
        status = add(micro, service, "StartWorkload", built, subject, agent, on_start_workload,
                     err);
    }
    if (status == NEX_OK && service->stop_workload != NULL) {
        nex_status built = node == NULL
                ? NEX_EINVAL
                : nex_subject_agent_stop_workload_pattern(subject, node, NULL);
        status = add(micro, service, "StopWorkload", built, subject, agent, on_stop_workload, err);
    }
    if (status == NEX_OK && service->get_workload != NULL) {
        nex_status built = node == NULL
                ? NEX_EINVAL
                : nex_subject_agent_get_workload_pattern(subject, node, NULL);
        status = add(micro, service, "GetWorkload", built, subject, agent, on_get_workload, err);
    }
    if (status == NEX_OK && service->query_workloads != NULL) {
        nex_status built = nex_subject_agent_query_workloads(subject, node);
        status = add(micro, service, "QueryWorkloads", built, subject, agent, on_query_workloads,
                     err);
    }
    if (status == NEX_OK && service->ping_agent != NULL) {
        nex_status built = nex_subject_ping_agent(subject, node, agent);
        status = add(micro, service, "PingAgent", built, subject, agent, on_ping_agent, err);
    }
    if (status == NEX_OK && service->ping_all_agents != NULL) {
        nex_status built = nex_subject_ping_all_agents(subject, node);
        status = add(micro, service, "PingAllAgents", built, subject, agent, on_ping_all_agents,
                     err);
    }
    if (status == NEX_OK && service->set_lameduck != NULL) {
        nex_status built = nex_subject_agent_set_lameduck(subject, node);
        status = add(micro, service, "SetLameduck", built, subject, agent, on_set_lameduck, err);
    }
    if (status == NEX_OK && service->workload_discovery != NULL) {
        nex_status built = nexus == NULL
                ? NEX_EINVAL
                : nex_subject_workload_discovery_pattern(subject, nexus, NULL);
        status = add(micro, service, "WorkloadDiscovery", built, subject, agent,
                     on_workload_discovery, err);
    }
    if (status == NEX_OK && service->event_listener != NULL) {
        nex_status built = nex_subject_event_listener(subject, agent);
        status = add(micro, service, "EventListener", built, subject, agent, on_event_listener,
                     err);
    }
    if (status == NEX_OK && service->workload_logs != NULL) {
        nex_status built = node == NULL || agent == NULL
                ? NEX_EINVAL
                : nex_subject_agent_workload_logs_pattern(subject, node, agent, NULL);
        status = add(micro, service, "WorkloadLogs", built, subject, agent, on_workload_logs, err);
    }
    return status;
}
