/*
 * Merged
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 72fd09749e33e8da); do not edit.
 */
#ifndef MERGED_H
#define MERGED_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct merged merged;

/** Merged */
struct merged {
    /** At least 0. At most 200. */
    int64_t age;
    /** At least 1 character. At most 5 characters. */
    char *name;
};

extern const nex_type merged_type;

/** A zeroed message; NULL when out of memory. */
merged *merged_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status merged_decode(merged **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status merged_decode_strict(merged **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status merged_encode(const merged *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status merged_validate(const merged *message, nex_error *err);
nex_status merged_clone(const merged *message, merged **out);
bool merged_equal(const merged *a, const merged *b);
nex_status merged_to_json(const merged *message, json_t **out);
nex_status merged_from_json(merged **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void merged_free(merged *message);

#ifdef __cplusplus
}
#endif

#endif
