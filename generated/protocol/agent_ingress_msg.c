/*
 * Tells an ingress about an upstream.
 *
 * Written by nexgen 0.1.0 from agent-ingress-msg.json (sha256 a6a869990bb283cb); do not edit.
 */
#include <nex/protocol/agent_ingress_msg.h>

/* clang-format off */
static const nex_field fields_of_nex_agent_ingress_msg[] = {
    {
        .name = "command", .name_len = 7, .type = &nex_agent_ingress_command_type,
        .offset = offsetof(nex_agent_ingress_msg, command), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "What to do",
    },
    {
        .name = "upstream", .name_len = 8, .type = &nex_type_string,
        .offset = offsetof(nex_agent_ingress_msg, upstream), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "\"ip:port\"; empty with remove",
    },
    {
        .name = "workload_id", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_agent_ingress_msg, workload_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id: a NUID of 22 base-62 characters",
    },
};
const nex_type nex_agent_ingress_msg_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_agent_ingress_msg), .name = "AgentIngressMsg",
    .fields = fields_of_nex_agent_ingress_msg, .field_count = 3, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Tells an ingress about an upstream.",
};

/* clang-format on */

nex_agent_ingress_msg *nex_agent_ingress_msg_new(void) {
    return nex_message_new(&nex_agent_ingress_msg_type);
}

nex_status nex_agent_ingress_msg_decode(nex_agent_ingress_msg **out, const char *json, size_t len,
                                        nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_ingress_msg_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_agent_ingress_msg_decode_strict(nex_agent_ingress_msg **out, const char *json,
                                               size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_ingress_msg_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_ingress_msg_encode(const nex_agent_ingress_msg *message, nex_buf *out) {
    return nex_message_encode(&nex_agent_ingress_msg_type, message, out);
}

nex_status nex_agent_ingress_msg_validate(const nex_agent_ingress_msg *message, nex_error *err) {
    return nex_message_validate(&nex_agent_ingress_msg_type, message, err);
}

nex_status nex_agent_ingress_msg_clone(const nex_agent_ingress_msg *message,
                                       nex_agent_ingress_msg **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_ingress_msg_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_ingress_msg_equal(const nex_agent_ingress_msg *a, const nex_agent_ingress_msg *b) {
    return nex_message_equal(&nex_agent_ingress_msg_type, a, b);
}

nex_status nex_agent_ingress_msg_to_json(const nex_agent_ingress_msg *message, json_t **out) {
    return nex_message_to_json(&nex_agent_ingress_msg_type, message, out);
}

nex_status nex_agent_ingress_msg_from_json(nex_agent_ingress_msg **out, const json_t *json,
                                           nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_ingress_msg_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_agent_ingress_msg_free(nex_agent_ingress_msg *message) {
    nex_message_free(message);
}
