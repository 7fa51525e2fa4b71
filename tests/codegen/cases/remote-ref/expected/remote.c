/*
 * References to the network are any value, kept as it is.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 15f05db8b48acc46); do not edit.
 */
#include <remote.h>

#include <string.h>

/* What the descriptors cannot say is checked against the schema itself. */
static const char schema_of_remote[] =
    "{\"$schema\":\"https://json-schema.org/draft/2020-12/schema\",\"allOf\":[{\"$ref\":\"#/$defs"
    "/d0\"}],\"$defs\":{\"d0\":{\"type\":\"object\",\"properties\":{\"a\":{},\"b\":{\"allOf\":[{}"
    ",{\"type\":\"object\",\"properties\":{\"n\":{\"type\":\"integer\"}}}]},\"c\":{\"type\":\"obj"
    "ect\",\"properties\":{\"inner\":{}},\"not\":{\"required\":[\"inner\",\"outer\"]}}},\"additio"
    "nalProperties\":false}}}";

/* clang-format off */
static const nex_type remote_b_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(remote_b_additional), .name = "remote_b_additional",
    .item = &nex_type_json, .value_offset = offsetof(remote_b_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/b",
};

static const nex_type remote_c_additional_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(remote_c_additional), .name = "remote_c_additional",
    .item = &nex_type_json, .value_offset = offsetof(remote_c_additional_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/c",
};

static const nex_field fields_of_remote[] = {
    {
        .name = "a", .name_len = 1, .type = &nex_type_json, .offset = offsetof(remote, a),
        .has_offset = NEX_NO_OFFSET, .doc = "Whatever that schema says",
    },
    {
        .name = "b", .name_len = 1, .type = &remote_b_type, .offset = offsetof(remote, b),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "c", .name_len = 1, .type = &remote_c_type, .offset = offsetof(remote, c),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
};
const nex_type remote_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(remote), .name = "Remote", .fields = fields_of_remote,
    .field_count = 3, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "References to the network are any value, kept as it is.", .schema = schema_of_remote,
};

static const nex_field fields_of_remote_b[] = {
    {
        .name = "n", .name_len = 1, .type = &nex_type_int, .offset = offsetof(remote_b, n),
        .has_offset = offsetof(remote_b, has_n),
    },
};
const nex_type remote_b_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(remote_b), .name = "remote_b",
    .fields = fields_of_remote_b, .field_count = 1, .rest = &remote_b_additional_type,
    .rest_offset = offsetof(remote_b, additional), .pointer = "/properties/b",
};

static const nex_field fields_of_remote_c[] = {
    {
        .name = "inner", .name_len = 5, .type = &nex_type_json, .offset = offsetof(remote_c, inner),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type remote_c_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(remote_c), .name = "remote_c",
    .fields = fields_of_remote_c, .field_count = 1, .rest = &remote_c_additional_type,
    .rest_offset = offsetof(remote_c, additional), .pointer = "/properties/c",
};

/* clang-format on */

json_t **remote_b_additional_get(const remote_b_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

json_t **remote_c_additional_get(const remote_c_additional *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

remote *remote_new(void) {
    return nex_message_new(&remote_type);
}

nex_status remote_decode(remote **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&remote_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status remote_decode_strict(remote **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&remote_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status remote_encode(const remote *message, nex_buf *out) {
    return nex_message_encode(&remote_type, message, out);
}

nex_status remote_validate(const remote *message, nex_error *err) {
    return nex_message_validate(&remote_type, message, err);
}

nex_status remote_clone(const remote *message, remote **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&remote_type, message, &copy);
    *out = copy;
    return status;
}

bool remote_equal(const remote *a, const remote *b) {
    return nex_message_equal(&remote_type, a, b);
}

nex_status remote_to_json(const remote *message, json_t **out) {
    return nex_message_to_json(&remote_type, message, out);
}

nex_status remote_from_json(remote **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&remote_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void remote_free(remote *message) {
    nex_message_free(message);
}
