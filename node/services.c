/* The endpoints of the node. Requests arrive here decoded and go on to the part they concern. */
#include "node/internal.h"

#include <string.h>

/* A delay that is a text, but no duration, is told apart from one that is not there. */
static bool delay_is_text(const nex_call *call) {
    json_t *body = json_loadb(call->msg.data, call->msg.len, 0, NULL);
    bool is_text = json_is_string(json_object_get(body, "delay"));
    json_decref(body);
    return is_text;
}

static void on_invalid(void *self, nex_call *call, const char *endpoint, const nex_error *err) {
    static const struct {
        const char *endpoint;
        const char *what;
    } texts[] = {{"PingNexus", "failed to unmarshal ping request"},
                 {"PingNode", "failed to unmarshal ping request"},
                 {"SetLameduck", "failed to unmarshal lameduck request"},
                 {"RegisterRemoteAgent", "failed to unmarshal register remote agent request"},
                 {"RegisterAgent", "failed to unmarshal register local agent request"},
                 {"AuctionRequest", "failed to unmarshal auction request"},
                 {"StopWorkload", "failed to unmarshal stop workload request"},
                 {"AuctionDeployWorkload", "failed to unmarshal auction deploy workload request"},
                 {"CloneWorkload", "failed to unmarshal clone workload request"},
                 {"NamespacePingRequest", "failed to unmarshal ping request"},
                 {"WorkloadLogs", "failed to unmarshal workload logs request"},
                 {"WorkloadInfo", "failed to unmarshal workload info request"}};
    nex_node *node = self;
    /* A deploy to another node's bid is not this node's to judge, however malformed. */
    if (strcmp(endpoint, "AuctionDeployWorkload") == 0 &&
        node_bid_find(node, nex_subject_last_token(call->msg.subject)) == NULL) {
        nex_call_drop(call);
        return;
    }
    const char *what = "failed to unmarshal request";
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(texts[i].endpoint, endpoint) == 0) {
            what = texts[i].what;
        }
    }
    if (strcmp(endpoint, "SetLameduck") == 0 && delay_is_text(call)) {
        what = "failed to parse lameduck delay";
    }
    node_fail(node, call, "400", what, err->message);
}

static void reply_encoded(nex_node *node, nex_call *call, nex_status status, nex_buf *json,
                          bool scattered) {
    if (status != NEX_OK) {
        node_fail(node, call, "500", "failed to answer", nex_status_name(status));
    } else if (scattered) {
        node_reply(node, call, json->data, json->len);
    } else {
        nex_call_reply(call, NULL, 0, json->data, json->len);
    }
    nex_buf_free(json);
}

static void on_placement_tags(void *self, nex_call *call) {
    nex_node *node = self;
    if (!node_same_nexus(node, call)) {
        return;
    }
    nex_tag_map tags = {.items = node->tags.items, .count = node->tags.count};
    nex_buf json = NEX_BUF_INIT;
    reply_encoded(node, call, nex_tag_map_encode(&tags, &json), &json, true);
}

static void on_ping(void *self, nex_call *call, const nex_node_ping_request *request) {
    nex_node *node = self;
    if (!node_same_nexus(node, call)) {
        return;
    }
    const nex_string_entry *tag = node_tag_missing(node, &request->filter);
    if (tag != NULL) {
        node_decline(node, call, "tags", "%s: has no tag %s=%s", node->options.name, tag->key,
                     tag->value != NULL ? tag->value : "");
        return;
    }
    nex_node_ping_response response = {.agent_count = (int64_t)HASH_COUNT(node->agents),
                                       .node_id = (char *)node->id,
                                       .start_time = node->started,
                                       .version = (char *)node->options.version,
                                       .xkey = (char *)nex_key_public(node->xkey),
                                       .state = node->state};
    response.tags.items = node->tags.items;
    response.tags.count = node->tags.count;
    nex_buf json = NEX_BUF_INIT;
    reply_encoded(node, call, nex_node_ping_response_encode(&response, &json), &json, true);
}

/* The last word of an agent about itself, or what its registration said, before there is one. */
static nex_agent_summary *summary_of(nex_node_info_response *response, const node_agent *agent) {
    if (agent->heartbeat != NULL && agent->heartbeat->summary != NULL) {
        return agent->heartbeat->summary;
    }
    nex_agent_summary *summary = nex_message_alloc(response, sizeof *summary);
    if (summary != NULL) {
        summary->name = agent->registration->name;
        summary->type = agent->registration->register_type;
        summary->version = agent->registration->version;
        summary->supported_lifecycles = (char *)"";
        summary->state = (char *)"starting";
        summary->start_time.seconds = -62135596800; /* Go's zero time */
    }
    return summary;
}

