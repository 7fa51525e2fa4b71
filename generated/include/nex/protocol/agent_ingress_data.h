/*
 * Ingress settings of an agent.
 *
 * Written by nexgen 0.1.0 from agent-ingress-data.json (sha256 2a656005c8fba11e); do not edit.
 */
#ifndef NEX_PROTOCOL_AGENT_INGRESS_DATA_H
#define NEX_PROTOCOL_AGENT_INGRESS_DATA_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_ingress_data nex_agent_ingress_data;

/** Ingress settings of an agent. */
struct nex_agent_ingress_data {
    /** IP address of the agent's machine. */
    char *host_machine_ip_addr;
    /** NATS subject to which AgentIngressMsg is published. */
    char *ingress_reporting_subject;
};

extern NEX_API const nex_type nex_agent_ingress_data_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_ingress_data *nex_agent_ingress_data_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_ingress_data_decode(nex_agent_ingress_data **out, const char *json,
                                                 size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_ingress_data_decode_strict(nex_agent_ingress_data **out,
                                                        const char *json, size_t len,
                                                        nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_ingress_data_encode(const nex_agent_ingress_data *message,
                                                 nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_ingress_data_validate(const nex_agent_ingress_data *message,
                                                   nex_error *err);
NEX_API nex_status nex_agent_ingress_data_clone(const nex_agent_ingress_data *message,
                                                nex_agent_ingress_data **out);
NEX_API bool nex_agent_ingress_data_equal(const nex_agent_ingress_data *a,
                                          const nex_agent_ingress_data *b);
NEX_API nex_status nex_agent_ingress_data_to_json(const nex_agent_ingress_data *message,
                                                  json_t **out);
NEX_API nex_status nex_agent_ingress_data_from_json(nex_agent_ingress_data **out,
                                                    const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_ingress_data_free(nex_agent_ingress_data *message);

#ifdef __cplusplus
}
#endif

#endif
