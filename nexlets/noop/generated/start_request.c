/*
 * Runs nothing: says what it would run.
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 339457a2c2078128); do not edit.
 */
#include <start_request.h>

/* clang-format off */
static const nex_limits limits_of_noop_start_request_label = {
    .has = NEX_LIMIT_MIN_LENGTH, .min_length = 1,
};
static const nex_type noop_start_request_label_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "start_request_label",
    .limits = &limits_of_noop_start_request_label, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/label", .doc = "Friendly name to include in logs and events",
};

static const nex_limits limits_of_noop_start_request_sleep_ms = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type noop_start_request_sleep_ms_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "start_request_sleep_ms",
    .limits = &limits_of_noop_start_request_sleep_ms, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/sleep_ms", .doc = "Delay before reporting completion",
};

static const nex_field fields_of_noop_start_request[] = {
    {
        .name = "label", .name_len = 5, .type = &noop_start_request_label_type,
        .offset = offsetof(noop_start_request, label), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Friendly name to include in logs and events",
    },
    {
        .name = "message", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(noop_start_request, message), .has_offset = NEX_NO_OFFSET,
        .doc = "Optional message the noop runtime can echo",
    },
    {
        .name = "sleep_ms", .name_len = 8, .type = &noop_start_request_sleep_ms_type,
        .offset = offsetof(noop_start_request, sleep_ms),
        .has_offset = offsetof(noop_start_request, has_sleep_ms),
        .doc = "Delay before reporting completion",
    },
};
const nex_type noop_start_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(noop_start_request), .name = "NoopStartRequest",
    .fields = fields_of_noop_start_request, .field_count = 3, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Runs nothing: says what it would run.",
};

/* clang-format on */

noop_start_request *noop_start_request_new(void) {
    return nex_message_new(&noop_start_request_type);
}

nex_status noop_start_request_decode(noop_start_request **out, const char *json, size_t len,
                                     nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&noop_start_request_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status noop_start_request_decode_strict(noop_start_request **out, const char *json, size_t len,
                                            nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&noop_start_request_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status noop_start_request_encode(const noop_start_request *message, nex_buf *out) {
    return nex_message_encode(&noop_start_request_type, message, out);
}

nex_status noop_start_request_validate(const noop_start_request *message, nex_error *err) {
    return nex_message_validate(&noop_start_request_type, message, err);
}

nex_status noop_start_request_clone(const noop_start_request *message, noop_start_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&noop_start_request_type, message, &copy);
    *out = copy;
    return status;
}

bool noop_start_request_equal(const noop_start_request *a, const noop_start_request *b) {
    return nex_message_equal(&noop_start_request_type, a, b);
}

nex_status noop_start_request_to_json(const noop_start_request *message, json_t **out) {
    return nex_message_to_json(&noop_start_request_type, message, out);
}

nex_status noop_start_request_from_json(noop_start_request **out, const json_t *json,
                                        nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&noop_start_request_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void noop_start_request_free(noop_start_request *message) {
    nex_message_free(message);
}
