/*
 * Patterned
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 69f6773d0591cff7); do not edit.
 */
#include <patterned.h>

#include <string.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_patterned[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"name\":{\"type\":\"string\""
    "},\"byName\":{\"type\":\"object\",\"patternProperties\":{\"^[a-z]+$\":{\"type\":\"integer\"}"
    "},\"additionalProperties\":false}},\"patternProperties\":{\"^x-\":{\"type\":\"string\"}},\"a"
    "dditionalProperties\":false}}}";

/* clang-format off */
static const nex_type patterned_by_name_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(patterned_by_name), .name = "patterned_by_name",
    .item = &nex_type_int, .value_offset = offsetof(patterned_by_name_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/byName",
};

static const nex_type patterned_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(patterned_additional), .name = "patterned_additional",
    .item = &nex_type_json, .value_offset = offsetof(patterned_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
};

static const nex_field fields_of_patterned[] = {
    {
        .name = "byName", .name_len = 6, .type = &patterned_by_name_type,
        .offset = offsetof(patterned, by_name), .has_offset = offsetof(patterned, has_by_name),
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(patterned, name), .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type patterned_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(patterned), .name = "Patterned",
    .fields = fields_of_patterned, .field_count = 2, .rest = &patterned_additional_type,
    .rest_offset = offsetof(patterned, additional), .pointer = "", .doc = "Patterned",
    .schema = schema_of_patterned,
};

/* clang-format on */

int64_t *patterned_by_name_get(const patterned_by_name *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

json_t **patterned_additional_get(const patterned_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

patterned *patterned_new(void) {
    return nex_message_new(&patterned_type);
}

nex_status patterned_decode(patterned **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&patterned_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status patterned_decode_strict(patterned **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&patterned_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status patterned_encode(const patterned *message, nex_buf *out) {
    return nex_message_encode(&patterned_type, message, out);
}

nex_status patterned_validate(const patterned *message, nex_error *err) {
    return nex_message_validate(&patterned_type, message, err);
}

nex_status patterned_clone(const patterned *message, patterned **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&patterned_type, message, &copy);
    *out = copy;
    return status;
}

bool patterned_equal(const patterned *a, const patterned *b) {
    return nex_message_equal(&patterned_type, a, b);
}

nex_status patterned_to_json(const patterned *message, json_t **out) {
    return nex_message_to_json(&patterned_type, message, out);
}

nex_status patterned_from_json(patterned **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&patterned_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void patterned_free(patterned *message) {
    nex_message_free(message);
}
