/*
 * What was read from a stream at once: whole lines where that is possible.
 *
 * Written by nexgen 0.1.0 from workload-log-piece.json (sha256 ecfb48e2870f0af3); do not edit.
 */
#include <nex/protocol/workload_log_piece.h>

/* clang-format off */
static const nex_limits limits_of_nex_workload_log_piece_sequence = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_workload_log_piece_sequence_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "workload_log_piece_sequence",
    .limits = &limits_of_nex_workload_log_piece_sequence, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/sequence",
    .doc = "Number of the piece in the log; both streams are counted together",
};

static const nex_field fields_of_nex_workload_log_piece[] = {
    {
        .name = "data", .name_len = 4, .type = &nex_type_bytes,
        .offset = offsetof(nex_workload_log_piece, data), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "The bytes",
    },
    {
        .name = "sequence", .name_len = 8, .type = &nex_workload_log_piece_sequence_type,
        .offset = offsetof(nex_workload_log_piece, sequence), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Number of the piece in the log; both streams are counted together",
    },
    {
        .name = "stream", .name_len = 6, .type = &nex_workload_log_stream_type,
        .offset = offsetof(nex_workload_log_piece, stream), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Where it was written",
    },
    {
        .name = "time", .name_len = 4, .type = &nex_type_time,
        .offset = offsetof(nex_workload_log_piece, time), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "When it was written",
    },
};
const nex_type nex_workload_log_piece_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_log_piece), .name = "WorkloadLogPiece",
    .fields = fields_of_nex_workload_log_piece, .field_count = 4, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "What was read from a stream at once: whole lines where that is possible.",
};

/* clang-format on */

nex_workload_log_piece *nex_workload_log_piece_new(void) {
    return nex_message_new(&nex_workload_log_piece_type);
}

nex_status nex_workload_log_piece_decode(nex_workload_log_piece **out, const char *json, size_t len,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_log_piece_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_workload_log_piece_decode_strict(nex_workload_log_piece **out, const char *json,
                                                size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_log_piece_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_log_piece_encode(const nex_workload_log_piece *message, nex_buf *out) {
    return nex_message_encode(&nex_workload_log_piece_type, message, out);
}

nex_status nex_workload_log_piece_validate(const nex_workload_log_piece *message, nex_error *err) {
    return nex_message_validate(&nex_workload_log_piece_type, message, err);
}

nex_status nex_workload_log_piece_clone(const nex_workload_log_piece *message,
                                        nex_workload_log_piece **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_log_piece_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_log_piece_equal(const nex_workload_log_piece *a,
                                  const nex_workload_log_piece *b) {
    return nex_message_equal(&nex_workload_log_piece_type, a, b);
}

nex_status nex_workload_log_piece_to_json(const nex_workload_log_piece *message, json_t **out) {
    return nex_message_to_json(&nex_workload_log_piece_type, message, out);
}

nex_status nex_workload_log_piece_from_json(nex_workload_log_piece **out, const json_t *json,
                                            nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_log_piece_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_workload_log_piece_free(nex_workload_log_piece *message) {
    nex_message_free(message);
}
