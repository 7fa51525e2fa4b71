/*
 * Branches of one JSON type: the type they share, told apart at run time.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 bfe3246365f0e396); do not edit.
 */
#include <port.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_port[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"port\":{\"oneOf\":[{\"type"
    "\":\"integer\",\"minimum\":1,\"maximum\":9},{\"type\":\"integer\",\"minimum\":100}]},\"addre"
    "ss\":{\"anyOf\":[{\"type\":\"string\",\"format\":\"ipv4\"},{\"type\":\"string\",\"format\":"
    "\"ipv6\"}]}},\"additionalProperties\":false}}}";

/* clang-format off */
static const nex_field fields_of_port[] = {
    {
        .name = "address", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(port, address), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "port", .name_len = 4, .type = &nex_type_int, .offset = offsetof(port, port_value),
        .has_offset = offsetof(port, has_port_value),
    },
};
const nex_type port_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(port), .name = "Port", .fields = fields_of_port,
    .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Branches of one JSON type: the type they share, told apart at run time.",
    .schema = schema_of_port,
};

/* clang-format on */

port *port_new(void) {
    return nex_message_new(&port_type);
}

nex_status port_decode(port **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&port_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status port_decode_strict(port **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&port_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status port_encode(const port *message, nex_buf *out) {
    return nex_message_encode(&port_type, message, out);
}

nex_status port_validate(const port *message, nex_error *err) {
    return nex_message_validate(&port_type, message, err);
}

nex_status port_clone(const port *message, port **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&port_type, message, &copy);
    *out = copy;
    return status;
}

bool port_equal(const port *a, const port *b) {
    return nex_message_equal(&port_type, a, b);
}

nex_status port_to_json(const port *message, json_t **out) {
    return nex_message_to_json(&port_type, message, out);
}

nex_status port_from_json(port **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&port_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void port_free(port *message) {
    nex_message_free(message);
}
