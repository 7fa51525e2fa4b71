/*
 * Starts that were given up, and stops that were not answered, because their agent died or is
 * silent: it may run the workload all the same, or come back with it, and must stop it, since
 * the client may have had it started elsewhere. The agent is told at once, and at each of its
 * heartbeats until it has answered; one that may still be starting it, until it has stopped it.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define STOP_TIMEOUT   (45 * NEX_SECOND)
#define GIVEN_UP_AFTER (5 * NEX_MINUTE) /* when a silent agent is forgotten */

typedef struct call_off {
    nex_node *node;
    char *agent_id;
    char *workload;
    char *namespace_;
    uint64_t since;
    nex_request *request; /* NULL: waits for a heartbeat */
    bool settled;         /* the start is over: who does not have it now will not get it */
    bool done;
    struct call_off *prev;
    struct call_off *next;
} call_off;

static void call_off_free(call_off *c) {
    DL_DELETE(c->node->call_offs, c);
    nex_request_cancel(c->request);
    free(c->agent_id);
    free(c->workload);
    free(c->namespace_);
    free(c);
}

void node_call_offs_abandon(nex_node *node) {
    while (node->call_offs != NULL) {
        call_off_free(node->call_offs);
    }
}

/* Every agent of the node answers; the reference's do not say who they are. */
static bool on_answer(void *arg, const nex_msg *answer) {
    call_off *c = arg;
    const char *who = nex_msg_header(answer, "agentId");
    nex_stop_workload_response *response = NULL;
    if (nex_stop_workload_response_decode(&response, answer->data, answer->len, NULL) == NEX_OK) {
        c->done = response->stopped;
        nex_stop_workload_response_free(response);
    }
    bool theirs = who != NULL && strcmp(who, c->agent_id) == 0;
    c->done = c->done || (theirs && c->settled);
    return !c->done && !theirs;
}

static void on_end(void *arg, nex_status status) {
    call_off *c = arg;
    (void)status;
    c->request = NULL;
    if (c->done) {
        node_workload *workload = node_workload_find(c->node, c->workload);
        if (workload != NULL && workload->stopping) {
            node_workload_drop(c->node, workload);
        }
        call_off_free(c);
    }
}

static void send(call_off *c) {
    nex_stop_workload_request request = {.namespace_ = c->namespace_};
    nex_many_options options = {.timeout = STOP_TIMEOUT};
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    if (nex_subject_agent_stop_workload(subject, c->node->id, c->workload) == NEX_OK &&
        nex_stop_workload_request_encode(&request, &json) == NEX_OK) {
        nex_msg msg = {.subject = subject, .data = json.data, .len = json.len};
        if (nex_bus_request_many(c->node->bus, &msg, &options, on_answer, on_end, c, &c->request) !=
            NEX_OK) {
            c->request = NULL;
        }
    }
    nex_buf_free(&json);
}

static call_off *find(const nex_node *node, const char *agent_id, const char *workload) {
    call_off *c;
    DL_FOREACH(node->call_offs, c) {
        if (strcmp(c->workload, workload) == 0 && strcmp(c->agent_id, agent_id) == 0) {
            return c;
        }
    }
    return NULL;
}

/* It may have been asked before it had started what it is to stop. */
static void ask_again(call_off *c, bool settled) {
    if (settled && !c->settled) {
        c->settled = true;
        nex_request_cancel(c->request);
        c->request = NULL;
        send(c);
    }
}

void node_call_off(nex_node *node, const char *agent_id, const char *workload,
                   const char *namespace_, bool settled) {
    call_off *c = find(node, agent_id, workload);
    if (c != NULL) {
        ask_again(c, settled);
        return;
    }
    c = calloc(1, sizeof *c);
    if (c != NULL) {
        c->node = node;
        c->agent_id = strdup(agent_id);
        c->workload = strdup(workload);
        c->namespace_ = strdup(namespace_);
        c->since = nex_loop_now(node->loop);
        c->settled = settled;
        DL_APPEND(node->call_offs, c);
    }
    if (c == NULL || c->agent_id == NULL || c->workload == NULL || c->namespace_ == NULL) {
        nex_log_write(node->log, NEX_LOG_ERROR, "out of memory: a start is not called off",
                      "workload_id", workload, "agent_id", agent_id, NULL);
        if (c != NULL) {
            call_off_free(c);
        }
        return;
    }
    send(c);
}

void node_call_off_settled(nex_node *node, const char *workload) {
    call_off *c;
    call_off *next;
    DL_FOREACH_SAFE(node->call_offs, c, next) {
        if (strcmp(c->workload, workload) == 0) {
            call_off_free(c);
        }
    }
}

void node_call_offs_repeat(nex_node *node, const char *agent_id) {
    call_off *c;
    call_off *next;
    DL_FOREACH_SAFE(node->call_offs, c, next) {
        if ((nex_duration)(nex_loop_now(node->loop) - c->since) > GIVEN_UP_AFTER) {
            call_off_free(c);
        } else if (c->request == NULL && strcmp(c->agent_id, agent_id) == 0) {
            send(c);
        }
    }
}
