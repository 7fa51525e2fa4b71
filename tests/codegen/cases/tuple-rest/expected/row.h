/*
 * A tuple with further items has no C shape: a json_t that is still checked.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 337a59f99db32080); do not edit.
 */
#ifndef ROW_H
#define ROW_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 1
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct row row;

/** A tuple with further items has no C shape: a json_t that is still checked. */
struct row {
    json_t *row_value;
};

extern const nex_type row_type;

/** A zeroed message; NULL when out of memory. */
row *row_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status row_decode(row **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status row_decode_strict(row **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status row_encode(const row *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status row_validate(const row *message, nex_error *err);
nex_status row_clone(const row *message, row **out);
bool row_equal(const row *a, const row *b);
nex_status row_to_json(const row *message, json_t **out);
nex_status row_from_json(row **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void row_free(row *message);

#ifdef __cplusplus
}
#endif

#endif
