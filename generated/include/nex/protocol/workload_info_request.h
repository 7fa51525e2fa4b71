/*
 * Asks the node that has a workload for all about it.
 *
 * Written by nexgen 0.1.0 from workload-info-request.json (sha256 2a7d131420a1881c); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_INFO_REQUEST_H
#define NEX_PROTOCOL_WORKLOAD_INFO_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_info_request nex_workload_info_request;

/** Asks the node that has a workload for all about it. */
struct nex_workload_info_request {
    /** Namespace of the workload. */
    char *namespace_;
};

extern NEX_API const nex_type nex_workload_info_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_info_request *nex_workload_info_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_info_request_decode(nex_workload_info_request **out,
                                                    const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_info_request_decode_strict(nex_workload_info_request **out,
                                                           const char *json, size_t len,
                                                           nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_info_request_encode(const nex_workload_info_request *message,
                                                    nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_info_request_validate(const nex_workload_info_request *message,
                                                      nex_error *err);
NEX_API nex_status nex_workload_info_request_clone(const nex_workload_info_request *message,
                                                   nex_workload_info_request **out);
NEX_API bool nex_workload_info_request_equal(const nex_workload_info_request *a,
                                             const nex_workload_info_request *b);
NEX_API nex_status nex_workload_info_request_to_json(const nex_workload_info_request *message,
                                                     json_t **out);
NEX_API nex_status nex_workload_info_request_from_json(nex_workload_info_request **out,
                                                       const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_info_request_free(nex_workload_info_request *message);

#ifdef __cplusplus
}
#endif

#endif
