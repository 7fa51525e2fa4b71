/*
 * Published by a node every 10 seconds.
 *
 * Written by nexgen 0.1.0 from node-heartbeat.json (sha256 c110bdcb8dc2c4dd); do not edit.
 */
#ifndef NEX_PROTOCOL_NODE_HEARTBEAT_H
#define NEX_PROTOCOL_NODE_HEARTBEAT_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_node_heartbeat nex_node_heartbeat;

/** Published by a node every 10 seconds. */
struct nex_node_heartbeat {
    /** The agents, each as "<agent id> [<type>]", joined with ", ". */
    char *registrations;
    /** The nexus of the node; the reference leaves it out. Optional. */
    char *nexus;
};

extern NEX_API const nex_type nex_node_heartbeat_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_node_heartbeat *nex_node_heartbeat_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_node_heartbeat_decode(nex_node_heartbeat **out, const char *json, size_t len,
                                             nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_node_heartbeat_decode_strict(nex_node_heartbeat **out, const char *json,
                                                    size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_node_heartbeat_encode(const nex_node_heartbeat *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_node_heartbeat_validate(const nex_node_heartbeat *message, nex_error *err);
NEX_API nex_status nex_node_heartbeat_clone(const nex_node_heartbeat *message,
                                            nex_node_heartbeat **out);
NEX_API bool nex_node_heartbeat_equal(const nex_node_heartbeat *a, const nex_node_heartbeat *b);
NEX_API nex_status nex_node_heartbeat_to_json(const nex_node_heartbeat *message, json_t **out);
NEX_API nex_status nex_node_heartbeat_from_json(nex_node_heartbeat **out, const json_t *json,
                                                nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_node_heartbeat_free(nex_node_heartbeat *message);

#ifdef __cplusplus
}
#endif

#endif
