/*
 * nex/kv.h - JetStream key-value buckets on a bus.
 *
 * Every operation is a request: it returns at once, and its callback runs later on the loop,
 * exactly once, unless the nex_kv is freed before. A call that does not return NEX_OK runs no
 * callback. The error given to a callback says what failed; it and the entry are valid during
 * the callback only.
 *
 * It publishes to $KV.<bucket>.>, $JS.API.STREAM.CREATE and STREAM.INFO.KV_<bucket>,
 * $JS.API.DIRECT.GET and CONSUMER.CREATE.KV_<bucket>.>, and $JS.FC.KV_<bucket>.>; all answers come
 * to the bus's inbox.
 */
#ifndef NEX_KV_H
#define NEX_KV_H

#include <nex/bus.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_kv nex_kv;

/** How to reach a bucket and, for nex_kv_create, how to make it. Texts are copied. */
typedef struct nex_kv_options {
    const char *bucket;    /**< letters, digits, - and _ */
    const char *domain;    /**< JetStream domain; NULL: the server's own */
    nex_duration timeout;  /**< of each request; default 5 s */
    unsigned history;      /**< values kept a key; default 1 */
    size_t max_value_size; /**< 0: no limit */
    int64_t max_bytes;     /**< of the whole bucket; 0: no limit */
    unsigned replicas;     /**< default 1 */
    bool memory;           /**< kept in memory, not in files */
} nex_kv_options;

typedef struct nex_kv_entry {
    const char *key;
    const void *value;
    size_t len;
    uint64_t revision;
} nex_kv_entry;

/** The end of an operation. err is never NULL; its message is empty on NEX_OK. */
typedef void (*nex_kv_done_cb)(void *arg, nex_status status, const nex_error *err);
/** A value, or why there is none (NEX_ENOTFOUND: no such key; entry is NULL then). */
typedef void (*nex_kv_get_cb)(void *arg, nex_status status, const nex_kv_entry *entry,
                              const nex_error *err);
typedef void (*nex_kv_entry_cb)(void *arg, const nex_kv_entry *entry);

/** Makes a handle; nothing is sent. It must be freed before its bus is closed. */
NEX_API nex_status nex_kv_new(nex_kv **out, nex_bus *bus, const nex_kv_options *options,
                              nex_error *err);
/** Ends all operations, whose callbacks run no more. Allowed in them. NULL is fine. */
NEX_API void nex_kv_free(nex_kv *kv);

/**
 * Makes the bucket unless it exists (an existing one is taken as it is). NEX_EUNSUPPORTED:
 * JetStream is not enabled for this account.
 */
NEX_API nex_status nex_kv_create(nex_kv *kv, nex_kv_done_cb cb, void *arg);
/** Keys are made of letters, digits and - / _ = . (no dot at the ends). */
NEX_API nex_status nex_kv_get(nex_kv *kv, const char *key, nex_kv_get_cb cb, void *arg);
NEX_API nex_status nex_kv_put(nex_kv *kv, const char *key, const void *value, size_t len,
                              nex_kv_done_cb cb, void *arg);
/** Marks a key as deleted; its history stays. */
NEX_API nex_status nex_kv_delete(nex_kv *kv, const char *key, nex_kv_done_cb cb, void *arg);
/** Deletes a key and its history. A key that does not exist is no error. */
NEX_API nex_status nex_kv_purge(nex_kv *kv, const char *key, nex_kv_done_cb cb, void *arg);
/** Gives each key with its last value to on_entry, then ends. */
NEX_API nex_status nex_kv_list(nex_kv *kv, nex_kv_entry_cb on_entry, nex_kv_done_cb on_end,
                               void *arg);

#ifdef __cplusplus
}
#endif

#endif
