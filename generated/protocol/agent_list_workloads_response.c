/*
 * The workloads that match.
 *
 * Written by nexgen 0.1.0 from agent-list-workloads-response.json (sha256 53b42fbd02609e2c); do
 * not edit.
 */
#include <nex/protocol/agent_list_workloads_response.h>

/* clang-format off */
const nex_type nex_agent_list_workloads_response_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_agent_list_workloads_response),
    .name = "AgentListWorkloadsResponse", .item = &nex_workload_summary_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "The workloads that match.",
};

/* clang-format on */

nex_agent_list_workloads_response *nex_agent_list_workloads_response_new(void) {
    return nex_message_new(&nex_agent_list_workloads_response_type);
}

nex_status nex_agent_list_workloads_response_decode(nex_agent_list_workloads_response **out,
                                                    const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_list_workloads_response_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_list_workloads_response_decode_strict(nex_agent_list_workloads_response **out,
                                                           const char *json, size_t len,
                                                           nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_list_workloads_response_type, json, len,
                                           &strict, &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_list_workloads_response_encode(
    const nex_agent_list_workloads_response *message, nex_buf *out) {
    return nex_message_encode(&nex_agent_list_workloads_response_type, message, out);
}

nex_status nex_agent_list_workloads_response_validate(
    const nex_agent_list_workloads_response *message, nex_error *err) {
    return nex_message_validate(&nex_agent_list_workloads_response_type, message, err);
}

nex_status nex_agent_list_workloads_response_clone(
    const nex_agent_list_workloads_response *message, nex_agent_list_workloads_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_list_workloads_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_list_workloads_response_equal(const nex_agent_list_workloads_response *a,
                                             const nex_agent_list_workloads_response *b) {
    return nex_message_equal(&nex_agent_list_workloads_response_type, a, b);
}

nex_status nex_agent_list_workloads_response_to_json(
    const nex_agent_list_workloads_response *message, json_t **out) {
    return nex_message_to_json(&nex_agent_list_workloads_response_type, message, out);
}

nex_status nex_agent_list_workloads_response_from_json(nex_agent_list_workloads_response **out,
                                                       const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_list_workloads_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_agent_list_workloads_response_free(nex_agent_list_workloads_response *message) {
    nex_message_free(message);
}
