/*
 * How far the fetching of an artifact has come, before the workload starts. Sent at the beginning,
 * once a second, and at the end. The reference has no such event.
 *
 * Written by nexgen 0.1.0 from workload-progress-event.json (sha256 b0d0d9a54457180b); do not
 * edit.
 */
#include <nex/protocol/workload_progress_event.h>

/* clang-format off */
static const nex_limits limits_of_nex_workload_progress_event_bytes = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_workload_progress_event_bytes_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_progress_event_bytes",
    .limits = &limits_of_nex_workload_progress_event_bytes, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/bytes", .doc = "Bytes received so far",
};

static const nex_limits limits_of_nex_workload_progress_event_total = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_workload_progress_event_total_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_progress_event_total",
    .limits = &limits_of_nex_workload_progress_event_total, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/total", .doc = "Bytes in all, as far as it is known",
};

static const nex_field fields_of_nex_workload_progress_event[] = {
    {
        .name = "artifact", .name_len = 8, .type = &nex_type_string,
        .offset = offsetof(nex_workload_progress_event, artifact), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "URI of the artifact",
    },
    {
        .name = "bytes", .name_len = 5, .type = &nex_workload_progress_event_bytes_type,
        .offset = offsetof(nex_workload_progress_event, bytes), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Bytes received so far",
    },
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_workload_progress_event, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_progress_event, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
    {
        .name = "stage", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_workload_progress_event, stage), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "What is being done: fetching, unpacking, done, failed",
    },
    {
        .name = "total", .name_len = 5, .type = &nex_workload_progress_event_total_type,
        .offset = offsetof(nex_workload_progress_event, total),
        .has_offset = offsetof(nex_workload_progress_event, has_total),
        .doc = "Bytes in all, as far as it is known",
    },
    {
        .name = "workload_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_workload_progress_event, workload_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it",
    },
};
const nex_type nex_workload_progress_event_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_progress_event),
    .name = "WorkloadProgressEvent", .fields = fields_of_nex_workload_progress_event,
    .field_count = 7, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "How far the fetching of an artifact has come, before the workload starts. Sent at the "
           "beginning, once a second, and at the end. The reference has no such event.",
};

/* clang-format on */

nex_workload_progress_event *nex_workload_progress_event_new(void) {
    return nex_message_new(&nex_workload_progress_event_type);
}

nex_status nex_workload_progress_event_decode(nex_workload_progress_event **out, const char *json,
                                              size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_progress_event_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_progress_event_decode_strict(nex_workload_progress_event **out,
                                                     const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_progress_event_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_progress_event_encode(const nex_workload_progress_event *message,
                                              nex_buf *out) {
    return nex_message_encode(&nex_workload_progress_event_type, message, out);
}

nex_status nex_workload_progress_event_validate(const nex_workload_progress_event *message,
                                                nex_error *err) {
    return nex_message_validate(&nex_workload_progress_event_type, message, err);
}

nex_status nex_workload_progress_event_clone(const nex_workload_progress_event *message,
                                             nex_workload_progress_event **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_progress_event_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_progress_event_equal(const nex_workload_progress_event *a,
                                       const nex_workload_progress_event *b) {
    return nex_message_equal(&nex_workload_progress_event_type, a, b);
}

nex_status nex_workload_progress_event_to_json(const nex_workload_progress_event *message,
                                               json_t **out) {
    return nex_message_to_json(&nex_workload_progress_event_type, message, out);
}

nex_status nex_workload_progress_event_from_json(nex_workload_progress_event **out,
                                                 const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_progress_event_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_workload_progress_event_free(nex_workload_progress_event *message) {
    nex_message_free(message);
}
