/*
 * The NATS subjects of the Nex protocol.
 *
 * Written by nexgen 0.1.0 from asyncapi.json (sha256 ff0253b9349c1117); do not edit.
 *
 * For every subject X of the protocol:
 *   NEX_SUBJECT_X          the subject with * for each parameter
 *   nex_subject_X          builds it; NEX_EINVAL when a parameter is no token, or all is too long
 *   nex_subject_X_pattern  the same, * for each parameter that is NULL
 *   nex_subject_X_match    whether a subject is one of these, and its parameters
 */
#ifndef NEX_PROTOCOL_SUBJECTS_H
#define NEX_PROTOCOL_SUBJECTS_H

#include <nex/core.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
    NEX_SUBJECT_SIZE = 1024,     /**< room for any subject and its NUL */
    NEX_SUBJECT_TOKEN_SIZE = 256 /**< room for any parameter and its NUL */
};

#define NEX_SUBJECT_PING_PLACEMENT_TAGS "$NEX.SVC.system.control.PTAGS"
/** $NEX.SVC.system.control.PTAGS: Tags of every node. */
NEX_API nex_status nex_subject_ping_placement_tags(char out[NEX_SUBJECT_SIZE]);
NEX_API bool nex_subject_ping_placement_tags_match(const char *subject);

#define NEX_SUBJECT_PING_NEXUS "$NEX.SVC.system.control.PING"
/** $NEX.SVC.system.control.PING: Which nodes there are. */
NEX_API nex_status nex_subject_ping_nexus(char out[NEX_SUBJECT_SIZE]);
NEX_API bool nex_subject_ping_nexus_match(const char *subject);

typedef struct nex_subject_ping_node_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_ping_node_params;

