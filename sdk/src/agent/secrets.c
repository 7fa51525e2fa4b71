/*
 * Secrets: asked of the node, which seals its answer to the agent's key. Nothing of a value is
 * kept here, logged, or put into an error.
 */
#include "agent/runner.h"

#include <stdlib.h>
#include <string.h>

#define SECRET_TIMEOUT (10 * NEX_SECOND)

typedef struct nex_agent_secret {
    nex_agent *agent;
    nex_request *request;
    char *name;
    nex_secret_cb cb;
    void *arg;
    struct nex_agent_secret *next;
    struct nex_agent_secret **link;
} secret_call;

static void secret_end(secret_call *call, nex_status status, const nex_buf *value, nex_error *err) {
    *call->link = call->next;
    if (call->next != NULL) {
        call->next->link = call->link;
    }
    if (status != NEX_OK) {
        nex_error_prefix(err, status, "secret %s", call->name);
    }
    call->cb(call->arg, status, status == NEX_OK ? value->data : NULL,
             status == NEX_OK ? value->len : 0, err);
    nex_request_cancel(call->request);
    free(call->name);
    free(call);
}

static nex_status open_answer(const nex_agent *agent, const nex_msg *reply, nex_buf *value,
                              nex_error *err) {
    nex_get_secret_response *response = NULL;
    nex_buf box = NEX_BUF_INIT;
    nex_status status = nex_get_secret_response_decode(&response, reply->data, reply->len, err);
    if (status != NEX_OK) {
        return status;
    }
    const char *text = response->base64_encrypted_value;
    status = nex_base64_decode(text, strlen(text), &box, err);
    if (status == NEX_OK) {
        status = nex_box_open(agent->xkey, response->encrypted_by, box.data, box.len, value, err);
    }
    /* An empty secret has a NUL as well. */
    if (status == NEX_OK && nex_buf_append(value, "", 0) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_buf_free(&box);
    nex_get_secret_response_free(response);
    return status;
}

static nex_status refusal(const nex_msg *reply, const char *text, nex_error *err) {
    const char *code = nex_msg_header(reply, "Nats-Service-Error-Code");
    nex_status status = NEX_EREFUSED;
    if (code != NULL && strcmp(code, "404") == 0) {
        status = NEX_ENOTFOUND;
    } else if (code != NULL && strcmp(code, "400") == 0) {
        status = NEX_EINVAL;
    }
    return nex_error_set(err, status, "%s", text);
}

static void on_secret(void *arg, nex_status status, const nex_msg *reply) {
    secret_call *call = arg;
    nex_error err;
    nex_buf value = NEX_BUF_INIT;
    call->request = NULL;
    nex_error_clear(&err);
    if (status != NEX_OK) {
        nex_error_set(&err, status, "the node gives no secrets: %s",
                      status == NEX_EUNREACHABLE ? "it has no secret store"
                                                 : nex_status_name(status));
    } else if (nex_msg_header(reply, "Nats-Service-Error") != NULL) {
        status = refusal(reply, nex_msg_header(reply, "Nats-Service-Error"), &err);
    } else {
        status = open_answer(call->agent, reply, &value, &err);
    }
    secret_end(call, status, &value, &err);
    nex_buf_wipe(&value);
}

static nex_status ask(secret_call *call, const char *namespace_) {
    nex_agent *agent = call->agent;
    nex_get_secret_request request = {.namespace_ = (char *)namespace_, .name = call->name};
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_get_secret(subject, agent->node_id, agent->agent_id);
    if (status == NEX_OK) {
        status = nex_get_secret_request_encode(&request, &json);
    }
    if (status == NEX_OK) {
        nex_msg msg = {.subject = subject, .data = json.data, .len = json.len};
        status = nex_bus_request(agent->bus, &msg, SECRET_TIMEOUT, on_secret, call, &call->request);
    }
    nex_buf_free(&json);
    return status;
}

nex_status nex_agent_get_secret(nex_agent *agent, const char *namespace_, const char *name,
                                nex_secret_cb cb, void *arg) {
    if (agent->bus == NULL || agent->node_id == NULL || agent->agent_id == NULL) {
        return NEX_ESTATE;
    }
    secret_call *call = calloc(1, sizeof *call);
    if (call == NULL || (call->name = strdup(name)) == NULL) {
        free(call);
        return NEX_ENOMEM;
    }
    call->agent = agent;
    call->cb = cb;
    call->arg = arg;
    nex_status status = ask(call, namespace_);
    if (status != NEX_OK) {
        free(call->name);
        free(call);
        return status;
    }
    call->next = agent->secrets;
    call->link = &agent->secrets;
    if (agent->secrets != NULL) {
        agent->secrets->link = &call->next;
    }
    agent->secrets = call;
    return NEX_OK;
}

void agent_secrets_cancel(nex_agent *agent) {
    while (agent->secrets != NULL) {
        nex_error err;
        nex_error_set(&err, NEX_ECANCELED, "the agent has gone");
        secret_end(agent->secrets, NEX_ECANCELED, NULL, &err);
    }
}
