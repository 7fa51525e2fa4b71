/*
 * A workload as its agent sees it.
 *
 * Written by nexgen 0.1.0 from workload-summary.json (sha256 1da793da75e3cbb0); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_SUMMARY_H
#define NEX_PROTOCOL_WORKLOAD_SUMMARY_H

#include <nex/codec.h>
#include <nex/protocol/tag_map.h>
#include <nex/protocol/workload_state.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_summary nex_workload_summary;

/** A workload as its agent sees it. */
struct nex_workload_summary {
    /** Workload id: a NUID of 22 base-62 characters. */
    char *id;
    /** Namespace the workload belongs to. Optional. */
    char *namespace_;
    /** Name of the workload. */
    char *name;
    /** When the workload started, RFC 3339. */
    char *start_time;
    /** How long it has run or ran, in Go duration text; "--" where that is not said. */
    char *runtime;
    /** Workload type: the register_type of the nexlet that runs it. */
    char *workload_type;
    /** service, job or function; text, since nexlets may say others. */
    char *workload_lifecycle;
    /** State of the workload. */
    nex_workload_state workload_state;
    /** What the nexlet tells about it, for example pid, restarts and exit. Optional. */
    nex_string_map metadata;
    bool has_metadata;
    /** Tags the workload was placed with. */
    nex_tag_map tags;
};

extern NEX_API const nex_type nex_workload_summary_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_summary *nex_workload_summary_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_summary_decode(nex_workload_summary **out, const char *json,
                                               size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_summary_decode_strict(nex_workload_summary **out, const char *json,
                                                      size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_summary_encode(const nex_workload_summary *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_summary_validate(const nex_workload_summary *message,
                                                 nex_error *err);
NEX_API nex_status nex_workload_summary_clone(const nex_workload_summary *message,
                                              nex_workload_summary **out);
NEX_API bool nex_workload_summary_equal(const nex_workload_summary *a,
                                        const nex_workload_summary *b);
NEX_API nex_status nex_workload_summary_to_json(const nex_workload_summary *message, json_t **out);
NEX_API nex_status nex_workload_summary_from_json(nex_workload_summary **out, const json_t *json,
                                                  nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_summary_free(nex_workload_summary *message);

#ifdef __cplusplus
}
#endif

#endif
