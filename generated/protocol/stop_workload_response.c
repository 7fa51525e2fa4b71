/*
 * Whether this node or agent stopped the workload.
 *
 * Written by nexgen 0.1.0 from stop-workload-response.json (sha256 b19a3373f85cb6c3); do not edit.
 */
#include <nex/protocol/stop_workload_response.h>

/* clang-format off */
static const nex_field fields_of_nex_stop_workload_response[] = {
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_stop_workload_response, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "message", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_stop_workload_response, message), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Empty, \"workload not found\", or why it did not stop",
    },
    {
        .name = "stopped", .name_len = 7, .type = &nex_type_bool,
        .offset = offsetof(nex_stop_workload_response, stopped), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Whether the workload was here and is gone",
    },
    {
        .name = "workload_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_stop_workload_response, workload_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it; empty when the "
               "workload is not known here",
    },
};
const nex_type nex_stop_workload_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_stop_workload_response),
    .name = "StopWorkloadResponse", .fields = fields_of_nex_stop_workload_response,
    .field_count = 4, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Whether this node or agent stopped the workload.",
};

/* clang-format on */

nex_stop_workload_response *nex_stop_workload_response_new(void) {
    return nex_message_new(&nex_stop_workload_response_type);
}

nex_status nex_stop_workload_response_decode(nex_stop_workload_response **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_stop_workload_response_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_stop_workload_response_decode_strict(nex_stop_workload_response **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_stop_workload_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_stop_workload_response_encode(const nex_stop_workload_response *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_stop_workload_response_type, message, out);
}

nex_status nex_stop_workload_response_validate(const nex_stop_workload_response *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_stop_workload_response_type, message, err);
}

nex_status nex_stop_workload_response_clone(const nex_stop_workload_response *message,
                                            nex_stop_workload_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_stop_workload_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_stop_workload_response_equal(const nex_stop_workload_response *a,
                                      const nex_stop_workload_response *b) {
    return nex_message_equal(&nex_stop_workload_response_type, a, b);
}

nex_status nex_stop_workload_response_to_json(const nex_stop_workload_response *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_stop_workload_response_type, message, out);
}

nex_status nex_stop_workload_response_from_json(nex_stop_workload_response **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_stop_workload_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_stop_workload_response_free(nex_stop_workload_response *message) {
    nex_message_free(message);
}
