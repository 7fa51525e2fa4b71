/*
 * Ids
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 aa1dd2b489014859); do not edit.
 */
#include <ids.h>

/* clang-format off */
static const nex_field fields_of_ids[] = {
    {
        .name = "a", .name_len = 1, .type = &ids_one_type, .offset = offsetof(ids, a),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "b", .name_len = 1, .type = &ids_deep_type, .offset = offsetof(ids, b),
        .has_offset = offsetof(ids, has_b),
    },
    {
        .name = "c", .name_len = 1, .type = &nex_type_bool, .offset = offsetof(ids, c),
        .has_offset = offsetof(ids, has_c),
    },
};
const nex_type ids_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(ids), .name = "Ids", .fields = fields_of_ids,
    .field_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Ids",
};

static const nex_field fields_of_ids_one[] = {
    {
        .name = "x", .name_len = 1, .type = &ids_deep_type, .offset = offsetof(ids_one, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type ids_one_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(ids_one), .name = "ids_one",
    .fields = fields_of_ids_one, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/one",
};

static const nex_limits limits_of_ids_deep = {
    .has = NEX_LIMIT_MAX, .int_max = INT64_C(3), .max = 3.0,
};
const nex_type ids_deep_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "ids_deep",
    .limits = &limits_of_ids_deep, .rest_offset = NEX_NO_OFFSET, .pointer = "/$defs/one/$defs/deep",
};

/* clang-format on */

ids *ids_new(void) {
    return nex_message_new(&ids_type);
}

nex_status ids_decode(ids **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&ids_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status ids_decode_strict(ids **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&ids_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status ids_encode(const ids *message, nex_buf *out) {
    return nex_message_encode(&ids_type, message, out);
}

nex_status ids_validate(const ids *message, nex_error *err) {
    return nex_message_validate(&ids_type, message, err);
}

nex_status ids_clone(const ids *message, ids **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&ids_type, message, &copy);
    *out = copy;
    return status;
}

bool ids_equal(const ids *a, const ids *b) {
    return nex_message_equal(&ids_type, a, b);
}

nex_status ids_to_json(const ids *message, json_t **out) {
    return nex_message_to_json(&ids_type, message, out);
}

nex_status ids_from_json(ids **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&ids_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void ids_free(ids *message) {
    nex_message_free(message);
}
