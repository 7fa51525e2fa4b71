/* Clones: the request a workload was started with, for whoever starts it elsewhere. */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define FETCH_TIMEOUT (3 * NEX_SECOND)

typedef struct fetch {
    nex_node *node;
    nex_call *call;
    char *namespace_;
    char *workload;
    nex_buf answer;
} fetch;

static void fetch_free(fetch *f) {
    nex_buf_wipe(&f->answer);
    free(f->namespace_);
    free(f->workload);
    free(f);
}

static void unknown(fetch *f) {
    node_decline(f->node, f->call, "unknown", "%s: no workload %s", f->node->options.name,
                 f->workload);
    fetch_free(f);
}

static bool on_answer(void *arg, const nex_msg *answer) {
    fetch *f = arg;
    if (answer->len == 0 || nex_msg_header(answer, "Nats-Service-Error") != NULL ||
        nex_msg_header(answer, "Nats-Service-Error-Code") != NULL) {
        return true;
    }
    nex_buf_clear(&f->answer);
    return nex_buf_append(&f->answer, answer->data, answer->len) != NEX_OK;
}

static void on_end(void *arg) {
    fetch *f = arg;
    if (f->answer.len == 0) {
        unknown(f);
        return;
    }
    nex_start_workload_request *request = NULL;
    nex_error err;
    if (nex_start_workload_request_decode(&request, f->answer.data, f->answer.len, &err) !=
        NEX_OK) {
        node_fail(f->node, f->call, "500", "failed to unmarshal workload definition from agent",
                  err.message);
        fetch_free(f);
        return;
    }
    bool own = request->namespace_ != NULL && strcmp(request->namespace_, f->namespace_) == 0;
    nex_start_workload_request_free(request);
    if (!own && strcmp(f->namespace_, NODE_SYSTEM_NAMESPACE) != 0) {
        unknown(f); /* that it exists elsewhere is nobody's business */
        return;
    }
    node_reply(f->node, f->call, f->answer.data, f->answer.len);
    fetch_free(f);
}

static void on_located(void *arg, bool found, const char *agent_id) {
    (void)agent_id;
    fetch *f = arg;
    char subject[NEX_SUBJECT_SIZE];
    if (!found || nex_subject_agent_get_workload(subject, f->node->id, f->workload) != NEX_OK) {
        unknown(f);
        return;
    }
    node_gather(f->node, subject, f->call->msg.data, f->call->msg.len, FETCH_TIMEOUT, on_answer,
                on_end, f);
}

void node_on_clone(nex_node *node, nex_call *call, const char *namespace_, const char *workload,
                   const nex_clone_workload_request *request) {
    if (!node_same_nexus(node, call) ||
        !node_same_namespace(node, call, namespace_, request->namespace_)) {
        return;
    }
    fetch *f = calloc(1, sizeof *f);
    if (f != NULL) {
        f->node = node;
        f->call = call;
        f->namespace_ = strdup(namespace_);
        f->workload = strdup(workload);
    }
    if (f == NULL || f->namespace_ == NULL || f->workload == NULL) {
        if (f != NULL) {
            fetch_free(f);
        }
        node_fail(node, call, "500", "failed to clone workload", "out of memory");
        return;
    }
    node_locate(node, workload, on_located, f);
}
