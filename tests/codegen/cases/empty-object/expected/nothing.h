/*
 * Nothing
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 b2f4bcca94c0fb36); do not edit.
 */
#ifndef NOTHING_H
#define NOTHING_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nothing nothing;

/** Nothing */
struct nothing {
    char unused_; /**< C has no empty structs */
};

extern const nex_type nothing_type;

/** A zeroed message; NULL when out of memory. */
nothing *nothing_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status nothing_decode(nothing **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status nothing_decode_strict(nothing **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status nothing_encode(const nothing *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status nothing_validate(const nothing *message, nex_error *err);
nex_status nothing_clone(const nothing *message, nothing **out);
bool nothing_equal(const nothing *a, const nothing *b);
nex_status nothing_to_json(const nothing *message, json_t **out);
nex_status nothing_from_json(nothing **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void nothing_free(nothing *message);

#ifdef __cplusplus
}
#endif

#endif
