/*
 * Asks for the workloads of a namespace.
 *
 * Written by nexgen 0.1.0 from agent-list-workloads-request.json (sha256 259352b98f21968b); do not
 * edit.
 */
#ifndef NEX_PROTOCOL_AGENT_LIST_WORKLOADS_REQUEST_H
#define NEX_PROTOCOL_AGENT_LIST_WORKLOADS_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_list_workloads_request nex_agent_list_workloads_request;

/** Asks for the workloads of a namespace. */
struct nex_agent_list_workloads_request {
    /** Namespace; "system" means all of them. */
    char *namespace_;
    /** Workload ids or names; none means all. */
    nex_string_list filter;
};

extern NEX_API const nex_type nex_agent_list_workloads_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_list_workloads_request *nex_agent_list_workloads_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_list_workloads_request_decode(nex_agent_list_workloads_request **out,
                                                           const char *json, size_t len,
                                                           nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_list_workloads_request_decode_strict(
    nex_agent_list_workloads_request **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_list_workloads_request_encode(
    const nex_agent_list_workloads_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_list_workloads_request_validate(
    const nex_agent_list_workloads_request *message, nex_error *err);
NEX_API nex_status nex_agent_list_workloads_request_clone(
    const nex_agent_list_workloads_request *message, nex_agent_list_workloads_request **out);
NEX_API bool nex_agent_list_workloads_request_equal(const nex_agent_list_workloads_request *a,
                                                    const nex_agent_list_workloads_request *b);
NEX_API nex_status nex_agent_list_workloads_request_to_json(
    const nex_agent_list_workloads_request *message, json_t **out);
NEX_API nex_status nex_agent_list_workloads_request_from_json(
    nex_agent_list_workloads_request **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_list_workloads_request_free(nex_agent_list_workloads_request *message);

#ifdef __cplusplus
}
#endif

#endif
