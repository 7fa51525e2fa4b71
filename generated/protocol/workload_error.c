/*
 * Why a workload ended badly.
 *
 * Written by nexgen 0.1.0 from workload-error.json (sha256 473b3ab6b65ec965); do not edit.
 */
#include <nex/protocol/workload_error.h>

/* clang-format off */
static const nex_field fields_of_nex_workload_error[] = {
    {
        .name = "code", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_workload_error, code), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Exit status as text, or the name of the signal",
    },
    {
        .name = "message", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_workload_error, message), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "More in words; may be empty",
    },
};
const nex_type nex_workload_error_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_error), .name = "WorkloadError",
    .fields = fields_of_nex_workload_error, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Why a workload ended badly.",
};

/* clang-format on */

nex_workload_error *nex_workload_error_new(void) {
    return nex_message_new(&nex_workload_error_type);
}

nex_status nex_workload_error_decode(nex_workload_error **out, const char *json, size_t len,
                                     nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_error_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_workload_error_decode_strict(nex_workload_error **out, const char *json, size_t len,
                                            nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_error_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_workload_error_encode(const nex_workload_error *message, nex_buf *out) {
    return nex_message_encode(&nex_workload_error_type, message, out);
}

nex_status nex_workload_error_validate(const nex_workload_error *message, nex_error *err) {
    return nex_message_validate(&nex_workload_error_type, message, err);
}

nex_status nex_workload_error_clone(const nex_workload_error *message, nex_workload_error **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_error_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_error_equal(const nex_workload_error *a, const nex_workload_error *b) {
    return nex_message_equal(&nex_workload_error_type, a, b);
}

nex_status nex_workload_error_to_json(const nex_workload_error *message, json_t **out) {
    return nex_message_to_json(&nex_workload_error_type, message, out);
}

nex_status nex_workload_error_from_json(nex_workload_error **out, const json_t *json,
                                        nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_error_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_workload_error_free(nex_workload_error *message) {
    nex_message_free(message);
}
