/*
 * The NATS subjects of the Nex protocol.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 */
#include <nex/micro.h>
#include <nex/protocol/subjects.h>

#include <string.h>

/* A subject from its wildcard form: each * becomes the next parameter. */
static nex_status build(char *out, const char *form, const char *const *params, bool wild) {
    size_t len = 0;
    for (const char *at = form; *at != '\0'; at++) {
        const char *piece = at;
        size_t piece_len = 1;
        if (*at == '*') {
            const char *param = *params++;
            if (param == NULL ? !wild : !nex_subject_token_valid(param)) {
                return NEX_EINVAL;
            }
            if (param != NULL) {
                piece = param;
                piece_len = strlen(param);
            }
            if (piece_len >= NEX_SUBJECT_TOKEN_SIZE) {
                return NEX_EINVAL;
            }
        }
        if (piece_len >= NEX_SUBJECT_SIZE - len) {
            return NEX_EINVAL;
        }
        memcpy(out + len, piece, piece_len);
        len += piece_len;
    }
    out[len] = '\0';
    return NEX_OK;
}

/* The reverse: copies what stands for each * to the next of params. */
static bool match(const char *subject, const char *form, char *const *params) {
    for (; *form != '\0'; form++) {
        if (*form != '*') {
            if (*subject++ != *form) {
                return false;
            }
            continue;
        }
        size_t len = strcspn(subject, ".");
        if (len == 0 || len >= NEX_SUBJECT_TOKEN_SIZE) {
            return false;
        }
        memcpy(*params, subject, len);
        (*params++)[len] = '\0';
        subject += len;
    }
    return *subject == '\0';
}

nex_status nex_subject_ping_placement_tags(char out[NEX_SUBJECT_SIZE]) {
    return build(out, NEX_SUBJECT_PING_PLACEMENT_TAGS, NULL, false);
}

bool nex_subject_ping_placement_tags_match(const char *subject) {
    return match(subject, NEX_SUBJECT_PING_PLACEMENT_TAGS, NULL);
}

nex_status nex_subject_ping_nexus(char out[NEX_SUBJECT_SIZE]) {
    return build(out, NEX_SUBJECT_PING_NEXUS, NULL, false);
}

bool nex_subject_ping_nexus_match(const char *subject) {
    return match(subject, NEX_SUBJECT_PING_NEXUS, NULL);
}

nex_status nex_subject_ping_node(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_PING_NODE, params, false);
}

nex_status nex_subject_ping_node_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_PING_NODE, params, true);
}

bool nex_subject_ping_node_match(const char *subject, nex_subject_ping_node_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_PING_NODE, out);
}

nex_status nex_subject_get_node_info(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_GET_NODE_INFO, params, false);
}

nex_status nex_subject_get_node_info_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_GET_NODE_INFO, params, true);
}

bool nex_subject_get_node_info_match(const char *subject,
                                     nex_subject_get_node_info_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_GET_NODE_INFO, out);
}

nex_status nex_subject_set_lameduck(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_SET_LAMEDUCK, params, false);
}

nex_status nex_subject_set_lameduck_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_SET_LAMEDUCK, params, true);
}

bool nex_subject_set_lameduck_match(const char *subject, nex_subject_set_lameduck_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_SET_LAMEDUCK, out);
}

nex_status nex_subject_get_agent_id_by_name(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_GET_AGENT_ID_BY_NAME, params, false);
}

nex_status nex_subject_get_agent_id_by_name_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_GET_AGENT_ID_BY_NAME, params, true);
}

bool nex_subject_get_agent_id_by_name_match(const char *subject,
                                            nex_subject_get_agent_id_by_name_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_GET_AGENT_ID_BY_NAME, out);
}

nex_status nex_subject_register_remote_agent(char out[NEX_SUBJECT_SIZE], const char *nexus) {
    const char *const params[] = {nexus};
    return build(out, NEX_SUBJECT_REGISTER_REMOTE_AGENT, params, false);
}

nex_status nex_subject_register_remote_agent_pattern(char out[NEX_SUBJECT_SIZE],
                                                     const char *nexus) {
    const char *const params[] = {nexus};
    return build(out, NEX_SUBJECT_REGISTER_REMOTE_AGENT, params, true);
}

