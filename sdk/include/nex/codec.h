/*
 * nex/codec.h - type descriptors and the one engine that walks them.
 *
 * nexgen writes, for each JSON Schema, a plain C struct, a constant nex_type that describes it,
 * and thin typed wrappers around the functions below. The engine decodes bytes to struct in one
 * pass without a tree, encodes without a tree, and validates, clones, compares and frees.
 *
 * Memory: a decoded, cloned or nex_new-made message is one arena; nex_message_free gives all of
 * it back. Structs a program fills in itself (on its stack, say) may point to any memory and
 * are never passed to nex_message_free.
 *
 * How JSON is laid out in C (the field's type in the generated struct):
 *
 *   boolean                 bool
 *   integer                 int64_t
 *   number                  double
 *   string                  char *            (NULL: absent)
 *   enum                    a generated enum, 0 is "unset", so absent
 *   date-time               nex_time
 *   Go duration text        nex_duration      ("format": "go-duration")
 *   ISO 8601 duration       nex_iso_duration  ("format": "duration")
 *   base64 text             nex_bytes         ("contentEncoding": "base64")
 *   array of T              struct { T *items; size_t count; }
 *   object of T (map)       struct { struct { char *key; T value; } *items; size_t count; }
 *   object                  T *  as a field (NULL: absent), T inside arrays and maps
 *   oneOf (tagged union)    as object; T is struct { enum kind; union { ... } as; }
 *   tuple                   as object; members item0, item1, ...; further items in an array
 *   anything else           json_t * (NULL: absent)
 *
 * Optional bool, int64_t, double, nex_time, nex_duration, nex_iso_duration, nex_bytes, arrays and
 * maps have a `bool has_<field>` beside them. Optional values that may be null have a
 * `bool null_<field>` too: it tells null from absence, and without a value null is written. An
 * array or map with items is written whatever has_ says.
 */
#ifndef NEX_CODEC_H
#define NEX_CODEC_H

#include <jansson.h>
#include <nex/core.h>

