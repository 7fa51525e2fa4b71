/*
 * Body of an error reply of a node. The headers Nats-Service-Error-Code and Nats-Service-Error say
 * the code and what failed.
 *
 * Written by nexgen 0.1.0 from service-error.json (sha256 3e7ac7ef0a53fada); do not edit.
 */
#ifndef NEX_PROTOCOL_SERVICE_ERROR_H
#define NEX_PROTOCOL_SERVICE_ERROR_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_service_error nex_service_error;

/**
 * Body of an error reply of a node. The headers Nats-Service-Error-Code and Nats-Service-Error say
 * the code and what failed.
 */
struct nex_service_error {
    /** NUID that the node's log names beside the cause. */
    char *error_id;
    /** The cause; for codes from 500 on only "internal server error". */
    char *error;
};

extern NEX_API const nex_type nex_service_error_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_service_error *nex_service_error_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_service_error_decode(nex_service_error **out, const char *json, size_t len,
                                            nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_service_error_decode_strict(nex_service_error **out, const char *json,
                                                   size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_service_error_encode(const nex_service_error *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_service_error_validate(const nex_service_error *message, nex_error *err);
NEX_API nex_status nex_service_error_clone(const nex_service_error *message,
                                           nex_service_error **out);
NEX_API bool nex_service_error_equal(const nex_service_error *a, const nex_service_error *b);
NEX_API nex_status nex_service_error_to_json(const nex_service_error *message, json_t **out);
NEX_API nex_status nex_service_error_from_json(nex_service_error **out, const json_t *json,
                                               nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_service_error_free(nex_service_error *message);

#ifdef __cplusplus
}
#endif

#endif
