/*
 * An agent asks its node for a secret.
 *
 * Written by nexgen 0.1.0 from get-secret-request.json (sha256 33adc2220f0d78ae); do not edit.
 */
#include <nex/protocol/get_secret_request.h>

/* clang-format off */
static const nex_field fields_of_nex_get_secret_request[] = {
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_get_secret_request, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "NAME of secret://NAME",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_get_secret_request, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Namespace of the secret, in which the agent has a workload",
    },
};
const nex_type nex_get_secret_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_get_secret_request), .name = "GetSecretRequest",
    .fields = fields_of_nex_get_secret_request, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "An agent asks its node for a secret.",
};

/* clang-format on */

nex_get_secret_request *nex_get_secret_request_new(void) {
    return nex_message_new(&nex_get_secret_request_type);
}

nex_status nex_get_secret_request_decode(nex_get_secret_request **out, const char *json, size_t len,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_get_secret_request_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_get_secret_request_decode_strict(nex_get_secret_request **out, const char *json,
                                                size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_get_secret_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_get_secret_request_encode(const nex_get_secret_request *message, nex_buf *out) {
    return nex_message_encode(&nex_get_secret_request_type, message, out);
}

nex_status nex_get_secret_request_validate(const nex_get_secret_request *message, nex_error *err) {
    return nex_message_validate(&nex_get_secret_request_type, message, err);
}

nex_status nex_get_secret_request_clone(const nex_get_secret_request *message,
                                        nex_get_secret_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_get_secret_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_get_secret_request_equal(const nex_get_secret_request *a,
                                  const nex_get_secret_request *b) {
    return nex_message_equal(&nex_get_secret_request_type, a, b);
}

nex_status nex_get_secret_request_to_json(const nex_get_secret_request *message, json_t **out) {
    return nex_message_to_json(&nex_get_secret_request_type, message, out);
}

nex_status nex_get_secret_request_from_json(nex_get_secret_request **out, const json_t *json,
                                            nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_get_secret_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_get_secret_request_free(nex_get_secret_request *message) {
    nex_message_free(message);
}
