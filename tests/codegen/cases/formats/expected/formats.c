/*
 * Formats
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 6cba02f67dc59d89); do not edit.
 */
#include <formats.h>

/* clang-format off */
static const nex_limits limits_of_formats_ip = {
    .has = 0, .format = "ipv4",
};
static const nex_type formats_ip_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "formats_ip",
    .limits = &limits_of_formats_ip, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/ip",
};

static const nex_limits limits_of_formats_ip6 = {
    .has = 0, .format = "ipv6",
};
static const nex_type formats_ip6_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "formats_ip6",
    .limits = &limits_of_formats_ip6, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/ip6",
};

static const nex_limits limits_of_formats_uuid = {
    .has = 0, .format = "uuid",
};
static const nex_type formats_uuid_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "formats_uuid",
    .limits = &limits_of_formats_uuid, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/uuid",
};

static const nex_limits limits_of_formats_host = {
    .has = 0, .format = "hostname",
};
static const nex_type formats_host_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "formats_host",
    .limits = &limits_of_formats_host, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/host",
};

static const nex_limits limits_of_formats_day = {
    .has = 0, .format = "date",
};
static const nex_type formats_day_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "formats_day",
    .limits = &limits_of_formats_day, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/day",
};

static const nex_field fields_of_formats[] = {
    {
        .name = "day", .name_len = 3, .type = &formats_day_type, .offset = offsetof(formats, day),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "host", .name_len = 4, .type = &formats_host_type,
        .offset = offsetof(formats, host), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "ip", .name_len = 2, .type = &formats_ip_type, .offset = offsetof(formats, ip),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "ip6", .name_len = 3, .type = &formats_ip6_type, .offset = offsetof(formats, ip6),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "odd", .name_len = 3, .type = &nex_type_string, .offset = offsetof(formats, odd),
        .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "uuid", .name_len = 4, .type = &formats_uuid_type,
        .offset = offsetof(formats, uuid), .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type formats_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(formats), .name = "Formats",
    .fields = fields_of_formats, .field_count = 6, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Formats",
};

/* clang-format on */

formats *formats_new(void) {
    return nex_message_new(&formats_type);
}

nex_status formats_decode(formats **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&formats_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status formats_decode_strict(formats **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&formats_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status formats_encode(const formats *message, nex_buf *out) {
    return nex_message_encode(&formats_type, message, out);
}

nex_status formats_validate(const formats *message, nex_error *err) {
    return nex_message_validate(&formats_type, message, err);
}

nex_status formats_clone(const formats *message, formats **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&formats_type, message, &copy);
    *out = copy;
    return status;
}

bool formats_equal(const formats *a, const formats *b) {
    return nex_message_equal(&formats_type, a, b);
}

nex_status formats_to_json(const formats *message, json_t **out) {
    return nex_message_to_json(&formats_type, message, out);
}

nex_status formats_from_json(formats **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&formats_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void formats_free(formats *message) {
    nex_message_free(message);
}
