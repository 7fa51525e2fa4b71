/*
 * Maps
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 442281fddd64c6d8); do not edit.
 */
#ifndef MAPS_H
#define MAPS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct maps maps;
typedef struct maps_point maps_point;
typedef struct maps_counts maps_counts;
typedef struct maps_free_value maps_free_value;
typedef struct maps_any maps_any;
typedef struct maps_lists maps_lists;
typedef struct maps_point_map maps_point_map;
typedef struct maps_counts_entry maps_counts_entry;
typedef struct maps_free_value_entry maps_free_value_entry;
typedef struct maps_any_entry maps_any_entry;
typedef struct maps_lists_entry maps_lists_entry;
typedef struct maps_point_map_entry maps_point_map_entry;

struct maps_counts {
    maps_counts_entry *items;
    size_t count;
};

struct maps_free_value {
    maps_free_value_entry *items;
    size_t count;
};

struct maps_any {
    maps_any_entry *items;
    size_t count;
};

struct maps_lists {
    maps_lists_entry *items;
    size_t count;
};

struct maps_point_map {
    maps_point_map_entry *items;
    size_t count;
};

/** Maps */
struct maps {
    /** Optional. At most 2 members. */
    nex_string_map env;
    bool has_env;
    /** Optional. */
    maps_counts counts;
    bool has_counts;
    /** Optional. */
    maps_point_map points;
    bool has_points;
    /** Optional. */
    maps_free_value free;
    bool has_free;
    /** Optional. */
    maps_any any;
    bool has_any;
    /** Optional. */
    maps_lists lists;
    bool has_lists;
};

/** Point */
struct maps_point {
    int64_t x;
};

struct maps_counts_entry {
    char *key;
    int64_t value;
};

struct maps_free_value_entry {
    char *key;
    json_t *value;
};

struct maps_any_entry {
    char *key;
    json_t *value;
};

struct maps_lists_entry {
    char *key;
    nex_string_list value;
};

struct maps_point_map_entry {
    char *key;
    maps_point value;
};

extern const nex_type maps_type;
extern const nex_type maps_point_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
int64_t *maps_counts_get(const maps_counts *map, const char *key);

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **maps_free_value_get(const maps_free_value *map, const char *key);

/** The value of a key, or NULL; of a key given twice the last one counts. */
json_t **maps_any_get(const maps_any *map, const char *key);

/** The value of a key, or NULL; of a key given twice the last one counts. */
nex_string_list *maps_lists_get(const maps_lists *map, const char *key);

/** The value of a key, or NULL; of a key given twice the last one counts. */
maps_point *maps_point_map_get(const maps_point_map *map, const char *key);

/** A zeroed message; NULL when out of memory. */
maps *maps_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status maps_decode(maps **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status maps_decode_strict(maps **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status maps_encode(const maps *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status maps_validate(const maps *message, nex_error *err);
nex_status maps_clone(const maps *message, maps **out);
bool maps_equal(const maps *a, const maps *b);
nex_status maps_to_json(const maps *message, json_t **out);
nex_status maps_from_json(maps **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void maps_free(maps *message);

#ifdef __cplusplus
}
#endif

#endif
