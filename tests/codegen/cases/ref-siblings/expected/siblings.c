/*
 * Siblings
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 2c136e8c9873f37c); do not edit.
 */
#include <siblings.h>

/* clang-format off */
static const nex_limits limits_of_siblings_b = {
    .has = NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH, .min_length = 1, .max_length = 3,
};
static const nex_type siblings_b_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "siblings_b",
    .limits = &limits_of_siblings_b, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/b",
    .doc = "Some text",
};

static const nex_field fields_of_siblings[] = {
    {
        .name = "a", .name_len = 1, .type = &siblings_text_value_type,
        .offset = offsetof(siblings, a), .has_offset = NEX_NO_OFFSET, .default_json = "\"x\"",
        .doc = "Another description",
    },
    {
        .name = "b", .name_len = 1, .type = &siblings_b_type, .offset = offsetof(siblings, b),
        .has_offset = NEX_NO_OFFSET, .doc = "Some text",
    },
};
const nex_type siblings_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(siblings), .name = "Siblings",
    .fields = fields_of_siblings, .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Siblings",
};

static const nex_limits limits_of_siblings_text_value = {
    .has = NEX_LIMIT_MIN_LENGTH, .min_length = 1,
};
const nex_type siblings_text_value_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "siblings_text_value",
    .limits = &limits_of_siblings_text_value, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/text", .doc = "Some text",
};

/* clang-format on */

const char *siblings_a_or_default(const siblings *message) {
    return message->a != NULL ? message->a : "x";
}

siblings *siblings_new(void) {
    return nex_message_new(&siblings_type);
}

nex_status siblings_decode(siblings **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&siblings_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status siblings_decode_strict(siblings **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&siblings_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status siblings_encode(const siblings *message, nex_buf *out) {
    return nex_message_encode(&siblings_type, message, out);
}

nex_status siblings_validate(const siblings *message, nex_error *err) {
    return nex_message_validate(&siblings_type, message, err);
}

nex_status siblings_clone(const siblings *message, siblings **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&siblings_type, message, &copy);
    *out = copy;
    return status;
}

bool siblings_equal(const siblings *a, const siblings *b) {
    return nex_message_equal(&siblings_type, a, b);
}

nex_status siblings_to_json(const siblings *message, json_t **out) {
    return nex_message_to_json(&siblings_type, message, out);
}

nex_status siblings_from_json(siblings **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&siblings_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void siblings_free(siblings *message) {
    nex_message_free(message);
}