bool nex_subject_register_remote_agent_match(const char *subject,
                                             nex_subject_register_remote_agent_params *params) {
    char *const out[] = {params->nexus};
    return match(subject, NEX_SUBJECT_REGISTER_REMOTE_AGENT, out);
}

nex_status nex_subject_register_agent(char out[NEX_SUBJECT_SIZE], const char *node,
                                      const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_REGISTER_AGENT, params, false);
}

nex_status nex_subject_register_agent_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                              const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_REGISTER_AGENT, params, true);
}

bool nex_subject_register_agent_match(const char *subject,
                                      nex_subject_register_agent_params *params) {
    char *const out[] = {params->node, params->agent};
    return match(subject, NEX_SUBJECT_REGISTER_AGENT, out);
}

nex_status nex_subject_get_secret(char out[NEX_SUBJECT_SIZE], const char *node, const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_GET_SECRET, params, false);
}

nex_status nex_subject_get_secret_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                          const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_GET_SECRET, params, true);
}

bool nex_subject_get_secret_match(const char *subject, nex_subject_get_secret_params *params) {
    char *const out[] = {params->node, params->agent};
    return match(subject, NEX_SUBJECT_GET_SECRET, out);
}

nex_status nex_subject_auction_request(char out[NEX_SUBJECT_SIZE], const char *namespace_) {
    const char *const params[] = {namespace_};
    return build(out, NEX_SUBJECT_AUCTION_REQUEST, params, false);
}

nex_status nex_subject_auction_request_pattern(char out[NEX_SUBJECT_SIZE], const char *namespace_) {
    const char *const params[] = {namespace_};
    return build(out, NEX_SUBJECT_AUCTION_REQUEST, params, true);
}

bool nex_subject_auction_request_match(const char *subject,
                                       nex_subject_auction_request_params *params) {
    char *const out[] = {params->namespace_};
    return match(subject, NEX_SUBJECT_AUCTION_REQUEST, out);
}

nex_status nex_subject_stop_workload(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                     const char *workload) {
    const char *const params[] = {namespace_, workload};
    return build(out, NEX_SUBJECT_STOP_WORKLOAD, params, false);
}

nex_status nex_subject_stop_workload_pattern(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                             const char *workload) {
    const char *const params[] = {namespace_, workload};
    return build(out, NEX_SUBJECT_STOP_WORKLOAD, params, true);
}

bool nex_subject_stop_workload_match(const char *subject,
                                     nex_subject_stop_workload_params *params) {
    char *const out[] = {params->namespace_, params->workload};
    return match(subject, NEX_SUBJECT_STOP_WORKLOAD, out);
}

nex_status nex_subject_auction_deploy_workload(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                               const char *bidder) {
    const char *const params[] = {namespace_, bidder};
    return build(out, NEX_SUBJECT_AUCTION_DEPLOY_WORKLOAD, params, false);
}

nex_status nex_subject_auction_deploy_workload_pattern(char out[NEX_SUBJECT_SIZE],
                                                       const char *namespace_, const char *bidder) {
    const char *const params[] = {namespace_, bidder};
    return build(out, NEX_SUBJECT_AUCTION_DEPLOY_WORKLOAD, params, true);
}

bool nex_subject_auction_deploy_workload_match(const char *subject,
                                               nex_subject_auction_deploy_workload_params *params) {
    char *const out[] = {params->namespace_, params->bidder};
    return match(subject, NEX_SUBJECT_AUCTION_DEPLOY_WORKLOAD, out);
}

nex_status nex_subject_clone_workload(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                      const char *workload) {
    const char *const params[] = {namespace_, workload};
    return build(out, NEX_SUBJECT_CLONE_WORKLOAD, params, false);
}

nex_status nex_subject_clone_workload_pattern(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                              const char *workload) {
    const char *const params[] = {namespace_, workload};
    return build(out, NEX_SUBJECT_CLONE_WORKLOAD, params, true);
}

bool nex_subject_clone_workload_match(const char *subject,
                                      nex_subject_clone_workload_params *params) {
    char *const out[] = {params->namespace_, params->workload};
    return match(subject, NEX_SUBJECT_CLONE_WORKLOAD, out);
}

nex_status nex_subject_namespace_ping_request(char out[NEX_SUBJECT_SIZE], const char *namespace_) {
    const char *const params[] = {namespace_};
    return build(out, NEX_SUBJECT_NAMESPACE_PING_REQUEST, params, false);
}

