/*
 * A remote agent asks for an id and credentials. It has no fields.
 *
 * Written by nexgen 0.1.0 from register-remote-agent-request.json (sha256 bc23a86a570078ac); do
 * not edit.
 */
#include <nex/protocol/register_remote_agent_request.h>

/* clang-format off */
const nex_type nex_register_remote_agent_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_register_remote_agent_request),
    .name = "RegisterRemoteAgentRequest", .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "A remote agent asks for an id and credentials. It has no fields.",
};

/* clang-format on */

nex_register_remote_agent_request *nex_register_remote_agent_request_new(void) {
    return nex_message_new(&nex_register_remote_agent_request_type);
}

nex_status nex_register_remote_agent_request_decode(nex_register_remote_agent_request **out,
                                                    const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_remote_agent_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_register_remote_agent_request_decode_strict(nex_register_remote_agent_request **out,
                                                           const char *json, size_t len,
                                                           nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_remote_agent_request_type, json, len,
                                           &strict, &message, err);
    *out = message;
    return status;
}

nex_status nex_register_remote_agent_request_encode(
    const nex_register_remote_agent_request *message, nex_buf *out) {
    return nex_message_encode(&nex_register_remote_agent_request_type, message, out);
}

nex_status nex_register_remote_agent_request_validate(
    const nex_register_remote_agent_request *message, nex_error *err) {
    return nex_message_validate(&nex_register_remote_agent_request_type, message, err);
}

nex_status nex_register_remote_agent_request_clone(
    const nex_register_remote_agent_request *message, nex_register_remote_agent_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_register_remote_agent_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_register_remote_agent_request_equal(const nex_register_remote_agent_request *a,
                                             const nex_register_remote_agent_request *b) {
    return nex_message_equal(&nex_register_remote_agent_request_type, a, b);
}

nex_status nex_register_remote_agent_request_to_json(
    const nex_register_remote_agent_request *message, json_t **out) {
    return nex_message_to_json(&nex_register_remote_agent_request_type, message, out);
}

nex_status nex_register_remote_agent_request_from_json(nex_register_remote_agent_request **out,
                                                       const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_register_remote_agent_request_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_register_remote_agent_request_free(nex_register_remote_agent_request *message) {
    nex_message_free(message);
}
