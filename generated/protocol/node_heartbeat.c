/*
 * Published by a node every 10 seconds.
 *
 * Written by nexgen 0.1.0 from node-heartbeat.json (sha256 c110bdcb8dc2c4dd); do not edit.
 */
#include <nex/protocol/node_heartbeat.h>

/* clang-format off */
static const nex_field fields_of_nex_node_heartbeat[] = {
    {
        .name = "nexus", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_node_heartbeat, nexus), .has_offset = NEX_NO_OFFSET,
        .doc = "The nexus of the node; the reference leaves it out",
    },
    {
        .name = "registrations", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_node_heartbeat, registrations), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "The agents, each as \"<agent id> [<type>]\", joined with \", \"",
    },
};
const nex_type nex_node_heartbeat_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_node_heartbeat), .name = "NodeHeartbeat",
    .fields = fields_of_nex_node_heartbeat, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Published by a node every 10 seconds.",
};

/* clang-format on */

nex_node_heartbeat *nex_node_heartbeat_new(void) {
    return nex_message_new(&nex_node_heartbeat_type);
}

nex_status nex_node_heartbeat_decode(nex_node_heartbeat **out, const char *json, size_t len,
                                     nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_heartbeat_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_node_heartbeat_decode_strict(nex_node_heartbeat **out, const char *json, size_t len,
                                            nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_heartbeat_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_node_heartbeat_encode(const nex_node_heartbeat *message, nex_buf *out) {
    return nex_message_encode(&nex_node_heartbeat_type, message, out);
}

nex_status nex_node_heartbeat_validate(const nex_node_heartbeat *message, nex_error *err) {
    return nex_message_validate(&nex_node_heartbeat_type, message, err);
}

nex_status nex_node_heartbeat_clone(const nex_node_heartbeat *message, nex_node_heartbeat **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_node_heartbeat_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_node_heartbeat_equal(const nex_node_heartbeat *a, const nex_node_heartbeat *b) {
    return nex_message_equal(&nex_node_heartbeat_type, a, b);
}

nex_status nex_node_heartbeat_to_json(const nex_node_heartbeat *message, json_t **out) {
    return nex_message_to_json(&nex_node_heartbeat_type, message, out);
}

nex_status nex_node_heartbeat_from_json(nex_node_heartbeat **out, const json_t *json,
                                        nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_node_heartbeat_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_node_heartbeat_free(nex_node_heartbeat *message) {
    nex_message_free(message);
}
