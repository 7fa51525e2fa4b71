/*
 * native/artifact_web.h - fetching by https.
 */
#ifndef NATIVE_ARTIFACT_WEB_H
#define NATIVE_ARTIFACT_WEB_H

#include "native/artifact_cache.h"

#include <stdatomic.h>

/** What a thread has fetched, for others to read. */
typedef struct native_counter {
    atomic_uint_fast64_t bytes;
    atomic_uint_fast64_t total; /* 0: not known */
} native_counter;

/** Fetches a URL into a file; waits, so it runs on a thread of its own. Trusts what SSL_CERT_FILE
 * names, if that is set, else what libcurl was built to trust. */
nex_status native_web_get(const char *url, native_incoming *to, native_counter *counter,
                          const atomic_bool *canceled, nex_error *err);

#endif
