/*
 * What a node keeps of a workload in its KV bucket nex-<node id>, under the key
 * <register_type>_<workload id>: the request it was started with, and the agent that has it.
 *
 * Written by nexgen 0.1.0 from stored-workload.json (sha256 ae138527dcb491fe); do not edit.
 */
#include <nex/protocol/stored_workload.h>

/* clang-format off */
static const nex_field fields_of_nex_stored_workload[] = {
    {
        .name = "agent_id", .name_len = 8, .type = &nex_type_string,
        .offset = offsetof(nex_stored_workload, agent_id), .has_offset = NEX_NO_OFFSET,
        .doc = "Id of the agent that has the workload; the reference leaves it out",
    },
    {
        .name = "description", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_stored_workload, description), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "What it is for; may be empty",
    },
    {
        .name = "metadata", .name_len = 8, .type = &nex_start_workload_request_metadata_type,
        .offset = offsetof(nex_stored_workload, metadata),
        .has_offset = offsetof(nex_stored_workload, has_metadata),
        .doc = "Whatever the client wants to keep with the workload",
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_stored_workload, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the workload",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_stored_workload, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
    {
        .name = "reference", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_stored_workload, reference), .has_offset = NEX_NO_OFFSET,
        .doc = "A reference to documentation",
    },
    {
        .name = "run_request", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_stored_workload, run_request), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_SECRET,
        .doc = "The start request as JSON text, in the shape of the nexlet's schema; its "
               "environment may be an EncEnv",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_stored_workload, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags asked of the node",
    },
    {
        .name = "workload_lifecycle", .name_len = 18, .type = &nex_workload_lifecycle_type,
        .offset = offsetof(nex_stored_workload, workload_lifecycle), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "How long it lives",
    },
    {
        .name = "workload_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_stored_workload, workload_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it",
    },
};
const nex_type nex_stored_workload_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_stored_workload), .name = "StoredWorkload",
    .fields = fields_of_nex_stored_workload, .field_count = 10, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "What a node keeps of a workload in its KV bucket nex-<node id>, under the key "
           "<register_type>_<workload id>: the request it was started with, and the agent that "
           "has it.",
};

/* clang-format on */

nex_stored_workload *nex_stored_workload_new(void) {
    return nex_message_new(&nex_stored_workload_type);
}

nex_status nex_stored_workload_decode(nex_stored_workload **out, const char *json, size_t len,
                                      nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_stored_workload_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_stored_workload_decode_strict(nex_stored_workload **out, const char *json,
                                             size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_stored_workload_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_stored_workload_encode(const nex_stored_workload *message, nex_buf *out) {
    return nex_message_encode(&nex_stored_workload_type, message, out);
}

nex_status nex_stored_workload_validate(const nex_stored_workload *message, nex_error *err) {
    return nex_message_validate(&nex_stored_workload_type, message, err);
}

nex_status nex_stored_workload_clone(const nex_stored_workload *message,
                                     nex_stored_workload **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_stored_workload_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_stored_workload_equal(const nex_stored_workload *a, const nex_stored_workload *b) {
    return nex_message_equal(&nex_stored_workload_type, a, b);
}

nex_status nex_stored_workload_to_json(const nex_stored_workload *message, json_t **out) {
    return nex_message_to_json(&nex_stored_workload_type, message, out);
}

nex_status nex_stored_workload_from_json(nex_stored_workload **out, const json_t *json,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_stored_workload_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_stored_workload_free(nex_stored_workload *message) {
    nex_message_free(message);
}
