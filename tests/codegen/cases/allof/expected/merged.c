/*
 * Merged
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 72fd09749e33e8da); do not edit.
 */
#include <merged.h>

/* clang-format off */
static const nex_limits limits_of_merged_age = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX, .int_min = INT64_C(0), .min = 0.0,
    .int_max = INT64_C(200), .max = 200.0,
};
static const nex_type merged_age_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "merged_age",
    .limits = &limits_of_merged_age, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/age",
};

static const nex_limits limits_of_merged_name = {
    .has = NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH, .min_length = 1, .max_length = 5,
};
static const nex_type merged_name_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "merged_name",
    .limits = &limits_of_merged_name, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/named/properties/name",
};

static const nex_field fields_of_merged[] = {
    {
        .name = "age", .name_len = 3, .type = &merged_age_type, .offset = offsetof(merged, age),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "name", .name_len = 4, .type = &merged_name_type, .offset = offsetof(merged, name),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type merged_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(merged), .name = "Merged", .fields = fields_of_merged,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Merged",
};

/* clang-format on */

merged *merged_new(void) {
    return nex_message_new(&merged_type);
}

nex_status merged_decode(merged **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&merged_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status merged_decode_strict(merged **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&merged_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status merged_encode(const merged *message, nex_buf *out) {
    return nex_message_encode(&merged_type, message, out);
}

nex_status merged_validate(const merged *message, nex_error *err) {
    return nex_message_validate(&merged_type, message, err);
}

nex_status merged_clone(const merged *message, merged **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&merged_type, message, &copy);
    *out = copy;
    return status;
}

bool merged_equal(const merged *a, const merged *b) {
    return nex_message_equal(&merged_type, a, b);
}

nex_status merged_to_json(const merged *message, json_t **out) {
    return nex_message_to_json(&merged_type, message, out);
}

nex_status merged_from_json(merged **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&merged_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void merged_free(merged *message) {
    nex_message_free(message);
}
