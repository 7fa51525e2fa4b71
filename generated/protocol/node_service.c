/*
 * The endpoints of the service node: one typed handler for each.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 */
#include <nex/protocol/node_service.h>
#include <nex/protocol/subjects.h>

/* A body that is not what the endpoint takes. */
static void refuse(const nex_node_service *service, nex_call *call, const char *endpoint,
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

static void on_ping_placement_tags(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    service->ping_placement_tags(service->self, call);
}

static void on_ping_nexus(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    nex_error err;
    nex_error_clear(&err);
    nex_node_ping_request *request = NULL;
    if (nex_node_ping_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "PingNexus", &err);
        return;
    }
    service->ping_nexus(service->self, call, request);
    nex_node_ping_request_free(request);
}

static void on_ping_node(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    nex_error err;
    nex_error_clear(&err);
    nex_node_ping_request *request = NULL;
    if (nex_node_ping_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "PingNode", &err);
        return;
    }
    service->ping_node(service->self, call, request);
    nex_node_ping_request_free(request);
}

static void on_get_node_info(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    service->get_node_info(service->self, call);
}

static void on_set_lameduck(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
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

static void on_get_agent_id_by_name(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    service->get_agent_id_by_name(service->self, call);
}

static void on_register_remote_agent(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    nex_error err;
    nex_error_clear(&err);
    nex_register_remote_agent_request *request = NULL;
    if (nex_register_remote_agent_request_decode(&request, body(call), call->msg.len,
                                                 &err) != NEX_OK) {
        refuse(service, call, "RegisterRemoteAgent", &err);
        return;
    }
    service->register_remote_agent(service->self, call, request);
    nex_register_remote_agent_request_free(request);
}

static void on_register_agent(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char agent[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 5, agent, sizeof(agent)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_register_agent_request *request = NULL;
    if (nex_register_agent_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "RegisterAgent", &err);
        return;
    }
    service->register_agent(service->self, call, request, agent);
    nex_register_agent_request_free(request);
}

static void on_get_secret(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char agent[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 5, agent, sizeof(agent)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_get_secret_request *request = NULL;
    if (nex_get_secret_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "GetSecret", &err);
        return;
    }
    service->get_secret(service->self, call, request, agent);
    nex_get_secret_request_free(request);
}

static void on_auction_request(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 2, namespace_, sizeof(namespace_)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_auction_request *request = NULL;
    if (nex_auction_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "AuctionRequest", &err);
        return;
    }
    service->auction_request(service->self, call, request, namespace_);
    nex_auction_request_free(request);
}

static void on_stop_workload(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 2, namespace_, sizeof(namespace_)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
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
    service->stop_workload(service->self, call, request, namespace_, workload);
    nex_stop_workload_request_free(request);
}

static void on_auction_deploy_workload(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 2, namespace_, sizeof(namespace_)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    char bidder[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 5, bidder, sizeof(bidder)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_start_workload_request *request = NULL;
    if (nex_start_workload_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "AuctionDeployWorkload", &err);
        return;
    }
    service->auction_deploy_workload(service->self, call, request, namespace_, bidder);
    nex_start_workload_request_free(request);
}

static void on_clone_workload(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 2, namespace_, sizeof(namespace_)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 5, workload, sizeof(workload)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_clone_workload_request *request = NULL;
    if (nex_clone_workload_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "CloneWorkload", &err);
        return;
    }
    service->clone_workload(service->self, call, request, namespace_, workload);
    nex_clone_workload_request_free(request);
}

static void on_namespace_ping_request(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 2, namespace_, sizeof(namespace_)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_agent_list_workloads_request *request = NULL;
    if (nex_agent_list_workloads_request_decode(&request, body(call), call->msg.len,
                                                &err) != NEX_OK) {
        refuse(service, call, "NamespacePingRequest", &err);
        return;
    }
    service->namespace_ping_request(service->self, call, request, namespace_);
    nex_agent_list_workloads_request_free(request);
}

static void on_workload_logs(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 2, namespace_, sizeof(namespace_)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
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
    service->workload_logs(service->self, call, request, namespace_, workload);
    nex_workload_logs_request_free(request);
}

static void on_workload_info(void *arg, nex_call *call) {
    const nex_node_service *service = arg;
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 2, namespace_, sizeof(namespace_)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    if (nex_subject_token(call->msg.subject, 6, workload, sizeof(workload)) != NEX_OK) {
        nex_call_drop(call);
        return;
    }
    nex_error err;
    nex_error_clear(&err);
    nex_workload_info_request *request = NULL;
    if (nex_workload_info_request_decode(&request, body(call), call->msg.len, &err) != NEX_OK) {
        refuse(service, call, "WorkloadInfo", &err);
        return;
    }
    service->workload_info(service->self, call, request, namespace_, workload);
    nex_workload_info_request_free(request);
}

