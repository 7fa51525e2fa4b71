/*
 * Secret
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 3fdc01105c82e61a); do not edit.
 */
#ifndef SECRET_H
#define SECRET_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct secret secret;

/** Secret */
struct secret {
    /** Optional. At most 3 characters. */
    char *password;
    /** Optional. */
    char *token;
};

extern const nex_type secret_type;

/** A zeroed message; NULL when out of memory. */
secret *secret_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status secret_decode(secret **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status secret_decode_strict(secret **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status secret_encode(const secret *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status secret_validate(const secret *message, nex_error *err);
nex_status secret_clone(const secret *message, secret **out);
bool secret_equal(const secret *a, const secret *b);
nex_status secret_to_json(const secret *message, json_t **out);
nex_status secret_from_json(secret **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void secret_free(secret *message);

#ifdef __cplusplus
}
#endif

#endif
