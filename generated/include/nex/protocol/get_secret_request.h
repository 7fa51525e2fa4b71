/*
 * An agent asks its node for a secret.
 *
 * Written by nexgen 0.1.0 from get-secret-request.json (sha256 33adc2220f0d78ae); do not edit.
 */
#ifndef NEX_PROTOCOL_GET_SECRET_REQUEST_H
#define NEX_PROTOCOL_GET_SECRET_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_get_secret_request nex_get_secret_request;

/** An agent asks its node for a secret. */
struct nex_get_secret_request {
    /** Namespace of the secret, in which the agent has a workload. */
    char *namespace_;
    /** NAME of secret://NAME. */
    char *name;
};

extern NEX_API const nex_type nex_get_secret_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_get_secret_request *nex_get_secret_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_get_secret_request_decode(nex_get_secret_request **out, const char *json,
                                                 size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_get_secret_request_decode_strict(nex_get_secret_request **out,
                                                        const char *json, size_t len,
                                                        nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_get_secret_request_encode(const nex_get_secret_request *message,
                                                 nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_get_secret_request_validate(const nex_get_secret_request *message,
                                                   nex_error *err);
NEX_API nex_status nex_get_secret_request_clone(const nex_get_secret_request *message,
                                                nex_get_secret_request **out);
NEX_API bool nex_get_secret_request_equal(const nex_get_secret_request *a,
                                          const nex_get_secret_request *b);
NEX_API nex_status nex_get_secret_request_to_json(const nex_get_secret_request *message,
                                                  json_t **out);
NEX_API nex_status nex_get_secret_request_from_json(nex_get_secret_request **out,
                                                    const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_get_secret_request_free(nex_get_secret_request *message);

#ifdef __cplusplus
}
#endif

#endif
