/*
 * Asks which nodes could run a workload.
 *
 * Written by nexgen 0.1.0 from auction-request.json (sha256 821e275358262693); do not edit.
 */
#ifndef NEX_PROTOCOL_AUCTION_REQUEST_H
#define NEX_PROTOCOL_AUCTION_REQUEST_H

#include <nex/codec.h>
#include <nex/protocol/tag_map.h>
#include <nex/protocol/workload_lifecycle.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_auction_request nex_auction_request;

/** Asks which nodes could run a workload. */
struct nex_auction_request {
    /** NUID made by the client. */
    char *auction_id;
    /** Tags a node must have. */
    nex_tag_map tags;
    /** Workload type: the register_type of the nexlet that runs it. */
    char *agent_type;
    /** Lifecycle the nexlet must support; nodes of the Go reference ignore it. Optional. */
    nex_workload_lifecycle lifecycle;
};

extern NEX_API const nex_type nex_auction_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_auction_request *nex_auction_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_auction_request_decode(nex_auction_request **out, const char *json,
                                              size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_auction_request_decode_strict(nex_auction_request **out, const char *json,
                                                     size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_auction_request_encode(const nex_auction_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_auction_request_validate(const nex_auction_request *message, nex_error *err);
NEX_API nex_status nex_auction_request_clone(const nex_auction_request *message,
                                             nex_auction_request **out);
NEX_API bool nex_auction_request_equal(const nex_auction_request *a, const nex_auction_request *b);
NEX_API nex_status nex_auction_request_to_json(const nex_auction_request *message, json_t **out);
NEX_API nex_status nex_auction_request_from_json(nex_auction_request **out, const json_t *json,
                                                 nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_auction_request_free(nex_auction_request *message);

#ifdef __cplusplus
}
#endif

#endif
