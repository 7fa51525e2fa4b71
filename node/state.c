/*
 * Stored state: the KV bucket nex-<node id>, one key a workload. What is written follows the
 * table in memory; a write that fails is tried again until it is done or overtaken by a later
 * one for the same key, so that a stopped workload never comes back.
 */
#include "node/internal.h"

#include <nex/kv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WRITE_TIMEOUT NEX_SECOND
#define RETRY_EVERY   (250 * NEX_MILLISECOND)
/* Whoever waits for a write is told after so long that it goes on without an end in sight. */
#define PATIENCE (20 * NEX_SECOND)
enum { KEY_SIZE = 512 };

typedef struct write_op {
    struct node_store *store;
    char key[KEY_SIZE];
    nex_buf value; /* empty: purge */
    bool under_way;
    bool overtaken; /* a later write for the key waits */
    void (*cb)(void *arg, nex_status status);
    void *arg;
    uint64_t began;
    struct write_op *prev;
    struct write_op *next;
} write_op;

struct node_store {
    nex_node *node;
    nex_kv *kv;
    write_op *writes;
    nex_timer *retry;
};

static void send_writes(struct node_store *store);

static void write_free(write_op *op) {
    DL_DELETE(op->store->writes, op);
    nex_buf_wipe(&op->value);
    free(op);
}

static void write_ended(write_op *op, nex_status status) {
    void (*cb)(void *, nex_status) = op->cb;
    void *arg = op->arg;
    op->cb = NULL;
    if (cb != NULL) {
        cb(arg, status);
    }
}

/* Whoever waits may write the same key anew: it is to find this one no more. */
static void write_over(write_op *op, nex_status status) {
    void (*cb)(void *, nex_status) = op->cb;
    void *arg = op->arg;
    write_free(op);
    if (cb != NULL) {
        cb(arg, status);
    }
}

static bool impatient(const write_op *op) {
    return nex_loop_now(op->store->node->loop) - op->began >= (uint64_t)PATIENCE;
}

static void on_written(void *arg, nex_status status, const nex_error *err) {
    write_op *op = arg;
    struct node_store *store = op->store;
    op->under_way = false;
    if (status != NEX_OK) {
        nex_log_write(store->node->log, NEX_LOG_WARN, "state not written; trying again", "key",
                      op->key, "err", err->message, NULL);
    }
    bool over = status == NEX_OK || op->overtaken || status == NEX_EINVAL;
    if (over) {
        write_over(op, status);
        send_writes(store);
        return;
    }
    nex_timer_start(store->retry, RETRY_EVERY, 0);
    if (impatient(op)) {
        write_ended(op, status);
    }
}

/* Whether another write for the same key is under way: they must not overtake each other. */
static bool is_blocked(const struct node_store *store, const write_op *op) {
    const write_op *other;
    DL_FOREACH(store->writes, other) {
        if (other != op && other->under_way && strcmp(other->key, op->key) == 0) {
            return true;
        }
    }
    return false;
}

static void send_writes(struct node_store *store) {
    write_op *op;
    write_op *next;
    DL_FOREACH_SAFE(store->writes, op, next) {
        if (op->under_way || is_blocked(store, op)) {
            continue;
        }
        op->under_way = true;
        nex_status status = op->value.len > 0 ? nex_kv_put(store->kv, op->key, op->value.data,
                                                           op->value.len, on_written, op)
                                              : nex_kv_purge(store->kv, op->key, on_written, op);
        if (status == NEX_OK) {
            continue;
        }
        op->under_way = false;
        nex_timer_start(store->retry, RETRY_EVERY, 0);
        /* Whoever waits may change the list: the rest is sent at the next try. */
        if (status == NEX_EINVAL) {
            nex_log_write(store->node->log, NEX_LOG_ERROR, "state cannot be written under this key",
                          "key", op->key, NULL);
            write_over(op, status);
            return;
        }
        if (op->cb != NULL && impatient(op)) {
            write_ended(op, status);
            return;
        }
    }
}

static void on_retry(void *arg) {
    send_writes(arg);
}

static write_op *write_new(struct node_store *store, const node_workload *workload) {
    write_op *op = calloc(1, sizeof *op);
    if (op == NULL) {
        return NULL;
    }
    op->store = store;
    op->began = nex_loop_now(store->node->loop);
    int n = snprintf(op->key, sizeof op->key, "%s_%s", workload->agent_type, workload->id);
    if (n < 0 || (size_t)n >= sizeof op->key) {
        free(op);
        return NULL;
    }
    write_op *old = store->writes;
    while (old != NULL) {
        bool same = strcmp(old->key, op->key) == 0;
        old->overtaken = old->overtaken || same;
        if (same && !old->under_way) {
            write_over(old, NEX_ECANCELED);
            old = store->writes; /* which may have changed meanwhile */
        } else {
            old = old->next;
        }
    }
    DL_APPEND(store->writes, op);
    return op;
}

