/*
 * Secrets for agents: read from the directory, else from JetStream, sealed to the key the agent
 * registered with. A remote agent gets those of namespaces in which this node has placed a workload
 * with it; embedded and local ones are on the machine of the store anyway.
 */
#include "node/internal.h"
#include "node/secrets.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool has_workload(const nex_node *node, const char *agent_id, const char *namespace_) {
    for (const node_workload *w = node->workloads; w != NULL; w = w->hh.next) {
        if (strcmp(w->agent_id, agent_id) == 0 && w->request->namespace_ != NULL &&
            strcmp(w->request->namespace_, namespace_) == 0) {
            return true;
        }
    }
    return false;
}

/* The directory may come to be while the node runs. */
static nex_status open_store(nex_node *node, nex_error *err) {
    char path[4096];
    if (node->secrets != NULL) {
        return NEX_OK;
    }
    if (node->options.secrets_dir != NULL) {
        return nex_secret_store_open(&node->secrets, node->options.secrets_dir, err);
    }
    if (node->options.resource_dir == NULL) {
        return nex_error_set(err, NEX_ENOTFOUND, "this node has no secret store");
    }
    int n = snprintf(path, sizeof path, "%s/secrets", node->options.resource_dir);
    if (n < 0 || (size_t)n >= sizeof path) {
        return nex_error_set(err, NEX_ELIMIT, "the path of the secrets directory is too long");
    }
    return nex_secret_store_open(&node->secrets, path, err);
}

static nex_status seal(const nex_node *node, const node_agent *agent, const nex_buf *value,
                       nex_buf *json, nex_error *err) {
    nex_buf box = NEX_BUF_INIT;
    nex_buf text = NEX_BUF_INIT;
    const char *receiver = agent->registration->public_xkey;
    nex_status status = nex_box_seal(node->xkey, receiver != NULL ? receiver : "",
                                     value->data != NULL ? value->data : "", value->len, &box, err);
    if (status == NEX_OK) {
        status = nex_base64_encode(box.data, box.len, &text);
    }
    if (status == NEX_OK) {
        nex_get_secret_response response = {.encrypted_by = (char *)nex_key_public(node->xkey),
                                            .base64_encrypted_value = text.data};
        status = nex_get_secret_response_encode(&response, json);
    }
    if (status == NEX_ENOMEM) {
        nex_error_set(err, status, "out of memory");
    }
    nex_buf_free(&box);
    nex_buf_free(&text);
    return status;
}

/* A question that waits for JetStream. */
typedef struct question {
    nex_node *node;
    nex_call *call;
    char *agent_id;
    nex_error missing; /* why the directory did not have it */
} question;

static void question_free(question *q) {
    free(q->agent_id);
    free(q);
}

static void refuse(nex_node *node, nex_call *call, nex_status status, const nex_error *err) {
    bool known = status == NEX_ENOTFOUND || status == NEX_EINVAL;
    const char *code = status == NEX_ENOTFOUND ? "404" : status == NEX_EINVAL ? "400" : "500";
    node_fail(node, call, code, known ? err->message : "failed to read the secret", err->message);
}

static void answer(nex_node *node, nex_call *call, const node_agent *agent, const nex_buf *value) {
    nex_buf json = NEX_BUF_INIT;
    nex_error err;
    nex_error_clear(&err);
    nex_status status = seal(node, agent, value, &json, &err);
    if (status == NEX_OK) {
        nex_call_reply(call, NULL, 0, json.data, json.len);
    } else {
        refuse(node, call, status, &err);
    }
    nex_buf_free(&json);
}

/* A node without JetStream, or a bucket that is not there, has no such secret either. */
static bool is_absent(nex_status status) {
    return status == NEX_ENOTFOUND || status == NEX_EUNSUPPORTED || status == NEX_EUNREACHABLE ||
           status == NEX_EINVAL;
}

static void on_stored(void *arg, nex_status status, const nex_buf *value, const nex_error *err) {
    question *q = arg;
    const node_agent *agent = node_agent_find(q->node, q->agent_id);
    if (status == NEX_ECANCELED) {
        nex_call_drop(q->call);
    } else if (status != NEX_OK) {
        refuse(q->node, q->call, is_absent(status) ? NEX_ENOTFOUND : status,
               is_absent(status) ? &q->missing : err);
    } else if (agent == NULL) {
        node_fail(q->node, q->call, "403", "no such agent is registered", "agent not registered");
    } else {
        answer(q->node, q->call, agent, value);
    }
    question_free(q);
}

static void ask_jetstream(nex_node *node, nex_call *call, const char *agent_id,
                          const nex_get_secret_request *request, const nex_error *missing) {
    nex_error err;
    question *q = calloc(1, sizeof *q);
    if (q == NULL || (q->agent_id = strdup(agent_id)) == NULL) {
        free(q);
        node_fail(node, call, "500", "failed to read the secret", "out of memory");
        return;
    }
    q->node = node;
    q->call = call;
    q->missing = *missing;
    nex_status status =
        node_secret_kv_get(node, request->namespace_, request->name, on_stored, q, &err);
    if (status != NEX_OK) {
        refuse(node, call, status == NEX_EINVAL ? NEX_ENOTFOUND : status,
               status == NEX_EINVAL ? missing : &err);
        question_free(q);
    }
}

void node_on_get_secret(nex_node *node, nex_call *call, const char *agent_id,
                        const nex_get_secret_request *request) {
    const node_agent *agent = node_agent_find(node, agent_id);
    const char *namespace_ = request->namespace_ != NULL ? request->namespace_ : "";
    const char *name = request->name != NULL ? request->name : "";
    if (agent == NULL) {
        node_fail(node, call, "403", "no such agent is registered", "agent not registered");
        return;
    }
    if (!node_is_own_agent(node, agent_id) && !has_workload(node, agent_id, namespace_)) {
        node_fail(node, call, "403", "the agent has no workload in this namespace",
                  "no workload in this namespace");
        return;
    }
    nex_error err;
    nex_buf value = NEX_BUF_INIT;
    nex_error_clear(&err);
    nex_status status = open_store(node, &err);
    if (status == NEX_OK) {
        status = nex_secret_store_get(node->secrets, namespace_, name, &value, &err);
    }
    if (status == NEX_OK) {
        answer(node, call, agent, &value);
    } else if (status == NEX_ENOTFOUND && name[0] != '\0' && nex_subject_token_valid(namespace_)) {
        ask_jetstream(node, call, agent_id, request, &err);
    } else {
        refuse(node, call, status, &err);
    }
    nex_buf_wipe(&value);
}
