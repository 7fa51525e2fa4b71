/*
 * A secret, sealed to the public curve key with which the agent registered.
 *
 * Written by nexgen 0.1.0 from get-secret-response.json (sha256 dcf2808dd243cc43); do not edit.
 */
#include <nex/protocol/get_secret_response.h>

/* clang-format off */
static const nex_field fields_of_nex_get_secret_response[] = {
    {
        .name = "base64_encrypted_value", .name_len = 22, .type = &nex_type_string,
        .offset = offsetof(nex_get_secret_response, base64_encrypted_value),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "The box with the bytes of the secret",
    },
    {
        .name = "encrypted_by", .name_len = 12, .type = &nex_type_string,
        .offset = offsetof(nex_get_secret_response, encrypted_by), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Public curve key (X...) of the node",
    },
};
const nex_type nex_get_secret_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_get_secret_response), .name = "GetSecretResponse",
    .fields = fields_of_nex_get_secret_response, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "A secret, sealed to the public curve key with which the agent registered.",
};

/* clang-format on */

nex_get_secret_response *nex_get_secret_response_new(void) {
    return nex_message_new(&nex_get_secret_response_type);
}

nex_status nex_get_secret_response_decode(nex_get_secret_response **out, const char *json,
                                          size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_get_secret_response_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_get_secret_response_decode_strict(nex_get_secret_response **out, const char *json,
                                                 size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_get_secret_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_get_secret_response_encode(const nex_get_secret_response *message, nex_buf *out) {
    return nex_message_encode(&nex_get_secret_response_type, message, out);
}

nex_status nex_get_secret_response_validate(const nex_get_secret_response *message,
                                            nex_error *err) {
    return nex_message_validate(&nex_get_secret_response_type, message, err);
}

nex_status nex_get_secret_response_clone(const nex_get_secret_response *message,
                                         nex_get_secret_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_get_secret_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_get_secret_response_equal(const nex_get_secret_response *a,
                                   const nex_get_secret_response *b) {
    return nex_message_equal(&nex_get_secret_response_type, a, b);
}

nex_status nex_get_secret_response_to_json(const nex_get_secret_response *message, json_t **out) {
    return nex_message_to_json(&nex_get_secret_response_type, message, out);
}

nex_status nex_get_secret_response_from_json(nex_get_secret_response **out, const json_t *json,
                                             nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_get_secret_response_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_get_secret_response_free(nex_get_secret_response *message) {
    nex_message_free(message);
}
