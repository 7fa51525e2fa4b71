/*
 * A node says who it is.
 *
 * Written by nexgen 0.1.0 from node-ping-response.json (sha256 a3075e4e786b60c3); do not edit.
 */
#include <nex/protocol/node_ping_response.h>

/* clang-format off */
static const nex_limits limits_of_nex_node_ping_response_agent_count = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_node_ping_response_agent_count_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "node_ping_response_agent_count",
    .limits = &limits_of_nex_node_ping_response_agent_count, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/agent_count", .doc = "Number of agents registered",
};

static const nex_field fields_of_nex_node_ping_response[] = {
    {
        .name = "agent_count", .name_len = 11, .type = &nex_node_ping_response_agent_count_type,
        .offset = offsetof(nex_node_ping_response, agent_count), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Number of agents registered",
    },
    {
        .name = "node_id", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_node_ping_response, node_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Node id: the node's public server nkey (N...)",
    },
    {
        .name = "start_time", .name_len = 10, .type = &nex_type_time,
        .offset = offsetof(nex_node_ping_response, start_time), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "When the node started",
    },
    {
        .name = "state", .name_len = 5, .type = &nex_node_state_type,
        .offset = offsetof(nex_node_ping_response, state), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "State of the node",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_node_ping_response, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags of the node",
    },
    {
        .name = "version", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_node_ping_response, version), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Version of the node",
    },
    {
        .name = "xkey", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_node_ping_response, xkey), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "The node's public curve key (X...)",
    },
};
const nex_type nex_node_ping_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_node_ping_response), .name = "NodePingResponse",
    .fields = fields_of_nex_node_ping_response, .field_count = 7, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "A node says who it is.",
};

/* clang-format on */

nex_node_ping_response *nex_node_ping_response_new(void) {
    return nex_message_new(&nex_node_ping_response_type);
}

nex_status nex_node_ping_response_decode(nex_node_ping_response **out, const char *json, size_t len,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_ping_response_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_node_ping_response_decode_strict(nex_node_ping_response **out, const char *json,
                                                size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_ping_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_node_ping_response_encode(const nex_node_ping_response *message, nex_buf *out) {
    return nex_message_encode(&nex_node_ping_response_type, message, out);
}

nex_status nex_node_ping_response_validate(const nex_node_ping_response *message, nex_error *err) {
    return nex_message_validate(&nex_node_ping_response_type, message, err);
}

nex_status nex_node_ping_response_clone(const nex_node_ping_response *message,
                                        nex_node_ping_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_node_ping_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_node_ping_response_equal(const nex_node_ping_response *a,
                                  const nex_node_ping_response *b) {
    return nex_message_equal(&nex_node_ping_response_type, a, b);
}

nex_status nex_node_ping_response_to_json(const nex_node_ping_response *message, json_t **out) {
    return nex_message_to_json(&nex_node_ping_response_type, message, out);
}

nex_status nex_node_ping_response_from_json(nex_node_ping_response **out, const json_t *json,
                                            nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_node_ping_response_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_node_ping_response_free(nex_node_ping_response *message) {
    nex_message_free(message);
}
