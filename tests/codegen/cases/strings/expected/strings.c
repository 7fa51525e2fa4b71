/*
 * Strings
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 17a29dcad5ebf144); do not edit.
 */
#include <strings.h>

/* clang-format off */
static const nex_limits limits_of_strings_name = {
    .has = NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH, .min_length = 2, .max_length = 4,
};
static const nex_type strings_name_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "strings_name",
    .limits = &limits_of_strings_name, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/name",
};

static const nex_limits limits_of_strings_id = {
    .has = 0, .pattern = "^[a-z]+\\d*$",
};
static const nex_type strings_id_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "strings_id",
    .limits = &limits_of_strings_id, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/id",
};

static const nex_limits limits_of_strings_mail = {
    .has = 0, .format = "email",
};
static const nex_type strings_mail_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "strings_mail",
    .limits = &limits_of_strings_mail, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/mail",
};

static const nex_limits limits_of_strings_uri = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 20, .format = "uri",
};
static const nex_type strings_uri_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "strings_uri",
    .limits = &limits_of_strings_uri, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/uri",
};

static const nex_limits limits_of_strings_quoted = {
    .has = 0, .pattern = "\"?\?/\\\\",
};
static const nex_type strings_quoted_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "strings_quoted",
    .limits = &limits_of_strings_quoted, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/quoted", .doc = "Ends */ early \"quoted\" ?\?/",
};

static const nex_field fields_of_strings[] = {
    {
        .name = "id", .name_len = 2, .type = &strings_id_type, .offset = offsetof(strings, id),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "mail", .name_len = 4, .type = &strings_mail_type,
        .offset = offsetof(strings, mail), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "name", .name_len = 4, .type = &strings_name_type,
        .offset = offsetof(strings, name), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "quoted", .name_len = 6, .type = &strings_quoted_type,
        .offset = offsetof(strings, quoted), .has_offset = NEX_NO_OFFSET,
        .doc = "Ends */ early \"quoted\" ?\?/",
    },
    {
        .name = "uri", .name_len = 3, .type = &strings_uri_type, .offset = offsetof(strings, uri),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type strings_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(strings), .name = "Strings",
    .fields = fields_of_strings, .field_count = 5, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Strings",
};

/* clang-format on */

strings *strings_new(void) {
    return nex_message_new(&strings_type);
}

nex_status strings_decode(strings **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&strings_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status strings_decode_strict(strings **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&strings_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status strings_encode(const strings *message, nex_buf *out) {
    return nex_message_encode(&strings_type, message, out);
}

nex_status strings_validate(const strings *message, nex_error *err) {
    return nex_message_validate(&strings_type, message, err);
}

nex_status strings_clone(const strings *message, strings **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&strings_type, message, &copy);
    *out = copy;
    return status;
}

bool strings_equal(const strings *a, const strings *b) {
    return nex_message_equal(&strings_type, a, b);
}

nex_status strings_to_json(const strings *message, json_t **out) {
    return nex_message_to_json(&strings_type, message, out);
}

nex_status strings_from_json(strings **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&strings_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void strings_free(strings *message) {
    nex_message_free(message);
}
