/*
 * C names
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 2449a8196dbb53d7); do not edit.
 */
#include <c_names.h>

#include <string.h>

/* clang-format off */
static const nex_type c_names_additional_2_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(c_names_additional_2), .name = "c_names_additional_2",
    .item = &nex_type_bool, .value_offset = offsetof(c_names_additional_2_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/additionalProperties",
};

static const nex_field fields_of_c_names[] = {
    {
        .name = "", .name_len = 0, .type = &nex_type_int, .offset = offsetof(c_names, empty),
        .has_offset = offsetof(c_names, has_empty),
    },
    {
        .name = "$ref", .name_len = 4, .type = &nex_type_string, .offset = offsetof(c_names, ref),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "9lives", .name_len = 6, .type = &nex_type_int,
        .offset = offsetof(c_names, n9lives), .has_offset = offsetof(c_names, has_n9lives),
    },
    {
        .name = "a/b~c", .name_len = 5, .type = &nex_type_int, .offset = offsetof(c_names, a_b_c),
        .has_offset = offsetof(c_names, has_a_b_c),
    },
    {
        .name = "additional", .name_len = 10, .type = &nex_type_string,
        .offset = offsetof(c_names, additional), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "class", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(c_names, class_), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "foo-bar", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(c_names, foo_bar), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "foo_bar", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(c_names, foo_bar_2), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "größe", .name_len = 7, .type = &nex_type_int, .offset = offsetof(c_names, grosse),
        .has_offset = offsetof(c_names, has_grosse),
    },
    {
        .name = "has_int", .name_len = 7, .type = &nex_type_bool,
        .offset = offsetof(c_names, has_int), .has_offset = offsetof(c_names, has_has_int),
    },
    {
        .name = "int", .name_len = 3, .type = &nex_type_int, .offset = offsetof(c_names, int_),
        .has_offset = offsetof(c_names, has_int_2),
    },
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(c_names, horizontal),
        .has_offset = offsetof(c_names, has_horizontal),
    },
};
const nex_type c_names_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(c_names), .name = "C names",
    .fields = fields_of_c_names, .field_count = 12, .rest = &c_names_additional_2_type,
    .rest_offset = offsetof(c_names, additional_2), .pointer = "", .doc = "C names",
};

/* clang-format on */

bool *c_names_additional_2_get(const c_names_additional_2 *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

c_names *c_names_new(void) {
    return nex_message_new(&c_names_type);
}

nex_status c_names_decode(c_names **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&c_names_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status c_names_decode_strict(c_names **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&c_names_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status c_names_encode(const c_names *message, nex_buf *out) {
    return nex_message_encode(&c_names_type, message, out);
}

nex_status c_names_validate(const c_names *message, nex_error *err) {
    return nex_message_validate(&c_names_type, message, err);
}

nex_status c_names_clone(const c_names *message, c_names **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&c_names_type, message, &copy);
    *out = copy;
    return status;
}

bool c_names_equal(const c_names *a, const c_names *b) {
    return nex_message_equal(&c_names_type, a, b);
}

nex_status c_names_to_json(const c_names *message, json_t **out) {
    return nex_message_to_json(&c_names_type, message, out);
}

nex_status c_names_from_json(c_names **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&c_names_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void c_names_free(c_names *message) {
    nex_message_free(message);
}