nex_status nex_subject_namespace_ping_request_pattern(char out[NEX_SUBJECT_SIZE],
                                                      const char *namespace_) {
    const char *const params[] = {namespace_};
    return build(out, NEX_SUBJECT_NAMESPACE_PING_REQUEST, params, true);
}

bool nex_subject_namespace_ping_request_match(const char *subject,
                                              nex_subject_namespace_ping_request_params *params) {
    char *const out[] = {params->namespace_};
    return match(subject, NEX_SUBJECT_NAMESPACE_PING_REQUEST, out);
}

nex_status nex_subject_workload_logs(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                     const char *node, const char *workload) {
    const char *const params[] = {namespace_, node, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_LOGS, params, false);
}

nex_status nex_subject_workload_logs_pattern(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                             const char *node, const char *workload) {
    const char *const params[] = {namespace_, node, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_LOGS, params, true);
}

bool nex_subject_workload_logs_match(const char *subject,
                                     nex_subject_workload_logs_params *params) {
    char *const out[] = {params->namespace_, params->node, params->workload};
    return match(subject, NEX_SUBJECT_WORKLOAD_LOGS, out);
}

nex_status nex_subject_workload_info(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                     const char *node, const char *workload) {
    const char *const params[] = {namespace_, node, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_INFO, params, false);
}

nex_status nex_subject_workload_info_pattern(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                             const char *node, const char *workload) {
    const char *const params[] = {namespace_, node, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_INFO, params, true);
}

bool nex_subject_workload_info_match(const char *subject,
                                     nex_subject_workload_info_params *params) {
    char *const out[] = {params->namespace_, params->node, params->workload};
    return match(subject, NEX_SUBJECT_WORKLOAD_INFO, out);
}

nex_status nex_subject_agent_start_workload(char out[NEX_SUBJECT_SIZE], const char *node,
                                            const char *agent, const char *workload) {
    const char *const params[] = {node, agent, workload};
    return build(out, NEX_SUBJECT_AGENT_START_WORKLOAD, params, false);
}

nex_status nex_subject_agent_start_workload_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                    const char *agent, const char *workload) {
    const char *const params[] = {node, agent, workload};
    return build(out, NEX_SUBJECT_AGENT_START_WORKLOAD, params, true);
}

bool nex_subject_agent_start_workload_match(const char *subject,
                                            nex_subject_agent_start_workload_params *params) {
    char *const out[] = {params->node, params->agent, params->workload};
    return match(subject, NEX_SUBJECT_AGENT_START_WORKLOAD, out);
}

nex_status nex_subject_agent_stop_workload(char out[NEX_SUBJECT_SIZE], const char *node,
                                           const char *workload) {
    const char *const params[] = {node, workload};
    return build(out, NEX_SUBJECT_AGENT_STOP_WORKLOAD, params, false);
}

nex_status nex_subject_agent_stop_workload_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                   const char *workload) {
    const char *const params[] = {node, workload};
    return build(out, NEX_SUBJECT_AGENT_STOP_WORKLOAD, params, true);
}

bool nex_subject_agent_stop_workload_match(const char *subject,
                                           nex_subject_agent_stop_workload_params *params) {
    char *const out[] = {params->node, params->workload};
    return match(subject, NEX_SUBJECT_AGENT_STOP_WORKLOAD, out);
}

nex_status nex_subject_agent_get_workload(char out[NEX_SUBJECT_SIZE], const char *node,
                                          const char *workload) {
    const char *const params[] = {node, workload};
    return build(out, NEX_SUBJECT_AGENT_GET_WORKLOAD, params, false);
}

nex_status nex_subject_agent_get_workload_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                  const char *workload) {
    const char *const params[] = {node, workload};
    return build(out, NEX_SUBJECT_AGENT_GET_WORKLOAD, params, true);
}

bool nex_subject_agent_get_workload_match(const char *subject,
                                          nex_subject_agent_get_workload_params *params) {
    char *const out[] = {params->node, params->workload};
    return match(subject, NEX_SUBJECT_AGENT_GET_WORKLOAD, out);
}

nex_status nex_subject_agent_query_workloads(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_AGENT_QUERY_WORKLOADS, params, false);
}

nex_status nex_subject_agent_query_workloads_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_AGENT_QUERY_WORKLOADS, params, true);
}

