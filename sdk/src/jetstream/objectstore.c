/*
 * Object stores: streams named OBJ_<bucket>, with the chunks of an object on
 * $O.<bucket>.C.<object id> and what is known of it, as JSON, on $O.<bucket>.M.<name in base64>.
 */
#include "jetstream/objectstore.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* ---- Life --------------------------------------------------------------------------------- */

static nex_status make_texts(nex_objectstore *store, const nex_objectstore_options *o) {
    nex_buf config = NEX_BUF_INIT;
    nex_buf meta = NEX_BUF_INIT;
    nex_buf chunks = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&meta, "$O.%s.M.", o->bucket);
    if (status == NEX_OK) {
        status = nex_buf_printf(&chunks, "$O.%s.C.", o->bucket);
    }
    if (status == NEX_OK) {
        status = nex_buf_printf(
            &config,
            "{\"name\":\"%s\",\"subjects\":[\"%s\\u003e\",\"%s\\u003e\"],"
            "\"retention\":\"limits\",\"max_consumers\":-1,\"max_msgs\":-1,\"max_bytes\":%" PRId64
            ",\"discard\":\"new\",\"max_age\":0,\"max_msgs_per_subject\":-1,\"max_msg_size\":-1,"
            "\"storage\":\"%s\",\"num_replicas\":%u,\"duplicate_window\":120000000000,"
            "\"allow_rollup_hdrs\":true,\"allow_direct\":true,\"mirror_direct\":false}",
            store->client.stream, chunks.data, meta.data, o->max_bytes > 0 ? o->max_bytes : -1,
            o->memory ? "memory" : "file", o->replicas > 0 ? o->replicas : 1);
    }
    store->meta = nex_buf_take(&meta);
    store->chunks = nex_buf_take(&chunks);
    store->config = nex_buf_take(&config);
    return status;
}

nex_status nex_objectstore_new(nex_objectstore **out, nex_bus *bus,
                               const nex_objectstore_options *options, nex_error *err) {
    *out = NULL;
    nex_objectstore *store = calloc(1, sizeof *store);
    if (store == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "object store: out of memory");
    }
    nex_status status = js_client_init(&store->client, bus, options->domain, "object store",
                                       options->bucket, "OBJ_", options->timeout, err);
    if (status == NEX_OK) {
        status = make_texts(store, options);
        if (status == NEX_OK) {
            store->bucket = strdup(options->bucket);
            status = store->bucket != NULL ? NEX_OK : NEX_ENOMEM;
        }
        if (status != NEX_OK) {
            nex_error_set(err, status, "object store %s: out of memory", options->bucket);
        }
    }
    if (status != NEX_OK) {
        nex_objectstore_free(store);
        return status;
    }
    *out = store;
    return NEX_OK;
}

void nex_objectstore_free(nex_objectstore *store) {
    if (store != NULL) {
        js_client_clear(&store->client);
        free(store->bucket);
        free(store->meta);
        free(store->chunks);
        free(store->config);
        free(store);
    }
}

/* ---- Operations --------------------------------------------------------------------------- */

void object_op_destroy(js_op *base) {
    object_op *op = (object_op *)base;
    free(op->meta_subject);
    json_decref(op->info);
}

nex_status object_op_init(object_op *op, nex_objectstore *store, const char *name, void *arg) {
    op->store = store;
    op->arg = arg;
    nex_buf subject = NEX_BUF_INIT;
    nex_status status = nex_buf_append_str(&subject, store->meta);
    size_t start = subject.len;
    if (status == NEX_OK) {
        status = nex_base64_encode(name, strlen(name), &subject);
    }
    if (status != NEX_OK) {
        nex_buf_free(&subject);
        return status;
    }
    object_to_base64url(subject.data + start);
    op->meta_subject = nex_buf_take(&subject);
    return NEX_OK;
}

void object_to_base64url(char *text) {
    for (; *text != '\0'; text++) {
        *text = (char)(*text == '+' ? '-' : *text == '/' ? '_' : *text);
    }
}

static nex_status begin(nex_objectstore *store, const char *verb, const char *name, void *arg,
                        object_op **out) {
    *out = NULL;
    if (name == NULL || *name == '\0') {
        return NEX_EINVAL;
    }
    object_op *op = js_op_new(&store->client, sizeof *op, verb, name, object_op_destroy);
    if (op == NULL) {
        return NEX_ENOMEM;
    }
    nex_status status = object_op_init(op, store, name, arg);
    if (status != NEX_OK) {
        js_op_free(&op->op);
        return status;
    }
    *out = op;
    return NEX_OK;
}

