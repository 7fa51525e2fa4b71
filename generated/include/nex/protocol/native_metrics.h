/*
 * What a workload of the native nexlet uses. The reference leaves the shape of metrics to the
 * nexlet.
 *
 * Written by nexgen 0.1.0 from native-metrics.json (sha256 2aad7faea03294b2); do not edit.
 */
#ifndef NEX_PROTOCOL_NATIVE_METRICS_H
#define NEX_PROTOCOL_NATIVE_METRICS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_native_metrics nex_native_metrics;

/**
 * What a workload of the native nexlet uses. The reference leaves the shape of metrics to the
 * nexlet.
 */
struct nex_native_metrics {
    /** Workload id: a NUID of 22 base-62 characters. */
    char *id;
    /** When it was measured. */
    nex_time time;
    /**
     * Processor time used by the present run; of a function by all of its runs since the nexlet
     * began. At least 0.
     */
    double cpu_seconds;
    /** Memory in bytes. At least 0. */
    int64_t memory;
    /** Processes, or tasks where a control group counts them. At least 0. */
    int64_t pids;
    /** Bytes read from storage; absent where it cannot be told. Optional. At least 0. */
    int64_t io_read;
    bool has_io_read;
    /** Bytes written to storage; absent where it cannot be told. Optional. At least 0. */
    int64_t io_write;
    bool has_io_write;
    /** Restarts of the workload. At least 0. */
    int64_t restarts;
    /** Functions only: messages that came since the nexlet began. Optional. At least 0. */
    int64_t calls;
    bool has_calls;
    /** Functions only: of them, answered with an error. Optional. At least 0. */
    int64_t calls_failed;
    bool has_calls_failed;
    /** Where the numbers come from: cgroup, or proc (sums over its processes). */
    char *source;
};

extern NEX_API const nex_type nex_native_metrics_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_native_metrics *nex_native_metrics_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_native_metrics_decode(nex_native_metrics **out, const char *json, size_t len,
                                             nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_native_metrics_decode_strict(nex_native_metrics **out, const char *json,
                                                    size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_native_metrics_encode(const nex_native_metrics *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_native_metrics_validate(const nex_native_metrics *message, nex_error *err);
NEX_API nex_status nex_native_metrics_clone(const nex_native_metrics *message,
                                            nex_native_metrics **out);
NEX_API bool nex_native_metrics_equal(const nex_native_metrics *a, const nex_native_metrics *b);
NEX_API nex_status nex_native_metrics_to_json(const nex_native_metrics *message, json_t **out);
NEX_API nex_status nex_native_metrics_from_json(nex_native_metrics **out, const json_t *json,
                                                nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_native_metrics_free(nex_native_metrics *message);

#ifdef __cplusplus
}
#endif

#endif
