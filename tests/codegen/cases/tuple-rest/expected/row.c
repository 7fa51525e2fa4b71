/*
 * A tuple with further items has no C shape: a json_t that is still checked.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 337a59f99db32080); do not edit.
 */
#include <row.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_row[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"row\":{\"type\":\"array\","
    "\"prefixItems\":[{\"type\":\"string\"}],\"items\":{\"type\":\"integer\",\"minimum\":1},\"min"
    "Items\":1}}}}}";

/* clang-format off */
static const nex_field fields_of_row[] = {
    {
        .name = "row", .name_len = 3, .type = &nex_type_json, .offset = offsetof(row, row_value),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type row_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(row), .name = "Row", .fields = fields_of_row,
    .field_count = 1, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "A tuple with further items has no C shape: a json_t that is still checked.",
    .schema = schema_of_row,
};

/* clang-format on */

row *row_new(void) {
    return nex_message_new(&row_type);
}

nex_status row_decode(row **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&row_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status row_decode_strict(row **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&row_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status row_encode(const row *message, nex_buf *out) {
    return nex_message_encode(&row_type, message, out);
}

nex_status row_validate(const row *message, nex_error *err) {
    return nex_message_validate(&row_type, message, err);
}

nex_status row_clone(const row *message, row **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&row_type, message, &copy);
    *out = copy;
    return status;
}

bool row_equal(const row *a, const row *b) {
    return nex_message_equal(&row_type, a, b);
}

nex_status row_to_json(const row *message, json_t **out) {
    return nex_message_to_json(&row_type, message, out);
}

nex_status row_from_json(row **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&row_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void row_free(row *message) {
    nex_message_free(message);
}
