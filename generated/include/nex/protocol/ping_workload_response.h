/*
 * The node that runs the workload.
 *
 * Written by nexgen 0.1.0 from ping-workload-response.json (sha256 cc8c747d6eb1f99d); do not edit.
 */
#ifndef NEX_PROTOCOL_PING_WORKLOAD_RESPONSE_H
#define NEX_PROTOCOL_PING_WORKLOAD_RESPONSE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_ping_workload_response nex_ping_workload_response;

/** The node that runs the workload. */
struct nex_ping_workload_response {
    /** Node id: the node's public server nkey (N...). */
    char *node_id;
};

extern NEX_API const nex_type nex_ping_workload_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_ping_workload_response *nex_ping_workload_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_ping_workload_response_decode(nex_ping_workload_response **out,
                                                     const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_ping_workload_response_decode_strict(nex_ping_workload_response **out,
                                                            const char *json, size_t len,
                                                            nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_ping_workload_response_encode(const nex_ping_workload_response *message,
                                                     nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_ping_workload_response_validate(const nex_ping_workload_response *message,
                                                       nex_error *err);
NEX_API nex_status nex_ping_workload_response_clone(const nex_ping_workload_response *message,
                                                    nex_ping_workload_response **out);
NEX_API bool nex_ping_workload_response_equal(const nex_ping_workload_response *a,
                                              const nex_ping_workload_response *b);
NEX_API nex_status nex_ping_workload_response_to_json(const nex_ping_workload_response *message,
                                                      json_t **out);
NEX_API nex_status nex_ping_workload_response_from_json(nex_ping_workload_response **out,
                                                        const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_ping_workload_response_free(nex_ping_workload_response *message);

#ifdef __cplusplus
}
#endif

#endif
