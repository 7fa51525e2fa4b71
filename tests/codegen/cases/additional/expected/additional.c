/*
 * Additional
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 c29ce2dcf39a1074); do not edit.
 */
#include <additional.h>

#include <string.h>

/* clang-format off */
static const nex_type additional_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(additional_additional), .name = "additional_additional",
    .item = &nex_type_int, .value_offset = offsetof(additional_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/additionalProperties",
};

static const nex_field fields_of_additional[] = {
    {
        .name = "a", .name_len = 1, .type = &nex_type_string, .offset = offsetof(additional, a),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type additional_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(additional), .name = "Additional",
    .fields = fields_of_additional, .field_count = 1, .rest = &additional_additional_type,
    .rest_offset = offsetof(additional, additional_value), .pointer = "", .doc = "Additional",
};

/* clang-format on */

int64_t *additional_additional_get(const additional_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

additional *additional_new(void) {
    return nex_message_new(&additional_type);
}

nex_status additional_decode(additional **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&additional_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status additional_decode_strict(additional **out, const char *json, size_t len,
                                    nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&additional_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status additional_encode(const additional *message, nex_buf *out) {
    return nex_message_encode(&additional_type, message, out);
}

nex_status additional_validate(const additional *message, nex_error *err) {
    return nex_message_validate(&additional_type, message, err);
}

nex_status additional_clone(const additional *message, additional **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&additional_type, message, &copy);
    *out = copy;
    return status;
}

bool additional_equal(const additional *a, const additional *b) {
    return nex_message_equal(&additional_type, a, b);
}

nex_status additional_to_json(const additional *message, json_t **out) {
    return nex_message_to_json(&additional_type, message, out);
}

nex_status additional_from_json(additional **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&additional_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void additional_free(additional *message) {
    nex_message_free(message);
}
