/*
 * Identity and credentials with which a remote agent registers.
 *
 * Written by nexgen 0.1.0 from register-remote-agent-response.json (sha256 3aa74dd268823518); do
 * not edit.
 */
#ifndef NEX_PROTOCOL_REGISTER_REMOTE_AGENT_RESPONSE_H
#define NEX_PROTOCOL_REGISTER_REMOTE_AGENT_RESPONSE_H

#include <nex/codec.h>
#include <nex/protocol/nats_connection_data.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_register_remote_agent_response nex_register_remote_agent_response;

/** Identity and credentials with which a remote agent registers. */
struct nex_register_remote_agent_response {
    /** Agent id: a NUID of 22 base-62 characters. */
    char *assigned_agent_id;
    /** How to connect in order to register. Optional. */
    nex_nats_connection_data *registration_creds;
    /** Id of the node that waits for REGISTER. */
    char *respond_to;
};

extern NEX_API const nex_type nex_register_remote_agent_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_register_remote_agent_response *nex_register_remote_agent_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_register_remote_agent_response_decode(
    nex_register_remote_agent_response **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_register_remote_agent_response_decode_strict(
    nex_register_remote_agent_response **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_register_remote_agent_response_encode(
    const nex_register_remote_agent_response *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_register_remote_agent_response_validate(
    const nex_register_remote_agent_response *message, nex_error *err);
NEX_API nex_status nex_register_remote_agent_response_clone(
    const nex_register_remote_agent_response *message, nex_register_remote_agent_response **out);
NEX_API bool nex_register_remote_agent_response_equal(const nex_register_remote_agent_response *a,
                                                      const nex_register_remote_agent_response *b);
NEX_API nex_status nex_register_remote_agent_response_to_json(
    const nex_register_remote_agent_response *message, json_t **out);
NEX_API nex_status nex_register_remote_agent_response_from_json(
    nex_register_remote_agent_response **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_register_remote_agent_response_free(nex_register_remote_agent_response *message);

#ifdef __cplusplus
}
#endif

#endif