bool nex_subject_agent_query_workloads_match(const char *subject,
                                             nex_subject_agent_query_workloads_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_AGENT_QUERY_WORKLOADS, out);
}

nex_status nex_subject_ping_agent(char out[NEX_SUBJECT_SIZE], const char *node, const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_PING_AGENT, params, false);
}

nex_status nex_subject_ping_agent_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                          const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_PING_AGENT, params, true);
}

bool nex_subject_ping_agent_match(const char *subject, nex_subject_ping_agent_params *params) {
    char *const out[] = {params->node, params->agent};
    return match(subject, NEX_SUBJECT_PING_AGENT, out);
}

nex_status nex_subject_ping_all_agents(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_PING_ALL_AGENTS, params, false);
}

nex_status nex_subject_ping_all_agents_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_PING_ALL_AGENTS, params, true);
}

bool nex_subject_ping_all_agents_match(const char *subject,
                                       nex_subject_ping_all_agents_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_PING_ALL_AGENTS, out);
}

nex_status nex_subject_agent_set_lameduck(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_AGENT_SET_LAMEDUCK, params, false);
}

nex_status nex_subject_agent_set_lameduck_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_AGENT_SET_LAMEDUCK, params, true);
}

bool nex_subject_agent_set_lameduck_match(const char *subject,
                                          nex_subject_agent_set_lameduck_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_AGENT_SET_LAMEDUCK, out);
}

nex_status nex_subject_workload_discovery(char out[NEX_SUBJECT_SIZE], const char *nexus,
                                          const char *workload) {
    const char *const params[] = {nexus, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_DISCOVERY, params, false);
}

nex_status nex_subject_workload_discovery_pattern(char out[NEX_SUBJECT_SIZE], const char *nexus,
                                                  const char *workload) {
    const char *const params[] = {nexus, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_DISCOVERY, params, true);
}

bool nex_subject_workload_discovery_match(const char *subject,
                                          nex_subject_workload_discovery_params *params) {
    char *const out[] = {params->nexus, params->workload};
    return match(subject, NEX_SUBJECT_WORKLOAD_DISCOVERY, out);
}

nex_status nex_subject_event_listener(char out[NEX_SUBJECT_SIZE], const char *agent) {
    const char *const params[] = {agent};
    return build(out, NEX_SUBJECT_EVENT_LISTENER, params, false);
}

nex_status nex_subject_event_listener_pattern(char out[NEX_SUBJECT_SIZE], const char *agent) {
    const char *const params[] = {agent};
    return build(out, NEX_SUBJECT_EVENT_LISTENER, params, true);
}

bool nex_subject_event_listener_match(const char *subject,
                                      nex_subject_event_listener_params *params) {
    char *const out[] = {params->agent};
    return match(subject, NEX_SUBJECT_EVENT_LISTENER, out);
}

nex_status nex_subject_agent_workload_logs(char out[NEX_SUBJECT_SIZE], const char *node,
                                           const char *agent, const char *workload) {
    const char *const params[] = {node, agent, workload};
    return build(out, NEX_SUBJECT_AGENT_WORKLOAD_LOGS, params, false);
}

nex_status nex_subject_agent_workload_logs_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                   const char *agent, const char *workload) {
    const char *const params[] = {node, agent, workload};
    return build(out, NEX_SUBJECT_AGENT_WORKLOAD_LOGS, params, true);
}

bool nex_subject_agent_workload_logs_match(const char *subject,
                                           nex_subject_agent_workload_logs_params *params) {
    char *const out[] = {params->node, params->agent, params->workload};
    return match(subject, NEX_SUBJECT_AGENT_WORKLOAD_LOGS, out);
}

nex_status nex_subject_node_heartbeat(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_NODE_HEARTBEAT, params, false);
}

nex_status nex_subject_node_heartbeat_pattern(char out[NEX_SUBJECT_SIZE], const char *node) {
    const char *const params[] = {node};
    return build(out, NEX_SUBJECT_NODE_HEARTBEAT, params, true);
}

bool nex_subject_node_heartbeat_match(const char *subject,
                                      nex_subject_node_heartbeat_params *params) {
    char *const out[] = {params->node};
    return match(subject, NEX_SUBJECT_NODE_HEARTBEAT, out);
}

nex_status nex_subject_agent_heartbeat(char out[NEX_SUBJECT_SIZE], const char *node,
                                       const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_AGENT_HEARTBEAT, params, false);
}

