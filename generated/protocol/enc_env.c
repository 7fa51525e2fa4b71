/*
 * An environment in a box: a JSON object of name to value, sealed by an ephemeral key to the
 * agent's curve key. It stands in the environment of a start request, where a string map is
 * expected.
 *
 * Written by nexgen 0.1.0 from enc-env.json (sha256 9f9184ff7fc267d7); do not edit.
 */
#include <nex/protocol/enc_env.h>

/* clang-format off */
static const nex_field fields_of_nex_enc_env[] = {
    {
        .name = "base64_encrypted_env", .name_len = 20, .type = &nex_type_bytes,
        .offset = offsetof(nex_enc_env, base64_encrypted_env), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "The box: \"xkv1\", 24 bytes of nonce, NaCl box; base64",
    },
    {
        .name = "encrypted_by", .name_len = 12, .type = &nex_type_string,
        .offset = offsetof(nex_enc_env, encrypted_by), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Public curve key (X...) of who sealed the box",
    },
};
const nex_type nex_enc_env_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_enc_env), .name = "EncEnv",
    .fields = fields_of_nex_enc_env, .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "An environment in a box: a JSON object of name to value, sealed by an ephemeral key "
           "to the agent's curve key. It stands in the environment of a start request, where a "
           "string map is expected.",
};

/* clang-format on */

nex_enc_env *nex_enc_env_new(void) {
    return nex_message_new(&nex_enc_env_type);
}

nex_status nex_enc_env_decode(nex_enc_env **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_enc_env_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status nex_enc_env_decode_strict(nex_enc_env **out, const char *json, size_t len,
                                     nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_enc_env_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status nex_enc_env_encode(const nex_enc_env *message, nex_buf *out) {
    return nex_message_encode(&nex_enc_env_type, message, out);
}

nex_status nex_enc_env_validate(const nex_enc_env *message, nex_error *err) {
    return nex_message_validate(&nex_enc_env_type, message, err);
}

nex_status nex_enc_env_clone(const nex_enc_env *message, nex_enc_env **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_enc_env_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_enc_env_equal(const nex_enc_env *a, const nex_enc_env *b) {
    return nex_message_equal(&nex_enc_env_type, a, b);
}

nex_status nex_enc_env_to_json(const nex_enc_env *message, json_t **out) {
    return nex_message_to_json(&nex_enc_env_type, message, out);
}

nex_status nex_enc_env_from_json(nex_enc_env **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_enc_env_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_enc_env_free(nex_enc_env *message) {
    nex_message_free(message);
}
