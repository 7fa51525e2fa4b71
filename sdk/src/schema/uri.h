/*
 * URI references taken apart and resolved (RFC 3986).
 */
#ifndef SCHEMA_URI_H
#define SCHEMA_URI_H

#include <nex/core.h>

typedef struct nex_span {
    const char *text; /**< NULL: the component is absent */
    size_t len;
} nex_span;

typedef struct nex_uri {
    nex_span scheme, authority, path, query, fragment;
} nex_uri;

/** Splits any text; path is never absent. */
nex_uri nex_uri_split(const char *text, size_t len);

/** Appends a reference resolved against a base, without its fragment. */
nex_status nex_uri_resolve(const char *base, size_t base_len, const char *ref, size_t ref_len,
                           nex_buf *out);

/** Appends a fragment with its %XX taken out; NEX_EINVAL when one is broken. */
nex_status nex_uri_unescape(nex_span fragment, nex_buf *out);

#endif
