/* Descriptors by hand, one of each kind, as nexgen would write them. */
#ifndef NEX_TESTS_CODEC_SHAPES_H
#define NEX_TESTS_CODEC_SHAPES_H

#include <nex/codec.h>

typedef enum color { COLOR_UNSET = 0, COLOR_RED, COLOR_BLUE } color;

typedef enum level { LEVEL_UNSET = 0, LEVEL_LOW, LEVEL_HIGH } level;

typedef struct point {
    int64_t x;
    int64_t y;
    char *label; /* optional */
} point;

typedef struct point_list {
    point *items;
    size_t count;
} point_list;

typedef struct point_entry {
    char *key;
    point value;
} point_entry;

typedef struct point_map {
    point_entry *items;
    size_t count;
} point_map;

typedef struct bool_entry {
    char *key;
    bool value;
} bool_entry;

typedef struct bool_map {
    bool_entry *items;
    size_t count;
} bool_map;

typedef struct int_list {
    int64_t *items;
    size_t count;
} int_list;

typedef struct int_grid {
    int_list *items;
    size_t count;
} int_grid;

typedef struct raw_entry {
    char *key;
    char *value;
} raw_entry;

typedef struct raw_map {
    raw_entry *items;
    size_t count;
} raw_map;

/* A tree: recursion by way of an array. */
typedef struct tree tree;

typedef struct tree_list {
    tree *items;
    size_t count;
} tree_list;

struct tree {
    tree_list branches; /* optional */
    bool has_branches;
    char *name;
};

/* By tag "kind": a circle, or a square, whose struct holds the tag too. */
typedef enum figure_kind { FIGURE_UNSET = 0, FIGURE_CIRCLE, FIGURE_SQUARE } figure_kind;

typedef struct circle {
    double radius;
} circle;

typedef struct square {
    char *kind;
    double side;
} square;

typedef struct figure {
    figure_kind kind;
    union {
        circle *circle;
        square square;
    } as;
} figure;

typedef struct figure_list {
    figure *items;
    size_t count;
} figure_list;

/* By JSON type: a text, a number, a list of texts, or null. */
typedef enum loose_kind {
    LOOSE_UNSET = 0,
    LOOSE_TEXT,
    LOOSE_NUMBER,
    LOOSE_LIST,
    LOOSE_NULL
} loose_kind;

typedef struct loose {
    loose_kind kind;
    union {
        char *text;
        double number;
        nex_string_list list;
    } as;
} loose;

typedef struct pair {
    char *item0;
    int64_t item1;
    bool item2; /* optional */
    bool has_item2;
} pair;

typedef struct all {
    json_t *any;
    nex_bytes bytes;
    bool has_bytes;
    color color;
    double d;
    bool flag;
    figure_list figures;
    int_grid grid;
    int64_t i;
    level level;
    loose *loose;
    nex_string_map map;
    int64_t maybe;
    bool has_maybe;
    point *point;
    point_list points;
    pair *pair;
    char *raw;
    char *secret;
    nex_duration span;
    bool has_span;
    bool_map switches;
    char *text;
    nex_time time;
    bool has_time;
    point_map where;
    raw_map rest;
} all;

/* clang-format off */
#define FIELD(type_, member, json, ctype_, flags_) \
    {.name = (json), .name_len = sizeof(json) - 1, .type = (ctype_), \
     .offset = offsetof(type_, member), .has_offset = NEX_NO_OFFSET, .flags = (flags_)}
