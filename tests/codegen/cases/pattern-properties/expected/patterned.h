/*
 * Patterned
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 69f6773d0591cff7); do not edit.
 */
#ifndef PATTERNED_H
#define PATTERNED_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct patterned patterned;
typedef struct patterned_by_name patterned_by_name;
typedef struct patterned_additional patterned_additional;
typedef struct patterned_by_name_entry patterned_by_name_entry;
typedef struct patterned_additional_entry patterned_additional_entry;

struct patterned_by_name {
    patterned_by_name_entry *items;
    size_t count;
};

struct patterned_additional {
    patterned_additional_entry *items;
    size_t count;
};

/** Patterned */
struct patterned {
    /** Optional. */
    char *name;
    /** Optional. */
    patterned_by_name by_name;
    bool has_by_name;
    /** Members that the schema does not list. */
    patterned_additional additional;
};

struct patterned_by_name_entry {
    char *key;
    int64_t value;
};

struct patterned_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type patterned_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
int64_t *patterned_by_name_get(const patterned_by_name *map, const char *key);

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **patterned_additional_get(const patterned_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
patterned *patterned_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status patterned_decode(patterned **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status patterned_decode_strict(patterned **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status patterned_encode(const patterned *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status patterned_validate(const patterned *message, nex_error *err);
nex_status patterned_clone(const patterned *message, patterned **out);
bool patterned_equal(const patterned *a, const patterned *b);
nex_status patterned_to_json(const patterned *message, json_t **out);
nex_status patterned_from_json(patterned **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void patterned_free(patterned *message);

#ifdef __cplusplus
}
#endif

#endif
