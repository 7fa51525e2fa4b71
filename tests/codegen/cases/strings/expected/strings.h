/*
 * Strings
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 17a29dcad5ebf144); do not edit.
 */
#ifndef STRINGS_H
#define STRINGS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct strings strings;

/** Strings */
struct strings {
    /** Optional. At least 2 characters. At most 4 characters. */
    char *name;
    /** Optional. Pattern: ^[a-z]+\d*$ */
    char *id;
    /** Optional. */
    char *mail;
    /** Optional. At most 20 characters. */
    char *uri;
    /** Ends * / early "quoted" ??/. Optional. Pattern: "??/\\ */
    char *quoted;
};

extern const nex_type strings_type;

/** A zeroed message; NULL when out of memory. */
strings *strings_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status strings_decode(strings **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status strings_decode_strict(strings **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status strings_encode(const strings *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status strings_validate(const strings *message, nex_error *err);
nex_status strings_clone(const strings *message, strings **out);
bool strings_equal(const strings *a, const strings *b);
nex_status strings_to_json(const strings *message, json_t **out);
nex_status strings_from_json(strings **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void strings_free(strings *message);

#ifdef __cplusplus
}
#endif

#endif
