/*
 * An agent registered.
 *
 * Written by nexgen 0.1.0 from agent-started-event.json (sha256 45edb57db9dea656); do not edit.
 */
#ifndef NEX_PROTOCOL_AGENT_STARTED_EVENT_H
#define NEX_PROTOCOL_AGENT_STARTED_EVENT_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_agent_started_event nex_agent_started_event;

/** An agent registered. */
struct nex_agent_started_event {
    /** Agent id: a NUID of 22 base-62 characters. */
    char *id;
    /** Name of the nexlet. */
    char *name;
    /** Workload type it runs. */
    char *register_type;
};

extern NEX_API const nex_type nex_agent_started_event_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_agent_started_event *nex_agent_started_event_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_agent_started_event_decode(nex_agent_started_event **out, const char *json,
                                                  size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_agent_started_event_decode_strict(nex_agent_started_event **out,
                                                         const char *json, size_t len,
                                                         nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_agent_started_event_encode(const nex_agent_started_event *message,
                                                  nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_agent_started_event_validate(const nex_agent_started_event *message,
                                                    nex_error *err);
NEX_API nex_status nex_agent_started_event_clone(const nex_agent_started_event *message,
                                                 nex_agent_started_event **out);
NEX_API bool nex_agent_started_event_equal(const nex_agent_started_event *a,
                                           const nex_agent_started_event *b);
NEX_API nex_status nex_agent_started_event_to_json(const nex_agent_started_event *message,
                                                   json_t **out);
NEX_API nex_status nex_agent_started_event_from_json(nex_agent_started_event **out,
                                                     const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_agent_started_event_free(nex_agent_started_event *message);

#ifdef __cplusplus
}
#endif

#endif
