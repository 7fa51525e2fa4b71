/*
 * Constants
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 2d38c4622fdf48f1); do not edit.
 */
#ifndef CONSTANTS_H
#define CONSTANTS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct constants constants;

/** Constants */
struct constants {
    /** Always "order". */
    char *type;
    /** Optional. Always 2. */
    int64_t version;
    bool has_version;
    /** Optional. Always true. */
    bool on;
    bool has_on;
    /** Optional. Always 1.5. */
    double rate;
    bool has_rate;
    /** Optional. */
    json_t *nothing;
    /** Optional. */
    json_t *list;
};

extern const nex_type constants_type;

/** A zeroed message; NULL when out of memory. */
constants *constants_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status constants_decode(constants **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status constants_decode_strict(constants **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status constants_encode(const constants *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status constants_validate(const constants *message, nex_error *err);
nex_status constants_clone(const constants *message, constants **out);
bool constants_equal(const constants *a, const constants *b);
nex_status constants_to_json(const constants *message, json_t **out);
nex_status constants_from_json(constants **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void constants_free(constants *message);

#ifdef __cplusplus
}
#endif

#endif
