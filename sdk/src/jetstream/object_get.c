/* Reading an object: what is known of it, then its chunks through a consumer. */
#include "jetstream/objectstore.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct object_get {
    nex_object_chunk_cb on_chunk;
    nex_object_done_cb on_end;
    void *arg;
    char *doing; /**< for messages */
    uint64_t size;
    uint64_t received;
    char digest[OBJECT_DIGEST_SIZE];
    crypto_hash_sha256_state hash;
} object_get;

nex_status object_digest(crypto_hash_sha256_state *state, char out[OBJECT_DIGEST_SIZE]) {
    unsigned char hash[crypto_hash_sha256_BYTES];
    crypto_hash_sha256_final(state, hash);
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_base64_encode(hash, sizeof hash, &text);
    if (status == NEX_OK) {
        object_to_base64url(text.data);
        snprintf(out, OBJECT_DIGEST_SIZE, "SHA-256=%s", text.data);
    }
    nex_buf_free(&text);
    return status;
}

static void release(void *arg) {
    object_get *get = arg;
    free(get->doing);
    free(get);
}

/* Without padding: not every writer of digests puts it. */
static bool same_digest(const char *a, const char *b) {
    size_t len = strcspn(a + 8, "=") + 8;
    return strncmp(a, b, len) == 0 && strcspn(b + 8, "=") + 8 == len;
}

static nex_status check(object_get *get, nex_error *err) {
    char digest[OBJECT_DIGEST_SIZE];
    if (get->received != get->size) {
        return nex_error_set(err, NEX_EIO, "%s: got %" PRIu64 " bytes, wanted %" PRIu64, get->doing,
                             get->received, get->size);
    }
    nex_status status = object_digest(&get->hash, digest);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "%s: out of memory", get->doing);
    }
    if (strncmp(get->digest, "SHA-256=", 8) != 0 || !same_digest(get->digest, digest)) {
        return nex_error_set(err, NEX_EIO, "%s: its digest is %s, wanted %s", get->doing, digest,
                             get->digest);
    }
    nex_error_clear(err);
    return NEX_OK;
}

static nex_status on_chunk(void *arg, const nex_msg *msg, const js_place *place, nex_error *err) {
    object_get *get = arg;
    (void)place;
    if (msg->len > get->size - get->received) {
        return nex_error_set(err, NEX_EIO, "%s: got more than its %" PRIu64 " bytes", get->doing,
                             get->size);
    }
    get->received += msg->len;
    crypto_hash_sha256_update(&get->hash, msg->data, msg->len);
    return get->on_chunk(get->arg, msg->data, msg->len, err);
}

static void on_end(void *arg, nex_status status, const nex_error *err) {
    object_get *get = arg;
    nex_error own = *err;
    if (status == NEX_OK) {
        status = check(get, &own);
    }
    get->on_end(get->arg, status, &own);
}

static object_get *make_get(const object_op *op) {
    object_get *get = calloc(1, sizeof *get);
    nex_buf doing = NEX_BUF_INIT;
    if (get == NULL ||
        nex_buf_printf(&doing, "%s: %s", op->store->client.name, op->op.doing) != NEX_OK) {
        free(get);
        return NULL;
    }
    const char *digest = json_string_value(json_object_get(op->info, "digest"));
    get->on_chunk = op->on_chunk;
    get->on_end = op->on_done;
    get->arg = op->arg;
    get->doing = nex_buf_take(&doing);
    get->size = object_number(op->info, "size");
    snprintf(get->digest, sizeof get->digest, "%s", digest != NULL ? digest : "");
    crypto_hash_sha256_init(&get->hash);
    return get;
}

static nex_status read_chunks(object_op *op, object_get *get, const char *nuid) {
    static const js_reader_fns fns = {on_chunk, on_end, release};
    nex_buf filter = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&filter, "%s%s", op->store->chunks, nuid);
    if (status != NEX_OK) {
        release(get);
        return status;
    }
    status = js_reader_start(NULL, &op->store->client, op->op.doing, NULL, filter.data, false, &fns,
                             get);
    nex_buf_free(&filter);
    return status;
}

static void on_fetched(object_op *op, nex_status status, const nex_error *err) {
    nex_error own = *err;
    const char *nuid = json_string_value(json_object_get(op->info, "nuid"));
    const json_t *options = json_object_get(op->info, "options");
    if (status == NEX_OK && json_object_get(options, "link") != NULL) {
        status =
            nex_error_set(&own, NEX_EUNSUPPORTED, "%s: %s: it is a link, which is not supported",
                          op->store->client.name, op->op.doing);
    }
    if (status == NEX_OK && !js_bucket_valid(nuid)) {
        status = nex_error_set(&own, NEX_EIO, "%s: %s: its nuid is not a word",
                               op->store->client.name, op->op.doing);
    }
    object_get *get = NULL;
    if (status == NEX_OK) {
        get = make_get(op);
        status = get != NULL ? NEX_OK : js_request_error(&op->op, NEX_ENOMEM, &own);
    }
    if (status == NEX_OK && get->size > 0) {
        status = read_chunks(op, get, nuid);
        if (status == NEX_OK) {
            js_op_free(&op->op); /* the reader goes on alone */
            return;
        }
        js_request_error(&op->op, status, &own);
    } else if (status == NEX_OK) {
        status = check(get, &own);
        release(get);
    }
    object_finish(&op->op, status, &own);
}

nex_status nex_objectstore_get(nex_objectstore *store, const char *name,
                               nex_object_chunk_cb chunk_cb, nex_object_done_cb end_cb, void *arg) {
    if (name == NULL || *name == '\0') {
        return NEX_EINVAL;
    }
    object_op *op = js_op_new(&store->client, sizeof *op, "get", name, object_op_destroy);
    if (op == NULL) {
        return NEX_ENOMEM;
    }
    op->on_chunk = chunk_cb;
    op->on_done = end_cb;
    nex_status status = object_op_init(op, store, name, arg);
    if (status == NEX_OK) {
        status = object_fetch(op, on_fetched);
    }
    if (status != NEX_OK) {
        js_op_free(&op->op);
    }
    return status;
}
