/* Nexlets in a blocking style: the loop, its signals, and what worker threads ask of it. */
#include "agent/run.h"

#include <nex/keys.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define OUTPUT_MAX ((size_t)8 * 1024 * 1024)

/* ---- Ending ------------------------------------------------------------------------------- */

void run_check_over(nex_run *run) {
    if (run->ending && run->workloads == NULL && !run->events.busy) {
        nex_agent_stop(run->agent, "stopped");
        nex_loop_stop(run->loop);
    }
}

static void release_signals(nex_run *run) {
    for (size_t i = 0; i < run->signal_count; i++) {
        uv_close((uv_handle_t *)&run->signals[i], NULL);
    }
    run->signal_count = 0;
}

static void begin_end(void *arg) {
    nex_run *run = arg;
    if (run->ending) {
        return;
    }
    run->ending = true;
    release_signals(run); /* the next one kills */
    run_events_drop(run);
    run_workload *workload = NULL;
    run_workload *next = NULL;
    HASH_ITER(hh, run->workloads, workload, next) {
        run_workload_stop(workload, NULL);
    }
    run_check_over(run);
}

void nex_run_stop(nex_run *run) {
    (void)nex_loop_post(run->loop, begin_end, run);
}

static void on_signal(uv_signal_t *handle, int number) {
    nex_run *run = handle->data;
    nex_log_write(run->log, NEX_LOG_INFO, "stopping", "signal", number == SIGTERM ? "TERM" : "INT",
                  NULL);
    begin_end(run);
}

static nex_status watch_signals(nex_run *run, nex_error *err) {
    static const int numbers[] = {SIGTERM, SIGINT};
    for (size_t i = 0; i < 2; i++) {
        if (uv_signal_init(nex_loop_uv(run->loop), &run->signals[i]) != 0) {
            return nex_error_set(err, NEX_EIO, "cannot listen for signals");
        }
        run->signal_count++;
        run->signals[i].data = run;
        if (uv_signal_start(&run->signals[i], on_signal, numbers[i]) != 0) {
            return nex_error_set(err, NEX_EIO, "cannot listen for signals");
        }
    }
    return NEX_OK;
}

/* ---- Output and ends, from any thread ------------------------------------------------------ */

typedef struct run_piece {
    nex_run *run;
    nex_output output;
    size_t len;
    size_t id_size; /* of the id and its NUL, which the data follow */
    char text[];
} run_piece;

static void send_piece(void *arg) {
    run_piece *piece = arg;
    nex_run *run = piece->run;
    run_workload *workload = run_find(run, piece->text);
    nex_status status = NEX_OK;
    if (workload != NULL && workload->writers[piece->output] == NULL) {
        status = nex_writer_new(&workload->writers[piece->output], run->agent, workload->id,
                                workload->request->request->namespace_, piece->output);
    }
    if (status != NEX_OK) {
        nex_log_write(run->log, NEX_LOG_WARN, "output lost", "workload_id", piece->text, "reason",
                      nex_status_name(status), NULL);
    } else if (workload != NULL) {
        nex_writer_write(workload->writers[piece->output], piece->text + piece->id_size,
                         piece->len);
    }
    atomic_fetch_sub(&run->waiting, piece->len);
    free(piece);
}

nex_status nex_run_output(nex_run *run, const char *workload_id, nex_output output,
                          const void *data, size_t len) {
    size_t id_size = strlen(workload_id) + 1;
    if (len > OUTPUT_MAX || atomic_fetch_add(&run->waiting, len) > OUTPUT_MAX - len) {
        if (len <= OUTPUT_MAX) {
            atomic_fetch_sub(&run->waiting, len);
        }
        return NEX_ELIMIT;
    }
    run_piece *piece = malloc(sizeof *piece + id_size + len);
    nex_status status = NEX_ENOMEM;
    if (piece != NULL) {
        *piece = (run_piece){.run = run, .output = output, .len = len, .id_size = id_size};
        memcpy(piece->text, workload_id, id_size);
        if (len > 0) {
            memcpy(piece->text + id_size, data, len);
        }
        status = nex_loop_post(run->loop, send_piece, piece);
    }
    if (status != NEX_OK) {
        atomic_fetch_sub(&run->waiting, len);
        free(piece);
    }
    return status;
}

