/*
 * Deploys: the bid, the namespace, the type and the run request are checked, credentials are
 * minted, the bid's agent is asked to start the workload, and its answer is passed on. Deploys
 * run side by side; nothing waits for an agent but the one deploy it concerns.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

#define START_TIMEOUT NEX_MINUTE
#define WATCH_EVERY   (500 * NEX_MILLISECOND)
#define PING_TIMEOUT  NEX_SECOND
#define ASK_AGAIN     (50 * NEX_MILLISECOND)
#define NODE_PROGRESS "Nex-Progress"

typedef struct deploy {
    nex_node *node;
    nex_call *call;
    char id[NEX_ID_SIZE];
    char *agent_id;
    char *namespace_;
    nex_request *request; /* the start; NULL: answered */
    nex_timer *watch;     /* whether the agent is still there, or already listens */
    nex_request *ping;
    bool lost;       /* the agent that was asked has died */
    bool called_off; /* what its agent yet starts is to be stopped */
    nex_buf answer;  /* kept while the workload is being stored */
    struct deploy *prev;
    struct deploy *next;
} deploy;

static void deploy_free(deploy *d) {
    DL_DELETE(d->node->deploys, d);
    nex_request_cancel(d->request);
    nex_request_cancel(d->ping);
    nex_timer_free(d->watch);
    nex_buf_free(&d->answer);
    free(d->agent_id);
    free(d->namespace_);
    free(d);
}

void node_deploys_abandon(nex_node *node) {
    while (node->deploys != NULL) {
        nex_call_drop(node->deploys->call);
        deploy_free(node->deploys);
    }
}

static void forget_failed(nex_node *node, const char *id) {
    node_workload *workload = node_workload_find(node, id);
    if (workload != NULL) {
        node_workload_forget(node, workload, NULL, NULL);
    }
}

static deploy *find(const nex_node *node, const char *workload) {
    deploy *d;
    DL_FOREACH(node->deploys, d) {
        if (strcmp(d->id, workload) == 0) {
            return d;
        }
    }
    return NULL;
}

bool node_deploy_pending(const nex_node *node, const char *workload) {
    const deploy *d = find(node, workload);
    return d != NULL && d->answer.len == 0;
}

void node_deploy_call_off(nex_node *node, const char *workload) {
    deploy *d = find(node, workload);
    if (d != NULL) {
        d->called_off = true;
    }
}

/* A start is confirmed once it is stored: one that could not be is taken back. */
static void on_stored(void *arg, nex_status status) {
    deploy *d = arg;
    if (status == NEX_OK) {
        nex_call_reply(d->call, NULL, 0, d->answer.data, d->answer.len);
    } else {
        node_call_off(d->node, d->agent_id, d->id, d->namespace_, true);
        forget_failed(d->node, d->id);
        char what[NEX_ERROR_MESSAGE_SIZE];
        snprintf(what, sizeof what, "failed to store workload: %s",
                 node_state_why(d->node, status));
        node_fail(d->node, d->call, "500", what, nex_status_name(status));
    }
    deploy_free(d);
}

static void on_started(deploy *d, const nex_msg *answer) {
    nex_node *node = d->node;
    node_agent *agent = node_agent_find(node, d->agent_id);
    node_workload *workload = node_workload_find(node, d->id);
    if (agent != NULL) {
        agent->started++;
    }
    /* A job may have ended before the answer came: then there is nothing to store. */
    if (workload != NULL) {
        workload->starting = false;
        if ((node->options.state_kv || node->keeper != NULL) && !workload->stopping &&
            nex_buf_append(&d->answer, answer->data, answer->len) == NEX_OK) {
            node_state_put(node, workload, on_stored, d);
            return;
        }
    }
    nex_call_reply(d->call, answer->headers, answer->header_count, answer->data, answer->len);
    deploy_free(d);
}

/* Somebody stopped it, or had it called off, before the agent had it started. */
static void on_started_in_vain(deploy *d) {
    nex_node *node = d->node;
    if (!node_undeploys_settle(node, d->id, NODE_DEPLOY_STARTED)) {
        node_call_off(node, d->agent_id, d->id, d->namespace_, true);
        forget_failed(node, d->id);
    }
    node_fail(node, d->call, "500",
              "failed to start workload: it was stopped before it had started", "called off");
    deploy_free(d);
}

static void ask_agent(void *arg);

/* One that has just registered may not listen yet, and is asked again. */
static bool ask_again(deploy *d, const node_agent *agent) {
    nex_node *node = d->node;
    if (agent == NULL || d->lost || nex_bus_get_state(node->bus) != NEX_BUS_CONNECTED ||
        nex_loop_now(node->loop) - agent->registered_at > (uint64_t)NODE_AGENT_LISTENS_WITHIN ||
        nex_timer_new(node->loop, &d->watch, ask_agent, d) != NEX_OK) {
        return false;
    }
    nex_timer_start(d->watch, ASK_AGAIN, 0);
    return true;
}

