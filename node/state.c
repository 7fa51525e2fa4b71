#include "node/internal.h"
nex_status node_state_start(nex_node *node, nex_error *err) {
    (void)err;
    node->restored = true;
    return NEX_OK;
}
void node_state_put(nex_node *node, const node_workload *workload,
                    void (*cb)(void *arg, nex_status status), void *arg) {
    (void)node; (void)workload;
    if (cb != NULL) cb(arg, NEX_OK);
}
void node_state_remove(nex_node *node, const node_workload *workload) { (void)node; (void)workload; }
void node_state_stop(nex_node *node) { (void)node; }
