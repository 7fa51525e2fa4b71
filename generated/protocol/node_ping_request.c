/*
 * Asks which nodes there are.
 *
 * Written by nexgen 0.1.0 from node-ping-request.json (sha256 805e40f3248da414); do not edit.
 */
#include <nex/protocol/node_ping_request.h>

/* clang-format off */
static const nex_field fields_of_nex_node_ping_request[] = {
    {
        .name = "filter", .name_len = 6, .type = &nex_tag_map_type,
        .offset = offsetof(nex_node_ping_request, filter), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Only nodes that have all of these tags answer",
    },
};
const nex_type nex_node_ping_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_node_ping_request), .name = "NodePingRequest",
    .fields = fields_of_nex_node_ping_request, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Asks which nodes there are.",
};

/* clang-format on */

nex_node_ping_request *nex_node_ping_request_new(void) {
    return nex_message_new(&nex_node_ping_request_type);
}

nex_status nex_node_ping_request_decode(nex_node_ping_request **out, const char *json, size_t len,
                                        nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_ping_request_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_node_ping_request_decode_strict(nex_node_ping_request **out, const char *json,
                                               size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_ping_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_node_ping_request_encode(const nex_node_ping_request *message, nex_buf *out) {
    return nex_message_encode(&nex_node_ping_request_type, message, out);
}

nex_status nex_node_ping_request_validate(const nex_node_ping_request *message, nex_error *err) {
    return nex_message_validate(&nex_node_ping_request_type, message, err);
}

nex_status nex_node_ping_request_clone(const nex_node_ping_request *message,
                                       nex_node_ping_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_node_ping_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_node_ping_request_equal(const nex_node_ping_request *a, const nex_node_ping_request *b) {
    return nex_message_equal(&nex_node_ping_request_type, a, b);
}

nex_status nex_node_ping_request_to_json(const nex_node_ping_request *message, json_t **out) {
    return nex_message_to_json(&nex_node_ping_request_type, message, out);
}

nex_status nex_node_ping_request_from_json(nex_node_ping_request **out, const json_t *json,
                                           nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_node_ping_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_node_ping_request_free(nex_node_ping_request *message) {
    nex_message_free(message);
}
