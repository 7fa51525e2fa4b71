/*
 * Published by an agent at once after it registered, then every 10 seconds.
 *
 * Written by nexgen 0.1.0 from agent-heartbeat.json (sha256 15bdd081f93a09a6); do not edit.
 */
#ifndef NEX_PROTOCOL_AGENT_HEARTBEAT_H
#define NEX_PROTOCOL_AGENT_HEARTBEAT_H

#include <nex/codec.h>
#include <nex/protocol/agent_summary.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_heartbeat nex_agent_heartbeat;

/** Published by an agent at once after it registered, then every 10 seconds. */
struct nex_agent_heartbeat {
    /** What the agent says of itself. */
    nex_agent_summary *summary;
    /** Anything the nexlet adds, often JSON text. */
    char *data;
};

extern NEX_API const nex_type nex_agent_heartbeat_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_heartbeat *nex_agent_heartbeat_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_heartbeat_decode(nex_agent_heartbeat **out, const char *json,
                                              size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_heartbeat_decode_strict(nex_agent_heartbeat **out, const char *json,
                                                     size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_heartbeat_encode(const nex_agent_heartbeat *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_heartbeat_validate(const nex_agent_heartbeat *message, nex_error *err);
NEX_API nex_status nex_agent_heartbeat_clone(const nex_agent_heartbeat *message,
                                             nex_agent_heartbeat **out);
NEX_API bool nex_agent_heartbeat_equal(const nex_agent_heartbeat *a, const nex_agent_heartbeat *b);
NEX_API nex_status nex_agent_heartbeat_to_json(const nex_agent_heartbeat *message, json_t **out);
NEX_API nex_status nex_agent_heartbeat_from_json(nex_agent_heartbeat **out, const json_t *json,
                                                 nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_heartbeat_free(nex_agent_heartbeat *message);

#ifdef __cplusplus
}
#endif

#endif
