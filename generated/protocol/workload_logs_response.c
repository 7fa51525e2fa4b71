/*
 * A part of what a workload wrote, in the order in which it was written.
 *
 * Written by nexgen 0.1.0 from workload-logs-response.json (sha256 461bc8a40489a272); do not edit.
 */
#include <nex/protocol/workload_logs_response.h>

/* clang-format off */
static const nex_type nex_workload_logs_response_pieces_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_workload_log_piece_list),
    .name = "workload_log_piece_list", .item = &nex_workload_log_piece_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/pieces", .doc = "Pieces of output",
};

static const nex_limits limits_of_nex_workload_logs_response_next = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_workload_logs_response_next_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_logs_response_next",
    .limits = &limits_of_nex_workload_logs_response_next, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/next", .doc = "What to ask for next: `from` of the following request",
};

static const nex_limits limits_of_nex_workload_logs_response_missed = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_workload_logs_response_missed_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_logs_response_missed",
    .limits = &limits_of_nex_workload_logs_response_missed, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/missed",
    .doc = "Pieces from `from` on that are no longer kept, or never were for want of room on the "
           "disk",
};

static const nex_field fields_of_nex_workload_logs_response[] = {
    {
        .name = "end", .name_len = 3, .type = &nex_type_bool,
        .offset = offsetof(nex_workload_logs_response, end), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Nothing more was there when this was answered",
    },
    {
        .name = "ended", .name_len = 5, .type = &nex_type_bool,
        .offset = offsetof(nex_workload_logs_response, ended), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "The workload has ended for good: nothing more will come",
    },
    {
        .name = "missed", .name_len = 6, .type = &nex_workload_logs_response_missed_type,
        .offset = offsetof(nex_workload_logs_response, missed), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Pieces from `from` on that are no longer kept, or never were for want of room on "
               "the disk",
    },
    {
        .name = "next", .name_len = 4, .type = &nex_workload_logs_response_next_type,
        .offset = offsetof(nex_workload_logs_response, next), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "What to ask for next: `from` of the following request",
    },
    {
        .name = "pieces", .name_len = 6, .type = &nex_workload_logs_response_pieces_type,
        .offset = offsetof(nex_workload_logs_response, pieces), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Pieces of output",
    },
    {
        .name = "place", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_workload_logs_response, place), .has_offset = NEX_NO_OFFSET,
        .doc = "Where that lies; means something to the agent only",
    },
};
const nex_type nex_workload_logs_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_logs_response),
    .name = "WorkloadLogsResponse", .fields = fields_of_nex_workload_logs_response,
    .field_count = 6, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "A part of what a workload wrote, in the order in which it was written.",
};

/* clang-format on */

nex_workload_logs_response *nex_workload_logs_response_new(void) {
    return nex_message_new(&nex_workload_logs_response_type);
}

nex_status nex_workload_logs_response_decode(nex_workload_logs_response **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_logs_response_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_logs_response_decode_strict(nex_workload_logs_response **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_logs_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_logs_response_encode(const nex_workload_logs_response *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_workload_logs_response_type, message, out);
}

nex_status nex_workload_logs_response_validate(const nex_workload_logs_response *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_workload_logs_response_type, message, err);
}

nex_status nex_workload_logs_response_clone(const nex_workload_logs_response *message,
                                            nex_workload_logs_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_logs_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_logs_response_equal(const nex_workload_logs_response *a,
                                      const nex_workload_logs_response *b) {
    return nex_message_equal(&nex_workload_logs_response_type, a, b);
}

nex_status nex_workload_logs_response_to_json(const nex_workload_logs_response *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_workload_logs_response_type, message, out);
}

nex_status nex_workload_logs_response_from_json(nex_workload_logs_response **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_logs_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_workload_logs_response_free(nex_workload_logs_response *message) {
    nex_message_free(message);
}
