/*
 * Asks for the start request of a running workload.
 *
 * Written by nexgen 0.1.0 from clone-workload-request.json (sha256 33dd3191d0e30ee6); do not edit.
 */
#ifndef NEX_PROTOCOL_CLONE_WORKLOAD_REQUEST_H
#define NEX_PROTOCOL_CLONE_WORKLOAD_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_clone_workload_request nex_clone_workload_request;

/** Asks for the start request of a running workload. */
struct nex_clone_workload_request {
    /** Namespace the workload belongs to. */
    char *namespace_;
    /** Public curve key (X...) to which the environment is sealed anew; may be empty. */
    char *new_target_xkey;
    /** The asker opens a sealed environment; without it (the reference) it is plain. Optional. */
    bool boxed_env;
    bool has_boxed_env;
};

extern NEX_API const nex_type nex_clone_workload_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_clone_workload_request *nex_clone_workload_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_clone_workload_request_decode(nex_clone_workload_request **out,
                                                     const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_clone_workload_request_decode_strict(nex_clone_workload_request **out,
                                                            const char *json, size_t len,
                                                            nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_clone_workload_request_encode(const nex_clone_workload_request *message,
                                                     nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_clone_workload_request_validate(const nex_clone_workload_request *message,
                                                       nex_error *err);
NEX_API nex_status nex_clone_workload_request_clone(const nex_clone_workload_request *message,
                                                    nex_clone_workload_request **out);
NEX_API bool nex_clone_workload_request_equal(const nex_clone_workload_request *a,
                                              const nex_clone_workload_request *b);
NEX_API nex_status nex_clone_workload_request_to_json(const nex_clone_workload_request *message,
                                                      json_t **out);
NEX_API nex_status nex_clone_workload_request_from_json(nex_clone_workload_request **out,
                                                        const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_clone_workload_request_free(nex_clone_workload_request *message);

#ifdef __cplusplus
}
#endif

#endif
