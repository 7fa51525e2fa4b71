/* Key-value buckets: streams named KV_<bucket> with a subject $KV.<bucket>.<key> a key. */
#include <nex/kv.h>

#include "jetstream/client.h"
#include "jetstream/reader.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

struct nex_kv {
    js_client client;
    char *subject; /**< "$KV.<bucket>." */
    char *config;  /**< how to make the stream */
};

typedef struct kv_op {
    js_op op;
    nex_kv_done_cb on_done;
    nex_kv_get_cb on_get;
    void *arg;
    char *key;
} kv_op;

typedef struct kv_list {
    nex_kv *kv;
    nex_kv_entry_cb on_entry;
    nex_kv_done_cb on_end;
    void *arg;
} kv_list;

/* ---- Life --------------------------------------------------------------------------------- */

static nex_status make_config(nex_kv *kv, const nex_kv_options *o) {
    nex_buf buf = NEX_BUF_INIT;
    int64_t max_bytes = o->max_bytes > 0 ? o->max_bytes : -1;
    int64_t max_size =
        o->max_value_size > 0 && o->max_value_size <= INT32_MAX ? (int64_t)o->max_value_size : -1;
    nex_status status = nex_buf_printf(
        &buf,
        "{\"name\":\"%s\",\"subjects\":[\"%s\\u003e\"],\"retention\":\"limits\","
        "\"max_consumers\":-1,\"max_msgs\":-1,\"max_bytes\":%" PRId64 ",\"discard\":\"new\","
        "\"max_age\":0,\"max_msgs_per_subject\":%u,\"max_msg_size\":%" PRId64
        ",\"storage\":\"%s\",\"num_replicas\":%u,\"duplicate_window\":120000000000,"
        "\"deny_delete\":true,\"allow_rollup_hdrs\":true,\"allow_direct\":true,"
        "\"mirror_direct\":false}",
        kv->client.stream, kv->subject, max_bytes, o->history > 0 ? o->history : 1, max_size,
        o->memory ? "memory" : "file", o->replicas > 0 ? o->replicas : 1);
    if (status != NEX_OK) {
        nex_buf_free(&buf);
        return status;
    }
    kv->config = nex_buf_take(&buf);
    return NEX_OK;
}

nex_status nex_kv_new(nex_kv **out, nex_bus *bus, const nex_kv_options *options, nex_error *err) {
    *out = NULL;
    nex_kv *kv = calloc(1, sizeof *kv);
    if (kv == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "key-value bucket: out of memory");
    }
    nex_status status = js_client_init(&kv->client, bus, options->domain, "key-value bucket",
                                       options->bucket, "KV_", options->timeout, err);
    if (status == NEX_OK) {
        nex_buf subject = NEX_BUF_INIT;
        status = nex_buf_printf(&subject, "$KV.%s.", options->bucket);
        kv->subject = nex_buf_take(&subject);
        if (status == NEX_OK) {
            status = make_config(kv, options);
        }
        if (status != NEX_OK) {
            nex_error_set(err, status, "key-value bucket %s: out of memory", options->bucket);
        }
    }
    if (status != NEX_OK) {
        nex_kv_free(kv);
        return status;
    }
    *out = kv;
    return NEX_OK;
}

void nex_kv_free(nex_kv *kv) {
    if (kv != NULL) {
        js_client_clear(&kv->client);
        free(kv->subject);
        free(kv->config);
        free(kv);
    }
}

/* ---- Operations on one key ---------------------------------------------------------------- */

static void destroy(js_op *op) {
    free(((kv_op *)op)->key);
}

