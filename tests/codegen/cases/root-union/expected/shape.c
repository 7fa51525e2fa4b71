/*
 * Shape
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 a6707cfb5bab4a8a); do not edit.
 */
#include <shape.h>

/* clang-format off */
static const nex_limits limits_of_shape_circle_radius = {
    .has = NEX_LIMIT_MIN, .min = 0.0,
};
static const nex_type shape_circle_radius_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "shape_circle_radius",
    .limits = &limits_of_shape_circle_radius, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/oneOf/0/properties/radius",
};

static const nex_variant variants_of_shape[] = {
    {
        .name = "circle", .value = SHAPE_CIRCLE, .tag_text = "circle", .flags = NEX_FIELD_POINTER,
        .type = &shape_circle_type,
    },
    {
        .name = "square", .value = SHAPE_SQUARE, .tag_text = "square", .flags = NEX_FIELD_POINTER,
        .type = &shape_square_type,
    },
};
const nex_type shape_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(shape), .name = "Shape",
    .value_offset = offsetof(shape, as), .variants = variants_of_shape, .variant_count = 2,
    .tag = "kind", .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Shape",
};

static const nex_field fields_of_shape_circle[] = {
    {
        .name = "radius", .name_len = 6, .type = &shape_circle_radius_type,
        .offset = offsetof(shape_circle, radius), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type shape_circle_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(shape_circle), .name = "shape_circle",
    .fields = fields_of_shape_circle, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/oneOf/0", .doc = "Circle",
};

static const nex_field fields_of_shape_square[] = {
    {
        .name = "side", .name_len = 4, .type = &nex_type_double,
        .offset = offsetof(shape_square, side), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type shape_square_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(shape_square), .name = "shape_square",
    .fields = fields_of_shape_square, .field_count = 1, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/oneOf/1", .doc = "Square",
};

/* clang-format on */

shape *shape_new(void) {
    return nex_message_new(&shape_type);
}

nex_status shape_decode(shape **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&shape_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status shape_decode_strict(shape **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&shape_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status shape_encode(const shape *message, nex_buf *out) {
    return nex_message_encode(&shape_type, message, out);
}

nex_status shape_validate(const shape *message, nex_error *err) {
    return nex_message_validate(&shape_type, message, err);
}

nex_status shape_clone(const shape *message, shape **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&shape_type, message, &copy);
    *out = copy;
    return status;
}

bool shape_equal(const shape *a, const shape *b) {
    return nex_message_equal(&shape_type, a, b);
}

nex_status shape_to_json(const shape *message, json_t **out) {
    return nex_message_to_json(&shape_type, message, out);
}

nex_status shape_from_json(shape **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&shape_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void shape_free(shape *message) {
    nex_message_free(message);
}
