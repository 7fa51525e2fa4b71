/*
 * NullItems
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 c75e97b958cc8f98); do not edit.
 */
#include <null_items.h>

#include <string.h>

/* clang-format off */
static const nex_type null_items_texts_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(null_items_texts_item_list),
    .name = "null_items_texts_item_list", .item = &null_items_texts_item_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/texts",
};

static const nex_type null_items_map_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(null_items_map_value_map),
    .name = "null_items_map_value_map", .item = &null_items_map_value_type,
    .value_offset = offsetof(null_items_map_value_map_entry, value), .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/map",
};

static const nex_field fields_of_null_items[] = {
    {
        .name = "map", .name_len = 3, .type = &null_items_map_type,
        .offset = offsetof(null_items, map), .has_offset = offsetof(null_items, has_map),
    },
    {
        .name = "texts", .name_len = 5, .type = &null_items_texts_type,
        .offset = offsetof(null_items, texts), .has_offset = offsetof(null_items, has_texts),
    },
};
const nex_type null_items_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(null_items), .name = "NullItems",
    .fields = fields_of_null_items, .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "NullItems",
};

static const nex_variant variants_of_null_items_texts_item[] = {
    {
        .name = "null", .value = NULL_ITEMS_TEXTS_ITEM_NULL, .json_types = NEX_JSON_NULL,
    },
    {
        .name = "value", .value = NULL_ITEMS_TEXTS_ITEM_VALUE, .json_types = NEX_JSON_STRING,
        .type = &nex_type_string,
    },
};
const nex_type null_items_texts_item_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(null_items_texts_item), .name = "null_items_texts_item",
    .value_offset = offsetof(null_items_texts_item, as),
    .variants = variants_of_null_items_texts_item, .variant_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/texts/items",
};

static const nex_variant variants_of_null_items_map_value[] = {
    {
        .name = "null", .value = NULL_ITEMS_MAP_VALUE_NULL, .json_types = NEX_JSON_NULL,
    },
    {
        .name = "value", .value = NULL_ITEMS_MAP_VALUE_VALUE,
        .json_types = NEX_JSON_ARRAY | NEX_JSON_BOOL | NEX_JSON_NUMBER | NEX_JSON_OBJECT | NEX_JSON_STRING,
        .type = &nex_type_int,
    },
};
const nex_type null_items_map_value_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(null_items_map_value), .name = "null_items_map_value",
    .value_offset = offsetof(null_items_map_value, as),
    .variants = variants_of_null_items_map_value, .variant_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/map/additionalProperties",
};

/* clang-format on */

null_items_map_value *null_items_map_value_map_get(const null_items_map_value_map *map,
                                                   const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

null_items *null_items_new(void) {
    return nex_message_new(&null_items_type);
}

nex_status null_items_decode(null_items **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&null_items_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status null_items_decode_strict(null_items **out, const char *json, size_t len,
                                    nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&null_items_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status null_items_encode(const null_items *message, nex_buf *out) {
    return nex_message_encode(&null_items_type, message, out);
}

nex_status null_items_validate(const null_items *message, nex_error *err) {
    return nex_message_validate(&null_items_type, message, err);
}

nex_status null_items_clone(const null_items *message, null_items **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&null_items_type, message, &copy);
    *out = copy;
    return status;
}

bool null_items_equal(const null_items *a, const null_items *b) {
    return nex_message_equal(&null_items_type, a, b);
}

nex_status null_items_to_json(const null_items *message, json_t **out) {
    return nex_message_to_json(&null_items_type, message, out);
}

nex_status null_items_from_json(null_items **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&null_items_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void null_items_free(null_items *message) {
    nex_message_free(message);
}
