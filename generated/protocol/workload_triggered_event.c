/*
 * A function ran once.
 *
 * Written by nexgen 0.1.0 from workload-triggered-event.json (sha256 c90312527d7affc1); do not
 * edit.
 */
#include <nex/protocol/workload_triggered_event.h>

/* clang-format off */
static const nex_limits limits_of_nex_workload_triggered_event_duration = {
    .has = NEX_LIMIT_MIN, .min = 0.0,
};
static const nex_type nex_workload_triggered_event_duration_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "workload_triggered_event_duration",
    .limits = &limits_of_nex_workload_triggered_event_duration, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/duration", .doc = "How long the run took, in milliseconds",
};

static const nex_field fields_of_nex_workload_triggered_event[] = {
    {
        .name = "duration", .name_len = 8, .type = &nex_workload_triggered_event_duration_type,
        .offset = offsetof(nex_workload_triggered_event, duration), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "How long the run took, in milliseconds",
    },
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_workload_triggered_event, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_triggered_event, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
};
const nex_type nex_workload_triggered_event_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_triggered_event),
    .name = "WorkloadTriggeredEvent", .fields = fields_of_nex_workload_triggered_event,
    .field_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "A function ran once.",
};

/* clang-format on */

nex_workload_triggered_event *nex_workload_triggered_event_new(void) {
    return nex_message_new(&nex_workload_triggered_event_type);
}

nex_status nex_workload_triggered_event_decode(nex_workload_triggered_event **out, const char *json,
                                               size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_triggered_event_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_triggered_event_decode_strict(nex_workload_triggered_event **out,
                                                      const char *json, size_t len,
                                                      nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_triggered_event_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_triggered_event_encode(const nex_workload_triggered_event *message,
                                               nex_buf *out) {
    return nex_message_encode(&nex_workload_triggered_event_type, message, out);
}

nex_status nex_workload_triggered_event_validate(const nex_workload_triggered_event *message,
                                                 nex_error *err) {
    return nex_message_validate(&nex_workload_triggered_event_type, message, err);
}

nex_status nex_workload_triggered_event_clone(const nex_workload_triggered_event *message,
                                              nex_workload_triggered_event **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_triggered_event_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_triggered_event_equal(const nex_workload_triggered_event *a,
                                        const nex_workload_triggered_event *b) {
    return nex_message_equal(&nex_workload_triggered_event_type, a, b);
}

nex_status nex_workload_triggered_event_to_json(const nex_workload_triggered_event *message,
                                                json_t **out) {
    return nex_message_to_json(&nex_workload_triggered_event_type, message, out);
}

nex_status nex_workload_triggered_event_from_json(nex_workload_triggered_event **out,
                                                  const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_triggered_event_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_workload_triggered_event_free(nex_workload_triggered_event *message) {
    nex_message_free(message);
}
