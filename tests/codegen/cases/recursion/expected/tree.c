/*
 * Tree
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 5b10881d021daead); do not edit.
 */
#include <tree.h>

#include <string.h>

/* clang-format off */
static const nex_type tree_children_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(tree_list), .name = "tree_list", .item = &tree_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/children",
};

static const nex_type tree_named_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(tree_map), .name = "tree_map", .item = &tree_type,
    .value_offset = offsetof(tree_map_entry, value), .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/named",
};

static const nex_field fields_of_tree[] = {
    {
        .name = "children", .name_len = 8, .type = &tree_children_type,
        .offset = offsetof(tree, children), .has_offset = offsetof(tree, has_children),
    },
    {
        .name = "left", .name_len = 4, .type = &tree_type, .offset = offsetof(tree, left),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER, .doc = "Tree",
    },
    {
        .name = "named", .name_len = 5, .type = &tree_named_type, .offset = offsetof(tree, named),
        .has_offset = offsetof(tree, has_named),
    },
    {
        .name = "value", .name_len = 5, .type = &nex_type_string, .offset = offsetof(tree, value),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type tree_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(tree), .name = "Tree", .fields = fields_of_tree,
    .field_count = 4, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Tree",
};

/* clang-format on */

tree *tree_map_get(const tree_map *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

tree *tree_new(void) {
    return nex_message_new(&tree_type);
}

nex_status tree_decode(tree **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&tree_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status tree_decode_strict(tree **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&tree_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status tree_encode(const tree *message, nex_buf *out) {
    return nex_message_encode(&tree_type, message, out);
}

nex_status tree_validate(const tree *message, nex_error *err) {
    return nex_message_validate(&tree_type, message, err);
}

nex_status tree_clone(const tree *message, tree **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&tree_type, message, &copy);
    *out = copy;
    return status;
}

bool tree_equal(const tree *a, const tree *b) {
    return nex_message_equal(&tree_type, a, b);
}

nex_status tree_to_json(const tree *message, json_t **out) {
    return nex_message_to_json(&tree_type, message, out);
}

nex_status tree_from_json(tree **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&tree_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void tree_free(tree *message) {
    nex_message_free(message);
}
