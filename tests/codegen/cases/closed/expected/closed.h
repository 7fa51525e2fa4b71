/*
 * Closed
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 3649eebe860c9abb); do not edit.
 */
#ifndef CLOSED_H
#define CLOSED_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct closed closed;
typedef struct closed_inner closed_inner;
typedef struct closed_sealed closed_sealed;
typedef struct closed_chosen closed_chosen;
typedef struct closed_chosen_additional closed_chosen_additional;
typedef struct closed_chosen_additional_entry closed_chosen_additional_entry;

struct closed_chosen_additional {
    closed_chosen_additional_entry *items;
    size_t count;
};

/** Closed */
struct closed {
    /** Optional. */
    char *a;
    /** Optional. */
    closed_inner *inner;
    /** Optional. */
    closed_sealed *sealed;
    /** Optional. */
    closed_chosen *chosen;
};

struct closed_inner {
    /** Optional. */
    char *b;
};

struct closed_sealed {
    /** Optional. */
    bool z;
    bool has_z;
    char *x;
    /** Optional. */
    int64_t y;
    bool has_y;
};

struct closed_chosen {
    /** Optional. */
    char *k;
    /** Members that the schema does not list. */
    closed_chosen_additional additional;
};

struct closed_chosen_additional_entry {
    char *key;
    json_t *value;
};

extern const nex_type closed_type;
extern const nex_type closed_inner_type;
extern const nex_type closed_sealed_type;
extern const nex_type closed_chosen_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **closed_chosen_additional_get(const closed_chosen_additional *map, const char *key);

/** A zeroed message; NULL when out of memory. */
closed *closed_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status closed_decode(closed **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status closed_decode_strict(closed **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status closed_encode(const closed *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status closed_validate(const closed *message, nex_error *err);
nex_status closed_clone(const closed *message, closed **out);
bool closed_equal(const closed *a, const closed *b);
nex_status closed_to_json(const closed *message, json_t **out);
nex_status closed_from_json(closed **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void closed_free(closed *message);

#ifdef __cplusplus
}
#endif

#endif
