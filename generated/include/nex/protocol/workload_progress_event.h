/*
 * How far the fetching of an artifact has come, before the workload starts. Sent at the beginning,
 * once a second, and at the end. The reference has no such event.
 *
 * Written by nexgen 0.1.0 from workload-progress-event.json (sha256 b0d0d9a54457180b); do not
 * edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_PROGRESS_EVENT_H
#define NEX_PROTOCOL_WORKLOAD_PROGRESS_EVENT_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_progress_event nex_workload_progress_event;

/**
 * How far the fetching of an artifact has come, before the workload starts. Sent at the beginning,
 * once a second, and at the end. The reference has no such event.
 */
struct nex_workload_progress_event {
    /** Workload id: a NUID of 22 base-62 characters. */
    char *id;
    /** Namespace the workload belongs to. */
    char *namespace_;
    /** Workload type: the register_type of the nexlet that runs it. */
    char *workload_type;
    /** URI of the artifact. */
    char *artifact;
    /** What is being done: fetching, unpacking, done, failed. */
    char *stage;
    /** Bytes received so far. At least 0. */
    int64_t bytes;
    /** Bytes in all, as far as it is known. Optional. At least 0. */
    int64_t total;
    bool has_total;
};

extern NEX_API const nex_type nex_workload_progress_event_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_progress_event *nex_workload_progress_event_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_progress_event_decode(nex_workload_progress_event **out,
                                                      const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_progress_event_decode_strict(nex_workload_progress_event **out,
                                                             const char *json, size_t len,
                                                             nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_progress_event_encode(const nex_workload_progress_event *message,
                                                      nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_progress_event_validate(const nex_workload_progress_event *message,
                                                        nex_error *err);
NEX_API nex_status nex_workload_progress_event_clone(const nex_workload_progress_event *message,
                                                     nex_workload_progress_event **out);
NEX_API bool nex_workload_progress_event_equal(const nex_workload_progress_event *a,
                                               const nex_workload_progress_event *b);
NEX_API nex_status nex_workload_progress_event_to_json(const nex_workload_progress_event *message,
                                                       json_t **out);
NEX_API nex_status nex_workload_progress_event_from_json(nex_workload_progress_event **out,
                                                         const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_progress_event_free(nex_workload_progress_event *message);

#ifdef __cplusplus
}
#endif

#endif
