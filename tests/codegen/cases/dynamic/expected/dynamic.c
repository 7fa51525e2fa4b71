/*
 * Dynamic
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 d4d80a6dccc65df7); do not edit.
 */
#include <dynamic.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_dynamic[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"any\":{},\"yes\":true,\"nev"
    "er\":false,\"not_text\":{\"not\":{\"type\":\"string\"}}}}}}";

/* clang-format off */
static const nex_field fields_of_dynamic[] = {
    {
        .name = "any", .name_len = 3, .type = &nex_type_json, .offset = offsetof(dynamic, any),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "never", .name_len = 5, .type = &nex_type_json, .offset = offsetof(dynamic, never),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "not_text", .name_len = 8, .type = &nex_type_json,
        .offset = offsetof(dynamic, not_text), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "yes", .name_len = 3, .type = &nex_type_json, .offset = offsetof(dynamic, yes),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type dynamic_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(dynamic), .name = "Dynamic",
    .fields = fields_of_dynamic, .field_count = 4, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Dynamic", .schema = schema_of_dynamic,
};

/* clang-format on */

dynamic *dynamic_new(void) {
    return nex_message_new(&dynamic_type);
}

nex_status dynamic_decode(dynamic **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&dynamic_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status dynamic_decode_strict(dynamic **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&dynamic_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status dynamic_encode(const dynamic *message, nex_buf *out) {
    return nex_message_encode(&dynamic_type, message, out);
}

nex_status dynamic_validate(const dynamic *message, nex_error *err) {
    return nex_message_validate(&dynamic_type, message, err);
}

nex_status dynamic_clone(const dynamic *message, dynamic **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&dynamic_type, message, &copy);
    *out = copy;
    return status;
}

bool dynamic_equal(const dynamic *a, const dynamic *b) {
    return nex_message_equal(&dynamic_type, a, b);
}

nex_status dynamic_to_json(const dynamic *message, json_t **out) {
    return nex_message_to_json(&dynamic_type, message, out);
}

nex_status dynamic_from_json(dynamic **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&dynamic_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void dynamic_free(dynamic *message) {
    nex_message_free(message);
}
