/*
 * Enums
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 7b06344cc3227486); do not edit.
 */
#include <enums.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_enums[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"state\":{\"enum\":[\"runnin"
    "g\",\"shutting down\",\"unset\",\"2fast\",\"🟢\",\"-\",\"a-b\",\"a_b\",\"\"]},\"level\":{\"ty"
    "pe\":\"integer\",\"enum\":[-1,0,5]},\"maybe\":{\"enum\":[\"x\",null]},\"needed\":{\"type\":"
    "\"string\",\"enum\":[\"only\",\"two\"]},\"truth\":{\"enum\":[true]}},\"required\":[\"needed"
    "\"]}}}";

/* clang-format off */
static const nex_field fields_of_enums[] = {
    {
        .name = "level", .name_len = 5, .type = &enums_level_type, .offset = offsetof(enums, level),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "maybe", .name_len = 5, .type = &enums_maybe_type, .offset = offsetof(enums, maybe),
        .has_offset = NEX_NO_OFFSET, .null_offset = offsetof(enums, null_maybe),
        .flags = NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
    {
        .name = "needed", .name_len = 6, .type = &enums_needed_type,
        .offset = offsetof(enums, needed), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "state", .name_len = 5, .type = &enums_state_type, .offset = offsetof(enums, state),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "truth", .name_len = 5, .type = &nex_type_bool, .offset = offsetof(enums, truth),
        .has_offset = offsetof(enums, has_truth),
    },
};
const nex_type enums_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(enums), .name = "Enums", .fields = fields_of_enums,
    .field_count = 5, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Enums",
    .schema = schema_of_enums,
};

static const nex_enum_value enums_of_enums_state[] = {
    {
        .text = "running", .value = ENUMS_STATE_RUNNING,
    },
    {
        .text = "shutting down", .value = ENUMS_STATE_SHUTTING_DOWN,
    },
    {
        .text = "unset", .value = ENUMS_STATE_UNSET_2,
    },
    {
        .text = "2fast", .value = ENUMS_STATE_2FAST,
    },
    {
        .text = "🟢", .value = ENUMS_STATE_LARGE_GREEN_CIRCLE,
    },
    {
        .text = "-", .value = ENUMS_STATE_EMPTY,
    },
    {
        .text = "a-b", .value = ENUMS_STATE_A_B,
    },
    {
        .text = "a_b", .value = ENUMS_STATE_A_B_2,
    },
    {
        .text = "", .value = ENUMS_STATE_EMPTY_2,
    },
};
const nex_type enums_state_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(enums_state), .name = "enums_state",
    .enums = enums_of_enums_state, .enum_count = 9, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/state",
};

static const nex_enum_value enums_of_enums_level[] = {
    {
        .number = INT64_C(-1), .value = ENUMS_LEVEL_MINUS_1,
    },
    {
        .number = INT64_C(0), .value = ENUMS_LEVEL_0,
    },
    {
        .number = INT64_C(5), .value = ENUMS_LEVEL_5,
    },
};
const nex_type enums_level_type = {
    .kind = NEX_KIND_INT_ENUM, .size = sizeof(enums_level), .name = "enums_level",
    .enums = enums_of_enums_level, .enum_count = 3, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/level",
};

static const nex_enum_value enums_of_enums_maybe[] = {
    {
        .text = "x", .value = ENUMS_MAYBE_X,
    },
};
const nex_type enums_maybe_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(enums_maybe), .name = "enums_maybe",
    .enums = enums_of_enums_maybe, .enum_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/maybe",
};

static const nex_enum_value enums_of_enums_needed[] = {
    {
        .text = "only", .value = ENUMS_NEEDED_ONLY,
    },
    {
        .text = "two", .value = ENUMS_NEEDED_TWO,
    },
};
const nex_type enums_needed_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(enums_needed), .name = "enums_needed",
    .enums = enums_of_enums_needed, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/needed",
};

/* clang-format on */

const char *enums_state_text(enums_state value) {
    return nex_enum_text(&enums_state_type, (int)value);
}

enums_state enums_state_parse(const char *text) {
    return (enums_state)nex_enum_value_of(&enums_state_type, text);
}

const char *enums_maybe_text(enums_maybe value) {
    return nex_enum_text(&enums_maybe_type, (int)value);
}

enums_maybe enums_maybe_parse(const char *text) {
    return (enums_maybe)nex_enum_value_of(&enums_maybe_type, text);
}

const char *enums_needed_text(enums_needed value) {
    return nex_enum_text(&enums_needed_type, (int)value);
}

enums_needed enums_needed_parse(const char *text) {
    return (enums_needed)nex_enum_value_of(&enums_needed_type, text);
}

enums *enums_new(void) {
    return nex_message_new(&enums_type);
}

nex_status enums_decode(enums **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&enums_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status enums_decode_strict(enums **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&enums_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status enums_encode(const enums *message, nex_buf *out) {
    return nex_message_encode(&enums_type, message, out);
}

nex_status enums_validate(const enums *message, nex_error *err) {
    return nex_message_validate(&enums_type, message, err);
}

nex_status enums_clone(const enums *message, enums **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&enums_type, message, &copy);
    *out = copy;
    return status;
}

bool enums_equal(const enums *a, const enums *b) {
    return nex_message_equal(&enums_type, a, b);
}

nex_status enums_to_json(const enums *message, json_t **out) {
    return nex_message_to_json(&enums_type, message, out);
}

nex_status enums_from_json(enums **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&enums_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void enums_free(enums *message) {
    nex_message_free(message);
}
