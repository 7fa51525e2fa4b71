/*
 * Nest
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 e37cea1a57ed3b67); do not edit.
 */
#include <nest.h>

/* clang-format off */
static const nex_type nest_expr_object_args_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nest_expr_list), .name = "nest_expr_list",
    .item = &nest_expr_type, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/expr/oneOf/1/properties/args",
};

static const nex_field fields_of_nest[] = {
    {
        .name = "deep", .name_len = 4, .type = &nest_deep_type, .offset = offsetof(nest, deep),
        .has_offset = offsetof(nest, has_deep),
    },
    {
        .name = "expr", .name_len = 4, .type = &nest_expr_type, .offset = offsetof(nest, expr),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
};
const nex_type nest_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nest), .name = "Nest", .fields = fields_of_nest,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Nest",
};

const nex_type nest_deep_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nest_deep), .name = "nest_deep", .item = &nest_deep_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/$defs/deep",
};

static const nex_variant variants_of_nest_expr[] = {
    {
        .name = "number", .value = NEST_EXPR_NUMBER, .json_types = NEX_JSON_NUMBER,
        .type = &nex_type_double,
    },
    {
        .name = "object", .value = NEST_EXPR_OBJECT, .json_types = NEX_JSON_OBJECT,
        .flags = NEX_FIELD_POINTER, .type = &nest_expr_object_type,
    },
};
const nex_type nest_expr_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(nest_expr), .name = "nest_expr",
    .value_offset = offsetof(nest_expr, as), .variants = variants_of_nest_expr, .variant_count = 2,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/$defs/expr",
};

static const nex_field fields_of_nest_expr_object[] = {
    {
        .name = "args", .name_len = 4, .type = &nest_expr_object_args_type,
        .offset = offsetof(nest_expr_object, args),
        .has_offset = offsetof(nest_expr_object, has_args),
    },
    {
        .name = "op", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nest_expr_object, op), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type nest_expr_object_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nest_expr_object), .name = "nest_expr_object",
    .fields = fields_of_nest_expr_object, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/expr/oneOf/1",
};

/* clang-format on */

nest *nest_new(void) {
    return nex_message_new(&nest_type);
}

nex_status nest_decode(nest **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nest_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status nest_decode_strict(nest **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nest_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status nest_encode(const nest *message, nex_buf *out) {
    return nex_message_encode(&nest_type, message, out);
}

nex_status nest_validate(const nest *message, nex_error *err) {
    return nex_message_validate(&nest_type, message, err);
}

nex_status nest_clone(const nest *message, nest **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nest_type, message, &copy);
    *out = copy;
    return status;
}

bool nest_equal(const nest *a, const nest *b) {
    return nex_message_equal(&nest_type, a, b);
}

nex_status nest_to_json(const nest *message, json_t **out) {
    return nex_message_to_json(&nest_type, message, out);
}

nex_status nest_from_json(nest **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nest_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nest_free(nest *message) {
    nex_message_free(message);
}
