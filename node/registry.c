/* The agents that registered: their health, and what their heartbeats say. */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define DEGRADED_AFTER  (25 * NEX_SECOND)
#define OFFLINE_AFTER   (35 * NEX_SECOND)
#define FORGOTTEN_AFTER (5 * NEX_MINUTE)
#define HEALTH_EVERY    NEX_SECOND

const char *node_health_text(agent_health health) {
    static const char *const texts[] = {"unknown", "healthy", "shutting down", "degraded",
                                        "offline"};
    return texts[health];
}

const char *node_health_stoplight(agent_health health) {
    static const char *const lights[] = {"\u26aa\ufe0f", "\U0001F7E2", "\U0001F7E0", "\U0001F7E1",
                                         "\U0001F534"};
    return lights[health];
}

node_agent *node_agent_find(nex_node *node, const char *id) {
    node_agent *agent = NULL;
    HASH_FIND_STR(node->agents, id, agent);
    return agent;
}

size_t node_agent_load(const node_agent *agent) {
    size_t reported = 0;
    if (agent->heartbeat != NULL && agent->heartbeat->summary != NULL &&
        agent->heartbeat->summary->workload_count > 0) {
        reported = (size_t)agent->heartbeat->summary->workload_count;
    }
    size_t load = reported + agent->started + agent->deploying;
    return load > agent->stopped ? load - agent->stopped : 0;
}

bool node_agent_has_room(const node_agent *agent) {
    int64_t max = agent->registration->max_workloads;
    return max <= 0 || node_agent_load(agent) < (size_t)max;
}

static agent_health health_of(const nex_node *node, const node_agent *agent) {
    nex_duration quiet = (nex_duration)(nex_loop_now(node->loop) - agent->heard);
    if (quiet >= OFFLINE_AFTER) {
        return HEALTH_OFFLINE;
    }
    if (quiet >= DEGRADED_AFTER) {
        return HEALTH_DEGRADED;
    }
    if (agent->heartbeat == NULL || agent->heartbeat->summary == NULL) {
        return HEALTH_UNKNOWN;
    }
    const char *state = agent->heartbeat->summary->state;
    if (state == NULL || strcmp(state, "running") == 0) {
        return HEALTH_HEALTHY;
    }
    bool leaving = strcmp(state, "lameduck") == 0 || strcmp(state, "stopping") == 0;
    return leaving ? HEALTH_SHUTTING_DOWN : HEALTH_DEGRADED;
}

static void set_health(nex_node *node, node_agent *agent) {
    agent_health health = health_of(node, agent);
    if (health == agent->health) {
        return;
    }
    bool worse = health == HEALTH_DEGRADED || health == HEALTH_OFFLINE;
    nex_log_write(node->log, worse ? NEX_LOG_WARN : NEX_LOG_DEBUG, "agent health changed",
                  "agent_id", agent->id, "type", agent->registration->register_type, "from",
                  node_health_text(agent->health), "to", node_health_text(health), NULL);
    agent->health = health;
}

void node_agent_heard(nex_node *node, node_agent *agent) {
    agent->heard = nex_loop_now(node->loop);
    agent->silent = false;
}

void node_agent_gone(nex_node *node, node_agent *agent) {
    uint64_t now = nex_loop_now(node->loop);
    if (now - agent->registered_at > (uint64_t)NODE_AGENT_LISTENS_WITHIN) {
        agent->heard = now - (uint64_t)OFFLINE_AFTER;
        set_health(node, agent);
    }
}

static void agent_free(node_agent *agent) {
    nex_register_agent_request_free(agent->registration);
    nex_schema_free(agent->schema);
    nex_agent_heartbeat_free(agent->heartbeat);
    free(agent->id);
    free(agent);
}

