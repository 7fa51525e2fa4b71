/* What the client of a nexus does, and what it was promised. */
#include "nexus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct operation {
    nexus *nexus;
    char id[NEX_ID_SIZE]; /* the workload it is about */
    bool stop;            /* a clone that stops the original */
} operation;

static operation *begin(nexus *n, const char *id) {
    operation *op = calloc(1, sizeof *op);
    if (op == NULL) {
        abort();
    }
    op->nexus = n;
    snprintf(op->id, sizeof op->id, "%s", id);
    n->open++;
    n->begun++;
    return op;
}

static void end(operation *op) {
    op->nexus->open--;
    free(op);
}

static void not_begun(operation *op, nex_status status, const nex_error *err, const char *what) {
    /* Out of touch with the server a request may be refused at once: that is an end, too. */
    if (status != NEX_EUNREACHABLE && status != NEX_ESTATE) {
        nexus_fail(op->nexus, "%s: %s", what, err->message);
    }
    end(op);
}

static promise *find(nexus *n, const char *id) {
    for (size_t i = 0; i < n->promise_count; i++) {
        if (strcmp(n->promises[i].id, id) == 0) {
            return &n->promises[i];
        }
    }
    return NULL;
}

static void promised(nexus *n, const char *id) {
    if (find(n, id) != NULL) {
        nexus_fail(n, "id %s was given out twice", id);
    }
    if (n->promise_count < WORKLOADS_MAX) {
        promise *p = &n->promises[n->promise_count++];
        memset(p, 0, sizeof *p);
        snprintf(p->id, sizeof p->id, "%s", id);
    }
    n->placed++;
}

/* ---- Start, clone, stop ------------------------------------------------------------------ */

static void on_started(void *arg, const nex_outcome *outcome, const nex_started *started) {
    operation *op = arg;
    if (outcome->status == NEX_OK) {
        promised(op->nexus, started->id);
    }
    end(op);
}

void nexus_start_workload(nexus *n) {
    nex_start_workload_request request = {.name = (char *)"w",
                                          .description = (char *)"",
                                          .workload_type = (char *)"test",
                                          .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                          .run_request = (char *)"{}"};
    nex_start_options options = {.request = &request};
    nex_error err;
    operation *op = begin(n, "");
    nex_status status = nex_client_start(n->client, &options, on_started, op, NULL, &err);
    if (status != NEX_OK) {
        not_begun(op, status, &err, "nex_client_start");
    }
}

static void on_stopped(void *arg, const nex_outcome *outcome,
                       const nex_stop_workload_response *response) {
    operation *op = arg;
    promise *p = find(op->nexus, op->id);
    if (outcome->status == NEX_OK && response != NULL && response->stopped && p != NULL) {
        p->stopped = true;
        if (nexus_running(op->nexus, p->id) > 0) {
            nexus_fail(op->nexus, "workload %s runs on after its stop was confirmed", p->id);
        }
    }
    end(op);
}

void nexus_stop_workload(nexus *n, promise *p) {
    nex_error err;
    operation *op = begin(n, p->id);
    p->stopping = true;
    nex_status status = nex_client_stop(n->client, p->id, on_stopped, op, NULL, &err);
    if (status != NEX_OK) {
        not_begun(op, status, &err, "nex_client_stop");
    }
}

static void on_cloned(void *arg, const nex_outcome *outcome, const nex_started *started,
                      const nex_stop_workload_response *stopped) {
    operation *op = arg;
    (void)outcome;
    if (started != NULL && started->id[0] != '\0') {
        promised(op->nexus, started->id);
    }
    promise *p = find(op->nexus, op->id);
    if (stopped != NULL && stopped->stopped && p != NULL) {
        p->stopped = true;
    }
    end(op);
}

void nexus_clone_workload(nexus *n, promise *p) {
    nex_error err;
    operation *op = begin(n, p->id);
    nex_clone_options options = {.workload_id = p->id, .stop = sim_random(n->world, 4) == 0};
    p->stopping = p->stopping || options.stop;
    nex_status status = nex_client_clone(n->client, &options, on_cloned, op, NULL, &err);
    if (status != NEX_OK) {
        not_begun(op, status, &err, "nex_client_clone");
    }
}

/* ---- Lists ------------------------------------------------------------------------------- */

static void on_list(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                    size_t count) {
    operation *op = arg;
    (void)outcome;
    for (size_t i = 0; i < count; i++) {
        for (size_t k = i + 1; k < count; k++) {
            if (strcmp(workloads[i].summary->id, workloads[k].summary->id) == 0) {
                nexus_fail(op->nexus, "workload %s is listed twice", workloads[i].summary->id);
            }
        }
    }
    end(op);
}

void nexus_list(nexus *n) {
    nex_error err;
    operation *op = begin(n, "");
    nex_status status = nex_client_list(n->client, NULL, on_list, op, NULL, &err);
    if (status != NEX_OK) {
        not_begun(op, status, &err, "nex_client_list");
    }
}

static void on_nodes(void *arg, const nex_outcome *outcome,
                     const nex_node_ping_response *const *nodes, size_t count) {
    (void)outcome;
    (void)nodes;
    (void)count;
    end(arg);
}

void nexus_list_nodes(nexus *n) {
    nex_error err;
    operation *op = begin(n, "");
    nex_status status = nex_client_list_nodes(n->client, NULL, on_nodes, op, NULL, &err);
    if (status != NEX_OK) {
        not_begun(op, status, &err, "nex_client_list_nodes");
    }
}

/* ---- Lame duck --------------------------------------------------------------------------- */

static void on_lameduck(void *arg, const nex_outcome *outcome, const nex_lameduck_result *results,
                        size_t count) {
    (void)outcome;
    (void)results;
    (void)count;
    end(arg);
}

void nexus_lameduck(nexus *n, machine *m, nex_duration delay) {
    nex_error err;
    nex_lameduck_options options = {.node_id = nex_node_id(m->node), .delay = delay};
    operation *op = begin(n, "");
    nex_status status = nex_client_lameduck(n->client, &options, on_lameduck, op, NULL, &err);
    if (status != NEX_OK) {
        not_begun(op, status, &err, "nex_client_lameduck");
    }
}