static nex_status add(nex_micro *micro, const nex_node_service *service, const char *name,
                      nex_status built, const char *subject, const char *queue, nex_call_cb cb,
                      nex_error *err) {
    if (built != NEX_OK) {
        return nex_error_set(err, built, "endpoint %s: its parameters make no NATS subject", name);
    }
    /* The handlers only read the service. */
    return nex_micro_add_endpoint(micro, name, subject, queue, cb, (void *)(uintptr_t)service, err);
}

nex_status nex_node_service_add(nex_micro *micro, const nex_node_service *service, const char *node,
                                const char *nexus, nex_error *err) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = NEX_OK;
    if (status == NEX_OK && service->ping_placement_tags != NULL) {
        nex_status built = nex_subject_ping_placement_tags(subject);
        status = add(micro, service, "PingPlacementTags", built, subject, node,
                     on_ping_placement_tags, err);
    }
    if (status == NEX_OK && service->ping_nexus != NULL) {
        nex_status built = nex_subject_ping_nexus(subject);
        status = add(micro, service, "PingNexus", built, subject, node, on_ping_nexus, err);
    }
    if (status == NEX_OK && service->ping_node != NULL) {
        nex_status built = nex_subject_ping_node(subject, node);
        status = add(micro, service, "PingNode", built, subject, node, on_ping_node, err);
    }
    if (status == NEX_OK && service->get_node_info != NULL) {
        nex_status built = nex_subject_get_node_info(subject, node);
        status = add(micro, service, "GetNodeInfo", built, subject, node, on_get_node_info, err);
    }
    if (status == NEX_OK && service->set_lameduck != NULL) {
        nex_status built = nex_subject_set_lameduck(subject, node);
        status = add(micro, service, "SetLameduck", built, subject, node, on_set_lameduck, err);
    }
    if (status == NEX_OK && service->get_agent_id_by_name != NULL) {
        nex_status built = nex_subject_get_agent_id_by_name(subject, node);
        status = add(micro, service, "GetAgentIdByName", built, subject, node,
                     on_get_agent_id_by_name, err);
    }
    if (status == NEX_OK && service->register_remote_agent != NULL) {
        nex_status built = nex_subject_register_remote_agent(subject, nexus);
        status = add(micro, service, "RegisterRemoteAgent", built, subject, nexus,
                     on_register_remote_agent, err);
    }
    if (status == NEX_OK && service->register_agent != NULL) {
        nex_status built = node == NULL
                ? NEX_EINVAL
                : nex_subject_register_agent_pattern(subject, node, NULL);
        status = add(micro, service, "RegisterAgent", built, subject, node, on_register_agent, err);
    }
    if (status == NEX_OK && service->get_secret != NULL) {
        nex_status built = node == NULL
                ? NEX_EINVAL
                : nex_subject_get_secret_pattern(subject, node, NULL);
        status = add(micro, service, "GetSecret", built, subject, node, on_get_secret, err);
    }
    if (status == NEX_OK && service->auction_request != NULL) {
        nex_status built = nex_subject_auction_request_pattern(subject, NULL);
        status = add(micro, service, "AuctionRequest", built, subject, node, on_auction_request,
                     err);
    }
    if (status == NEX_OK && service->stop_workload != NULL) {
        nex_status built = nex_subject_stop_workload_pattern(subject, NULL, NULL);
        status = add(micro, service, "StopWorkload", built, subject, node, on_stop_workload, err);
    }
    if (status == NEX_OK && service->auction_deploy_workload != NULL) {
        nex_status built = nex_subject_auction_deploy_workload_pattern(subject, NULL, NULL);
        status = add(micro, service, "AuctionDeployWorkload", built, subject, node,
                     on_auction_deploy_workload, err);
    }
    if (status == NEX_OK && service->clone_workload != NULL) {
        nex_status built = nex_subject_clone_workload_pattern(subject, NULL, NULL);
        status = add(micro, service, "CloneWorkload", built, subject, node, on_clone_workload, err);
    }
    if (status == NEX_OK && service->namespace_ping_request != NULL) {
        nex_status built = nex_subject_namespace_ping_request_pattern(subject, NULL);
        status = add(micro, service, "NamespacePingRequest", built, subject, node,
                     on_namespace_ping_request, err);
    }
    if (status == NEX_OK && service->workload_logs != NULL) {
        nex_status built = node == NULL
                ? NEX_EINVAL
                : nex_subject_workload_logs_pattern(subject, NULL, node, NULL);
        status = add(micro, service, "WorkloadLogs", built, subject, node, on_workload_logs, err);
    }
    if (status == NEX_OK && service->workload_info != NULL) {
        nex_status built = node == NULL
                ? NEX_EINVAL
                : nex_subject_workload_info_pattern(subject, NULL, node, NULL);
        status = add(micro, service, "WorkloadInfo", built, subject, node, on_workload_info, err);
    }
    return status;
}
