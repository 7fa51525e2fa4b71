/*
 * Ingress settings of an agent.
 *
 * Written by nexgen 0.1.0 from agent-ingress-data.json (sha256 2a656005c8fba11e); do not edit.
 */
#include <nex/protocol/agent_ingress_data.h>

/* clang-format off */
static const nex_field fields_of_nex_agent_ingress_data[] = {
    {
        .name = "host_machine_ip_addr", .name_len = 20, .type = &nex_type_string,
        .offset = offsetof(nex_agent_ingress_data, host_machine_ip_addr),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "IP address of the agent's machine",
    },
    {
        .name = "ingress_reporting_subject", .name_len = 25, .type = &nex_type_string,
        .offset = offsetof(nex_agent_ingress_data, ingress_reporting_subject),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "NATS subject to which AgentIngressMsg is published",
    },
};
const nex_type nex_agent_ingress_data_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_agent_ingress_data), .name = "AgentIngressData",
    .fields = fields_of_nex_agent_ingress_data, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Ingress settings of an agent.",
};

/* clang-format on */

nex_agent_ingress_data *nex_agent_ingress_data_new(void) {
    return nex_message_new(&nex_agent_ingress_data_type);
}

nex_status nex_agent_ingress_data_decode(nex_agent_ingress_data **out, const char *json, size_t len,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_ingress_data_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_agent_ingress_data_decode_strict(nex_agent_ingress_data **out, const char *json,
                                                size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_ingress_data_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_ingress_data_encode(const nex_agent_ingress_data *message, nex_buf *out) {
    return nex_message_encode(&nex_agent_ingress_data_type, message, out);
}

nex_status nex_agent_ingress_data_validate(const nex_agent_ingress_data *message, nex_error *err) {
    return nex_message_validate(&nex_agent_ingress_data_type, message, err);
}

nex_status nex_agent_ingress_data_clone(const nex_agent_ingress_data *message,
                                        nex_agent_ingress_data **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_ingress_data_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_ingress_data_equal(const nex_agent_ingress_data *a,
                                  const nex_agent_ingress_data *b) {
    return nex_message_equal(&nex_agent_ingress_data_type, a, b);
}

nex_status nex_agent_ingress_data_to_json(const nex_agent_ingress_data *message, json_t **out) {
    return nex_message_to_json(&nex_agent_ingress_data_type, message, out);
}

nex_status nex_agent_ingress_data_from_json(nex_agent_ingress_data **out, const json_t *json,
                                            nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_ingress_data_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_agent_ingress_data_free(nex_agent_ingress_data *message) {
    nex_message_free(message);
}
