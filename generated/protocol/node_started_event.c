/*
 * A node started.
 *
 * Written by nexgen 0.1.0 from nex-node-started-event.json (sha256 a4a9d23011944271); do not edit.
 */
#include <nex/protocol/node_started_event.h>

/* clang-format off */
static const nex_limits limits_of_nex_node_started_event_type_value = {
    .has = 0, .const_json = "\"io.synadia.nex.event.nexnode_started\"",
};
static const nex_type nex_node_started_event_type_value_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "node_started_event_type_value",
    .limits = &limits_of_nex_node_started_event_type_value, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/type", .doc = "Always this text",
};

static const nex_field fields_of_nex_node_started_event[] = {
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_node_started_event, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Node id: the node's public server nkey (N...)",
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_node_started_event, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the node",
    },
    {
        .name = "nexus", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_node_started_event, nexus), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Nexus the node belongs to",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_node_started_event, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags of the node",
    },
    {
        .name = "type", .name_len = 4, .type = &nex_node_started_event_type_value_type,
        .offset = offsetof(nex_node_started_event, type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Always this text",
    },
};
const nex_type nex_node_started_event_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_node_started_event), .name = "NexNodeStartedEvent",
    .fields = fields_of_nex_node_started_event, .field_count = 5, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "A node started.",
};

/* clang-format on */

nex_node_started_event *nex_node_started_event_new(void) {
    return nex_message_new(&nex_node_started_event_type);
}

nex_status nex_node_started_event_decode(nex_node_started_event **out, const char *json, size_t len,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_started_event_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_node_started_event_decode_strict(nex_node_started_event **out, const char *json,
                                                size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_started_event_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_node_started_event_encode(const nex_node_started_event *message, nex_buf *out) {
    return nex_message_encode(&nex_node_started_event_type, message, out);
}

nex_status nex_node_started_event_validate(const nex_node_started_event *message, nex_error *err) {
    return nex_message_validate(&nex_node_started_event_type, message, err);
}

nex_status nex_node_started_event_clone(const nex_node_started_event *message,
                                        nex_node_started_event **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_node_started_event_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_node_started_event_equal(const nex_node_started_event *a,
                                  const nex_node_started_event *b) {
    return nex_message_equal(&nex_node_started_event_type, a, b);
}

nex_status nex_node_started_event_to_json(const nex_node_started_event *message, json_t **out) {
    return nex_message_to_json(&nex_node_started_event_type, message, out);
}

nex_status nex_node_started_event_from_json(nex_node_started_event **out, const json_t *json,
                                            nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_node_started_event_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_node_started_event_free(nex_node_started_event *message) {
    nex_message_free(message);
}