nex_status node_workload_encode(const node_workload *workload, nex_buf *out) {
    const nex_start_workload_request *r = workload->request;
    nex_stored_workload stored = {.agent_id = workload->agent_id,
                                  .name = r->name,
                                  .namespace_ = r->namespace_,
                                  .description = r->description,
                                  .workload_type = r->workload_type,
                                  .workload_lifecycle = r->workload_lifecycle,
                                  .run_request = r->run_request,
                                  .tags = r->tags,
                                  .reference = r->reference,
                                  .metadata = r->metadata,
                                  .has_metadata = r->has_metadata};
    return nex_stored_workload_encode(&stored, out);
}

void node_kv_put(nex_node *node, const node_workload *workload,
                 void (*cb)(void *arg, nex_status status), void *arg) {
    if (node->store == NULL) {
        if (cb != NULL) {
            cb(arg, NEX_OK);
        }
        return;
    }
    write_op *op = write_new(node->store, workload);
    nex_status status = op != NULL ? node_workload_encode(workload, &op->value) : NEX_ENOMEM;
    if (status != NEX_OK) {
        if (op != NULL) {
            write_free(op);
        }
        if (cb != NULL) {
            cb(arg, status);
        }
        return;
    }
    op->cb = cb;
    op->arg = arg;
    send_writes(node->store);
}

void node_kv_remove(nex_node *node, const node_workload *workload,
                    void (*cb)(void *arg, nex_status status), void *arg) {
    write_op *op = NULL;
    /* What has not been confirmed has not been stored. */
    bool stored = node->store != NULL && !workload->starting;
    if (stored && (op = write_new(node->store, workload)) == NULL) {
        nex_log_write(node->log, NEX_LOG_ERROR,
                      "out of memory: a stopped workload stays in the stored state", "workload_id",
                      workload->id, NULL);
    }
    if (op == NULL) {
        if (cb != NULL) {
            cb(arg, stored ? NEX_ENOMEM : NEX_OK);
        }
        return;
    }
    op->cb = cb;
    op->arg = arg;
    send_writes(node->store);
}

/* ---- Reading it back ----------------------------------------------------------------------------
 */

static void begin(void *arg);

/* What the bucket still has of a workload that is gone: an older copy of it was put back. */
static void remove_entry(nex_node *node, const char *type, const char *id) {
    node_workload gone = {.id = (char *)(uintptr_t)id, .agent_type = (char *)(uintptr_t)type};
    nex_log_write(node->log, NEX_LOG_WARN,
                  "the stored state has a workload that was stopped: it is removed", "workload_id",
                  id, NULL);
    node_kv_remove(node, &gone, NULL, NULL);
}

nex_status node_workload_take(nex_node *node, const char *type, const char *id,
                              const nex_stored_workload *stored) {
    nex_start_workload_request request = {.name = stored->name,
                                          .namespace_ = stored->namespace_,
                                          .description = stored->description,
                                          .workload_type = stored->workload_type,
                                          .workload_lifecycle = stored->workload_lifecycle,
                                          .run_request = stored->run_request,
                                          .tags = stored->tags,
                                          .reference = stored->reference,
                                          .metadata = stored->metadata,
                                          .has_metadata = stored->has_metadata};
    return node_workload_put(node, id, stored->agent_id != NULL ? stored->agent_id : "", type,
                             &request);
}

static void on_entry(void *arg, const nex_kv_entry *entry) {
    nex_node *node = arg;
    const char *separator = strrchr(entry->key, '_');
    nex_stored_workload *stored = NULL;
    nex_error err;
    if (separator == NULL || separator == entry->key || separator[1] == '\0' ||
        nex_stored_workload_decode(&stored, entry->value, entry->len, &err) != NEX_OK) {
        nex_log_write(node->log, NEX_LOG_ERROR, "stored workload cannot be read; left as it is",
                      "key", entry->key, "err", separator != NULL ? err.message : "bad key", NULL);
        return;
    }
    char type[KEY_SIZE];
    const char *id = separator + 1;
    snprintf(type, sizeof type, "%.*s", (int)(separator - entry->key), entry->key);
    node_workload *workload = node_workload_find(node, id);
    if (node_journal_knows_gone(node, id)) {
        remove_entry(node, type, id);
    } else if (workload != NULL) {
        workload->stored = true; /* of the journal, which is no older */
    } else if (node_workload_take(node, type, id, stored) != NEX_OK) {
        nex_log_write(node->log, NEX_LOG_ERROR, "out of memory: workload not restored", "key",
                      entry->key, NULL);
    } else if ((workload = node_workload_find(node, id)) != NULL) {
        workload->stored = true;
        node_journal_put(node, workload, NULL, NULL);
    }
    nex_stored_workload_free(stored);
}

