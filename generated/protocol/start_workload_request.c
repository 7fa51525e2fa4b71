/*
 * A workload to run: sent to the node whose bid was taken, kept by the node, and given back by
 * CLONE and GETWORKLOAD.
 *
 * Written by nexgen 0.1.0 from start-workload-request.json (sha256 2ef9605f0b9e3578); do not edit.
 */
#include <nex/protocol/start_workload_request.h>

#include <string.h>

/* clang-format off */
static const nex_field fields_of_nex_start_workload_request[] = {
    {
        .name = "description", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_request, description), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "What it is for; may be empty",
    },
    {
        .name = "metadata", .name_len = 8, .type = &nex_start_workload_request_metadata_type,
        .offset = offsetof(nex_start_workload_request, metadata),
        .has_offset = offsetof(nex_start_workload_request, has_metadata),
        .doc = "Whatever the client wants to keep with the workload",
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_request, name), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Name of the workload",
    },
    {
        .name = "namespace", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_request, namespace_), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Namespace the workload belongs to",
    },
    {
        .name = "reference", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_request, reference), .has_offset = NEX_NO_OFFSET,
        .doc = "A reference to documentation",
    },
    {
        .name = "run_request", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_request, run_request), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED | NEX_FIELD_SECRET,
        .doc = "The start request as JSON text, in the shape of the nexlet's schema; its "
               "environment may be an EncEnv",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_start_workload_request, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags asked of the node",
    },
    {
        .name = "workload_lifecycle", .name_len = 18, .type = &nex_workload_lifecycle_type,
        .offset = offsetof(nex_start_workload_request, workload_lifecycle),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED, .doc = "How long it lives",
    },
    {
        .name = "workload_type", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_start_workload_request, workload_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it",
    },
};
const nex_type nex_start_workload_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_start_workload_request),
    .name = "StartWorkloadRequest", .fields = fields_of_nex_start_workload_request,
    .field_count = 9, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "A workload to run: sent to the node whose bid was taken, kept by the node, and given "
           "back by CLONE and GETWORKLOAD.",
};

const nex_type nex_start_workload_request_metadata_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(nex_start_workload_request_metadata),
    .name = "start_workload_request_metadata", .item = &nex_type_json,
    .value_offset = offsetof(nex_start_workload_request_metadata_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/metadata",
    .doc = "Whatever the client wants to keep with the workload",
};

/* clang-format on */

json_t **nex_start_workload_request_metadata_get(const nex_start_workload_request_metadata *map,
                                                 const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

nex_start_workload_request *nex_start_workload_request_new(void) {
    return nex_message_new(&nex_start_workload_request_type);
}

nex_status nex_start_workload_request_decode(nex_start_workload_request **out, const char *json,
                                             size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_start_workload_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_start_workload_request_decode_strict(nex_start_workload_request **out,
                                                    const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_start_workload_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_start_workload_request_encode(const nex_start_workload_request *message,
                                             nex_buf *out) {
    return nex_message_encode(&nex_start_workload_request_type, message, out);
}

nex_status nex_start_workload_request_validate(const nex_start_workload_request *message,
                                               nex_error *err) {
    return nex_message_validate(&nex_start_workload_request_type, message, err);
}

nex_status nex_start_workload_request_clone(const nex_start_workload_request *message,
                                            nex_start_workload_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_start_workload_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_start_workload_request_equal(const nex_start_workload_request *a,
                                      const nex_start_workload_request *b) {
    return nex_message_equal(&nex_start_workload_request_type, a, b);
}

nex_status nex_start_workload_request_to_json(const nex_start_workload_request *message,
                                              json_t **out) {
    return nex_message_to_json(&nex_start_workload_request_type, message, out);
}

nex_status nex_start_workload_request_from_json(nex_start_workload_request **out,
                                                const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_start_workload_request_type, json, NULL,
                                              &message, err);
    *out = message;
    return status;
}

void nex_start_workload_request_free(nex_start_workload_request *message) {
    nex_message_free(message);
}
