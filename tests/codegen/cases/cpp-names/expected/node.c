/*
 * Members with the names of types: no matter in C, an error in C++.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 8193d03fb2786868); do not edit.
 */
#include <node.h>

/* clang-format off */
static const nex_field fields_of_node[] = {
    {
        .name = "class", .name_len = 5, .type = &node_class_type, .offset = offsetof(node, class_),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "either", .name_len = 6, .type = &node_either_type,
        .offset = offsetof(node, either), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "node", .name_len = 4, .type = &node_type, .offset = offsetof(node, node_value),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
        .doc = "Members with the names of types: no matter in C, an error in C++.",
    },
    {
        .name = "node_kind", .name_len = 9, .type = &node_node_kind_type,
        .offset = offsetof(node, node_kind), .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type node_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(node), .name = "Node", .fields = fields_of_node,
    .field_count = 4, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Members with the names of types: no matter in C, an error in C++.",
};

static const nex_enum_value enums_of_node_node_kind[] = {
    {
        .text = "a", .value = NODE_NODE_KIND_A,
    },
    {
        .text = "b", .value = NODE_NODE_KIND_B,
    },
};
const nex_type node_node_kind_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(node_node_kind), .name = "node_node_kind",
    .enums = enums_of_node_node_kind, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/node_kind",
};

static const nex_field fields_of_node_class[] = {
    {
        .name = "node", .name_len = 4, .type = &node_type,
        .offset = offsetof(node_class, node_value), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
        .doc = "Members with the names of types: no matter in C, an error in C++.",
    },
};
const nex_type node_class_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(node_class), .name = "node_class",
    .fields = fields_of_node_class, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/class",
};

static const nex_variant variants_of_node_either[] = {
    {
        .name = "node", .value = NODE_EITHER_NODE, .json_types = NEX_JSON_OBJECT,
        .flags = NEX_FIELD_POINTER, .type = &node_type,
    },
    {
        .name = "string", .value = NODE_EITHER_STRING, .json_types = NEX_JSON_STRING,
        .type = &nex_type_string,
    },
};
const nex_type node_either_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(node_either), .name = "node_either",
    .value_offset = offsetof(node_either, as), .variants = variants_of_node_either,
    .variant_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/either",
};

/* clang-format on */

const char *node_node_kind_text(node_node_kind value) {
    return nex_enum_text(&node_node_kind_type, (int)value);
}

node_node_kind node_node_kind_parse(const char *text) {
    return (node_node_kind)nex_enum_value_of(&node_node_kind_type, text);
}

node *node_new(void) {
    return nex_message_new(&node_type);
}

nex_status node_decode(node **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&node_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status node_decode_strict(node **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&node_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status node_encode(const node *message, nex_buf *out) {
    return nex_message_encode(&node_type, message, out);
}

nex_status node_validate(const node *message, nex_error *err) {
    return nex_message_validate(&node_type, message, err);
}

nex_status node_clone(const node *message, node **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&node_type, message, &copy);
    *out = copy;
    return status;
}

bool node_equal(const node *a, const node *b) {
    return nex_message_equal(&node_type, a, b);
}

nex_status node_to_json(const node *message, json_t **out) {
    return nex_message_to_json(&node_type, message, out);
}

nex_status node_from_json(node **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&node_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void node_free(node *message) {
    nex_message_free(message);
}