#ifdef __cplusplus
extern "C" {
#endif

/** Bumped whenever a descriptor's layout changes; generated code refuses to compile on others. */
#define NEX_CODEC_VERSION 2

/** Bytes, as base64 in JSON. */
typedef struct nex_bytes {
    uint8_t *data;
    size_t len;
} nex_bytes;

typedef enum nex_kind {
    NEX_KIND_BOOL,
    NEX_KIND_INT,
    NEX_KIND_DOUBLE,
    NEX_KIND_STRING,
    NEX_KIND_ENUM,     /**< text values, stored as int */
    NEX_KIND_INT_ENUM, /**< integer values, stored as int */
    NEX_KIND_TIME,
    NEX_KIND_DURATION,
    NEX_KIND_BYTES,
    NEX_KIND_ARRAY,
    NEX_KIND_MAP,
    NEX_KIND_STRUCT,
    NEX_KIND_TUPLE, /**< a JSON array whose i-th item is the i-th field */
    NEX_KIND_UNION,
    NEX_KIND_JSON, /**< json_t *, any value */
    NEX_KIND_RAW,  /**< char *, the JSON text of any value, as it stood */
    NEX_KIND_ISO_DURATION
} nex_kind;

typedef struct nex_type nex_type;

enum {
    NEX_FIELD_REQUIRED = 1u << 0,
    NEX_FIELD_POINTER = 1u << 1,  /**< the struct holds a pointer to the value */
    NEX_FIELD_NULLABLE = 1u << 2, /**< null is a value of the schema; absent and required: null */
    NEX_FIELD_SECRET = 1u << 3,   /**< writeOnly: the value never stands in an error text */
    NEX_FIELD_NULL_FLAG = 1u << 4 /**< null_offset counts */
};

#define NEX_NO_OFFSET UINT32_MAX

/** A member of an object (or tuple, where name is its index). */
typedef struct nex_field {
    const char *name; /**< as in JSON */
    const nex_type *type;
    uint32_t name_len;
    uint32_t offset;          /**< of the value in the struct */
    uint32_t has_offset;      /**< of its bool has_<field>, or NEX_NO_OFFSET */
    uint32_t null_offset;     /**< of its bool null_<field>, with NEX_FIELD_NULL_FLAG */
    uint32_t flags;           /**< NEX_FIELD_... */
    const char *default_json; /**< the schema's default as JSON text, or NULL */
    const char *doc;          /**< the schema's description, or NULL */
} nex_field;

typedef struct nex_enum_value {
    const char *text; /**< NEX_KIND_ENUM: the JSON text; else NULL */
    int64_t number;   /**< NEX_KIND_INT_ENUM: the JSON integer */
    int value;        /**< the C enumerator, never 0 */
} nex_enum_value;

/** How a union's variant is told apart: by a property's text, or by JSON type. */
enum {
    NEX_JSON_NULL = 1u << 0,
    NEX_JSON_BOOL = 1u << 1,
    NEX_JSON_NUMBER = 1u << 2,
    NEX_JSON_STRING = 1u << 3,
    NEX_JSON_ARRAY = 1u << 4,
    NEX_JSON_OBJECT = 1u << 5
};

typedef struct nex_variant {
    const char *name;
    int value;            /**< the C enumerator of the variant, never 0 */
    const char *tag_text; /**< value of the tag property, or NULL when told by JSON type */
    uint32_t json_types;  /**< NEX_JSON_..., 0 when told by tag */
    uint32_t flags;       /**< NEX_FIELD_POINTER */
    const nex_type *type;
} nex_variant;

enum {
    NEX_LIMIT_MIN = 1u << 0,
    NEX_LIMIT_MAX = 1u << 1,
    NEX_LIMIT_EXCLUSIVE_MIN = 1u << 2, /**< with MIN: the minimum itself is too small */
    NEX_LIMIT_EXCLUSIVE_MAX = 1u << 3,
    NEX_LIMIT_MULTIPLE_OF = 1u << 4,
    NEX_LIMIT_MIN_LENGTH = 1u << 5, /**< code points, items or members, by kind */
    NEX_LIMIT_MAX_LENGTH = 1u << 6,
    NEX_LIMIT_UNIQUE = 1u << 7
};

/** What a schema asks of a value beyond its type. */
typedef struct nex_limits {
    uint32_t has; /**< NEX_LIMIT_... */
    double min, max, multiple_of;
    int64_t int_min, int_max; /**< the same for NEX_KIND_INT, exact */
    uint64_t min_length, max_length;
    const char *pattern;    /**< ECMA-262, not anchored; or NULL */
    const char *format;     /**< or NULL */
    const char *const_json; /**< the one value allowed, as JSON text; or NULL */
} nex_limits;

struct nex_type {
    nex_kind kind;
    uint32_t size;            /**< of the value in C, not of a pointer to it */
    const char *name;         /**< the schema's title or the C name without nex_ */
    const nex_limits *limits; /**< or NULL */
    /* struct, tuple: fields, by name in byte order (tuple: by index) */
    const nex_field *fields;
    uint32_t field_count;
    bool closed;          /**< additionalProperties: false (struct), items: false (tuple) */
    uint32_t rest_offset; /**< of a map of unlisted members, an array of items, or NEX_NO_OFFSET */
    const nex_type *rest; /**< that map's type; of a tuple the type of the array */
    /* array, map: what it holds */
    const nex_type *item;
    /* map: offset of the value in an entry; union: of `as` in the struct (kind is at 0) */
    uint32_t value_offset;
    /* enum */
    const nex_enum_value *enums;
    uint32_t enum_count;
    /* union */
    const nex_variant *variants;
    uint32_t variant_count;
    const char *tag; /**< name of the property that tells variants apart, or NULL */
    /* the schema's text, where it asks more than the above can say; else NULL */
    const char *schema;
    const char *pointer; /**< JSON pointer of the type in its schema document */
    const char *doc;
};

/** Ready-made types of plain values; generated code points to them. */
extern NEX_API const nex_type nex_type_bool;
extern NEX_API const nex_type nex_type_int;
extern NEX_API const nex_type nex_type_double;
extern NEX_API const nex_type nex_type_string;
extern NEX_API const nex_type nex_type_time;
extern NEX_API const nex_type nex_type_duration;
extern NEX_API const nex_type nex_type_iso_duration;
extern NEX_API const nex_type nex_type_bytes;
extern NEX_API const nex_type nex_type_json;
extern NEX_API const nex_type nex_type_raw;
extern NEX_API const nex_type nex_type_string_list; /**< nex_string_list */
extern NEX_API const nex_type nex_type_string_map;  /**< nex_string_map */

typedef enum nex_unknown {
    NEX_UNKNOWN_IGNORE, /**< the default */
    NEX_UNKNOWN_REFUSE,
    NEX_UNKNOWN_SCHEMA /**< refused where the schema is closed */
} nex_unknown;

typedef struct nex_decode_options {
    /**
     * false, the default, is the tolerant reader: null stands for the zero value of any field
     * (empty text, empty map, 0; an optional one is absent then), and a document that is null is
     * a zero message, whose required texts are "" and required objects are there. The last of
     * duplicate members counts. true: null only where the schema allows it, duplicates refused
     * by name.
     */
    bool strict;
    nex_unknown unknown;
    unsigned max_depth; /**< levels of nesting, 512 at most; 0: 64 */
} nex_decode_options;

/**
 * Decodes one JSON document into a new message. Checks types, required members and enums; not
 * limits (nex_message_validate). options NULL: tolerant. *out is NULL on error. Texts that are
 * not UTF-8, hold \u0000 or half a surrogate pair are refused. Values of fields marked
 * NEX_FIELD_SECRET stand in no error text, and the memory of a message that has some is wiped
 * when it is freed.
 */
NEX_API nex_status nex_message_decode(const nex_type *type, const char *json, size_t len,
                                      const nex_decode_options *options, void **out,
                                      nex_error *err);
/**
 * Appends the message as compact JSON: members in byte order of their names, <, > and & and
 * U+2028/9 escaped as Go does, doubles in the shortest form that reads back the same.
 * NEX_EINVAL when a required member without a zero value (an enum, an object, a union) is missing,
 * text is not UTF-8, a number is not finite, a time not of the years 0000 to 9999 or an ISO
 * duration negative; the buffer is then as before. A required text that is NULL is written as "".
 */
NEX_API nex_status nex_message_encode(const nex_type *type, const void *message, nex_buf *out);
/**
 * Checks all limits, formats and patterns, required members (a required text must not be NULL),
 * and `schema` where it is set. err then has the instance's pointer and the schema's.
 */
NEX_API nex_status nex_message_validate(const nex_type *type, const void *message, nex_error *err);
NEX_API nex_status nex_message_clone(const nex_type *type, const void *message, void **out);
NEX_API bool nex_message_equal(const nex_type *type, const void *a, const void *b);
/** Frees a message made by decode, clone, from_json or nex_message_new; NULL is fine. */
NEX_API void nex_message_free(void *message);

/** A zeroed message in an arena of its own; NULL when out of memory. */
NEX_API void *nex_message_new(const nex_type *type);
/** Zeroed memory that goes with the message; NULL when out of memory. */
NEX_API void *nex_message_alloc(void *message, size_t size);
/** A copy of a text that goes with the message; NULL for NULL, or when out of memory. */
NEX_API char *nex_message_strdup(void *message, const char *text);
/** Hands a reference of a json_t to the message, which drops it when freed. */
NEX_API nex_status nex_message_own_json(void *message, json_t *json);

NEX_API nex_status nex_message_to_json(const nex_type *type, const void *message, json_t **out);
NEX_API nex_status nex_message_from_json(const nex_type *type, const json_t *json,
                                         const nex_decode_options *options, void **out,
                                         nex_error *err);

/** The text of an enumerator of a NEX_KIND_ENUM type, NULL for 0 and unknown ones. */
NEX_API const char *nex_enum_text(const nex_type *type, int value);
/** The enumerator of a text, 0 when it is none of them. */
NEX_API int nex_enum_value_of(const nex_type *type, const char *text);

/** Appends a text as a JSON string, quotes included, escaped as nex_message_encode does. */
NEX_API nex_status nex_json_append_string(nex_buf *out, const char *text, size_t len);

#ifdef __cplusplus
}
#endif

#endif
