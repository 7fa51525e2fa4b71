/*
 * Alias
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 3acb5129f9dbb5a0); do not edit.
 */
#ifndef ALIAS_H
#define ALIAS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct alias alias;
typedef struct alias_real alias_real;

/** Alias */
struct alias {
    int64_t x;
    /** Real. Optional. */
    alias_real *again;
};

/** Real */
struct alias_real {
    int64_t x;
    /** Real. Optional. */
    alias_real *again;
};

extern const nex_type alias_type;
extern const nex_type alias_real_type;

/** A zeroed message; NULL when out of memory. */
alias *alias_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status alias_decode(alias **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status alias_decode_strict(alias **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status alias_encode(const alias *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status alias_validate(const alias *message, nex_error *err);
nex_status alias_clone(const alias *message, alias **out);
bool alias_equal(const alias *a, const alias *b);
nex_status alias_to_json(const alias *message, json_t **out);
nex_status alias_from_json(alias **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void alias_free(alias *message);

#ifdef __cplusplus
}
#endif

#endif
