/*
 * Unclear
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 c0ea119affc0cd7b); do not edit.
 */
#include <unclear.h>

#include <string.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_unclear[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"a\":{\"oneOf\":[{\"type\":"
    "\"object\",\"properties\":{\"x\":{\"type\":\"integer\"}},\"required\":[\"x\"]},{\"type\":\"o"
    "bject\",\"properties\":{\"y\":{\"type\":\"integer\"}},\"required\":[\"y\"]}]},\"s\":{\"anyOf"
    "\":[{\"type\":\"string\",\"pattern\":\"^a\"},{\"type\":\"string\",\"maxLength\":2}]},\"base"
    "\":{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"},\"m\":{\"type\":\"integ"
    "er\"}},\"anyOf\":[{\"required\":[\"n\"]},{\"required\":[\"m\"]}]}}}}}";

/* clang-format off */
static const nex_type unclear_base_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(unclear_base_additional),
    .name = "unclear_base_additional", .item = &nex_type_json,
    .value_offset = offsetof(unclear_base_additional_entry, value), .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/base",
};

static const nex_field fields_of_unclear[] = {
    {
        .name = "a", .name_len = 1, .type = &nex_type_json, .offset = offsetof(unclear, a),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "base", .name_len = 4, .type = &unclear_base_type,
        .offset = offsetof(unclear, base), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "s", .name_len = 1, .type = &nex_type_string, .offset = offsetof(unclear, s),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type unclear_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(unclear), .name = "Unclear",
    .fields = fields_of_unclear, .field_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Unclear", .schema = schema_of_unclear,
};

static const nex_field fields_of_unclear_base[] = {
    {
        .name = "m", .name_len = 1, .type = &nex_type_int, .offset = offsetof(unclear_base, m),
        .has_offset = offsetof(unclear_base, has_m),
    },
    {
        .name = "n", .name_len = 1, .type = &nex_type_int, .offset = offsetof(unclear_base, n),
        .has_offset = offsetof(unclear_base, has_n),
    },
};
const nex_type unclear_base_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(unclear_base), .name = "unclear_base",
    .fields = fields_of_unclear_base, .field_count = 2, .rest = &unclear_base_additional_type,
    .rest_offset = offsetof(unclear_base, additional), .pointer = "/properties/base",
};

/* clang-format on */

json_t **unclear_base_additional_get(const unclear_base_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

unclear *unclear_new(void) {
    return nex_message_new(&unclear_type);
}

nex_status unclear_decode(unclear **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&unclear_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status unclear_decode_strict(unclear **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&unclear_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status unclear_encode(const unclear *message, nex_buf *out) {
    return nex_message_encode(&unclear_type, message, out);
}

nex_status unclear_validate(const unclear *message, nex_error *err) {
    return nex_message_validate(&unclear_type, message, err);
}

nex_status unclear_clone(const unclear *message, unclear **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&unclear_type, message, &copy);
    *out = copy;
    return status;
}

bool unclear_equal(const unclear *a, const unclear *b) {
    return nex_message_equal(&unclear_type, a, b);
}

nex_status unclear_to_json(const unclear *message, json_t **out) {
    return nex_message_to_json(&unclear_type, message, out);
}

nex_status unclear_from_json(unclear **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&unclear_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void unclear_free(unclear *message) {
    nex_message_free(message);
}
