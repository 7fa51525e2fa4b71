/*
 * Closed
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 58e8284ec3ac1fa9); do not edit.
 */
#include <closed.h>

/* clang-format off */
static const nex_field fields_of_closed[] = {
    {
        .name = "a", .name_len = 1, .type = &nex_type_string, .offset = offsetof(closed, a),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "inner", .name_len = 5, .type = &closed_inner_type,
        .offset = offsetof(closed, inner), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
};
const nex_type closed_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(closed), .name = "Closed", .fields = fields_of_closed,
    .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Closed",
};

static const nex_field fields_of_closed_inner[] = {
    {
        .name = "b", .name_len = 1, .type = &nex_type_string, .offset = offsetof(closed_inner, b),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type closed_inner_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(closed_inner), .name = "closed_inner",
    .fields = fields_of_closed_inner, .field_count = 1, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/inner",
};

/* clang-format on */

closed *closed_new(void) {
    return nex_message_new(&closed_type);
}

nex_status closed_decode(closed **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&closed_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status closed_decode_strict(closed **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&closed_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status closed_encode(const closed *message, nex_buf *out) {
    return nex_message_encode(&closed_type, message, out);
}

nex_status closed_validate(const closed *message, nex_error *err) {
    return nex_message_validate(&closed_type, message, err);
}

nex_status closed_clone(const closed *message, closed **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&closed_type, message, &copy);
    *out = copy;
    return status;
}

bool closed_equal(const closed *a, const closed *b) {
    return nex_message_equal(&closed_type, a, b);
}

nex_status closed_to_json(const closed *message, json_t **out) {
    return nex_message_to_json(&closed_type, message, out);
}

nex_status closed_from_json(closed **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&closed_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void closed_free(closed *message) {
    nex_message_free(message);
}
