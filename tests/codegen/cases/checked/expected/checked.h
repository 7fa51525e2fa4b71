/*
 * Checked
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 b53d25b3f03f2b7c); do not edit.
 */
#ifndef CHECKED_H
#define CHECKED_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct checked checked;
typedef struct checked_list checked_list;
typedef struct checked_names checked_names;
typedef struct checked_additional checked_additional;
typedef struct checked_names_entry checked_names_entry;
typedef struct checked_additional_entry checked_additional_entry;

struct checked_list {
    int64_t *items;
    size_t count;
};

struct checked_names {
    checked_names_entry *items;
    size_t count;
};

struct checked_additional {
    checked_additional_entry *items;
    size_t count;
};

/** Checked */
struct checked {
    /** Optional. */
    int64_t a;
    bool has_a;
    /** Optional. */
    checked_list list;
    bool has_list;
    /** Optional. */
    char *b;
    /** Optional. */
    char *c;
    /** Optional. */
    checked_names names;
    bool has_names;
    /** Members that the schema does not list. */
    checked_additional additional;
};

struct checked_names_entry {
    char *key;
    int64_t value;
};

struct checked_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type checked_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
int64_t *checked_names_get(const checked_names *map, const char *key);

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **checked_additional_get(const checked_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
checked *checked_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status checked_decode(checked **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status checked_decode_strict(checked **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status checked_encode(const checked *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status checked_validate(const checked *message, nex_error *err);
nex_status checked_clone(const checked *message, checked **out);
bool checked_equal(const checked *a, const checked *b);
nex_status checked_to_json(const checked *message, json_t **out);
nex_status checked_from_json(checked **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void checked_free(checked *message);

#ifdef __cplusplus
}
#endif

#endif
