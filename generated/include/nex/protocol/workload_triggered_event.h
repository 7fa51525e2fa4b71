/*
 * A function ran once.
 *
 * Written by nexgen 0.1.0 from workload-triggered-event.json (sha256 c90312527d7affc1); do not
 * edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_TRIGGERED_EVENT_H
#define NEX_PROTOCOL_WORKLOAD_TRIGGERED_EVENT_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_triggered_event nex_workload_triggered_event;

/** A function ran once. */
struct nex_workload_triggered_event {
    /** Workload id: a NUID of 22 base-62 characters. */
    char *id;
    /** Namespace the workload belongs to. */
    char *namespace_;
    /** How long the run took, in milliseconds. At least 0. */
    double duration;
};

extern NEX_API const nex_type nex_workload_triggered_event_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_triggered_event *nex_workload_triggered_event_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_triggered_event_decode(nex_workload_triggered_event **out,
                                                       const char *json, size_t len,
                                                       nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_triggered_event_decode_strict(nex_workload_triggered_event **out,
                                                              const char *json, size_t len,
                                                              nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_triggered_event_encode(const nex_workload_triggered_event *message,
                                                       nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_triggered_event_validate(
    const nex_workload_triggered_event *message, nex_error *err);
NEX_API nex_status nex_workload_triggered_event_clone(const nex_workload_triggered_event *message,
                                                      nex_workload_triggered_event **out);
NEX_API bool nex_workload_triggered_event_equal(const nex_workload_triggered_event *a,
                                                const nex_workload_triggered_event *b);
NEX_API nex_status nex_workload_triggered_event_to_json(
    const nex_workload_triggered_event *message, json_t **out);
NEX_API nex_status nex_workload_triggered_event_from_json(nex_workload_triggered_event **out,
                                                          const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_triggered_event_free(nex_workload_triggered_event *message);

#ifdef __cplusplus
}
#endif

#endif
