/*
 * Open calls of a nexlet's callbacks. An answer may come from any thread: it is written to the
 * call as bytes, posted to the loop, and sent there if the agent still waits for it.
 */
#include "agent/runner.h"

#include "loop/seam.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Who has the call: whoever moves it out of CALL_OPEN decides what becomes of it. */
enum call_state { CALL_OPEN, CALL_ANSWERED, CALL_ABANDONED };

struct nex_agent_call {
    nex_agent *agent; /* NULL once the agent has let go */
    nex_loop *loop;
    call_kind kind;
    nex_call *call; /* NULL for a replay */
    char *id;
    char *name;
    void *request;
    atomic_int state; /* call_state */
    nex_buf body;
    bool silent;
    bool failed;
    char error[NEX_ERROR_MESSAGE_SIZE];
    nex_post post; /* of the answer, which so needs no memory to get to the loop */
    nex_agent_call *next;
    nex_agent_call **link;
};

static void call_free(nex_agent_call *call) {
    if (call->link != NULL) {
        *call->link = call->next;
        if (call->next != NULL) {
            call->next->link = call->link;
        }
    }
    if (call->request != NULL && (call->kind == CALL_START || call->kind == CALL_REPLAY)) {
        agent_start_request_wipe(call->request);
    }
    nex_message_free(call->request);
    nex_buf_wipe(&call->body);
    free(call->id);
    free(call->name);
    free(call);
}

nex_agent_call *agent_call_new(nex_agent *agent, call_kind kind, nex_call *msg, const char *id,
                               const char *name, void *request) {
    nex_agent_call *call = calloc(1, sizeof *call);
    if (call != NULL) {
        call->id = strdup(id != NULL ? id : "");
        call->name = strdup(name != NULL ? name : "");
    }
    if (call == NULL || call->id == NULL || call->name == NULL) {
        nex_message_free(request);
        if (call != NULL) {
            free(call->id);
            free(call->name);
            free(call);
        }
        if (msg != NULL) {
            nex_call_error(msg, "100", "out of memory", NULL, 0);
        }
        return NULL;
    }
    call->agent = agent;
    call->loop = agent->loop;
    call->kind = kind;
    call->call = msg;
    call->request = request;
    atomic_init(&call->state, CALL_OPEN);
    call->next = agent->calls;
    call->link = &agent->calls;
    if (agent->calls != NULL) {
        agent->calls->link = &call->next;
    }
    agent->calls = call;
    return call;
}

void agent_calls_drop(nex_agent *agent) {
    for (nex_agent_call *call = agent->calls; call != NULL; call = call->next) {
        if (call->call != NULL) {
            nex_call_drop(call->call);
            call->call = NULL;
        }
    }
}

bool agent_calls_open(const nex_agent *agent) {
    const nex_agent_call *call = agent->calls;
    while (call != NULL && call->call == NULL) {
        call = call->next;
    }
    return call != NULL;
}

void agent_calls_abandon(nex_agent *agent) {
    agent_calls_drop(agent);
    while (agent->calls != NULL) {
        nex_agent_call *call = agent->calls;
        agent->calls = call->next;
        if (call->next != NULL) {
            call->next->link = &agent->calls;
        }
        call->link = NULL;
        call->next = NULL;
        call->agent = NULL;
        /* From here on it is its answerer's, who may be on another thread, and frees it. */
        int open = CALL_OPEN;
        atomic_compare_exchange_strong(&call->state, &open, CALL_ABANDONED);
    }
}

/* The body that goes with an error: the ordinary answer, saying no. */
static void error_body(const nex_agent_call *call, nex_buf *out) {
    if (call->kind == CALL_START) {
        nex_start_workload_response body = {.id = call->id, .name = call->name};
        nex_start_workload_response_encode(&body, out);
    } else if (call->kind == CALL_STOP) {
        nex_stop_workload_response body = {.id = call->id,
                                           .message = (char *)NEX_AGENT_NOT_FOUND,
                                           .stopped = false,
                                           .workload_type =
                                               call->agent->registration->register_type};
        nex_stop_workload_response_encode(&body, out);
    }
}

