/*
 * Asks for the start request of a running workload.
 *
 * Written by nexgen 0.1.0 from clone-workload-request.json (sha256 33dd3191d0e30ee6); do not edit.
 */
#include <nex/protocol/clone_workload_request.h>

/* clang-format off */
static const nex_field fields_of_nex_clone_workload_request[] = {
    {
        .name = "boxed_env", .name_len = 9, .type = &nex_type_bool,
        .offset = offsetof(nex_clone_workload_request, boxed_env),
        .has_offset = offsetof(nex_clone_workload_request, has_boxed_env),
        .doc = "The asker opens a sealed environment; without it (the reference) it is plain",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_clone_workload_request, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
    {
        .name = "new_target_xkey", .name_len = 15, .type = &nex_type_string,
        .offset = offsetof(nex_clone_workload_request, new_target_xkey),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "Public curve key (X...) to which the environment is sealed anew; may be empty",
    },
};
const nex_type nex_clone_workload_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_clone_workload_request),
    .name = "CloneWorkloadRequest", .fields = fields_of_nex_clone_workload_request,
    .field_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Asks for the start request of a running workload.",
};

/* clang-format on */

nex_clone_workload_request *nex_clone_workload_request_new(void) {
    return nex_message_new(&nex_clone_workload_request_type);
}

nex_status nex_clone_workload_request_decode(nex_clone_workload_request **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_clone_workload_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_clone_workload_request_decode_strict(nex_clone_workload_request **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_clone_workload_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_clone_workload_request_encode(const nex_clone_workload_request *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_clone_workload_request_type, message, out);
}

nex_status nex_clone_workload_request_validate(const nex_clone_workload_request *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_clone_workload_request_type, message, err);
}

nex_status nex_clone_workload_request_clone(const nex_clone_workload_request *message,
                                            nex_clone_workload_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_clone_workload_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_clone_workload_request_equal(const nex_clone_workload_request *a,
                                      const nex_clone_workload_request *b) {
    return nex_message_equal(&nex_clone_workload_request_type, a, b);
}

nex_status nex_clone_workload_request_to_json(const nex_clone_workload_request *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_clone_workload_request_type, message, out);
}

nex_status nex_clone_workload_request_from_json(nex_clone_workload_request **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_clone_workload_request_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_clone_workload_request_free(nex_clone_workload_request *message) {
    nex_message_free(message);
}
