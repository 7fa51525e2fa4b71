/*
 * Dynamic
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 d4d80a6dccc65df7); do not edit.
 */
#ifndef DYNAMIC_H
#define DYNAMIC_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dynamic dynamic;

/** Dynamic */
struct dynamic {
    /** Optional. */
    json_t *any;
    /** Optional. */
    json_t *yes;
    /** Optional. */
    json_t *never;
    /** Optional. */
    json_t *not_text;
};

extern const nex_type dynamic_type;

/** A zeroed message; NULL when out of memory. */
dynamic *dynamic_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status dynamic_decode(dynamic **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status dynamic_decode_strict(dynamic **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status dynamic_encode(const dynamic *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status dynamic_validate(const dynamic *message, nex_error *err);
nex_status dynamic_clone(const dynamic *message, dynamic **out);
bool dynamic_equal(const dynamic *a, const dynamic *b);
nex_status dynamic_to_json(const dynamic *message, json_t **out);
nex_status dynamic_from_json(dynamic **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void dynamic_free(dynamic *message);

#ifdef __cplusplus
}
#endif

#endif
