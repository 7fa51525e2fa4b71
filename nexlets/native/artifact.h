/*
 * native/artifact.h - programs that are fetched before they run.
 *
 * What was fetched lies in a cache by its SHA-256; each workload has a copy of its own in its
 * directory, which no other can change and which stays when the cache is cleaned.
 */
#ifndef NATIVE_ARTIFACT_H
#define NATIVE_ARTIFACT_H

#include <nex/agent.h>
#include <nex/core.h>

enum { NATIVE_SHA256_HEX_SIZE = 65 };

typedef enum native_artifact_kind {
    NATIVE_ARTIFACT_FILE,
    NATIVE_ARTIFACT_NATS,
    NATIVE_ARTIFACT_HTTPS
} native_artifact_kind;

native_artifact_kind native_artifact_kind_of(const char *uri);
/** The object store and object that a nats:// URI names. Free both. */
nex_status native_artifact_object(const char *uri, char **bucket, char **object, nex_error *err);

typedef struct native_fetch native_fetch;

/** The end of a fetch: the file lies at `target`, or err says why not. It is freed afterwards. */
typedef void (*native_fetch_cb)(void *arg, nex_status status, const nex_error *err);

typedef struct native_fetch_options {
    nex_loop *loop;
    nex_bus *bus;         /**< for nats:// */
    const char *uri;      /**< file: a path */
    const char *sha256;   /**< lower-case hex; NULL: any content */
    const char *cache;    /**< directory, made if it does not exist */
    uint64_t cache_bytes; /**< no more are left in it when nothing is under way; 0: any number */
    const char *target;   /**< where the file is put */
    size_t *busy;         /**< counts fetches that a thread works on; the loop must outlive them */
} native_fetch_options;

/** Fetches a file, checks it, and copies it to its target. cb runs once, later. */
nex_status native_fetch_start(native_fetch **out, const native_fetch_options *options,
                              native_fetch_cb cb, void *arg, nex_error *err);
/** How many bytes have come, and how many there are (0: not known). */
void native_fetch_count(const native_fetch *fetch, uint64_t *bytes, uint64_t *total);
/** Its callback runs no more. NULL is fine. */
void native_fetch_cancel(native_fetch *fetch);

#endif
