/*
 * Times
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 f5b536378ebd3772); do not edit.
 */
#ifndef TIMES_2_H
#define TIMES_2_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct times_2 times_2;
typedef struct times_2_spans times_2_spans;

struct times_2_spans {
    nex_iso_duration *items;
    size_t count;
};

/** Times */
struct times_2 {
    /** Optional. */
    nex_time at;
    bool has_at;
    /** Optional. Default: "1m30s". */
    nex_duration wait;
    bool has_wait;
    /** Optional. At most 8 characters. */
    nex_bytes data;
    bool has_data;
    /** Optional. At most 25 characters. */
    char *odd;
    /** Optional. Default: "P2W". */
    nex_iso_duration iso;
    bool has_iso;
    /** Optional. */
    times_2_spans spans;
    bool has_spans;
    /** Optional. Pattern: ^P.*[HM]$ */
    char *limited;
};

extern const nex_type times_2_type;

nex_duration times_2_wait_or_default(const times_2 *message);
nex_iso_duration times_2_iso_or_default(const times_2 *message);

/** A zeroed message; NULL when out of memory. */
times_2 *times_2_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status times_2_decode(times_2 **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status times_2_decode_strict(times_2 **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status times_2_encode(const times_2 *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status times_2_validate(const times_2 *message, nex_error *err);
nex_status times_2_clone(const times_2 *message, times_2 **out);
bool times_2_equal(const times_2 *a, const times_2 *b);
nex_status times_2_to_json(const times_2 *message, json_t **out);
nex_status times_2_from_json(times_2 **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void times_2_free(times_2 *message);

#ifdef __cplusplus
}
#endif

#endif
