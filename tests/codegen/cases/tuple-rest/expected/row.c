/*
 * Tuples whose further items are a counted array behind the fixed ones.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 9f321e3bcb89209b); do not edit.
 */
#include <row.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_row[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"row\":{\"type\":\"array\","
    "\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"integer\",\"minimum\":1},\"min"
    "Items\":1,\"maxItems\":4},\"matrix\":{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string"
    "\"},{\"type\":[\"integer\",\"null\"]}],\"items\":{\"type\":\"array\",\"items\":{\"type\":\"n"
    "umber\"}}},\"tree\":{\"$ref\":\"#/$defs/d1\"},\"texts\":{\"type\":\"array\",\"prefixItems\":"
    "[{\"type\":\"boolean\"}],\"items\":{\"type\":\"string\"},\"minItems\":3},\"set\":{\"type\":"
    "\"array\",\"prefixItems\":[{\"type\":\"integer\"}],\"items\":{\"type\":\"string\"},\"uniqueI"
    "tems\":true},\"checked\":{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\"}],\"conta"
    "ins\":{\"type\":\"boolean\"}},\"merged\":{\"type\":\"array\",\"allOf\":[{\"prefixItems\":[{"
    "\"type\":\"integer\"}],\"items\":{\"minimum\":5,\"type\":\"integer\"}},{\"prefixItems\":[tru"
    "e,{\"maximum\":9}],\"items\":false}]},\"none\":{\"type\":\"array\",\"items\":false}}},\"d1\""
    ":{\"type\":\"array\",\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"$ref\":\"#/$defs/d"
    "1\"},\"minItems\":1}}}";

/* clang-format off */
static const nex_limits limits_of_row_row_rest_item = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type row_row_rest_item_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "row_row_rest_item",
    .limits = &limits_of_row_row_rest_item, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/row/items",
};

static const nex_type row_row_rest_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(row_row_rest), .name = "row_row_rest",
    .item = &row_row_rest_item_type, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/row",
};

static const nex_type row_matrix_rest_item_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(row_matrix_rest_item), .name = "row_matrix_rest_item",
    .item = &nex_type_double, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/matrix/items",
};

static const nex_type row_matrix_rest_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(row_matrix_rest), .name = "row_matrix_rest",
    .item = &row_matrix_rest_item_type, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/matrix",
};

static const nex_type row_tree_rest_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(row_tree_list), .name = "row_tree_list",
    .item = &row_tree_type, .rest_offset = NEX_NO_OFFSET, .pointer = "/$defs/tree",
};

static const nex_type row_checked_rest_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(row_checked_rest), .name = "row_checked_rest",
    .item = &nex_type_json, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/checked",
};

static const nex_limits limits_of_row_merged_item1 = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX, .int_min = INT64_C(5), .min = 5.0, .int_max = INT64_C(9),
    .max = 9.0,
};
static const nex_type row_merged_item1_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "row_merged_item1",
    .limits = &limits_of_row_merged_item1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/merged/allOf/0/items",
};

static const nex_limits limits_of_row_none = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 0,
};
static const nex_type row_none_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(row_none), .name = "row_none",
    .limits = &limits_of_row_none, .item = &nex_type_json, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/none",
};

static const nex_field fields_of_row[] = {
    {
        .name = "checked", .name_len = 7, .type = &row_checked_type,
        .offset = offsetof(row, checked), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "matrix", .name_len = 6, .type = &row_matrix_type, .offset = offsetof(row, matrix),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "merged", .name_len = 6, .type = &row_merged_type, .offset = offsetof(row, merged),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "none", .name_len = 4, .type = &row_none_type, .offset = offsetof(row, none),
        .has_offset = offsetof(row, has_none),
    },
    {
        .name = "row", .name_len = 3, .type = &row_row_type, .offset = offsetof(row, row_value),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "set", .name_len = 3, .type = &row_set_type, .offset = offsetof(row, set),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "texts", .name_len = 5, .type = &row_texts_type, .offset = offsetof(row, texts),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "tree", .name_len = 4, .type = &row_tree_type, .offset = offsetof(row, tree),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER, .doc = "Tree",
    },
};
const nex_type row_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(row), .name = "Row", .fields = fields_of_row,
    .field_count = 8, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Tuples whose further items are a counted array behind the fixed ones.",
    .schema = schema_of_row,
};

