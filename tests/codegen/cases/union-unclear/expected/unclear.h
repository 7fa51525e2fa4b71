/*
 * Unclear
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 c0ea119affc0cd7b); do not edit.
 */
#ifndef UNCLEAR_H
#define UNCLEAR_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct unclear unclear;
typedef struct unclear_base unclear_base;
typedef struct unclear_base_additional unclear_base_additional;
typedef struct unclear_base_additional_entry unclear_base_additional_entry;

struct unclear_base_additional {
    unclear_base_additional_entry *items;
    size_t count;
};

/** Unclear */
struct unclear {
    /** Optional. */
    json_t *a;
    /** Optional. */
    char *s;
    /** Optional. */
    unclear_base *base;
};

struct unclear_base {
    /** Optional. */
    int64_t n;
    bool has_n;
    /** Optional. */
    int64_t m;
    bool has_m;
    /** Members that the schema does not list. */
    unclear_base_additional additional;
};

struct unclear_base_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type unclear_type;
extern const nex_type unclear_base_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **unclear_base_additional_get(const unclear_base_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
unclear *unclear_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status unclear_decode(unclear **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status unclear_decode_strict(unclear **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status unclear_encode(const unclear *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status unclear_validate(const unclear *message, nex_error *err);
nex_status unclear_clone(const unclear *message, unclear **out);
bool unclear_equal(const unclear *a, const unclear *b);
nex_status unclear_to_json(const unclear *message, json_t **out);
nex_status unclear_from_json(unclear **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void unclear_free(unclear *message);

#ifdef __cplusplus
}
#endif

#endif
