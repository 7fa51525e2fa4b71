/*
 * Asks for a part of what a workload wrote. The first request says where to begin, each further
 * one takes `from` from the last answer.
 *
 * Written by nexgen 0.1.0 from workload-logs-request.json (sha256 8f905265c407850a); do not edit.
 */
#include <nex/protocol/workload_logs_request.h>

/* clang-format off */
static const nex_limits limits_of_nex_workload_logs_request_from = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_workload_logs_request_from_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_logs_request_from",
    .limits = &limits_of_nex_workload_logs_request_from, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/from",
    .doc = "Sequence number of the first piece wanted; 0: the oldest that is kept, unless since "
           "or tail say otherwise",
};

static const nex_limits limits_of_nex_workload_logs_request_tail = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_workload_logs_request_tail_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_logs_request_tail",
    .limits = &limits_of_nex_workload_logs_request_tail, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/tail", .doc = "With from 0: begin so many lines before the end",
};

static const nex_limits limits_of_nex_workload_logs_request_max_bytes = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_workload_logs_request_max_bytes_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_logs_request_max_bytes",
    .limits = &limits_of_nex_workload_logs_request_max_bytes, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/max_bytes",
    .doc = "At most so many bytes in the answer; absent or 0: as the agent likes",
};

static const nex_field fields_of_nex_workload_logs_request[] = {
    {
        .name = "from", .name_len = 4, .type = &nex_workload_logs_request_from_type,
        .offset = offsetof(nex_workload_logs_request, from),
        .has_offset = offsetof(nex_workload_logs_request, has_from),
        .doc = "Sequence number of the first piece wanted; 0: the oldest that is kept, unless "
               "since or tail say otherwise",
    },
    {
        .name = "max_bytes", .name_len = 9, .type = &nex_workload_logs_request_max_bytes_type,
        .offset = offsetof(nex_workload_logs_request, max_bytes),
        .has_offset = offsetof(nex_workload_logs_request, has_max_bytes),
        .doc = "At most so many bytes in the answer; absent or 0: as the agent likes",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_logs_request, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace of the workload",
    },
    {
        .name = "place", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_workload_logs_request, place), .has_offset = NEX_NO_OFFSET,
        .doc = "With from: `place` of the last answer, which saves the agent searching",
    },
    {
        .name = "since", .name_len = 5, .type = &nex_type_duration,
        .offset = offsetof(nex_workload_logs_request, since),
        .has_offset = offsetof(nex_workload_logs_request, has_since),
        .doc = "With from 0: begin with the first piece that is not older than this",
    },
    {
        .name = "stream", .name_len = 6, .type = &nex_workload_log_stream_type,
        .offset = offsetof(nex_workload_logs_request, stream), .has_offset = NEX_NO_OFFSET,
        .doc = "Only this stream; absent: both",
    },
    {
        .name = "tail", .name_len = 4, .type = &nex_workload_logs_request_tail_type,
        .offset = offsetof(nex_workload_logs_request, tail),
        .has_offset = offsetof(nex_workload_logs_request, has_tail),
        .doc = "With from 0: begin so many lines before the end",
    },
};
const nex_type nex_workload_logs_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_logs_request),
    .name = "WorkloadLogsRequest", .fields = fields_of_nex_workload_logs_request, .field_count = 7,
    .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Asks for a part of what a workload wrote. The first request says where to begin, each "
           "further one takes `from` from the last answer.",
};

/* clang-format on */

nex_workload_logs_request *nex_workload_logs_request_new(void) {
    return nex_message_new(&nex_workload_logs_request_type);
}

nex_status nex_workload_logs_request_decode(nex_workload_logs_request **out, const char *json,
                                            size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_logs_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_logs_request_decode_strict(nex_workload_logs_request **out,
                                                   const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_logs_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_logs_request_encode(const nex_workload_logs_request *message,
                                            nex_buf *out) {
    return nex_message_encode(&nex_workload_logs_request_type, message, out);
}

nex_status nex_workload_logs_request_validate(const nex_workload_logs_request *message,
                                              nex_error *err) {
    return nex_message_validate(&nex_workload_logs_request_type, message, err);
}

nex_status nex_workload_logs_request_clone(const nex_workload_logs_request *message,
                                           nex_workload_logs_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_logs_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_logs_request_equal(const nex_workload_logs_request *a,
                                     const nex_workload_logs_request *b) {
    return nex_message_equal(&nex_workload_logs_request_type, a, b);
}

nex_status nex_workload_logs_request_to_json(const nex_workload_logs_request *message,
                                             json_t **out) {
    return nex_message_to_json(&nex_workload_logs_request_type, message, out);
}

nex_status nex_workload_logs_request_from_json(nex_workload_logs_request **out, const json_t *json,
                                               nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_logs_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_workload_logs_request_free(nex_workload_logs_request *message) {
    nex_message_free(message);
}