static const nex_limits limits_of_row_row = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 4,
};
static const nex_field fields_of_row_row[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string, .offset = offsetof(row_row, item0),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type row_row_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(row_row), .name = "row_row",
    .limits = &limits_of_row_row, .fields = fields_of_row_row, .field_count = 1,
    .rest = &row_row_rest_type, .rest_offset = offsetof(row_row, rest),
    .pointer = "/properties/row",
};

static const nex_field fields_of_row_matrix[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string, .offset = offsetof(row_matrix, item0),
        .has_offset = NEX_NO_OFFSET, .doc = "Its name",
    },
    {
        .name = "1", .name_len = 1, .type = &nex_type_int, .offset = offsetof(row_matrix, item1),
        .has_offset = offsetof(row_matrix, has_item1),
        .null_offset = offsetof(row_matrix, null_item1),
        .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
};
const nex_type row_matrix_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(row_matrix), .name = "row_matrix",
    .fields = fields_of_row_matrix, .field_count = 2, .rest = &row_matrix_rest_type,
    .rest_offset = offsetof(row_matrix, rest), .pointer = "/properties/matrix",
};

static const nex_field fields_of_row_tree[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string, .offset = offsetof(row_tree, item0),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type row_tree_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(row_tree), .name = "row_tree",
    .fields = fields_of_row_tree, .field_count = 1, .rest = &row_tree_rest_type,
    .rest_offset = offsetof(row_tree, rest), .pointer = "/$defs/tree", .doc = "Tree",
};

static const nex_limits limits_of_row_texts = {
    .has = NEX_LIMIT_MIN_LENGTH, .min_length = 3,
};
static const nex_field fields_of_row_texts[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_bool, .offset = offsetof(row_texts, item0),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type row_texts_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(row_texts), .name = "row_texts",
    .limits = &limits_of_row_texts, .fields = fields_of_row_texts, .field_count = 1,
    .rest = &nex_type_string_list, .rest_offset = offsetof(row_texts, rest),
    .pointer = "/properties/texts",
};

static const nex_field fields_of_row_set[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_int, .offset = offsetof(row_set, item0),
        .has_offset = offsetof(row_set, has_item0),
    },
};
const nex_type row_set_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(row_set), .name = "row_set", .fields = fields_of_row_set,
    .field_count = 1, .rest = &nex_type_string_list, .rest_offset = offsetof(row_set, rest),
    .pointer = "/properties/set",
};

static const nex_field fields_of_row_checked[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string,
        .offset = offsetof(row_checked, item0), .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type row_checked_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(row_checked), .name = "row_checked",
    .fields = fields_of_row_checked, .field_count = 1, .rest = &row_checked_rest_type,
    .rest_offset = offsetof(row_checked, rest), .pointer = "/properties/checked",
};

static const nex_field fields_of_row_merged[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_int, .offset = offsetof(row_merged, item0),
        .has_offset = offsetof(row_merged, has_item0),
    },
    {
        .name = "1", .name_len = 1, .type = &row_merged_item1_type,
        .offset = offsetof(row_merged, item1), .has_offset = offsetof(row_merged, has_item1),
    },
};
const nex_type row_merged_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(row_merged), .name = "row_merged",
    .fields = fields_of_row_merged, .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/merged",
};

/* clang-format on */

row *row_new(void) {
    return nex_message_new(&row_type);
}

nex_status row_decode(row **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&row_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status row_decode_strict(row **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&row_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status row_encode(const row *message, nex_buf *out) {
    return nex_message_encode(&row_type, message, out);
}

nex_status row_validate(const row *message, nex_error *err) {
    return nex_message_validate(&row_type, message, err);
}

nex_status row_clone(const row *message, row **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&row_type, message, &copy);
    *out = copy;
    return status;
}

bool row_equal(const row *a, const row *b) {
    return nex_message_equal(&row_type, a, b);
}

nex_status row_to_json(const row *message, json_t **out) {
    return nex_message_to_json(&row_type, message, out);
}

nex_status row_from_json(row **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&row_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void row_free(row *message) {
    nex_message_free(message);
}
