/*
 * Formats
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 6cba02f67dc59d89); do not edit.
 */
#ifndef FORMATS_H
#define FORMATS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct formats formats;

/** Formats */
struct formats {
    /** Optional. */
    char *ip;
    /** Optional. */
    char *ip6;
    /** Optional. */
    char *uuid;
    /** Optional. */
    char *host;
    /** Optional. */
    char *day;
    /** Optional. */
    char *odd;
};

extern const nex_type formats_type;

/** A zeroed message; NULL when out of memory. */
formats *formats_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status formats_decode(formats **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status formats_decode_strict(formats **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status formats_encode(const formats *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status formats_validate(const formats *message, nex_error *err);
nex_status formats_clone(const formats *message, formats **out);
bool formats_equal(const formats *a, const formats *b);
nex_status formats_to_json(const formats *message, json_t **out);
nex_status formats_from_json(formats **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void formats_free(formats *message);

#ifdef __cplusplus
}
#endif

#endif
