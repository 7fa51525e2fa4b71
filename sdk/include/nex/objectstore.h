/*
 * nex/objectstore.h - JetStream object stores on a bus (ADR-20): named objects of any size, kept
 * in chunks and checked by their SHA-256 digest.
 *
 * Every operation returns at once; its callbacks run later on the loop, the last one exactly
 * once, unless the nex_objectstore is freed before. A call that does not return NEX_OK runs no
 * callback. What callbacks are given is valid during them only.
 *
 * Reading publishes to $JS.API.STREAM.INFO.OBJ_<bucket>, $JS.API.DIRECT.GET.OBJ_<bucket>.$O.>,
 * $JS.API.CONSUMER.CREATE.OBJ_<bucket>.*.$O.> and, for objects above 2 MiB, $JS.FC.OBJ_<bucket>.>;
 * all answers come to the bus's inbox.
 */
#ifndef NEX_OBJECTSTORE_H
#define NEX_OBJECTSTORE_H

#include <nex/bus.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_objectstore nex_objectstore;

typedef struct nex_objectstore_options {
    const char *bucket;   /**< letters, digits, - and _ */
    const char *domain;   /**< JetStream domain; NULL: the server's own */
    nex_duration timeout; /**< of each request, and between two chunks; default 5 s */
    int64_t max_bytes;    /**< of the whole store; 0: no limit */
    unsigned replicas;    /**< default 1 */
    bool memory;          /**< kept in memory, not in files */
} nex_objectstore_options;

typedef struct nex_object_info {
    const char *name;
    const char *description; /**< "" when there is none */
    uint64_t size;
    uint64_t chunks;
    const char *digest; /**< "SHA-256=<base64url>" */
    nex_time modified;
} nex_object_info;

/** The end of an operation. err is never NULL; its message is empty on NEX_OK. */
typedef void (*nex_object_done_cb)(void *arg, nex_status status, const nex_error *err);
/** What is known of an object; info is NULL unless status is NEX_OK. */
typedef void (*nex_object_info_cb)(void *arg, nex_status status, const nex_object_info *info,
                                   const nex_error *err);
typedef void (*nex_object_each_cb)(void *arg, const nex_object_info *info);
/**
 * The next piece of an object, in order. Another status than NEX_OK (with *err filled in) ends
 * the operation with that status.
 */
typedef nex_status (*nex_object_chunk_cb)(void *arg, const void *data, size_t len,
                                          nex_error *err);
/** Fills buf with the next bytes and sets *len; 0 is the end. Another status gives up. */
typedef nex_status (*nex_object_read_fn)(void *arg, void *buf, size_t size, size_t *len,
                                         nex_error *err);

/** Makes a handle; nothing is sent. It must be freed before its bus is closed. */
NEX_API nex_status nex_objectstore_new(nex_objectstore **out, nex_bus *bus,
                                       const nex_objectstore_options *options, nex_error *err);
/** Ends all operations, whose callbacks run no more. Allowed in them. NULL is fine. */
NEX_API void nex_objectstore_free(nex_objectstore *store);

/** Makes the store unless it exists (an existing one is taken as it is). */
NEX_API nex_status nex_objectstore_create(nex_objectstore *store, nex_object_done_cb cb,
                                          void *arg);
/** NEX_ENOTFOUND: no such object, or no such store. */
NEX_API nex_status nex_objectstore_info(nex_objectstore *store, const char *name,
                                        nex_object_info_cb cb, void *arg);
/**
 * Gives an object to on_chunk, piece by piece. Ends with NEX_OK only when the size and the
 * digest were right: what was received must not be used before.
 */
NEX_API nex_status nex_objectstore_get(nex_objectstore *store, const char *name,
                                       nex_object_chunk_cb on_chunk, nex_object_done_cb on_end,
                                       void *arg);
/** Stores what `read` gives, in place of an object of that name if there is one. */
NEX_API nex_status nex_objectstore_put(nex_objectstore *store, const char *name,
                                       const char *description, nex_object_read_fn read,
                                       nex_object_done_cb on_end, void *arg);
NEX_API nex_status nex_objectstore_delete(nex_objectstore *store, const char *name,
                                          nex_object_done_cb cb, void *arg);
/** Gives each object to on_each, then ends. */
NEX_API nex_status nex_objectstore_list(nex_objectstore *store, nex_object_each_cb on_each,
                                        nex_object_done_cb on_end, void *arg);

#ifdef __cplusplus
}
#endif

#endif
