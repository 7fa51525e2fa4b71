/*
 * Published by an agent at once after it registered, then every 10 seconds.
 *
 * Written by nexgen 0.1.0 from agent-heartbeat.json (sha256 15bdd081f93a09a6); do not edit.
 */
#include <nex/protocol/agent_heartbeat.h>

/* clang-format off */
static const nex_field fields_of_nex_agent_heartbeat[] = {
    {
        .name = "data", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_agent_heartbeat, data), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Anything the nexlet adds, often JSON text",
    },
    {
        .name = "summary", .name_len = 7, .type = &nex_agent_summary_type,
        .offset = offsetof(nex_agent_heartbeat, summary), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_POINTER, .doc = "What the agent says of itself",
    },
};
const nex_type nex_agent_heartbeat_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_agent_heartbeat), .name = "AgentHeartbeat",
    .fields = fields_of_nex_agent_heartbeat, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "Published by an agent at once after it registered, then every 10 seconds.",
};

/* clang-format on */

nex_agent_heartbeat *nex_agent_heartbeat_new(void) {
    return nex_message_new(&nex_agent_heartbeat_type);
}

nex_status nex_agent_heartbeat_decode(nex_agent_heartbeat **out, const char *json, size_t len,
                                      nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_heartbeat_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_agent_heartbeat_decode_strict(nex_agent_heartbeat **out, const char *json,
                                             size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_heartbeat_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_agent_heartbeat_encode(const nex_agent_heartbeat *message, nex_buf *out) {
    return nex_message_encode(&nex_agent_heartbeat_type, message, out);
}

nex_status nex_agent_heartbeat_validate(const nex_agent_heartbeat *message, nex_error *err) {
    return nex_message_validate(&nex_agent_heartbeat_type, message, err);
}

nex_status nex_agent_heartbeat_clone(const nex_agent_heartbeat *message,
                                     nex_agent_heartbeat **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_heartbeat_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_heartbeat_equal(const nex_agent_heartbeat *a, const nex_agent_heartbeat *b) {
    return nex_message_equal(&nex_agent_heartbeat_type, a, b);
}

nex_status nex_agent_heartbeat_to_json(const nex_agent_heartbeat *message, json_t **out) {
    return nex_message_to_json(&nex_agent_heartbeat_type, message, out);
}

nex_status nex_agent_heartbeat_from_json(nex_agent_heartbeat **out, const json_t *json,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_heartbeat_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_agent_heartbeat_free(nex_agent_heartbeat *message) {
    nex_message_free(message);
}
