/*
 * Asks which nodes there are.
 *
 * Written by nexgen 0.1.0 from node-ping-request.json (sha256 805e40f3248da414); do not edit.
 */
#ifndef NEX_PROTOCOL_NODE_PING_REQUEST_H
#define NEX_PROTOCOL_NODE_PING_REQUEST_H

#include <nex/codec.h>
#include <nex/protocol/tag_map.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_node_ping_request nex_node_ping_request;

/** Asks which nodes there are. */
struct nex_node_ping_request {
    /** Only nodes that have all of these tags answer. */
    nex_tag_map filter;
};

extern NEX_API const nex_type nex_node_ping_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_node_ping_request *nex_node_ping_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_node_ping_request_decode(nex_node_ping_request **out, const char *json,
                                                size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_node_ping_request_decode_strict(nex_node_ping_request **out,
                                                       const char *json, size_t len,
                                                       nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_node_ping_request_encode(const nex_node_ping_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_node_ping_request_validate(const nex_node_ping_request *message,
                                                  nex_error *err);
NEX_API nex_status nex_node_ping_request_clone(const nex_node_ping_request *message,
                                               nex_node_ping_request **out);
NEX_API bool nex_node_ping_request_equal(const nex_node_ping_request *a,
                                         const nex_node_ping_request *b);
NEX_API nex_status nex_node_ping_request_to_json(const nex_node_ping_request *message,
                                                 json_t **out);
NEX_API nex_status nex_node_ping_request_from_json(nex_node_ping_request **out, const json_t *json,
                                                   nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_node_ping_request_free(nex_node_ping_request *message);

#ifdef __cplusplus
}
#endif

#endif