static void on_info(void *self, nex_call *call) {
    nex_node *node = self;
    nex_node_info_response *response = nex_node_info_response_new();
    nex_buf json = NEX_BUF_INIT;
    nex_status status = response != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        size_t count = HASH_COUNT(node->agents);
        nex_node_agent_summary *items = nex_message_alloc(response, (count + 1) * sizeof *items);
        size_t n = 0;
        node_agent *agent = NULL;
        node_agent *next = NULL;
        HASH_ITER(hh, node->agents, agent, next) {
            if (items == NULL) {
                break;
            }
            items[n].agent_id = agent->id;
            items[n].agent_health = (char *)node_health_text(agent->health);
            items[n].agent_health_stoplight = (char *)node_health_stoplight(agent->health);
            items[n].agent_last_heartbeat_time = agent->heard_at;
            items[n].agent_summary = summary_of(response, agent);
            n++;
        }
        status = items != NULL ? NEX_OK : NEX_ENOMEM;
        response->node_agent_summaries.items = items;
        response->node_agent_summaries.count = n;
        response->node_id = (char *)node->id;
        response->tags.items = node->tags.items;
        response->tags.count = node->tags.count;
        response->uptime = (nex_duration)(nex_loop_now(node->loop) - node->started_at);
        response->version = (char *)node->options.version;
        response->xkey = (char *)nex_key_public(node->xkey);
    }
    if (status == NEX_OK) {
        status = nex_node_info_response_encode(response, &json);
    }
    nex_node_info_response_free(response);
    reply_encoded(node, call, status, &json, false);
}

static void on_agent_id(void *self, nex_call *call) {
    nex_node *node = self;
    if (call->msg.len == 0) {
        node_fail(node, call, "400", "agent name is required", "agent name is required");
        return;
    }
    node_agent *agent = NULL;
    node_agent *next = NULL;
    HASH_ITER(hh, node->agents, agent, next) {
        const char *name = agent->registration->name;
        if (name != NULL && strlen(name) == call->msg.len &&
            memcmp(name, call->msg.data, call->msg.len) == 0) {
            nex_call_reply(call, NULL, 0, agent->id, strlen(agent->id));
            return;
        }
    }
    node_decline(node, call, "unknown", "%s: no agent of that name", node->options.name);
}

static void on_rregister(void *self, nex_call *call, const nex_register_remote_agent_request *r) {
    (void)r;
    node_on_rregister(self, call);
}

static void on_register(void *self, nex_call *call, const nex_register_agent_request *request,
                        const char *agent) {
    node_on_register(self, call, agent, request);
}

static void on_get_secret(void *self, nex_call *call, const nex_get_secret_request *request,
                          const char *agent) {
    node_on_get_secret(self, call, agent, request);
}

static void on_lameduck(void *self, nex_call *call, const nex_lameduck_request *request) {
    if (!delay_is_text(call)) { /* null is none, and must not mean at once */
        node_fail(self, call, "400", "failed to parse lameduck delay",
                  "delay: expected a duration, got null");
        return;
    }
    node_on_lameduck(self, call, request);
}

static void on_auction(void *self, nex_call *call, const nex_auction_request *request,
                       const char *namespace_) {
    node_on_auction(self, call, namespace_, request);
}

static void on_deploy(void *self, nex_call *call, const nex_start_workload_request *request,
                      const char *namespace_, const char *bidder) {
    node_on_deploy(self, call, namespace_, bidder, request);
}

static void on_stop(void *self, nex_call *call, const nex_stop_workload_request *request,
                    const char *namespace_, const char *workload) {
    node_on_stop_workload(self, call, namespace_, workload, request);
}

static void on_clone(void *self, nex_call *call, const nex_clone_workload_request *request,
                     const char *namespace_, const char *workload) {
    node_on_clone(self, call, namespace_, workload, request);
}

static void on_list(void *self, nex_call *call, const nex_agent_list_workloads_request *request,
                    const char *namespace_) {
    node_on_list(self, call, namespace_, request);
}

static void on_logs(void *self, nex_call *call, const nex_workload_logs_request *request,
                    const char *namespace_, const char *workload) {
    node_on_workload_logs(self, call, namespace_, workload, request);
}

static void on_workload_info(void *self, nex_call *call, const nex_workload_info_request *request,
                             const char *namespace_, const char *workload) {
    node_on_workload_info(self, call, namespace_, workload, request);
}

nex_status node_services_start(nex_node *node, nex_error *err) {
    node->service = (nex_node_service){.self = node,
                                       .invalid = on_invalid,
                                       .ping_placement_tags = on_placement_tags,
                                       .ping_nexus = on_ping,
                                       .ping_node = on_ping,
                                       .get_node_info = on_info,
                                       .set_lameduck = on_lameduck,
                                       .get_agent_id_by_name = on_agent_id,
                                       .register_agent = on_register,
                                       .get_secret = on_get_secret,
                                       .auction_request = on_auction,
                                       .stop_workload = on_stop,
                                       .auction_deploy_workload = on_deploy,
                                       .clone_workload = on_clone,
                                       .namespace_ping_request = on_list,
                                       .workload_logs = on_logs,
                                       .workload_info = on_workload_info};
    if (node->options.allow_remote_agents) {
        node->service.register_remote_agent = on_rregister;
        nex_log_write(node->log, NEX_LOG_WARN,
                      "remote registration enabled. agents can remotely register to this node",
                      NULL);
    }
    return nex_node_service_add(node->micro, &node->service, node->id, node->options.nexus, err);
}
