/*
 * An agent registers with its node.
 *
 * Written by nexgen 0.1.0 from register-agent-request.json (sha256 8cf33e5fa47eb628); do not edit.
 */
#ifndef NEX_PROTOCOL_REGISTER_AGENT_REQUEST_H
#define NEX_PROTOCOL_REGISTER_AGENT_REQUEST_H

#include <nex/codec.h>
#include <nex/protocol/workload_lifecycle.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_register_agent_request nex_register_agent_request;

/** An agent registers with its node. */
struct nex_register_agent_request {
    /** Name of the nexlet. */
    char *name;
    /** Workload type it runs. */
    char *register_type;
    /** What the nexlet is, for people. */
    char *description;
    /** Version of the nexlet. */
    char *version;
    /** Workloads the agent holds at most; 0: no limit. At least 0. */
    int64_t max_workloads;
    /** The agent's public curve key (X...), to which environments are sealed. */
    char *public_xkey;
    /** Lifecycles the nexlet runs. Optional. */
    nex_workload_lifecycle_list supported_lifecycles;
    bool has_supported_lifecycles;
    /** JSON Schema of its start requests, as text; enforced by client and node. */
    char *start_request_schema;
};

extern NEX_API const nex_type nex_register_agent_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_register_agent_request *nex_register_agent_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_register_agent_request_decode(nex_register_agent_request **out,
                                                     const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_register_agent_request_decode_strict(nex_register_agent_request **out,
                                                            const char *json, size_t len,
                                                            nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_register_agent_request_encode(const nex_register_agent_request *message,
                                                     nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_register_agent_request_validate(const nex_register_agent_request *message,
                                                       nex_error *err);
NEX_API nex_status nex_register_agent_request_clone(const nex_register_agent_request *message,
                                                    nex_register_agent_request **out);
NEX_API bool nex_register_agent_request_equal(const nex_register_agent_request *a,
                                              const nex_register_agent_request *b);
NEX_API nex_status nex_register_agent_request_to_json(const nex_register_agent_request *message,
                                                      json_t **out);
NEX_API nex_status nex_register_agent_request_from_json(nex_register_agent_request **out,
                                                        const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_register_agent_request_free(nex_register_agent_request *message);

#ifdef __cplusplus
}
#endif

#endif
