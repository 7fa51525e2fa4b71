/* Lists: the workloads of all agents of the node, merged. */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define LIST_TIMEOUT (2 * NEX_SECOND)

typedef struct listing {
    nex_node *node;
    nex_call *call;
    nex_buf json; /* the array, without its end */
} listing;

/* Each answer is checked, then its items are copied as they would be written anew. */
static bool on_answer(void *arg, const nex_msg *answer) {
    listing *list = arg;
    nex_agent_list_workloads_response *part = NULL;
    nex_error err;
    const char *refused = nex_msg_header(answer, "Nats-Service-Error");
    if (refused != NULL) {
        nex_log_write(list->node->log, NEX_LOG_WARN, "an agent's workloads are not listed", "err",
                      refused, "agent_id", nex_msg_header(answer, "agentId"), NULL);
    }
    if (answer->len == 0 || refused != NULL ||
        nex_msg_header(answer, "Nats-Service-Error-Code") != NULL) {
        return true;
    }
    if (nex_agent_list_workloads_response_decode(&part, answer->data, answer->len, &err) !=
        NEX_OK) {
        nex_log_write(list->node->log, NEX_LOG_WARN, "malformed list of workloads", "err",
                      err.message, "agent_id", nex_msg_header(answer, "agentId"), NULL);
        return true;
    }
    for (size_t i = 0; i < part->count; i++) {
        size_t before = list->json.len;
        if ((before > 1 && nex_buf_append_str(&list->json, ",") != NEX_OK) ||
            nex_workload_summary_encode(&part->items[i], &list->json) != NEX_OK) {
            list->json.len = before;
        }
    }
    nex_agent_list_workloads_response_free(part);
    return true;
}

static void on_end(void *arg) {
    listing *list = arg;
    nex_buf_append_str(&list->json, "]");
    if (list->json.len > nex_bus_max_payload(list->node->bus)) {
        node_fail(list->node, list->call, "500", "failed to list workloads",
                  "the list is larger than the NATS server's max_payload");
    } else {
        node_reply(list->node, list->call, list->json.data, list->json.len);
    }
    nex_buf_free(&list->json);
    free(list);
}

void node_on_list(nex_node *node, nex_call *call, const char *namespace_,
                  const nex_agent_list_workloads_request *request) {
    if (!node_same_nexus(node, call) ||
        !node_same_namespace(node, call, namespace_, request->namespace_)) {
        return;
    }
    listing *list = calloc(1, sizeof *list);
    char subject[NEX_SUBJECT_SIZE];
    if (list == NULL || nex_buf_append_str(&list->json, "[") != NEX_OK ||
        nex_subject_agent_query_workloads(subject, node->id) != NEX_OK) {
        free(list);
        node_fail(node, call, "500", "failed to list workloads", "out of memory");
        return;
    }
    list->node = node;
    list->call = call;
    node_gather(node, subject, call->msg.data, call->msg.len, LIST_TIMEOUT, on_answer, on_end,
                list);
}
