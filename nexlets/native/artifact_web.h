/*
 * native/artifact_web.h - fetching by https.
 */
#ifndef NATIVE_ARTIFACT_WEB_H
#define NATIVE_ARTIFACT_WEB_H

#include "native/artifact_cache.h"

#include <stdatomic.h>

/** Fetches a URL into a file; waits, so it runs on a thread of its own. */
nex_status native_web_get(const char *url, native_incoming *to, const atomic_bool *canceled,
                          nex_error *err);

#endif
