/* All that the node knows of a workload: who runs it, and its start request without secrets. */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define FETCH_TIMEOUT (3 * NEX_SECOND)

typedef struct info_call {
    nex_node *node;
    nex_call *call;
    char *namespace_;
    char *workload;
    char *agent_id;
    nex_start_workload_request *request; /* NULL: not known */
} info_call;

static void info_free(info_call *i) {
    nex_start_workload_request_free(i->request);
    free(i->namespace_);
    free(i->workload);
    free(i->agent_id);
    free(i);
}

static void fail(info_call *i, const char *code, const char *what, const char *cause) {
    node_fail(i->node, i->call, code, what, cause);
    info_free(i);
}

static char *text(const char *value) {
    return (char *)(uintptr_t)(value != NULL ? value : "");
}

static void send_answer(info_call *i) {
    nex_node *node = i->node;
    const nex_start_workload_request *request = i->request;
    const node_agent *agent = node_agent_find(node, i->agent_id);
    nex_buf masked = NEX_BUF_INIT;
    nex_buf json = NEX_BUF_INIT;
    nex_status status = NEX_OK;
    if (request->run_request != NULL) {
        status = node_mask_run_request(
            request->run_request, agent != NULL ? agent->registration->start_request_schema : NULL,
            &masked);
    }
    nex_workload_info_response response = {
        .id = i->workload,
        .namespace_ = text(request->namespace_),
        .node_id = text(node->id),
        .node_name = text(node->options.name),
        .agent_id = i->agent_id,
        .agent_name = text(agent != NULL ? agent->registration->name : NULL),
        .agent_version = text(agent != NULL ? agent->registration->version : NULL),
        .agent_health = text(node_health_text(agent != NULL ? agent->health : HEALTH_OFFLINE)),
        .description = text(request->description),
        .run_request = text(masked.data),
        .reference = request->reference,
        .tags = request->tags};
    if (status == NEX_OK) {
        status = nex_workload_info_response_encode(&response, &json);
    }
    if (status == NEX_OK) {
        node_reply(node, i->call, json.data, json.len);
        info_free(i);
    } else {
        fail(i, "500", "failed to describe the workload", nex_status_name(status));
    }
    nex_buf_free(&masked);
    nex_buf_free(&json);
}

static bool on_request(void *arg, const nex_msg *answer) {
    info_call *i = arg;
    if (answer->len == 0 || nex_msg_header(answer, "Nats-Service-Error-Code") != NULL) {
        return true;
    }
    (void)nex_start_workload_request_decode(&i->request, answer->data, answer->len, NULL);
    return i->request == NULL;
}

static void on_fetched(void *arg) {
    info_call *i = arg;
    const char *namespace_ = i->request != NULL ? text(i->request->namespace_) : NULL;
    bool own = namespace_ != NULL && (strcmp(i->namespace_, NODE_SYSTEM_NAMESPACE) == 0 ||
                                      strcmp(i->namespace_, namespace_) == 0);
    if (own) {
        send_answer(i);
    } else {
        fail(i, "404", "workload not found", i->workload);
    }
}

/* What this node did not place itself is asked of its agents. */
static void fetch(info_call *i) {
    nex_clone_workload_request ask = {.namespace_ = i->namespace_, .new_target_xkey = text("")};
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    if (nex_clone_workload_request_encode(&ask, &json) != NEX_OK ||
        nex_subject_agent_get_workload(subject, i->node->id, i->workload) != NEX_OK) {
        fail(i, "500", "failed to describe the workload", "out of memory");
    } else {
        node_gather(i->node, subject, json.data, json.len, FETCH_TIMEOUT, on_request, on_fetched,
                    i);
    }
    nex_buf_free(&json);
}

static void on_located(void *arg, bool found, const char *agent_id) {
    info_call *i = arg;
    const node_workload *placed = node_workload_find(i->node, i->workload);
    i->agent_id = strdup(agent_id);
    if (!found || i->agent_id == NULL) {
        fail(i, "404", "workload not found", i->workload);
    } else if (placed == NULL) {
        fetch(i);
    } else if (nex_start_workload_request_clone(placed->request, &i->request) != NEX_OK) {
        fail(i, "500", "failed to describe the workload", "out of memory");
    } else {
        on_fetched(i);
    }
}

void node_on_workload_info(nex_node *node, nex_call *call, const char *namespace_,
                           const char *workload, const nex_workload_info_request *request) {
    if (!node_same_namespace(node, call, namespace_, request->namespace_)) {
        return;
    }
    info_call *i = calloc(1, sizeof *i);
    if (i != NULL) {
        i->node = node;
        i->call = call;
        i->namespace_ = strdup(request->namespace_ != NULL ? request->namespace_ : "");
        i->workload = strdup(workload);
    }
    if (i == NULL || i->namespace_ == NULL || i->workload == NULL) {
        if (i != NULL) {
            info_free(i);
        }
        node_fail(node, call, "500", "failed to describe the workload", "out of memory");
        return;
    }
    node_locate(node, workload, on_located, i);
}
