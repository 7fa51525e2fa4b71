/*
 * Answer to a registration.
 *
 * Written by nexgen 0.1.0 from register-agent-response.json (sha256 6215e7fded7c00b9); do not
 * edit.
 */
#include <nex/protocol/register_agent_response.h>

/* clang-format off */
static const nex_type nex_register_agent_response_existing_state_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(nex_agent_start_workload_request_map),
    .name = "agent_start_workload_request_map", .item = &nex_agent_start_workload_request_type,
    .value_offset = offsetof(nex_agent_start_workload_request_map_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/existing_state",
    .doc = "Workloads the agent had before, by workload id; it adopts or starts them",
};

static const nex_field fields_of_nex_register_agent_response[] = {
    {
        .name = "connection_data", .name_len = 15, .type = &nex_nats_connection_data_type,
        .offset = offsetof(nex_register_agent_response, connection_data),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED | NEX_FIELD_POINTER,
        .doc = "How the agent connects from now on",
    },
    {
        .name = "existing_state", .name_len = 14,
        .type = &nex_register_agent_response_existing_state_type,
        .offset = offsetof(nex_register_agent_response, existing_state),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "Workloads the agent had before, by workload id; it adopts or starts them",
    },
    {
        .name = "message", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_response, message), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Why not; may be empty",
    },
    {
        .name = "node_id", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_response, node_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Node id: the node's public server nkey (N...)",
    },
    {
        .name = "success", .name_len = 7, .type = &nex_type_bool,
        .offset = offsetof(nex_register_agent_response, success), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Whether the agent is registered",
    },
};
const nex_type nex_register_agent_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_register_agent_response),
    .name = "RegisterAgentResponse", .fields = fields_of_nex_register_agent_response,
    .field_count = 5, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Answer to a registration.",
};

/* clang-format on */

nex_register_agent_response *nex_register_agent_response_new(void) {
    return nex_message_new(&nex_register_agent_response_type);
}

nex_status nex_register_agent_response_decode(nex_register_agent_response **out, const char *json,
                                              size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_agent_response_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_register_agent_response_decode_strict(nex_register_agent_response **out,
                                                     const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_agent_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_register_agent_response_encode(const nex_register_agent_response *message,
                                              nex_buf *out) {
    return nex_message_encode(&nex_register_agent_response_type, message, out);
}

nex_status nex_register_agent_response_validate(const nex_register_agent_response *message,
                                                nex_error *err) {
    return nex_message_validate(&nex_register_agent_response_type, message, err);
}

nex_status nex_register_agent_response_clone(const nex_register_agent_response *message,
                                             nex_register_agent_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_register_agent_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_register_agent_response_equal(const nex_register_agent_response *a,
                                       const nex_register_agent_response *b) {
    return nex_message_equal(&nex_register_agent_response_type, a, b);
}

nex_status nex_register_agent_response_to_json(const nex_register_agent_response *message,
                                               json_t **out) {
    return nex_message_to_json(&nex_register_agent_response_type, message, out);
}

nex_status nex_register_agent_response_from_json(nex_register_agent_response **out,
                                                 const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_register_agent_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_register_agent_response_free(nex_register_agent_response *message) {
    nex_message_free(message);
}
