/*
 * Keeps the journal without blocking the loop. Records are appended at once, and a thread flushes
 * them: nobody waits for the disk, since what runs ends with the machine. Another thread writes the
 * file anew; records gather meanwhile.
 */
#include "node/internal.h"
#include "node/journal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RETRY_EVERY NEX_SECOND
/* A bucket that is put back is hardly older than so long, and has no more of them. */
#define GONE_KEPT (30 * 24 * 3600)

enum { GONE_MAX = 4096, COMPACT_FROM = 1024 * 1024, COMPACT_FACTOR = 4 };

/* A workload that is gone. */
typedef struct gone_workload {
    char *id;
    int64_t time;
    UT_hash_handle hh; /* oldest first */
} gone_workload;

/* A record that is to be written. */
typedef struct journal_op {
    nex_buf text;
    bool again; /* on failure it is tried again, and whoever waits is told nothing of that */
    void (*cb)(void *arg, nex_status status);
    void *arg;
    struct journal_op *prev;
    struct journal_op *next;
} journal_op;

/* What a thread writes; it touches nothing else. */
typedef struct journal_job {
    struct journal_keeper *keeper; /* NULL: nobody waits any more */
    node_journal *journal;
    nex_loop *loop;
    nex_buf text;
    bool replace;
    journal_op *ops;
    pthread_t thread;
    nex_status status;
    nex_error err;
} journal_job;

/* A flush by a thread. */
typedef struct journal_flush {
    struct journal_keeper *keeper; /* NULL: nobody waits any more */
    node_journal *journal;
    nex_loop *loop;
    pthread_t thread;
    nex_status status;
    nex_error err;
} journal_flush;

struct journal_keeper {
    nex_node *node;
    node_journal *journal;
    char *directory;
    journal_op *waiting;
    journal_job *job; /* under way */
    journal_flush *flush;
    bool unflushed; /* something was appended since the flush began */
    nex_timer *retry;
    gone_workload *gone;
    size_t compacted; /* size after that */
    bool compact;     /* it is time */
    bool failing;
    char why[NEX_ERROR_MESSAGE_SIZE];
};

static void next_job(struct journal_keeper *keeper);

/* ---- What is gone ---------------------------------------------------------------------------- */

static void forget_gone(struct journal_keeper *keeper, gone_workload *gone) {
    HASH_DEL(keeper->gone, gone);
    free(gone->id);
    free(gone);
}

static void note_gone(struct journal_keeper *keeper, const char *id, int64_t time) {
    gone_workload *gone = NULL;
    HASH_FIND_STR(keeper->gone, id, gone);
    if (gone != NULL) {
        return;
    }
    gone = calloc(1, sizeof *gone);
    if (gone == NULL || (gone->id = strdup(id)) == NULL) {
        free(gone);
        return;
    }
    gone->time = time;
    HASH_ADD_KEYPTR(hh, keeper->gone, gone->id, strlen(gone->id), gone);
    if (HASH_COUNT(keeper->gone) > GONE_MAX) {
        forget_gone(keeper, keeper->gone);
    }
}

static void note_back(struct journal_keeper *keeper, const char *id) {
    gone_workload *gone = NULL;
    HASH_FIND_STR(keeper->gone, id, gone);
    if (gone != NULL) {
        forget_gone(keeper, gone);
    }
}

bool node_journal_knows_gone(const nex_node *node, const char *id) {
    gone_workload *gone = NULL;
    if (node->keeper != NULL) {
        HASH_FIND_STR(node->keeper->gone, id, gone);
    }
    return gone != NULL;
}

const char *node_journal_why(const nex_node *node) {
    return node->keeper != NULL ? node->keeper->why : "";
}

/* ---- Records --------------------------------------------------------------------------------- */

static nex_status append_have(const nex_node *node, const node_workload *workload, nex_buf *out) {
    nex_buf body = NEX_BUF_INIT;
    nex_status status = node_workload_encode(workload, &body);
    if (status == NEX_OK) {
        node_journal_record record = {.time = nex_loop_time(node->loop).seconds,
                                      .id = workload->id,
                                      .type = workload->agent_type,
                                      .body = body.data,
                                      .len = body.len};
        status = node_journal_encode(&record, out);
    }
    nex_buf_wipe(&body);
    return status;
}

static nex_status append_gone(const char *id, int64_t time, nex_buf *out) {
    node_journal_record record = {.gone = true, .time = time, .id = id, .type = "", .body = ""};
    return node_journal_encode(&record, out);
}

