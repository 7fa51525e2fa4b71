/*
 * A part of what a workload wrote, in the order in which it was written.
 *
 * Written by nexgen 0.1.0 from workload-logs-response.json (sha256 461bc8a40489a272); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_LOGS_RESPONSE_H
#define NEX_PROTOCOL_WORKLOAD_LOGS_RESPONSE_H

#include <nex/codec.h>
#include <nex/protocol/workload_log_piece.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_logs_response nex_workload_logs_response;

/** A part of what a workload wrote, in the order in which it was written. */
struct nex_workload_logs_response {
    /** Pieces of output. */
    nex_workload_log_piece_list pieces;
    /** What to ask for next: `from` of the following request. At least 1. */
    int64_t next;
    /** Where that lies; means something to the agent only. Optional. */
    char *place;
    /** Nothing more was there when this was answered. */
    bool end;
    /** The workload has ended for good: nothing more will come. */
    bool ended;
    /**
     * Pieces from `from` on that are no longer kept, or never were for want of room on the disk. At
     * least 0.
     */
    int64_t missed;
};

extern NEX_API const nex_type nex_workload_logs_response_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_logs_response *nex_workload_logs_response_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_logs_response_decode(nex_workload_logs_response **out,
                                                     const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_logs_response_decode_strict(nex_workload_logs_response **out,
                                                            const char *json, size_t len,
                                                            nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_logs_response_encode(const nex_workload_logs_response *message,
                                                     nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_logs_response_validate(const nex_workload_logs_response *message,
                                                       nex_error *err);
NEX_API nex_status nex_workload_logs_response_clone(const nex_workload_logs_response *message,
                                                    nex_workload_logs_response **out);
NEX_API bool nex_workload_logs_response_equal(const nex_workload_logs_response *a,
                                              const nex_workload_logs_response *b);
NEX_API nex_status nex_workload_logs_response_to_json(const nex_workload_logs_response *message,
                                                      json_t **out);
NEX_API nex_status nex_workload_logs_response_from_json(nex_workload_logs_response **out,
                                                        const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_logs_response_free(nex_workload_logs_response *message);

#ifdef __cplusplus
}
#endif

#endif
