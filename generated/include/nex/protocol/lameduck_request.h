/*
 * Puts a node, or an agent, into lame duck mode.
 *
 * Written by nexgen 0.1.0 from lameduck-request.json (sha256 8bf331d31c266d92); do not edit.
 */
#ifndef NEX_PROTOCOL_LAMEDUCK_REQUEST_H
#define NEX_PROTOCOL_LAMEDUCK_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_lameduck_request nex_lameduck_request;

/** Puts a node, or an agent, into lame duck mode. */
struct nex_lameduck_request {
    /** How long running workloads may go on. */
    nex_duration delay;
    /** Only a node that has this tag obeys; at most one. Optional. */
    nex_string_map tag;
    bool has_tag;
};

extern NEX_API const nex_type nex_lameduck_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_lameduck_request *nex_lameduck_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_lameduck_request_decode(nex_lameduck_request **out, const char *json,
                                               size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_lameduck_request_decode_strict(nex_lameduck_request **out, const char *json,
                                                      size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_lameduck_request_encode(const nex_lameduck_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_lameduck_request_validate(const nex_lameduck_request *message,
                                                 nex_error *err);
NEX_API nex_status nex_lameduck_request_clone(const nex_lameduck_request *message,
                                              nex_lameduck_request **out);
NEX_API bool nex_lameduck_request_equal(const nex_lameduck_request *a,
                                        const nex_lameduck_request *b);
NEX_API nex_status nex_lameduck_request_to_json(const nex_lameduck_request *message, json_t **out);
NEX_API nex_status nex_lameduck_request_from_json(nex_lameduck_request **out, const json_t *json,
                                                  nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_lameduck_request_free(nex_lameduck_request *message);

#ifdef __cplusplus
}
#endif

#endif
