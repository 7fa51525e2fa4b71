/*
 * Limits
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 38c3ac708403156e); do not edit.
 */
#ifndef LIMITS_H
#define LIMITS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct limits limits;

/** Limits */
struct limits {
    /** TCP port. Optional. At least 1. At most 65535. */
    int64_t port;
    bool has_port;
    /** Optional. More than 0. Less than 10. A multiple of 3. */
    int64_t odd;
    bool has_odd;
    /** Optional. At least 0. Less than 1. */
    double share;
    bool has_share;
    /** Optional. A multiple of 0.01. */
    double step;
    bool has_step;
    /** Optional. At least 0.5. At most 2.5. */
    int64_t frac;
    bool has_frac;
    /** Optional. At most 18446744073709551615. */
    int64_t huge;
    bool has_huge;
};

extern const nex_type limits_type;

/** A zeroed message; NULL when out of memory. */
limits *limits_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status limits_decode(limits **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status limits_decode_strict(limits **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status limits_encode(const limits *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status limits_validate(const limits *message, nex_error *err);
nex_status limits_clone(const limits *message, limits **out);
bool limits_equal(const limits *a, const limits *b);
nex_status limits_to_json(const limits *message, json_t **out);
nex_status limits_from_json(limits **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void limits_free(limits *message);

#ifdef __cplusplus
}
#endif

#endif
