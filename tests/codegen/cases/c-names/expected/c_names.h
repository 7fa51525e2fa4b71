/*
 * C names
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 2449a8196dbb53d7); do not edit.
 */
#ifndef C_NAMES_H
#define C_NAMES_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct c_names c_names;
typedef struct c_names_additional_2 c_names_additional_2;
typedef struct c_names_additional_2_entry c_names_additional_2_entry;

struct c_names_additional_2 {
    c_names_additional_2_entry *items;
    size_t count;
};

/** C names */
struct c_names {
    /** Optional. */
    char *class_;
    /** Optional. */
    bool has_int;
    bool has_has_int;
    /** Optional. */
    int64_t int_;
    bool has_int_2;
    /** Optional. */
    char *foo_bar;
    /** Optional. */
    char *foo_bar_2;
    /** Optional. */
    int64_t n9lives;
    bool has_n9lives;
    /** Optional. */
    int64_t empty;
    bool has_empty;
    /** Optional. */
    int64_t grosse;
    bool has_grosse;
    /** Optional. */
    char *ref;
    /** Optional. */
    int64_t a_b_c;
    bool has_a_b_c;
    /** Optional. */
    int64_t horizontal;
    bool has_horizontal;
    /** Optional. */
    char *additional;
    /** Members that the schema does not list. */
    c_names_additional_2 additional_2;
};

struct c_names_additional_2_entry {
    char *key;
    bool value;
};

extern const nex_type c_names_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
bool *c_names_additional_2_get(const c_names_additional_2 *map, const char *key);

/** A zeroed message; NULL when out of memory. */
c_names *c_names_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status c_names_decode(c_names **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status c_names_decode_strict(c_names **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status c_names_encode(const c_names *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status c_names_validate(const c_names *message, nex_error *err);
nex_status c_names_clone(const c_names *message, c_names **out);
bool c_names_equal(const c_names *a, const c_names *b);
nex_status c_names_to_json(const c_names *message, json_t **out);
nex_status c_names_from_json(c_names **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void c_names_free(c_names *message);

#ifdef __cplusplus
}
#endif

#endif
