/*
 * What a node knows of a workload beside its WorkloadSummary.
 *
 * Written by nexgen 0.1.0 from workload-info-response.json (sha256 836d58b686c621d0); do not edit.
 */
#include <nex/protocol/workload_info_response.h>

/* clang-format off */
static const nex_field fields_of_nex_workload_info_response[] = {
    {
        .name = "agent_health", .name_len = 12, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, agent_health), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "healthy, shutting down, degraded, offline or unknown",
    },
    {
        .name = "agent_id", .name_len = 8, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, agent_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Id of the agent that runs it",
    },
    {
        .name = "agent_name", .name_len = 10, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, agent_name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the agent; empty while it is away",
    },
    {
        .name = "agent_version", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, agent_version), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Version of the agent",
    },
    {
        .name = "description", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, description), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Description it was started with",
    },
    {
        .name = "id", .name_len = 2, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload id",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
    {
        .name = "node_id", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, node_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Id of the node that has it",
    },
    {
        .name = "node_name", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, node_name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of that node",
    },
    {
        .name = "reference", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, reference), .has_offset = NEX_NO_OFFSET,
        .doc = "What its author calls it",
    },
    {
        .name = "run_request", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_workload_info_response, run_request), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Its start request, as JSON text. Values of the environment, and of all that the "
               "nexlet's schema marks writeOnly, are \"***\"",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_workload_info_response, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags the workload was placed with",
    },
};
const nex_type nex_workload_info_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_workload_info_response),
    .name = "WorkloadInfoResponse", .fields = fields_of_nex_workload_info_response,
    .field_count = 12, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "What a node knows of a workload beside its WorkloadSummary.",
};

/* clang-format on */

nex_workload_info_response *nex_workload_info_response_new(void) {
    return nex_message_new(&nex_workload_info_response_type);
}

nex_status nex_workload_info_response_decode(nex_workload_info_response **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_info_response_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_info_response_decode_strict(nex_workload_info_response **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_workload_info_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_workload_info_response_encode(const nex_workload_info_response *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_workload_info_response_type, message, out);
}

nex_status nex_workload_info_response_validate(const nex_workload_info_response *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_workload_info_response_type, message, err);
}

nex_status nex_workload_info_response_clone(const nex_workload_info_response *message,
                                            nex_workload_info_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_workload_info_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_workload_info_response_equal(const nex_workload_info_response *a,
                                      const nex_workload_info_response *b) {
    return nex_message_equal(&nex_workload_info_response_type, a, b);
}

nex_status nex_workload_info_response_to_json(const nex_workload_info_response *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_workload_info_response_type, message, out);
}

nex_status nex_workload_info_response_from_json(nex_workload_info_response **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_workload_info_response_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_workload_info_response_free(nex_workload_info_response *message) {
    nex_message_free(message);
}
