/*
 * Drawing
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 cd450335f9f65ff5); do not edit.
 */
#ifndef DRAWING_H
#define DRAWING_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct drawing drawing;
typedef struct drawing_shapes_item drawing_shapes_item;
typedef struct drawing_circle drawing_circle;
typedef struct drawing_square drawing_square;
typedef struct drawing_event drawing_event;
typedef struct drawing_event_up drawing_event_up;
typedef struct drawing_event_down drawing_event_down;
typedef struct drawing_shapes_item_list drawing_shapes_item_list;

struct drawing_shapes_item_list {
    drawing_shapes_item *items;
    size_t count;
};

/** Drawing */
struct drawing {
    /** Optional. */
    drawing_shapes_item_list shapes;
    bool has_shapes;
    /** Optional. */
    drawing_event *event;
};

typedef enum drawing_shapes_item_kind {
    DRAWING_SHAPES_ITEM_UNSET = 0,
    DRAWING_SHAPES_ITEM_CIRCLE = 1,
    DRAWING_SHAPES_ITEM_SQUARE = 2
} drawing_shapes_item_kind;

struct drawing_shapes_item {
    drawing_shapes_item_kind kind;
    union {
        drawing_circle *circle;
        drawing_square *square;
    } as;
};

/** Circle */
struct drawing_circle {
    /** Always "circle". */
    char *kind;
    /** At least 0. */
    double radius;
};

/** Square */
struct drawing_square {
    /** Always "square". */
    char *kind;
    double side;
};

typedef enum drawing_event_kind {
    DRAWING_EVENT_UNSET = 0,
    DRAWING_EVENT_UP = 1,
    DRAWING_EVENT_DOWN = 2,
    DRAWING_EVENT_LEFT = 3
} drawing_event_kind;

struct drawing_event {
    drawing_event_kind kind;
    union {
        drawing_event_up *up;
        drawing_event_down *down;
        drawing_event_down *left;
    } as;
};

struct drawing_event_up {
    int64_t at;
};

struct drawing_event_down {
    /** Optional. */
    char *why;
    int64_t at;
};

extern const nex_type drawing_type;
extern const nex_type drawing_shapes_item_type;
extern const nex_type drawing_circle_type;
extern const nex_type drawing_square_type;
extern const nex_type drawing_event_type;
extern const nex_type drawing_event_up_type;
extern const nex_type drawing_event_down_type;

/** A zeroed message; NULL when out of memory. */
drawing *drawing_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status drawing_decode(drawing **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status drawing_decode_strict(drawing **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status drawing_encode(const drawing *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status drawing_validate(const drawing *message, nex_error *err);
nex_status drawing_clone(const drawing *message, drawing **out);
bool drawing_equal(const drawing *a, const drawing *b);
nex_status drawing_to_json(const drawing *message, json_t **out);
nex_status drawing_from_json(drawing **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void drawing_free(drawing *message);

#ifdef __cplusplus
}
#endif

#endif