static bool key_valid(const char *key) {
    static const char allowed[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-/_=.";
    size_t len = key != NULL ? strlen(key) : 0;
    return len > 0 && strspn(key, allowed) == len && key[0] != '.' && key[len - 1] != '.' &&
           strstr(key, "..") == NULL;
}

/* A new operation on a key, whose callback the caller fills in; sends nothing yet. */
static nex_status begin(nex_kv *kv, const char *doing, const char *key, void *arg, kv_op **out) {
    *out = NULL;
    if (key != NULL && !key_valid(key)) {
        return NEX_EINVAL;
    }
    kv_op *op = js_op_new(&kv->client, sizeof *op, doing, key, destroy);
    if (op == NULL) {
        return NEX_ENOMEM;
    }
    op->arg = arg;
    op->key = key != NULL ? strdup(key) : NULL;
    if (key != NULL && op->key == NULL) {
        js_op_free(&op->op);
        return NEX_ENOMEM;
    }
    *out = op;
    return NEX_OK;
}

static nex_status sent(kv_op *op, nex_status status) {
    if (status != NEX_OK) {
        js_op_free(&op->op);
    }
    return status;
}

static void finish(js_op *base, nex_status status, const nex_error *err) {
    kv_op *op = (kv_op *)base;
    nex_kv_done_cb cb = op->on_done;
    void *arg = op->arg;
    js_op_free(base);
    cb(arg, status, err);
}

nex_status nex_kv_create(nex_kv *kv, nex_kv_done_cb cb, void *arg) {
    kv_op *op;
    nex_status status = begin(kv, "create", NULL, arg, &op);
    if (status != NEX_OK) {
        return status;
    }
    op->on_done = cb;
    return sent(op, js_create_stream(&op->op, kv->config, finish));
}

static void on_published(js_op *op, nex_status status, const json_t *reply, const nex_error *err) {
    (void)reply;
    nex_error missing;
    if (status == NEX_EUNSUPPORTED) { /* nobody stores what is sent to this subject */
        status = nex_error_set(&missing, NEX_ENOTFOUND,
                               "%s: %s: no such bucket, or JetStream is not enabled",
                               op->client->name, op->doing);
        err = &missing;
    }
    finish(op, status, err);
}

static nex_status publish(nex_kv *kv, const char *doing, const char *key, const nex_header *headers,
                          size_t header_count, const void *value, size_t len, nex_kv_done_cb cb,
                          void *arg) {
    kv_op *op;
    nex_status status = begin(kv, doing, key, arg, &op);
    if (status != NEX_OK) {
        return status;
    }
    op->on_done = cb;
    nex_buf subject = NEX_BUF_INIT;
    status = nex_buf_printf(&subject, "%s%s%s", kv->client.direct, kv->subject, key);
    if (status == NEX_OK) {
        nex_msg msg = {.subject = subject.data,
                       .data = value,
                       .len = len,
                       .headers = headers,
                       .header_count = header_count};
        status = js_ask(&op->op, &msg, on_published);
    }
    nex_buf_free(&subject);
    return sent(op, status);
}

nex_status nex_kv_put(nex_kv *kv, const char *key, const void *value, size_t len, nex_kv_done_cb cb,
                      void *arg) {
    return publish(kv, "put", key, NULL, 0, value, len, cb, arg);
}

nex_status nex_kv_delete(nex_kv *kv, const char *key, nex_kv_done_cb cb, void *arg) {
    nex_header header = {"KV-Operation", "DEL"};
    return publish(kv, "delete", key, &header, 1, NULL, 0, cb, arg);
}

nex_status nex_kv_purge(nex_kv *kv, const char *key, nex_kv_done_cb cb, void *arg) {
    nex_header headers[] = {{"KV-Operation", "PURGE"}, {"Nats-Rollup", "sub"}};
    return publish(kv, "purge", key, headers, 2, NULL, 0, cb, arg);
}

static void on_got(js_op *base, nex_status status, const js_last *last, const nex_error *err) {
    kv_op *op = (kv_op *)base;
    nex_error own = *err;
    if (status == NEX_OK && last->deleted) {
        status = nex_error_set(&own, NEX_ENOTFOUND, "%s: %s: it was deleted", base->client->name,
                               base->doing);
    }
    nex_kv_get_cb cb = op->on_get;
    void *arg = op->arg;
    char *key = op->key;
    op->key = NULL;
    js_op_free(base);
    if (status == NEX_OK) {
        nex_kv_entry entry = {
            .key = key, .value = last->data, .len = last->len, .revision = last->sequence};
        cb(arg, NEX_OK, &entry, &own);
    } else {
        cb(arg, status, NULL, &own);
    }
    free(key);
}

nex_status nex_kv_get(nex_kv *kv, const char *key, nex_kv_get_cb cb, void *arg) {
    kv_op *op;
    nex_status status = begin(kv, "get", key, arg, &op);
    if (status != NEX_OK) {
        return status;
    }
    op->on_get = cb;
    nex_buf subject = NEX_BUF_INIT;
    status = nex_buf_printf(&subject, "%s%s", kv->subject, key);
    if (status == NEX_OK) {
        status = js_ask_last(&op->op, subject.data, on_got);
    }
    nex_buf_free(&subject);
    return sent(op, status);
}

/* ---- All keys ----------------------------------------------------------------------------- */

static nex_status on_listed(void *arg, const nex_msg *msg, const js_place *place, nex_error *err) {
    kv_list *list = arg;
    (void)err;
    size_t prefix = strlen(list->kv->subject);
    const char *operation = nex_msg_header(msg, "KV-Operation");
    if (operation == NULL && strncmp(msg->subject, list->kv->subject, prefix) == 0) {
        nex_kv_entry entry = {.key = msg->subject + prefix,
                              .value = msg->data,
                              .len = msg->len,
                              .revision = place->sequence};
        list->on_entry(list->arg, &entry);
    }
    return NEX_OK;
}

static void on_list_end(void *arg, nex_status status, const nex_error *err) {
    kv_list *list = arg;
    list->on_end(list->arg, status, err);
}

nex_status nex_kv_list(nex_kv *kv, nex_kv_entry_cb on_entry, nex_kv_done_cb on_end, void *arg) {
    static const js_reader_fns fns = {on_listed, on_list_end, free};
    kv_list *list = malloc(sizeof *list);
    nex_buf filter = NEX_BUF_INIT;
    if (list == NULL || nex_buf_printf(&filter, "%s>", kv->subject) != NEX_OK) {
        free(list);
        return NEX_ENOMEM;
    }
    *list = (kv_list){kv, on_entry, on_end, arg};
    nex_status status =
        js_reader_start(NULL, &kv->client, "list", NULL, filter.data, true, &fns, list);
    nex_buf_free(&filter);
    return status;
}
