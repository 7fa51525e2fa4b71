/*
 * Enums
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 7b06344cc3227486); do not edit.
 */
#ifndef ENUMS_H
#define ENUMS_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct enums enums;

typedef enum enums_state {
    ENUMS_STATE_UNSET = 0,
    ENUMS_STATE_RUNNING = 1,
    ENUMS_STATE_SHUTTING_DOWN = 2,
    ENUMS_STATE_UNSET_2 = 3,
    ENUMS_STATE_2FAST = 4,
    ENUMS_STATE_LARGE_GREEN_CIRCLE = 5,
    ENUMS_STATE_EMPTY = 6,
    ENUMS_STATE_A_B = 7,
    ENUMS_STATE_A_B_2 = 8,
    ENUMS_STATE_EMPTY_2 = 9
} enums_state;

typedef enum enums_level {
    ENUMS_LEVEL_UNSET = 0,
    ENUMS_LEVEL_MINUS_1 = 1,
    ENUMS_LEVEL_0 = 2,
    ENUMS_LEVEL_5 = 3
} enums_level;

typedef enum enums_maybe {
    ENUMS_MAYBE_UNSET = 0,
    ENUMS_MAYBE_X = 1
} enums_maybe;

typedef enum enums_needed {
    ENUMS_NEEDED_UNSET = 0,
    ENUMS_NEEDED_ONLY = 1,
    ENUMS_NEEDED_TWO = 2
} enums_needed;

/** Enums */
struct enums {
    /** Optional. */
    enums_state state;
    /** Optional. */
    enums_level level;
    /** Optional. */
    enums_maybe maybe;
    bool null_maybe;
    enums_needed needed;
    /** Optional. */
    bool truth;
    bool has_truth;
};

extern const nex_type enums_type;
extern const nex_type enums_state_type;
extern const nex_type enums_level_type;
extern const nex_type enums_maybe_type;
extern const nex_type enums_needed_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *enums_state_text(enums_state value);
enums_state enums_state_parse(const char *text);

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *enums_maybe_text(enums_maybe value);
enums_maybe enums_maybe_parse(const char *text);

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *enums_needed_text(enums_needed value);
enums_needed enums_needed_parse(const char *text);

/** A zeroed message; NULL when out of memory. */
enums *enums_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status enums_decode(enums **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status enums_decode_strict(enums **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status enums_encode(const enums *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status enums_validate(const enums *message, nex_error *err);
nex_status enums_clone(const enums *message, enums **out);
bool enums_equal(const enums *a, const enums *b);
nex_status enums_to_json(const enums *message, json_t **out);
nex_status enums_from_json(enums **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void enums_free(enums *message);

#ifdef __cplusplus
}
#endif

#endif
