/*
 * Limits
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 38c3ac708403156e); do not edit.
 */
#include <limits.h>

/* clang-format off */
static const nex_limits limits_of_limits_port = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX, .int_min = INT64_C(1), .min = 1.0,
    .int_max = INT64_C(65535), .max = 65535.0,
};
static const nex_type limits_port_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "limits_port",
    .limits = &limits_of_limits_port, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/port",
    .doc = "TCP port",
};

static const nex_limits limits_of_limits_odd = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX | NEX_LIMIT_MULTIPLE_OF, .int_min = INT64_C(1), .min = 1.0,
    .int_max = INT64_C(9), .max = 9.0, .multiple_of = 3.0,
};
static const nex_type limits_odd_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "limits_odd",
    .limits = &limits_of_limits_odd, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/odd",
};

static const nex_limits limits_of_limits_share = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX | NEX_LIMIT_EXCLUSIVE_MAX, .min = 0.0, .max = 1.0,
};
static const nex_type limits_share_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "limits_share",
    .limits = &limits_of_limits_share, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/share",
};

static const nex_limits limits_of_limits_step = {
    .has = NEX_LIMIT_MULTIPLE_OF, .multiple_of = 0.01,
};
static const nex_type limits_step_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "limits_step",
    .limits = &limits_of_limits_step, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/step",
};

static const nex_limits limits_of_limits_frac = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX, .int_min = INT64_C(1), .min = 1.0, .int_max = INT64_C(2),
    .max = 2.0,
};
static const nex_type limits_frac_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "limits_frac",
    .limits = &limits_of_limits_frac, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/frac",
};

static const nex_limits limits_of_limits_huge = {
    .has = 0,
};
static const nex_type limits_huge_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "limits_huge",
    .limits = &limits_of_limits_huge, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/huge",
};

static const nex_field fields_of_limits[] = {
    {
        .name = "frac", .name_len = 4, .type = &limits_frac_type, .offset = offsetof(limits, frac),
        .has_offset = offsetof(limits, has_frac),
    },
    {
        .name = "huge", .name_len = 4, .type = &limits_huge_type, .offset = offsetof(limits, huge),
        .has_offset = offsetof(limits, has_huge),
    },
    {
        .name = "odd", .name_len = 3, .type = &limits_odd_type, .offset = offsetof(limits, odd),
        .has_offset = offsetof(limits, has_odd),
    },
    {
        .name = "port", .name_len = 4, .type = &limits_port_type, .offset = offsetof(limits, port),
        .has_offset = offsetof(limits, has_port), .doc = "TCP port",
    },
    {
        .name = "share", .name_len = 5, .type = &limits_share_type,
        .offset = offsetof(limits, share), .has_offset = offsetof(limits, has_share),
    },
    {
        .name = "step", .name_len = 4, .type = &limits_step_type, .offset = offsetof(limits, step),
        .has_offset = offsetof(limits, has_step),
    },
};
const nex_type limits_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(limits), .name = "Limits", .fields = fields_of_limits,
    .field_count = 6, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Limits",
};

/* clang-format on */

limits *limits_new(void) {
    return nex_message_new(&limits_type);
}

nex_status limits_decode(limits **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&limits_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status limits_decode_strict(limits **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&limits_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status limits_encode(const limits *message, nex_buf *out) {
    return nex_message_encode(&limits_type, message, out);
}

nex_status limits_validate(const limits *message, nex_error *err) {
    return nex_message_validate(&limits_type, message, err);
}

nex_status limits_clone(const limits *message, limits **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&limits_type, message, &copy);
    *out = copy;
    return status;
}

bool limits_equal(const limits *a, const limits *b) {
    return nex_message_equal(&limits_type, a, b);
}

nex_status limits_to_json(const limits *message, json_t **out) {
    return nex_message_to_json(&limits_type, message, out);
}

nex_status limits_from_json(limits **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&limits_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void limits_free(limits *message) {
    nex_message_free(message);
}
