/*
 * A workload as its agent sees it.
 *
 * Written by nexgen 0.1.0 from workload-summary.json (sha256 1da793da75e3cbb0); do not edit.
 */
#include <nex/protocol/workload_summary.h>

/* clang-format off */
static const nex_field fields_of_nex_workload_summary[] = {
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_workload_summary, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "metadata", .name_len = 8, .type = &nex_type_string_map,
        .offset = offsetof(nex_workload_summary, metadata),
        .has_offset = offsetof(nex_workload_summary, has_metadata),
        .doc = "What the nexlet tells about it, for example pid, restarts and exit",
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_workload_summary, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the workload",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_summary, namespace_), .has_offset = NEX_NO_OFFSET,
        .doc = "Namespace the workload belongs to",
    },
    {
        .name = "runtime", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_workload_summary, runtime), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "How long it has run or ran, in Go duration text; \"--\" where that is not said",
    },
    {
        .name = "start_time", .name_len = 10, .type = &nex_type_string,
        .offset = offsetof(nex_workload_summary, start_time), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "When the workload started, RFC 3339",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_workload_summary, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags the workload was placed with",
    },
    {
        .name = "workload_lifecycle", .name_len = 18, .type = &nex_type_string,
        .offset = offsetof(nex_workload_summary, workload_lifecycle), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "service, job or function; text, since nexlets may say others",
    },
    {
        .name = "workload_state", .name_len = 14, .type = &nex_workload_state_type,
        .offset = offsetof(nex_workload_summary, workload_state), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "State of the workload",
    },
    {
        .name = "workload_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_workload_summary, workload_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it",
    },
};
const nex_type nex_workload_summary_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_summary), .name = "WorkloadSummary",
    .fields = fields_of_nex_workload_summary, .field_count = 10, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "A workload as its agent sees it.",
};

/* clang-format on */

nex_workload_summary *nex_workload_summary_new(void) {
    return nex_message_new(&nex_workload_summary_type);
}

nex_status nex_workload_summary_decode(nex_workload_summary **out, const char *json, size_t len,
                                       nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_summary_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_workload_summary_decode_strict(nex_workload_summary **out, const char *json,
                                              size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_summary_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_workload_summary_encode(const nex_workload_summary *message, nex_buf *out) {
    return nex_message_encode(&nex_workload_summary_type, message, out);
}

nex_status nex_workload_summary_validate(const nex_workload_summary *message, nex_error *err) {
    return nex_message_validate(&nex_workload_summary_type, message, err);
}

nex_status nex_workload_summary_clone(const nex_workload_summary *message,
                                      nex_workload_summary **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_summary_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_summary_equal(const nex_workload_summary *a, const nex_workload_summary *b) {
    return nex_message_equal(&nex_workload_summary_type, a, b);
}

nex_status nex_workload_summary_to_json(const nex_workload_summary *message, json_t **out) {
    return nex_message_to_json(&nex_workload_summary_type, message, out);
}

nex_status nex_workload_summary_from_json(nex_workload_summary **out, const json_t *json,
                                          nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_summary_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_workload_summary_free(nex_workload_summary *message) {
    nex_message_free(message);
}
