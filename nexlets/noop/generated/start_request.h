/*
 * Runs nothing: says what it would run.
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 339457a2c2078128); do not edit.
 */
#ifndef START_REQUEST_H
#define START_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct noop_start_request noop_start_request;

/** Runs nothing: says what it would run. */
struct noop_start_request {
    /** Friendly name to include in logs and events. At least 1 character. */
    char *label;
    /** Optional message the noop runtime can echo. Optional. */
    char *message;
    /** Delay before reporting completion. Optional. At least 0. */
    int64_t sleep_ms;
    bool has_sleep_ms;
};

extern const nex_type noop_start_request_type;

/** A zeroed message; NULL when out of memory. */
noop_start_request *noop_start_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status noop_start_request_decode(noop_start_request **out, const char *json, size_t len,
                                     nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status noop_start_request_decode_strict(noop_start_request **out, const char *json, size_t len,
                                            nex_error *err);
/** Appends the message as JSON. */
nex_status noop_start_request_encode(const noop_start_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status noop_start_request_validate(const noop_start_request *message, nex_error *err);
nex_status noop_start_request_clone(const noop_start_request *message, noop_start_request **out);
bool noop_start_request_equal(const noop_start_request *a, const noop_start_request *b);
nex_status noop_start_request_to_json(const noop_start_request *message, json_t **out);
nex_status noop_start_request_from_json(noop_start_request **out, const json_t *json,
                                        nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void noop_start_request_free(noop_start_request *message);

#ifdef __cplusplus
}
#endif

#endif
