/*
 * Maps
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 442281fddd64c6d8); do not edit.
 */
#include <maps.h>

#include <string.h>

/* clang-format off */
static const nex_limits limits_of_maps_env = {
    .has = NEX_LIMIT_MAX_LENGTH, .max_length = 2,
};
static const nex_type maps_env_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(nex_string_map), .name = "nex_string_map",
    .limits = &limits_of_maps_env, .item = &nex_type_string,
    .value_offset = offsetof(nex_string_entry, value), .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/env",
};

static const nex_type maps_counts_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(maps_counts), .name = "maps_counts", .item = &nex_type_int,
    .value_offset = offsetof(maps_counts_entry, value), .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/counts",
};

static const nex_type maps_points_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(maps_point_map), .name = "maps_point_map",
    .item = &maps_point_type, .value_offset = offsetof(maps_point_map_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/points",
};

static const nex_type maps_free_value_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(maps_free_value), .name = "maps_free_value",
    .item = &nex_type_json, .value_offset = offsetof(maps_free_value_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/free",
};

static const nex_type maps_any_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(maps_any), .name = "maps_any", .item = &nex_type_json,
    .value_offset = offsetof(maps_any_entry, value), .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/any",
};

static const nex_type maps_lists_type = {
    .kind = NEX_KIND_MAP, .size = sizeof(maps_lists), .name = "maps_lists",
    .item = &nex_type_string_list, .value_offset = offsetof(maps_lists_entry, value),
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/lists",
};

static const nex_field fields_of_maps[] = {
    {
        .name = "any", .name_len = 3, .type = &maps_any_type, .offset = offsetof(maps, any),
        .has_offset = offsetof(maps, has_any),
    },
    {
        .name = "counts", .name_len = 6, .type = &maps_counts_type,
        .offset = offsetof(maps, counts), .has_offset = offsetof(maps, has_counts),
    },
    {
        .name = "env", .name_len = 3, .type = &maps_env_type, .offset = offsetof(maps, env),
        .has_offset = offsetof(maps, has_env),
    },
    {
        .name = "free", .name_len = 4, .type = &maps_free_value_type,
        .offset = offsetof(maps, free), .has_offset = offsetof(maps, has_free),
    },
    {
        .name = "lists", .name_len = 5, .type = &maps_lists_type, .offset = offsetof(maps, lists),
        .has_offset = offsetof(maps, has_lists),
    },
    {
        .name = "points", .name_len = 6, .type = &maps_points_type,
        .offset = offsetof(maps, points), .has_offset = offsetof(maps, has_points),
    },
};
const nex_type maps_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(maps), .name = "Maps", .fields = fields_of_maps,
    .field_count = 6, .rest_offset = NEX_NO_OFFSET, .pointer = "", .doc = "Maps",
};

static const nex_field fields_of_maps_point[] = {
    {
        .name = "x", .name_len = 1, .type = &nex_type_int, .offset = offsetof(maps_point, x),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
    },
};
const nex_type maps_point_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(maps_point), .name = "maps_point",
    .fields = fields_of_maps_point, .field_count = 1, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/point", .doc = "Point",
};

/* clang-format on */

int64_t *maps_counts_get(const maps_counts *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

json_t **maps_free_value_get(const maps_free_value *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

json_t **maps_any_get(const maps_any *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

nex_string_list *maps_lists_get(const maps_lists *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

maps_point *maps_point_map_get(const maps_point_map *map, const char *key) {
    for (size_t i = map->count; i > 0; i--) {
        if (strcmp(map->items[i - 1].key, key) == 0) {
            return &map->items[i - 1].value;
        }
    }
    return NULL;
}

maps *maps_new(void) {
    return nex_message_new(&maps_type);
}

nex_status maps_decode(maps **out, const char *json, size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&maps_type, json, len, NULL, &message, err);
    *out = message;
    return status;
}

nex_status maps_decode_strict(maps **out, const char *json, size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&maps_type, json, len, &strict, &message, err);
    *out = message;
    return status;
}

nex_status maps_encode(const maps *message, nex_buf *out) {
    return nex_message_encode(&maps_type, message, out);
}

nex_status maps_validate(const maps *message, nex_error *err) {
    return nex_message_validate(&maps_type, message, err);
}

nex_status maps_clone(const maps *message, maps **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&maps_type, message, &copy);
    *out = copy;
    return status;
}

bool maps_equal(const maps *a, const maps *b) {
    return nex_message_equal(&maps_type, a, b);
}

nex_status maps_to_json(const maps *message, json_t **out) {
    return nex_message_to_json(&maps_type, message, out);
}

nex_status maps_from_json(maps **out, const json_t *json, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&maps_type, json, NULL, &message, err);
    *out = message;
    return status;
}

void maps_free(maps *message) {
    nex_message_free(message);
}
