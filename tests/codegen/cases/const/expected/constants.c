/*
 * Constants
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 2d38c4622fdf48f1); do not edit.
 */
#include <constants.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_constants[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"type\":{\"const\":\"order\""
    "},\"version\":{\"type\":\"integer\",\"const\":2},\"on\":{\"const\":true},\"rate\":{\"const\""
    ":1.5},\"nothing\":{\"const\":null},\"list\":{\"const\":[1,2]}},\"required\":[\"type\"]}}}";

/* clang-format off */
static const nex_limits limits_of_constants_type_value = {
    .has = 0, .const_json = "\"order\"",
};
static const nex_type constants_type_value_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "constants_type_value",
    .limits = &limits_of_constants_type_value, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/type",
};

static const nex_limits limits_of_constants_version = {
    .has = 0, .const_json = "2",
};
static const nex_type constants_version_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "constants_version",
    .limits = &limits_of_constants_version, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/version",
};

static const nex_limits limits_of_constants_on = {
    .has = 0, .const_json = "true",
};
static const nex_type constants_on_type = {
    .kind = NEX_KIND_BOOL, .size = sizeof(bool), .name = "constants_on",
    .limits = &limits_of_constants_on, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/on",
};

static const nex_limits limits_of_constants_rate = {
    .has = 0, .const_json = "1.5",
};
static const nex_type constants_rate_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "constants_rate",
    .limits = &limits_of_constants_rate, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/rate",
};

static const nex_field fields_of_constants[] = {
    {
        .name = "list", .name_len = 4, .type = &nex_type_json, .offset = offsetof(constants, list),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "nothing", .name_len = 7, .type = &nex_type_json,
        .offset = offsetof(constants, nothing), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "on", .name_len = 2, .type = &constants_on_type, .offset = offsetof(constants, on),
        .has_offset = offsetof(constants, has_on),
    },
    {
        .name = "rate", .name_len = 4, .type = &constants_rate_type,
        .offset = offsetof(constants, rate), .has_offset = offsetof(constants, has_rate),
    },
    {
        .name = "type", .name_len = 4, .type = &constants_type_value_type,
        .offset = offsetof(constants, type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "version", .name_len = 7, .type = &constants_version_type,
        .offset = offsetof(constants, version), .has_offset = offsetof(constants, has_version),
    },
};
const nex_type constants_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(constants), .name = "Constants",
    .fields = fields_of_constants, .field_count = 6, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Constants", .schema = schema_of_constants,
};

/* clang-format on */

constants *constants_new(void) {
    return nex_message_new(&constants_type);
}

nex_status constants_decode(constants **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&constants_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status constants_decode_strict(constants **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&constants_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status constants_encode(const constants *message, nex_buf *out) {
    return nex_message_encode(&constants_type, message, out);
}

nex_status constants_validate(const constants *message, nex_error *err) {
    return nex_message_validate(&constants_type, message, err);
}

nex_status constants_clone(const constants *message, constants **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&constants_type, message, &copy);
    *out = copy;
    return status;
}

bool constants_equal(const constants *a, const constants *b) {
    return nex_message_equal(&constants_type, a, b);
}

nex_status constants_to_json(const constants *message, json_t **out) {
    return nex_message_to_json(&constants_type, message, out);
}

nex_status constants_from_json(constants **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&constants_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void constants_free(constants *message) {
    nex_message_free(message);
}
