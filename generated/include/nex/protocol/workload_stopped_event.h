/*
 * A workload ended.
 *
 * Written by nexgen 0.1.0 from workload-stopped-event.json (sha256 efc71d3461cc9ebc); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_STOPPED_EVENT_H
#define NEX_PROTOCOL_WORKLOAD_STOPPED_EVENT_H

#include <nex/codec.h>
#include <nex/protocol/workload_error.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_stopped_event nex_workload_stopped_event;

/** A workload ended. */
struct nex_workload_stopped_event {
    /** Workload id: a NUID of 22 base-62 characters. */
    char *id;
    /** Namespace the workload belongs to. */
    char *namespace_;
    /** Workload type: the register_type of the nexlet that runs it. */
    char *workload_type;
    /** What the nexlet tells about it. Optional. */
    nex_string_map metadata;
    bool has_metadata;
    /** Why it ended badly; absent when it did not. Optional. */
    nex_workload_error *error;
};

extern NEX_API const nex_type nex_workload_stopped_event_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_stopped_event *nex_workload_stopped_event_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_stopped_event_decode(nex_workload_stopped_event **out,
                                                     const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_stopped_event_decode_strict(nex_workload_stopped_event **out,
                                                            const char *json, size_t len,
                                                            nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_stopped_event_encode(const nex_workload_stopped_event *message,
                                                     nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_stopped_event_validate(const nex_workload_stopped_event *message,
                                                       nex_error *err);
NEX_API nex_status nex_workload_stopped_event_clone(const nex_workload_stopped_event *message,
                                                    nex_workload_stopped_event **out);
NEX_API bool nex_workload_stopped_event_equal(const nex_workload_stopped_event *a,
                                              const nex_workload_stopped_event *b);
NEX_API nex_status nex_workload_stopped_event_to_json(const nex_workload_stopped_event *message,
                                                      json_t **out);
NEX_API nex_status nex_workload_stopped_event_from_json(nex_workload_stopped_event **out,
                                                        const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_stopped_event_free(nex_workload_stopped_event *message);

#ifdef __cplusplus
}
#endif

#endif
