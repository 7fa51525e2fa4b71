/*
 * NullItems
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 c75e97b958cc8f98); do not edit.
 */
#ifndef NULL_ITEMS_H
#define NULL_ITEMS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct null_items null_items;
typedef struct null_items_texts_item null_items_texts_item;
typedef struct null_items_map_value null_items_map_value;
typedef struct null_items_texts_item_list null_items_texts_item_list;
typedef struct null_items_map_value_map null_items_map_value_map;
typedef struct null_items_map_value_map_entry null_items_map_value_map_entry;

struct null_items_texts_item_list {
    null_items_texts_item *items;
    size_t count;
};

struct null_items_map_value_map {
    null_items_map_value_map_entry *items;
    size_t count;
};

/** NullItems */
struct null_items {
    /** Optional. */
    null_items_texts_item_list texts;
    bool has_texts;
    /** Optional. */
    null_items_map_value_map map;
    bool has_map;
};

typedef enum null_items_texts_item_kind {
    NULL_ITEMS_TEXTS_ITEM_UNSET = 0,
    NULL_ITEMS_TEXTS_ITEM_NULL = 1,
    NULL_ITEMS_TEXTS_ITEM_VALUE = 2
} null_items_texts_item_kind;

struct null_items_texts_item {
    null_items_texts_item_kind kind;
    union {
        char *value;
    } as;
};

typedef enum null_items_map_value_kind {
    NULL_ITEMS_MAP_VALUE_UNSET = 0,
    NULL_ITEMS_MAP_VALUE_NULL = 1,
    NULL_ITEMS_MAP_VALUE_VALUE = 2
} null_items_map_value_kind;

struct null_items_map_value {
    null_items_map_value_kind kind;
    union {
        int64_t value;
    } as;
};

struct null_items_map_value_map_entry {
    char *key;
    null_items_map_value value;
};

extern const nex_type null_items_type;
extern const nex_type null_items_texts_item_type;
extern const nex_type null_items_map_value_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
null_items_map_value *null_items_map_value_map_get(const null_items_map_value_map *map,
                                                   const char *key);

/** A zeroed message; NULL when out of memory. */
null_items *null_items_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status null_items_decode(null_items **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status null_items_decode_strict(null_items **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status null_items_encode(const null_items *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status null_items_validate(const null_items *message, nex_error *err);
nex_status null_items_clone(const null_items *message, null_items **out);
bool null_items_equal(const null_items *a, const null_items *b);
nex_status null_items_to_json(const null_items *message, json_t **out);
nex_status null_items_from_json(null_items **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void null_items_free(null_items *message);

#ifdef __cplusplus
}
#endif

#endif
