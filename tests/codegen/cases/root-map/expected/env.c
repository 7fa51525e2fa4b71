/*
 * Env
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 06ac73760c3ad78e); do not edit.
 */
#include <env.h>

/* clang-format off */
const nex_type env_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(env), .name = "Env", .item = &nex_type_string,
    .value_offset = offsetof(nex_string_entry, value), .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Env",
};

/* clang-format on */

env *env_new(void) {
    return nex_message_new(&env_type);
}

nex_status env_decode(env **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&env_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status env_decode_strict(env **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&env_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status env_encode(const env *message, nex_buf *out) {
    return nex_message_encode(&env_type, message, out);
}

nex_status env_validate(const env *message, nex_error *err) {
    return nex_message_validate(&env_type, message, err);
}

nex_status env_clone(const env *message, env **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&env_type, message, &copy);
    *out = copy;
    return status;
}

bool env_equal(const env *a, const env *b) {
    return nex_message_equal(&env_type, a, b);
}

nex_status env_to_json(const env *message, json_t **out) {
    return nex_message_to_json(&env_type, message, out);
}

nex_status env_from_json(env **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&env_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void env_free(env *message) {
    nex_message_free(message);
}
