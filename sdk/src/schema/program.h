/*
 * A compiled schema. Every subschema has a header and, for each type of instance, a run of
 * instructions that holds what can fail for that type, cheap checks first. So the type is
 * checked by one bit test and a value that need only have a type runs no instruction at all.
 */
#ifndef SCHEMA_PROGRAM_H
#define SCHEMA_PROGRAM_H

#include "schema/assert.h"
#include "json/arena.h"
#include "json/doc.h"

#include <nex/schema.h>

typedef enum nex_op {
    NEX_OP_END = 0,
    NEX_OP_CONST,
    NEX_OP_ENUM,
    NEX_OP_MINIMUM,
    NEX_OP_MAXIMUM,
    NEX_OP_EXCLUSIVE_MINIMUM,
    NEX_OP_EXCLUSIVE_MAXIMUM,
    NEX_OP_MULTIPLE_OF,
    NEX_OP_MIN_LENGTH,
    NEX_OP_MAX_LENGTH,
    NEX_OP_FORMAT,
    NEX_OP_PATTERN,
    NEX_OP_MIN_ITEMS,
    NEX_OP_MAX_ITEMS,
    NEX_OP_ITEMS,
    NEX_OP_CONTAINS,
    NEX_OP_UNIQUE,
    NEX_OP_MIN_PROPERTIES,
    NEX_OP_MAX_PROPERTIES,
    NEX_OP_OBJECT,
    NEX_OP_PROPERTY_NAMES,
    NEX_OP_DEPENDENCIES,
    NEX_OP_REF,
    NEX_OP_DYNAMIC_REF,
    NEX_OP_ALL_OF,
    NEX_OP_ANY_OF,
    NEX_OP_ONE_OF,
    NEX_OP_NOT,
    NEX_OP_IF,
    NEX_OP_UNEVALUATED_ITEMS,
    NEX_OP_UNEVALUATED_PROPERTIES
} nex_op;

/** A subschema's index. 0 is none, 1 the schema true. */
typedef uint32_t nex_sub_id;

enum { NEX_SUB_NONE = 0, NEX_SUB_TRUE = 1 };

typedef struct nex_instr {
    uint8_t op, flags;
    uint32_t keyword; /**< index of the keyword's value in the schema's document */
    union {
        int64_t integer; /**< a limit that fits; else number */
        uint64_t count;
        nex_sub_id sub;
        const void *data; /**< one of the structs below */
    } as;
} nex_instr;

enum {
    NEX_INSTR_BIG = 1, /**< the limit is a nex_limit */
    NEX_INSTR_LAST = 2 /**< nothing but NEX_OP_END follows */
};

enum {
    NEX_SUB_WRITE_ONLY = 1,
    NEX_SUB_UNEVALUATED = 2,  /**< needs to know what was evaluated beside it */
    NEX_SUB_ALIAS = 4,        /**< nothing but a $ref, or an allOf of one: target */
    NEX_SUB_SCOPED = 8,       /**< a $dynamicRef may ask whether the way led through it */
    NEX_SUB_ONLY_SCALARS = 16 /**< asks for a type only, and neither for arrays nor objects */
};

typedef struct nex_sub {
    uint8_t types; /**< a bit for each nex_json_type allowed */
    uint8_t flags;
    uint16_t reserved;
    uint32_t program[8]; /**< by type: index of the first instruction; 0: none */
    uint32_t doc, node;  /**< where it stands */
    uint32_t resource;
    nex_sub_id target;
} nex_sub;

/** Limits that are no int64_t. */
typedef struct nex_limit {
    const nex_json *doc;
    const nex_node *number;
} nex_limit;

typedef struct nex_const {
    const nex_json *doc;
    const nex_node *value;
} nex_const;

typedef struct nex_enum {
    const nex_json *doc;
    uint32_t count;
    uint32_t mask;          /**< of the hash table; 0: values are compared one by one */
    const uint32_t *values; /**< node indices, in order */
    const uint64_t *hashes; /**< slots of the table */
    const uint32_t *slots;  /**< node indices; 0: free */
} nex_enum;

typedef struct nex_pattern {
    const nex_regex *regex;
    const nex_node *text; /**< in the schema's document */
} nex_pattern;

typedef struct nex_format {
    nex_format_fn test;
    uint32_t weight; /**< steps for each eight bytes of text */
} nex_format;

typedef struct nex_items {
    uint32_t prefix_count;
    const nex_sub_id *prefix;
    nex_sub_id rest; /**< of the items behind; NEX_SUB_NONE: no keyword */
    uint32_t rest_keyword;
} nex_items;

typedef struct nex_contains {
    nex_sub_id sub;
    uint64_t min, max;
    uint32_t min_keyword, max_keyword; /**< 0: not given */
    bool marks;                        /**< counts as evaluated (2020-12) */
} nex_contains;

/** A key the schema names: in properties, in required, or both. */
typedef struct nex_slot {
    const char *key; /**< NULL: free */
    uint64_t head;   /**< its first eight bytes, or what it has of them */
    uint32_t hash;
    nex_sub_id sub;
    uint16_t len;
    bool required;
    bool property;
} nex_slot;

typedef struct nex_key_pattern {
    const nex_regex *regex;
    nex_sub_id sub;
} nex_key_pattern;

/** properties, patternProperties, additionalProperties and required in one walk. */
typedef struct nex_object {
    uint64_t filter; /**< of each key in slots the bit that its hash's last six bits say */
    uint32_t mask;   /**< of slots */
    uint32_t named;  /**< keys in slots */
    uint32_t required;
    uint32_t max; /**< members at most, where only named ones are allowed */
    uint32_t pattern_count;
    const nex_slot *slots;
    const nex_key_pattern *patterns;
    nex_sub_id additional; /**< NEX_SUB_NONE: not given */
    uint32_t properties_keyword, patterns_keyword, additional_keyword, required_keyword;
} nex_object;

typedef struct nex_dependency {
    const char *key;
    uint32_t hash;
    uint16_t len;
    nex_sub_id sub;   /**< or */
    uint32_t names;   /**< node of an array of names; 0: none */
    uint32_t keyword; /**< the dependency's node */
} nex_dependency;

typedef struct nex_dependencies {
    const nex_json *doc;
    uint32_t count;
    const nex_dependency *items;
} nex_dependencies;

typedef struct nex_branches {
    uint32_t count;
    const nex_sub_id *subs;
} nex_branches;

typedef struct nex_condition {
    nex_sub_id test, yes, no; /**< NEX_SUB_NONE: not given */
} nex_condition;

typedef struct nex_target {
    uint32_t resource;
    nex_sub_id sub;
} nex_target;

/** What $dynamicRef may lead to: by resource, the schema its anchor of this name marks. */
typedef struct nex_dynamic {
    nex_sub_id initial;
    uint32_t count;
    const nex_target *targets;
} nex_dynamic;

typedef struct nex_schema_doc {
    nex_json *json;
    const char *uri;
} nex_schema_doc;

typedef struct nex_schema_root {
    const char *uri;
    uint32_t doc, node;
} nex_schema_root;

struct nex_schema {
    nex_arena arena; /**< all that instructions point to */
    nex_sub *subs;
    nex_instr *instrs;
    nex_schema_doc *docs;   /**< docs[0] is the schema itself */
    nex_schema_root *roots; /**< by resource */
    nex_regex **regexes;
    uint32_t sub_count, instr_count, doc_count, root_count, regex_count;
    nex_sub_id root;
    bool dynamic; /**< has a $dynamicRef that depends on the way to it */
};

#endif
