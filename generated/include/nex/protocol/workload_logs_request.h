/*
 * Asks for a part of what a workload wrote. The first request says where to begin, each further
 * one takes `from` from the last answer.
 *
 * Written by nexgen 0.1.0 from workload-logs-request.json (sha256 8f905265c407850a); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_LOGS_REQUEST_H
#define NEX_PROTOCOL_WORKLOAD_LOGS_REQUEST_H

#include <nex/codec.h>
#include <nex/protocol/workload_log_stream.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_logs_request nex_workload_logs_request;

/**
 * Asks for a part of what a workload wrote. The first request says where to begin, each further one
 * takes `from` from the last answer.
 */
struct nex_workload_logs_request {
    /** Namespace of the workload. */
    char *namespace_;
    /**
     * Sequence number of the first piece wanted; 0: the oldest that is kept, unless since or tail
     * say otherwise. Optional. At least 0.
     */
    int64_t from;
    bool has_from;
    /** With from 0: begin with the first piece that is not older than this. Optional. */
    nex_duration since;
    bool has_since;
    /** With from 0: begin so many lines before the end. Optional. At least 0. */
    int64_t tail;
    bool has_tail;
    /** Only this stream; absent: both. Optional. */
    nex_workload_log_stream stream;
    /** With from: `place` of the last answer, which saves the agent searching. Optional. */
    char *place;
    /**
     * At most so many bytes in the answer; absent or 0: as the agent likes. Optional. At least 0.
     */
    int64_t max_bytes;
    bool has_max_bytes;
};

extern NEX_API const nex_type nex_workload_logs_request_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_logs_request *nex_workload_logs_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_logs_request_decode(nex_workload_logs_request **out,
                                                    const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_logs_request_decode_strict(nex_workload_logs_request **out,
                                                           const char *json, size_t len,
                                                           nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_logs_request_encode(const nex_workload_logs_request *message,
                                                    nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_logs_request_validate(const nex_workload_logs_request *message,
                                                      nex_error *err);
NEX_API nex_status nex_workload_logs_request_clone(const nex_workload_logs_request *message,
                                                   nex_workload_logs_request **out);
NEX_API bool nex_workload_logs_request_equal(const nex_workload_logs_request *a,
                                             const nex_workload_logs_request *b);
NEX_API nex_status nex_workload_logs_request_to_json(const nex_workload_logs_request *message,
                                                     json_t **out);
NEX_API nex_status nex_workload_logs_request_from_json(nex_workload_logs_request **out,
                                                       const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_logs_request_free(nex_workload_logs_request *message);

#ifdef __cplusplus
}
#endif

#endif
