/*
 * What a workload of the native nexlet uses. The reference leaves the shape of metrics to the
 * nexlet.
 *
 * Written by nexgen 0.1.0 from native-metrics.json (sha256 2aad7faea03294b2); do not edit.
 */
#include <nex/protocol/native_metrics.h>

/* clang-format off */
static const nex_limits limits_of_nex_native_metrics_cpu_seconds = {
    .has = NEX_LIMIT_MIN, .min = 0.0,
};
static const nex_type nex_native_metrics_cpu_seconds_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "native_metrics_cpu_seconds",
    .limits = &limits_of_nex_native_metrics_cpu_seconds, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/cpu_seconds",
    .doc = "Processor time used by the present run; of a function by all of its runs since the "
           "nexlet began",
};

static const nex_limits limits_of_nex_native_metrics_memory = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_metrics_memory_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_metrics_memory",
    .limits = &limits_of_nex_native_metrics_memory, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/memory", .doc = "Memory in bytes",
};

static const nex_limits limits_of_nex_native_metrics_pids = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_metrics_pids_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_metrics_pids",
    .limits = &limits_of_nex_native_metrics_pids, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/pids", .doc = "Processes, or tasks where a control group counts them",
};

static const nex_limits limits_of_nex_native_metrics_io_read = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_metrics_io_read_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_metrics_io_read",
    .limits = &limits_of_nex_native_metrics_io_read, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/io_read",
    .doc = "Bytes read from storage; absent where it cannot be told",
};

static const nex_limits limits_of_nex_native_metrics_io_write = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_metrics_io_write_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_metrics_io_write",
    .limits = &limits_of_nex_native_metrics_io_write, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/io_write",
    .doc = "Bytes written to storage; absent where it cannot be told",
};

static const nex_limits limits_of_nex_native_metrics_restarts = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_metrics_restarts_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_metrics_restarts",
    .limits = &limits_of_nex_native_metrics_restarts, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/restarts", .doc = "Restarts of the workload",
};

static const nex_limits limits_of_nex_native_metrics_calls = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_metrics_calls_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_metrics_calls",
    .limits = &limits_of_nex_native_metrics_calls, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/calls",
    .doc = "Functions only: messages that came since the nexlet began",
};

static const nex_limits limits_of_nex_native_metrics_calls_failed = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_metrics_calls_failed_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_metrics_calls_failed",
    .limits = &limits_of_nex_native_metrics_calls_failed, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/calls_failed", .doc = "Functions only: of them, answered with an error",
};

static const nex_field fields_of_nex_native_metrics[] = {
    {
        .name = "calls", .name_len = 5, .type = &nex_native_metrics_calls_type,
        .offset = offsetof(nex_native_metrics, calls),
        .has_offset = offsetof(nex_native_metrics, has_calls),
        .doc = "Functions only: messages that came since the nexlet began",
    },
    {
        .name = "calls_failed", .name_len = 12, .type = &nex_native_metrics_calls_failed_type,
        .offset = offsetof(nex_native_metrics, calls_failed),
        .has_offset = offsetof(nex_native_metrics, has_calls_failed),
        .doc = "Functions only: of them, answered with an error",
    },
    {
        .name = "cpu_seconds", .name_len = 11, .type = &nex_native_metrics_cpu_seconds_type,
        .offset = offsetof(nex_native_metrics, cpu_seconds), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Processor time used by the present run; of a function by all of its runs since "
               "the nexlet began",
    },
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_native_metrics, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
    {
        .name = "io_read", .name_len = 7, .type = &nex_native_metrics_io_read_type,
        .offset = offsetof(nex_native_metrics, io_read),
        .has_offset = offsetof(nex_native_metrics, has_io_read),
        .doc = "Bytes read from storage; absent where it cannot be told",
    },
    {
        .name = "io_write", .name_len = 8, .type = &nex_native_metrics_io_write_type,
        .offset = offsetof(nex_native_metrics, io_write),
        .has_offset = offsetof(nex_native_metrics, has_io_write),
        .doc = "Bytes written to storage; absent where it cannot be told",
    },
    {
        .name = "memory", .name_len = 6, .type = &nex_native_metrics_memory_type,
        .offset = offsetof(nex_native_metrics, memory), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Memory in bytes",
    },
    {
        .name = "pids", .name_len = 4, .type = &nex_native_metrics_pids_type,
        .offset = offsetof(nex_native_metrics, pids), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Processes, or tasks where a control group counts them",
    },
    {
        .name = "restarts", .name_len = 8, .type = &nex_native_metrics_restarts_type,
        .offset = offsetof(nex_native_metrics, restarts), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Restarts of the workload",
    },
    {
        .name = "source", .name_len = 6, .type = &nex_type_string,
        .offset = offsetof(nex_native_metrics, source), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Where the numbers come from: cgroup, or proc (sums over its processes)",
    },
    {
        .name = "time", .name_len = 4, .type = &nex_type_time,
        .offset = offsetof(nex_native_metrics, time), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "When it was measured",
    },
};
const nex_type nex_native_metrics_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_metrics), .name = "NativeMetrics",
    .fields = fields_of_nex_native_metrics, .field_count = 11, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "What a workload of the native nexlet uses. The reference leaves the shape of metrics "
           "to the nexlet.",
};

/* clang-format on */

nex_native_metrics *nex_native_metrics_new(void) {
    return nex_message_new(&nex_native_metrics_type);
}

nex_status nex_native_metrics_decode(nex_native_metrics **out, const char *json, size_t len,
                                     nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_native_metrics_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_native_metrics_decode_strict(nex_native_metrics **out, const char *json, size_t len,
                                            nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_native_metrics_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_native_metrics_encode(const nex_native_metrics *message, nex_buf *out) {
    return nex_message_encode(&nex_native_metrics_type, message, out);
}

nex_status nex_native_metrics_validate(const nex_native_metrics *message, nex_error *err) {
    return nex_message_validate(&nex_native_metrics_type, message, err);
}

nex_status nex_native_metrics_clone(const nex_native_metrics *message, nex_native_metrics **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_native_metrics_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_native_metrics_equal(const nex_native_metrics *a, const nex_native_metrics *b) {
    return nex_message_equal(&nex_native_metrics_type, a, b);
}

nex_status nex_native_metrics_to_json(const nex_native_metrics *message, json_t **out) {
    return nex_message_to_json(&nex_native_metrics_type, message, out);
}

nex_status nex_native_metrics_from_json(nex_native_metrics **out, const json_t *json,
                                        nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_native_metrics_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_native_metrics_free(nex_native_metrics *message) {
    nex_message_free(message);
}
