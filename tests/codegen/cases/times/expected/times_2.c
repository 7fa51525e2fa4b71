/*
 * Times
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 f5b536378ebd3772); do not edit.
 */
#include <times_2.h>

/* clang-format off */
static const nex_limits limits_of_times_2_data = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 8,
};
static const nex_type times_2_data_type = {
    .kind = NEX_KIND_BYTES, .size = sizeof(nex_bytes), .name = "times_2_data",
    .limits = &limits_of_times_2_data, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/data",
};

static const nex_limits limits_of_times_2_odd = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 25, .format = "date-time",
};
static const nex_type times_2_odd_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "times_2_odd",
    .limits = &limits_of_times_2_odd, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/odd",
};

static const nex_type times_2_spans_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(times_2_spans), .name = "times_2_spans",
    .item = &nex_type_iso_duration, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/spans",
};

static const nex_limits limits_of_times_2_limited = {
    .has = 0, .pattern = "^P.*[HM]$", .format = "duration",
};
static const nex_type times_2_limited_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "times_2_limited",
    .limits = &limits_of_times_2_limited, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limited",
};

static const nex_field fields_of_times_2[] = {
    {
        .name = "at", .name_len = 2, .type = &nex_type_time, .offset = offsetof(times_2, at),
        .has_offset = offsetof(times_2, has_at),
    },
    {
        .name = "data", .name_len = 4, .type = &times_2_data_type,
        .offset = offsetof(times_2, data), .has_offset = offsetof(times_2, has_data),
    },
    {
        .name = "iso", .name_len = 3, .type = &nex_type_iso_duration,
        .offset = offsetof(times_2, iso), .has_offset = offsetof(times_2, has_iso),
        .default_json = "\"P2W\"",
    },
    {
        .name = "limited", .name_len = 7, .type = &times_2_limited_type,
        .offset = offsetof(times_2, limited), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "odd", .name_len = 3, .type = &times_2_odd_type, .offset = offsetof(times_2, odd),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "spans", .name_len = 5, .type = &times_2_spans_type,
        .offset = offsetof(times_2, spans), .has_offset = offsetof(times_2, has_spans),
    },
    {
        .name = "wait", .name_len = 4, .type = &nex_type_duration,
        .offset = offsetof(times_2, wait), .has_offset = offsetof(times_2, has_wait),
        .default_json = "\"1m30s\"",
    },
};
const nex_type times_2_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(times_2), .name = "Times", .fields = fields_of_times_2,
    .field_count = 7, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Times",
};

/* clang-format on */

nex_duration times_2_wait_or_default(const times_2 *message) {
    return message->has_wait ? message->wait : INT64_C(90000000000);
}

nex_iso_duration times_2_iso_or_default(const times_2 *message) {
    return message->has_iso ? message->iso : (nex_iso_duration){.days = 14};
}

times_2 *times_2_new(void) {
    return nex_message_new(&times_2_type);
}

nex_status times_2_decode(times_2 **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&times_2_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status times_2_decode_strict(times_2 **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&times_2_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status times_2_encode(const times_2 *message, nex_buf *out) {
    return nex_message_encode(&times_2_type, message, out);
}

nex_status times_2_validate(const times_2 *message, nex_error *err) {
    return nex_message_validate(&times_2_type, message, err);
}

nex_status times_2_clone(const times_2 *message, times_2 **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&times_2_type, message, &copy);
    *out = copy;
    return status;
}

bool times_2_equal(const times_2 *a, const times_2 *b) {
    return nex_message_equal(&times_2_type, a, b);
}

nex_status times_2_to_json(const times_2 *message, json_t **out) {
    return nex_message_to_json(&times_2_type, message, out);
}

nex_status times_2_from_json(times_2 **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&times_2_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void times_2_free(times_2 *message) {
    nex_message_free(message);
}