node_agent *node_agent_put(nex_node *node, const char *id, nex_register_agent_request *registration,
                           nex_schema *schema) {
    node_agent *agent = node_agent_find(node, id);
    if (agent == NULL) {
        agent = calloc(1, sizeof *agent);
        if (agent == NULL || (agent->id = strdup(id)) == NULL) {
            free(agent);
            return NULL;
        }
        HASH_ADD_KEYPTR(hh, node->agents, agent->id, strlen(agent->id), agent);
        if (node_agent_find(node, id) == NULL) {
            free(agent->id);
            free(agent);
            return NULL;
        }
    } else {
        nex_register_agent_request_free(agent->registration);
        nex_schema_free(agent->schema);
        nex_agent_heartbeat_free(agent->heartbeat);
        agent->heartbeat = NULL;
    }
    agent->registration = registration;
    agent->schema = schema;
    agent->health = HEALTH_UNKNOWN;
    agent->registered_at = nex_loop_now(node->loop);
    node_agent_heard(node, agent);
    return agent;
}

void node_agent_remove(nex_node *node, node_agent *agent) {
    HASH_DEL(node->agents, agent);
    agent_free(agent);
}

/* Tells an agent that asks whether it is known; the reference's agents do not ask. */
static void acknowledge(nex_node *node, const nex_msg *msg, bool known) {
    if (msg->reply == NULL) {
        return;
    }
    nex_header unknown = {"Nex-Unknown-Agent", "1"};
    nex_msg answer = {.subject = msg->reply, .headers = &unknown, .header_count = known ? 0 : 1};
    nex_bus_publish(node->bus, &answer);
}

static void on_heartbeat(void *arg, const nex_msg *msg) {
    nex_node *node = arg;
    node_agent *agent = node_agent_find(node, nex_subject_last_token(msg->subject));
    if (agent == NULL) {
        acknowledge(node, msg, false);
        return;
    }
    nex_agent_heartbeat *heartbeat = NULL;
    nex_error err;
    if (nex_agent_heartbeat_decode(&heartbeat, msg->data, msg->len, &err) != NEX_OK) {
        nex_log_write(node->log, NEX_LOG_WARN, "malformed heartbeat", "agent_id", agent->id, "err",
                      err.message, NULL);
        return;
    }
    const char *state = heartbeat->summary != NULL ? heartbeat->summary->state : NULL;
    if (state == NULL || state[0] == '\0') {
        nex_log_write(node->log, NEX_LOG_WARN, "heartbeat without a state", "agent_id", agent->id,
                      NULL);
        nex_agent_heartbeat_free(heartbeat);
        return;
    }
    nex_agent_heartbeat_free(agent->heartbeat);
    agent->heartbeat = heartbeat;
    agent->started = 0;
    agent->stopped = 0;
    agent->heard_at = nex_loop_time(node->loop);
    node_agent_heard(node, agent);
    set_health(node, agent);
    acknowledge(node, msg, true);
    node_handback_begin(node, agent->id);
    node_call_offs_repeat(node, agent->id);
    node_check_ready(node);
}

static void check_health(void *arg) {
    nex_node *node = arg;
    node_agent *agent = NULL;
    node_agent *next = NULL;
    HASH_ITER(hh, node->agents, agent, next) {
        set_health(node, agent);
        if ((nex_duration)(nex_loop_now(node->loop) - agent->heard) >= FORGOTTEN_AFTER) {
            nex_log_write(node->log, NEX_LOG_WARN, "agent forgotten after long silence", "agent_id",
                          agent->id, "type", agent->registration->register_type, NULL);
            node_agent_remove(node, agent);
        }
    }
}

nex_status node_registry_start(nex_node *node, nex_error *err) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_agent_heartbeat_pattern(subject, node->id, NULL);
    if (status == NEX_OK) {
        status = nex_bus_subscribe(node->bus, subject, NULL, on_heartbeat, node,
                                   &node->agent_heartbeats);
    }
    if (status == NEX_OK) {
        status = nex_timer_new(node->loop, &node->health_timer, check_health, node);
    }
    if (status != NEX_OK) {
        return nex_error_set(err, status, "cannot listen to agents' heartbeats: %s",
                             nex_status_name(status));
    }
    nex_timer_start(node->health_timer, HEALTH_EVERY, HEALTH_EVERY);
    return NEX_OK;
}

void node_registry_stop(nex_node *node) {
    nex_timer_free(node->health_timer);
    node->health_timer = NULL;
    nex_subscription_free(node->agent_heartbeats);
    node->agent_heartbeats = NULL;
    node_agent *agent = NULL;
    node_agent *next = NULL;
    HASH_ITER(hh, node->agents, agent, next) {
        node_agent_remove(node, agent);
    }
}
