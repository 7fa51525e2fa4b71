/*
 * Defaults
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 7b53eaf51957e461); do not edit.
 */
#include <defaults.h>

/* clang-format off */
static const nex_field fields_of_defaults[] = {
    {
        .name = "host", .name_len = 4, .type = &nex_type_string, .offset = offsetof(defaults, host),
        .has_offset = NEX_NO_OFFSET, .default_json = "\"local\\\"host\"",
    },
    {
        .name = "list", .name_len = 4, .type = &nex_type_string_list,
        .offset = offsetof(defaults, list), .has_offset = offsetof(defaults, has_list),
        .default_json = "[\"a\"]",
    },
    {
        .name = "mode", .name_len = 4, .type = &defaults_mode_type,
        .offset = offsetof(defaults, mode), .has_offset = NEX_NO_OFFSET, .default_json = "\"slow\"",
    },
    {
        .name = "on", .name_len = 2, .type = &nex_type_bool, .offset = offsetof(defaults, on),
        .has_offset = offsetof(defaults, has_on), .default_json = "true",
    },
    {
        .name = "port", .name_len = 4, .type = &nex_type_int, .offset = offsetof(defaults, port),
        .has_offset = offsetof(defaults, has_port), .default_json = "8080", .doc = "Port",
    },
    {
        .name = "rate", .name_len = 4, .type = &nex_type_double, .offset = offsetof(defaults, rate),
        .has_offset = offsetof(defaults, has_rate), .default_json = "0.5",
    },
    {
        .name = "wait", .name_len = 4, .type = &nex_type_duration,
        .offset = offsetof(defaults, wait), .has_offset = offsetof(defaults, has_wait),
        .default_json = "\"1.5s\"",
    },
};
const nex_type defaults_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(defaults), .name = "Defaults",
    .fields = fields_of_defaults, .field_count = 7, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Defaults",
};

static const nex_enum_value enums_of_defaults_mode[] = {
    {
        .text = "fast", .value = DEFAULTS_MODE_FAST,
    },
    {
        .text = "slow", .value = DEFAULTS_MODE_SLOW,
    },
};
const nex_type defaults_mode_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(defaults_mode), .name = "defaults_mode",
    .enums = enums_of_defaults_mode, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/mode",
};

/* clang-format on */

const char *defaults_mode_text(defaults_mode value) {
    return nex_enum_text(&defaults_mode_type, (int)value);
}

defaults_mode defaults_mode_parse(const char *text) {
    return (defaults_mode)nex_enum_value_of(&defaults_mode_type, text);
}

int64_t defaults_port_or_default(const defaults *message) {
    return message->has_port ? message->port : INT64_C(8080);
}

const char *defaults_host_or_default(const defaults *message) {
    return message->host != NULL ? message->host : "local\"host";
}

bool defaults_on_or_default(const defaults *message) {
    return message->has_on ? message->on : true;
}

double defaults_rate_or_default(const defaults *message) {
    return message->has_rate ? message->rate : 0.5;
}

defaults_mode defaults_mode_or_default(const defaults *message) {
    return message->mode != 0 ? message->mode : DEFAULTS_MODE_SLOW;
}

nex_duration defaults_wait_or_default(const defaults *message) {
    return message->has_wait ? message->wait : INT64_C(1500000000);
}

defaults *defaults_new(void) {
    return nex_message_new(&defaults_type);
}

nex_status defaults_decode(defaults **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&defaults_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status defaults_decode_strict(defaults **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&defaults_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status defaults_encode(const defaults *message, nex_buf *out) {
    return nex_message_encode(&defaults_type, message, out);
}

nex_status defaults_validate(const defaults *message, nex_error *err) {
    return nex_message_validate(&defaults_type, message, err);
}

nex_status defaults_clone(const defaults *message, defaults **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&defaults_type, message, &copy);
    *out = copy;
    return status;
}

bool defaults_equal(const defaults *a, const defaults *b) {
    return nex_message_equal(&defaults_type, a, b);
}

nex_status defaults_to_json(const defaults *message, json_t **out) {
    return nex_message_to_json(&defaults_type, message, out);
}

nex_status defaults_from_json(defaults **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&defaults_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void defaults_free(defaults *message) {
    nex_message_free(message);
}
