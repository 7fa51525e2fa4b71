/*
 * Arrays
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 5f984f322867a8c4); do not edit.
 */
#ifndef ARRAYS_H
#define ARRAYS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct arrays arrays;
typedef struct arrays_point arrays_point;
typedef struct arrays_numbers arrays_numbers;
typedef struct arrays_grid arrays_grid;
typedef struct arrays_grid_item arrays_grid_item;
typedef struct arrays_any arrays_any;
typedef struct arrays_point_list arrays_point_list;
typedef struct arrays_colors_item_list arrays_colors_item_list;

typedef enum arrays_colors_item {
    ARRAYS_COLORS_ITEM_UNSET = 0,
    ARRAYS_COLORS_ITEM_RED = 1,
    ARRAYS_COLORS_ITEM_GREEN = 2
} arrays_colors_item;

struct arrays_numbers {
    int64_t *items;
    size_t count;
};

struct arrays_grid {
    arrays_grid_item *items;
    size_t count;
};

struct arrays_grid_item {
    double *items;
    size_t count;
};

struct arrays_any {
    json_t **items;
    size_t count;
};

struct arrays_point_list {
    arrays_point *items;
    size_t count;
};

struct arrays_colors_item_list {
    arrays_colors_item *items;
    size_t count;
};

/** Arrays */
struct arrays {
    /** Optional. At least 1 item. At most 3 items. */
    nex_string_list texts;
    bool has_texts;
    /** Optional. */
    arrays_numbers numbers;
    bool has_numbers;
    /** Optional. */
    arrays_grid grid;
    bool has_grid;
    /** Optional. */
    arrays_point_list points;
    bool has_points;
    /** Optional. At most 1 item. */
    arrays_point_list more_points;
    bool has_more_points;
    /** Optional. */
    arrays_colors_item_list colors;
    bool has_colors;
    /** Optional. */
    arrays_any any;
    bool has_any;
    /** Optional. */
    nex_string_list short_;
    bool has_short;
};

/** Point */
struct arrays_point {
    int64_t x;
    int64_t y;
};

extern const nex_type arrays_type;
extern const nex_type arrays_point_type;
extern const nex_type arrays_colors_item_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *arrays_colors_item_text(arrays_colors_item value);
arrays_colors_item arrays_colors_item_parse(const char *text);

/** A zeroed message; NULL when out of memory. */
arrays *arrays_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status arrays_decode(arrays **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status arrays_decode_strict(arrays **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status arrays_encode(const arrays *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status arrays_validate(const arrays *message, nex_error *err);
nex_status arrays_clone(const arrays *message, arrays **out);
bool arrays_equal(const arrays *a, const arrays *b);
nex_status arrays_to_json(const arrays *message, json_t **out);
nex_status arrays_from_json(arrays **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void arrays_free(arrays *message);

#ifdef __cplusplus
}
#endif

#endif
