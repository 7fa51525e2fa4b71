/*
 * Kept
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 a904074964a3ad17); do not edit.
 */
#ifndef KEPT_H
#define KEPT_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kept kept;
typedef struct kept_additional kept_additional;
typedef struct kept_additional_entry kept_additional_entry;

struct kept_additional {
    kept_additional_entry *items;
    size_t count;
};

/** Kept */
struct kept {
    /** Optional. */
    char *m;
    /** Members that the schema does not list. */
    kept_additional additional;
};

struct kept_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type kept_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **kept_additional_get(const kept_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
kept *kept_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status kept_decode(kept **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status kept_decode_strict(kept **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status kept_encode(const kept *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status kept_validate(const kept *message, nex_error *err);
nex_status kept_clone(const kept *message, kept **out);
bool kept_equal(const kept *a, const kept *b);
nex_status kept_to_json(const kept *message, json_t **out);
nex_status kept_from_json(kept **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void kept_free(kept *message);

#ifdef __cplusplus
}
#endif

#endif