/* The agent's answer goes to the client as it is; a start is confirmed once it is stored. */
static void on_answer(void *arg, nex_status status, const nex_msg *answer) {
    deploy *d = arg;
    nex_node *node = d->node;
    node_agent *agent = node_agent_find(node, d->agent_id);
    d->request = NULL;
    nex_request_cancel(d->ping);
    d->ping = NULL;
    nex_timer_free(d->watch);
    d->watch = NULL;
    if (status == NEX_EUNREACHABLE && ask_again(d, agent)) {
        return;
    }
    if (agent != NULL) {
        agent->deploying -= agent->deploying > 0;
        if (status == NEX_OK) {
            node_agent_heard(node, agent);
        }
    }
    if (status == NEX_EUNREACHABLE && agent != NULL &&
        nex_bus_get_state(node->bus) == NEX_BUS_CONNECTED) {
        node_agent_gone(node, agent);
    }
    if (status != NEX_OK) {
        node_call_off(node, d->agent_id, d->id, d->namespace_, false);
        (void)node_undeploys_settle(node, d->id, NODE_DEPLOY_UNKNOWN);
        forget_failed(node, d->id);
        node_fail(node, d->call, "500", "failed to publish start workload request",
                  status == NEX_ETIMEOUT       ? "the agent did not answer in time"
                  : status == NEX_EUNREACHABLE ? "the agent is gone"
                                               : nex_status_name(status));
        deploy_free(d);
    } else if (nex_msg_header(answer, "Nats-Service-Error-Code") != NULL) {
        node_call_off_settled(node, d->id);
        (void)node_undeploys_settle(node, d->id, NODE_DEPLOY_FAILED);
        forget_failed(node, d->id);
        nex_call_reply(d->call, answer->headers, answer->header_count, answer->data, answer->len);
        deploy_free(d);
    } else if (d->called_off) {
        on_started_in_vain(d);
    } else {
        on_started(d, answer);
    }
}

/* Who started the workload, if anybody did, is gone: the client need not wait for an answer. */
static void lose_agent(deploy *d) {
    nex_request_cancel(d->request);
    d->lost = true;
    on_answer(d, NEX_EUNREACHABLE, NULL);
}

/* Who asked to be told is told that the agent is there and has not answered yet. */
static void tell_progress(const deploy *d) {
    const char *wanted = nex_msg_header(&d->call->msg, NODE_PROGRESS);
    if (wanted != NULL && strcmp(wanted, "1") == 0 && d->call->msg.reply != NULL) {
        nex_header headers[] = {{NODE_PROGRESS, "1"}, {"Nex-Node", d->node->id}};
        nex_msg msg = {.subject = d->call->msg.reply, .headers = headers, .header_count = 2};
        (void)nex_bus_publish(d->node->bus, &msg);
    }
}

static void on_ping(void *arg, nex_status status, const nex_msg *reply) {
    deploy *d = arg;
    (void)reply;
    d->ping = NULL;
    if (status == NEX_OK && !d->called_off) {
        tell_progress(d);
    }
    if (status == NEX_EUNREACHABLE && nex_bus_get_state(d->node->bus) == NEX_BUS_CONNECTED) {
        lose_agent(d);
    }
}

static void ping_agent(void *arg) {
    deploy *d = arg;
    char subject[NEX_SUBJECT_SIZE];
    if (d->ping == NULL && nex_subject_ping_agent(subject, d->node->id, d->agent_id) == NEX_OK) {
        nex_msg msg = {.subject = subject};
        (void)nex_bus_request(d->node->bus, &msg, PING_TIMEOUT, on_ping, d, &d->ping);
    }
}

void node_deploys_ping(nex_node *node, const char *agent_id) {
    deploy *d;
    DL_FOREACH(node->deploys, d) {
        if (d->request != NULL && strcmp(d->agent_id, agent_id) == 0) {
            ping_agent(d);
        }
    }
}

void node_deploys_agent_gone(nex_node *node, const char *agent_id) {
    deploy *d;
    deploy *next;
    DL_FOREACH_SAFE(node->deploys, d, next) {
        if (d->request != NULL && strcmp(d->agent_id, agent_id) == 0) {
            lose_agent(d);
        }
    }
}

static void fail_and_free(deploy *d, const char *what, const char *cause) {
    node_agent *agent = node_agent_find(d->node, d->agent_id != NULL ? d->agent_id : "");
    if (agent != NULL) {
        agent->deploying -= agent->deploying > 0;
    }
    (void)node_undeploys_settle(d->node, d->id, NODE_DEPLOY_FAILED);
    forget_failed(d->node, d->id);
    node_fail(d->node, d->call, "500", what, cause);
    deploy_free(d);
}

nex_status node_ask_start(nex_node *node, const char *agent_id, const char *workload_id,
                          const nex_start_workload_request *request,
                          nex_nats_connection_data *creds, bool existing, nex_reply_cb cb,
                          void *arg, nex_request **out) {
    nex_agent_start_workload_request message = {.request = (nex_start_workload_request *)request,
                                                .workload_creds = creds};
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    nex_header header = {NEX_HEADER_EXISTING, "1"};
    nex_status status = nex_subject_agent_start_workload(subject, node->id, agent_id, workload_id);
    if (status == NEX_OK) {
        status = nex_agent_start_workload_request_encode(&message, &json);
    }
    if (status == NEX_OK) {
        nex_msg msg = {.subject = subject,
                       .data = json.data,
                       .len = json.len,
                       .headers = &header,
                       .header_count = existing ? 1 : 0};
        status = nex_bus_request(node->bus, &msg, START_TIMEOUT, cb, arg, out);
    }
    nex_buf_wipe(&json);
    return status;
}

