/*
 * A node says who it is.
 *
 * Written by nexgen 0.1.0 from node-ping-response.json (sha256 a3075e4e786b60c3); do not edit.
 */
#ifndef NEX_PROTOCOL_NODE_PING_RESPONSE_H
#define NEX_PROTOCOL_NODE_PING_RESPONSE_H

#include <nex/codec.h>
#include <nex/protocol/node_state.h>
#include <nex/protocol/tag_map.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_node_ping_response nex_node_ping_response;

/** A node says who it is. */
struct nex_node_ping_response {
    /** Node id: the node's public server nkey (N...). */
    char *node_id;
    /** Version of the node. */
    char *version;
    /** When the node started. */
    nex_time start_time;
    /** The node's public curve key (X...). */
    char *xkey;
    /** Tags of the node. */
    nex_tag_map tags;
    /** State of the node. */
    nex_node_state state;
    /** Number of agents registered. At least 0. */
    int64_t agent_count;
};

extern NEX_API const nex_type nex_node_ping_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_node_ping_response *nex_node_ping_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_node_ping_response_decode(nex_node_ping_response **out, const char *json,
                                                 size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_node_ping_response_decode_strict(nex_node_ping_response **out,
                                                        const char *json, size_t len,
                                                        nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_node_ping_response_encode(const nex_node_ping_response *message,
                                                 nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_node_ping_response_validate(const nex_node_ping_response *message,
                                                   nex_error *err);
NEX_API nex_status nex_node_ping_response_clone(const nex_node_ping_response *message,
                                                nex_node_ping_response **out);
NEX_API bool nex_node_ping_response_equal(const nex_node_ping_response *a,
                                          const nex_node_ping_response *b);
NEX_API nex_status nex_node_ping_response_to_json(const nex_node_ping_response *message,
                                                  json_t **out);
NEX_API nex_status nex_node_ping_response_from_json(nex_node_ping_response **out,
                                                    const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_node_ping_response_free(nex_node_ping_response *message);

#ifdef __cplusplus
}
#endif

#endif
