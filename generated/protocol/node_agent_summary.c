/*
 * An agent as its node sees it.
 *
 * Written by nexgen 0.1.0 from node-agent-summary.json (sha256 063df84e01d26dae); do not edit.
 */
#include <nex/protocol/node_agent_summary.h>

/* clang-format off */
static const nex_field fields_of_nex_node_agent_summary[] = {
    {
        .name = "agent_health", .name_len = 12, .type = &nex_type_string,
        .offset = offsetof(nex_node_agent_summary, agent_health), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "healthy, shutting down, degraded, offline or unknown",
    },
    {
        .name = "agent_health_stoplight", .name_len = 22, .type = &nex_type_string,
        .offset = offsetof(nex_node_agent_summary, agent_health_stoplight),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "The same as a coloured circle: 🟢 🟠 🟡 🔴 ⚪️",
    },
    {
        .name = "agent_id", .name_len = 8, .type = &nex_type_string,
        .offset = offsetof(nex_node_agent_summary, agent_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Agent id: a NUID of 22 base-62 characters",
    },
    {
        .name = "agent_last_heartbeat_time", .name_len = 25, .type = &nex_type_time,
        .offset = offsetof(nex_node_agent_summary, agent_last_heartbeat_time),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "When the last heartbeat came",
    },
    {
        .name = "agent_summary", .name_len = 13, .type = &nex_agent_summary_type,
        .offset = offsetof(nex_node_agent_summary, agent_summary), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_POINTER,
        .doc = "What the agent last said of itself",
    },
};
const nex_type nex_node_agent_summary_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_node_agent_summary), .name = "NodeAgentSummary",
    .fields = fields_of_nex_node_agent_summary, .field_count = 5, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "An agent as its node sees it.",
};

/* clang-format on */

nex_node_agent_summary *nex_node_agent_summary_new(void) {
    return nex_message_new(&nex_node_agent_summary_type);
}

nex_status nex_node_agent_summary_decode(nex_node_agent_summary **out, const char *json, size_t len,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_agent_summary_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_node_agent_summary_decode_strict(nex_node_agent_summary **out, const char *json,
                                                size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_agent_summary_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_node_agent_summary_encode(const nex_node_agent_summary *message, nex_buf *out) {
    return nex_message_encode(&nex_node_agent_summary_type, message, out);
}

nex_status nex_node_agent_summary_validate(const nex_node_agent_summary *message, nex_error *err) {
    return nex_message_validate(&nex_node_agent_summary_type, message, err);
}

nex_status nex_node_agent_summary_clone(const nex_node_agent_summary *message,
                                        nex_node_agent_summary **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_node_agent_summary_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_node_agent_summary_equal(const nex_node_agent_summary *a,
                                  const nex_node_agent_summary *b) {
    return nex_message_equal(&nex_node_agent_summary_type, a, b);
}

nex_status nex_node_agent_summary_to_json(const nex_node_agent_summary *message, json_t **out) {
    return nex_message_to_json(&nex_node_agent_summary_type, message, out);
}

nex_status nex_node_agent_summary_from_json(nex_node_agent_summary **out, const json_t *json,
                                            nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_node_agent_summary_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_node_agent_summary_free(nex_node_agent_summary *message) {
    nex_message_free(message);
}
