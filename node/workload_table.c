/*
 * What this node has placed: which agent has which workload, and the request it was started
 * with, so that an agent that comes back gets its workloads again. State on disk follows it.
 */
#include "node/internal.h"

#include <stdlib.h>
#include <string.h>

node_workload *node_workload_find(nex_node *node, const char *id) {
    node_workload *workload = NULL;
    HASH_FIND_STR(node->workloads, id, workload);
    return workload;
}

static void workload_free(node_workload *workload) {
    nex_start_workload_request_free(workload->request);
    free(workload->id);
    free(workload->agent_id);
    free(workload->agent_type);
    free(workload);
}

nex_status node_workload_put(nex_node *node, const char *id, const char *agent_id,
                             const char *agent_type, const nex_start_workload_request *request) {
    node_workload *old = node_workload_find(node, id);
    if (old != NULL) {
        return node_workload_claim(node, old, agent_id);
    }
    node_workload *workload = calloc(1, sizeof *workload);
    if (workload == NULL) {
        return NEX_ENOMEM;
    }
    workload->id = strdup(id);
    workload->agent_id = strdup(agent_id);
    workload->agent_type = strdup(agent_type);
    node_workload *added = NULL;
    if (workload->id != NULL && workload->agent_id != NULL && workload->agent_type != NULL &&
        nex_start_workload_request_clone(request, &workload->request) == NEX_OK) {
        HASH_ADD_KEYPTR(hh, node->workloads, workload->id, strlen(workload->id), workload);
        added = node_workload_find(node, id);
    }
    if (added == NULL) {
        workload_free(workload);
        return NEX_ENOMEM;
    }
    return NEX_OK;
}

nex_status node_workload_claim(nex_node *node, node_workload *workload, const char *agent_id) {
    if (strcmp(workload->agent_id, agent_id) == 0) {
        return NEX_OK;
    }
    char *copy = strdup(agent_id);
    if (copy == NULL) {
        return NEX_ENOMEM;
    }
    free(workload->agent_id);
    workload->agent_id = copy;
    node_state_put(node, workload, NULL, NULL);
    return NEX_OK;
}

void node_workload_unstore(nex_node *node, node_workload *workload,
                           void (*cb)(void *arg, nex_status status), void *arg) {
    workload->stopping = true;
    node_state_remove(node, workload, cb, arg);
}

void node_workload_restore(nex_node *node, node_workload *workload) {
    workload->stopping = false;
    if (!workload->starting) {
        node_state_put(node, workload, NULL, NULL);
    }
}

void node_workload_drop(nex_node *node, node_workload *workload) {
    HASH_DEL(node->workloads, workload);
    workload_free(workload);
}

void node_workload_forget(nex_node *node, node_workload *workload,
                          void (*cb)(void *arg, nex_status status), void *arg) {
    /* First: this may end a stop that waits for the store, and would drop the workload, too. */
    HASH_DEL(node->workloads, workload);
    node_state_remove(node, workload, cb, arg);
    workload_free(workload);
}

/* A job that has ended is not to run again when its agent comes back. */
static void on_stopped_event(void *arg, const nex_msg *msg) {
    nex_node *node = arg;
    nex_workload_stopped_event *event = NULL;
    if (nex_workload_stopped_event_decode(&event, msg->data, msg->len, NULL) != NEX_OK) {
        return;
    }
    node_workload *workload = event->id != NULL ? node_workload_find(node, event->id) : NULL;
    /* A job that is cut short because the node stops is to run again when the node is back. */
    bool interrupted = node->state == NEX_NODE_STATE_STOPPING && event->error != NULL;
    if (!interrupted && workload != NULL &&
        workload->request->workload_lifecycle == NEX_WORKLOAD_LIFECYCLE_JOB) {
        node_agent *agent = node_agent_find(node, workload->agent_id);
        if (agent != NULL) {
            agent->stopped++;
        }
        node_workload_forget(node, workload, NULL, NULL);
    }
    nex_workload_stopped_event_free(event);
}

nex_status node_workload_table_start(nex_node *node, nex_error *err) {
    /* Both spellings of event subjects: the reference's nexlets use the second. */
    static const char *const subjects[] = {"$NEX.FEED.*.event.WORKLOADSTOPPED",
                                           "$NEX.FEED.*.events.WORKLOADSTOPPED"};
    for (size_t i = 0; i < 2; i++) {
        nex_status status = nex_bus_subscribe(node->bus, subjects[i], NULL, on_stopped_event, node,
                                              &node->stopped_events[i]);
        if (status != NEX_OK) {
            return nex_error_set(err, status, "cannot listen to workload events: %s",
                                 nex_status_name(status));
        }
    }
    return NEX_OK;
}

void node_workload_table_stop(nex_node *node) {
    for (size_t i = 0; i < 2; i++) {
        nex_subscription_free(node->stopped_events[i]);
        node->stopped_events[i] = NULL;
    }
    node_workload *workload = NULL;
    node_workload *next = NULL;
    HASH_ITER(hh, node->workloads, workload, next) {
        HASH_DEL(node->workloads, workload);
        workload_free(workload);
    }
}
