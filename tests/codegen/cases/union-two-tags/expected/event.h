/*
 * Two properties are constant; only one of them tells all variants apart.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 1ca725ea496d4821); do not edit.
 */
#ifndef EVENT_H
#define EVENT_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct event event;
typedef struct event_created event_created;
typedef struct event_removed event_removed;

typedef enum event_kind {
    EVENT_UNSET = 0,
    EVENT_CREATED = 1,
    EVENT_REMOVED = 2,
    EVENT_PURGED = 3
} event_kind;

/** Two properties are constant; only one of them tells all variants apart. */
struct event {
    event_kind kind;
    union {
        event_created *created;
        event_removed *removed;
        event_removed *purged;
    } as;
};

/** Created */
struct event_created {
    /** Always "1". */
    char *version;
    /** Optional. */
    char *by;
};

/** Removed */
struct event_removed {
    /** Always "1". */
    char *version;
    /** Two properties are constant; only one of them tells all variants apart. Optional. */
    event *inner;
};

extern const nex_type event_type;
extern const nex_type event_created_type;
extern const nex_type event_removed_type;

/** A zeroed message; NULL when out of memory. */
event *event_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status event_decode(event **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status event_decode_strict(event **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status event_encode(const event *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status event_validate(const event *message, nex_error *err);
nex_status event_clone(const event *message, event **out);
bool event_equal(const event *a, const event *b);
nex_status event_to_json(const event *message, json_t **out);
nex_status event_from_json(event **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void event_free(event *message);

#ifdef __cplusplus
}
#endif

#endif
