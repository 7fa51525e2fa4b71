/*
 * What draft-07 writes otherwise: items as a list, additionalItems, contains, if.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 60ceabe5c6732d29); do not edit.
 */
#include <forms.h>

#include <string.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_forms[] =
    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"allOf\":[{\"$ref\":\"#/definition"
    "s/d0\"}],\"definitions\":{\"d0\":{\"type\":\"object\",\"properties\":{\"first\":{\"$ref\":\""
    "#/definitions/d1\",\"maxLength\":1},\"row\":{\"type\":\"array\",\"items\":[{\"type\":\"strin"
    "g\"}],\"additionalItems\":{\"type\":\"boolean\"}},\"list\":{\"type\":\"array\",\"items\":{\""
    "type\":\"integer\"},\"contains\":{\"minimum\":5}},\"level\":{\"type\":\"integer\",\"exclusiv"
    "eMinimum\":0}},\"if\":{\"required\":[\"level\"]},\"then\":{\"required\":[\"first\"]},\"else"
    "\":{\"propertyNames\":{\"maxLength\":5}}},\"d1\":{\"type\":\"string\",\"minLength\":2}}}";

/* clang-format off */
static const nex_type forms_row_rest_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(forms_row_rest), .name = "forms_row_rest",
    .item = &nex_type_bool, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/row",
};

static const nex_type forms_list_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(forms_list), .name = "forms_list", .item = &nex_type_int,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/list",
};

static const nex_limits limits_of_forms_level = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type forms_level_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "forms_level",
    .limits = &limits_of_forms_level, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/level",
};

static const nex_type forms_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(forms_additional), .name = "forms_additional",
    .item = &nex_type_json, .value_offset = offsetof(forms_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
};

static const nex_field fields_of_forms[] = {
    {
        .name = "first", .name_len = 5, .type = &forms_name_type, .offset = offsetof(forms, first),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "level", .name_len = 5, .type = &forms_level_type, .offset = offsetof(forms, level),
        .has_offset = offsetof(forms, has_level),
    },
    {
        .name = "list", .name_len = 4, .type = &forms_list_type, .offset = offsetof(forms, list),
        .has_offset = offsetof(forms, has_list),
    },
    {
        .name = "row", .name_len = 3, .type = &forms_row_type, .offset = offsetof(forms, row),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
};
const nex_type forms_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(forms), .name = "Forms", .fields = fields_of_forms,
    .field_count = 4, .rest = &forms_additional_type, .rest_offset = offsetof(forms, additional),
    .pointer = "",
    .doc = "What draft-07 writes otherwise: items as a list, additionalItems, contains, if.",
    .schema = schema_of_forms,
};

static const nex_limits limits_of_forms_name = {
    .has = NEX_LIMIT_MIN_LENGTH, .min_length = 2,
};
const nex_type forms_name_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "forms_name",
    .limits = &limits_of_forms_name, .rest_offset = NEX_NO_OFFSET, .pointer = "/definitions/name",
};

static const nex_field fields_of_forms_row[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string, .offset = offsetof(forms_row, item0),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type forms_row_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(forms_row), .name = "forms_row",
    .fields = fields_of_forms_row, .field_count = 1, .rest = &forms_row_rest_type,
    .rest_offset = offsetof(forms_row, rest), .pointer = "/properties/row",
};

/* clang-format on */

json_t **forms_additional_get(const forms_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

forms *forms_new(void) {
    return nex_message_new(&forms_type);
}

nex_status forms_decode(forms **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&forms_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status forms_decode_strict(forms **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&forms_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status forms_encode(const forms *message, nex_buf *out) {
    return nex_message_encode(&forms_type, message, out);
}

nex_status forms_validate(const forms *message, nex_error *err) {
    return nex_message_validate(&forms_type, message, err);
}

nex_status forms_clone(const forms *message, forms **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&forms_type, message, &copy);
    *out = copy;
    return status;
}

bool forms_equal(const forms *a, const forms *b) {
    return nex_message_equal(&forms_type, a, b);
}

nex_status forms_to_json(const forms *message, json_t **out) {
    return nex_message_to_json(&forms_type, message, out);
}

nex_status forms_from_json(forms **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&forms_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void forms_free(forms *message) {
    nex_message_free(message);
}
