/*
 * The workloads that match.
 *
 * Written by nexgen 0.1.0 from agent-list-workloads-response.json (sha256 53b42fbd02609e2c); do
 * not edit.
 */
#ifndef NEX_PROTOCOL_AGENT_LIST_WORKLOADS_RESPONSE_H
#define NEX_PROTOCOL_AGENT_LIST_WORKLOADS_RESPONSE_H

#include <nex/codec.h>
#include <nex/protocol/workload_summary.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_list_workloads_response nex_agent_list_workloads_response;

/** The workloads that match. */
struct nex_agent_list_workloads_response {
    nex_workload_summary *items;
    size_t count;
};

extern NEX_API const nex_type nex_agent_list_workloads_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_list_workloads_response *nex_agent_list_workloads_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_list_workloads_response_decode(
    nex_agent_list_workloads_response **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_list_workloads_response_decode_strict(
    nex_agent_list_workloads_response **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_list_workloads_response_encode(
    const nex_agent_list_workloads_response *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_list_workloads_response_validate(
    const nex_agent_list_workloads_response *message, nex_error *err);
NEX_API nex_status nex_agent_list_workloads_response_clone(
    const nex_agent_list_workloads_response *message, nex_agent_list_workloads_response **out);
NEX_API bool nex_agent_list_workloads_response_equal(const nex_agent_list_workloads_response *a,
                                                     const nex_agent_list_workloads_response *b);
NEX_API nex_status nex_agent_list_workloads_response_to_json(
    const nex_agent_list_workloads_response *message, json_t **out);
NEX_API nex_status nex_agent_list_workloads_response_from_json(
    nex_agent_list_workloads_response **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_list_workloads_response_free(nex_agent_list_workloads_response *message);

#ifdef __cplusplus
}
#endif

#endif
