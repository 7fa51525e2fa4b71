/*
 * A bid: this node would run the workload.
 *
 * Written by nexgen 0.1.0 from auction-response.json (sha256 55244742b34b60df); do not edit.
 */
#include <nex/protocol/auction_response.h>

/* clang-format off */
static const nex_type nex_auction_response_supported_lifecycles_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_workload_lifecycle_list),
    .name = "workload_lifecycle_list", .item = &nex_workload_lifecycle_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/supported_lifecycles",
    .doc = "Lifecycles the nexlet runs",
};

static const nex_field fields_of_nex_auction_response[] = {
    {
        .name = "bidder_id", .name_len = 9, .type = &nex_type_string,
        .offset = offsetof(nex_auction_response, bidder_id), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "NUID of the bid, to which the start is sent; valid once and for 10 seconds unless "
               "the node says otherwise",
    },
    {
        .name = "start_request_schema", .name_len = 20, .type = &nex_type_string,
        .offset = offsetof(nex_auction_response, start_request_schema), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "JSON Schema of the start request, as text",
    },
    {
        .name = "supported_lifecycles", .name_len = 20,
        .type = &nex_auction_response_supported_lifecycles_type,
        .offset = offsetof(nex_auction_response, supported_lifecycles), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "Lifecycles the nexlet runs",
    },
    {
        .name = "xkey", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_auction_response, xkey), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED, .doc = "The agent's public curve key (X...)",
    },
};
const nex_type nex_auction_response_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_auction_response), .name = "AuctionResponse",
    .fields = fields_of_nex_auction_response, .field_count = 4, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "A bid: this node would run the workload.",
};

/* clang-format on */

nex_auction_response *nex_auction_response_new(void) {
    return nex_message_new(&nex_auction_response_type);
}

nex_status nex_auction_response_decode(nex_auction_response **out, const char *json, size_t len,
                                       nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_auction_response_type, json, len, NULL, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_auction_response_decode_strict(nex_auction_response **out, const char *json,
                                              size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_auction_response_type, json, len, &strict, &message,
                                           err);
    *out = message;
    return status;
}

nex_status nex_auction_response_encode(const nex_auction_response *message, nex_buf *out) {
    return nex_message_encode(&nex_auction_response_type, message, out);
}

nex_status nex_auction_response_validate(const nex_auction_response *message, nex_error *err) {
    return nex_message_validate(&nex_auction_response_type, message, err);
}

nex_status nex_auction_response_clone(const nex_auction_response *message,
                                      nex_auction_response **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_auction_response_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_auction_response_equal(const nex_auction_response *a, const nex_auction_response *b) {
    return nex_message_equal(&nex_auction_response_type, a, b);
}

nex_status nex_auction_response_to_json(const nex_auction_response *message, json_t **out) {
    return nex_message_to_json(&nex_auction_response_type, message, out);
}

nex_status nex_auction_response_from_json(nex_auction_response **out, const json_t *json,
                                          nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_auction_response_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_auction_response_free(nex_auction_response *message) {
    nex_message_free(message);
}
