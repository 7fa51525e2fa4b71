/*
 * Why a value is not valid: findings, in the order of the schema, not yet in words.
 */
#ifndef SCHEMA_EXPLAIN_H
#define SCHEMA_EXPLAIN_H

#include "schema/eval.h"

/** How evaluation came to a subschema. */
typedef struct nex_path {
    const struct nex_path *parent;
    nex_sub_id sub;
    uint32_t via; /**< the parent's "$ref" or "$dynamicRef" that led here; 0: stands below it */
} nex_path;

typedef enum nex_fault {
    NEX_FAULT_LEAF, /**< instr says no */
    NEX_FAULT_TYPE,
    NEX_FAULT_FALSE,          /**< the schema false */
    NEX_FAULT_REQUIRED,       /**< name is missing */
    NEX_FAULT_DEPENDENT,      /**< name is missing, as other is there */
    NEX_FAULT_UNKNOWN_MEMBER, /**< no member of this name is allowed */
    NEX_FAULT_EXTRA_ITEM,
    NEX_FAULT_CONTAINS, /**< count items match */
    NEX_FAULT_NONE_OF,  /**< no branch holds; the findings after it are of the closest, count */
    NEX_FAULT_MANY_OF,  /**< count and other are the first two branches that hold */
    NEX_FAULT_NOT,
    NEX_FAULT_WORK /**< it would take too long to say */
} nex_fault;

typedef struct nex_finding {
    nex_fault fault;
    const nex_node *node;   /**< the value; a key's copy below propertyNames */
    const nex_node *member; /**< the member whose name the value is; else NULL */
    const nex_path *path;
    uint32_t keyword; /**< the keyword's value, in the document of path's subschema; 0: none */
    const nex_instr *instr;
    const nex_node *name; /**< in that document */
    const char *other;
    uint32_t count, second;
} nex_finding;

typedef struct nex_explainer {
    nex_eval eval;
    nex_arena arena;
    nex_finding *findings;
    uint32_t count, cap;
    bool truncated;
    const nex_node *key_of; /**< set while a name is looked at */
    uint8_t *secret;        /**< a bit for each node under a writeOnly schema */
    nex_status failed;
} nex_explainer;

/** Fills x with findings about the document; at least one. Free x in any case. */
nex_status nex_explain(nex_explainer *x, const nex_schema *schema, const nex_json *doc);
void nex_explainer_free(nex_explainer *x);

#endif
