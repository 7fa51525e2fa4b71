/*
 * Ids
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 aa1dd2b489014859); do not edit.
 */
#ifndef IDS_H
#define IDS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct ids ids;
typedef struct ids_one ids_one;

/** Ids */
struct ids {
    /** Optional. */
    ids_one *a;
    /** Optional. At most 3. */
    int64_t b;
    bool has_b;
    /** Optional. */
    bool c;
    bool has_c;
};

struct ids_one {
    /** At most 3. */
    int64_t x;
};

extern const nex_type ids_type;
extern const nex_type ids_one_type;
extern const nex_type ids_deep_type;

/** A zeroed message; NULL when out of memory. */
ids *ids_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status ids_decode(ids **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status ids_decode_strict(ids **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status ids_encode(const ids *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status ids_validate(const ids *message, nex_error *err);
nex_status ids_clone(const ids *message, ids **out);
bool ids_equal(const ids *a, const ids *b);
nex_status ids_to_json(const ids *message, json_t **out);
nex_status ids_from_json(ids **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void ids_free(ids *message);

#ifdef __cplusplus
}
#endif

#endif
