/*
 * Running a compiled schema. eval.c says yes or no as fast as it can; explain.c, which is only
 * asked after a no, goes the same way without stopping and says why.
 */
#ifndef SCHEMA_EVAL_H
#define SCHEMA_EVAL_H

#include "schema/program.h"

enum {
    NEX_EVAL_DEPTH = 3000, /* schemas within each other: less than a megabyte of stack */
    NEX_EXPLAIN_DEPTH = 1500
};

/** The resources on the way to here, innermost first: $dynamicRef looks for the outermost. */
typedef struct nex_scope {
    uint32_t resource;
    const struct nex_scope *outer;
} nex_scope;

/** Which members or items of one value were evaluated, for unevaluated*. */
typedef struct nex_marks {
    uint64_t *bits;
    uint32_t count;
    bool all;
} nex_marks;

typedef struct nex_eval {
    const nex_schema *schema;
    const nex_json *doc;
    const nex_scope *scope;
    uint64_t steps; /**< left; 0 ends the run with ELIMIT */
    uint32_t depth;
    nex_status stop; /**< why the run was given up */
} nex_eval;

/** The budget of one validation: ample for any document, and at an end within half a second. */
static inline uint64_t nex_eval_budget(const nex_json *doc) {
    return UINT64_C(4000000) + 32 * (uint64_t)doc->count + 4 * (uint64_t)doc->used;
}

/** Whether a document is valid: NEX_OK or NEX_EINVAL, else why the run was given up. */
nex_status nex_eval_all(const nex_schema *schema, const nex_json *doc);

/** Whether a value is valid. When e->stop is not NEX_OK after, the answer means nothing. */
bool nex_eval_check(nex_eval *e, nex_sub_id id, const nex_node *node, nex_marks *marks);

/** Whether a value's type is one that a subschema allows. */
static inline bool nex_eval_type(const nex_sub *sub, const nex_node *node) {
    return (sub->types >> node->type & 1) ||
           (node->type == NEX_JSON_TYPE_NUMBER && (node->flags & NEX_NODE_INTEGER) &&
            (sub->types >> NEX_JSON_TYPE_INT & 1));
}

/** Runs one instruction that leads to no other schema. */
bool nex_eval_leaf(nex_eval *e, const nex_instr *instr, const nex_node *node);

/** What a $dynamicRef leads to from here. */
nex_sub_id nex_eval_dynamic(nex_eval *e, const nex_dynamic *dynamic);

/** The slot of a member's key; NULL when the schema does not name it. */
const nex_slot *nex_eval_slot(const nex_object *object, const nex_json *doc,
                              const nex_node *member);

/** Whether a key matches; a search given up ends the run. */
bool nex_eval_key_matches(nex_eval *e, const nex_key_pattern *pattern, const nex_node *member);

/** The node of a key as a string, for propertyNames. */
nex_node nex_eval_key_node(const nex_json *doc, const nex_node *member);

/** An object's member by a dependency's key. */
const nex_node *nex_eval_member(const nex_json *doc, const nex_node *object, const char *key,
                                uint16_t len, uint32_t hash);

/* ---- Marks -------------------------------------------------------------------------------- */

enum { NEX_MARKS_INLINE = 4 };

/** Fresh marks for a value's children; small holds few of them. False when out of memory. */
bool nex_marks_init(nex_eval *e, nex_marks *marks, uint64_t small[NEX_MARKS_INLINE],
                    const nex_node *node);
void nex_marks_free(nex_marks *marks, const uint64_t *small);
void nex_marks_merge(nex_marks *to, const nex_marks *from);

static inline void nex_mark(nex_marks *marks, uint32_t i) {
    if (marks)
        marks->bits[i / 64] |= UINT64_C(1) << (i % 64);
}

static inline bool nex_marked(const nex_marks *marks, uint32_t i) {
    return marks->all || (marks->bits[i / 64] >> (i % 64) & 1);
}

#endif
