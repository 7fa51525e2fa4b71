/*
 * An agent as its node sees it.
 *
 * Written by nexgen 0.1.0 from node-agent-summary.json (sha256 063df84e01d26dae); do not edit.
 */
#ifndef NEX_PROTOCOL_NODE_AGENT_SUMMARY_H
#define NEX_PROTOCOL_NODE_AGENT_SUMMARY_H

#include <nex/codec.h>
#include <nex/protocol/agent_summary.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_node_agent_summary nex_node_agent_summary;
typedef struct nex_node_agent_summary_list nex_node_agent_summary_list;

struct nex_node_agent_summary_list {
    nex_node_agent_summary *items;
    size_t count;
};

/** An agent as its node sees it. */
struct nex_node_agent_summary {
    /** Agent id: a NUID of 22 base-62 characters. */
    char *agent_id;
    /** healthy, shutting down, degraded, offline or unknown. */
    char *agent_health;
    /** The same as a coloured circle: 🟢 🟠 🟡 🔴 ⚪️. */
    char *agent_health_stoplight;
    /** When the last heartbeat came. */
    nex_time agent_last_heartbeat_time;
    /** What the agent last said of itself. */
    nex_agent_summary *agent_summary;
};

extern NEX_API const nex_type nex_node_agent_summary_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_node_agent_summary *nex_node_agent_summary_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_node_agent_summary_decode(nex_node_agent_summary **out, const char *json,
                                                 size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_node_agent_summary_decode_strict(nex_node_agent_summary **out,
                                                        const char *json, size_t len,
                                                        nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_node_agent_summary_encode(const nex_node_agent_summary *message,
                                                 nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_node_agent_summary_validate(const nex_node_agent_summary *message,
                                                   nex_error *err);
NEX_API nex_status nex_node_agent_summary_clone(const nex_node_agent_summary *message,
                                                nex_node_agent_summary **out);
NEX_API bool nex_node_agent_summary_equal(const nex_node_agent_summary *a,
                                          const nex_node_agent_summary *b);
NEX_API nex_status nex_node_agent_summary_to_json(const nex_node_agent_summary *message,
                                                  json_t **out);
NEX_API nex_status nex_node_agent_summary_from_json(nex_node_agent_summary **out,
                                                    const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_node_agent_summary_free(nex_node_agent_summary *message);

#ifdef __cplusplus
}
#endif

#endif
