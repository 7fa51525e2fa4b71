/*
 * Which agent of this node has a workload? The node knows what it placed itself; for the rest
 * (agents that outlived an earlier node) every agent is asked for its list.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define LOCATE_TIMEOUT (2 * NEX_SECOND)

typedef struct locating {
    nex_node *node;
    char *workload;
    bool found;
    char *agent_id; /* NULL when it did not say */
    locate_fn cb;
    void *arg;
} locating;

static bool on_answer(void *arg, const nex_msg *answer) {
    locating *l = arg;
    nex_agent_list_workloads_response *part = NULL;
    if (answer->len == 0 || nex_agent_list_workloads_response_decode(&part, answer->data,
                                                                     answer->len, NULL) != NEX_OK) {
        return true;
    }
    for (size_t i = 0; i < part->count && !l->found; i++) {
        l->found = part->items[i].id != NULL && strcmp(part->items[i].id, l->workload) == 0;
    }
    nex_agent_list_workloads_response_free(part);
    const char *agent_id = nex_msg_header(answer, "agentId");
    if (l->found && agent_id != NULL) {
        l->agent_id = strdup(agent_id);
    }
    return !l->found;
}

static void on_end(void *arg) {
    locating *l = arg;
    l->cb(l->arg, l->found, l->agent_id != NULL ? l->agent_id : "");
    free(l->workload);
    free(l->agent_id);
    free(l);
}

void node_locate(nex_node *node, const char *workload, locate_fn cb, void *arg) {
    const node_workload *placed = node_workload_find(node, workload);
    if (placed != NULL) {
        cb(arg, true, placed->agent_id);
        return;
    }
    if (node->agents == NULL) {
        cb(arg, false, "");
        return;
    }
    locating *l = calloc(1, sizeof *l);
    char *items[] = {(char *)workload};
    nex_agent_list_workloads_request request = {.namespace_ = (char *)NODE_SYSTEM_NAMESPACE,
                                                .filter = {items, 1}};
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    if (l == NULL || (l->workload = strdup(workload)) == NULL ||
        nex_agent_list_workloads_request_encode(&request, &json) != NEX_OK ||
        nex_subject_agent_query_workloads(subject, node->id) != NEX_OK) {
        if (l != NULL) {
            free(l->workload);
        }
        free(l);
        nex_buf_free(&json);
        cb(arg, false, "");
        return;
    }
    l->node = node;
    l->cb = cb;
    l->arg = arg;
    node_gather(node, subject, json.data, json.len, LOCATE_TIMEOUT, on_answer, on_end, l);
    nex_buf_free(&json);
}