/* All that counts now. */
static nex_status append_all(const struct journal_keeper *keeper, nex_buf *out) {
    const nex_node *node = keeper->node;
    int64_t oldest = nex_loop_time(node->loop).seconds - GONE_KEPT;
    nex_status status = NEX_OK;
    for (gone_workload *gone = keeper->gone; gone != NULL && status == NEX_OK;
         gone = gone->hh.next) {
        if (gone->time >= oldest) {
            status = append_gone(gone->id, gone->time, out);
        }
    }
    for (node_workload *w = node->workloads; w != NULL && status == NEX_OK; w = w->hh.next) {
        if (!w->starting && !w->stopping) {
            status = append_have(node, w, out);
        }
    }
    return status;
}

/* ---- Writing --------------------------------------------------------------------------------- */

static void op_ended(journal_op *op, nex_status status) {
    if (op->cb != NULL) {
        op->cb(op->arg, status);
    }
    nex_buf_wipe(&op->text);
    free(op);
}

static void write_job(journal_job *job) {
    job->status = job->replace
                      ? node_journal_replace(job->journal, job->text.data, job->text.len, &job->err)
                      : node_journal_append(job->journal, job->text.data, job->text.len, &job->err);
}

/* Takes the job's outcome; its records end, or wait once more. */
static void take_outcome(struct journal_keeper *keeper, journal_job *job) {
    bool failed = job->status != NEX_OK;
    if (failed && !keeper->failing) {
        nex_log_write(keeper->node->log, NEX_LOG_ERROR,
                      "what the node has placed cannot be recorded: no workload is started until "
                      "it can",
                      "err", job->err.message, NULL);
    }
    keeper->failing = failed;
    snprintf(keeper->why, sizeof keeper->why, "%s", failed ? job->err.message : "");
    if (job->replace) {
        keeper->compact = false;
        keeper->compacted = node_journal_size(job->journal);
    }
    journal_op *ops = job->ops;
    journal_op *again = NULL;
    job->ops = NULL;
    while (ops != NULL) {
        journal_op *op = ops;
        DL_DELETE(ops, op);
        if (failed && op->again) {
            if (op->cb != NULL) {
                op->cb(op->arg, NEX_OK);
                op->cb = NULL;
            }
            DL_APPEND(again, op);
        } else {
            op_ended(op, job->status);
        }
    }
    DL_CONCAT(again, keeper->waiting); /* later records of a workload stay behind */
    keeper->waiting = again;
}

static void job_free(journal_job *job) {
    nex_buf_wipe(&job->text);
    free(job);
}

static void note_size(struct journal_keeper *keeper) {
    size_t size = node_journal_size(keeper->journal);
    keeper->compact =
        keeper->compact || (size > COMPACT_FROM && size / COMPACT_FACTOR > keeper->compacted);
}

static void on_written(void *arg) {
    journal_job *job = arg;
    struct journal_keeper *keeper = job->keeper;
    if (keeper == NULL) {
        job_free(job);
        return;
    }
    pthread_join(job->thread, NULL);
    keeper->job = NULL;
    bool failed = job->status != NEX_OK;
    take_outcome(keeper, job);
    job_free(job);
    note_size(keeper);
    if (failed && keeper->waiting != NULL) {
        nex_timer_start(keeper->retry, RETRY_EVERY, 0);
    } else {
        next_job(keeper);
    }
}

/* ---- Flushing -------------------------------------------------------------------------------- */

static void flush_soon(struct journal_keeper *keeper);

static void flush_ended(struct journal_keeper *keeper, const journal_flush *flush) {
    keeper->flush = NULL;
    if (flush->status != NEX_OK) {
        nex_log_write(keeper->node->log, NEX_LOG_ERROR, "the node's journal is written anew", "err",
                      flush->err.message, NULL);
        keeper->compact = true;
    }
}

static void on_flushed(void *arg) {
    journal_flush *flush = arg;
    struct journal_keeper *keeper = flush->keeper;
    if (keeper != NULL) {
        pthread_join(flush->thread, NULL);
        flush_ended(keeper, flush);
        if (keeper->unflushed) {
            flush_soon(keeper);
        }
    }
    free(flush);
}

static void *flush_thread(void *arg) {
    journal_flush *flush = arg;
    flush->status = node_journal_flush(flush->journal, &flush->err);
    (void)nex_loop_post(flush->loop, on_flushed, flush);
    return NULL;
}

/* Without memory or a thread: when the next record comes. */
static void flush_soon(struct journal_keeper *keeper) {
    keeper->unflushed = true;
    journal_flush *flush = keeper->flush == NULL ? calloc(1, sizeof *flush) : NULL;
    if (flush == NULL) {
        return;
    }
    flush->keeper = keeper;
    flush->journal = keeper->journal;
    flush->loop = keeper->node->loop;
    keeper->flush = flush;
    keeper->unflushed = false;
    if (pthread_create(&flush->thread, NULL, flush_thread, flush) != 0) {
        keeper->flush = NULL;
        keeper->unflushed = true;
        free(flush);
    }
}