nex_status nex_subject_agent_heartbeat_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                               const char *agent) {
    const char *const params[] = {node, agent};
    return build(out, NEX_SUBJECT_AGENT_HEARTBEAT, params, true);
}

bool nex_subject_agent_heartbeat_match(const char *subject,
                                       nex_subject_agent_heartbeat_params *params) {
    char *const out[] = {params->node, params->agent};
    return match(subject, NEX_SUBJECT_AGENT_HEARTBEAT, out);
}

nex_status nex_subject_workload_log(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                    const char *workload, const char *stream) {
    const char *const params[] = {namespace_, workload, stream};
    return build(out, NEX_SUBJECT_WORKLOAD_LOG, params, false);
}

nex_status nex_subject_workload_log_pattern(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                            const char *workload, const char *stream) {
    const char *const params[] = {namespace_, workload, stream};
    return build(out, NEX_SUBJECT_WORKLOAD_LOG, params, true);
}

bool nex_subject_workload_log_match(const char *subject, nex_subject_workload_log_params *params) {
    char *const out[] = {params->namespace_, params->workload, params->stream};
    return match(subject, NEX_SUBJECT_WORKLOAD_LOG, out);
}

nex_status nex_subject_workload_metrics(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                        const char *workload) {
    const char *const params[] = {namespace_, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_METRICS, params, false);
}

nex_status nex_subject_workload_metrics_pattern(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                                const char *workload) {
    const char *const params[] = {namespace_, workload};
    return build(out, NEX_SUBJECT_WORKLOAD_METRICS, params, true);
}

bool nex_subject_workload_metrics_match(const char *subject,
                                        nex_subject_workload_metrics_params *params) {
    char *const out[] = {params->namespace_, params->workload};
    return match(subject, NEX_SUBJECT_WORKLOAD_METRICS, out);
}

nex_status nex_subject_node_log(char out[NEX_SUBJECT_SIZE], const char *node, const char *stream) {
    const char *const params[] = {node, stream};
    return build(out, NEX_SUBJECT_NODE_LOG, params, false);
}

nex_status nex_subject_node_log_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                        const char *stream) {
    const char *const params[] = {node, stream};
    return build(out, NEX_SUBJECT_NODE_LOG, params, true);
}

bool nex_subject_node_log_match(const char *subject, nex_subject_node_log_params *params) {
    char *const out[] = {params->node, params->stream};
    return match(subject, NEX_SUBJECT_NODE_LOG, out);
}

nex_status nex_subject_nex_node_started_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STARTED_EVENT, params, false);
}

nex_status nex_subject_nex_node_started_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                      const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STARTED_EVENT, params, true);
}

bool nex_subject_nex_node_started_event_match(const char *subject,
                                              nex_subject_nex_node_started_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_NEX_NODE_STARTED_EVENT, out);
}

nex_status nex_subject_nex_node_started_event_compat(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STARTED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_nex_node_started_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                             const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STARTED_EVENT_COMPAT, params, true);
}

bool nex_subject_nex_node_started_event_compat_match(
    const char *subject, nex_subject_nex_node_started_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_NEX_NODE_STARTED_EVENT_COMPAT, out);
}

nex_status nex_subject_nex_node_stopped_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STOPPED_EVENT, params, false);
}

nex_status nex_subject_nex_node_stopped_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                      const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STOPPED_EVENT, params, true);
}

bool nex_subject_nex_node_stopped_event_match(const char *subject,
                                              nex_subject_nex_node_stopped_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_NEX_NODE_STOPPED_EVENT, out);
}

nex_status nex_subject_nex_node_stopped_event_compat(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STOPPED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_nex_node_stopped_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                             const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_STOPPED_EVENT_COMPAT, params, true);
}

bool nex_subject_nex_node_stopped_event_compat_match(
    const char *subject, nex_subject_nex_node_stopped_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_NEX_NODE_STOPPED_EVENT_COMPAT, out);
}

nex_status nex_subject_nex_node_lameduck_set_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT, params, false);
}

nex_status nex_subject_nex_node_lameduck_set_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                           const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT, params, true);
}

bool nex_subject_nex_node_lameduck_set_event_match(
    const char *subject, nex_subject_nex_node_lameduck_set_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT, out);
}

nex_status nex_subject_nex_node_lameduck_set_event_compat(char out[NEX_SUBJECT_SIZE],
                                                          const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT_COMPAT, params, false);
}

