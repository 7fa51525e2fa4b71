/*
 * Lame duck: no more bids, agents refuse new work, what runs goes on until the delay has
 * passed; then the node stops.
 */
#include "node/internal.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define AGENTS_TIMEOUT (2 * NEX_SECOND)
/* Longer than any drain that is meant; keeps the time of day it ends at within bounds. */
#define DELAY_MAX (365 * 24 * NEX_HOUR)

static void on_delay_over(void *arg) {
    nex_node *node = arg;
    nex_log_write(node->log, NEX_LOG_INFO, "lame duck is over", NULL);
    nex_node_stop(node);
}

static bool on_agent(void *arg, const nex_msg *answer) {
    nex_node *node = arg;
    nex_lameduck_response *response = NULL;
    if (nex_lameduck_response_decode(&response, answer->data, answer->len, NULL) != NEX_OK) {
        return true;
    }
    nex_agent_lameduck_set_event event = {.success = response->success};
    nex_buf json = NEX_BUF_INIT;
    if (nex_agent_lameduck_set_event_encode(&event, &json) == NEX_OK) {
        node_emit(node, "AGENTLAMEDUCKSET", json.data, json.len);
    }
    nex_buf_free(&json);
    nex_lameduck_response_free(response);
    return true;
}

static void on_agents_told(void *arg) {
    (void)arg;
}

static void tell_agents(nex_node *node, nex_duration delay) {
    nex_lameduck_request request = {.delay = delay};
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    if (nex_subject_agent_set_lameduck(subject, node->id) == NEX_OK &&
        nex_lameduck_request_encode(&request, &json) == NEX_OK) {
        node_gather(node, subject, json.data, json.len, AGENTS_TIMEOUT, on_agent, on_agents_told,
                    node);
    }
    nex_buf_free(&json);
}

/* "2026-11-21 08:16:40", as the reference says it. */
static void local_time(nex_time at, char out[32]) {
    time_t seconds = (time_t)at.seconds;
    struct tm parts;
    if (localtime_r(&seconds, &parts) == NULL || strftime(out, 32, "%F %T", &parts) == 0) {
        snprintf(out, 32, "the given time");
    }
}

void node_on_lameduck(nex_node *node, nex_call *call, const nex_lameduck_request *request) {
    const nex_string_entry *tag = node_tag_missing(node, &request->tag);
    if (tag != NULL) {
        node_decline(node, call, "tags", "%s: has no tag %s=%s", node->options.name, tag->key,
                     tag->value != NULL ? tag->value : "");
        return;
    }
    if (node->state == NEX_NODE_STATE_STOPPING) {
        node_fail(node, call, "400", "failed to enter lameduck mode", "the node is stopping");
        return;
    }
    if (request->delay > DELAY_MAX) {
        node_fail(node, call, "400", "failed to parse lameduck delay",
                  "delay: expected at most a year");
        return;
    }
    nex_duration delay = request->delay > 0 ? request->delay : 0;
    nex_time at = nex_time_add(nex_loop_time(node->loop), delay);
    at.offset_minutes = 0;
    if (node->lameduck_timer == NULL &&
        nex_timer_new(node->loop, &node->lameduck_timer, on_delay_over, node) != NEX_OK) {
        node_fail(node, call, "500", "failed to enter lameduck mode", "out of memory");
        return;
    }
    nex_timer_start(node->lameduck_timer, delay, 0);
    node->state = NEX_NODE_STATE_LAMEDUCK;
    nex_string_map_set(&node->tags, "nex.lameduck", "true");
    tell_agents(node, delay);
    node_emit_lameduck(node, at);
    char when[32];
    char message[128];
    local_time(at, when);
    nex_log_write(node->log, NEX_LOG_INFO, "node entering lameduck mode", "shutdown_at", when,
                  NULL);
    snprintf(message, sizeof message, "node entering lameduck mode, will shutdown at %s", when);
    nex_lameduck_response response = {.success = true, .message = message};
    nex_buf json = NEX_BUF_INIT;
    if (nex_lameduck_response_encode(&response, &json) == NEX_OK) {
        nex_call_reply(call, NULL, 0, json.data, json.len);
    } else {
        node_fail(node, call, "500", "failed to answer", "out of memory");
    }
    nex_buf_free(&json);
}
