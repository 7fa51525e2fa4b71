/*
 * Stops a workload.
 *
 * Written by nexgen 0.1.0 from stop-workload-request.json (sha256 6952e0e428599496); do not edit.
 */
#ifndef NEX_PROTOCOL_STOP_WORKLOAD_REQUEST_H
#define NEX_PROTOCOL_STOP_WORKLOAD_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_stop_workload_request nex_stop_workload_request;

/** Stops a workload. */
struct nex_stop_workload_request {
    /** Namespace the workload belongs to. */
    char *namespace_;
};

extern NEX_API const nex_type nex_stop_workload_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_stop_workload_request *nex_stop_workload_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_stop_workload_request_decode(nex_stop_workload_request **out,
                                                    const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_stop_workload_request_decode_strict(nex_stop_workload_request **out,
                                                           const char *json, size_t len,
                                                           nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_stop_workload_request_encode(const nex_stop_workload_request *message,
                                                    nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_stop_workload_request_validate(const nex_stop_workload_request *message,
                                                      nex_error *err);
NEX_API nex_status nex_stop_workload_request_clone(const nex_stop_workload_request *message,
                                                   nex_stop_workload_request **out);
NEX_API bool nex_stop_workload_request_equal(const nex_stop_workload_request *a,
                                             const nex_stop_workload_request *b);
NEX_API nex_status nex_stop_workload_request_to_json(const nex_stop_workload_request *message,
                                                     json_t **out);
NEX_API nex_status nex_stop_workload_request_from_json(nex_stop_workload_request **out,
                                                       const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_stop_workload_request_free(nex_stop_workload_request *message);

#ifdef __cplusplus
}
#endif

#endif
