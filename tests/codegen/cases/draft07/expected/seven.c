/*
 * Seven
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 7c1cb77f7430de37); do not edit.
 */
#include <seven.h>

#include <string.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_seven[] =
    "{\"$schema\":\"http://json-schema.org/draft-07/schema#\",\"allOf\":[{\"$ref\":\"#/definition"
    "s/d0\"}],\"definitions\":{\"d0\":{\"type\":\"object\",\"properties\":{\"a\":{\"$ref\":\"#/de"
    "finitions/d1\"},\"b\":{\"$ref\":\"#/definitions/d1\",\"maximum\":0},\"pair\":{\"type\":\"arr"
    "ay\",\"items\":[{\"type\":\"string\"},{\"type\":\"integer\"}],\"additionalItems\":false},\"c"
    "\":{\"type\":\"string\"}},\"dependencies\":{\"a\":[\"c\"],\"b\":{\"required\":[\"a\"]}}},\"d"
    "1\":{\"type\":\"integer\",\"minimum\":1}}}";

/* clang-format off */
static const nex_type seven_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(seven_additional), .name = "seven_additional",
    .item = &nex_type_json, .value_offset = offsetof(seven_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
};

static const nex_field fields_of_seven[] = {
    {
        .name = "a", .name_len = 1, .type = &seven_pos_type, .offset = offsetof(seven, a),
        .has_offset = offsetof(seven, has_a),
    },
    {
        .name = "b", .name_len = 1, .type = &seven_pos_type, .offset = offsetof(seven, b),
        .has_offset = offsetof(seven, has_b),
    },
    {
        .name = "c", .name_len = 1, .type = &nex_type_string, .offset = offsetof(seven, c),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "pair", .name_len = 4, .type = &seven_pair_type, .offset = offsetof(seven, pair),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
};
const nex_type seven_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(seven), .name = "Seven", .fields = fields_of_seven,
    .field_count = 4, .rest = &seven_additional_type, .rest_offset = offsetof(seven, additional),
    .pointer = "", .doc = "Seven", .schema = schema_of_seven,
};

static const nex_limits limits_of_seven_pos = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
const nex_type seven_pos_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "seven_pos",
    .limits = &limits_of_seven_pos, .rest_offset = NEX_NO_OFFSET, .pointer = "/definitions/pos",
};

static const nex_field fields_of_seven_pair[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string, .offset = offsetof(seven_pair, item0),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "1", .name_len = 1, .type = &nex_type_int, .offset = offsetof(seven_pair, item1),
        .has_offset = offsetof(seven_pair, has_item1),
    },
};
const nex_type seven_pair_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(seven_pair), .name = "seven_pair",
    .fields = fields_of_seven_pair, .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/pair",
};

/* clang-format on */

json_t **seven_additional_get(const seven_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

seven *seven_new(void) {
    return nex_message_new(&seven_type);
}

nex_status seven_decode(seven **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&seven_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status seven_decode_strict(seven **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&seven_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status seven_encode(const seven *message, nex_buf *out) {
    return nex_message_encode(&seven_type, message, out);
}

nex_status seven_validate(const seven *message, nex_error *err) {
    return nex_message_validate(&seven_type, message, err);
}

nex_status seven_clone(const seven *message, seven **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&seven_type, message, &copy);
    *out = copy;
    return status;
}

bool seven_equal(const seven *a, const seven *b) {
    return nex_message_equal(&seven_type, a, b);
}

nex_status seven_to_json(const seven *message, json_t **out) {
    return nex_message_to_json(&seven_type, message, out);
}

nex_status seven_from_json(seven **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&seven_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void seven_free(seven *message) {
    nex_message_free(message);
}
