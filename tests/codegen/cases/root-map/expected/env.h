/*
 * Env
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 06ac73760c3ad78e); do not edit.
 */
#ifndef ENV_H
#define ENV_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** Env */
typedef nex_string_map env;

extern const nex_type env_type;

/** A zeroed message; NULL when out of memory. */
env *env_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status env_decode(env **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status env_decode_strict(env **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status env_encode(const env *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status env_validate(const env *message, nex_error *err);
nex_status env_clone(const env *message, env **out);
bool env_equal(const env *a, const env *b);
nex_status env_to_json(const env *message, json_t **out);
nex_status env_from_json(env **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void env_free(env *message);

#ifdef __cplusplus
}
#endif

#endif
