/*
 * What an agent says of itself: the answer to an agent PING, and part of every heartbeat.
 *
 * Written by nexgen 0.1.0 from agent-summary.json (sha256 6361d0003a2de18e); do not edit.
 */
#include <nex/protocol/agent_summary.h>

/* clang-format off */
static const nex_limits limits_of_nex_agent_summary_workload_count = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_agent_summary_workload_count_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "agent_summary_workload_count",
    .limits = &limits_of_nex_agent_summary_workload_count, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/workload_count", .doc = "Number of workloads the agent holds",
};

static const nex_field fields_of_nex_agent_summary[] = {
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_agent_summary, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the nexlet",
    },
    {
        .name = "start_time", .name_len = 10, .type = &nex_type_time,
        .offset = offsetof(nex_agent_summary, start_time), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "When the agent started",
    },
    {
        .name = "state", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_agent_summary, state), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "State of the agent: starting, running, stopping, lameduck or error; text, since "
               "nexlets may say others",
    },
    {
        .name = "supported_lifecycles", .name_len = 20, .type = &nex_type_string,
        .offset = offsetof(nex_agent_summary, supported_lifecycles), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Lifecycles the nexlet runs, joined with commas",
    },
    {
        .name = "type", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_agent_summary, type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "register_type of the nexlet",
    },
    {
        .name = "version", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_agent_summary, version), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Version of the nexlet",
    },
    {
        .name = "workload_count", .name_len = 14, .type = &nex_agent_summary_workload_count_type,
        .offset = offsetof(nex_agent_summary, workload_count), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Number of workloads the agent holds",
    },
};
const nex_type nex_agent_summary_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_agent_summary), .name = "AgentSummary",
    .fields = fields_of_nex_agent_summary, .field_count = 7, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "What an agent says of itself: the answer to an agent PING, and part of every "
           "heartbeat.",
};

/* clang-format on */

nex_agent_summary *nex_agent_summary_new(void) {
    return nex_message_new(&nex_agent_summary_type);
}

nex_status nex_agent_summary_decode(nex_agent_summary **out, const char *json, size_t len,
                                    nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_summary_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_summary_decode_strict(nex_agent_summary **out, const char *json, size_t len,
                                           nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_summary_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_agent_summary_encode(const nex_agent_summary *message, nex_buf *out) {
    return nex_message_encode(&nex_agent_summary_type, message, out);
}

nex_status nex_agent_summary_validate(const nex_agent_summary *message, nex_error *err) {
    return nex_message_validate(&nex_agent_summary_type, message, err);
}

nex_status nex_agent_summary_clone(const nex_agent_summary *message, nex_agent_summary **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_summary_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_summary_equal(const nex_agent_summary *a, const nex_agent_summary *b) {
    return nex_message_equal(&nex_agent_summary_type, a, b);
}

nex_status nex_agent_summary_to_json(const nex_agent_summary *message, json_t **out) {
    return nex_message_to_json(&nex_agent_summary_type, message, out);
}

nex_status nex_agent_summary_from_json(nex_agent_summary **out, const json_t *json,
                                       nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_summary_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_agent_summary_free(nex_agent_summary *message) {
    nex_message_free(message);
}
