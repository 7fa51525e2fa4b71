/*
 * Sealed environments: opened before the nexlet sees a start request, sealed anew when a client
 * that can open them asks for it. What the node stores stays as the client sealed it.
 */
#include "agent/runner.h"

#include "environment/environment.h"

#include <string.h>

static void wipe_text(char *text) {
    if (text != NULL) {
        nex_wipe(text, strlen(text));
    }
}

nex_status agent_environment_open(const nex_agent *agent, nex_agent_start_workload_request *request,
                                  nex_error *err) {
    char *text = request->request != NULL ? request->request->run_request : NULL;
    /* Most start requests hold no box: they are not parsed. */
    if (text == NULL || strstr(text, "base64_encrypted_env") == NULL) {
        return NEX_OK;
    }
    nex_buf opened = NEX_BUF_INIT;
    nex_status status = environment_open(text, agent->xkey, &opened, err);
    if (status == NEX_OK) {
        request->request->run_request = nex_message_strdup(request, opened.data);
        if (request->request->run_request == NULL) {
            request->request->run_request = text;
            status = nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    nex_buf_wipe(&opened);
    return status;
}

void agent_start_request_wipe(nex_agent_start_workload_request *request) {
    if (request->request != NULL) {
        wipe_text(request->request->run_request);
    }
    if (request->workload_creds != NULL) {
        wipe_text(request->workload_creds->nats_user_seed);
        wipe_text(request->workload_creds->nats_user_jwt);
        wipe_text(request->workload_creds->nats_user_password);
    }
}

nex_status agent_environment_encode(const nex_clone_workload_request *asked,
                                    const nex_start_workload_request *request, nex_buf *out,
                                    nex_error *err) {
    const char *receiver = asked->new_target_xkey != NULL ? asked->new_target_xkey : "";
    nex_start_workload_request copy = *request;
    nex_buf sealed = NEX_BUF_INIT;
    nex_status status = NEX_OK;
    if (asked->boxed_env && request->run_request != NULL &&
        nex_key_public_kind(receiver) == NEX_KEY_CURVE) {
        status = environment_seal(request->run_request, receiver, &sealed, err);
        copy.run_request = sealed.data;
    }
    if (status == NEX_OK && (status = nex_start_workload_request_encode(&copy, out)) != NEX_OK) {
        nex_error_set(err, status, "cannot write the request: %s", nex_status_name(status));
    }
    nex_buf_wipe(&sealed);
    return status;
}