#define NEX_SUBJECT_PING_NODE "$NEX.SVC.system.control.PING.*"
/** $NEX.SVC.system.control.PING.{node}: Whether one node is there. */
NEX_API nex_status nex_subject_ping_node(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_ping_node_pattern(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API bool nex_subject_ping_node_match(const char *subject, nex_subject_ping_node_params *params);

typedef struct nex_subject_get_node_info_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_get_node_info_params;

#define NEX_SUBJECT_GET_NODE_INFO "$NEX.SVC.system.control.INFO.*"
/** $NEX.SVC.system.control.INFO.{node}: All about one node and its agents. */
NEX_API nex_status nex_subject_get_node_info(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_get_node_info_pattern(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API bool nex_subject_get_node_info_match(const char *subject,
                                             nex_subject_get_node_info_params *params);

typedef struct nex_subject_set_lameduck_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_set_lameduck_params;

#define NEX_SUBJECT_SET_LAMEDUCK "$NEX.SVC.system.control.LAMEDUCK.*"
/** $NEX.SVC.system.control.LAMEDUCK.{node}: Puts a node into lame duck mode. */
NEX_API nex_status nex_subject_set_lameduck(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_set_lameduck_pattern(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API bool nex_subject_set_lameduck_match(const char *subject,
                                            nex_subject_set_lameduck_params *params);

typedef struct nex_subject_get_agent_id_by_name_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_get_agent_id_by_name_params;

#define NEX_SUBJECT_GET_AGENT_ID_BY_NAME "$NEX.SVC.system.control.AGENTID.*"
/** $NEX.SVC.system.control.AGENTID.{node}: Id of the agent of that name. */
NEX_API nex_status nex_subject_get_agent_id_by_name(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_get_agent_id_by_name_pattern(char out[NEX_SUBJECT_SIZE],
                                                            const char *node);
NEX_API bool nex_subject_get_agent_id_by_name_match(
    const char *subject, nex_subject_get_agent_id_by_name_params *params);

typedef struct nex_subject_register_remote_agent_params {
    /** Name of the nexus */
    char nexus[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_register_remote_agent_params;

#define NEX_SUBJECT_REGISTER_REMOTE_AGENT "$NEX.SVC.*.agent.RREGISTER"
/**
 * $NEX.SVC.{nexus}.agent.RREGISTER: A remote agent asks for an id and credentials; one node of the
 * nexus answers.
 */
NEX_API nex_status nex_subject_register_remote_agent(char out[NEX_SUBJECT_SIZE], const char *nexus);
NEX_API nex_status nex_subject_register_remote_agent_pattern(char out[NEX_SUBJECT_SIZE],
                                                             const char *nexus);
NEX_API bool nex_subject_register_remote_agent_match(
    const char *subject, nex_subject_register_remote_agent_params *params);

typedef struct nex_subject_register_agent_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_register_agent_params;

#define NEX_SUBJECT_REGISTER_AGENT "$NEX.SVC.*.agent.REGISTER.*"
/** $NEX.SVC.{node}.agent.REGISTER.{agent}: An agent registers. */
NEX_API nex_status nex_subject_register_agent(char out[NEX_SUBJECT_SIZE], const char *node,
                                              const char *agent);
NEX_API nex_status nex_subject_register_agent_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                      const char *agent);
NEX_API bool nex_subject_register_agent_match(const char *subject,
                                              nex_subject_register_agent_params *params);

typedef struct nex_subject_get_secret_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_get_secret_params;

#define NEX_SUBJECT_GET_SECRET "$NEX.SVC.*.agent.SECRET.*"
/**
 * $NEX.SVC.{node}.agent.SECRET.{agent}: An agent asks for a secret of a namespace in which it has a
 * workload.
 */
NEX_API nex_status nex_subject_get_secret(char out[NEX_SUBJECT_SIZE], const char *node,
                                          const char *agent);
NEX_API nex_status nex_subject_get_secret_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                  const char *agent);
NEX_API bool nex_subject_get_secret_match(const char *subject,
                                          nex_subject_get_secret_params *params);

typedef struct nex_subject_auction_request_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_auction_request_params;

#define NEX_SUBJECT_AUCTION_REQUEST "$NEX.SVC.*.control.AUCTION"
/** $NEX.SVC.{namespace}.control.AUCTION: Asks for bids. */
NEX_API nex_status nex_subject_auction_request(char out[NEX_SUBJECT_SIZE], const char *namespace_);
NEX_API nex_status nex_subject_auction_request_pattern(char out[NEX_SUBJECT_SIZE],
                                                       const char *namespace_);
NEX_API bool nex_subject_auction_request_match(const char *subject,
                                               nex_subject_auction_request_params *params);

typedef struct nex_subject_stop_workload_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_stop_workload_params;

#define NEX_SUBJECT_STOP_WORKLOAD "$NEX.SVC.*.control.UNDEPLOY.*"
/** $NEX.SVC.{namespace}.control.UNDEPLOY.{workload}: Stops a workload; every node answers. */
NEX_API nex_status nex_subject_stop_workload(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                             const char *workload);
NEX_API nex_status nex_subject_stop_workload_pattern(char out[NEX_SUBJECT_SIZE],
                                                     const char *namespace_, const char *workload);
NEX_API bool nex_subject_stop_workload_match(const char *subject,
                                             nex_subject_stop_workload_params *params);

typedef struct nex_subject_auction_deploy_workload_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    /** bidder_id of the bid that was taken */
    char bidder[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_auction_deploy_workload_params;

#define NEX_SUBJECT_AUCTION_DEPLOY_WORKLOAD "$NEX.SVC.*.control.ADEPLOY.*"
/** $NEX.SVC.{namespace}.control.ADEPLOY.{bidder}: Starts a workload on the bid that was taken. */
NEX_API nex_status nex_subject_auction_deploy_workload(char out[NEX_SUBJECT_SIZE],
                                                       const char *namespace_, const char *bidder);
NEX_API nex_status nex_subject_auction_deploy_workload_pattern(char out[NEX_SUBJECT_SIZE],
                                                               const char *namespace_,
                                                               const char *bidder);
NEX_API bool nex_subject_auction_deploy_workload_match(
    const char *subject, nex_subject_auction_deploy_workload_params *params);

typedef struct nex_subject_clone_workload_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_clone_workload_params;

#define NEX_SUBJECT_CLONE_WORKLOAD "$NEX.SVC.*.control.CLONE.*"
/** $NEX.SVC.{namespace}.control.CLONE.{workload}: The start request of a running workload. */
NEX_API nex_status nex_subject_clone_workload(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                              const char *workload);
NEX_API nex_status nex_subject_clone_workload_pattern(char out[NEX_SUBJECT_SIZE],
                                                      const char *namespace_, const char *workload);
NEX_API bool nex_subject_clone_workload_match(const char *subject,
                                              nex_subject_clone_workload_params *params);

typedef struct nex_subject_namespace_ping_request_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_namespace_ping_request_params;

#define NEX_SUBJECT_NAMESPACE_PING_REQUEST "$NEX.SVC.*.control.WPING"
/** $NEX.SVC.{namespace}.control.WPING: Workloads of a namespace. */
NEX_API nex_status nex_subject_namespace_ping_request(char out[NEX_SUBJECT_SIZE],
                                                      const char *namespace_);
NEX_API nex_status nex_subject_namespace_ping_request_pattern(char out[NEX_SUBJECT_SIZE],
                                                              const char *namespace_);
NEX_API bool nex_subject_namespace_ping_request_match(
    const char *subject, nex_subject_namespace_ping_request_params *params);

typedef struct nex_subject_workload_logs_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_logs_params;

#define NEX_SUBJECT_WORKLOAD_LOGS "$NEX.SVC.*.control.WLOGS.*.*"
/**
 * $NEX.SVC.{namespace}.control.WLOGS.{node}.{workload}: What a workload wrote, as far as it is
 * kept.
 */
NEX_API nex_status nex_subject_workload_logs(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                             const char *node, const char *workload);
NEX_API nex_status nex_subject_workload_logs_pattern(char out[NEX_SUBJECT_SIZE],
                                                     const char *namespace_, const char *node,
                                                     const char *workload);
NEX_API bool nex_subject_workload_logs_match(const char *subject,
                                             nex_subject_workload_logs_params *params);

typedef struct nex_subject_workload_info_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_info_params;

#define NEX_SUBJECT_WORKLOAD_INFO "$NEX.SVC.*.control.WINFO.*.*"
/**
 * $NEX.SVC.{namespace}.control.WINFO.{node}.{workload}: All that a node knows of a workload beside
 * its summary.
 */
NEX_API nex_status nex_subject_workload_info(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                             const char *node, const char *workload);
NEX_API nex_status nex_subject_workload_info_pattern(char out[NEX_SUBJECT_SIZE],
                                                     const char *namespace_, const char *node,
                                                     const char *workload);
NEX_API bool nex_subject_workload_info_match(const char *subject,
                                             nex_subject_workload_info_params *params);

typedef struct nex_subject_agent_start_workload_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_start_workload_params;

#define NEX_SUBJECT_AGENT_START_WORKLOAD "$NEX.SVC.*.agent.*.STARTWORKLOAD.*"
/**
 * $NEX.SVC.{node}.agent.{agent}.STARTWORKLOAD.{workload}: The node tells an agent to start a
 * workload.
 */
NEX_API nex_status nex_subject_agent_start_workload(char out[NEX_SUBJECT_SIZE], const char *node,
                                                    const char *agent, const char *workload);
NEX_API nex_status nex_subject_agent_start_workload_pattern(char out[NEX_SUBJECT_SIZE],
                                                            const char *node, const char *agent,
                                                            const char *workload);
NEX_API bool nex_subject_agent_start_workload_match(
    const char *subject, nex_subject_agent_start_workload_params *params);

typedef struct nex_subject_agent_stop_workload_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_stop_workload_params;

#define NEX_SUBJECT_AGENT_STOP_WORKLOAD "$NEX.SVC.*.agent.STOPWORKLOAD.*"
/** $NEX.SVC.{node}.agent.STOPWORKLOAD.{workload}: The node tells its agents to stop a workload. */
NEX_API nex_status nex_subject_agent_stop_workload(char out[NEX_SUBJECT_SIZE], const char *node,
                                                   const char *workload);
NEX_API nex_status nex_subject_agent_stop_workload_pattern(char out[NEX_SUBJECT_SIZE],
                                                           const char *node, const char *workload);
NEX_API bool nex_subject_agent_stop_workload_match(const char *subject,
                                                   nex_subject_agent_stop_workload_params *params);

typedef struct nex_subject_agent_get_workload_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_get_workload_params;

#define NEX_SUBJECT_AGENT_GET_WORKLOAD "$NEX.SVC.*.agent.GETWORKLOAD.*"
/**
 * $NEX.SVC.{node}.agent.GETWORKLOAD.{workload}: The node asks its agents for the start request of a
 * workload.
 */
NEX_API nex_status nex_subject_agent_get_workload(char out[NEX_SUBJECT_SIZE], const char *node,
                                                  const char *workload);
NEX_API nex_status nex_subject_agent_get_workload_pattern(char out[NEX_SUBJECT_SIZE],
                                                          const char *node, const char *workload);
NEX_API bool nex_subject_agent_get_workload_match(const char *subject,
                                                  nex_subject_agent_get_workload_params *params);

typedef struct nex_subject_agent_query_workloads_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_query_workloads_params;

#define NEX_SUBJECT_AGENT_QUERY_WORKLOADS "$NEX.SVC.*.agent.QUERYWORKLOADS"
/** $NEX.SVC.{node}.agent.QUERYWORKLOADS: The node asks its agents for their workloads. */
NEX_API nex_status nex_subject_agent_query_workloads(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_agent_query_workloads_pattern(char out[NEX_SUBJECT_SIZE],
                                                             const char *node);
NEX_API bool nex_subject_agent_query_workloads_match(
    const char *subject, nex_subject_agent_query_workloads_params *params);

typedef struct nex_subject_ping_agent_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_ping_agent_params;

#define NEX_SUBJECT_PING_AGENT "$NEX.SVC.*.agent.*.PING"
/** $NEX.SVC.{node}.agent.{agent}.PING: One agent says who it is. */
NEX_API nex_status nex_subject_ping_agent(char out[NEX_SUBJECT_SIZE], const char *node,
                                          const char *agent);
NEX_API nex_status nex_subject_ping_agent_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                  const char *agent);
NEX_API bool nex_subject_ping_agent_match(const char *subject,
                                          nex_subject_ping_agent_params *params);

typedef struct nex_subject_ping_all_agents_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_ping_all_agents_params;

#define NEX_SUBJECT_PING_ALL_AGENTS "$NEX.SVC.*.agent.PING"
/** $NEX.SVC.{node}.agent.PING: Every agent of a node says who it is. */
NEX_API nex_status nex_subject_ping_all_agents(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_ping_all_agents_pattern(char out[NEX_SUBJECT_SIZE],
                                                       const char *node);
NEX_API bool nex_subject_ping_all_agents_match(const char *subject,
                                               nex_subject_ping_all_agents_params *params);

typedef struct nex_subject_agent_set_lameduck_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_set_lameduck_params;

#define NEX_SUBJECT_AGENT_SET_LAMEDUCK "$NEX.SVC.*.agent.SETLAMEDUCK"
/** $NEX.SVC.{node}.agent.SETLAMEDUCK: The node puts its agents into lame duck mode. */
NEX_API nex_status nex_subject_agent_set_lameduck(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_agent_set_lameduck_pattern(char out[NEX_SUBJECT_SIZE],
                                                          const char *node);
NEX_API bool nex_subject_agent_set_lameduck_match(const char *subject,
                                                  nex_subject_agent_set_lameduck_params *params);

typedef struct nex_subject_workload_discovery_params {
    /** Name of the nexus */
    char nexus[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_discovery_params;

#define NEX_SUBJECT_WORKLOAD_DISCOVERY "$NEX.SVC.*.agent.PINGWORKLOAD.*"
/** $NEX.SVC.{nexus}.agent.PINGWORKLOAD.{workload}: Which node runs a workload. */
NEX_API nex_status nex_subject_workload_discovery(char out[NEX_SUBJECT_SIZE], const char *nexus,
                                                  const char *workload);
NEX_API nex_status nex_subject_workload_discovery_pattern(char out[NEX_SUBJECT_SIZE],
                                                          const char *nexus, const char *workload);
NEX_API bool nex_subject_workload_discovery_match(const char *subject,
                                                  nex_subject_workload_discovery_params *params);

typedef struct nex_subject_event_listener_params {
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_event_listener_params;

#define NEX_SUBJECT_EVENT_LISTENER "$NEX.FEED.*.events"
/** $NEX.FEED.{agent}.events: Events handed to a nexlet that listens for them. */
NEX_API nex_status nex_subject_event_listener(char out[NEX_SUBJECT_SIZE], const char *agent);
NEX_API nex_status nex_subject_event_listener_pattern(char out[NEX_SUBJECT_SIZE],
                                                      const char *agent);
NEX_API bool nex_subject_event_listener_match(const char *subject,
                                              nex_subject_event_listener_params *params);

typedef struct nex_subject_agent_workload_logs_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_workload_logs_params;

#define NEX_SUBJECT_AGENT_WORKLOAD_LOGS "$NEX.SVC.*.agent.*.LOGS.*"
/**
 * $NEX.SVC.{node}.agent.{agent}.LOGS.{workload}: The node asks an agent for what a workload wrote.
 */
NEX_API nex_status nex_subject_agent_workload_logs(char out[NEX_SUBJECT_SIZE], const char *node,
                                                   const char *agent, const char *workload);
NEX_API nex_status nex_subject_agent_workload_logs_pattern(char out[NEX_SUBJECT_SIZE],
                                                           const char *node, const char *agent,
                                                           const char *workload);
NEX_API bool nex_subject_agent_workload_logs_match(const char *subject,
                                                   nex_subject_agent_workload_logs_params *params);

typedef struct nex_subject_node_heartbeat_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_node_heartbeat_params;

#define NEX_SUBJECT_NODE_HEARTBEAT "$NEX.SVC.system.control.HEARTBEAT.*"
/** $NEX.SVC.system.control.HEARTBEAT.{node}: Every 10 seconds. */
NEX_API nex_status nex_subject_node_heartbeat(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API nex_status nex_subject_node_heartbeat_pattern(char out[NEX_SUBJECT_SIZE], const char *node);
NEX_API bool nex_subject_node_heartbeat_match(const char *subject,
                                              nex_subject_node_heartbeat_params *params);

typedef struct nex_subject_agent_heartbeat_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_heartbeat_params;

#define NEX_SUBJECT_AGENT_HEARTBEAT "$NEX.SVC.*.agent.HEARTBEAT.*"
/** $NEX.SVC.{node}.agent.HEARTBEAT.{agent}: At once after registering, then every 10 seconds. */
NEX_API nex_status nex_subject_agent_heartbeat(char out[NEX_SUBJECT_SIZE], const char *node,
                                               const char *agent);
NEX_API nex_status nex_subject_agent_heartbeat_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                       const char *agent);
NEX_API bool nex_subject_agent_heartbeat_match(const char *subject,
                                               nex_subject_agent_heartbeat_params *params);

typedef struct nex_subject_workload_log_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
    /** Output the bytes were written to */
    char stream[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_log_params;

#define NEX_SUBJECT_WORKLOAD_LOG "$NEX.FEED.*.logs.*.*"
/** $NEX.FEED.{namespace}.logs.{workload}.{stream}: What a workload writes. */
NEX_API nex_status nex_subject_workload_log(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                            const char *workload, const char *stream);
NEX_API nex_status nex_subject_workload_log_pattern(char out[NEX_SUBJECT_SIZE],
                                                    const char *namespace_, const char *workload,
                                                    const char *stream);
NEX_API bool nex_subject_workload_log_match(const char *subject,
                                            nex_subject_workload_log_params *params);

typedef struct nex_subject_workload_metrics_params {
    /** Namespace: one token, such as default or system */
    char namespace_[NEX_SUBJECT_TOKEN_SIZE];
    /** Workload id: NUID of 22 base-62 characters */
    char workload[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_metrics_params;

#define NEX_SUBJECT_WORKLOAD_METRICS "$NEX.FEED.*.metrics.*"
/** $NEX.FEED.{namespace}.metrics.{workload}: Figures about a workload. */
NEX_API nex_status nex_subject_workload_metrics(char out[NEX_SUBJECT_SIZE], const char *namespace_,
                                                const char *workload);
NEX_API nex_status nex_subject_workload_metrics_pattern(char out[NEX_SUBJECT_SIZE],
                                                        const char *namespace_,
                                                        const char *workload);
NEX_API bool nex_subject_workload_metrics_match(const char *subject,
                                                nex_subject_workload_metrics_params *params);

typedef struct nex_subject_node_log_params {
    /** Node id: public server nkey (N...) */
    char node[NEX_SUBJECT_TOKEN_SIZE];
    /** Output the bytes were written to */
    char stream[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_node_log_params;

#define NEX_SUBJECT_NODE_LOG "$NEX.FEED.system.logs.*.*"
/** $NEX.FEED.system.logs.{node}.{stream}: The node's own log, with --logger.target nats. */
NEX_API nex_status nex_subject_node_log(char out[NEX_SUBJECT_SIZE], const char *node,
                                        const char *stream);
NEX_API nex_status nex_subject_node_log_pattern(char out[NEX_SUBJECT_SIZE], const char *node,
                                                const char *stream);
NEX_API bool nex_subject_node_log_match(const char *subject, nex_subject_node_log_params *params);

typedef struct nex_subject_nex_node_started_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_nex_node_started_event_params;

#define NEX_SUBJECT_NEX_NODE_STARTED_EVENT "$NEX.FEED.*.event.NODESTARTED"
/** $NEX.FEED.{from}.event.NODESTARTED: A node started. */
NEX_API nex_status nex_subject_nex_node_started_event(char out[NEX_SUBJECT_SIZE], const char *from);
NEX_API nex_status nex_subject_nex_node_started_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                              const char *from);
NEX_API bool nex_subject_nex_node_started_event_match(
    const char *subject, nex_subject_nex_node_started_event_params *params);

typedef struct nex_subject_nex_node_started_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_nex_node_started_event_compat_params;

#define NEX_SUBJECT_NEX_NODE_STARTED_EVENT_COMPAT "$NEX.FEED.*.events.NODESTARTED"
/** $NEX.FEED.{from}.events.NODESTARTED: A node started. */
NEX_API nex_status nex_subject_nex_node_started_event_compat(char out[NEX_SUBJECT_SIZE],
                                                             const char *from);
NEX_API nex_status nex_subject_nex_node_started_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                     const char *from);
NEX_API bool nex_subject_nex_node_started_event_compat_match(
    const char *subject, nex_subject_nex_node_started_event_compat_params *params);

typedef struct nex_subject_nex_node_stopped_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_nex_node_stopped_event_params;

#define NEX_SUBJECT_NEX_NODE_STOPPED_EVENT "$NEX.FEED.*.event.NODESTOPPED"
/** $NEX.FEED.{from}.event.NODESTOPPED: A node ended. */
NEX_API nex_status nex_subject_nex_node_stopped_event(char out[NEX_SUBJECT_SIZE], const char *from);
NEX_API nex_status nex_subject_nex_node_stopped_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                              const char *from);
NEX_API bool nex_subject_nex_node_stopped_event_match(
    const char *subject, nex_subject_nex_node_stopped_event_params *params);

typedef struct nex_subject_nex_node_stopped_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_nex_node_stopped_event_compat_params;

#define NEX_SUBJECT_NEX_NODE_STOPPED_EVENT_COMPAT "$NEX.FEED.*.events.NODESTOPPED"
/** $NEX.FEED.{from}.events.NODESTOPPED: A node ended. */
NEX_API nex_status nex_subject_nex_node_stopped_event_compat(char out[NEX_SUBJECT_SIZE],
                                                             const char *from);
NEX_API nex_status nex_subject_nex_node_stopped_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                     const char *from);
NEX_API bool nex_subject_nex_node_stopped_event_compat_match(
    const char *subject, nex_subject_nex_node_stopped_event_compat_params *params);

typedef struct nex_subject_nex_node_lameduck_set_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_nex_node_lameduck_set_event_params;

#define NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT "$NEX.FEED.*.event.NODELAMEDUCKSET"
/** $NEX.FEED.{from}.event.NODELAMEDUCKSET: A node entered lame duck mode. */
NEX_API nex_status nex_subject_nex_node_lameduck_set_event(char out[NEX_SUBJECT_SIZE],
                                                           const char *from);
NEX_API nex_status nex_subject_nex_node_lameduck_set_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                                   const char *from);
NEX_API bool nex_subject_nex_node_lameduck_set_event_match(
    const char *subject, nex_subject_nex_node_lameduck_set_event_params *params);

typedef struct nex_subject_nex_node_lameduck_set_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_nex_node_lameduck_set_event_compat_params;

#define NEX_SUBJECT_NEX_NODE_LAMEDUCK_SET_EVENT_COMPAT "$NEX.FEED.*.events.NODELAMEDUCKSET"
/** $NEX.FEED.{from}.events.NODELAMEDUCKSET: A node entered lame duck mode. */
NEX_API nex_status nex_subject_nex_node_lameduck_set_event_compat(char out[NEX_SUBJECT_SIZE],
                                                                  const char *from);
NEX_API nex_status nex_subject_nex_node_lameduck_set_event_compat_pattern(
    char out[NEX_SUBJECT_SIZE], const char *from);
NEX_API bool nex_subject_nex_node_lameduck_set_event_compat_match(
    const char *subject, nex_subject_nex_node_lameduck_set_event_compat_params *params);

typedef struct nex_subject_agent_started_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_started_event_params;

#define NEX_SUBJECT_AGENT_STARTED_EVENT "$NEX.FEED.*.event.AGENTSTARTED"
/** $NEX.FEED.{from}.event.AGENTSTARTED: An agent registered. */
NEX_API nex_status nex_subject_agent_started_event(char out[NEX_SUBJECT_SIZE], const char *from);
NEX_API nex_status nex_subject_agent_started_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                           const char *from);
NEX_API bool nex_subject_agent_started_event_match(const char *subject,
                                                   nex_subject_agent_started_event_params *params);

typedef struct nex_subject_agent_started_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_started_event_compat_params;

#define NEX_SUBJECT_AGENT_STARTED_EVENT_COMPAT "$NEX.FEED.*.events.AGENTSTARTED"
/** $NEX.FEED.{from}.events.AGENTSTARTED: An agent registered. */
NEX_API nex_status nex_subject_agent_started_event_compat(char out[NEX_SUBJECT_SIZE],
                                                          const char *from);
NEX_API nex_status nex_subject_agent_started_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                  const char *from);
NEX_API bool nex_subject_agent_started_event_compat_match(
    const char *subject, nex_subject_agent_started_event_compat_params *params);

typedef struct nex_subject_agent_stopped_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_stopped_event_params;

#define NEX_SUBJECT_AGENT_STOPPED_EVENT "$NEX.FEED.*.event.AGENTSTOPPED"
/** $NEX.FEED.{from}.event.AGENTSTOPPED: An agent ended or was given up. */
NEX_API nex_status nex_subject_agent_stopped_event(char out[NEX_SUBJECT_SIZE], const char *from);
NEX_API nex_status nex_subject_agent_stopped_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                           const char *from);
NEX_API bool nex_subject_agent_stopped_event_match(const char *subject,
                                                   nex_subject_agent_stopped_event_params *params);

typedef struct nex_subject_agent_stopped_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_stopped_event_compat_params;

#define NEX_SUBJECT_AGENT_STOPPED_EVENT_COMPAT "$NEX.FEED.*.events.AGENTSTOPPED"
/** $NEX.FEED.{from}.events.AGENTSTOPPED: An agent ended or was given up. */
NEX_API nex_status nex_subject_agent_stopped_event_compat(char out[NEX_SUBJECT_SIZE],
                                                          const char *from);
NEX_API nex_status nex_subject_agent_stopped_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                  const char *from);
NEX_API bool nex_subject_agent_stopped_event_compat_match(
    const char *subject, nex_subject_agent_stopped_event_compat_params *params);

typedef struct nex_subject_agent_lameduck_set_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_lameduck_set_event_params;

#define NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT "$NEX.FEED.*.event.AGENTLAMEDUCKSET"
/** $NEX.FEED.{from}.event.AGENTLAMEDUCKSET: An agent entered lame duck mode. */
NEX_API nex_status nex_subject_agent_lameduck_set_event(char out[NEX_SUBJECT_SIZE],
                                                        const char *from);
NEX_API nex_status nex_subject_agent_lameduck_set_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                                const char *from);
NEX_API bool nex_subject_agent_lameduck_set_event_match(
    const char *subject, nex_subject_agent_lameduck_set_event_params *params);

typedef struct nex_subject_agent_lameduck_set_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_agent_lameduck_set_event_compat_params;

#define NEX_SUBJECT_AGENT_LAMEDUCK_SET_EVENT_COMPAT "$NEX.FEED.*.events.AGENTLAMEDUCKSET"
/** $NEX.FEED.{from}.events.AGENTLAMEDUCKSET: An agent entered lame duck mode. */
NEX_API nex_status nex_subject_agent_lameduck_set_event_compat(char out[NEX_SUBJECT_SIZE],
                                                               const char *from);
NEX_API nex_status nex_subject_agent_lameduck_set_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                       const char *from);
NEX_API bool nex_subject_agent_lameduck_set_event_compat_match(
    const char *subject, nex_subject_agent_lameduck_set_event_compat_params *params);

typedef struct nex_subject_workload_started_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_started_event_params;

#define NEX_SUBJECT_WORKLOAD_STARTED_EVENT "$NEX.FEED.*.event.WORKLOADSTARTED"
/** $NEX.FEED.{from}.event.WORKLOADSTARTED: A workload started. */
NEX_API nex_status nex_subject_workload_started_event(char out[NEX_SUBJECT_SIZE], const char *from);
NEX_API nex_status nex_subject_workload_started_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                              const char *from);
NEX_API bool nex_subject_workload_started_event_match(
    const char *subject, nex_subject_workload_started_event_params *params);

typedef struct nex_subject_workload_started_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_started_event_compat_params;

#define NEX_SUBJECT_WORKLOAD_STARTED_EVENT_COMPAT "$NEX.FEED.*.events.WORKLOADSTARTED"
/** $NEX.FEED.{from}.events.WORKLOADSTARTED: A workload started. */
NEX_API nex_status nex_subject_workload_started_event_compat(char out[NEX_SUBJECT_SIZE],
                                                             const char *from);
NEX_API nex_status nex_subject_workload_started_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                     const char *from);
NEX_API bool nex_subject_workload_started_event_compat_match(
    const char *subject, nex_subject_workload_started_event_compat_params *params);

typedef struct nex_subject_workload_stopped_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_stopped_event_params;

#define NEX_SUBJECT_WORKLOAD_STOPPED_EVENT "$NEX.FEED.*.event.WORKLOADSTOPPED"
/** $NEX.FEED.{from}.event.WORKLOADSTOPPED: A workload ended. */
NEX_API nex_status nex_subject_workload_stopped_event(char out[NEX_SUBJECT_SIZE], const char *from);
NEX_API nex_status nex_subject_workload_stopped_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                              const char *from);
NEX_API bool nex_subject_workload_stopped_event_match(
    const char *subject, nex_subject_workload_stopped_event_params *params);

typedef struct nex_subject_workload_stopped_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_stopped_event_compat_params;

#define NEX_SUBJECT_WORKLOAD_STOPPED_EVENT_COMPAT "$NEX.FEED.*.events.WORKLOADSTOPPED"
/** $NEX.FEED.{from}.events.WORKLOADSTOPPED: A workload ended. */
NEX_API nex_status nex_subject_workload_stopped_event_compat(char out[NEX_SUBJECT_SIZE],
                                                             const char *from);
NEX_API nex_status nex_subject_workload_stopped_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                     const char *from);
NEX_API bool nex_subject_workload_stopped_event_compat_match(
    const char *subject, nex_subject_workload_stopped_event_compat_params *params);

typedef struct nex_subject_workload_restarted_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_restarted_event_params;

#define NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT "$NEX.FEED.*.event.WORKLOADRESTARTED"
/** $NEX.FEED.{from}.event.WORKLOADRESTARTED: A run of a workload ended and another one follows. */
NEX_API nex_status nex_subject_workload_restarted_event(char out[NEX_SUBJECT_SIZE],
                                                        const char *from);
NEX_API nex_status nex_subject_workload_restarted_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                                const char *from);
NEX_API bool nex_subject_workload_restarted_event_match(
    const char *subject, nex_subject_workload_restarted_event_params *params);

typedef struct nex_subject_workload_restarted_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_restarted_event_compat_params;

#define NEX_SUBJECT_WORKLOAD_RESTARTED_EVENT_COMPAT "$NEX.FEED.*.events.WORKLOADRESTARTED"
/** $NEX.FEED.{from}.events.WORKLOADRESTARTED: A run of a workload ended and another one follows. */
NEX_API nex_status nex_subject_workload_restarted_event_compat(char out[NEX_SUBJECT_SIZE],
                                                               const char *from);
NEX_API nex_status nex_subject_workload_restarted_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                       const char *from);
NEX_API bool nex_subject_workload_restarted_event_compat_match(
    const char *subject, nex_subject_workload_restarted_event_compat_params *params);

typedef struct nex_subject_workload_progress_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_progress_event_params;

#define NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT "$NEX.FEED.*.event.WORKLOADPROGRESS"
/** $NEX.FEED.{from}.event.WORKLOADPROGRESS: An artifact is being fetched. */
NEX_API nex_status nex_subject_workload_progress_event(char out[NEX_SUBJECT_SIZE],
                                                       const char *from);
NEX_API nex_status nex_subject_workload_progress_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                               const char *from);
NEX_API bool nex_subject_workload_progress_event_match(
    const char *subject, nex_subject_workload_progress_event_params *params);

