/*
 * A remote agent asks for an id and credentials. It has no fields.
 *
 * Written by nexgen 0.1.0 from register-remote-agent-request.json (sha256 bc23a86a570078ac); do
 * not edit.
 */
#ifndef NEX_PROTOCOL_REGISTER_REMOTE_AGENT_REQUEST_H
#define NEX_PROTOCOL_REGISTER_REMOTE_AGENT_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_register_remote_agent_request nex_register_remote_agent_request;

/** A remote agent asks for an id and credentials. It has no fields. */
struct nex_register_remote_agent_request {
    char unused_; /**< C has no empty structs */
};

extern NEX_API const nex_type nex_register_remote_agent_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_register_remote_agent_request *nex_register_remote_agent_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_register_remote_agent_request_decode(
    nex_register_remote_agent_request **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_register_remote_agent_request_decode_strict(
    nex_register_remote_agent_request **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_register_remote_agent_request_encode(
    const nex_register_remote_agent_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_register_remote_agent_request_validate(
    const nex_register_remote_agent_request *message, nex_error *err);
NEX_API nex_status nex_register_remote_agent_request_clone(
    const nex_register_remote_agent_request *message, nex_register_remote_agent_request **out);
NEX_API bool nex_register_remote_agent_request_equal(const nex_register_remote_agent_request *a,
                                                     const nex_register_remote_agent_request *b);
NEX_API nex_status nex_register_remote_agent_request_to_json(
    const nex_register_remote_agent_request *message, json_t **out);
NEX_API nex_status nex_register_remote_agent_request_from_json(
    nex_register_remote_agent_request **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_register_remote_agent_request_free(nex_register_remote_agent_request *message);

#ifdef __cplusplus
}
#endif

#endif
