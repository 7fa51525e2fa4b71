/*
 * Nullable
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 d43439fe9f702427); do not edit.
 */
#ifndef NULLABLE_H
#define NULLABLE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nullable nullable;
typedef struct nullable_inner nullable_inner;
typedef struct nullable_pair nullable_pair;

typedef enum nullable_choice {
    NULLABLE_CHOICE_UNSET = 0,
    NULLABLE_CHOICE_A = 1,
    NULLABLE_CHOICE_B = 2
} nullable_choice;

/** Nullable */
struct nullable {
    char *text;
    /** At least 1. */
    int64_t count;
    bool has_count;
    /** Optional. */
    nullable_inner *inner;
    bool null_inner;
    /** Optional. */
    nex_string_list list;
    bool has_list;
    bool null_list;
    /** Optional. */
    nullable_choice choice;
    bool null_choice;
    /** Optional. */
    bool flag;
    bool has_flag;
    bool null_flag;
    /** Optional. */
    nullable_pair *pair;
};

/** Inner */
struct nullable_inner {
    int64_t x;
};

struct nullable_pair {
    /** Optional. */
    char *item0;
    bool null_item0;
    /** Optional. */
    int64_t item1;
    bool has_item1;
    bool null_item1;
};

extern const nex_type nullable_type;
extern const nex_type nullable_inner_type;
extern const nex_type nullable_choice_type;
extern const nex_type nullable_pair_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *nullable_choice_text(nullable_choice value);
nullable_choice nullable_choice_parse(const char *text);

/** A zeroed message; NULL when out of memory. */
nullable *nullable_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status nullable_decode(nullable **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status nullable_decode_strict(nullable **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status nullable_encode(const nullable *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status nullable_validate(const nullable *message, nex_error *err);
nex_status nullable_clone(const nullable *message, nullable **out);
bool nullable_equal(const nullable *a, const nullable *b);
nex_status nullable_to_json(const nullable *message, json_t **out);
nex_status nullable_from_json(nullable **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void nullable_free(nullable *message);

#ifdef __cplusplus
}
#endif

#endif