typedef struct nex_subject_workload_progress_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_progress_event_compat_params;

#define NEX_SUBJECT_WORKLOAD_PROGRESS_EVENT_COMPAT "$NEX.FEED.*.events.WORKLOADPROGRESS"
/** $NEX.FEED.{from}.events.WORKLOADPROGRESS: An artifact is being fetched. */
NEX_API nex_status nex_subject_workload_progress_event_compat(char out[NEX_SUBJECT_SIZE],
                                                              const char *from);
NEX_API nex_status nex_subject_workload_progress_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                      const char *from);
NEX_API bool nex_subject_workload_progress_event_compat_match(
    const char *subject, nex_subject_workload_progress_event_compat_params *params);

typedef struct nex_subject_workload_triggered_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_triggered_event_params;

#define NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT "$NEX.FEED.*.event.WORKLOADTRIGGERED"
/** $NEX.FEED.{from}.event.WORKLOADTRIGGERED: A function ran once. */
NEX_API nex_status nex_subject_workload_triggered_event(char out[NEX_SUBJECT_SIZE],
                                                        const char *from);
NEX_API nex_status nex_subject_workload_triggered_event_pattern(char out[NEX_SUBJECT_SIZE],
                                                                const char *from);
NEX_API bool nex_subject_workload_triggered_event_match(
    const char *subject, nex_subject_workload_triggered_event_params *params);

