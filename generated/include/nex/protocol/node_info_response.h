/*
 * A node tells about itself and its agents.
 *
 * Written by nexgen 0.1.0 from node-info-response.json (sha256 c67d715d0c4d5ddb); do not edit.
 */
#ifndef NEX_PROTOCOL_NODE_INFO_RESPONSE_H
#define NEX_PROTOCOL_NODE_INFO_RESPONSE_H

#include <nex/codec.h>
#include <nex/protocol/node_agent_summary.h>
#include <nex/protocol/tag_map.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_node_info_response nex_node_info_response;

/** A node tells about itself and its agents. */
struct nex_node_info_response {
    /** Node id: the node's public server nkey (N...). */
    char *node_id;
    /** Version of the node. */
    char *version;
    /** How long the node has run. */
    nex_duration uptime;
    /** The node's public curve key (X...). */
    char *xkey;
    /** Tags of the node. */
    nex_tag_map tags;
    /** The agents registered; absent when there are none. Optional. */
    nex_node_agent_summary_list node_agent_summaries;
    bool has_node_agent_summaries;
};

extern NEX_API const nex_type nex_node_info_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_node_info_response *nex_node_info_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_node_info_response_decode(nex_node_info_response **out, const char *json,
                                                 size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_node_info_response_decode_strict(nex_node_info_response **out,
                                                        const char *json, size_t len,
                                                        nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_node_info_response_encode(const nex_node_info_response *message,
                                                 nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_node_info_response_validate(const nex_node_info_response *message,
                                                   nex_error *err);
NEX_API nex_status nex_node_info_response_clone(const nex_node_info_response *message,
                                                nex_node_info_response **out);
NEX_API bool nex_node_info_response_equal(const nex_node_info_response *a,
                                          const nex_node_info_response *b);
NEX_API nex_status nex_node_info_response_to_json(const nex_node_info_response *message,
                                                  json_t **out);
NEX_API nex_status nex_node_info_response_from_json(nex_node_info_response **out,
                                                    const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_node_info_response_free(nex_node_info_response *message);

#ifdef __cplusplus
}
#endif

#endif
