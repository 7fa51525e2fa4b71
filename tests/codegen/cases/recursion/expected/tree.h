/*
 * Tree
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 5b10881d021daead); do not edit.
 */
#ifndef TREE_H
#define TREE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tree tree;
typedef struct tree_list tree_list;
typedef struct tree_map tree_map;
typedef struct tree_map_entry tree_map_entry;

struct tree_list {
    tree *items;
    size_t count;
};

struct tree_map {
    tree_map_entry *items;
    size_t count;
};

/** Tree */
struct tree {
    char *value;
    /** Tree. Optional. */
    tree *left;
    /** Optional. */
    tree_list children;
    bool has_children;
    /** Optional. */
    tree_map named;
    bool has_named;
};

struct tree_map_entry {
    char *key;
    tree value;
};

extern const nex_type tree_type;

/** The value of a key, or NULL; of a key given twice the last one counts. */
tree *tree_map_get(const tree_map *map, const char *key);

/** A zeroed message; NULL when out of memory. */
tree *tree_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status tree_decode(tree **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status tree_decode_strict(tree **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status tree_encode(const tree *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status tree_validate(const tree *message, nex_error *err);
nex_status tree_clone(const tree *message, tree **out);
bool tree_equal(const tree *a, const tree *b);
nex_status tree_to_json(const tree *message, json_t **out);
nex_status tree_from_json(tree **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void tree_free(tree *message);

#ifdef __cplusplus
}
#endif

#endif