static void ask_agent(void *arg) {
    deploy *d = arg;
    nex_node *node = d->node;
    const node_workload *workload = node_workload_find(node, d->id);
    nex_nats_connection_data *creds = NULL;
    nex_error err;
    nex_timer_free(d->watch);
    d->watch = NULL;
    if (workload == NULL) { /* stopped while the agent was waited for */
        fail_and_free(d, "failed to start workload", "the workload was stopped");
        return;
    }
    nex_status status = nex_minter_workload(node->minter, d->id, workload->request->namespace_,
                                            d->agent_id, nex_loop_time(node->loop), &creds, &err);
    if (status != NEX_OK) {
        fail_and_free(d, "failed to mint workload nats connection", err.message);
        return;
    }
    status = node_ask_start(node, d->agent_id, d->id, workload->request, creds, false, on_answer, d,
                            &d->request);
    nex_credentials_free(creds);
    if (status != NEX_OK) {
        d->request = NULL;
        fail_and_free(d, "failed to publish start workload request", nex_status_name(status));
        return;
    }
    if (nex_timer_new(node->loop, &d->watch, ping_agent, d) == NEX_OK) {
        nex_timer_start(d->watch, WATCH_EVERY, WATCH_EVERY);
    }
}

/* Sends the start to the agent. The record comes first: an agent may end a job before it answers.
 */
static void start(nex_node *node, nex_call *call, node_bid *bid, node_agent *agent,
                  const nex_start_workload_request *request) {
    deploy *d = calloc(1, sizeof *d);
    if (d == NULL) {
        node_fail(node, call, "500", "failed to start workload", "out of memory");
        return;
    }
    d->node = node;
    d->call = call;
    nex_loop_id(node->loop, d->id);
    memcpy(bid->workload, d->id, sizeof bid->workload);
    d->agent_id = strdup(agent->id);
    d->namespace_ = strdup(request->namespace_);
    DL_APPEND(node->deploys, d);
    agent->deploying++;
    nex_status status = d->agent_id != NULL && d->namespace_ != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        status =
            node_workload_put(node, d->id, agent->id, agent->registration->register_type, request);
    }
    if (status != NEX_OK) {
        fail_and_free(d, "failed to start workload", "out of memory");
        return;
    }
    node_workload_find(node, d->id)->starting = true;
    ask_agent(d);
}

void node_on_deploy(nex_node *node, nex_call *call, const char *namespace_, const char *bid_id,
                    const nex_start_workload_request *request) {
    node_bid *bid = node_bid_find(node, bid_id);
    if (bid == NULL) {
        nex_call_drop(call); /* another node's bid */
        return;
    }
    if (bid->spent) {
        node_fail(node, call, "404", "bid not found",
                  "the bid has been used or has expired; hold another auction");
        return;
    }
    if (!node_same_namespace(node, call, namespace_, request->namespace_)) {
        return;
    }
    if (strcmp(bid->namespace_, namespace_) != 0) {
        node_fail(node, call, "403", "namespace mismatch: the bid was made in another namespace",
                  "namespace mismatch");
        return;
    }
    node_bid_spend(node, bid);
    node_agent *agent = node_agent_find(node, bid->agent_id);
    const char *type = request->workload_type != NULL ? request->workload_type : "";
    if (agent == NULL || strcmp(agent->registration->register_type, type) != 0 ||
        agent->health == HEALTH_OFFLINE || agent->health == HEALTH_DEGRADED) {
        node_fail(node, call, "404", "workload type not found", "workload type not found");
        return;
    }
    if (node->state != NEX_NODE_STATE_RUNNING && node->state != NEX_NODE_STATE_STARTING) {
        node_fail(node, call, "404", "workload type not found", "the node is in lame duck");
        return;
    }
    if (!node_agent_has_room(agent)) {
        node_fail(node, call, "404", "workload type not found",
                  "the agent has as many workloads as it takes");
        return;
    }
    if (request->namespace_ == NULL || !nex_subject_token_valid(request->namespace_)) {
        node_fail(node, call, "400", "failed to validate namespace",
                  "namespace: expected a text without '.', '*', '>' or blanks");
        return;
    }
    const char *run = request->run_request != NULL ? request->run_request : "";
    nex_error err;
    nex_status status = nex_schema_validate_text(agent->schema, run, strlen(run), NULL, &err);
    if (status != NEX_OK) {
        json_t *json = json_loads(run, JSON_DECODE_ANY, NULL);
        const char *what =
            json != NULL ? "failed to validate run request" : "failed to unmarshal start request";
        json_decref(json);
        node_fail(node, call, "400", what, err.message);
        return;
    }
    start(node, call, bid, agent, request);
}
