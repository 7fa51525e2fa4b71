/*
 * Siblings
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 2c136e8c9873f37c); do not edit.
 */
#ifndef SIBLINGS_H
#define SIBLINGS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct siblings siblings;

/** Siblings */
struct siblings {
    /** Another description. Optional. At least 1 character. Default: "x". */
    char *a;
    /** Some text. Optional. At least 1 character. At most 3 characters. */
    char *b;
};

extern const nex_type siblings_type;
extern const nex_type siblings_text_value_type;

const char *siblings_a_or_default(const siblings *message);

/** A zeroed message; NULL when out of memory. */
siblings *siblings_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status siblings_decode(siblings **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status siblings_decode_strict(siblings **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status siblings_encode(const siblings *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status siblings_validate(const siblings *message, nex_error *err);
nex_status siblings_clone(const siblings *message, siblings **out);
bool siblings_equal(const siblings *a, const siblings *b);
nex_status siblings_to_json(const siblings *message, json_t **out);
nex_status siblings_from_json(siblings **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void siblings_free(siblings *message);

#ifdef __cplusplus
}
#endif

#endif
