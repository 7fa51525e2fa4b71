/* The blocking variant of each operation: begun on the caller's thread, its outcome kept. */
#include "client/caller.h"

#include <stdlib.h>

/*
 * An answer is the operation itself, kept after its end: all that its callback got lies in there.
 */
typedef struct kept_answer {
    nex_answer answer;
    nex_client_op *op;
} kept_answer;

void nex_answer_free(nex_answer *answer) {
    kept_answer *kept = (kept_answer *)answer;
    if (kept) {
        op_free(kept->op);
        free(kept);
    }
}

static const nex_started nothing = {"", "", "", "", ""};

/* From here on the operation may be freed by whoever has the answer. */
static void on_kept(void *arg) {
    caller_task *task = arg;
    caller_task_end(task, task->answer->outcome.status);
}

/* Every callback ends here. */
static void end(caller_task *task, const nex_outcome *outcome) {
    kept_answer *kept = (kept_answer *)task->answer;
    kept->op = task->op;
    kept->op->keep = on_kept;
    kept->op->keeper = task;
    kept->answer.outcome = *outcome;
    task->error = *outcome->error;
    task->op = NULL;
}

static nex_status call(nex_caller *caller, caller_task *task, nex_answer **out, nex_error *err) {
    *out = NULL;
    kept_answer *kept = calloc(1, sizeof *kept);
    if (!kept) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    kept->answer.started = nothing;
    task->answer = &kept->answer;
    nex_status status = caller_run(caller, task, err);
    if (kept->op) {
        *out = &kept->answer;
    } else {
        free(kept);
    }
    return status;
}

/* ---- auction ------------------------------------------------------------------------------- */

static void on_auction(void *arg, const nex_outcome *outcome, const nex_bid *bids, size_t count) {
    caller_task *task = arg;
    task->answer->bids = bids;
    task->answer->bid_count = count;
    end(task, outcome);
}

static nex_status begin_auction(caller_task *task, nex_error *err) {
    return nex_client_auction(task->caller->client, task->options, on_auction, task, &task->op,
                              err);
}

nex_status nex_caller_auction(nex_caller *caller, const nex_auction_options *options,
                              nex_answer **out, nex_error *err) {
    caller_task task = {.begin = begin_auction, .options = options};
    return call(caller, &task, out, err);
}

/* ---- start --------------------------------------------------------------------------------- */

static void on_start(void *arg, const nex_outcome *outcome, const nex_started *started) {
    caller_task *task = arg;
    task->answer->started = *started;
    end(task, outcome);
}

static nex_status begin_start(caller_task *task, nex_error *err) {
    return nex_client_start(task->caller->client, task->options, on_start, task, &task->op, err);
}

nex_status nex_caller_start(nex_caller *caller, const nex_start_options *options, nex_answer **out,
                            nex_error *err) {
    caller_task task = {.begin = begin_start, .options = options};
    return call(caller, &task, out, err);
}

/* ---- stop ---------------------------------------------------------------------------------- */

static void on_stop(void *arg, const nex_outcome *outcome,
                    const nex_stop_workload_response *response) {
    caller_task *task = arg;
    task->answer->stopped = response;
    end(task, outcome);
}

static nex_status begin_stop(caller_task *task, nex_error *err) {
    return nex_client_stop(task->caller->client, task->options, on_stop, task, &task->op, err);
}

nex_status nex_caller_stop(nex_caller *caller, const char *workload_id, nex_answer **out,
                           nex_error *err) {
    caller_task task = {.begin = begin_stop, .options = workload_id};
    return call(caller, &task, out, err);
}

/* ---- clone --------------------------------------------------------------------------------- */

static void on_clone(void *arg, const nex_outcome *outcome, const nex_started *started,
                     const nex_stop_workload_response *stopped) {
    caller_task *task = arg;
    task->answer->started = *started;
    task->answer->stopped = stopped;
    end(task, outcome);
}

