/*
 * What outlives the node: each workload it has placed, on its own disk and, with --state kv, in
 * the KV bucket too. Either can be lost, or be older than the other; what is on record as gone
 * stays gone, what only one of them has is taken from it.
 */
#include "node/internal.h"

#include <stdlib.h>

/* The end of two writes is one. */
typedef struct both {
    nex_node *node;
    struct both *prev;
    struct both *next;
    unsigned open;
    nex_status status;
    void (*cb)(void *arg, nex_status status);
    void *arg;
} both;

static void on_one(void *arg, nex_status status) {
    both *b = arg;
    if (status != NEX_OK && b->status == NEX_OK) {
        b->status = status;
    }
    if (--b->open == 0) {
        DL_DELETE(b->node->writes, b);
        b->cb(b->arg, b->status);
        free(b);
    }
}

typedef void (*write_fn)(nex_node *node, const node_workload *workload,
                         void (*cb)(void *arg, nex_status status), void *arg);

static void do_both(nex_node *node, const node_workload *workload, write_fn first, write_fn second,
                    void (*cb)(void *arg, nex_status status), void *arg) {
    if (cb == NULL || node->keeper == NULL) {
        if (node->keeper != NULL) {
            first(node, workload, NULL, NULL);
        }
        second(node, workload, cb, arg);
        return;
    }
    both *b = calloc(1, sizeof *b);
    if (b == NULL) {
        cb(arg, NEX_ENOMEM);
        return;
    }
    *b = (both){.node = node, .open = 2, .cb = cb, .arg = arg};
    DL_APPEND(node->writes, b);
    first(node, workload, on_one, b);
    second(node, workload, on_one, b);
}

void node_state_put(nex_node *node, const node_workload *workload,
                    void (*cb)(void *arg, nex_status status), void *arg) {
    do_both(node, workload, node_journal_put, node_kv_put, cb, arg);
}

void node_state_remove(nex_node *node, const node_workload *workload,
                       void (*cb)(void *arg, nex_status status), void *arg) {
    do_both(node, workload, node_journal_remove, node_kv_remove, cb, arg);
}

const char *node_state_why(const nex_node *node, nex_status status) {
    const char *why = node_journal_why(node);
    return why[0] != '\0' ? why : nex_status_name(status);
}

nex_status node_state_start(nex_node *node, nex_error *err) {
    nex_status status = node_journal_start(node, err);
    if (status == NEX_OK) {
        node->restored = !node->options.state_kv;
        status = node_kv_start(node, err);
    }
    return status;
}

void node_state_stop(nex_node *node) {
    node_kv_stop(node);
    node_journal_stop(node);
    while (node->writes != NULL) { /* nobody is told any more */
        both *b = node->writes;
        DL_DELETE(node->writes, b);
        free(b);
    }
}
