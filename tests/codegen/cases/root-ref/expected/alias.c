/*
 * Alias
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 3acb5129f9dbb5a0); do not edit.
 */
#include <alias.h>

/* clang-format off */
static const nex_field fields_of_alias[] = {
    {
        .name = "again", .name_len = 5, .type = &alias_real_type, .offset = offsetof(alias, again),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER, .doc = "Real",
    },
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(alias, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type alias_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(alias), .name = "Alias", .fields = fields_of_alias,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Alias",
};

static const nex_field fields_of_alias_real[] = {
    {
        .name = "again", .name_len = 5, .type = &alias_real_type,
        .offset = offsetof(alias_real, again), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER, .doc = "Real",
    },
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(alias_real, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type alias_real_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(alias_real), .name = "alias_real",
    .fields = fields_of_alias_real, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/real", .doc = "Real",
};

/* clang-format on */

alias *alias_new(void) {
    return nex_message_new(&alias_type);
}

nex_status alias_decode(alias **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&alias_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status alias_decode_strict(alias **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&alias_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status alias_encode(const alias *message, nex_buf *out) {
    return nex_message_encode(&alias_type, message, out);
}

nex_status alias_validate(const alias *message, nex_error *err) {
    return nex_message_validate(&alias_type, message, err);
}

nex_status alias_clone(const alias *message, alias **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&alias_type, message, &copy);
    *out = copy;
    return status;
}

bool alias_equal(const alias *a, const alias *b) {
    return nex_message_equal(&alias_type, a, b);
}

nex_status alias_to_json(const alias *message, json_t **out) {
    return nex_message_to_json(&alias_type, message, out);
}

nex_status alias_from_json(alias **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&alias_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void alias_free(alias *message) {
    nex_message_free(message);
}
