/*
 * A node started.
 *
 * Written by nexgen 0.1.0 from nex-node-started-event.json (sha256 a4a9d23011944271); do not edit.
 */
#ifndef NEX_PROTOCOL_NODE_STARTED_EVENT_H
#define NEX_PROTOCOL_NODE_STARTED_EVENT_H

#include <nex/codec.h>
#include <nex/protocol/tag_map.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_node_started_event nex_node_started_event;

/** A node started. */
struct nex_node_started_event {
    /** Always this text. Always "io.synadia.nex.event.nexnode_started". */
    char *type;
    /** Node id: the node's public server nkey (N...). */
    char *id;
    /** Name of the node. */
    char *name;
    /** Nexus the node belongs to. */
    char *nexus;
    /** Tags of the node. */
    nex_tag_map tags;
};

extern NEX_API const nex_type nex_node_started_event_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_node_started_event *nex_node_started_event_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_node_started_event_decode(nex_node_started_event **out, const char *json,
                                                 size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_node_started_event_decode_strict(nex_node_started_event **out,
                                                        const char *json, size_t len,
                                                        nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_node_started_event_encode(const nex_node_started_event *message,
                                                 nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_node_started_event_validate(const nex_node_started_event *message,
                                                   nex_error *err);
NEX_API nex_status nex_node_started_event_clone(const nex_node_started_event *message,
                                                nex_node_started_event **out);
NEX_API bool nex_node_started_event_equal(const nex_node_started_event *a,
                                          const nex_node_started_event *b);
NEX_API nex_status nex_node_started_event_to_json(const nex_node_started_event *message,
                                                  json_t **out);
NEX_API nex_status nex_node_started_event_from_json(nex_node_started_event **out,
                                                    const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_node_started_event_free(nex_node_started_event *message);

#ifdef __cplusplus
}
#endif

#endif