static void send_answer(void *arg) {
    nex_agent_call *call = arg;
    nex_agent *agent = call->agent;
    if (agent != NULL && call->kind == CALL_REPLAY && call->failed) {
        nex_log_write(agent->log, NEX_LOG_ERROR, "workload not restored", "workload_id", call->id,
                      "reason", call->error, NULL);
        agent_session_replay_later(agent);
    }
    if (agent != NULL && call->call != NULL) {
        nex_call *msg = call->call;
        call->call = NULL;
        if (call->silent) {
            nex_call_drop(msg);
        } else if (call->failed) {
            nex_buf body = NEX_BUF_INIT;
            error_body(call, &body);
            nex_call_error(msg, "100", call->error, body.data, body.len);
            nex_buf_free(&body);
        } else {
            nex_header id = {"agentId", agent->agent_id};
            nex_call_reply(msg, &id, 1, call->body.data, call->body.len);
        }
    }
    if (agent != NULL && !call->failed && (call->kind == CALL_START || call->kind == CALL_REPLAY)) {
        nex_agent_ingress_add(agent, call->id);
    }
    if (agent != NULL && !call->failed && call->kind == CALL_STOP) {
        nex_agent_ingress_remove(agent, call->id);
    }
    call_free(call);
}

/* Claims the one answer a call may have; an abandoned call ends here, without the loop. */
static bool claim(nex_agent_call *call) {
    int state = CALL_OPEN;
    if (atomic_compare_exchange_strong(&call->state, &state, CALL_ANSWERED)) {
        return true;
    }
    if (state == CALL_ABANDONED) {
        call_free(call);
    }
    return false;
}

static void answer(nex_agent_call *call, nex_status encoded) {
    if (encoded != NEX_OK) {
        call->failed = true;
        snprintf(call->error, sizeof call->error, "cannot write the answer: %s",
                 nex_status_name(encoded));
    }
    call->post.cb = send_answer;
    call->post.arg = call;
    nex_loop_post_node(call->loop, &call->post);
}

void nex_agent_answer_start(nex_agent_call *call, const char *id, const char *name) {
    if (claim(call)) {
        nex_start_workload_response body = {.id = (char *)(id != NULL ? id : call->id),
                                            .name = (char *)(name != NULL ? name : call->name)};
        answer(call, nex_start_workload_response_encode(&body, &call->body));
    }
}

void nex_agent_answer_stop(nex_agent_call *call) {
    if (claim(call)) {
        nex_stop_workload_response body = {
            .id = call->id, .message = (char *)"", .stopped = true, .workload_type = call->name};
        answer(call, nex_stop_workload_response_encode(&body, &call->body));
    }
}

void nex_agent_answer_get(nex_agent_call *call, const nex_start_workload_request *request) {
    if (claim(call)) {
        nex_error err;
        call->silent = request == NULL;
        if (request != NULL &&
            agent_environment_encode(call->request, request, &call->body, &err) != NEX_OK) {
            call->failed = true;
            snprintf(call->error, sizeof call->error, "%s", err.message);
        }
        answer(call, NEX_OK);
    }
}

void nex_agent_answer_query(nex_agent_call *call, const nex_agent_list_workloads_response *list) {
    if (claim(call)) {
        answer(call, nex_agent_list_workloads_response_encode(list, &call->body));
    }
}

void nex_agent_answer_lameduck(nex_agent_call *call) {
    if (claim(call)) {
        nex_lameduck_response body = {.success = true, .message = (char *)""};
        answer(call, nex_lameduck_response_encode(&body, &call->body));
    }
}

void nex_agent_answer_logs(nex_agent_call *call, const nex_workload_logs_response *response) {
    if (claim(call)) {
        answer(call, nex_workload_logs_response_encode(response, &call->body));
    }
}

void nex_agent_fail(nex_agent_call *call, const char *fmt, ...) {
    if (claim(call)) {
        va_list args;
        va_start(args, fmt);
        vsnprintf(call->error, sizeof call->error, fmt, args);
        va_end(args);
        call->failed = true;
        answer(call, NEX_OK);
    }
}
