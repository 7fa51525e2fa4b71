/*
 * native/artifact_cache.h - files by the SHA-256 of their content.
 */
#ifndef NATIVE_ARTIFACT_CACHE_H
#define NATIVE_ARTIFACT_CACHE_H

#include "native/artifact.h"

#include <sodium.h>

/** A file on its way into the cache. */
typedef struct native_incoming {
    int cache; /* directory */
    int fd;    /* -1: none */
    char name[40];
    crypto_hash_sha256_state hash;
} native_incoming;

/** Opens a new file in a cache directory. */
nex_status native_incoming_open(native_incoming *in, const char *cache, nex_error *err);
nex_status native_incoming_write(native_incoming *in, const void *data, size_t len, nex_error *err);
/** Checks the digest (sha256 NULL: any) and gives the file its name, hex, in the cache. */
nex_status native_incoming_finish(native_incoming *in, const char *sha256,
                                  char hex[NATIVE_SHA256_HEX_SIZE], nex_error *err);
/** Drops what did not come to an end; safe after finish. */
void native_incoming_close(native_incoming *in);

/**
 * Copies a cached file to target and checks it on the way, since whoever got a copy may be able
 * to write in the cache too. NEX_ENOTFOUND when it is not in the cache, or no longer what it was
 * (and removed).
 */
nex_status native_cache_copy(const char *cache, const char *sha256, const char *target,
                             nex_error *err);
/** Removes what fetches that never came to an end have left; none may be under way. */
void native_cache_sweep(const char *cache);
/** Removes the files used longest ago until the cache is no larger than so many bytes. */
void native_cache_clean(const char *cache, uint64_t bytes);
/** The hex text of a NATS object's digest ("SHA-256=<base64url>"); false: it is none. */
bool native_digest_hex(const char *digest, char out[NATIVE_SHA256_HEX_SIZE]);

#endif