typedef struct nex_subject_workload_triggered_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_workload_triggered_event_compat_params;

#define NEX_SUBJECT_WORKLOAD_TRIGGERED_EVENT_COMPAT "$NEX.FEED.*.events.WORKLOADTRIGGERED"
/** $NEX.FEED.{from}.events.WORKLOADTRIGGERED: A function ran once. */
NEX_API nex_status nex_subject_workload_triggered_event_compat(char out[NEX_SUBJECT_SIZE],
                                                               const char *from);
NEX_API nex_status nex_subject_workload_triggered_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                                       const char *from);
NEX_API bool nex_subject_workload_triggered_event_compat_match(
    const char *subject, nex_subject_workload_triggered_event_compat_params *params);

typedef struct nex_subject_ingress_event_params {
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_ingress_event_params;

#define NEX_SUBJECT_INGRESS_EVENT "$NEX.FEED.*.event.INGRESS"
/** $NEX.FEED.{agent}.event.INGRESS: An upstream came or went. */
NEX_API nex_status nex_subject_ingress_event(char out[NEX_SUBJECT_SIZE], const char *agent);
NEX_API nex_status nex_subject_ingress_event_pattern(char out[NEX_SUBJECT_SIZE], const char *agent);
NEX_API bool nex_subject_ingress_event_match(const char *subject,
                                             nex_subject_ingress_event_params *params);

typedef struct nex_subject_ingress_event_compat_params {
    /** Agent id: NUID of 22 base-62 characters */
    char agent[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_ingress_event_compat_params;

#define NEX_SUBJECT_INGRESS_EVENT_COMPAT "$NEX.FEED.*.events.INGRESS"
/** $NEX.FEED.{agent}.events.INGRESS: An upstream came or went. */
NEX_API nex_status nex_subject_ingress_event_compat(char out[NEX_SUBJECT_SIZE], const char *agent);
NEX_API nex_status nex_subject_ingress_event_compat_pattern(char out[NEX_SUBJECT_SIZE],
                                                            const char *agent);
NEX_API bool nex_subject_ingress_event_compat_match(
    const char *subject, nex_subject_ingress_event_compat_params *params);

typedef struct nex_subject_event_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
    /** Type of the event, in capitals */
    char type[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_event_params;

#define NEX_SUBJECT_EVENT "$NEX.FEED.*.event.*"
/** $NEX.FEED.{from}.event.{type}: Any event, those of nexlets' own included. */
NEX_API nex_status nex_subject_event(char out[NEX_SUBJECT_SIZE], const char *from,
                                     const char *type);
NEX_API nex_status nex_subject_event_pattern(char out[NEX_SUBJECT_SIZE], const char *from,
                                             const char *type);
NEX_API bool nex_subject_event_match(const char *subject, nex_subject_event_params *params);

typedef struct nex_subject_event_compat_params {
    /**
     * Who tells: the node id for events of nodes and agents, the namespace for events of workloads
     */
    char from[NEX_SUBJECT_TOKEN_SIZE];
    /** Type of the event, in capitals */
    char type[NEX_SUBJECT_TOKEN_SIZE];
} nex_subject_event_compat_params;

#define NEX_SUBJECT_EVENT_COMPAT "$NEX.FEED.*.events.*"
/** $NEX.FEED.{from}.events.{type}: Any event, those of nexlets' own included. */
NEX_API nex_status nex_subject_event_compat(char out[NEX_SUBJECT_SIZE], const char *from,
                                            const char *type);
NEX_API nex_status nex_subject_event_compat_pattern(char out[NEX_SUBJECT_SIZE], const char *from,
                                                    const char *type);
NEX_API bool nex_subject_event_compat_match(const char *subject,
                                            nex_subject_event_compat_params *params);

#ifdef __cplusplus
}
#endif

#endif
