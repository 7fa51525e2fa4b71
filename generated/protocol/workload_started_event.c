/*
 * A workload started.
 *
 * Written by nexgen 0.1.0 from workload-started-event.json (sha256 d0b18f7fab24ddd1); do not edit.
 */
#include <nex/protocol/workload_started_event.h>

/* clang-format off */
static const nex_field fields_of_nex_workload_started_event[] = {
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_workload_started_event, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "metadata", .name_len = 8, .type = &nex_type_string_map,
        .offset = offsetof(nex_workload_started_event, metadata),
        .has_offset = offsetof(nex_workload_started_event, has_metadata),
        .doc = "What the nexlet tells about it",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_started_event, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
    {
        .name = "workload_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_workload_started_event, workload_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it",
    },
};
const nex_type nex_workload_started_event_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_started_event),
    .name = "WorkloadStartedEvent", .fields = fields_of_nex_workload_started_event,
    .field_count = 4, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "A workload started.",
};

/* clang-format on */

nex_workload_started_event *nex_workload_started_event_new(void) {
    return nex_message_new(&nex_workload_started_event_type);
}

nex_status nex_workload_started_event_decode(nex_workload_started_event **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_started_event_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_started_event_decode_strict(nex_workload_started_event **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_started_event_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_started_event_encode(const nex_workload_started_event *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_workload_started_event_type, message, out);
}

nex_status nex_workload_started_event_validate(const nex_workload_started_event *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_workload_started_event_type, message, err);
}

nex_status nex_workload_started_event_clone(const nex_workload_started_event *message,
                                            nex_workload_started_event **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_started_event_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_started_event_equal(const nex_workload_started_event *a,
                                      const nex_workload_started_event *b) {
    return nex_message_equal(&nex_workload_started_event_type, a, b);
}

nex_status nex_workload_started_event_to_json(const nex_workload_started_event *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_workload_started_event_type, message, out);
}

nex_status nex_workload_started_event_from_json(nex_workload_started_event **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_started_event_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_workload_started_event_free(nex_workload_started_event *message) {
    nex_message_free(message);
}
