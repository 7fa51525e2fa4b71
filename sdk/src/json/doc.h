/*
 * How a parsed document lies in memory: its values in the order of the text, each with its key,
 * so that a subtree is a run of nodes and skipping one is an addition. Readers outside sdk/src
 * use nex/json.h.
 */
#ifndef JSON_DOC_H
#define JSON_DOC_H

#include <nex/json.h>
#include <stdint.h>
#include <string.h>

/** JSON's types, numbers told apart by whether they are an integer that int64_t holds. */
typedef enum nex_json_type {
    NEX_JSON_TYPE_NULL = 0,
    NEX_JSON_TYPE_FALSE,
    NEX_JSON_TYPE_TRUE,
    NEX_JSON_TYPE_INT, /**< mathematically: 1.0 and 1e2 too */
    NEX_JSON_TYPE_NUMBER,
    NEX_JSON_TYPE_STRING,
    NEX_JSON_TYPE_ARRAY,
    NEX_JSON_TYPE_OBJECT
} nex_json_type;

enum {
    NEX_NODE_WIDE = 1,        /**< string: has code points above U+007F */
    NEX_NODE_INTEGER = 2,     /**< NEX_JSON_TYPE_NUMBER: an integer beyond int64_t */
    NEX_NODE_PLAIN_NUMBER = 4 /**< the number's text is JSON (YAML knows other forms) */
};

typedef struct nex_node {
    uint8_t type;
    uint8_t flags;
    uint16_t key_len;
    uint32_t offset; /**< of the value in the text */
    uint32_t size;   /**< bytes of a string or a number's text; items; members */
    uint32_t end;    /**< index behind the value's last node */
    union {
        int64_t integer; /**< INT */
        double real;     /**< NUMBER, nearest (infinite when beyond) */
        uint64_t text;   /**< STRING: where its bytes are, from doc->text */
    } as;
    uint32_t key; /**< where the key's bytes are, from doc->text */
    uint32_t key_hash;
} nex_node;

/**
 * text holds the source, then what was decoded from escapes; at least 8 bytes follow each
 * string, so that words may be read. nodes[0] is the root.
 */
struct nex_json {
    char *text;
    size_t len;  /**< of the source */
    size_t used; /**< of text */
    size_t cap;
    nex_node *nodes;
    size_t count;
    size_t node_cap;
    size_t max_depth;
    bool placeless; /**< made from a json_t: offsets mean nothing */
};

enum { NEX_JSON_PAD = 16, NEX_JSON_MAX_KEY = 65535 };

static inline const char *nex_node_string(const nex_json *doc, const nex_node *node) {
    return doc->text + node->as.text;
}

static inline const char *nex_node_key(const nex_json *doc, const nex_node *node) {
    return doc->text + node->key;
}

static inline const nex_node *nex_node_next(const nex_json *doc, const nex_node *node) {
    return doc->nodes + node->end;
}

/** Reads up to eight bytes as a word; text has eight readable bytes. */
static inline uint64_t nex_word(const char *text, size_t len) {
    uint64_t word;
    memcpy(&word, text, sizeof word);
    if (len < 8)
        word &= len ? ~UINT64_C(0) >> (64 - 8 * len) : 0;
    return word;
}

/** A key's hash. Text has eight readable bytes. */
static inline uint32_t nex_key_hash(const char *text, size_t len) {
    uint64_t h = nex_word(text, len) * UINT64_C(0x9E3779B97F4A7C15) + len;
    if (len > 8) {
        for (size_t i = 8; i + 8 < len; i += 8)
            h = (h ^ (h >> 31) ^ nex_word(text + i, 8)) * UINT64_C(0x9E3779B97F4A7C15);
        uint64_t last;
        memcpy(&last, text + len - 8, sizeof last);
        h ^= (h >> 29) ^ last * UINT64_C(0xBF58476D1CE4E5B9);
    }
    h ^= h >> 32;
    h *= UINT64_C(0x94D049BB133111EB);
    return (uint32_t)(h >> 32);
}

/** The member of an object by its key, NULL when there is none. */
const nex_node *nex_node_member(const nex_json *doc, const nex_node *object, const char *key,
                                size_t len);

/** Line and column (from 1) of an offset. */
void nex_json_place(const nex_json *doc, size_t offset, unsigned *line, unsigned *column);

/** Deep equality; numbers by value, objects whatever their order. Pays steps for nodes and text. */
bool nex_node_equal(const nex_json *a, const nex_node *x, const nex_json *b, const nex_node *y,
                    uint64_t *steps);

/** A hash that equal values share. */
uint64_t nex_node_hash(const nex_json *doc, const nex_node *node);

/**
 * The second of two equal items of an array; NULL when all differ. When *steps is 0 after, it
 * could not be told.
 */
const nex_node *nex_node_duplicate_item(const nex_json *doc, const nex_node *array,
                                        uint64_t *steps);

/** Appends a value as compact JSON. */
nex_status nex_node_write(const nex_json *doc, const nex_node *node, nex_buf *out);

/** Appends text as a JSON string with its quotes. */
nex_status nex_json_quote(nex_buf *out, const char *text, size_t len);

/** The text of a number as it stood in the source. */
static inline const char *nex_node_number(const nex_json *doc, const nex_node *node) {
    return doc->text + node->offset;
}

/* ---- Building (the parsers' side) --------------------------------------------------------- */

/** A document that holds a copy of text, padded, and no nodes. */
nex_status nex_json_new(nex_json **out, const char *text, size_t len, nex_error *err);
/** A new node with its offset; NULL when out of memory. Moves doc->nodes. */
nex_node *nex_json_add(nex_json *doc, nex_json_type type, size_t offset);
/** Room for decoded text of at most len bytes behind doc->used, plus padding. Moves doc->text. */
nex_status nex_json_room(nex_json *doc, size_t len);
/** Sets a node's number from its text; NEX_EINVAL when it is none. */
nex_status nex_json_number(nex_json *doc, nex_node *node, size_t len);
/** Finds two members of an object (whose end is set) with one key; NULL when all differ. */
const nex_node *nex_json_duplicate(const nex_json *doc, const nex_node *object);

/** A nex_error with the place of an offset. */
nex_status nex_json_fail(const nex_json *doc, nex_error *err, nex_status code, size_t offset,
                         const char *fmt, ...) NEX_PRINTF(5, 6);

/** A json_t in this form, without places. */
nex_status nex_json_from_jansson(nex_json **out, const json_t *value, nex_error *err);

#endif
