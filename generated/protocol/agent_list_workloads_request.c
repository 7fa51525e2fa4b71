/*
 * Asks for the workloads of a namespace.
 *
 * Written by nexgen 0.1.0 from agent-list-workloads-request.json (sha256 259352b98f21968b); do not
 * edit.
 */
#include <nex/protocol/agent_list_workloads_request.h>

/* clang-format off */
static const nex_field fields_of_nex_agent_list_workloads_request[] = {
    {
        .name = "filter", .name_len = 6, .type = &nex_type_string_list,
        .offset = offsetof(nex_agent_list_workloads_request, filter), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload ids or names; none means all",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_agent_list_workloads_request, namespace_),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "Namespace; \"system\" means all of them",
    },
};
const nex_type nex_agent_list_workloads_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_agent_list_workloads_request),
    .name = "AgentListWorkloadsRequest", .fields = fields_of_nex_agent_list_workloads_request,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Asks for the workloads of a namespace.",
};

/* clang-format on */

nex_agent_list_workloads_request *nex_agent_list_workloads_request_new(void) {
    return nex_message_new(&nex_agent_list_workloads_request_type);
}

nex_status nex_agent_list_workloads_request_decode(nex_agent_list_workloads_request **out,
                                                   const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_list_workloads_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_list_workloads_request_decode_strict(nex_agent_list_workloads_request **out,
                                                          const char *json, size_t len,
                                                          nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_list_workloads_request_type, json, len,
                                           &strict, &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_list_workloads_request_encode(const nex_agent_list_workloads_request *message,
                                                   nex_buf *out) {
    return nex_message_encode(&nex_agent_list_workloads_request_type, message, out);
}

nex_status nex_agent_list_workloads_request_validate(
    const nex_agent_list_workloads_request *message, nex_error *err) {
    return nex_message_validate(&nex_agent_list_workloads_request_type, message, err);
}

nex_status nex_agent_list_workloads_request_clone(const nex_agent_list_workloads_request *message,
                                                  nex_agent_list_workloads_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_list_workloads_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_list_workloads_request_equal(const nex_agent_list_workloads_request *a,
                                            const nex_agent_list_workloads_request *b) {
    return nex_message_equal(&nex_agent_list_workloads_request_type, a, b);
}

nex_status nex_agent_list_workloads_request_to_json(
    const nex_agent_list_workloads_request *message, json_t **out) {
    return nex_message_to_json(&nex_agent_list_workloads_request_type, message, out);
}

nex_status nex_agent_list_workloads_request_from_json(nex_agent_list_workloads_request **out,
                                                      const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_list_workloads_request_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_agent_list_workloads_request_free(nex_agent_list_workloads_request *message) {
    nex_message_free(message);
}
