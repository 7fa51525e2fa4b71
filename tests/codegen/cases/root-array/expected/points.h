/*
 * Points
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 80029116f9d660cf); do not edit.
 */
#ifndef POINTS_H
#define POINTS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct points_item points_item;
typedef struct points points;

/** Points */
struct points {
    points_item *items;
    size_t count;
};

/** P */
struct points_item {
    int64_t x;
};

extern const nex_type points_type;
extern const nex_type points_item_type;

/** A zeroed message; NULL when out of memory. */
points *points_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status points_decode(points **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status points_decode_strict(points **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status points_encode(const points *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status points_validate(const points *message, nex_error *err);
nex_status points_clone(const points *message, points **out);
bool points_equal(const points *a, const points *b);
nex_status points_to_json(const points *message, json_t **out);
nex_status points_from_json(points **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void points_free(points *message);

#ifdef __cplusplus
}
#endif

#endif
