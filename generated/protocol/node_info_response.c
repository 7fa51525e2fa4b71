/*
 * A node tells about itself and its agents.
 *
 * Written by nexgen 0.1.0 from node-info-response.json (sha256 c67d715d0c4d5ddb); do not edit.
 */
#include <nex/protocol/node_info_response.h>

/* clang-format off */
static const nex_type nex_node_info_response_node_agent_summaries_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_node_agent_summary_list),
    .name = "node_agent_summary_list", .item = &nex_node_agent_summary_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/node_agent_summaries",
    .doc = "The agents registered; absent when there are none",
};

static const nex_field fields_of_nex_node_info_response[] = {
    {
        .name = "node_agent_summaries", .name_len = 20,
        .type = &nex_node_info_response_node_agent_summaries_type,
        .offset = offsetof(nex_node_info_response, node_agent_summaries),
        .has_offset = offsetof(nex_node_info_response, has_node_agent_summaries),
        .doc = "The agents registered; absent when there are none",
    },
    {
        .name = "node_id", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_node_info_response, node_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Node id: the node's public server nkey (N...)",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_node_info_response, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags of the node",
    },
    {
        .name = "uptime", .name_len = 6, .type = &nex_type_duration,
        .offset = offsetof(nex_node_info_response, uptime), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "How long the node has run",
    },
    {
        .name = "version", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_node_info_response, version), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Version of the node",
    },
    {
        .name = "xkey", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_node_info_response, xkey), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "The node's public curve key (X...)",
    },
};
const nex_type nex_node_info_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_node_info_response), .name = "NodeInfoResponse",
    .fields = fields_of_nex_node_info_response, .field_count = 6, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "A node tells about itself and its agents.",
};

/* clang-format on */

nex_node_info_response *nex_node_info_response_new(void) {
    return nex_message_new(&nex_node_info_response_type);
}

nex_status nex_node_info_response_decode(nex_node_info_response **out, const char *json, size_t len,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_info_response_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_node_info_response_decode_strict(nex_node_info_response **out, const char *json,
                                                size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_node_info_response_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_node_info_response_encode(const nex_node_info_response *message, nex_buf *out) {
    return nex_message_encode(&nex_node_info_response_type, message, out);
}

nex_status nex_node_info_response_validate(const nex_node_info_response *message, nex_error *err) {
    return nex_message_validate(&nex_node_info_response_type, message, err);
}

nex_status nex_node_info_response_clone(const nex_node_info_response *message,
                                        nex_node_info_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_node_info_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_node_info_response_equal(const nex_node_info_response *a,
                                  const nex_node_info_response *b) {
    return nex_message_equal(&nex_node_info_response_type, a, b);
}

nex_status nex_node_info_response_to_json(const nex_node_info_response *message, json_t **out) {
    return nex_message_to_json(&nex_node_info_response_type, message, out);
}

nex_status nex_node_info_response_from_json(nex_node_info_response **out, const json_t *json,
                                            nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_node_info_response_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_node_info_response_free(nex_node_info_response *message) {
    nex_message_free(message);
}
