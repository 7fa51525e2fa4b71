/*
 * Asks which nodes could run a workload.
 *
 * Written by nexgen 0.1.0 from auction-request.json (sha256 821e275358262693); do not edit.
 */
#include <nex/protocol/auction_request.h>

/* clang-format off */
static const nex_field fields_of_nex_auction_request[] = {
    {
        .name = "agent_type", .name_len = 10, .type = &nex_type_string,
        .offset = offsetof(nex_auction_request, agent_type), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Workload type: the register_type of the nexlet that runs it",
    },
    {
        .name = "auction_id", .name_len = 10, .type = &nex_type_string,
        .offset = offsetof(nex_auction_request, auction_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "NUID made by the client",
    },
    {
        .name = "lifecycle", .name_len = 9, .type = &nex_workload_lifecycle_type,
        .offset = offsetof(nex_auction_request, lifecycle), .has_offset = NEX_NO_OFFSET,
        .doc = "Lifecycle the nexlet must support; nodes of the Go reference ignore it",
    },
    {
        .name = "tags", .name_len = 4, .type = &nex_tag_map_type,
        .offset = offsetof(nex_auction_request, tags), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Tags a node must have",
    },
};
const nex_type nex_auction_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_auction_request), .name = "AuctionRequest",
    .fields = fields_of_nex_auction_request, .field_count = 4, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "Asks which nodes could run a workload.",
};

/* clang-format on */

nex_auction_request *nex_auction_request_new(void) {
    return nex_message_new(&nex_auction_request_type);
}

nex_status nex_auction_request_decode(nex_auction_request **out, const char *json, size_t len,
                                      nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_auction_request_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_auction_request_decode_strict(nex_auction_request **out, const char *json,
                                             size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_auction_request_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_auction_request_encode(const nex_auction_request *message, nex_buf *out) {
    return nex_message_encode(&nex_auction_request_type, message, out);
}

nex_status nex_auction_request_validate(const nex_auction_request *message, nex_error *err) {
    return nex_message_validate(&nex_auction_request_type, message, err);
}

nex_status nex_auction_request_clone(const nex_auction_request *message,
                                     nex_auction_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_auction_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_auction_request_equal(const nex_auction_request *a, const nex_auction_request *b) {
    return nex_message_equal(&nex_auction_request_type, a, b);
}

nex_status nex_auction_request_to_json(const nex_auction_request *message, json_t **out) {
    return nex_message_to_json(&nex_auction_request_type, message, out);
}

nex_status nex_auction_request_from_json(nex_auction_request **out, const json_t *json,
                                         nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_auction_request_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_auction_request_free(nex_auction_request *message) {
    nex_message_free(message);
}
