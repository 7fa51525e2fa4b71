/*
 * Heartbeats, every ten seconds. They are sent as requests: a node of ours acknowledges them,
 * or says that it does not know the agent; the reference's node stays silent; and when nobody
 * listens the node has restarted or gone. In the last two cases the agent registers again.
 */
#include "agent/runner.h"

#define HEARTBEAT_EVERY     (10 * NEX_SECOND)
#define ACKNOWLEDGE_TIMEOUT (5 * NEX_SECOND)

static void on_acknowledged(void *arg, nex_status status, const nex_msg *reply) {
    nex_agent *agent = arg;
    agent->heartbeat = NULL;
    if (status == NEX_EUNREACHABLE && nex_bus_get_state(agent->bus) == NEX_BUS_CONNECTED) {
        agent_session_lost(agent, "nobody listens to its heartbeats");
    } else if (status == NEX_OK && nex_msg_header(reply, "Nex-Unknown-Agent") != NULL) {
        agent_session_lost(agent, "the node has no such registration");
    }
}

void agent_heartbeat_send(void *arg) {
    nex_agent *agent = arg;
    nex_agent_heartbeat *heartbeat = NULL;
    nex_error err;
    if (agent_summarise(agent, &heartbeat, &err) != NEX_OK) {
        nex_log_write(agent->log, NEX_LOG_WARN, "no heartbeat could be made", "reason", err.message,
                      NULL);
        return;
    }
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    if (nex_subject_agent_heartbeat(subject, agent->node_id, agent->agent_id) == NEX_OK &&
        nex_agent_heartbeat_encode(heartbeat, &json) == NEX_OK) {
        nex_msg msg = {.subject = subject, .data = json.data, .len = json.len};
        nex_request_cancel(agent->heartbeat);
        agent->heartbeat = NULL;
        nex_bus_request(agent->bus, &msg, ACKNOWLEDGE_TIMEOUT, on_acknowledged, agent,
                        &agent->heartbeat);
    }
    nex_buf_free(&json);
    nex_agent_heartbeat_free(heartbeat);
}

void agent_heartbeat_start(nex_agent *agent) {
    nex_timer_start(agent->beat, HEARTBEAT_EVERY, HEARTBEAT_EVERY);
    agent_heartbeat_send(agent);
}

void agent_heartbeat_stop(nex_agent *agent) {
    nex_timer_stop(agent->beat);
    nex_request_cancel(agent->heartbeat);
    agent->heartbeat = NULL;
}