nex_status nex_subject_nex_node_lameduck_set_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                  const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT_COMPAT, params, true);
}

bool nex_subject_nex_node_lameduck_set_event_compat_match(
    const char *subject, nex_subject_nex_node_lameduck_set_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT_COMPAT, out);
}

nex_status nex_subject_agent_started_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STARTED_EVENT, params, false);
}

nex_status nex_subject_agent_started_event_pattern(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STARTED_EVENT, params, true);
}

bool nex_subject_agent_started_event_match(const char *subject,
                                           nex_subject_agent_started_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_AGENT_STARTED_EVENT, out);
}

nex_status nex_subject_agent_started_event_compat(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STARTED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_agent_started_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                          const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STARTED_EVENT_COMPAT, params, true);
}

bool nex_subject_agent_started_event_compat_match(
    const char *subject, nex_subject_agent_started_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_AGENT_STARTED_EVENT_COMPAT, out);
}

nex_status nex_subject_agent_stopped_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STOPPED_EVENT, params, false);
}

nex_status nex_subject_agent_stopped_event_pattern(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STOPPED_EVENT, params, true);
}

bool nex_subject_agent_stopped_event_match(const char *subject,
                                           nex_subject_agent_stopped_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_AGENT_STOPPED_EVENT, out);
}

nex_status nex_subject_agent_stopped_event_compat(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STOPPED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_agent_stopped_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                          const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_STOPPED_EVENT_COMPAT, params, true);
}

bool nex_subject_agent_stopped_event_compat_match(
    const char *subject, nex_subject_agent_stopped_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_AGENT_STOPPED_EVENT_COMPAT, out);
}

nex_status nex_subject_agent_lameduck_set_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT, params, false);
}

nex_status nex_subject_agent_lameduck_set_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                        const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT, params, true);
}

bool nex_subject_agent_lameduck_set_event_match(
    const char *subject, nex_subject_agent_lameduck_set_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT, out);
}

nex_status nex_subject_agent_lameduck_set_event_compat(char out[NEX_SUBJECT_SIZE],
                                                       const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT_COMPAT, params, false);
}

nex_status nex_subject_agent_lameduck_set_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                               const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT_COMPAT, params, true);
}

bool nex_subject_agent_lameduck_set_event_compat_match(
    const char *subject, nex_subject_agent_lameduck_set_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT_COMPAT, out);
}

nex_status nex_subject_workload_started_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STARTED_EVENT, params, false);
}

nex_status nex_subject_workload_started_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                      const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STARTED_EVENT, params, true);
}

bool nex_subject_workload_started_event_match(const char *subject,
                                              nex_subject_workload_started_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_STARTED_EVENT, out);
}

nex_status nex_subject_workload_started_event_compat(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STARTED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_workload_started_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                             const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STARTED_EVENT_COMPAT, params, true);
}

bool nex_subject_workload_started_event_compat_match(
    const char *subject, nex_subject_workload_started_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_STARTED_EVENT_COMPAT, out);
}

nex_status nex_subject_workload_stopped_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STOPPED_EVENT, params, false);
}

nex_status nex_subject_workload_stopped_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                      const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STOPPED_EVENT, params, true);
}

bool nex_subject_workload_stopped_event_match(const char *subject,
                                              nex_subject_workload_stopped_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_STOPPED_EVENT, out);
}

nex_status nex_subject_workload_stopped_event_compat(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STOPPED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_workload_stopped_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                             const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_STOPPED_EVENT_COMPAT, params, true);
}

bool nex_subject_workload_stopped_event_compat_match(
    const char *subject, nex_subject_workload_stopped_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_STOPPED_EVENT_COMPAT, out);
}

nex_status nex_subject_workload_restarted_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT, params, false);
}

nex_status nex_subject_workload_restarted_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                        const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT, params, true);
}

bool nex_subject_workload_restarted_event_match(
    const char *subject, nex_subject_workload_restarted_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT, out);
}

nex_status nex_subject_workload_restarted_event_compat(char out[NEX_SUBJECT_SIZE],
                                                       const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_workload_restarted_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                               const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT_COMPAT, params, true);
}

bool nex_subject_workload_restarted_event_compat_match(
    const char *subject, nex_subject_workload_restarted_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT_COMPAT, out);
}

nex_status nex_subject_workload_progress_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT, params, false);
}

