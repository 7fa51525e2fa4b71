/*
 * Nothing
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 b2f4bcca94c0fb36); do not edit.
 */
#include <nothing.h>

/* clang-format off */
const nex_type nothing_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nothing), .name = "Nothing",
    .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Nothing",
};

/* clang-format on */

nothing *nothing_new(void) {
    return nex_message_new(&nothing_type);
}

nex_status nothing_decode(nothing **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nothing_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status nothing_decode_strict(nothing **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nothing_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status nothing_encode(const nothing *message, nex_buf *out) {
    return nex_message_encode(&nothing_type, message, out);
}

nex_status nothing_validate(const nothing *message, nex_error *err) {
    return nex_message_validate(&nothing_type, message, err);
}

nex_status nothing_clone(const nothing *message, nothing **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nothing_type, message, &copy);
    *out = copy;
    return status;
}

bool nothing_equal(const nothing *a, const nothing *b) {
    return nex_message_equal(&nothing_type, a, b);
}

nex_status nothing_to_json(const nothing *message, json_t **out) {
    return nex_message_to_json(&nothing_type, message, out);
}

nex_status nothing_from_json(nothing **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nothing_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nothing_free(nothing *message) {
    nex_message_free(message);
}
