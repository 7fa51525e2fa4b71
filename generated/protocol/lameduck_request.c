/*
 * Puts a node, or an agent, into lame duck mode.
 *
 * Written by nexgen 0.1.0 from lameduck-request.json (sha256 8bf331d31c266d92); do not edit.
 */
#include <nex/protocol/lameduck_request.h>

/* clang-format off */
static const nex_field fields_of_nex_lameduck_request[] = {
    {
        .name = "delay", .name_len = 5, .type = &nex_type_duration,
        .offset = offsetof(nex_lameduck_request, delay), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "How long running workloads may go on",
    },
    {
        .name = "tag", .name_len = 3, .type = &nex_type_string_map,
        .offset = offsetof(nex_lameduck_request, tag),
        .has_offset = offsetof(nex_lameduck_request, has_tag),
        .doc = "Only a node that has this tag obeys; at most one",
    },
};
const nex_type nex_lameduck_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_lameduck_request), .name = "LameduckRequest",
    .fields = fields_of_nex_lameduck_request, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Puts a node, or an agent, into lame duck mode.",
};

/* clang-format on */

nex_lameduck_request *nex_lameduck_request_new(void) {
    return nex_message_new(&nex_lameduck_request_type);
}

nex_status nex_lameduck_request_decode(nex_lameduck_request **out, const char *json, size_t len,
                                       nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_lameduck_request_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_lameduck_request_decode_strict(nex_lameduck_request **out, const char *json,
                                              size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_lameduck_request_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_lameduck_request_encode(const nex_lameduck_request *message, nex_buf *out) {
    return nex_message_encode(&nex_lameduck_request_type, message, out);
}

nex_status nex_lameduck_request_validate(const nex_lameduck_request *message, nex_error *err) {
    return nex_message_validate(&nex_lameduck_request_type, message, err);
}

nex_status nex_lameduck_request_clone(const nex_lameduck_request *message,
                                      nex_lameduck_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_lameduck_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_lameduck_request_equal(const nex_lameduck_request *a, const nex_lameduck_request *b) {
    return nex_message_equal(&nex_lameduck_request_type, a, b);
}

nex_status nex_lameduck_request_to_json(const nex_lameduck_request *message, json_t **out) {
    return nex_message_to_json(&nex_lameduck_request_type, message, out);
}

nex_status nex_lameduck_request_from_json(nex_lameduck_request **out, const json_t *json,
                                          nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_lameduck_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_lameduck_request_free(nex_lameduck_request *message) {
    nex_message_free(message);
}