/* ---- Jobs ------------------------------------------------------------------------------------ */

static void *job_thread(void *arg) {
    journal_job *job = arg;
    write_job(job);
    (void)nex_loop_post(job->loop, on_written, job);
    return NULL;
}

/* What waits becomes one text; a record that does not fit into memory ends there. */
static journal_job *make_job(struct journal_keeper *keeper) {
    journal_job *job = calloc(1, sizeof *job);
    if (job == NULL) {
        return NULL;
    }
    job->keeper = keeper;
    job->journal = keeper->journal;
    job->loop = keeper->node->loop;
    job->replace = keeper->compact && append_all(keeper, &job->text) == NEX_OK;
    if (!job->replace) {
        nex_buf_clear(&job->text);
    }
    nex_status status = NEX_OK;
    journal_op *op;
    DL_FOREACH(keeper->waiting, op) {
        if (status == NEX_OK) {
            status = nex_buf_append(&job->text, op->text.data, op->text.len);
        }
    }
    if (status != NEX_OK) {
        job_free(job);
        return NULL;
    }
    job->ops = keeper->waiting;
    keeper->waiting = NULL;
    return job;
}

static void fail_waiting(struct journal_keeper *keeper, nex_status status) {
    journal_op *ops = keeper->waiting;
    keeper->waiting = NULL;
    while (ops != NULL) {
        journal_op *op = ops;
        DL_DELETE(ops, op);
        op_ended(op, op->again ? NEX_OK : status);
    }
}

static void next_job(struct journal_keeper *keeper) {
    if (keeper->job != NULL || (keeper->waiting == NULL && !keeper->compact)) {
        return;
    }
    nex_timer_stop(keeper->retry);
    journal_job *job = make_job(keeper);
    if (job == NULL) {
        fail_waiting(keeper, NEX_ENOMEM);
        return;
    }
    if (job->replace) {
        keeper->job = job;
        if (pthread_create(&job->thread, NULL, job_thread, job) == 0) {
            return;
        }
        keeper->job = NULL; /* no thread can be had: slow is better than not at all */
    }
    write_job(job);
    bool failed = job->status != NEX_OK;
    take_outcome(keeper, job);
    job_free(job);
    note_size(keeper);
    if (!failed) {
        flush_soon(keeper);
    }
    if (keeper->waiting != NULL) {
        nex_timer_start(keeper->retry, failed ? RETRY_EVERY : 0, 0);
    }
}

static void on_retry(void *arg) {
    next_job(arg);
}

static void add_op(struct journal_keeper *keeper, journal_op *op, nex_status status,
                   void (*cb)(void *arg, nex_status status), void *arg) {
    if (status != NEX_OK) {
        if (op != NULL) {
            op_ended(op, status);
        }
        if (cb != NULL) {
            cb(arg, status);
        }
        return;
    }
    op->cb = cb;
    op->arg = arg;
    DL_APPEND(keeper->waiting, op);
    next_job(keeper);
}

void node_journal_put(nex_node *node, const node_workload *workload,
                      void (*cb)(void *arg, nex_status status), void *arg) {
    struct journal_keeper *keeper = node->keeper;
    if (keeper == NULL) {
        if (cb != NULL) {
            cb(arg, NEX_OK);
        }
        return;
    }
    journal_op *op = calloc(1, sizeof *op);
    nex_status status = op != NULL ? append_have(node, workload, &op->text) : NEX_ENOMEM;
    if (op != NULL) {
        op->again = cb == NULL;
    }
    note_back(keeper, workload->id);
    add_op(keeper, op, status, cb, arg);
}

void node_journal_remove(nex_node *node, const node_workload *workload,
                         void (*cb)(void *arg, nex_status status), void *arg) {
    struct journal_keeper *keeper = node->keeper;
    if (keeper == NULL || workload->starting) { /* what was not confirmed is not on record */
        if (cb != NULL) {
            cb(arg, NEX_OK);
        }
        return;
    }
    int64_t now = nex_loop_time(node->loop).seconds;
    note_gone(keeper, workload->id, now);
    journal_op *op = calloc(1, sizeof *op);
    nex_status status = op != NULL ? append_gone(workload->id, now, &op->text) : NEX_ENOMEM;
    if (op != NULL) {
        op->again = true;
    }
    add_op(keeper, op, status, cb, arg);
}

/* ---- Start and end --------------------------------------------------------------------------- */

