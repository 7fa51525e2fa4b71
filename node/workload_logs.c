/* What workloads wrote: requests go on to the agent that has the workload, and its answers back. */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define READ_TIMEOUT (10 * NEX_SECOND)

typedef struct log_request {
    nex_node *node;
    nex_call *call;
    char *namespace_;
    char *workload;
    nex_request *request;
    struct log_request *prev;
    struct log_request *next;
} log_request;

static void log_request_free(log_request *l) {
    DL_DELETE(l->node->log_requests, l);
    nex_request_cancel(l->request);
    free(l->namespace_);
    free(l->workload);
    free(l);
}

static void fail(log_request *l, const char *code, const char *what, const char *cause) {
    node_fail(l->node, l->call, code, what, cause);
    log_request_free(l);
}

static void on_answer(void *arg, nex_status status, const nex_msg *answer) {
    log_request *l = arg;
    l->request = NULL;
    const char *code = NULL;
    if (status == NEX_OK) {
        code = nex_msg_header(answer, "Nats-Service-Error-Code");
    }
    if (status == NEX_EUNREACHABLE) {
        fail(l, "501", "the agent of the workload keeps no output, or is not there", l->workload);
    } else if (status != NEX_OK) {
        fail(l, "500", "the agent of the workload does not answer", nex_status_name(status));
    } else if (code != NULL) {
        const char *what = nex_msg_header(answer, "Nats-Service-Error");
        nex_call_error(l->call, code, what != NULL ? what : "", answer->data, answer->len);
        log_request_free(l);
    } else {
        node_reply(l->node, l->call, answer->data, answer->len);
        log_request_free(l);
    }
}

static void on_located(void *arg, bool found, const char *agent_id) {
    log_request *l = arg;
    nex_node *node = l->node;
    const node_workload *placed = node_workload_find(node, l->workload);
    bool others = placed != NULL && strcmp(l->namespace_, NODE_SYSTEM_NAMESPACE) != 0 &&
                  strcmp(l->namespace_, placed->request->namespace_) != 0;
    char subject[NEX_SUBJECT_SIZE];
    if (!found || others) {
        fail(l, "404", "workload not found", l->workload);
        return;
    }
    if (agent_id[0] == '\0') {
        fail(l, "501", "the agent of the workload keeps no output", l->workload);
        return;
    }
    nex_status status = nex_subject_agent_workload_logs(subject, node->id, agent_id, l->workload);
    if (status == NEX_OK) {
        nex_msg msg = {.subject = subject, .data = l->call->msg.data, .len = l->call->msg.len};
        status = nex_bus_request(node->bus, &msg, READ_TIMEOUT, on_answer, l, &l->request);
    }
    if (status != NEX_OK) {
        fail(l, "500", "cannot ask the agent of the workload", nex_status_name(status));
    }
}

void node_on_workload_logs(nex_node *node, nex_call *call, const char *namespace_,
                           const char *workload, const nex_workload_logs_request *request) {
    if (!node_same_namespace(node, call, namespace_, request->namespace_)) {
        return;
    }
    log_request *l = calloc(1, sizeof *l);
    if (l == NULL || (l->workload = strdup(workload)) == NULL ||
        (l->namespace_ = strdup(request->namespace_ != NULL ? request->namespace_ : "")) == NULL) {
        if (l != NULL) {
            free(l->workload);
        }
        free(l);
        node_fail(node, call, "500", "failed to read logs", "out of memory");
        return;
    }
    l->node = node;
    l->call = call;
    DL_APPEND(node->log_requests, l);
    node_locate(node, workload, on_located, l);
}

void node_log_requests_abandon(nex_node *node) {
    while (node->log_requests != NULL) {
        nex_call_drop(node->log_requests->call);
        log_request_free(node->log_requests);
    }
}
