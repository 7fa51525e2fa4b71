/*
 * Arrays
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 5f984f322867a8c4); do not edit.
 */
#include <arrays.h>

/* clang-format off */
static const nex_limits limits_of_arrays_texts = {
    .has = NEX_LIMIT_MIN_LENGTH | NEX_LIMIT_MAX_LENGTH | NEX_LIMIT_UNIQUE, .min_length = 1,
    .max_length = 3,
};
static const nex_type arrays_texts_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_string_list), .name = "nex_string_list",
    .limits = &limits_of_arrays_texts, .item = &nex_type_string, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/texts",
};

static const nex_limits limits_of_arrays_numbers_item = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type arrays_numbers_item_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "arrays_numbers_item",
    .limits = &limits_of_arrays_numbers_item, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/numbers/items",
};

static const nex_type arrays_numbers_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(arrays_numbers), .name = "arrays_numbers",
    .item = &arrays_numbers_item_type, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/numbers",
};

static const nex_type arrays_grid_item_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(arrays_grid_item), .name = "arrays_grid_item",
    .item = &nex_type_double, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/grid/items",
};

static const nex_type arrays_grid_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(arrays_grid), .name = "arrays_grid",
    .item = &arrays_grid_item_type, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/grid",
};

static const nex_type arrays_points_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(arrays_point_list), .name = "arrays_point_list",
    .item = &arrays_point_type, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/points",
};

static const nex_limits limits_of_arrays_more_points = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 1,
};
static const nex_type arrays_more_points_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(arrays_point_list), .name = "arrays_point_list",
    .limits = &limits_of_arrays_more_points, .item = &arrays_point_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/more_points",
};

static const nex_type arrays_colors_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(arrays_colors_item_list),
    .name = "arrays_colors_item_list", .item = &arrays_colors_item_type,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/colors",
};

static const nex_type arrays_any_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(arrays_any), .name = "arrays_any",
    .item = &nex_type_json, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/any",
};

static const nex_limits limits_of_arrays_short_item = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 2,
};
static const nex_type arrays_short_item_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "arrays_short_item",
    .limits = &limits_of_arrays_short_item, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/short/items",
};

static const nex_type arrays_short_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_string_list), .name = "nex_string_list",
    .item = &arrays_short_item_type, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/short",
};

static const nex_field fields_of_arrays[] = {
    {
        .name = "any", .name_len = 3, .type = &arrays_any_type, .offset = offsetof(arrays, any),
        .has_offset = offsetof(arrays, has_any),
    },
    {
        .name = "colors", .name_len = 6, .type = &arrays_colors_type,
        .offset = offsetof(arrays, colors), .has_offset = offsetof(arrays, has_colors),
    },
    {
        .name = "grid", .name_len = 4, .type = &arrays_grid_type, .offset = offsetof(arrays, grid),
        .has_offset = offsetof(arrays, has_grid),
    },
    {
        .name = "more_points", .name_len = 11, .type = &arrays_more_points_type,
        .offset = offsetof(arrays, more_points), .has_offset = offsetof(arrays, has_more_points),
    },
    {
        .name = "numbers", .name_len = 7, .type = &arrays_numbers_type,
        .offset = offsetof(arrays, numbers), .has_offset = offsetof(arrays, has_numbers),
    },
    {
        .name = "points", .name_len = 6, .type = &arrays_points_type,
        .offset = offsetof(arrays, points), .has_offset = offsetof(arrays, has_points),
    },
    {
        .name = "short", .name_len = 5, .type = &arrays_short_type,
        .offset = offsetof(arrays, short_), .has_offset = offsetof(arrays, has_short),
    },
    {
        .name = "texts", .name_len = 5, .type = &arrays_texts_type,
        .offset = offsetof(arrays, texts), .has_offset = offsetof(arrays, has_texts),
    },
};
const nex_type arrays_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(arrays), .name = "Arrays", .fields = fields_of_arrays,
    .field_count = 8, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Arrays",
};

static const nex_field fields_of_arrays_point[] = {
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(arrays_point, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
    {
        .name = "y", .name_len = 1, .type = &nex_type_int, .offset = offsetof(arrays_point, y),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type arrays_point_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(arrays_point), .name = "arrays_point",
    .fields = fields_of_arrays_point, .field_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/point", .doc = "Point",
};

static const nex_enum_value enums_of_arrays_colors_item[] = {
    {
        .text = "red", .value = ARRAYS_COLORS_ITEM_RED,
    },
    {
        .text = "green", .value = ARRAYS_COLORS_ITEM_GREEN,
    },
};
const nex_type arrays_colors_item_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(arrays_colors_item), .name = "arrays_colors_item",
    .enums = enums_of_arrays_colors_item, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/colors/items",
};

/* clang-format on */

const char *arrays_colors_item_text(arrays_colors_item value) {
    return nex_enum_text(&arrays_colors_item_type, (int)value);
}

arrays_colors_item arrays_colors_item_parse(const char *text) {
    return (arrays_colors_item)nex_enum_value_of(&arrays_colors_item_type, text);
}

arrays *arrays_new(void) {
    return nex_message_new(&arrays_type);
}

nex_status arrays_decode(arrays **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&arrays_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status arrays_decode_strict(arrays **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&arrays_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status arrays_encode(const arrays *message, nex_buf *out) {
    return nex_message_encode(&arrays_type, message, out);
}

nex_status arrays_validate(const arrays *message, nex_error *err) {
    return nex_message_validate(&arrays_type, message, err);
}

nex_status arrays_clone(const arrays *message, arrays **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&arrays_type, message, &copy);
    *out = copy;
    return status;
}

bool arrays_equal(const arrays *a, const arrays *b) {
    return nex_message_equal(&arrays_type, a, b);
}

nex_status arrays_to_json(const arrays *message, json_t **out) {
    return nex_message_to_json(&arrays_type, message, out);
}

nex_status arrays_from_json(arrays **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&arrays_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void arrays_free(arrays *message) {
    nex_message_free(message);
}
