/*
 * Body of an error reply of a node. The headers Nats-Service-Error-Code and Nats-Service-Error say
 * the code and what failed.
 *
 * Written by nexgen 0.1.0 from service-error.json (sha256 3e7ac7ef0a53fada); do not edit.
 */
#include <nex/protocol/service_error.h>

/* clang-format off */
static const nex_field fields_of_nex_service_error[] = {
    {
        .name = "error", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_service_error, error), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "The cause; for codes from 500 on only \"internal server error\"",
    },
    {
        .name = "error_id", .name_len = 8, .type = &nex_type_string,
        .offset = offsetof(nex_service_error, error_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "NUID that the node's log names beside the cause",
    },
};
const nex_type nex_service_error_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_service_error), .name = "ServiceError",
    .fields = fields_of_nex_service_error, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "Body of an error reply of a node. The headers Nats-Service-Error-Code and "
           "Nats-Service-Error say the code and what failed.",
};

/* clang-format on */

nex_service_error *nex_service_error_new(void) {
    return nex_message_new(&nex_service_error_type);
}

nex_status nex_service_error_decode(nex_service_error **out, const char *json, size_t len,
                                    nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_service_error_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status nex_service_error_decode_strict(nex_service_error **out, const char *json, size_t len,
                                           nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_service_error_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_service_error_encode(const nex_service_error *message, nex_buf *out) {
    return nex_message_encode(&nex_service_error_type, message, out);
}

nex_status nex_service_error_validate(const nex_service_error *message, nex_error *err) {
    return nex_message_validate(&nex_service_error_type, message, err);
}

nex_status nex_service_error_clone(const nex_service_error *message, nex_service_error **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_service_error_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_service_error_equal(const nex_service_error *a, const nex_service_error *b) {
    return nex_message_equal(&nex_service_error_type, a, b);
}

nex_status nex_service_error_to_json(const nex_service_error *message, json_t **out) {
    return nex_message_to_json(&nex_service_error_type, message, out);
}

nex_status nex_service_error_from_json(nex_service_error **out, const json_t *json,
                                       nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_service_error_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_service_error_free(nex_service_error *message) {
    nex_message_free(message);
}
