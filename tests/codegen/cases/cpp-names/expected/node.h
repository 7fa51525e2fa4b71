/*
 * Members with the names of types: no matter in C, an error in C++.
 *
 * Written by nexgen 0.1.0 from schema.json (sha256 8193d03fb2786868); do not edit.
 */
#ifndef NODE_H
#define NODE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct node node;
typedef struct node_class node_class;
typedef struct node_either node_either;

typedef enum node_node_kind {
    NODE_NODE_KIND_UNSET = 0,
    NODE_NODE_KIND_A = 1,
    NODE_NODE_KIND_B = 2
} node_node_kind;

/** Members with the names of types: no matter in C, an error in C++. */
struct node {
    /** Members with the names of types: no matter in C, an error in C++. Optional. */
    node *node_value;
    /** Optional. */
    node_node_kind node_kind;
    /** Optional. */
    node_class *class_;
    /** Optional. */
    node_either *either;
};

struct node_class {
    /** Members with the names of types: no matter in C, an error in C++. Optional. */
    node *node_value;
};

typedef enum node_either_kind {
    NODE_EITHER_UNSET = 0,
    NODE_EITHER_NODE = 1,
    NODE_EITHER_STRING = 2
} node_either_kind;

struct node_either {
    node_either_kind kind;
    union {
        node *node_value;
        char *string;
    } as;
};

extern const nex_type node_type;
extern const nex_type node_node_kind_type;
extern const nex_type node_class_type;
extern const nex_type node_either_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *node_node_kind_text(node_node_kind value);
node_node_kind node_node_kind_parse(const char *text);

/** A zeroed message; NULL when out of memory. */
node *node_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status node_decode(node **out, const char *json, size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status node_decode_strict(node **out, const char *json, size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status node_encode(const node *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status node_validate(const node *message, nex_error *err);
nex_status node_clone(const node *message, node **out);
bool node_equal(const node *a, const node *b);
nex_status node_to_json(const node *message, json_t **out);
nex_status node_from_json(node **out, const json_t *json, nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void node_free(node *message);

#ifdef __cplusplus
}
#endif

#endif
