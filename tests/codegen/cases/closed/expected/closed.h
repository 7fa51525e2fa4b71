/*
 * Closed
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 58e8284ec3ac1fa9); do not edit.
 */
#ifndef CLOSED_H
#define CLOSED_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct closed closed;
typedef struct closed_inner closed_inner;

/** Closed */
struct closed {
    /** Optional. */
    char *a;
    /** Optional. */
    closed_inner *inner;
};

struct closed_inner {
    /** Optional. */
    char *b;
};

extern const nex_type closed_type;
extern const nex_type closed_inner_type;

/** A zeroed message; NULL when out of memory. */
closed *closed_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status closed_decode(closed **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status closed_decode_strict(closed **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status closed_encode(const closed *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status closed_validate(const closed *message, nex_error *err);
nex_status closed_clone(const closed *message, closed **out);
bool closed_equal(const closed *a, const closed *b);
nex_status closed_to_json(const closed *message, json_t **out);
nex_status closed_from_json(closed **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void closed_free(closed *message);

#ifdef __cplusplus
}
#endif

#endif
