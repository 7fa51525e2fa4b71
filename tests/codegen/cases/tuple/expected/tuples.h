/*
 * Tuples
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 315bde583d586f20); do not edit.
 */
#ifndef TUPLES_H
#define TUPLES_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tuples tuples;
typedef struct tuples_pair tuples_pair;
typedef struct tuples_open tuples_open;
typedef struct tuples_point tuples_point;

/** Tuples */
struct tuples {
    /** Optional. */
    tuples_pair *pair;
    /** Optional. */
    tuples_open *open;
};

struct tuples_pair {
    char *item0;
    /** At least 0. */
    int64_t item1;
};

struct tuples_open {
    /** Optional. */
    char *item0;
    /** Point. Optional. */
    tuples_point *item1;
};

/** Point */
struct tuples_point {
    int64_t x;
};

extern const nex_type tuples_type;
extern const nex_type tuples_pair_type;
extern const nex_type tuples_open_type;
extern const nex_type tuples_point_type;

/** A zeroed message; NULL when out of memory. */
tuples *tuples_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status tuples_decode(tuples **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status tuples_decode_strict(tuples **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status tuples_encode(const tuples *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status tuples_validate(const tuples *message, nex_error *err);
nex_status tuples_clone(const tuples *message, tuples **out);
bool tuples_equal(const tuples *a, const tuples *b);
nex_status tuples_to_json(const tuples *message, json_t **out);
nex_status tuples_from_json(tuples **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void tuples_free(tuples *message);

#ifdef __cplusplus
}
#endif

#endif
