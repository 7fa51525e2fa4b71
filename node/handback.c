/*
 * The workloads of an agent that came back go into the answer to its REGISTER. What that has no
 * room for, since a message has a largest size, follows as start requests which say that the
 * workload exists, some at a time, once the agent's heartbeat tells that it listens.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

enum { AT_ONCE = 16 };

typedef struct handed {
    struct handback *handback;
    char id[NEX_ID_SIZE];
    nex_request *request; /* NULL: free for the next one */
} handed;

typedef struct handback {
    nex_node *node;
    char *agent_id;
    nex_string_list ids;
    size_t next_id;
    bool begun;
    handed handed[AT_ONCE];
    struct handback *prev;
    struct handback *next;
} handback;

static void go_on(handback *h);

static void handback_free(handback *h) {
    DL_DELETE(h->node->handbacks, h);
    for (size_t i = 0; i < AT_ONCE; i++) {
        nex_request_cancel(h->handed[i].request);
    }
    nex_string_list_free(&h->ids);
    free(h->agent_id);
    free(h);
}

void node_handbacks_abandon(nex_node *node) {
    while (node->handbacks != NULL) {
        handback_free(node->handbacks);
    }
}

static handback *find(nex_node *node, const char *agent_id) {
    handback *h;
    DL_FOREACH(node->handbacks, h) {
        if (strcmp(h->agent_id, agent_id) == 0) {
            return h;
        }
    }
    return NULL;
}

void node_handback_plan(nex_node *node, const char *agent_id, nex_string_list *workload_ids) {
    handback *h = find(node, agent_id);
    if (h != NULL) {
        handback_free(h);
    }
    if (workload_ids->count == 0) {
        return;
    }
    h = calloc(1, sizeof *h);
    if (h == NULL || (h->agent_id = strdup(agent_id)) == NULL) {
        free(h);
        nex_log_write(node->log, NEX_LOG_ERROR, "out of memory: not all workloads handed back",
                      "agent_id", agent_id, NULL);
        return;
    }
    h->node = node;
    h->ids = *workload_ids;
    *workload_ids = (nex_string_list){0};
    DL_APPEND(node->handbacks, h);
}

static void not_handed_back(const handback *h, const char *workload_id, const char *why) {
    nex_log_write(h->node->log, NEX_LOG_ERROR, "workload not handed back", "workload_id",
                  workload_id, "agent_id", h->agent_id, "err", why, NULL);
}

static void on_answer(void *arg, nex_status status, const nex_msg *answer) {
    handed *one = arg;
    handback *h = one->handback;
    one->request = NULL;
    const char *refused =
        status == NEX_OK ? nex_msg_header(answer, "Nats-Service-Error") : nex_status_name(status);
    if (refused != NULL) {
        not_handed_back(h, one->id, refused);
    }
    go_on(h);
}

static void hand_over(handed *one, const node_workload *workload) {
    handback *h = one->handback;
    nex_node *node = h->node;
    nex_nats_connection_data *creds = NULL;
    nex_error err;
    memcpy(one->id, workload->id, strlen(workload->id) + 1);
    nex_status status =
        nex_minter_workload(node->minter, workload->id, workload->request->namespace_, h->agent_id,
                            nex_loop_time(node->loop), &creds, &err);
    if (status == NEX_OK) {
        status = node_ask_start(node, h->agent_id, workload->id, workload->request, creds, true,
                                on_answer, one, &one->request);
        nex_credentials_free(creds);
        if (status != NEX_OK) {
            nex_error_set(&err, status, "%s", nex_status_name(status));
        }
    }
    if (status != NEX_OK) {
        one->request = NULL;
        not_handed_back(h, workload->id, err.message);
    }
}

/* The next workload that is still this agent's, and not being stopped meanwhile. */
static const node_workload *next_workload(handback *h) {
    while (h->next_id < h->ids.count) {
        const node_workload *workload = node_workload_find(h->node, h->ids.items[h->next_id++]);
        if (workload != NULL && strlen(workload->id) < NEX_ID_SIZE &&
            strcmp(workload->agent_id, h->agent_id) == 0) {
            return workload;
        }
    }
    return NULL;
}

static void go_on(handback *h) {
    size_t open = 0;
    for (size_t i = 0; i < AT_ONCE; i++) {
        handed *one = &h->handed[i];
        const node_workload *workload;
        one->handback = h;
        while (one->request == NULL && (workload = next_workload(h)) != NULL) {
            hand_over(one, workload);
        }
        open += one->request != NULL;
    }
    if (open == 0 && h->next_id == h->ids.count) {
        handback_free(h);
    }
}

void node_handback_begin(nex_node *node, const char *agent_id) {
    handback *h = find(node, agent_id);
    if (h != NULL && !h->begun) {
        h->begun = true;
        go_on(h);
    }
}
