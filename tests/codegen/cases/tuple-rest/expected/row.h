/*
 * Tuples whose further items are a counted array behind the fixed ones.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 9f321e3bcb89209b); do not edit.
 */
#ifndef ROW_H
#define ROW_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct row row;
typedef struct row_row row_row;
typedef struct row_matrix row_matrix;
typedef struct row_tree row_tree;
typedef struct row_texts row_texts;
typedef struct row_set row_set;
typedef struct row_checked row_checked;
typedef struct row_merged row_merged;
typedef struct row_row_rest row_row_rest;
typedef struct row_matrix_rest row_matrix_rest;
typedef struct row_matrix_rest_item row_matrix_rest_item;
typedef struct row_checked_rest row_checked_rest;
typedef struct row_none row_none;
typedef struct row_tree_list row_tree_list;

struct row_row_rest {
    int64_t *items;
    size_t count;
};

struct row_matrix_rest {
    row_matrix_rest_item *items;
    size_t count;
};

struct row_matrix_rest_item {
    double *items;
    size_t count;
};

struct row_checked_rest {
    json_t **items;
    size_t count;
};

struct row_none {
    json_t **items;
    size_t count;
};

struct row_tree_list {
    row_tree *items;
    size_t count;
};

/** Tuples whose further items are a counted array behind the fixed ones. */
struct row {
    /** Optional. At most 4 items. */
    row_row *row_value;
    /** Optional. */
    row_matrix *matrix;
    /** Tree. Optional. */
    row_tree *tree;
    /** Optional. At least 3 items. */
    row_texts *texts;
    /** Optional. */
    row_set *set;
    /** Optional. */
    row_checked *checked;
    /** Optional. */
    row_merged *merged;
    /** Optional. At most 0 items. */
    row_none none;
    bool has_none;
};

struct row_row {
    char *item0;
    /** The items behind those. */
    row_row_rest rest;
};

struct row_matrix {
    /** Its name. Optional. */
    char *item0;
    /** Optional. */
    int64_t item1;
    bool has_item1;
    bool null_item1;
    /** The items behind those. */
    row_matrix_rest rest;
};

/** Tree */
struct row_tree {
    char *item0;
    /** The items behind those. */
    row_tree_list rest;
};

struct row_texts {
    bool item0;
    /** The items behind those. */
    nex_string_list rest;
};

struct row_set {
    /** Optional. */
    int64_t item0;
    bool has_item0;
    /** The items behind those. */
    nex_string_list rest;
};

struct row_checked {
    /** Optional. */
    char *item0;
    /** The items behind those. */
    row_checked_rest rest;
};

struct row_merged {
    /** Optional. */
    int64_t item0;
    bool has_item0;
    /** Optional. At least 5. At most 9. */
    int64_t item1;
    bool has_item1;
};

extern const nex_type row_type;
extern const nex_type row_row_type;
extern const nex_type row_matrix_type;
extern const nex_type row_tree_type;
extern const nex_type row_texts_type;
extern const nex_type row_set_type;
extern const nex_type row_checked_type;
extern const nex_type row_merged_type;

/** A zeroed message; NULL when out of memory. */
row *row_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status row_decode(row **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status row_decode_strict(row **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status row_encode(const row *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status row_validate(const row *message, nex_error *err);
nex_status row_clone(const row *message, row **out);
bool row_equal(const row *a, const row *b);
nex_status row_to_json(const row *message, json_t **out);
nex_status row_from_json(row **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void row_free(row *message);

#ifdef __cplusplus
}
#endif

#endif
