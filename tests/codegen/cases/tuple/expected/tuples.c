/*
 * Tuples
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 315bde583d586f20); do not edit.
 */
#include <tuples.h>

/* clang-format off */
static const nex_limits limits_of_tuples_pair_item1 = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type tuples_pair_item1_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "tuples_pair_item1",
    .limits = &limits_of_tuples_pair_item1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/pair/prefixItems/1",
};

static const nex_field fields_of_tuples[] = {
    {
        .name = "open", .name_len = 4, .type = &tuples_open_type, .offset = offsetof(tuples, open),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "pair", .name_len = 4, .type = &tuples_pair_type, .offset = offsetof(tuples, pair),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
};
const nex_type tuples_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(tuples), .name = "Tuples", .fields = fields_of_tuples,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Tuples",
};

static const nex_field fields_of_tuples_pair[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string,
        .offset = offsetof(tuples_pair, item0), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "1", .name_len = 1, .type = &tuples_pair_item1_type,
        .offset = offsetof(tuples_pair, item1), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type tuples_pair_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(tuples_pair), .name = "tuples_pair",
    .fields = fields_of_tuples_pair, .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/pair",
};

static const nex_field fields_of_tuples_open[] = {
    {
        .name = "0", .name_len = 1, .type = &nex_type_string,
        .offset = offsetof(tuples_open, item0), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "1", .name_len = 1, .type = &tuples_point_type,
        .offset = offsetof(tuples_open, item1), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER, .doc = "Point",
    },
};
const nex_type tuples_open_type = {
    .kind = NEX_KIND_TUPLE, .size = sizeof(tuples_open), .name = "tuples_open",
    .fields = fields_of_tuples_open, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/open",
};

static const nex_field fields_of_tuples_point[] = {
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(tuples_point, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type tuples_point_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(tuples_point), .name = "tuples_point",
    .fields = fields_of_tuples_point, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/point", .doc = "Point",
};

/* clang-format on */

tuples *tuples_new(void) {
    return nex_message_new(&tuples_type);
}

nex_status tuples_decode(tuples **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&tuples_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status tuples_decode_strict(tuples **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&tuples_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status tuples_encode(const tuples *message, nex_buf *out) {
    return nex_message_encode(&tuples_type, message, out);
}

nex_status tuples_validate(const tuples *message, nex_error *err) {
    return nex_message_validate(&tuples_type, message, err);
}

nex_status tuples_clone(const tuples *message, tuples **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&tuples_type, message, &copy);
    *out = copy;
    return status;
}

bool tuples_equal(const tuples *a, const tuples *b) {
    return nex_message_equal(&tuples_type, a, b);
}

nex_status tuples_to_json(const tuples *message, json_t **out) {
    return nex_message_to_json(&tuples_type, message, out);
}

nex_status tuples_from_json(tuples **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&tuples_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void tuples_free(tuples *message) {
    nex_message_free(message);
}
