/*
 * A bid: this node would run the workload.
 *
 * Written by nexgen 0.1.0 from auction-response.json (sha256 55244742b34b60df); do not edit.
 */
#ifndef NEX_PROTOCOL_AUCTION_RESPONSE_H
#define NEX_PROTOCOL_AUCTION_RESPONSE_H

#include <nex/codec.h>
#include <nex/protocol/workload_lifecycle.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_auction_response nex_auction_response;

/** A bid: this node would run the workload. */
struct nex_auction_response {
    /**
     * NUID of the bid, to which the start is sent; valid once and for 10 seconds unless the node
     * says otherwise.
     */
    char *bidder_id;
    /** The agent's public curve key (X...). */
    char *xkey;
    /** JSON Schema of the start request, as text. */
    char *start_request_schema;
    /** Lifecycles the nexlet runs. */
    nex_workload_lifecycle_list supported_lifecycles;
};

extern NEX_API const nex_type nex_auction_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_auction_response *nex_auction_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_auction_response_decode(nex_auction_response **out, const char *json,
                                               size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_auction_response_decode_strict(nex_auction_response **out, const char *json,
                                                      size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_auction_response_encode(const nex_auction_response *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_auction_response_validate(const nex_auction_response *message,
                                                 nex_error *err);
NEX_API nex_status nex_auction_response_clone(const nex_auction_response *message,
                                              nex_auction_response **out);
NEX_API bool nex_auction_response_equal(const nex_auction_response *a,
                                        const nex_auction_response *b);
NEX_API nex_status nex_auction_response_to_json(const nex_auction_response *message, json_t **out);
NEX_API nex_status nex_auction_response_from_json(nex_auction_response **out, const json_t *json,
                                                  nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_auction_response_free(nex_auction_response *message);

#ifdef __cplusplus
}
#endif

#endif
