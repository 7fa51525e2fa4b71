/*
 * Person
 *
 * Written by nexgen 0.1.0 from person.json (sha256 9a892fe794c4cf04); do not edit.
 */
#include <person.h>

/* clang-format off */
static const nex_type person_friends_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(person_list), .name = "person_list",
    .item = &person_type, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/friends",
};

static const nex_field fields_of_person[] = {
    {
        .name = "address", .name_len = 7, .type = &common_address_type,
        .offset = offsetof(person, address), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "friends", .name_len = 7, .type = &person_friends_type,
        .offset = offsetof(person, friends), .has_offset = offsetof(person, has_friends),
    },
    {
        .name = "name", .name_len = 4, .type = &nex_type_string, .offset = offsetof(person, name),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type person_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(person), .name = "Person", .fields = fields_of_person,
    .field_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Person",
};

/* clang-format on */

person *person_new(void) {
    return nex_message_new(&person_type);
}

nex_status person_decode(person **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&person_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status person_decode_strict(person **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&person_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status person_encode(const person *message, nex_buf *out) {
    return nex_message_encode(&person_type, message, out);
}

nex_status person_validate(const person *message, nex_error *err) {
    return nex_message_validate(&person_type, message, err);
}

nex_status person_clone(const person *message, person **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&person_type, message, &copy);
    *out = copy;
    return status;
}

bool person_equal(const person *a, const person *b) {
    return nex_message_equal(&person_type, a, b);
}

nex_status person_to_json(const person *message, json_t **out) {
    return nex_message_to_json(&person_type, message, out);
}

nex_status person_from_json(person **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&person_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void person_free(person *message) {
    nex_message_free(message);
}
