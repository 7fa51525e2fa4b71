/*
 * Why a workload ended badly.
 *
 * Written by nexgen 0.1.0 from workload-error.json (sha256 473b3ab6b65ec965); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_ERROR_H
#define NEX_PROTOCOL_WORKLOAD_ERROR_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_error nex_workload_error;

/** Why a workload ended badly. */
struct nex_workload_error {
    /** Exit status as text, or the name of the signal. */
    char *code;
    /** More in words; may be empty. */
    char *message;
};

extern NEX_API const nex_type nex_workload_error_type;

/** A zeroed message; NULL when out of memory. */
NEX_API nex_workload_error *nex_workload_error_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
NEX_API nex_status nex_workload_error_decode(nex_workload_error **out, const char *json, size_t len,
                                             nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
NEX_API nex_status nex_workload_error_decode_strict(nex_workload_error **out, const char *json,
                                                    size_t len, nex_error *err);
/** Appends the message as JSON. */
NEX_API nex_status nex_workload_error_encode(const nex_workload_error *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
NEX_API nex_status nex_workload_error_validate(const nex_workload_error *message, nex_error *err);
NEX_API nex_status nex_workload_error_clone(const nex_workload_error *message,
                                            nex_workload_error **out);
NEX_API bool nex_workload_error_equal(const nex_workload_error *a, const nex_workload_error *b);
NEX_API nex_status nex_workload_error_to_json(const nex_workload_error *message, json_t **out);
NEX_API nex_status nex_workload_error_from_json(nex_workload_error **out, const json_t *json,
                                                nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
NEX_API void nex_workload_error_free(nex_workload_error *message);

#ifdef __cplusplus
}
#endif

#endif
