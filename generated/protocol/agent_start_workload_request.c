/*
 * A node tells an agent to start a workload.
 *
 * Written by nexgen 0.1.0 from agent-start-workload-request.json (sha256 d4ba1a94be826615); do not
 * edit.
 */
#include <nex/protocol/agent_start_workload_request.h>

#include <string.h>

/* clang-format off */
static const nex_field fields_of_nex_agent_start_workload_request[] = {
    {
        .name = "request", .name_len = 7, .type = &nex_start_workload_request_type,
        .offset = offsetof(nex_agent_start_workload_request, request), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_POINTER, .doc = "The workload",
    },
    {
        .name = "workload_creds", .name_len = 14, .type = &nex_nats_connection_data_type,
        .offset = offsetof(nex_agent_start_workload_request, workload_creds),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED | NEX_FIELD_POINTER,
        .doc = "Credentials minted for the workload",
    },
};
const nex_type nex_agent_start_workload_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_agent_start_workload_request),
    .name = "AgentStartWorkloadRequest", .fields = fields_of_nex_agent_start_workload_request,
    .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "A node tells an agent to start a workload.",
};

/* clang-format on */

nex_agent_start_workload_request *nex_agent_start_workload_request_map_get(
    const nex_agent_start_workload_request_map *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

nex_agent_start_workload_request *nex_agent_start_workload_request_new(void) {
    return nex_message_new(&nex_agent_start_workload_request_type);
}

nex_status nex_agent_start_workload_request_decode(nex_agent_start_workload_request **out,
                                                   const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_start_workload_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_start_workload_request_decode_strict(nex_agent_start_workload_request **out,
                                                          const char *json, size_t len,
                                                          nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_agent_start_workload_request_type, json, len,
                                           &strict, &message, err);
    *out = message;
    return status;
}

nex_status nex_agent_start_workload_request_encode(const nex_agent_start_workload_request *message,
                                                   nex_buf *out) {
    return nex_message_encode(&nex_agent_start_workload_request_type, message, out);
}

nex_status nex_agent_start_workload_request_validate(
    const nex_agent_start_workload_request *message, nex_error *err) {
    return nex_message_validate(&nex_agent_start_workload_request_type, message, err);
}

nex_status nex_agent_start_workload_request_clone(const nex_agent_start_workload_request *message,
                                                  nex_agent_start_workload_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_agent_start_workload_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_agent_start_workload_request_equal(const nex_agent_start_workload_request *a,
                                            const nex_agent_start_workload_request *b) {
    return nex_message_equal(&nex_agent_start_workload_request_type, a, b);
}

nex_status nex_agent_start_workload_request_to_json(
    const nex_agent_start_workload_request *message, json_t **out) {
    return nex_message_to_json(&nex_agent_start_workload_request_type, message, out);
}

nex_status nex_agent_start_workload_request_from_json(nex_agent_start_workload_request **out,
                                                      const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_agent_start_workload_request_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_agent_start_workload_request_free(nex_agent_start_workload_request *message) {
    nex_message_free(message);
}
