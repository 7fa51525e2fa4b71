/* jetstream/objectstore.h - the inside of an object store. */
#ifndef NEX_JETSTREAM_OBJECTSTORE_H
#define NEX_JETSTREAM_OBJECTSTORE_H

#include <nex/objectstore.h>

#include "jetstream/client.h"
#include "jetstream/reader.h"

#include <sodium.h>

enum {
    OBJECT_CHUNK_SIZE = 128 * 1024,
    OBJECT_DIGEST_SIZE = 64 /* room for "SHA-256=", 44 characters of base64 and a NUL */
};

struct nex_objectstore {
    js_client client;
    char *bucket;
    char *meta;   /**< "$O.<bucket>.M." */
    char *chunks; /**< "$O.<bucket>.C." */
    char *config; /**< how to make the stream */
};

typedef struct object_op object_op;
typedef void (*object_fetched_fn)(object_op *op, nex_status status, const nex_error *err);

struct object_op {
    js_op op;
    nex_objectstore *store;
    nex_object_done_cb on_done;
    nex_object_info_cb on_info;
    nex_object_chunk_cb on_chunk;
    void *arg;
    char *meta_subject;
    object_fetched_fn on_fetched;
    json_t *info; /**< what is stored of the object; NULL before object_fetch */
    nex_time modified;
};

nex_status object_op_init(object_op *op, nex_objectstore *store, const char *name, void *arg);
void object_op_destroy(js_op *base);
/** Ends the operation through on_done. */
void object_finish(js_op *base, nex_status status, const nex_error *err);

/** Reads op->info; NEX_ENOTFOUND (with op->info, if it was deleted) when there is no object. */
nex_status object_fetch(object_op *op, object_fetched_fn fn);
nex_status object_publish_info(object_op *op, const json_t *info, js_reply_fn fn);
/** Lets JetStream drop the chunks of an object id; nobody waits for it. */
void object_drop_chunks(object_op *op, const char *nuid);

uint64_t object_number(const json_t *info, const char *key);
/** Turns base64 into its form for URLs, in place. */
void object_to_base64url(char *text);
/** The text of a finished digest. */
nex_status object_digest(crypto_hash_sha256_state *state, char out[OBJECT_DIGEST_SIZE]);

#endif