static void not_read(nex_node *node, nex_status status, const nex_error *err) {
    if (status == NEX_EUNSUPPORTED || status == NEX_EREFUSED) {
        nex_error why = *err;
        nex_error_prefix(&why, status, "--state kv");
        node_give_up(node, &why);
        return;
    }
    nex_log_write(node->log, NEX_LOG_WARN, "stored state not read; trying again", "err",
                  err->message, NULL);
    nex_timer_free(node->store->retry);
    node->store->retry = NULL;
    if (nex_timer_new(node->loop, &node->store->retry, begin, node->store) == NEX_OK) {
        nex_timer_start(node->store->retry, RETRY_EVERY, 0);
    }
}

/* What the journal has and the bucket lacks: it was lost, or an older copy of it was put back. */
static void store_missing(nex_node *node) {
    node_workload *workload = NULL;
    node_workload *next = NULL;
    size_t missing = 0;
    HASH_ITER(hh, node->workloads, workload, next) {
        if (!workload->stored) {
            node_kv_put(node, workload, NULL, NULL);
            missing++;
        }
    }
    if (missing > 0) {
        char count[24];
        snprintf(count, sizeof count, "%zu", missing);
        nex_log_write(node->log, NEX_LOG_WARN,
                      "the stored state lacks workloads of the node's journal: stored again",
                      "workloads", count, NULL);
    }
}

static void on_listed(void *arg, nex_status status, const nex_error *err) {
    nex_node *node = arg;
    if (status != NEX_OK) {
        not_read(node, status, err);
        return;
    }
    char count[24];
    snprintf(count, sizeof count, "%u", HASH_COUNT(node->workloads));
    nex_log_write(node->log, NEX_LOG_INFO, "stored state read", "workloads", count, NULL);
    nex_timer_free(node->store->retry);
    node->store->retry = NULL;
    if (nex_timer_new(node->loop, &node->store->retry, on_retry, node->store) != NEX_OK) {
        nex_error why;
        nex_error_set(&why, NEX_ENOMEM, "--state kv: out of memory");
        node_give_up(node, &why);
        return;
    }
    store_missing(node);
    node->restored = true;
    node_registers_resume(node);
    node_check_ready(node);
}

static void on_created(void *arg, nex_status status, const nex_error *err) {
    nex_node *node = arg;
    if (status == NEX_OK) {
        status = nex_kv_list(node->store->kv, on_entry, on_listed, node);
        if (status == NEX_OK) {
            return;
        }
    }
    not_read(node, status, err);
}

static void begin(void *arg) {
    struct node_store *store = arg;
    nex_status status = nex_kv_create(store->kv, on_created, store->node);
    if (status != NEX_OK) {
        nex_error err;
        nex_error_set(&err, status, "cannot ask for the bucket: %s", nex_status_name(status));
        not_read(store->node, status, &err);
    }
}

nex_status node_kv_start(nex_node *node, nex_error *err) {
    if (!node->options.state_kv) {
        return NEX_OK;
    }
    char bucket[128];
    snprintf(bucket, sizeof bucket, "nex-%s", node->id);
    nex_kv_options options = {
        .bucket = bucket, .domain = node->options.js_domain, .timeout = WRITE_TIMEOUT};
    node->store = calloc(1, sizeof *node->store);
    if (node->store == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "--state kv: out of memory");
    }
    node->store->node = node;
    nex_status status = nex_kv_new(&node->store->kv, node->bus, &options, err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "--state kv");
    }
    begin(node->store);
    return NEX_OK;
}

void node_kv_stop(nex_node *node) {
    if (node->store == NULL) {
        return;
    }
    nex_kv_free(node->store->kv);
    nex_timer_free(node->store->retry);
    while (node->store->writes != NULL) {
        write_free(node->store->writes);
    }
    free(node->store);
    node->store = NULL;
}