static void on_record(void *arg, const node_journal_record *record) {
    struct journal_keeper *keeper = arg;
    nex_node *node = keeper->node;
    node_workload *workload = node_workload_find(node, record->id);
    nex_stored_workload *stored = NULL;
    nex_error err;
    if (workload != NULL) {
        node_workload_drop(node, workload); /* a later record says what counts */
    }
    if (record->gone) {
        note_gone(keeper, record->id, record->time);
        return;
    }
    nex_status status = nex_stored_workload_decode(&stored, record->body, record->len, &err);
    if (status == NEX_OK) {
        status = node_workload_take(node, record->type, record->id, stored);
    }
    if (status == NEX_OK) {
        note_back(keeper, record->id);
    } else {
        nex_log_write(node->log, NEX_LOG_ERROR, "a record of the node's journal cannot be used",
                      "workload_id", record->id, "err", nex_status_name(status), NULL);
    }
    nex_stored_workload_free(stored);
}

/*
 * Without --state only the workloads of embedded nexlets outlive the node, since they have their
 * own record of them: they take over what runs.
 */
static void drop_what_ended_with_the_node(nex_node *node) {
    node_workload *workload = NULL;
    node_workload *next = NULL;
    HASH_ITER(hh, node->workloads, workload, next) {
        bool embedded = false;
        for (size_t i = 0; i < node->options.embedded_count; i++) {
            char id[NEX_ID_SIZE];
            node_derive_id(node, node->options.embedded[i].name, id);
            embedded = embedded || strcmp(id, workload->agent_id) == 0;
        }
        if (!embedded) {
            node_workload_drop(node, workload);
        }
    }
}

static nex_status make_keeper(nex_node *node, nex_error *err) {
    nex_buf directory = NEX_BUF_INIT;
    struct journal_keeper *keeper = calloc(1, sizeof *keeper);
    nex_status status = keeper != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        node->keeper = keeper;
        keeper->node = node;
        status = nex_buf_printf(&directory, "%s/node/%s", node->options.resource_dir, node->id);
    }
    if (status == NEX_OK) {
        keeper->directory = nex_buf_take(&directory);
        status = nex_timer_new(node->loop, &keeper->retry, on_retry, keeper);
    }
    nex_buf_free(&directory);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "the node's journal: out of memory");
    }
    return node_journal_open(&keeper->journal, keeper->directory, node->log, on_record, keeper,
                             err);
}

nex_status node_journal_start(nex_node *node, nex_error *err) {
    if (node->options.resource_dir == NULL) {
        return NEX_OK;
    }
    nex_status status = make_keeper(node, err);
    if (status != NEX_OK) {
        return status;
    }
    if (!node->options.state_kv) {
        drop_what_ended_with_the_node(node);
    }
    if (HASH_COUNT(node->workloads) > 0) {
        char count[24];
        snprintf(count, sizeof count, "%u", HASH_COUNT(node->workloads));
        nex_log_write(node->log, NEX_LOG_INFO, "journal read", "workloads", count, NULL);
    }
    if (node_journal_size(node->keeper->journal) > 0) {
        node->keeper->compact = true;
        next_job(node->keeper);
    }
    return NEX_OK;
}

/* All its workloads were ended with the node, and nothing is to bring them back. */
static void remove_all(const struct journal_keeper *keeper) {
    static const char *const names[] = {"/journal", "/lock"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        nex_buf path = NEX_BUF_INIT;
        if (nex_buf_printf(&path, "%s%s", keeper->directory, names[i]) == NEX_OK) {
            (void)unlink(path.data);
        }
        nex_buf_free(&path);
    }
    (void)rmdir(keeper->directory); /* not if something is in quarantine */
}

void node_journal_stop(nex_node *node) {
    struct journal_keeper *keeper = node->keeper;
    if (keeper == NULL) {
        return;
    }
    if (keeper->job != NULL) {
        journal_job *job = keeper->job;
        pthread_join(job->thread, NULL);
        take_outcome(keeper, job);
        job->keeper = NULL; /* its post, which is on its way, frees it */
    }
    if (keeper->waiting != NULL && keeper->journal != NULL) {
        journal_job *job = make_job(keeper);
        if (job != NULL) {
            write_job(job);
            take_outcome(keeper, job);
            job_free(job);
        }
    }
    fail_waiting(keeper, NEX_ECANCELED);
    if (keeper->flush != NULL) {
        journal_flush *flush = keeper->flush;
        pthread_join(flush->thread, NULL);
        flush_ended(keeper, flush);
        flush->keeper = NULL; /* its post, which is on its way, frees it */
    }
    bool over = node->stopped && node->stopping == 0 && !node->options.keep_workloads &&
                !node->options.state_kv;
    if (over && keeper->journal != NULL) {
        remove_all(keeper);
    }
    gone_workload *gone;
    gone_workload *next;
    HASH_ITER(hh, keeper->gone, gone, next) {
        forget_gone(keeper, gone);
    }
    node_journal_close(keeper->journal);
    nex_timer_free(keeper->retry);
    free(keeper->directory);
    free(keeper);
    node->keeper = NULL;
}
