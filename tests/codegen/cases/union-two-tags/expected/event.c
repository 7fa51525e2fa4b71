/*
 * Two properties are constant; only one of them tells all variants apart.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 1ca725ea496d4821); do not edit.
 */
#include <event.h>

/* clang-format off */
static const nex_limits limits_of_event_created_version = {
    .has = 0, .const_json = "\"1\"",
};
static const nex_type event_created_version_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "event_created_version",
    .limits = &limits_of_event_created_version, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/oneOf/0/properties/version",
};

static const nex_limits limits_of_event_removed_version = {
    .has = 0, .const_json = "\"1\"",
};
static const nex_type event_removed_version_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "event_removed_version",
    .limits = &limits_of_event_removed_version, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/oneOf/1/properties/version",
};

static const nex_variant variants_of_event[] = {
    {
        .name = "created", .value = EVENT_CREATED, .tag_text = "created",
        .flags = NEX_FIELD_POINTER, .type = &event_created_type,
    },
    {
        .name = "removed", .value = EVENT_REMOVED, .tag_text = "removed",
        .flags = NEX_FIELD_POINTER, .type = &event_removed_type,
    },
    {
        .name = "purged", .value = EVENT_PURGED, .tag_text = "purged", .flags = NEX_FIELD_POINTER,
        .type = &event_removed_type,
    },
};
const nex_type event_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(event), .name = "Event",
    .value_offset = offsetof(event, as), .variants = variants_of_event, .variant_count = 3,
    .tag = "kind", .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Two properties are constant; only one of them tells all variants apart.",
};

static const nex_field fields_of_event_created[] = {
    {
        .name = "by", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(event_created, by), .has_offset = NEX_NO_OFFSET,
    },
    {
        .name = "version", .name_len = 7, .type = &event_created_version_type,
        .offset = offsetof(event_created, version), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type event_created_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(event_created), .name = "event_created",
    .fields = fields_of_event_created, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/oneOf/0", .doc = "Created",
};

static const nex_field fields_of_event_removed[] = {
    {
        .name = "inner", .name_len = 5, .type = &event_type,
        .offset = offsetof(event_removed, inner), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
        .doc = "Two properties are constant; only one of them tells all variants apart.",
    },
    {
        .name = "version", .name_len = 7, .type = &event_removed_version_type,
        .offset = offsetof(event_removed, version), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type event_removed_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(event_removed), .name = "event_removed",
    .fields = fields_of_event_removed, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/oneOf/1", .doc = "Removed",
};

/* clang-format on */

event *event_new(void) {
    return nex_message_new(&event_type);
}

nex_status event_decode(event **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&event_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status event_decode_strict(event **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&event_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status event_encode(const event *message, nex_buf *out) {
    return nex_message_encode(&event_type, message, out);
}

nex_status event_validate(const event *message, nex_error *err) {
    return nex_message_validate(&event_type, message, err);
}

nex_status event_clone(const event *message, event **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&event_type, message, &copy);
    *out = copy;
    return status;
}

bool event_equal(const event *a, const event *b) {
    return nex_message_equal(&event_type, a, b);
}

nex_status event_to_json(const event *message, json_t **out) {
    return nex_message_to_json(&event_type, message, out);
}

nex_status event_from_json(event **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&event_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void event_free(event *message) {
    nex_message_free(message);
}
