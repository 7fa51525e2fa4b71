/*
 * Tags of a node or a workload, or tags asked of a node: name to value. Tags that begin with
 * "nex." are set by nodes alone.
 *
 * Written by nexgen 0.1.0 from tag-map.json (sha256 e18230c96c351195); do not edit.
 */
#include <nex/protocol/tag_map.h>

/* clang-format off */
const nex_type nex_tag_map_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(nex_tag_map), .name = "TagMap", .item = &nex_type_string,
    .value_offset = offsetof(nex_string_entry, value), .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Tags of a node or a workload, or tags asked of a node: name to value. Tags that begin "
           "with \"nex.\" are set by nodes alone.",
};

/* clang-format on */

nex_tag_map *nex_tag_map_new(void) {
    return nex_message_new(&nex_tag_map_type);
}

nex_status nex_tag_map_decode(nex_tag_map **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_tag_map_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status nex_tag_map_decode_strict(nex_tag_map **out, const char *json, size_t len,
                                     nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_tag_map_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status nex_tag_map_encode(const nex_tag_map *message, nex_buf *out) {
    return nex_message_encode(&nex_tag_map_type, message, out);
}

nex_status nex_tag_map_validate(const nex_tag_map *message, nex_error *err) {
    return nex_message_validate(&nex_tag_map_type, message, err);
}

nex_status nex_tag_map_clone(const nex_tag_map *message, nex_tag_map **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_tag_map_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_tag_map_equal(const nex_tag_map *a, const nex_tag_map *b) {
    return nex_message_equal(&nex_tag_map_type, a, b);
}

nex_status nex_tag_map_to_json(const nex_tag_map *message, json_t **out) {
    return nex_message_to_json(&nex_tag_map_type, message, out);
}

nex_status nex_tag_map_from_json(nex_tag_map **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_tag_map_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void nex_tag_map_free(nex_tag_map *message) {
    nex_message_free(message);
}
