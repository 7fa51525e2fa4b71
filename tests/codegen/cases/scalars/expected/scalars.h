/*
 * Scalars
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 8762117b9755f520); do not edit.
 */
#ifndef SCALARS_H
#define SCALARS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct scalars scalars;

/** Scalars */
struct scalars {
    /** A flag. Optional. */
    bool flag;
    bool has_flag;
    /** Optional. */
    int64_t count;
    bool has_count;
    /** Optional. */
    double ratio;
    bool has_ratio;
    /** Optional. */
    char *text;
    /** Always there. */
    int64_t needed;
};

extern const nex_type scalars_type;

/** A zeroed message; NULL when out of memory. */
scalars *scalars_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status scalars_decode(scalars **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status scalars_decode_strict(scalars **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status scalars_encode(const scalars *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status scalars_validate(const scalars *message, nex_error *err);
nex_status scalars_clone(const scalars *message, scalars **out);
bool scalars_equal(const scalars *a, const scalars *b);
nex_status scalars_to_json(const scalars *message, json_t **out);
nex_status scalars_from_json(scalars **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void scalars_free(scalars *message);

#ifdef __cplusplus
}
#endif

#endif
