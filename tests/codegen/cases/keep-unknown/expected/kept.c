/*
 * Kept
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 a904074964a3ad17); do not edit.
 */
#include <kept.h>

#include <string.h>

/* clang-format off */
static const nex_type kept_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(kept_additional), .name = "kept_additional",
    .item = &nex_type_json, .value_offset = offsetof(kept_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
};

static const nex_field fields_of_kept[] = {
    {
        .name = "m", .name_len = 1, .type = &nex_type_string, .offset = offsetof(kept, m),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type kept_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(kept), .name = "Kept", .fields = fields_of_kept,
    .field_count = 1, .rest = &kept_additional_type, .rest_offset = offsetof(kept, additional),
    .pointer = "", .doc = "Kept",
};

/* clang-format on */

json_t **kept_additional_get(const kept_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

kept *kept_new(void) {
    return nex_message_new(&kept_type);
}

nex_status kept_decode(kept **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&kept_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status kept_decode_strict(kept **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&kept_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status kept_encode(const kept *message, nex_buf *out) {
    return nex_message_encode(&kept_type, message, out);
}

nex_status kept_validate(const kept *message, nex_error *err) {
    return nex_message_validate(&kept_type, message, err);
}

nex_status kept_clone(const kept *message, kept **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&kept_type, message, &copy);
    *out = copy;
    return status;
}

bool kept_equal(const kept *a, const kept *b) {
    return nex_message_equal(&kept_type, a, b);
}

nex_status kept_to_json(const kept *message, json_t **out) {
    return nex_message_to_json(&kept_type, message, out);
}

nex_status kept_from_json(kept **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&kept_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void kept_free(kept *message) {
    nex_message_free(message);
}
