/*
 * Nest
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 e37cea1a57ed3b67); do not edit.
 */
#ifndef NEST_H
#define NEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nest nest;
typedef struct nest_expr nest_expr;
typedef struct nest_expr_object nest_expr_object;
typedef struct nest_deep nest_deep;
typedef struct nest_expr_list nest_expr_list;

struct nest_deep {
    nest_deep *items;
    size_t count;
};

struct nest_expr_list {
    nest_expr *items;
    size_t count;
};

/** Nest */
struct nest {
    /** Optional. */
    nest_deep deep;
    bool has_deep;
    /** Optional. */
    nest_expr *expr;
};

typedef enum nest_expr_kind {
    NEST_EXPR_UNSET = 0,
    NEST_EXPR_NUMBER = 1,
    NEST_EXPR_OBJECT = 2
} nest_expr_kind;

struct nest_expr {
    nest_expr_kind kind;
    union {
        double number;
        nest_expr_object *object;
    } as;
};

struct nest_expr_object {
    char *op;
    /** Optional. */
    nest_expr_list args;
    bool has_args;
};

extern const nex_type nest_type;
extern const nex_type nest_deep_type;
extern const nex_type nest_expr_type;
extern const nex_type nest_expr_object_type;

/** A zeroed message; NULL when out of memory. */
nest *nest_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status nest_decode(nest **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status nest_decode_strict(nest **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status nest_encode(const nest *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status nest_validate(const nest *message, nex_error *err);
nex_status nest_clone(const nest *message, nest **out);
bool nest_equal(const nest *a, const nest *b);
nex_status nest_to_json(const nest *message, json_t **out);
nex_status nest_from_json(nest **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void nest_free(nest *message);

#ifdef __cplusplus
}
#endif

#endif
