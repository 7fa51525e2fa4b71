/*
 * What draft-07 writes otherwise: items as a list, additionalItems, contains, if.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 60ceabe5c6732d29); do not edit.
 */
#ifndef FORMS_H
#define FORMS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct forms forms;
typedef struct forms_row forms_row;
typedef struct forms_row_rest forms_row_rest;
typedef struct forms_list forms_list;
typedef struct forms_additional forms_additional;
typedef struct forms_additional_entry forms_additional_entry;

struct forms_row_rest {
    bool *items;
    size_t count;
};

struct forms_list {
    int64_t *items;
    size_t count;
};

struct forms_additional {
    forms_additional_entry *items;
    size_t count;
};

/** What draft-07 writes otherwise: items as a list, additionalItems, contains, if. */
struct forms {
    /** Optional. At least 2 characters. */
    char *first;
    /** Optional. */
    forms_row *row;
    /** Optional. */
    forms_list list;
    bool has_list;
    /** Optional. More than 0. */
    int64_t level;
    bool has_level;
    /** Members that the schema does not list. */
    forms_additional additional;
};

struct forms_row {
    /** Optional. */
    char *item0;
    /** The items behind those. */
    forms_row_rest rest;
};

struct forms_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type forms_type;
extern const nex_type forms_name_type;
extern const nex_type forms_row_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **forms_additional_get(const forms_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
forms *forms_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status forms_decode(forms **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status forms_decode_strict(forms **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status forms_encode(const forms *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status forms_validate(const forms *message, nex_error *err);
nex_status forms_clone(const forms *message, forms **out);
bool forms_equal(const forms *a, const forms *b);
nex_status forms_to_json(const forms *message, json_t **out);
nex_status forms_from_json(forms **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void forms_free(forms *message);

#ifdef __cplusplus
}
#endif

#endif
