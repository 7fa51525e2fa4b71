/*
 * ByType
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 92837739fb6e5ce0); do not edit.
 */
#include <by_type.h>

/* clang-format off */
static const nex_limits limits_of_by_type_port_number = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type by_type_port_number_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "by_type_port_number",
    .limits = &limits_of_by_type_port_number, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/port",
};

static const nex_limits limits_of_by_type_port_string = {
    .has = 0, .pattern = "^[a-z]+$",
};
static const nex_type by_type_port_string_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "by_type_port_string",
    .limits = &limits_of_by_type_port_string, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/port",
};

static const nex_field fields_of_by_type[] = {
    {
        .name = "mixed", .name_len = 5, .type = &by_type_mixed_type,
        .offset = offsetof(by_type, mixed), .has_offset = NEX_NO_OFFSET,
        .null_offset = offsetof(by_type, null_mixed),
        .flags = NEX_FIELD_POINTER | NEX_FIELD_NULLABLE | NEX_FIELD_NULL_FLAG,
    },
    {
        .name = "port", .name_len = 4, .type = &by_type_port_type,
        .offset = offsetof(by_type, port), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "source", .name_len = 6, .type = &by_type_source_type,
        .offset = offsetof(by_type, source), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
    },
};
const nex_type by_type_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(by_type), .name = "ByType", .fields = fields_of_by_type,
    .field_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "ByType",
};

static const nex_variant variants_of_by_type_port[] = {
    {
        .name = "number", .value = BY_TYPE_PORT_NUMBER, .json_types = NEX_JSON_NUMBER,
        .type = &by_type_port_number_type,
    },
    {
        .name = "string", .value = BY_TYPE_PORT_STRING, .json_types = NEX_JSON_STRING,
        .type = &by_type_port_string_type,
    },
};
const nex_type by_type_port_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(by_type_port), .name = "by_type_port",
    .value_offset = offsetof(by_type_port, as), .variants = variants_of_by_type_port,
    .variant_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/port",
};

static const nex_variant variants_of_by_type_source[] = {
    {
        .name = "string", .value = BY_TYPE_SOURCE_STRING, .json_types = NEX_JSON_STRING,
        .type = &nex_type_string,
    },
    {
        .name = "array", .value = BY_TYPE_SOURCE_ARRAY, .json_types = NEX_JSON_ARRAY,
        .type = &nex_type_string_list,
    },
    {
        .name = "Source", .value = BY_TYPE_SOURCE_SOURCE, .json_types = NEX_JSON_OBJECT,
        .flags = NEX_FIELD_POINTER, .type = &by_type_source_source_type,
    },
};
const nex_type by_type_source_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(by_type_source), .name = "by_type_source",
    .value_offset = offsetof(by_type_source, as), .variants = variants_of_by_type_source,
    .variant_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/source",
};

static const nex_field fields_of_by_type_source_source[] = {
    {
        .name = "uri", .name_len = 3, .type = &nex_type_string,
        .offset = offsetof(by_type_source_source, uri), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type by_type_source_source_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(by_type_source_source), .name = "by_type_source_source",
    .fields = fields_of_by_type_source_source, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/source/anyOf/2", .doc = "Source",
};

static const nex_variant variants_of_by_type_mixed[] = {
    {
        .name = "boolean", .value = BY_TYPE_MIXED_BOOLEAN, .json_types = NEX_JSON_BOOL,
        .type = &nex_type_bool,
    },
    {
        .name = "number", .value = BY_TYPE_MIXED_NUMBER, .json_types = NEX_JSON_NUMBER,
        .type = &nex_type_double,
    },
};
const nex_type by_type_mixed_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(by_type_mixed), .name = "by_type_mixed",
    .value_offset = offsetof(by_type_mixed, as), .variants = variants_of_by_type_mixed,
    .variant_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/mixed",
};

/* clang-format on */

by_type *by_type_new(void) {
    return nex_message_new(&by_type_type);
}

nex_status by_type_decode(by_type **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&by_type_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status by_type_decode_strict(by_type **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&by_type_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status by_type_encode(const by_type *message, nex_buf *out) {
    return nex_message_encode(&by_type_type, message, out);
}

nex_status by_type_validate(const by_type *message, nex_error *err) {
    return nex_message_validate(&by_type_type, message, err);
}

nex_status by_type_clone(const by_type *message, by_type **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&by_type_type, message, &copy);
    *out = copy;
    return status;
}

bool by_type_equal(const by_type *a, const by_type *b) {
    return nex_message_equal(&by_type_type, a, b);
}

nex_status by_type_to_json(const by_type *message, json_t **out) {
    return nex_message_to_json(&by_type_type, message, out);
}

nex_status by_type_from_json(by_type **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&by_type_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void by_type_free(by_type *message) {
    nex_message_free(message);
}
