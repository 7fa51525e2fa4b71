/*
 * A secret, sealed to the public curve key with which the agent registered.
 *
 * Written by nexgen 0.1.0 from get-secret-response.json (sha256 dcf2808dd243cc43); do not edit.
 */
#ifndef NEX_PROTOCOL_GET_SECRET_RESPONSE_H
#define NEX_PROTOCOL_GET_SECRET_RESPONSE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_get_secret_response nex_get_secret_response;

/** A secret, sealed to the public curve key with which the agent registered. */
struct nex_get_secret_response {
    /** Public curve key (X...) of the node. */
    char *encrypted_by;
    /** The box with the bytes of the secret. */
    char *base64_encrypted_value;
};

extern NEX_API const nex_type nex_get_secret_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_get_secret_response *nex_get_secret_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_get_secret_response_decode(nex_get_secret_response **out, const char *json,
                                                  size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_get_secret_response_decode_strict(nex_get_secret_response **out,
                                                         const char *json, size_t len,
                                                         nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_get_secret_response_encode(const nex_get_secret_response *message,
                                                  nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_get_secret_response_validate(const nex_get_secret_response *message,
                                                    nex_error *err);
NEX_API nex_status nex_get_secret_response_clone(const nex_get_secret_response *message,
                                                 nex_get_secret_response **out);
NEX_API bool nex_get_secret_response_equal(const nex_get_secret_response *a,
                                           const nex_get_secret_response *b);
NEX_API nex_status nex_get_secret_response_to_json(const nex_get_secret_response *message,
                                                   json_t **out);
NEX_API nex_status nex_get_secret_response_from_json(nex_get_secret_response **out,
                                                     const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_get_secret_response_free(nex_get_secret_response *message);

#ifdef __cplusplus
}
#endif

#endif
