/*
 * An environment in a box: a JSON object of name to value, sealed by an ephemeral key to the
 * agent's curve key. It stands in the environment of a start request, where a string map is
 * expected.
 *
 * Written by nexgen 0.1.0 from enc-env.json (sha256 9f9184ff7fc267d7); do not edit.
 */
#ifndef NEX_PROTOCOL_ENC_ENV_H
#define NEX_PROTOCOL_ENC_ENV_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_enc_env nex_enc_env;

/**
 * An environment in a box: a JSON object of name to value, sealed by an ephemeral key to the
 * agent's curve key. It stands in the environment of a start request, where a string map is
 * expected.
 */
struct nex_enc_env {
    /** Public curve key (X...) of who sealed the box. */
    char *encrypted_by;
    /** The box: "xkv1", 24 bytes of nonce, NaCl box; base64. */
    nex_bytes base64_encrypted_env;
};

extern NEX_API const nex_type nex_enc_env_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_enc_env *nex_enc_env_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_enc_env_decode(nex_enc_env **out, const char *json, size_t len,
                                      nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_enc_env_decode_strict(nex_enc_env **out, const char *json, size_t len,
                                             nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_enc_env_encode(const nex_enc_env *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_enc_env_validate(const nex_enc_env *message, nex_error *err);
NEX_API nex_status nex_enc_env_clone(const nex_enc_env *message, nex_enc_env **out);
NEX_API bool nex_enc_env_equal(const nex_enc_env *a, const nex_enc_env *b);
NEX_API nex_status nex_enc_env_to_json(const nex_enc_env *message, json_t **out);
NEX_API nex_status nex_enc_env_from_json(nex_enc_env **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_enc_env_free(nex_enc_env *message);

#ifdef __cplusplus
}
#endif

#endif
