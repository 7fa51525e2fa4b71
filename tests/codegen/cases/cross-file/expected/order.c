/*
 * Order
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 bed62142afe2dbf9); do not edit.
 */
#include <order.h>

/* clang-format off */
static const nex_type order_people_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(person_list), .name = "person_list",
    .item = &person_type, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/people",
};

static const nex_field fields_of_order[] = {
    {
        .name = "buyer", .name_len = 5, .type = &person_type, .offset = offsetof(order, buyer),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED | NEX_FIELD_POINTER,
        .doc = "Person",
    },
    {
        .name = "home", .name_len = 4, .type = &common_address_type,
        .offset = offsetof(order, home), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "people", .name_len = 6, .type = &order_people_type,
        .offset = offsetof(order, people), .has_offset = offsetof(order, has_people),
    },
    {
        .name = "zip", .name_len = 3, .type = &common_zip_type, .offset = offsetof(order, zip),
        .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type order_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(order), .name = "Order", .fields = fields_of_order,
    .field_count = 4, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Order",
};

/* clang-format on */

order *order_new(void) {
    return nex_message_new(&order_type);
}

nex_status order_decode(order **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&order_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status order_decode_strict(order **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&order_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status order_encode(const order *message, nex_buf *out) {
    return nex_message_encode(&order_type, message, out);
}

nex_status order_validate(const order *message, nex_error *err) {
    return nex_message_validate(&order_type, message, err);
}

nex_status order_clone(const order *message, order **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&order_type, message, &copy);
    *out = copy;
    return status;
}

bool order_equal(const order *a, const order *b) {
    return nex_message_equal(&order_type, a, b);
}

nex_status order_to_json(const order *message, json_t **out) {
    return nex_message_to_json(&order_type, message, out);
}

nex_status order_from_json(order **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&order_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void order_free(order *message) {
    nex_message_free(message);
}