static nex_status sent(object_op *op, nex_status status) {
    if (status != NEX_OK) {
        js_op_free(&op->op);
    }
    return status;
}

void object_finish(js_op *base, nex_status status, const nex_error *err) {
    object_op *op = (object_op *)base;
    nex_object_done_cb cb = op->on_done;
    void *arg = op->arg;
    js_op_free(base);
    cb(arg, status, err);
}

nex_status nex_objectstore_create(nex_objectstore *store, nex_object_done_cb cb, void *arg) {
    object_op *op = js_op_new(&store->client, sizeof *op, "create", NULL, object_op_destroy);
    if (op == NULL) {
        return NEX_ENOMEM;
    }
    op->store = store;
    op->arg = arg;
    op->on_done = cb;
    return sent(op, js_create_stream(&op->op, store->config, object_finish));
}

/* ---- What is known of an object ----------------------------------------------------------- */

static json_t *parse_info(const char *text, size_t len) {
    json_error_t error;
    json_t *info = json_loadb(text, len, 0, &error);
    if (!json_is_object(info) || !json_is_string(json_object_get(info, "name")) ||
        !json_is_string(json_object_get(info, "nuid"))) {
        json_decref(info);
        return NULL;
    }
    return info;
}

static void on_fetched(js_op *base, nex_status status, const js_last *last, const nex_error *err) {
    object_op *op = (object_op *)base;
    nex_error own = *err;
    if (status == NEX_OK) {
        op->info = parse_info(last->data, last->len);
        op->modified = last->time;
        if (op->info == NULL) {
            status = nex_error_set(&own, NEX_EIO,
                                   "%s: %s: what is stored of it is not an object with a name "
                                   "and a nuid",
                                   base->client->name, base->doing);
        } else if (json_is_true(json_object_get(op->info, "deleted"))) {
            status = nex_error_set(&own, NEX_ENOTFOUND, "%s: %s: it was deleted",
                                   base->client->name, base->doing);
        }
    }
    op->on_fetched(op, status, &own);
}

nex_status object_fetch(object_op *op, object_fetched_fn fn) {
    op->on_fetched = fn;
    return js_ask_last(&op->op, op->meta_subject, on_fetched);
}

uint64_t object_number(const json_t *info, const char *key) {
    json_int_t value = json_integer_value(json_object_get(info, key));
    return value > 0 ? (uint64_t)value : 0;
}

static nex_object_info read_info(const json_t *json, nex_time modified) {
    const char *description = json_string_value(json_object_get(json, "description"));
    const char *digest = json_string_value(json_object_get(json, "digest"));
    return (nex_object_info){
        .name = json_string_value(json_object_get(json, "name")),
        .description = description != NULL ? description : "",
        .size = object_number(json, "size"),
        .chunks = object_number(json, "chunks"),
        .digest = digest != NULL ? digest : "",
        .modified = modified,
    };
}

static void on_info(object_op *op, nex_status status, const nex_error *err) {
    nex_object_info_cb cb = op->on_info;
    void *arg = op->arg;
    json_t *json = op->info;
    nex_object_info info = read_info(json, op->modified);
    op->info = NULL;
    js_op_free(&op->op);
    cb(arg, status, status == NEX_OK ? &info : NULL, err);
    json_decref(json);
}

nex_status nex_objectstore_info(nex_objectstore *store, const char *name, nex_object_info_cb cb,
                                void *arg) {
    object_op *op;
    nex_status status = begin(store, "info", name, arg, &op);
    if (status != NEX_OK) {
        return status;
    }
    op->on_info = cb;
    return sent(op, object_fetch(op, on_info));
}

/* ---- Delete ------------------------------------------------------------------------------- */

nex_status object_publish_info(object_op *op, const json_t *info, js_reply_fn fn) {
    char *text = json_dumps(info, JSON_COMPACT);
    nex_buf subject = NEX_BUF_INIT;
    nex_status status = NEX_ENOMEM;
    if (text != NULL) {
        status = nex_buf_printf(&subject, "%s%s", op->store->client.direct, op->meta_subject);
    }
    if (status == NEX_OK) {
        nex_header rollup = {"Nats-Rollup", "sub"}; /* replaces what was known before */
        nex_msg msg = {.subject = subject.data,
                       .data = text,
                       .len = strlen(text),
                       .headers = &rollup,
                       .header_count = 1};
        status = js_ask(&op->op, &msg, fn);
    }
    nex_buf_free(&subject);
    free(text);
    return status;
}

