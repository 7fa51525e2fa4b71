/*
 * Secret
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 3fdc01105c82e61a); do not edit.
 */
#include <secret.h>

/* clang-format off */
static const nex_limits limits_of_secret_password = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 3,
};
static const nex_type secret_password_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "secret_password",
    .limits = &limits_of_secret_password, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/password",
};

static const nex_field fields_of_secret[] = {
    {
        .name = "password", .name_len = 8, .type = &secret_password_type,
        .offset = offsetof(secret, password), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_SECRET,
    },
    {
        .name = "token", .name_len = 5, .type = &nex_type_string, .offset = offsetof(secret, token),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_SECRET,
    },
};
const nex_type secret_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(secret), .name = "Secret", .fields = fields_of_secret,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Secret",
};

/* clang-format on */

secret *secret_new(void) {
    return nex_message_new(&secret_type);
}

nex_status secret_decode(secret **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&secret_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status secret_decode_strict(secret **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&secret_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status secret_encode(const secret *message, nex_buf *out) {
    return nex_message_encode(&secret_type, message, out);
}

nex_status secret_validate(const secret *message, nex_error *err) {
    return nex_message_validate(&secret_type, message, err);
}

nex_status secret_clone(const secret *message, secret **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&secret_type, message, &copy);
    *out = copy;
    return status;
}

bool secret_equal(const secret *a, const secret *b) {
    return nex_message_equal(&secret_type, a, b);
}

nex_status secret_to_json(const secret *message, json_t **out) {
    return nex_message_to_json(&secret_type, message, out);
}

nex_status secret_from_json(secret **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&secret_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void secret_free(secret *message) {
    nex_message_free(message);
}
