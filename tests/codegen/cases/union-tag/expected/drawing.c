/*
 * Drawing
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 cd450335f9f65ff5); do not edit.
 */
#include <drawing.h>

/* clang-format off */
static const nex_type drawing_shapes_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(drawing_shapes_item_list),
    .name = "drawing_shapes_item_list", .item = &drawing_shapes_item_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/shapes",
};

static const nex_limits limits_of_drawing_circle_kind_value = {
    .has = 0, .const_json = "\"circle\"",
};
static const nex_type drawing_circle_kind_value_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "drawing_circle_kind_value",
    .limits = &limits_of_drawing_circle_kind_value, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/circle/properties/kind",
};

static const nex_limits limits_of_drawing_circle_radius = {
    .has = NEX_LIMIT_MIN, .min = 0.0,
};
static const nex_type drawing_circle_radius_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "drawing_circle_radius",
    .limits = &limits_of_drawing_circle_radius, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/circle/properties/radius",
};

static const nex_limits limits_of_drawing_square_kind_value = {
    .has = 0, .const_json = "\"square\"",
};
static const nex_type drawing_square_kind_value_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "drawing_square_kind_value",
    .limits = &limits_of_drawing_square_kind_value, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/square/properties/kind",
};

static const nex_field fields_of_drawing[] = {
    {
        .name = "event", .name_len = 5, .type = &drawing_event_type,
        .offset = offsetof(drawing, event), .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_POINTER,
    },
    {
        .name = "shapes", .name_len = 6, .type = &drawing_shapes_type,
        .offset = offsetof(drawing, shapes), .has_offset = offsetof(drawing, has_shapes),
    },
};
const nex_type drawing_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(drawing), .name = "Drawing",
    .fields = fields_of_drawing, .field_count = 2, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "Drawing",
};

static const nex_variant variants_of_drawing_shapes_item[] = {
    {
        .name = "circle", .value = DRAWING_SHAPES_ITEM_CIRCLE, .tag_text = "circle",
        .flags = NEX_FIELD_POINTER, .type = &drawing_circle_type,
    },
    {
        .name = "square", .value = DRAWING_SHAPES_ITEM_SQUARE, .tag_text = "square",
        .flags = NEX_FIELD_POINTER, .type = &drawing_square_type,
    },
};
const nex_type drawing_shapes_item_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(drawing_shapes_item), .name = "drawing_shapes_item",
    .value_offset = offsetof(drawing_shapes_item, as), .variants = variants_of_drawing_shapes_item,
    .variant_count = 2, .tag = "kind", .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/shapes/items",
};

static const nex_field fields_of_drawing_circle[] = {
    {
        .name = "kind", .name_len = 4, .type = &drawing_circle_kind_value_type,
        .offset = offsetof(drawing_circle, kind), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "radius", .name_len = 6, .type = &drawing_circle_radius_type,
        .offset = offsetof(drawing_circle, radius), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type drawing_circle_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(drawing_circle), .name = "drawing_circle",
    .fields = fields_of_drawing_circle, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/circle", .doc = "Circle",
};

static const nex_field fields_of_drawing_square[] = {
    {
        .name = "kind", .name_len = 4, .type = &drawing_square_kind_value_type,
        .offset = offsetof(drawing_square, kind), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "side", .name_len = 4, .type = &nex_type_double,
        .offset = offsetof(drawing_square, side), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type drawing_square_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(drawing_square), .name = "drawing_square",
    .fields = fields_of_drawing_square, .field_count = 2, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/$defs/square", .doc = "Square",
};

static const nex_variant variants_of_drawing_event[] = {
    {
        .name = "up", .value = DRAWING_EVENT_UP, .tag_text = "up", .flags = NEX_FIELD_POINTER,
        .type = &drawing_event_up_type,
    },
    {
        .name = "down", .value = DRAWING_EVENT_DOWN, .tag_text = "down", .flags = NEX_FIELD_POINTER,
        .type = &drawing_event_down_type,
    },
    {
        .name = "left", .value = DRAWING_EVENT_LEFT, .tag_text = "left", .flags = NEX_FIELD_POINTER,
        .type = &drawing_event_down_type,
    },
};
const nex_type drawing_event_type = {
    .kind = NEX_KIND_UNION, .size = sizeof(drawing_event), .name = "drawing_event",
    .value_offset = offsetof(drawing_event, as), .variants = variants_of_drawing_event,
    .variant_count = 3, .tag = "type", .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/event",
};

static const nex_field fields_of_drawing_event_up[] = {
    {
        .name = "at", .name_len = 2, .type = &nex_type_int,
        .offset = offsetof(drawing_event_up, at), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type drawing_event_up_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(drawing_event_up), .name = "drawing_event_up",
    .fields = fields_of_drawing_event_up, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/event/oneOf/0",
};

static const nex_field fields_of_drawing_event_down[] = {
    {
        .name = "at", .name_len = 2, .type = &nex_type_int,
        .offset = offsetof(drawing_event_down, at), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "why", .name_len = 3, .type = &nex_type_string,
        .offset = offsetof(drawing_event_down, why), .has_offset = NEX_NO_OFFSET,
    },
};
const nex_type drawing_event_down_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(drawing_event_down), .name = "drawing_event_down",
    .fields = fields_of_drawing_event_down, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/event/oneOf/1",
};

/* clang-format on */

drawing *drawing_new(void) {
    return nex_message_new(&drawing_type);
}

nex_status drawing_decode(drawing **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&drawing_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status drawing_decode_strict(drawing **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&drawing_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status drawing_encode(const drawing *message, nex_buf *out) {
    return nex_message_encode(&drawing_type, message, out);
}

nex_status drawing_validate(const drawing *message, nex_error *err) {
    return nex_message_validate(&drawing_type, message, err);
}

nex_status drawing_clone(const drawing *message, drawing **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&drawing_type, message, &copy);
    *out = copy;
    return status;
}

bool drawing_equal(const drawing *a, const drawing *b) {
    return nex_message_equal(&drawing_type, a, b);
}

nex_status drawing_to_json(const drawing *message, json_t **out) {
    return nex_message_to_json(&drawing_type, message, out);
}

nex_status drawing_from_json(drawing **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&drawing_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void drawing_free(drawing *message) {
    nex_message_free(message);
}
