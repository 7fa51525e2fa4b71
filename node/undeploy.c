/* Stops: answered by every node; by the one that has the workload, when it is gone. */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

/* An agent ends what it was asked to within its own grace; this bounds a broken one. */
#define STOP_TIMEOUT (45 * NEX_SECOND)

typedef struct undeploy {
    nex_node *node;
    nex_call *call;
    char *workload;
    nex_stop_workload_response *answer; /* the one that stopped it */
    bool owner_spoke;                   /* the agent that has it, as far as is known */
    struct undeploy *prev;
    struct undeploy *next;
} undeploy;

static void undeploy_free(undeploy *u) {
    DL_DELETE(u->node->undeploys, u);
    nex_stop_workload_response_free(u->answer);
    free(u->workload);
    free(u);
}

static bool on_answer(void *arg, const nex_msg *answer) {
    undeploy *u = arg;
    nex_stop_workload_response *response = NULL;
    if (nex_stop_workload_response_decode(&response, answer->data, answer->len, NULL) != NEX_OK) {
        return true;
    }
    if (!response->stopped) {
        /* The reference's agents do not say who they are. */
        const node_workload *workload = node_workload_find(u->node, u->workload);
        const char *who = nex_msg_header(answer, "agentId");
        u->owner_spoke = u->owner_spoke || who == NULL || workload == NULL ||
                         strcmp(who, workload->agent_id) == 0;
        nex_stop_workload_response_free(response);
        return true;
    }
    u->answer = response;
    return false;
}

static void send_answer(undeploy *u, const nex_stop_workload_response *response) {
    nex_buf json = NEX_BUF_INIT;
    if (nex_stop_workload_response_encode(response, &json) == NEX_OK) {
        node_reply(u->node, u->call, json.data, json.len);
    } else {
        node_fail(u->node, u->call, "500", "failed to stop workload", "out of memory");
    }
    nex_buf_free(&json);
    undeploy_free(u);
}

/* The stop is confirmed once nothing can bring the workload back. */
static void on_forgotten(void *arg, nex_status status) {
    undeploy *u = arg;
    if (status == NEX_OK) {
        send_answer(u, u->answer);
        return;
    }
    node_fail(u->node, u->call, "500",
              "workload stopped, but it is still in the stored state; removing it goes on",
              nex_status_name(status));
    undeploy_free(u);
}

static void on_end(void *arg) {
    undeploy *u = arg;
    nex_node *node = u->node;
    node_workload *workload = node_workload_find(node, u->workload);
    if (u->answer == NULL && workload != NULL && !u->owner_spoke) {
        node_fail(node, u->call, "500", "failed to stop workload: its agent does not answer",
                  workload->agent_id);
        undeploy_free(u);
    } else if (u->answer == NULL) {
        nex_stop_workload_response not_found = {.id = u->workload,
                                                .message = (char *)"workload not found",
                                                .stopped = false,
                                                .workload_type = (char *)""};
        send_answer(u, &not_found);
    } else if (workload == NULL) {
        send_answer(u, u->answer);
    } else {
        node_agent *agent = node_agent_find(node, workload->agent_id);
        if (agent != NULL) {
            agent->stopped++;
        }
        node_workload_forget(node, workload, on_forgotten, u);
    }
}

static void on_located(void *arg, bool found) {
    undeploy *u = arg;
    nex_node *node = u->node;
    char subject[NEX_SUBJECT_SIZE];
    if (!found || nex_subject_agent_stop_workload(subject, node->id, u->workload) != NEX_OK) {
        on_end(u);
        return;
    }
    node_gather(node, subject, u->call->msg.data, u->call->msg.len, STOP_TIMEOUT, on_answer, on_end,
                u);
}

void node_on_stop_workload(nex_node *node, nex_call *call, const char *namespace_,
                           const char *workload, const nex_stop_workload_request *request) {
    if (!node_same_nexus(node, call) ||
        !node_same_namespace(node, call, namespace_, request->namespace_)) {
        return;
    }
    undeploy *u = calloc(1, sizeof *u);
    if (u == NULL || (u->workload = strdup(workload)) == NULL) {
        free(u);
        node_fail(node, call, "500", "failed to stop workload", "out of memory");
        return;
    }
    u->node = node;
    u->call = call;
    DL_APPEND(node->undeploys, u);
    node_locate(node, workload, on_located, u);
}

void node_undeploys_abandon(nex_node *node) {
    while (node->undeploys != NULL) {
        nex_call_drop(node->undeploys->call);
        undeploy_free(node->undeploys);
    }
}
