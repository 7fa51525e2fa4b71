/*
 * A run of a workload ended and another one follows. The reference has no such event.
 *
 * Written by nexgen 0.1.0 from workload-restarted-event.json (sha256 0d2d683c8e43ccb9); do not
 * edit.
 */
#include <nex/protocol/workload_restarted_event.h>

/* clang-format off */
static const nex_limits limits_of_nex_workload_restarted_event_restarts = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_workload_restarted_event_restarts_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_restarted_event_restarts",
    .limits = &limits_of_nex_workload_restarted_event_restarts, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/restarts", .doc = "Restarts of the workload, this one included",
};

static const nex_field fields_of_nex_workload_restarted_event[] = {
    {
        .name = "delay", .name_len = 5, .type = &nex_type_duration,
        .offset = offsetof(nex_workload_restarted_event, delay), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Time until the next run begins",
    },
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_workload_restarted_event, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_restarted_event, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
    {
        .name = "reason", .name_len = 6, .type = &nex_type_string,
        .offset = offsetof(nex_workload_restarted_event, reason), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Why the run ended: its exit, or what was not well",
    },
    {
        .name = "restarts", .name_len = 8, .type = &nex_workload_restarted_event_restarts_type,
        .offset = offsetof(nex_workload_restarted_event, restarts), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Restarts of the workload, this one included",
    },
    {
        .name = "workload_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_workload_restarted_event, workload_type),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it",
    },
};
const nex_type nex_workload_restarted_event_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_restarted_event),
    .name = "WorkloadRestartedEvent", .fields = fields_of_nex_workload_restarted_event,
    .field_count = 6, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "A run of a workload ended and another one follows. The reference has no such event.",
};

/* clang-format on */

nex_workload_restarted_event *nex_workload_restarted_event_new(void) {
    return nex_message_new(&nex_workload_restarted_event_type);
}

nex_status nex_workload_restarted_event_decode(nex_workload_restarted_event **out, const char *json,
                                               size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_restarted_event_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_restarted_event_decode_strict(nex_workload_restarted_event **out,
                                                      const char *json, size_t len,
                                                      nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_restarted_event_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_restarted_event_encode(const nex_workload_restarted_event *message,
                                               nex_buf *out) {
    return nex_message_encode(&nex_workload_restarted_event_type, message, out);
}

nex_status nex_workload_restarted_event_validate(const nex_workload_restarted_event *message,
                                                 nex_error *err) {
    return nex_message_validate(&nex_workload_restarted_event_type, message, err);
}

nex_status nex_workload_restarted_event_clone(const nex_workload_restarted_event *message,
                                              nex_workload_restarted_event **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_restarted_event_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_restarted_event_equal(const nex_workload_restarted_event *a,
                                        const nex_workload_restarted_event *b) {
    return nex_message_equal(&nex_workload_restarted_event_type, a, b);
}

nex_status nex_workload_restarted_event_to_json(const nex_workload_restarted_event *message,
                                                json_t **out) {
    return nex_message_to_json(&nex_workload_restarted_event_type, message, out);
}

nex_status nex_workload_restarted_event_from_json(nex_workload_restarted_event **out,
                                                  const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_restarted_event_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_workload_restarted_event_free(nex_workload_restarted_event *message) {
    nex_message_free(message);
}
