/*
 * Level
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 8a3c785852fa25aa); do not edit.
 */
#include <level.h>

/* clang-format off */
static const nex_field fields_of_level[] = {
    {
        .name = "level", .name_len = 5, .type = &level_level_type,
        .offset = offsetof(level, level_value), .has_offset = NEX_NO_OFFSET, .doc = "How bad",
    },
    {
        .name = "named", .name_len = 5, .type = &level_named_type, .offset = offsetof(level, named),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type level_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(level), .name = "Level", .fields = fields_of_level,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Level",
};

static const nex_enum_value enums_of_level_level[] = {
    {
        .text = "low", .value = LEVEL_LEVEL_LOW,
    },
    {
        .text = "high", .value = LEVEL_LEVEL_HIGH,
    },
};
const nex_type level_level_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(level_level), .name = "level_level",
    .enums = enums_of_level_level, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/level", .doc = "How bad",
};

static const nex_enum_value enums_of_level_named[] = {
    {
        .text = "+", .value = LEVEL_NAMED_PLUS,
    },
    {
        .text = "-", .value = LEVEL_NAMED_MINUS,
    },
};
const nex_type level_named_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(level_named), .name = "level_named",
    .enums = enums_of_level_named, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/named",
};

/* clang-format on */

const char *level_level_text(level_level value) {
    return nex_enum_text(&level_level_type, (int)value);
}

level_level level_level_parse(const char *text) {
    return (level_level)nex_enum_value_of(&level_level_type, text);
}

const char *level_named_text(level_named value) {
    return nex_enum_text(&level_named_type, (int)value);
}

level_named level_named_parse(const char *text) {
    return (level_named)nex_enum_value_of(&level_named_type, text);
}

level *level_new(void) {
    return nex_message_new(&level_type);
}

nex_status level_decode(level **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&level_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status level_decode_strict(level **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&level_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status level_encode(const level *message, nex_buf *out) {
    return nex_message_encode(&level_type, message, out);
}

nex_status level_validate(const level *message, nex_error *err) {
    return nex_message_validate(&level_type, message, err);
}

nex_status level_clone(const level *message, level **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&level_type, message, &copy);
    *out = copy;
    return status;
}

bool level_equal(const level *a, const level *b) {
    return nex_message_equal(&level_type, a, b);
}

nex_status level_to_json(const level *message, json_t **out) {
    return nex_message_to_json(&level_type, message, out);
}

nex_status level_from_json(level **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&level_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void level_free(level *message) {
    nex_message_free(message);
}
