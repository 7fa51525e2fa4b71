/*
 * The workload runs.
 *
 * Written by nexgen 0.1.0 from start-workload-response.json (sha256 0dc548ac3973fc68); do not
 * edit.
 */
#include <nex/protocol/start_workload_response.h>

/* clang-format off */
static const nex_field fields_of_nex_start_workload_response[] = {
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_response, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_response, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the workload",
    },
};
const nex_type nex_start_workload_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_start_workload_response),
    .name = "StartWorkloadResponse", .fields = fields_of_nex_start_workload_response,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "The workload runs.",
};

/* clang-format on */

nex_start_workload_response *nex_start_workload_response_new(void) {
    return nex_message_new(&nex_start_workload_response_type);
}

nex_status nex_start_workload_response_decode(nex_start_workload_response **out, const char *json,
                                              size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_start_workload_response_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_start_workload_response_decode_strict(nex_start_workload_response **out,
                                                     const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_start_workload_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_start_workload_response_encode(const nex_start_workload_response *message,
                                              nex_buf *out) {
    return nex_message_encode(&nex_start_workload_response_type, message, out);
}

nex_status nex_start_workload_response_validate(const nex_start_workload_response *message,
                                                nex_error *err) {
    return nex_message_validate(&nex_start_workload_response_type, message, err);
}

nex_status nex_start_workload_response_clone(const nex_start_workload_response *message,
                                             nex_start_workload_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_start_workload_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_start_workload_response_equal(const nex_start_workload_response *a,
                                       const nex_start_workload_response *b) {
    return nex_message_equal(&nex_start_workload_response_type, a, b);
}

nex_status nex_start_workload_response_to_json(const nex_start_workload_response *message,
                                               json_t **out) {
    return nex_message_to_json(&nex_start_workload_response_type, message, out);
}

nex_status nex_start_workload_response_from_json(nex_start_workload_response **out,
                                                 const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_start_workload_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_start_workload_response_free(nex_start_workload_response *message) {
    nex_message_free(message);
}
