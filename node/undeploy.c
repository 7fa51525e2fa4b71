/*
 * Stops: answered by every node; by the one that has the workload, when it is gone. One that is
 * being started is stopped as soon as its agent can. In place of the workload's id there may be
 * that of the bid it was started with: a client that had no answer to its deploy knows no other.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

/* An agent ends what it was asked to within its own grace; this bounds a broken one. */
#define STOP_TIMEOUT (45 * NEX_SECOND)

#define NOT_FOUND "workload not found"

typedef struct undeploy {
    nex_node *node;
    nex_call *call;
    char *workload;
    char *namespace_;
    nex_stop_workload_response *answer; /* the one that stopped it */
    bool owner_spoke;                   /* the agent that has it, as far as is known */
    bool refused;                       /* and it has it, but does not stop it */
    bool theirs;                        /* it is of the namespace that asks */
    bool waits;                         /* for the end of its start */
    unsigned open;                      /* of asking the agents and unstoring it */
    nex_status unstored;
    struct undeploy *prev;
    struct undeploy *next;
} undeploy;

static void undeploy_free(undeploy *u) {
    DL_DELETE(u->node->undeploys, u);
    nex_stop_workload_response_free(u->answer);
    free(u->workload);
    free(u->namespace_);
    free(u);
}

static bool on_answer(void *arg, const nex_msg *answer) {
    undeploy *u = arg;
    nex_stop_workload_response *response = NULL;
    if (nex_stop_workload_response_decode(&response, answer->data, answer->len, NULL) != NEX_OK) {
        return true;
    }
    if (!response->stopped) {
        /* The reference's agents do not say who they are. */
        const node_workload *workload = node_workload_find(u->node, u->workload);
        const char *who = nex_msg_header(answer, "agentId");
        const char *why = nex_msg_header(answer, "Nats-Service-Error");
        bool owner = who == NULL || workload == NULL || strcmp(who, workload->agent_id) == 0;
        u->owner_spoke = u->owner_spoke || owner;
        u->refused = u->refused || (owner && why != NULL && strcmp(why, NOT_FOUND) != 0);
        nex_stop_workload_response_free(response);
        return true;
    }
    u->answer = response;
    return false;
}

static void send_answer(undeploy *u, const nex_stop_workload_response *response) {
    nex_buf json = NEX_BUF_INIT;
    if (nex_stop_workload_response_encode(response, &json) == NEX_OK) {
        node_reply(u->node, u->call, json.data, json.len);
    } else {
        node_fail(u->node, u->call, "500", "failed to stop workload", "out of memory");
    }
    nex_buf_free(&json);
    undeploy_free(u);
}

static void not_found(undeploy *u) {
    nex_stop_workload_response response = {.id = u->workload,
                                           .message = (char *)NOT_FOUND,
                                           .stopped = false,
                                           .workload_type = (char *)""};
    send_answer(u, &response);
}

static void not_stopped(undeploy *u, node_workload *workload) {
    if (workload != NULL && !u->owner_spoke) {
        if (u->theirs) { /* it was asked for, and is done when the agent is back */
            node_call_off(u->node, workload->agent_id, u->workload, u->namespace_,
                          !node_deploy_pending(u->node, u->workload));
        }
        node_fail(u->node, u->call, "500", "failed to stop workload: its agent does not answer",
                  workload->agent_id);
        undeploy_free(u);
        return;
    }
    if (workload != NULL && u->theirs && u->refused) {
        node_workload_restore(u->node, workload);
    } else if (workload != NULL && u->theirs) {
        node_workload_drop(u->node, workload);
    }
    not_found(u);
}

/* The stop is confirmed once it was done and nothing can bring the workload back. */
static void finish_one(undeploy *u) {
    nex_node *node = u->node;
    if (--u->open > 0) {
        return;
    }
    node_workload *workload = node_workload_find(node, u->workload);
    if (u->answer == NULL && u->theirs && u->owner_spoke &&
        node_deploy_pending(node, u->workload)) {
        u->waits = true;
        return;
    }
    if (u->answer == NULL) {
        not_stopped(u, workload);
        return;
    }
    node_agent *agent = workload != NULL ? node_agent_find(node, workload->agent_id) : NULL;
    if (agent != NULL) {
        agent->stopped++;
    }
    if (workload != NULL) {
        node_workload_drop(node, workload);
    }
    if (u->unstored == NEX_OK || !u->theirs) {
        send_answer(u, u->answer);
        return;
    }
    node_fail(node, u->call, "500",
              "workload stopped, but it is still in the stored state; removing it goes on",
              nex_status_name(u->unstored));
    undeploy_free(u);
}

