/*
 * The node that runs the workload.
 *
 * Written by nexgen 0.1.0 from ping-workload-response.json (sha256 cc8c747d6eb1f99d); do not edit.
 */
#include <nex/protocol/ping_workload_response.h>

/* clang-format off */
static const nex_field fields_of_nex_ping_workload_response[] = {
    {
        .name = "node_id", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_ping_workload_response, node_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Node id: the node's public server nkey (N...)",
    },
};
const nex_type nex_ping_workload_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_ping_workload_response),
    .name = "PingWorkloadResponse", .fields = fields_of_nex_ping_workload_response,
    .field_count = 1, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "The node that runs the workload.",
};

/* clang-format on */

nex_ping_workload_response *nex_ping_workload_response_new(void) {
    return nex_message_new(&nex_ping_workload_response_type);
}

nex_status nex_ping_workload_response_decode(nex_ping_workload_response **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_ping_workload_response_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_ping_workload_response_decode_strict(nex_ping_workload_response **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_ping_workload_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_ping_workload_response_encode(const nex_ping_workload_response *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_ping_workload_response_type, message, out);
}

nex_status nex_ping_workload_response_validate(const nex_ping_workload_response *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_ping_workload_response_type, message, err);
}

nex_status nex_ping_workload_response_clone(const nex_ping_workload_response *message,
                                            nex_ping_workload_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_ping_workload_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_ping_workload_response_equal(const nex_ping_workload_response *a,
                                      const nex_ping_workload_response *b) {
    return nex_message_equal(&nex_ping_workload_response_type, a, b);
}

nex_status nex_ping_workload_response_to_json(const nex_ping_workload_response *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_ping_workload_response_type, message, out);
}

nex_status nex_ping_workload_response_from_json(nex_ping_workload_response **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_ping_workload_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_ping_workload_response_free(nex_ping_workload_response *message) {
    nex_message_free(message);
}
