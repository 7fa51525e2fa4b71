/*
 * Checked
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 b53d25b3f03f2b7c); do not edit.
 */
#include <checked.h>

#include <string.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_checked[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"integer\","
    "\"not\":{\"const\":3}},\"list\":{\"type\":\"array\",\"items\":{\"type\":\"integer\"},\"conta"
    "ins\":{\"const\":7}},\"b\":{\"type\":\"string\"},\"c\":{\"type\":\"string\"},\"names\":{\"ty"
    "pe\":\"object\",\"additionalProperties\":{\"type\":\"integer\"},\"propertyNames\":{\"maxLeng"
    "th\":2}}},\"if\":{\"required\":[\"b\"]},\"then\":{\"required\":[\"c\"]},\"dependentRequired"
    "\":{\"c\":[\"a\"]}}}}";

/* clang-format off */
static const nex_type checked_list_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(checked_list), .name = "checked_list",
    .item = &nex_type_int, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/list",
};

static const nex_type checked_names_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(checked_names), .name = "checked_names",
    .item = &nex_type_int, .value_offset = offsetof(checked_names_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/names",
};

static const nex_type checked_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(checked_additional), .name = "checked_additional",
    .item = &nex_type_json, .value_offset = offsetof(checked_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
};

static const nex_field fields_of_checked[] = {
    {
        .name = "a", .name_len = 1, .type = &nex_type_int, .offset = offsetof(checked, a),
        .has_offset = offsetof(checked, has_a),
    },
    {
        .name = "b", .name_len = 1, .type = &nex_type_string, .offset = offsetof(checked, b),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "c", .name_len = 1, .type = &nex_type_string, .offset = offsetof(checked, c),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "list", .name_len = 4, .type = &checked_list_type,
        .offset = offsetof(checked, list), .has_offset = offsetof(checked, has_list),
    },
    {
        .name = "names", .name_len = 5, .type = &checked_names_type,
        .offset = offsetof(checked, names), .has_offset = offsetof(checked, has_names),
    },
};
const nex_type checked_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(checked), .name = "Checked",
    .fields = fields_of_checked, .field_count = 5, .rest = &checked_additional_type,
    .rest_offset = offsetof(checked, additional), .pointer = "", .doc = "Checked",
    .schema = schema_of_checked,
};

/* clang-format on */

int64_t *checked_names_get(const checked_names *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

json_t **checked_additional_get(const checked_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

checked *checked_new(void) {
    return nex_message_new(&checked_type);
}

nex_status checked_decode(checked **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&checked_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status checked_decode_strict(checked **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&checked_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status checked_encode(const checked *message, nex_buf *out) {
    return nex_message_encode(&checked_type, message, out);
}

nex_status checked_validate(const checked *message, nex_error *err) {
    return nex_message_validate(&checked_type, message, err);
}

nex_status checked_clone(const checked *message, checked **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&checked_type, message, &copy);
    *out = copy;
    return status;
}

bool checked_equal(const checked *a, const checked *b) {
    return nex_message_equal(&checked_type, a, b);
}

nex_status checked_to_json(const checked *message, json_t **out) {
    return nex_message_to_json(&checked_type, message, out);
}

nex_status checked_from_json(checked **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&checked_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void checked_free(checked *message) {
    nex_message_free(message);
}
