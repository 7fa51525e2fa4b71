/*
 * Closed
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 3649eebe860c9abb); do not edit.
 */
#include <closed.h>

#include <string.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_closed[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"string\"},"
    "\"inner\":{\"type\":\"object\",\"properties\":{\"b\":{\"type\":\"string\"}},\"additionalProp"
    "erties\":false},\"sealed\":{\"type\":\"object\",\"allOf\":[{\"$ref\":\"#/$defs/d1\"},{\"prop"
    "erties\":{\"y\":{\"type\":\"integer\"}}}],\"properties\":{\"z\":{\"type\":\"boolean\"}},\"un"
    "evaluatedProperties\":false},\"chosen\":{\"type\":\"object\",\"properties\":{\"k\":{\"type\""
    ":\"string\"}},\"if\":{\"required\":[\"k\"]},\"then\":{\"properties\":{\"m\":{\"type\":\"stri"
    "ng\"}}},\"unevaluatedProperties\":false}},\"additionalProperties\":false},\"d1\":{\"type\":"
    "\"object\",\"properties\":{\"x\":{\"type\":\"string\"}},\"required\":[\"x\"]}}}";

/* clang-format off */
static const nex_type closed_chosen_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(closed_chosen_additional),
    .name = "closed_chosen_additional", .item = &nex_type_json,
    .value_offset = offsetof(closed_chosen_additional_entry, value), .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/chosen",
};

static const nex_field fields_of_closed[] = {
    {
        .name = "a", .name_len = 1, .type = &nex_type_string, .offset = offsetof(closed, a),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "chosen", .name_len = 6, .type = &closed_chosen_type,
        .offset = offsetof(closed, chosen), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "inner", .name_len = 5, .type = &closed_inner_type,
        .offset = offsetof(closed, inner), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "sealed", .name_len = 6, .type = &closed_sealed_type,
        .offset = offsetof(closed, sealed), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
};
const nex_type closed_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(closed), .name = "Closed", .fields = fields_of_closed,
    .field_count = 4, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Closed",
    .schema = schema_of_closed,
};

static const nex_field fields_of_closed_inner[] = {
    {
        .name = "b", .name_len = 1, .type = &nex_type_string, .offset = offsetof(closed_inner, b),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type closed_inner_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(closed_inner), .name = "closed_inner",
    .fields = fields_of_closed_inner, .field_count = 1, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/inner",
};

static const nex_field fields_of_closed_sealed[] = {
    {
        .name = "x", .name_len = 1, .type = &nex_type_string, .offset = offsetof(closed_sealed, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "y", .name_len = 1, .type = &nex_type_int, .offset = offsetof(closed_sealed, y),
        .has_offset = offsetof(closed_sealed, has_y),
    },
    {
        .name = "z", .name_len = 1, .type = &nex_type_bool, .offset = offsetof(closed_sealed, z),
        .has_offset = offsetof(closed_sealed, has_z),
    },
};
const nex_type closed_sealed_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(closed_sealed), .name = "closed_sealed",
    .fields = fields_of_closed_sealed, .field_count = 3, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/sealed",
};

static const nex_field fields_of_closed_chosen[] = {
    {
        .name = "k", .name_len = 1, .type = &nex_type_string, .offset = offsetof(closed_chosen, k),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type closed_chosen_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(closed_chosen), .name = "closed_chosen",
    .fields = fields_of_closed_chosen, .field_count = 1, .rest = &closed_chosen_additional_type,
    .rest_offset = offsetof(closed_chosen, additional), .pointer = "/properties/chosen",
};

/* clang-format on */

json_t **closed_chosen_additional_get(const closed_chosen_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

closed *closed_new(void) {
    return nex_message_new(&closed_type);
}

nex_status closed_decode(closed **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&closed_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status closed_decode_strict(closed **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&closed_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status closed_encode(const closed *message, nex_buf *out) {
    return nex_message_encode(&closed_type, message, out);
}

nex_status closed_validate(const closed *message, nex_error *err) {
    return nex_message_validate(&closed_type, message, err);
}

nex_status closed_clone(const closed *message, closed **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&closed_type, message, &copy);
    *out = copy;
    return status;
}

bool closed_equal(const closed *a, const closed *b) {
    return nex_message_equal(&closed_type, a, b);
}

nex_status closed_to_json(const closed *message, json_t **out) {
    return nex_message_to_json(&closed_type, message, out);
}

nex_status closed_from_json(closed **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&closed_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void closed_free(closed *message) {
    nex_message_free(message);
}
