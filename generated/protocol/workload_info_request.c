/*
 * Asks the node that has a workload for all about it.
 *
 * Written by nexgen 0.1.0 from workload-info-request.json (sha256 2a7d131420a1881c); do not edit.
 */
#include <nex/protocol/workload_info_request.h>

/* clang-format off */
static const nex_field fields_of_nex_workload_info_request[] = {
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_request, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace of the workload",
    },
};
const nex_type nex_workload_info_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_info_request),
    .name = "WorkloadInfoRequest", .fields = fields_of_nex_workload_info_request, .field_count = 1,
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Asks the node that has a workload for all about it.",
};

/* clang-format on */

nex_workload_info_request *nex_workload_info_request_new(void) {
    return nex_message_new(&nex_workload_info_request_type);
}

nex_status nex_workload_info_request_decode(nex_workload_info_request **out, const char *json,
                                            size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_info_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_info_request_decode_strict(nex_workload_info_request **out,
                                                   const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_info_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_info_request_encode(const nex_workload_info_request *message,
                                            nex_buf *out) {
    return nex_message_encode(&nex_workload_info_request_type, message, out);
}

nex_status nex_workload_info_request_validate(const nex_workload_info_request *message,
                                              nex_error *err) {
    return nex_message_validate(&nex_workload_info_request_type, message, err);
}

nex_status nex_workload_info_request_clone(const nex_workload_info_request *message,
                                           nex_workload_info_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_info_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_info_request_equal(const nex_workload_info_request *a,
                                     const nex_workload_info_request *b) {
    return nex_message_equal(&nex_workload_info_request_type, a, b);
}

nex_status nex_workload_info_request_to_json(const nex_workload_info_request *message,
                                             json_t **out) {
    return nex_message_to_json(&nex_workload_info_request_type, message, out);
}

nex_status nex_workload_info_request_from_json(nex_workload_info_request **out, const json_t *json,
                                               nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_info_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_workload_info_request_free(nex_workload_info_request *message) {
    nex_message_free(message);
}
