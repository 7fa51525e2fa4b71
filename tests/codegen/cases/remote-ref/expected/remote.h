/*
 * References to the network are any value, kept as it is.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 15f05db8b48acc46); do not edit.
 */
#ifndef REMOTE_H
#define REMOTE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct remote remote;
typedef struct remote_b remote_b;
typedef struct remote_c remote_c;
typedef struct remote_b_additional remote_b_additional;
typedef struct remote_c_additional remote_c_additional;
typedef struct remote_b_additional_entry remote_b_additional_entry;
typedef struct remote_c_additional_entry remote_c_additional_entry;

struct remote_b_additional {
    remote_b_additional_entry *items;
    size_t count;
};

struct remote_c_additional {
    remote_c_additional_entry *items;
    size_t count;
};

/** References to the network are any value, kept as it is. */
struct remote {
    /** Whatever that schema says. Optional. */
    json_t *a;
    /** Optional. */
    remote_b *b;
    /** Optional. */
    remote_c *c;
};

struct remote_b {
    /** Optional. */
    int64_t n;
    bool has_n;
    /** Members that the schema does not list. */
    remote_b_additional additional;
};

struct remote_c {
    /** Optional. */
    json_t *inner;
    /** Members that the schema does not list. */
    remote_c_additional additional;
};

struct remote_b_additional_entry {
    char *key;
    json_t *value;
};

struct remote_c_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type remote_type;
extern const nex_type remote_b_type;
extern const nex_type remote_c_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **remote_b_additional_get(const remote_b_additional *map, const char *key);

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **remote_c_additional_get(const remote_c_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
remote *remote_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status remote_decode(remote **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status remote_decode_strict(remote **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status remote_encode(const remote *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status remote_validate(const remote *message, nex_error *err);
nex_status remote_clone(const remote *message, remote **out);
bool remote_equal(const remote *a, const remote *b);
nex_status remote_to_json(const remote *message, json_t **out);
nex_status remote_from_json(remote **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void remote_free(remote *message);

#ifdef __cplusplus
}
#endif

#endif
