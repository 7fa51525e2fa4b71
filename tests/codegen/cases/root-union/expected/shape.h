/*
 * Shape
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 a6707cfb5bab4a8a); do not edit.
 */
#ifndef SHAPE_H
#define SHAPE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct shape shape;
typedef struct shape_circle shape_circle;
typedef struct shape_square shape_square;

typedef enum shape_kind {
    SHAPE_UNSET = 0,
    SHAPE_CIRCLE = 1,
    SHAPE_SQUARE = 2
} shape_kind;

/** Shape */
struct shape {
    shape_kind kind;
    union {
        shape_circle *circle;
        shape_square *square;
    } as;
};

/** Circle */
struct shape_circle {
    /** At least 0. */
    double radius;
};

/** Square */
struct shape_square {
    double side;
};

extern const nex_type shape_type;
extern const nex_type shape_circle_type;
extern const nex_type shape_square_type;

/** A zeroed message; NULL when out of memory. */
shape *shape_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status shape_decode(shape **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status shape_decode_strict(shape **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status shape_encode(const shape *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status shape_validate(const shape *message, nex_error *err);
nex_status shape_clone(const shape *message, shape **out);
bool shape_equal(const shape *a, const shape *b);
nex_status shape_to_json(const shape *message, json_t **out);
nex_status shape_from_json(shape **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void shape_free(shape *message);

#ifdef __cplusplus
}
#endif

#endif
