/*
 * What an agent says of itself: the answer to an agent PING, and part of every heartbeat.
 *
 * Written by nexgen 0.1.0 from agent-summary.json (sha256 6361d0003a2de18e); do not edit.
 */
#ifndef NEX_PROTOCOL_AGENT_SUMMARY_H
#define NEX_PROTOCOL_AGENT_SUMMARY_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_summary nex_agent_summary;

/** What an agent says of itself: the answer to an agent PING, and part of every heartbeat. */
struct nex_agent_summary {
    /** Name of the nexlet. */
    char *name;
    /** register_type of the nexlet. */
    char *type;
    /** When the agent started. */
    nex_time start_time;
    /** Lifecycles the nexlet runs, joined with commas. */
    char *supported_lifecycles;
    /**
     * State of the agent: starting, running, stopping, lameduck or error; text, since nexlets may
     * say others.
     */
    char *state;
    /** Number of workloads the agent holds. At least 0. */
    int64_t workload_count;
    /** Version of the nexlet. */
    char *version;
};

extern NEX_API const nex_type nex_agent_summary_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_summary *nex_agent_summary_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_summary_decode(nex_agent_summary **out, const char *json, size_t len,
                                            nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_summary_decode_strict(nex_agent_summary **out, const char *json,
                                                   size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_summary_encode(const nex_agent_summary *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_summary_validate(const nex_agent_summary *message, nex_error *err);
NEX_API nex_status nex_agent_summary_clone(const nex_agent_summary *message,
                                           nex_agent_summary **out);
NEX_API bool nex_agent_summary_equal(const nex_agent_summary *a, const nex_agent_summary *b);
NEX_API nex_status nex_agent_summary_to_json(const nex_agent_summary *message, json_t **out);
NEX_API nex_status nex_agent_summary_from_json(nex_agent_summary **out, const json_t *json,
                                               nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_summary_free(nex_agent_summary *message);

#ifdef __cplusplus
}
#endif

#endif
