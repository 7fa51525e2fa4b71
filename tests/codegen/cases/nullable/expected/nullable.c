/*
 * Nullable
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 d43439fe9f702427); do not edit.
 */
#include <nullable.h>

/* clang-format off */
static const nex_limits limits_of_nullable_count = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nullable_count_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "nullable_count",
    .limits = &limits_of_nullable_count, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/count",
};

static const nex_field fields_of_nullable[] = {
    {
        .name = "choice", .name_len = 6, .type = &nullable_choice_type,
        .offset = offsetof(nullable, choice), .has_offset = NEX_NO_OFFSET,
        .null_offset = offsetof(nullable, null_choice),
        .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
    {
        .name = "count", .name_len = 5, .type = &nullable_count_type,
        .offset = offsetof(nullable, count), .has_offset = offsetof(nullable, has_count),
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_NULLABLE,
    },
    {
        .name = "flag", .name_len = 4, .type = &nex_type_bool, .offset = offsetof(nullable, flag),
        .has_offset = offsetof(nullable, has_flag), .null_offset = offsetof(nullable, null_flag),
        .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
    {
        .name = "inner", .name_len = 5, .type = &nullable_inner_type,
        .offset = offsetof(nullable, inner), .has_offset = NEX_NO_OFFSET,
        .null_offset = offsetof(nullable, null_inner),
        .flags = NEX_FIELD_POINTER | NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
    {
        .name = "list", .name_len = 4, .type = &nex_type_string_list,
        .offset = offsetof(nullable, list), .has_offset = offsetof(nullable, has_list),
        .null_offset = offsetof(nullable, null_list),
        .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
    {
        .name = "pair", .name_len = 4, .type = &nullable_pair_type,
        .offset = offsetof(nullable, pair), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "text", .name_len = 4, .type = &nex_type_string, .offset = offsetof(nullable, text),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED | NEX_FIELD_NULLABLE,
    },
};
const nex_type nullable_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nullable), .name = "Nullable",
    .fields = fields_of_nullable, .field_count = 7, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Nullable",
};

static const nex_field fields_of_nullable_inner[] = {
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(nullable_inner, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type nullable_inner_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nullable_inner), .name = "nullable_inner",
    .fields = fields_of_nullable_inner, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/inner", .doc = "Inner",
};

static const nex_enum_value enums_of_nullable_choice[] = {
    {
        .text = "a", .value = NULLABLE_CHOICE_A,
    },
    {
        .text = "b", .value = NULLABLE_CHOICE_B,
    },
};
const nex_type nullable_choice_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nullable_choice), .name = "nullable_choice",
    .enums = enums_of_nullable_choice, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/choice/oneOf/1",
};

static const nex_field fields_of_nullable_pair[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string,
        .offset = offsetof(nullable_pair, item0), .has_offset = NEX_NO_OFFSET,
        .null_offset = offsetof(nullable_pair, null_item0),
        .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
    {
        .name = "1", .name_len = 1, .type = &nex_type_int, .offset = offsetof(nullable_pair, item1),
        .has_offset = offsetof(nullable_pair, has_item1),
        .null_offset = offsetof(nullable_pair, null_item1),
        .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
};
const nex_type nullable_pair_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(nullable_pair), .name = "nullable_pair",
    .fields = fields_of_nullable_pair, .field_count = 2, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/pair",
};

/* clang-format on */

const char *nullable_choice_text(nullable_choice value) {
    return nex_enum_text(&nullable_choice_type, (int)value);
}

nullable_choice nullable_choice_parse(const char *text) {
    return (nullable_choice)nex_enum_value_of(&nullable_choice_type, text);
}

nullable *nullable_new(void) {
    return nex_message_new(&nullable_type);
}

nex_status nullable_decode(nullable **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nullable_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status nullable_decode_strict(nullable **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nullable_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status nullable_encode(const nullable *message, nex_buf *out) {
    return nex_message_encode(&nullable_type, message, out);
}

nex_status nullable_validate(const nullable *message, nex_error *err) {
    return nex_message_validate(&nullable_type, message, err);
}

nex_status nullable_clone(const nullable *message, nullable **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nullable_type, message, &copy);
    *out = copy;
    return status;
}

bool nullable_equal(const nullable *a, const nullable *b) {
    return nex_message_equal(&nullable_type, a, b);
}

nex_status nullable_to_json(const nullable *message, json_t **out) {
    return nex_message_to_json(&nullable_type, message, out);
}

nex_status nullable_from_json(nullable **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nullable_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nullable_free(nullable *message) {
    nex_message_free(message);
}
