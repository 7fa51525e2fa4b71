/*
 * Seven
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 7c1cb77f7430de37); do not edit.
 */
#ifndef SEVEN_H
#define SEVEN_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct seven seven;
typedef struct seven_pair seven_pair;
typedef struct seven_additional seven_additional;
typedef struct seven_additional_entry seven_additional_entry;

struct seven_additional {
    seven_additional_entry *items;
    size_t count;
};

/** Seven */
struct seven {
    /** Optional. At least 1. */
    int64_t a;
    bool has_a;
    /** Optional. At least 1. */
    int64_t b;
    bool has_b;
    /** Optional. */
    seven_pair *pair;
    /** Optional. */
    char *c;
    /** Members that the schema does not list. */
    seven_additional additional;
};

struct seven_pair {
    /** Optional. */
    char *item0;
    /** Optional. */
    int64_t item1;
    bool has_item1;
};

struct seven_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type seven_type;
extern const nex_type seven_pos_type;
extern const nex_type seven_pair_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **seven_additional_get(const seven_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
seven *seven_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status seven_decode(seven **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status seven_decode_strict(seven **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status seven_encode(const seven *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status seven_validate(const seven *message, nex_error *err);
nex_status seven_clone(const seven *message, seven **out);
bool seven_equal(const seven *a, const seven *b);
nex_status seven_to_json(const seven *message, json_t **out);
nex_status seven_from_json(seven **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void seven_free(seven *message);

#ifdef __cplusplus
}
#endif

#endif