static nex_status begin_clone(caller_task *task, nex_error *err) {
    return nex_client_clone(task->caller->client, task->options, on_clone, task, &task->op, err);
}

nex_status nex_caller_clone(nex_caller *caller, const nex_clone_options *options, nex_answer **out,
                            nex_error *err) {
    caller_task task = {.begin = begin_clone, .options = options};
    return call(caller, &task, out, err);
}

/* ---- list ---------------------------------------------------------------------------------- */

static void on_list(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                    size_t count) {
    caller_task *task = arg;
    task->answer->workloads = workloads;
    task->answer->workload_count = count;
    end(task, outcome);
}

static nex_status begin_list(caller_task *task, nex_error *err) {
    return nex_client_list(task->caller->client, task->options, on_list, task, &task->op, err);
}

nex_status nex_caller_list(nex_caller *caller, const nex_string_list *filter, nex_answer **out,
                           nex_error *err) {
    caller_task task = {.begin = begin_list, .options = filter};
    return call(caller, &task, out, err);
}

/* ---- list_nodes ---------------------------------------------------------------------------- */

static void on_list_nodes(void *arg, const nex_outcome *outcome,
                          const nex_node_ping_response *const *nodes, size_t count) {
    caller_task *task = arg;
    task->answer->nodes = nodes;
    task->answer->node_count = count;
    end(task, outcome);
}

static nex_status begin_list_nodes(caller_task *task, nex_error *err) {
    return nex_client_list_nodes(task->caller->client, task->options, on_list_nodes, task,
                                 &task->op, err);
}

nex_status nex_caller_list_nodes(nex_caller *caller, const nex_string_map *filter, nex_answer **out,
                                 nex_error *err) {
    caller_task task = {.begin = begin_list_nodes, .options = filter};
    return call(caller, &task, out, err);
}

/* ---- ping ---------------------------------------------------------------------------------- */

static void on_ping(void *arg, const nex_outcome *outcome, const nex_node_ping_response *node) {
    caller_task *task = arg;
    task->answer->ping = node;
    end(task, outcome);
}

static nex_status begin_ping(caller_task *task, nex_error *err) {
    return nex_client_ping(task->caller->client, task->options, on_ping, task, &task->op, err);
}

nex_status nex_caller_ping(nex_caller *caller, const char *node_id, nex_answer **out,
                           nex_error *err) {
    caller_task task = {.begin = begin_ping, .options = node_id};
    return call(caller, &task, out, err);
}

/* ---- node_info ----------------------------------------------------------------------------- */

static void on_node_info(void *arg, const nex_outcome *outcome,
                         const nex_node_info_response *info) {
    caller_task *task = arg;
    task->answer->info = info;
    end(task, outcome);
}

static nex_status begin_node_info(caller_task *task, nex_error *err) {
    return nex_client_node_info(task->caller->client, task->options, on_node_info, task, &task->op,
                                err);
}

nex_status nex_caller_node_info(nex_caller *caller, const char *node_id, nex_answer **out,
                                nex_error *err) {
    caller_task task = {.begin = begin_node_info, .options = node_id};
    return call(caller, &task, out, err);
}

/* ---- lameduck ------------------------------------------------------------------------------ */

static void on_lameduck(void *arg, const nex_outcome *outcome, const nex_lameduck_result *results,
                        size_t count) {
    caller_task *task = arg;
    task->answer->drained = results;
    task->answer->drained_count = count;
    end(task, outcome);
}

static nex_status begin_lameduck(caller_task *task, nex_error *err) {
    return nex_client_lameduck(task->caller->client, task->options, on_lameduck, task, &task->op,
                               err);
}

nex_status nex_caller_lameduck(nex_caller *caller, const nex_lameduck_options *options,
                               nex_answer **out, nex_error *err) {
    caller_task task = {.begin = begin_lameduck, .options = options};
    return call(caller, &task, out, err);
}
