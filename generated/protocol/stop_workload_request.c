/*
 * Stops a workload.
 *
 * Written by nexgen 0.1.0 from stop-workload-request.json (sha256 6952e0e428599496); do not edit.
 */
#include <nex/protocol/stop_workload_request.h>

/* clang-format off */
static const nex_field fields_of_nex_stop_workload_request[] = {
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_stop_workload_request, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
};
const nex_type nex_stop_workload_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_stop_workload_request),
    .name = "StopWorkloadRequest", .fields = fields_of_nex_stop_workload_request, .field_count = 1,
    .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Stops a workload.",
};

/* clang-format on */

nex_stop_workload_request *nex_stop_workload_request_new(void) {
    return nex_message_new(&nex_stop_workload_request_type);
}

nex_status nex_stop_workload_request_decode(nex_stop_workload_request **out, const char *json,
                                            size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_stop_workload_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_stop_workload_request_decode_strict(nex_stop_workload_request **out,
                                                   const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_stop_workload_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_stop_workload_request_encode(const nex_stop_workload_request *message,
                                            nex_buf *out) {
    return nex_message_encode(&nex_stop_workload_request_type, message, out);
}

nex_status nex_stop_workload_request_validate(const nex_stop_workload_request *message,
                                              nex_error *err) {
    return nex_message_validate(&nex_stop_workload_request_type, message, err);
}

nex_status nex_stop_workload_request_clone(const nex_stop_workload_request *message,
                                           nex_stop_workload_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_stop_workload_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_stop_workload_request_equal(const nex_stop_workload_request *a,
                                     const nex_stop_workload_request *b) {
    return nex_message_equal(&nex_stop_workload_request_type, a, b);
}

nex_status nex_stop_workload_request_to_json(const nex_stop_workload_request *message,
                                             json_t **out) {
    return nex_message_to_json(&nex_stop_workload_request_type, message, out);
}

nex_status nex_stop_workload_request_from_json(nex_stop_workload_request **out, const json_t *json,
                                               nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_stop_workload_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_stop_workload_request_free(nex_stop_workload_request *message) {
    nex_message_free(message);
}