nex_status nex_subject_workload_progress_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                       const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT, params, true);
}

bool nex_subject_workload_progress_event_match(const char *subject,
                                               nex_subject_workload_progress_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT, out);
}

nex_status nex_subject_workload_progress_event_compat(char out[NEX_SUBJECT_SIZE],
                                                      const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT_COMPAT, params, false);
}

nex_status nex_subject_workload_progress_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                              const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT_COMPAT, params, true);
}

bool nex_subject_workload_progress_event_compat_match(
    const char *subject, nex_subject_workload_progress_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT_COMPAT, out);
}

nex_status nex_subject_workload_triggered_event(char out[NEX_SUBJECT_SIZE], const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT, params, false);
}

nex_status nex_subject_workload_triggered_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                        const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT, params, true);
}

bool nex_subject_workload_triggered_event_match(
    const char *subject, nex_subject_workload_triggered_event_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT, out);
}

nex_status nex_subject_workload_triggered_event_compat(char out[NEX_SUBJECT_SIZE],
                                                       const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT_COMPAT, params, false);
}

nex_status nex_subject_workload_triggered_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                               const char *from) {
    const char *const params[] = {from};
    return build(out, NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT_COMPAT, params, true);
}

bool nex_subject_workload_triggered_event_compat_match(
    const char *subject, nex_subject_workload_triggered_event_compat_params *params) {
    char *const out[] = {params->from};
    return match(subject, NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT_COMPAT, out);
}

nex_status nex_subject_ingress_event(char out[NEX_SUBJECT_SIZE], const char *agent) {
    const char *const params[] = {agent};
    return build(out, NEX_SUBJECT_INGRESS_EVENT, params, false);
}

nex_status nex_subject_ingress_event_pattern(char out[NEX_SUBJECT_SIZE], const char *agent) {
    const char *const params[] = {agent};
    return build(out, NEX_SUBJECT_INGRESS_EVENT, params, true);
}

bool nex_subject_ingress_event_match(const char *subject,
                                     nex_subject_ingress_event_params *params) {
    char *const out[] = {params->agent};
    return match(subject, NEX_SUBJECT_INGRESS_EVENT, out);
}

nex_status nex_subject_ingress_event_compat(char out[NEX_SUBJECT_SIZE], const char *agent) {
    const char *const params[] = {agent};
    return build(out, NEX_SUBJECT_INGRESS_EVENT_COMPAT, params, false);
}

nex_status nex_subject_ingress_event_compat_pattern(char out[NEX_SUBJECT_SIZE], const char *agent) {
    const char *const params[] = {agent};
    return build(out, NEX_SUBJECT_INGRESS_EVENT_COMPAT, params, true);
}

bool nex_subject_ingress_event_compat_match(const char *subject,
                                            nex_subject_ingress_event_compat_params *params) {
    char *const out[] = {params->agent};
    return match(subject, NEX_SUBJECT_INGRESS_EVENT_COMPAT, out);
}

nex_status nex_subject_event(char out[NEX_SUBJECT_SIZE], const char *from, const char *type) {
    const char *const params[] = {from, type};
    return build(out, NEX_SUBJECT_EVENT, params, false);
}

nex_status nex_subject_event_pattern(char out[NEX_SUBJECT_SIZE], const char *from,
                                     const char *type) {
    const char *const params[] = {from, type};
    return build(out, NEX_SUBJECT_EVENT, params, true);
}

bool nex_subject_event_match(const char *subject, nex_subject_event_params *params) {
    char *const out[] = {params->from, params->type};
    return match(subject, NEX_SUBJECT_EVENT, out);
}

nex_status nex_subject_event_compat(char out[NEX_SUBJECT_SIZE], const char *from,
                                    const char *type) {
    const char *const params[] = {from, type};
    return build(out, NEX_SUBJECT_EVENT_COMPAT, params, false);
}

nex_status nex_subject_event_compat_pattern(char out[NEX_SUBJECT_SIZE], const char *from,
                                            const char *type) {
    const char *const params[] = {from, type};
    return build(out, NEX_SUBJECT_EVENT_COMPAT, params, true);
}

bool nex_subject_event_compat_match(const char *subject, nex_subject_event_compat_params *params) {
    char *const out[] = {params->from, params->type};
    return match(subject, NEX_SUBJECT_EVENT_COMPAT, out);
}