#define FIELD_HAS(type_, member, json, ctype_, flags_) \
    {.name = (json), .name_len = sizeof(json) - 1, .type = (ctype_), \
     .offset = offsetof(type_, member), .has_offset = offsetof(type_, has_##member), \
     .flags = (flags_)}
#define STRUCT(ctype_, name_, fields_) \
    .kind = NEX_KIND_STRUCT, .size = sizeof(ctype_), .name = (name_), .fields = (fields_), \
    .field_count = sizeof(fields_) / sizeof((fields_)[0])
#define LIST(ctype_, item_) \
    {.kind = NEX_KIND_ARRAY, .size = sizeof(ctype_), .name = #ctype_, .item = (item_), \
     .rest_offset = NEX_NO_OFFSET}
#define MAP(ctype_, entry_, item_) \
    {.kind = NEX_KIND_MAP, .size = sizeof(ctype_), .name = #ctype_, .item = (item_), \
     .value_offset = offsetof(entry_, value), .rest_offset = NEX_NO_OFFSET}
/* clang-format on */

static const nex_type tree_type; /* below; it holds itself */

static const nex_field point_fields[] = {
    FIELD(point, label, "label", &nex_type_string, 0),
    FIELD(point, x, "x", &nex_type_int, NEX_FIELD_REQUIRED),
    FIELD(point, y, "y", &nex_type_int, NEX_FIELD_REQUIRED),
};
static const nex_type point_type = {STRUCT(point, "Point", point_fields),
                                    .rest_offset = NEX_NO_OFFSET};
static const nex_type strict_point_type = {STRUCT(point, "StrictPoint", point_fields),
                                           .closed = true, .rest_offset = NEX_NO_OFFSET};

static const nex_type tree_list_type = LIST(tree_list, &tree_type);
static const nex_field tree_fields[] = {
    FIELD_HAS(tree, branches, "branches", &tree_list_type, 0),
    FIELD(tree, name, "name", &nex_type_string, NEX_FIELD_REQUIRED),
};
static const nex_type tree_type = {STRUCT(tree, "Tree", tree_fields), .rest_offset = NEX_NO_OFFSET};

static const nex_field circle_fields[] = {
    FIELD(circle, radius, "radius", &nex_type_double, NEX_FIELD_REQUIRED),
};
static const nex_type circle_type = {STRUCT(circle, "Circle", circle_fields),
                                     .rest_offset = NEX_NO_OFFSET, .closed = true};
static const nex_field square_fields[] = {
    FIELD(square, kind, "kind", &nex_type_string, NEX_FIELD_REQUIRED),
    FIELD(square, side, "side", &nex_type_double, NEX_FIELD_REQUIRED),
};
static const nex_type square_type = {STRUCT(square, "Square", square_fields),
                                     .rest_offset = NEX_NO_OFFSET};
static const nex_variant figure_variants[] = {
    {.name = "circle",
     .value = FIGURE_CIRCLE,
     .tag_text = "circle",
     .flags = NEX_FIELD_POINTER,
     .type = &circle_type},
    {.name = "square", .value = FIGURE_SQUARE, .tag_text = "square", .type = &square_type},
};
static const nex_type figure_type = {.kind = NEX_KIND_UNION,
                                     .size = sizeof(figure),
                                     .name = "Figure",
                                     .value_offset = offsetof(figure, as),
                                     .variants = figure_variants,
                                     .variant_count = 2,
                                     .tag = "kind",
                                     .rest_offset = NEX_NO_OFFSET};

static const nex_variant loose_variants[] = {
    {.name = "text", .value = LOOSE_TEXT, .json_types = NEX_JSON_STRING, .type = &nex_type_string},
    {.name = "number",
     .value = LOOSE_NUMBER,
     .json_types = NEX_JSON_NUMBER,
     .type = &nex_type_double},
    {.name = "list",
     .value = LOOSE_LIST,
     .json_types = NEX_JSON_ARRAY,
     .type = &nex_type_string_list},
    {.name = "null", .value = LOOSE_NULL, .json_types = NEX_JSON_NULL},
};
static const nex_type loose_type = {.kind = NEX_KIND_UNION,
                                    .size = sizeof(loose),
                                    .name = "Loose",
                                    .value_offset = offsetof(loose, as),
                                    .variants = loose_variants,
                                    .variant_count = 4,
                                    .rest_offset = NEX_NO_OFFSET};

static const nex_field pair_fields[] = {
    FIELD(pair, item0, "0", &nex_type_string, NEX_FIELD_REQUIRED),
    FIELD(pair, item1, "1", &nex_type_int, NEX_FIELD_REQUIRED),
    FIELD_HAS(pair, item2, "2", &nex_type_bool, 0),
};
static const nex_type pair_type = {.kind = NEX_KIND_TUPLE,
                                   .size = sizeof(pair),
                                   .name = "Pair",
                                   .fields = pair_fields,
                                   .field_count = 3,
                                   .closed = true,
                                   .rest_offset = NEX_NO_OFFSET};

static const nex_enum_value color_values[] = {
    {.text = "red", .value = COLOR_RED},
    {.text = "blue", .value = COLOR_BLUE},
};
static const nex_type color_type = {.kind = NEX_KIND_ENUM,
                                    .size = sizeof(color),
                                    .name = "Color",
                                    .enums = color_values,
                                    .enum_count = 2,
                                    .rest_offset = NEX_NO_OFFSET};
static const nex_enum_value level_values[] = {
    {.number = -1, .value = LEVEL_LOW},
    {.number = 10, .value = LEVEL_HIGH},
};
static const nex_type level_type = {.kind = NEX_KIND_INT_ENUM,
                                    .size = sizeof(level),
                                    .name = "Level",
                                    .enums = level_values,
                                    .enum_count = 2,
                                    .rest_offset = NEX_NO_OFFSET};

static const nex_type int_list_type = LIST(int_list, &nex_type_int);
static const nex_type int_grid_type = LIST(int_grid, &int_list_type);
static const nex_type point_list_type = LIST(point_list, &point_type);
static const nex_type figure_list_type = LIST(figure_list, &figure_type);
static const nex_type point_map_type = MAP(point_map, point_entry, &point_type);
static const nex_type bool_map_type = MAP(bool_map, bool_entry, &nex_type_bool);
static const nex_type raw_map_type = MAP(raw_map, raw_entry, &nex_type_raw);

static const nex_field all_fields[] = {
    FIELD(all, any, "any", &nex_type_json, 0),
    FIELD_HAS(all, bytes, "bytes", &nex_type_bytes, 0),
    FIELD(all, color, "color", &color_type, 0),
    FIELD(all, d, "d", &nex_type_double, 0),
    FIELD(all, figures, "figures", &figure_list_type, 0),
    FIELD(all, flag, "flag", &nex_type_bool, 0),
    FIELD(all, grid, "grid", &int_grid_type, 0),
    FIELD(all, i, "i", &nex_type_int, NEX_FIELD_REQUIRED),
    FIELD(all, level, "level", &level_type, 0),
    FIELD(all, loose, "loose", &loose_type, NEX_FIELD_POINTER),
    FIELD(all, map, "map", &nex_type_string_map, 0),
    FIELD_HAS(all, maybe, "maybe", &nex_type_int, NEX_FIELD_REQUIRED | NEX_FIELD_NULLABLE),
    FIELD(all, pair, "pair", &pair_type, NEX_FIELD_POINTER),
    FIELD(all, point, "point", &point_type, NEX_FIELD_POINTER),
    FIELD(all, points, "points", &point_list_type, 0),
    FIELD(all, raw, "raw", &nex_type_raw, 0),
    FIELD(all, secret, "secret", &nex_type_string, NEX_FIELD_SECRET),
    FIELD_HAS(all, span, "span", &nex_type_duration, 0),
    FIELD(all, switches, "switches", &bool_map_type, 0),
    FIELD(all, text, "text", &nex_type_string, NEX_FIELD_REQUIRED),
    FIELD_HAS(all, time, "time", &nex_type_time, 0),
    FIELD(all, where, "where", &point_map_type, 0),
};
/* Every member but three is optional; unlisted ones are kept. */
static const nex_type all_type = {STRUCT(all, "All", all_fields),
                                  .rest_offset = offsetof(all, rest), .rest = &raw_map_type};

#endif