static nex_status purge_body(const object_op *op, const char *nuid, nex_buf *out) {
    return nex_buf_printf(out, "{\"filter\":\"%s%s\"}", op->store->chunks, nuid);
}

void object_drop_chunks(object_op *op, const char *nuid) {
    nex_buf body = NEX_BUF_INIT;
    if (js_bucket_valid(nuid) && purge_body(op, nuid, &body) == NEX_OK) {
        js_tell_api(&op->store->client, "STREAM.PURGE", body.data);
    }
    nex_buf_free(&body);
}

static void on_purged(js_op *op, nex_status status, const json_t *reply, const nex_error *err) {
    (void)reply;
    object_finish(op, status, err);
}

static void on_marked(js_op *base, nex_status status, const json_t *reply, const nex_error *err) {
    object_op *op = (object_op *)base;
    (void)reply;
    nex_error own = *err;
    const char *nuid = json_string_value(json_object_get(op->info, "nuid"));
    if (status == NEX_OK && js_bucket_valid(nuid)) {
        nex_buf body = NEX_BUF_INIT;
        status = purge_body(op, nuid, &body);
        if (status == NEX_OK) {
            status = js_ask_api(base, "STREAM.PURGE", body.data, on_purged);
        }
        nex_buf_free(&body);
        if (status == NEX_OK) {
            return;
        }
        js_request_error(base, status, &own);
    }
    object_finish(base, status, &own);
}

static void on_delete(object_op *op, nex_status status, const nex_error *err) {
    nex_error own = *err;
    if (status == NEX_OK) {
        bool ok = json_object_set_new(op->info, "size", json_integer(0)) == 0 &&
                  json_object_set_new(op->info, "chunks", json_integer(0)) == 0 &&
                  json_object_set_new(op->info, "digest", json_string("")) == 0 &&
                  json_object_set_new(op->info, "deleted", json_true()) == 0;
        status = ok ? object_publish_info(op, op->info, on_marked) : NEX_ENOMEM;
        if (status == NEX_OK) {
            return;
        }
        js_request_error(&op->op, status, &own);
    }
    object_finish(&op->op, status, &own);
}

nex_status nex_objectstore_delete(nex_objectstore *store, const char *name, nex_object_done_cb cb,
                                  void *arg) {
    object_op *op;
    nex_status status = begin(store, "delete", name, arg, &op);
    if (status != NEX_OK) {
        return status;
    }
    op->on_done = cb;
    return sent(op, object_fetch(op, on_delete));
}

/* ---- List --------------------------------------------------------------------------------- */

typedef struct object_list {
    nex_object_each_cb on_each;
    nex_object_done_cb on_end;
    void *arg;
} object_list;

static nex_status on_listed(void *arg, const nex_msg *msg, const js_place *place, nex_error *err) {
    object_list *list = arg;
    (void)err;
    json_t *json = parse_info(msg->data, msg->len);
    if (json != NULL && !json_is_true(json_object_get(json, "deleted"))) {
        nex_object_info info = read_info(json, place->time);
        list->on_each(list->arg, &info);
    }
    json_decref(json);
    return NEX_OK;
}

static void on_list_end(void *arg, nex_status status, const nex_error *err) {
    object_list *list = arg;
    list->on_end(list->arg, status, err);
}

nex_status nex_objectstore_list(nex_objectstore *store, nex_object_each_cb on_each,
                                nex_object_done_cb on_end, void *arg) {
    static const js_reader_fns fns = {on_listed, on_list_end, free};
    object_list *list = malloc(sizeof *list);
    nex_buf filter = NEX_BUF_INIT;
    if (list == NULL || nex_buf_printf(&filter, "%s>", store->meta) != NEX_OK) {
        free(list);
        return NEX_ENOMEM;
    }
    *list = (object_list){on_each, on_end, arg};
    nex_status status =
        js_reader_start(NULL, &store->client, "list", NULL, filter.data, true, &fns, list);
    nex_buf_free(&filter);
    return status;
}
