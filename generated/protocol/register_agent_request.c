/*
 * An agent registers with its node.
 *
 * Written by nexgen 0.1.0 from register-agent-request.json (sha256 8cf33e5fa47eb628); do not edit.
 */
#include <nex/protocol/register_agent_request.h>

/* clang-format off */
static const nex_limits limits_of_nex_register_agent_request_max_workloads = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_register_agent_request_max_workloads_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "register_agent_request_max_workloads",
    .limits = &limits_of_nex_register_agent_request_max_workloads, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/max_workloads", .doc = "Workloads the agent holds at most; 0: no limit",
};

static const nex_type nex_register_agent_request_supported_lifecycles_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_workload_lifecycle_list),
    .name = "workload_lifecycle_list", .item = &nex_workload_lifecycle_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/supported_lifecycles",
    .doc = "Lifecycles the nexlet runs",
};

static const nex_field fields_of_nex_register_agent_request[] = {
    {
        .name = "description", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_request, description), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "What the nexlet is, for people",
    },
    {
        .name = "max_workloads", .name_len = 13,
        .type = &nex_register_agent_request_max_workloads_type,
        .offset = offsetof(nex_register_agent_request, max_workloads), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workloads the agent holds at most; 0: no limit",
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_request, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the nexlet",
    },
    {
        .name = "public_xkey", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_request, public_xkey), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "The agent's public curve key (X...), to which environments are sealed",
    },
    {
        .name = "register_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_request, register_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Workload type it runs",
    },
    {
        .name = "start_request_schema", .name_len = 20, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_request, start_request_schema),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "JSON Schema of its start requests, as text; enforced by client and node",
    },
    {
        .name = "supported_lifecycles", .name_len = 20,
        .type = &nex_register_agent_request_supported_lifecycles_type,
        .offset = offsetof(nex_register_agent_request, supported_lifecycles),
        .has_offset = offsetof(nex_register_agent_request, has_supported_lifecycles),
        .doc = "Lifecycles the nexlet runs",
    },
    {
        .name = "version", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_register_agent_request, version), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Version of the nexlet",
    },
};
const nex_type nex_register_agent_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_register_agent_request),
    .name = "RegisterAgentRequest", .fields = fields_of_nex_register_agent_request,
    .field_count = 8, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "An agent registers with its node.",
};

/* clang-format on */

nex_register_agent_request *nex_register_agent_request_new(void) {
    return nex_message_new(&nex_register_agent_request_type);
}

nex_status nex_register_agent_request_decode(nex_register_agent_request **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_agent_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_register_agent_request_decode_strict(nex_register_agent_request **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_register_agent_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_register_agent_request_encode(const nex_register_agent_request *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_register_agent_request_type, message, out);
}

nex_status nex_register_agent_request_validate(const nex_register_agent_request *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_register_agent_request_type, message, err);
}

nex_status nex_register_agent_request_clone(const nex_register_agent_request *message,
                                            nex_register_agent_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_register_agent_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_register_agent_request_equal(const nex_register_agent_request *a,
                                      const nex_register_agent_request *b) {
    return nex_message_equal(&nex_register_agent_request_type, a, b);
}

nex_status nex_register_agent_request_to_json(const nex_register_agent_request *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_register_agent_request_type, message, out);
}

nex_status nex_register_agent_request_from_json(nex_register_agent_request **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_register_agent_request_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_register_agent_request_free(nex_register_agent_request *message) {
    nex_message_free(message);
}
