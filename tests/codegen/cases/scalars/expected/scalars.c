/*
 * Scalars
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 8762117b9755f520); do not edit.
 */
#include <scalars.h>

/* clang-format off */
static const nex_field fields_of_scalars[] = {
    {
        .name = "count", .name_len = 5, .type = &nex_type_int, .offset = offsetof(scalars, count),
        .has_offset = offsetof(scalars, has_count),
    },
    {
        .name = "flag", .name_len = 4, .type = &nex_type_bool, .offset = offsetof(scalars, flag),
        .has_offset = offsetof(scalars, has_flag), .doc = "A flag",
    },
    {
        .name = "needed", .name_len = 6, .type = &nex_type_int, .offset = offsetof(scalars, needed),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED, .doc = "Always there.",
    },
    {
        .name = "ratio", .name_len = 5, .type = &nex_type_double,
        .offset = offsetof(scalars, ratio), .has_offset = offsetof(scalars, has_ratio),
    },
    {
        .name = "text", .name_len = 4, .type = &nex_type_string, .offset = offsetof(scalars, text),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type scalars_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(scalars), .name = "Scalars",
    .fields = fields_of_scalars, .field_count = 5, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Scalars",
};

/* clang-format on */

scalars *scalars_new(void) {
    return nex_message_new(&scalars_type);
}

nex_status scalars_decode(scalars **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&scalars_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status scalars_decode_strict(scalars **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&scalars_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status scalars_encode(const scalars *message, nex_buf *out) {
    return nex_message_encode(&scalars_type, message, out);
}

nex_status scalars_validate(const scalars *message, nex_error *err) {
    return nex_message_validate(&scalars_type, message, err);
}

nex_status scalars_clone(const scalars *message, scalars **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&scalars_type, message, &copy);
    *out = copy;
    return status;
}

bool scalars_equal(const scalars *a, const scalars *b) {
    return nex_message_equal(&scalars_type, a, b);
}

nex_status scalars_to_json(const scalars *message, json_t **out) {
    return nex_message_to_json(&scalars_type, message, out);
}

nex_status scalars_from_json(scalars **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&scalars_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void scalars_free(scalars *message) {
    nex_message_free(message);
}