typedef struct run_end {
    nex_run *run;
    char *id;
    char *error;
} run_end;

static void tell_end(void *arg) {
    run_end *end = arg;
    run_workload *workload = run_find(end->run, end->id);
    if (workload != NULL) {
        run_workload_ended(workload, end->error);
    }
    free(end->id);
    free(end->error);
    free(end);
}

void nex_run_ended(nex_run *run, const char *workload_id, const char *error) {
    run_end *end = calloc(1, sizeof *end);
    if (end != NULL) {
        end->run = run;
        end->id = strdup(workload_id);
        end->error = error != NULL ? strdup(error) : NULL;
    }
    if (end == NULL || end->id == NULL || nex_loop_post(run->loop, tell_end, end) != NEX_OK) {
        if (end != NULL) {
            free(end->id);
            free(end->error);
        }
        free(end);
        nex_log_write(run->log, NEX_LOG_ERROR, "out of memory: the end of a workload is not told",
                      "workload_id", workload_id, NULL);
    }
}

/* ---- Running ------------------------------------------------------------------------------ */

/* How to register: as the program says, or as the environment does, or remote. */
static nex_status find_options(const nex_run_options *wanted, nex_agent_options *out,
                               nex_agent_options *from_env, nex_error *err) {
    static const nex_run_options none;
    *out = wanted != NULL ? wanted->agent : none.agent;
    if (out->node_id != NULL) {
        return NEX_OK;
    }
    nex_status status = nex_agent_options_from_env(from_env, err);
    if (status == NEX_ENOTFOUND) {
        out->mode = NEX_AGENT_REMOTE;
        out->connection.keep_trying = true;
        return NEX_OK;
    }
    if (status == NEX_OK) {
        out->mode = from_env->mode;
        out->node_id = from_env->node_id;
        out->agent_id = from_env->agent_id;
        out->xkey_seed = from_env->xkey_seed;
        out->connection = from_env->connection;
    }
    return status;
}

static nex_status check_ops(const nex_run_ops *ops, const nex_run_options *options,
                            nex_error *err) {
    if (ops == NULL || ops->describe == NULL || ops->start == NULL || ops->stop == NULL) {
        return nex_error_set(err, NEX_EINVAL, "nexlet: describe, start and stop must be there");
    }
    if (options != NULL && options->event_count > 0 && ops->event == NULL) {
        return nex_error_set(err, NEX_EINVAL,
                             "nexlet: options.events names events, but nobody hears them: the "
                             "callback event is missing");
    }
    return NEX_OK;
}

nex_status nex_agent_run(const nex_run_ops *ops, void *self, const nex_run_options *options,
                         nex_error *err) {
    nex_run run = {.ops = ops, .self = self, .agent_ops = run_agent_ops};
    nex_agent_options agent = {0};
    nex_agent_options from_env = {0};
    nex_status status = check_ops(ops, options, err);
    if (status == NEX_OK) {
        status = find_options(options, &agent, &from_env, err);
    }
    if (status == NEX_OK) {
        status = nex_loop_new(&run.loop, err);
    }
    atomic_init(&run.waiting, 0);
    run.log = agent.log;
    agent.loop = run.loop;
    run_jobs_init(&run.jobs);
    if (status == NEX_OK) {
        run.agent_ops.event = ops->event != NULL ? run_event_own : NULL;
        status = nex_agent_new(&run.agent, &run.agent_ops, &run, &agent, err);
    }
    if (status == NEX_OK) {
        status = run_events_begin(&run, options, err);
    }
    if (status == NEX_OK && (options == NULL || !options->keep_signals)) {
        status = watch_signals(&run, err);
    }
    if (status == NEX_OK) {
        status = nex_agent_start(run.agent, err);
    }
    if (status == NEX_OK) {
        nex_loop_run(run.loop);
    }
    release_signals(&run);
    run_events_drop(&run);
    nex_agent_free(run.agent);
    nex_loop_free(run.loop);
    nex_agent_options_free(&from_env);
    return status;
}