static void on_unstored(void *arg, nex_status status) {
    undeploy *u = arg;
    u->unstored = status == NEX_ECANCELED ? NEX_OK : status; /* a later write goes on with it */
    finish_one(u);
}

static void on_asked(void *arg) {
    finish_one(arg);
}

static void ask(undeploy *u) {
    char subject[NEX_SUBJECT_SIZE];
    u->owner_spoke = false;
    u->refused = false;
    if (nex_subject_agent_stop_workload(subject, u->node->id, u->workload) != NEX_OK) {
        finish_one(u);
        return;
    }
    node_gather(u->node, subject, u->call->msg.data, u->call->msg.len, STOP_TIMEOUT, on_answer,
                on_asked, u);
}

bool node_undeploys_settle(nex_node *node, const char *workload, node_deploy_end end) {
    bool any = false;
    undeploy *u;
    undeploy *next;
    DL_FOREACH_SAFE(node->undeploys, u, next) {
        if (!u->waits || strcmp(u->workload, workload) != 0) {
            continue;
        }
        any = true;
        u->waits = false;
        u->open = 1;
        if (end == NODE_DEPLOY_STARTED) {
            ask(u);
        } else if (end == NODE_DEPLOY_FAILED) {
            not_found(u);
        } else {
            node_fail(node, u->call, "500", "failed to stop workload: its agent does not answer",
                      workload);
            undeploy_free(u);
        }
    }
    return any;
}

static void on_located(void *arg, bool found, const char *agent_id) {
    (void)agent_id;
    undeploy *u = arg;
    nex_node *node = u->node;
    if (!found) {
        not_found(u);
        return;
    }
    /* Both leave in this order, on one connection: the store forgets it before it can end. */
    node_workload *workload = node_workload_find(node, u->workload);
    u->theirs = workload != NULL && workload->request->namespace_ != NULL &&
                strcmp(workload->request->namespace_, u->namespace_) == 0;
    u->open = 1;
    if (u->theirs) {
        u->open = 2;
        node_deploy_call_off(node, u->workload);
        node_workload_unstore(node, workload, on_unstored, u);
    }
    ask(u);
}

/* The workload of a bid, which starts nothing from now on; "" when it never has. */
static const char *call_off_bid(nex_node *node, const char *namespace_, const char *id) {
    node_bid *bid = node_bid_find(node, id);
    if (bid == NULL || strcmp(bid->namespace_, namespace_) != 0) {
        return id;
    }
    if (!bid->spent) {
        node_bid_spend(node, bid);
    }
    return bid->workload;
}

void node_on_stop_workload(nex_node *node, nex_call *call, const char *namespace_,
                           const char *workload, const nex_stop_workload_request *request) {
    if (!node_same_nexus(node, call) ||
        !node_same_namespace(node, call, namespace_, request->namespace_)) {
        return;
    }
    const char *id = call_off_bid(node, namespace_, workload);
    undeploy *u = calloc(1, sizeof *u);
    if (u == NULL || (u->workload = strdup(id[0] != '\0' ? id : workload)) == NULL ||
        (u->namespace_ = strdup(namespace_)) == NULL) {
        free(u != NULL ? u->workload : NULL);
        free(u);
        node_fail(node, call, "500", "failed to stop workload", "out of memory");
        return;
    }
    u->node = node;
    u->call = call;
    DL_APPEND(node->undeploys, u);
    if (id[0] == '\0') {
        not_found(u);
    } else {
        node_locate(node, u->workload, on_located, u);
    }
}

void node_undeploys_abandon(nex_node *node) {
    while (node->undeploys != NULL) {
        nex_call_drop(node->undeploys->call);
        undeploy_free(node->undeploys);
    }
}
