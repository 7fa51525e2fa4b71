/*
 * Tells an ingress about an upstream.
 *
 * Written by nexgen 0.1.0 from agent-ingress-msg.json (sha256 a6a869990bb283cb); do not edit.
 */
#ifndef NEX_PROTOCOL_AGENT_INGRESS_MSG_H
#define NEX_PROTOCOL_AGENT_INGRESS_MSG_H

#include <nex/codec.h>
#include <nex/protocol/agent_ingress_command.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_ingress_msg nex_agent_ingress_msg;

/** Tells an ingress about an upstream. */
struct nex_agent_ingress_msg {
    /** Workload id: a NUID of 22 base-62 characters. */
    char *workload_id;
    /** "ip:port"; empty with remove. */
    char *upstream;
    /** What to do. */
    nex_agent_ingress_command command;
};

extern NEX_API const nex_type nex_agent_ingress_msg_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_ingress_msg *nex_agent_ingress_msg_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_ingress_msg_decode(nex_agent_ingress_msg **out, const char *json,
                                                size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_ingress_msg_decode_strict(nex_agent_ingress_msg **out,
                                                       const char *json, size_t len,
                                                       nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_ingress_msg_encode(const nex_agent_ingress_msg *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_ingress_msg_validate(const nex_agent_ingress_msg *message,
                                                  nex_error *err);
NEX_API nex_status nex_agent_ingress_msg_clone(const nex_agent_ingress_msg *message,
                                               nex_agent_ingress_msg **out);
NEX_API bool nex_agent_ingress_msg_equal(const nex_agent_ingress_msg *a,
                                         const nex_agent_ingress_msg *b);
NEX_API nex_status nex_agent_ingress_msg_to_json(const nex_agent_ingress_msg *message,
                                                 json_t **out);
NEX_API nex_status nex_agent_ingress_msg_from_json(nex_agent_ingress_msg **out, const json_t *json,
                                                   nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_ingress_msg_free(nex_agent_ingress_msg *message);

#ifdef __cplusplus
}
#endif

#endif
