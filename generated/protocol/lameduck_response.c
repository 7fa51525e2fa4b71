/*
 * Whether lame duck mode was entered.
 *
 * Written by nexgen 0.1.0 from lameduck-response.json (sha256 f230d398bd01b5d4); do not edit.
 */
#include <nex/protocol/lameduck_response.h>

/* clang-format off */
static const nex_field fields_of_nex_lameduck_response[] = {
    {
        .name = "message", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_lameduck_response, message), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "When the node will end, or why it was not; may be empty",
    },
    {
        .name = "success", .name_len = 7, .type = &nex_type_bool,
        .offset = offsetof(nex_lameduck_response, success), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Whether it was",
    },
};
const nex_type nex_lameduck_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_lameduck_response), .name = "LameduckResponse",
    .fields = fields_of_nex_lameduck_response, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Whether lame duck mode was entered.",
};

/* clang-format on */

nex_lameduck_response *nex_lameduck_response_new(void) {
    return nex_message_new(&nex_lameduck_response_type);
}

nex_status nex_lameduck_response_decode(nex_lameduck_response **out, const char *json, size_t len,
                                        nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_lameduck_response_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_lameduck_response_decode_strict(nex_lameduck_response **out, const char *json,
                                               size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_lameduck_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_lameduck_response_encode(const nex_lameduck_response *message, nex_buf *out) {
    return nex_message_encode(&nex_lameduck_response_type, message, out);
}

nex_status nex_lameduck_response_validate(const nex_lameduck_response *message, nex_error *err) {
    return nex_message_validate(&nex_lameduck_response_type, message, err);
}

nex_status nex_lameduck_response_clone(const nex_lameduck_response *message,
                                       nex_lameduck_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_lameduck_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_lameduck_response_equal(const nex_lameduck_response *a, const nex_lameduck_response *b) {
    return nex_message_equal(&nex_lameduck_response_type, a, b);
}

nex_status nex_lameduck_response_to_json(const nex_lameduck_response *message, json_t **out) {
    return nex_message_to_json(&nex_lameduck_response_type, message, out);
}

nex_status nex_lameduck_response_from_json(nex_lameduck_response **out, const json_t *json,
                                           nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_lameduck_response_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_lameduck_response_free(nex_lameduck_response *message) {
    nex_message_free(message);
}
