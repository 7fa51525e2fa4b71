/*
 * Points
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 80029116f9d660cf); do not edit.
 */
#include <points.h>

/* clang-format off */
static const nex_limits limits_of_points = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 2,
};
const nex_type points_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(points), .name = "Points", .limits = &limits_of_points,
    .item = &points_item_type, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Points",
};

static const nex_field fields_of_points_item[] = {
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(points_item, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type points_item_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(points_item), .name = "points_item",
    .fields = fields_of_points_item, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/items", .doc = "P",
};

/* clang-format on */

points *points_new(void) {
    return nex_message_new(&points_type);
}

nex_status points_decode(points **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&points_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status points_decode_strict(points **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&points_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status points_encode(const points *message, nex_buf *out) {
    return nex_message_encode(&points_type, message, out);
}

nex_status points_validate(const points *message, nex_error *err) {
    return nex_message_validate(&points_type, message, err);
}

nex_status points_clone(const points *message, points **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&points_type, message, &copy);
    *out = copy;
    return status;
}

bool points_equal(const points *a, const points *b) {
    return nex_message_equal(&points_type, a, b);
}

nex_status points_to_json(const points *message, json_t **out) {
    return nex_message_to_json(&points_type, message, out);
}

nex_status points_from_json(points **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&points_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void points_free(points *message) {
    nex_message_free(message);
}
