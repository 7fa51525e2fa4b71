/*
 * What a node knows of a workload beside its WorkloadSummary.
 *
 * Written by nexgen 0.1.0 from workload-info-response.json (sha256 836d58b686c621d0); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_INFO_RESPONSE_H
#define NEX_PROTOCOL_WORKLOAD_INFO_RESPONSE_H

#include <nex/codec.h>
#include <nex/protocol/tag_map.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_info_response nex_workload_info_response;

/** What a node knows of a workload beside its WorkloadSummary. */
struct nex_workload_info_response {
    /** Workload id. */
    char *id;
    /** Namespace the workload belongs to. */
    char *namespace_;
    /** Id of the node that has it. */
    char *node_id;
    /** Name of that node. */
    char *node_name;
    /** Id of the agent that runs it. */
    char *agent_id;
    /** Name of the agent; empty while it is away. */
    char *agent_name;
    /** Version of the agent. */
    char *agent_version;
    /** healthy, shutting down, degraded, offline or unknown. */
    char *agent_health;
    /** Description it was started with. */
    char *description;
    /**
     * Its start request, as JSON text. Values of the environment, and of all that the nexlet's
     * schema marks writeOnly, are "***".
     */
    char *run_request;
    /** What its author calls it. Optional. */
    char *reference;
    /** Tags the workload was placed with. */
    nex_tag_map tags;
};

extern NEX_API const nex_type nex_workload_info_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_info_response *nex_workload_info_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_info_response_decode(nex_workload_info_response **out,
                                                     const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_info_response_decode_strict(nex_workload_info_response **out,
                                                            const char *json, size_t len,
                                                            nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_info_response_encode(const nex_workload_info_response *message,
                                                     nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_info_response_validate(const nex_workload_info_response *message,
                                                       nex_error *err);
NEX_API nex_status nex_workload_info_response_clone(const nex_workload_info_response *message,
                                                    nex_workload_info_response **out);
NEX_API bool nex_workload_info_response_equal(const nex_workload_info_response *a,
                                              const nex_workload_info_response *b);
NEX_API nex_status nex_workload_info_response_to_json(const nex_workload_info_response *message,
                                                      json_t **out);
NEX_API nex_status nex_workload_info_response_from_json(nex_workload_info_response **out,
                                                        const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_info_response_free(nex_workload_info_response *message);

#ifdef __cplusplus
}
#endif

#endif
