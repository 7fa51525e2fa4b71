/*
 * ByType
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 92837739fb6e5ce0); do not edit.
 */
#ifndef BY_TYPE_H
#define BY_TYPE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct by_type by_type;
typedef struct by_type_port by_type_port;
typedef struct by_type_source by_type_source;
typedef struct by_type_source_source by_type_source_source;
typedef struct by_type_mixed by_type_mixed;

/** ByType */
struct by_type {
    /** Optional. */
    by_type_port *port;
    /** Optional. */
    by_type_source *source;
    /** Optional. */
    by_type_mixed *mixed;
    bool null_mixed;
};

typedef enum by_type_port_kind {
    BY_TYPE_PORT_UNSET = 0,
    BY_TYPE_PORT_NUMBER = 1,
    BY_TYPE_PORT_STRING = 2
} by_type_port_kind;

struct by_type_port {
    by_type_port_kind kind;
    union {
        int64_t number;
        char *string;
    } as;
};

typedef enum by_type_source_kind {
    BY_TYPE_SOURCE_UNSET = 0,
    BY_TYPE_SOURCE_STRING = 1,
    BY_TYPE_SOURCE_ARRAY = 2,
    BY_TYPE_SOURCE_SOURCE = 3
} by_type_source_kind;

struct by_type_source {
    by_type_source_kind kind;
    union {
        char *string;
        nex_string_list array;
        by_type_source_source *source;
    } as;
};

/** Source */
struct by_type_source_source {
    char *uri;
};

typedef enum by_type_mixed_kind {
    BY_TYPE_MIXED_UNSET = 0,
    BY_TYPE_MIXED_BOOLEAN = 1,
    BY_TYPE_MIXED_NUMBER = 2
} by_type_mixed_kind;

struct by_type_mixed {
    by_type_mixed_kind kind;
    union {
        bool boolean;
        double number;
    } as;
};

extern const nex_type by_type_type;
extern const nex_type by_type_port_type;
extern const nex_type by_type_source_type;
extern const nex_type by_type_source_source_type;
extern const nex_type by_type_mixed_type;

/** A zeroed message; NULL when out of memory. */
by_type *by_type_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status by_type_decode(by_type **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status by_type_decode_strict(by_type **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status by_type_encode(const by_type *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status by_type_validate(const by_type *message, nex_error *err);
nex_status by_type_clone(const by_type *message, by_type **out);
bool by_type_equal(const by_type *a, const by_type *b);
nex_status by_type_to_json(const by_type *message, json_t **out);
nex_status by_type_from_json(by_type **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void by_type_free(by_type *message);

#ifdef __cplusplus
}
#endif

#endif
