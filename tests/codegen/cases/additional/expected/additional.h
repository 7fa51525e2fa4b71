/*
 * Additional
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 c29ce2dcf39a1074); do not edit.
 */
#ifndef ADDITIONAL_H
#define ADDITIONAL_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct additional additional;
typedef struct additional_additional additional_additional;
typedef struct additional_additional_entry additional_additional_entry;

struct additional_additional {
    additional_additional_entry *items;
    size_t count;
};

/** Additional */
struct additional {
    /** Optional. */
    char *a;
    /** Members that the schema does not list. */
    additional_additional additional_value;
};

struct additional_additional_entry {
    char *key;
    int64_t value;
};

extern const nex_type additional_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
int64_t *additional_additional_get(const additional_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
additional *additional_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status additional_decode(additional **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status additional_decode_strict(additional **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status additional_encode(const additional *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status additional_validate(const additional *message, nex_error *err);
nex_status additional_clone(const additional *message, additional **out);
bool additional_equal(const additional *a, const additional *b);
nex_status additional_to_json(const additional *message, json_t **out);
nex_status additional_from_json(additional **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void additional_free(additional *message);

#ifdef __cplusplus
}
#endif

#endif
