/*
 * Identity and credentials with which a remote agent registers.
 *
 * Written by nexgen 0.1.0 from register-remote-agent-response.json (sha256 3aa74dd268823518); do
 * not edit.
 */
#include <nex/protocol/register_remote_agent_response.h>

/* clang-format off */
static const nex_field fields_of_nex_register_remote_agent_response[] = {
    {
        .name = "assigned_agent_id", .name_len = 17, .type = &nex_type_string,
        .offset = offsetof(nex_register_remote_agent_response, assigned_agent_id),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "Agent id: a NUID of 22 base-62 characters",
    },
    {
        .name = "registration_creds", .name_len = 18, .type = &nex_nats_connection_data_type,
        .offset = offsetof(nex_register_remote_agent_response, registration_creds),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
        .doc = "How to connect in order to register",
    },
    {
        .name = "respond_to", .name_len = 10, .type = &nex_type_string,
        .offset = offsetof(nex_register_remote_agent_response, respond_to),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "Id of the node that waits for REGISTER",
    },
};
const nex_type nex_register_remote_agent_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_register_remote_agent_response),
    .name = "RegisterRemoteAgentResponse", .fields = fields_of_nex_register_remote_agent_response,
    .field_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Identity and credentials with which a remote agent registers.",
};

/* clang-format on */

nex_register_remote_agent_response *nex_register_remote_agent_response_new(void) {
    return nex_message_new(&nex_register_remote_agent_response_type);
}

nex_status nex_register_remote_agent_response_decode(nex_register_remote_agent_response **out,
                                                     const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_remote_agent_response_type, json, len,
                                           NULL, &message, err);
    *out = message;
    return status;
}

nex_status nex_register_remote_agent_response_decode_strict(
    nex_register_remote_agent_response **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_remote_agent_response_type, json, len,
                                           &strict, &message, err);
    *out = message;
    return status;
}

nex_status nex_register_remote_agent_response_encode(
    const nex_register_remote_agent_response *message, nex_buf *out) {
    return nex_message_encode(&nex_register_remote_agent_response_type, message, out);
}

nex_status nex_register_remote_agent_response_validate(
    const nex_register_remote_agent_response *message, nex_error *err) {
    return nex_message_validate(&nex_register_remote_agent_response_type, message, err);
}

nex_status nex_register_remote_agent_response_clone(
    const nex_register_remote_agent_response *message, nex_register_remote_agent_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_register_remote_agent_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_register_remote_agent_response_equal(const nex_register_remote_agent_response *a,
                                              const nex_register_remote_agent_response *b) {
    return nex_message_equal(&nex_register_remote_agent_response_type, a, b);
}

nex_status nex_register_remote_agent_response_to_json(
    const nex_register_remote_agent_response *message, json_t **out) {
    return nex_message_to_json(&nex_register_remote_agent_response_type, message, out);
}

nex_status nex_register_remote_agent_response_from_json(nex_register_remote_agent_response **out,
                                                        const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_register_remote_agent_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_register_remote_agent_response_free(nex_register_remote_agent_response *message) {
    nex_message_free(message);
}
