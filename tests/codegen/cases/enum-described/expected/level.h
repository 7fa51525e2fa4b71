/*
 * Level
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 8a3c785852fa25aa); do not edit.
 */
#ifndef LEVEL_H
#define LEVEL_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct level level;

/** How bad */
typedef enum level_level {
    LEVEL_LEVEL_UNSET = 0,
    /** Can wait */
    LEVEL_LEVEL_LOW = 1,
    /** Wake somebody */
    LEVEL_LEVEL_HIGH = 2
} level_level;

typedef enum level_named {
    LEVEL_NAMED_UNSET = 0,
    /** More */
    LEVEL_NAMED_PLUS = 1,
    LEVEL_NAMED_MINUS = 2
} level_named;

/** Level */
struct level {
    /** How bad. Optional. */
    level_level level_value;
    /** Optional. */
    level_named named;
};

extern const nex_type level_type;
extern const nex_type level_level_type;
extern const nex_type level_named_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *level_level_text(level_level value);
level_level level_level_parse(const char *text);

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *level_named_text(level_named value);
level_named level_named_parse(const char *text);

/** A zeroed message; NULL when out of memory. */
level *level_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status level_decode(level **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status level_decode_strict(level **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status level_encode(const level *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status level_validate(const level *message, nex_error *err);
nex_status level_clone(const level *message, level **out);
bool level_equal(const level *a, const level *b);
nex_status level_to_json(const level *message, json_t **out);
nex_status level_from_json(level **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void level_free(level *message);

#ifdef __cplusplus
}
#endif

#endif
