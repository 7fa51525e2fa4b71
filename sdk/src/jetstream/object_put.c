/* Storing an object: its chunks one by one, then what is known of it, then away with the old. */
#include "jetstream/objectstore.h"

#include <stdlib.h>
#include <string.h>

typedef struct object_put {
    object_op base;
    nex_object_read_fn read;
    char *name;
    char *description;
    char *chunk_subject;
    char *old_nuid; /**< of the object that this one replaces */
    char nuid[NEX_ID_SIZE];
    uint64_t size;
    uint64_t chunks;
    bool stored; /**< the chunks belong to an object now */
    crypto_hash_sha256_state hash;
    uint8_t *buffer;
} object_put;

static void destroy(js_op *op) {
    object_put *put = (object_put *)op;
    if (put->chunks > 0 && !put->stored) {
        object_drop_chunks(&put->base, put->nuid);
    }
    free(put->name);
    free(put->description);
    free(put->chunk_subject);
    free(put->old_nuid);
    free(put->buffer);
    object_op_destroy(op);
}

static void fail(object_put *put, nex_status status) {
    nex_error err;
    js_request_error(&put->base.op, status, &err);
    object_finish(&put->base.op, status, &err);
}

static void on_stored(js_op *op, nex_status status, const json_t *reply, const nex_error *err) {
    object_put *put = (object_put *)op;
    (void)reply;
    if (status == NEX_OK) {
        put->stored = true;
        if (put->old_nuid != NULL) {
            object_drop_chunks(&put->base, put->old_nuid);
        }
    }
    object_finish(op, status, err);
}

static void store_info(object_put *put) {
    char digest[OBJECT_DIGEST_SIZE];
    nex_status status = object_digest(&put->hash, digest);
    if (status != NEX_OK) {
        fail(put, status);
        return;
    }
    json_t *info = json_pack(
        "{s:s, s:s*, s:{s:i}, s:s, s:s, s:I, s:s, s:I, s:s}", "name", put->name, "description",
        put->description, "options", "max_chunk_size", (int)OBJECT_CHUNK_SIZE, "bucket",
        put->base.store->bucket, "nuid", put->nuid, "size", (json_int_t)put->size, "mtime",
        "0001-01-01T00:00:00Z", "chunks", (json_int_t)put->chunks, "digest", digest);
    status = info != NULL ? object_publish_info(&put->base, info, on_stored) : NEX_EINVAL;
    json_decref(info);
    if (status != NEX_OK) {
        fail(put, status);
    }
}

static void next_chunk(object_put *put);

static void on_chunk_stored(js_op *op, nex_status status, const json_t *reply,
                            const nex_error *err) {
    (void)reply;
    nex_error own = *err;
    if (status == NEX_OK) {
        next_chunk((object_put *)op);
        return;
    }
    if (status == NEX_EUNSUPPORTED) { /* nobody stores what is sent to this subject */
        status =
            nex_error_set(&own, NEX_ENOTFOUND, "%s: %s: no such store, or JetStream is not enabled",
                          op->client->name, op->doing);
    }
    object_finish(op, status, &own);
}

/* A chunk as long as it can be, from a source that may give less at a time. */
static nex_status fill(object_put *put, size_t *len, nex_error *err) {
    *len = 0;
    while (*len < OBJECT_CHUNK_SIZE) {
        size_t got = 0;
        nex_error_clear(err);
        nex_status status =
            put->read(put->base.arg, put->buffer + *len, OBJECT_CHUNK_SIZE - *len, &got, err);
        if (status != NEX_OK) {
            return status;
        }
        if (got == 0) {
            return NEX_OK;
        }
        *len += got < OBJECT_CHUNK_SIZE - *len ? got : OBJECT_CHUNK_SIZE - *len;
    }
    return NEX_OK;
}

static void next_chunk(object_put *put) {
    size_t len;
    nex_error err;
    nex_status status = fill(put, &len, &err);
    if (status != NEX_OK) {
        object_finish(&put->base.op, status, &err);
        return;
    }
    if (len == 0) {
        store_info(put);
        return;
    }
    crypto_hash_sha256_update(&put->hash, put->buffer, len);
    put->size += len;
    put->chunks++;
    nex_msg msg = {.subject = put->chunk_subject, .data = put->buffer, .len = len};
    status = js_ask(&put->base.op, &msg, on_chunk_stored);
    if (status != NEX_OK) {
        fail(put, status);
    }
}

static void on_fetched(object_op *op, nex_status status, const nex_error *err) {
    object_put *put = (object_put *)op;
    const char *nuid = json_string_value(json_object_get(op->info, "nuid"));
    if (status != NEX_OK && status != NEX_ENOTFOUND) {
        object_finish(&op->op, status, err);
        return;
    }
    if (status == NEX_OK) {
        put->old_nuid = strdup(nuid);
        if (put->old_nuid == NULL) {
            fail(put, NEX_ENOMEM);
            return;
        }
    }
    next_chunk(put);
}

static nex_status prepare(object_put *put, nex_objectstore *store, const char *name,
                          const char *description, void *arg) {
    nex_status status = object_op_init(&put->base, store, name, arg);
    if (status != NEX_OK) {
        return status;
    }
    nex_loop_id(nex_bus_loop(store->client.bus), put->nuid);
    crypto_hash_sha256_init(&put->hash);
    put->name = strdup(name);
    put->buffer = malloc(OBJECT_CHUNK_SIZE);
    if (put->name == NULL || put->buffer == NULL) {
        return NEX_ENOMEM;
    }
    if (description != NULL && *description != '\0') {
        put->description = strdup(description);
        if (put->description == NULL) {
            return NEX_ENOMEM;
        }
    }
    nex_buf subject = NEX_BUF_INIT;
    status = nex_buf_printf(&subject, "%s%s%s", store->client.direct, store->chunks, put->nuid);
    put->chunk_subject = nex_buf_take(&subject);
    return status;
}

nex_status nex_objectstore_put(nex_objectstore *store, const char *name, const char *description,
                               nex_object_read_fn read, nex_object_done_cb on_end, void *arg) {
    if (name == NULL || *name == '\0') {
        return NEX_EINVAL;
    }
    object_put *put = js_op_new(&store->client, sizeof *put, "put", name, destroy);
    if (put == NULL) {
        return NEX_ENOMEM;
    }
    put->read = read;
    put->base.on_done = on_end;
    nex_status status = prepare(put, store, name, description, arg);
    if (status == NEX_OK) {
        status = object_fetch(&put->base, on_fetched);
    }
    if (status != NEX_OK) {
        js_op_free(&put->base.op);
    }
    return status;
}
