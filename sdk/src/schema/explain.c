#include "schema/explain.h"

#include <stdlib.h>

enum { MAX_FINDINGS = 2000 };

static bool explain(nex_explainer *x, nex_sub_id id, const nex_node *node, nex_marks *marks,
                    const nex_path *parent, uint32_t via);

static nex_finding *record(nex_explainer *x, nex_fault fault, const nex_node *node,
                           const nex_path *path, uint32_t keyword) {
    if (x->eval.stop != NEX_OK || x->failed != NEX_OK)
        return NULL;
    if (x->count == MAX_FINDINGS) {
        x->truncated = true;
        return NULL;
    }
    if (x->count == x->cap) {
        uint32_t cap = x->cap ? x->cap * 2 : 16;
        nex_finding *bigger = realloc(x->findings, cap * sizeof *bigger);
        if (!bigger) {
            x->failed = NEX_ENOMEM;
            return NULL;
        }
        x->findings = bigger;
        x->cap = cap;
    }
    nex_finding *f = &x->findings[x->count++];
    *f = (nex_finding){
        .fault = fault, .node = node, .member = x->key_of, .path = path, .keyword = keyword};
    return f;
}

static const nex_json *schema_doc(const nex_explainer *x, const nex_path *path) {
    const nex_schema *s = x->eval.schema;
    return s->docs[s->subs[path->sub].doc].json;
}

/* The index of a keyword's value in the subschema, 0 when it has none. */
static uint32_t keyword_of(const nex_explainer *x, const nex_path *path, const char *name) {
    const nex_json *json = schema_doc(x, path);
    const nex_node *sub = &json->nodes[x->eval.schema->subs[path->sub].node];
    const nex_node *value = nex_node_member(json, sub, name, strlen(name));
    return value ? (uint32_t)(value - json->nodes) : 0;
}

static bool is_false(const nex_explainer *x, nex_sub_id id) {
    const nex_sub *sub = &x->eval.schema->subs[id];
    return sub->types == 0 && !(sub->flags & NEX_SUB_ALIAS);
}

static bool afford(nex_explainer *x, uint64_t cost) {
    if (x->eval.steps <= cost) {
        x->eval.stop = NEX_ELIMIT;
        x->eval.steps = 0;
        return false;
    }
    x->eval.steps -= cost;
    return true;
}

/* ---- Objects ------------------------------------------------------------------------------ */

static bool explain_member(nex_explainer *x, const nex_object *object, const nex_node *member,
                           uint32_t index, nex_marks *marks, const nex_path *path) {
    const nex_slot *slot = nex_eval_slot(object, x->eval.doc, member);
    bool evaluated = slot && slot->property, ok = true;
    if (evaluated)
        ok = explain(x, slot->sub, member, NULL, path, 0);
    for (uint32_t i = 0; i < object->pattern_count; i++) {
        if (x->eval.stop != NEX_OK)
            return false;
        if (!nex_eval_key_matches(&x->eval, &object->patterns[i], member))
            continue;
        ok &= explain(x, object->patterns[i].sub, member, NULL, path, 0);
        evaluated = true;
    }
    if (!evaluated && object->additional != NEX_SUB_NONE) {
        if (is_false(x, object->additional)) {
            record(x, NEX_FAULT_UNKNOWN_MEMBER, member, path, object->additional_keyword);
            ok = false;
        } else {
            ok = explain(x, object->additional, member, NULL, path, 0);
        }
        evaluated = true;
    }
    if (evaluated)
        nex_mark(marks, index);
    return ok;
}

static bool explain_required(nex_explainer *x, const nex_object *object, const nex_node *node,
                             const nex_path *path) {
    const nex_json *json = schema_doc(x, path);
    const nex_node *list = &json->nodes[object->required_keyword], *name = list + 1;
    bool ok = true;
    if (object->required_keyword == 0)
        return true;
    for (uint32_t i = 0; i < list->size; i++, name = nex_node_next(json, name)) {
        const char *key = nex_node_string(json, name);
        if (!afford(x, node->size / 4))
            return false;
        if (nex_eval_member(x->eval.doc, node, key, (uint16_t)name->size,
                            nex_key_hash(key, name->size)))
            continue;
        nex_finding *f = record(x, NEX_FAULT_REQUIRED, node, path, object->required_keyword);
        if (f)
            f->name = name;
        ok = false;
    }
    return ok;
}

static bool explain_object(nex_explainer *x, const nex_object *object, const nex_node *node,
                           nex_marks *marks, const nex_path *path) {
    const nex_node *member = node + 1;
    bool ok = explain_required(x, object, node, path);
    for (uint32_t i = 0; i < node->size; i++, member = nex_node_next(x->eval.doc, member))
        ok &= explain_member(x, object, member, i, marks, path);
    return ok;
}

static bool explain_names(nex_explainer *x, nex_sub_id sub, const nex_node *node,
                          const nex_path *path) {
    const nex_node *member = node + 1, *outer = x->key_of;
    bool ok = true;
    for (uint32_t i = 0; i < node->size; i++, member = nex_node_next(x->eval.doc, member)) {
        nex_node key = nex_eval_key_node(x->eval.doc, member);
        if (nex_eval_check(&x->eval, sub, &key, NULL))
            continue;
        nex_node *copy = nex_arena_alloc(&x->arena, sizeof *copy);
        if (!copy) {
            x->failed = NEX_ENOMEM;
            return false;
        }
        *copy = key;
        x->key_of = member;
        ok &= explain(x, sub, copy, NULL, path, 0);
        x->key_of = outer;
    }
    return ok;
}

static bool explain_dependency(nex_explainer *x, const nex_dependencies *list,
                               const nex_dependency *d, const nex_node *node, nex_marks *marks,
                               const nex_path *path) {
    if (!afford(x, node->size / 4))
        return false;
    if (!nex_eval_member(x->eval.doc, node, d->key, d->len, d->hash))
        return true;
    if (d->names == 0)
        return explain(x, d->sub, node, marks, path, 0);
    const nex_node *names = &list->doc->nodes[d->names], *name = names + 1;
    bool ok = true;
    for (uint32_t i = 0; i < names->size; i++, name = nex_node_next(list->doc, name)) {
        const char *key = nex_node_string(list->doc, name);
        if (!afford(x, node->size / 4))
            return false;
        if (nex_eval_member(x->eval.doc, node, key, (uint16_t)name->size,
                            nex_key_hash(key, name->size)))
            continue;
        nex_finding *f = record(x, NEX_FAULT_DEPENDENT, node, path, d->keyword);
        if (f) {
            f->name = name;
            f->other = d->key;
        }
        ok = false;
    }
    return ok;
}

static bool explain_dependencies(nex_explainer *x, const nex_dependencies *list,
                                 const nex_node *node, nex_marks *marks, const nex_path *path) {
    bool ok = true;
    for (uint32_t i = 0; i < list->count; i++)
        ok &= explain_dependency(x, list, &list->items[i], node, marks, path);
    return ok;
}

/* ---- Arrays ------------------------------------------------------------------------------- */

static bool explain_items(nex_explainer *x, const nex_items *items, const nex_node *node,
                          nex_marks *marks, const nex_path *path) {
    const nex_node *item = node + 1;
    bool ok = true;
    for (uint32_t i = 0; i < node->size; i++, item = nex_node_next(x->eval.doc, item)) {
        nex_sub_id sub = i < items->prefix_count ? items->prefix[i] : items->rest;
        if (sub == NEX_SUB_NONE)
            return ok;
        if (i >= items->prefix_count && is_false(x, sub)) {
            record(x, NEX_FAULT_EXTRA_ITEM, item, path, items->rest_keyword);
            ok = false;
        } else {
            ok &= explain(x, sub, item, NULL, path, 0);
        }
        nex_mark(marks, i);
    }
    if (marks && items->rest != NEX_SUB_NONE)
        marks->all = true;
    return ok;
}

static bool explain_contains(nex_explainer *x, const nex_contains *c, const nex_instr *instr,
                             const nex_node *node, nex_marks *marks, const nex_path *path) {
    const nex_node *item = node + 1;
    uint32_t count = 0;
    for (uint32_t i = 0; i < node->size; i++, item = nex_node_next(x->eval.doc, item)) {
        if (!nex_eval_check(&x->eval, c->sub, item, NULL))
            continue;
        count++;
        if (c->marks)
            nex_mark(marks, i);
    }
    if (count >= c->min && count <= c->max)
        return true;
    uint32_t keyword = count < c->min ? c->min_keyword : c->max_keyword;
    nex_finding *f = record(x, NEX_FAULT_CONTAINS, node, path, keyword ? keyword : instr->keyword);
    if (f) {
        f->count = count;
        f->instr = instr;
    }
    return false;
}

/* ---- Schemas for the same value ----------------------------------------------------------- */

static bool explain_branch(nex_explainer *x, nex_sub_id sub, const nex_node *node, nex_marks *marks,
                           const nex_path *path) {
    uint64_t small[NEX_MARKS_INLINE];
    nex_marks own;
    if (!marks)
        return explain(x, sub, node, NULL, path, 0);
    if (!nex_marks_init(&x->eval, &own, small, node))
        return false;
    bool ok = explain(x, sub, node, &own, path, 0);
    if (ok)
        nex_marks_merge(marks, &own);
    nex_marks_free(&own, small);
    return ok;
}

/*
 * How near a branch was: 0 the value has another type, 1 a member that tells variants apart
 * (a const or enum) is of another, 2 neither.
 */
static int nearness(const nex_explainer *x, uint32_t from, uint32_t to, const nex_node *node) {
    int rank = 2;
    for (uint32_t i = from; i < to; i++) {
        const nex_finding *f = &x->findings[i];
        if (f->node == node && (f->fault == NEX_FAULT_TYPE || f->fault == NEX_FAULT_FALSE))
            return 0;
        if (f->fault == NEX_FAULT_LEAF &&
            (f->instr->op == NEX_OP_CONST || f->instr->op == NEX_OP_ENUM) && rank > 1)
            rank = 1;
    }
    return rank;
}

/* anyOf and oneOf. Of those that fail all, the findings of the closest branch are kept. */
static bool explain_choice(nex_explainer *x, const nex_branches *b, const nex_instr *instr,
                           const nex_node *node, nex_marks *marks, const nex_path *path) {
    uint32_t base = x->count, holds = 0, first = 0, second = 0;
    uint32_t best = 0, best_from = 0, best_count = 0;
    int best_rank = -1;
    bool one = instr->op == NEX_OP_ONE_OF;
    if (!record(x, NEX_FAULT_NONE_OF, node, path, instr->keyword) && x->eval.stop != NEX_OK)
        return false;
    for (uint32_t i = 0; i < b->count; i++) {
        uint32_t from = x->count;
        if (explain_branch(x, b->subs[i], node, marks, path)) {
            *(holds == 0 ? &first : &second) = i;
            x->count = from;
            if (++holds == 2 && one)
                break;
            continue;
        }
        int rank = nearness(x, from, x->count, node);
        uint32_t count = x->count - from;
        if (rank > best_rank || (rank == best_rank && count < best_count)) {
            best = i;
            best_rank = rank;
            best_count = count;
            best_from = from;
        }
    }
    if (x->eval.stop != NEX_OK || x->failed != NEX_OK || holds == 1 || (holds > 1 && !one)) {
        x->count = base;
        return holds == 1 || (holds > 1 && !one);
    }
    if (base >= x->count) /* there was no room left to record anything */
        return false;
    nex_finding *f = &x->findings[base];
    f->instr = instr;
    x->count = base + 1;
    if (holds > 1) {
        f->fault = NEX_FAULT_MANY_OF;
        f->count = first;
        f->second = second;
        return false;
    }
    f->count = best;
    f->second = b->count;
    memmove(&x->findings[base + 1], &x->findings[best_from], best_count * sizeof *x->findings);
    x->count += best_count;
    return false;
}

static bool explain_all(nex_explainer *x, const nex_branches *b, const nex_node *node,
                        nex_marks *marks, const nex_path *path) {
    bool ok = true;
    for (uint32_t i = 0; i < b->count; i++)
        ok &= explain(x, b->subs[i], node, marks, path, 0);
    return ok;
}

static bool explain_condition(nex_explainer *x, const nex_condition *c, const nex_node *node,
                              nex_marks *marks, const nex_path *path) {
    uint32_t base = x->count;
    bool holds = explain_branch(x, c->test, node, marks, path);
    if (x->count > base)
        x->count = base; /* a condition that does not hold is no fault */
    nex_sub_id then = holds ? c->yes : c->no;
    return then == NEX_SUB_NONE || explain(x, then, node, marks, path, 0);
}

static bool explain_unevaluated(nex_explainer *x, const nex_instr *instr, const nex_node *node,
                                nex_marks *marks, const nex_path *path) {
    const nex_node *child = node + 1;
    bool ok = true;
    if (marks->all)
        return true;
    for (uint32_t i = 0; i < node->size; i++, child = nex_node_next(x->eval.doc, child)) {
        if (nex_marked(marks, i))
            continue;
        if (is_false(x, instr->as.sub)) {
            record(x,
                   node->type == NEX_JSON_TYPE_OBJECT ? NEX_FAULT_UNKNOWN_MEMBER
                                                      : NEX_FAULT_EXTRA_ITEM,
                   child, path, instr->keyword);
            ok = false;
        } else {
            ok &= explain(x, instr->as.sub, child, NULL, path, 0);
        }
    }
    marks->all = true;
    return ok;
}

/* ---- The run ------------------------------------------------------------------------------ */

static bool explain_instr(nex_explainer *x, const nex_instr *instr, const nex_node *node,
                          nex_marks *marks, const nex_path *path) {
    switch ((nex_op)instr->op) {
    case NEX_OP_ITEMS:
        return explain_items(x, instr->as.data, node, marks, path);
    case NEX_OP_CONTAINS:
        return explain_contains(x, instr->as.data, instr, node, marks, path);
    case NEX_OP_OBJECT:
        return explain_object(x, instr->as.data, node, marks, path);
    case NEX_OP_PROPERTY_NAMES:
        return explain_names(x, instr->as.sub, node, path);
    case NEX_OP_DEPENDENCIES:
        return explain_dependencies(x, instr->as.data, node, marks, path);
    case NEX_OP_REF:
        return explain(x, instr->as.sub, node, marks, path, instr->keyword);
    case NEX_OP_DYNAMIC_REF:
        return explain(x, nex_eval_dynamic(&x->eval, instr->as.data), node, marks, path,
                       instr->keyword);
    case NEX_OP_ALL_OF:
        return explain_all(x, instr->as.data, node, marks, path);
    case NEX_OP_ANY_OF:
    case NEX_OP_ONE_OF:
        return explain_choice(x, instr->as.data, instr, node, marks, path);
    case NEX_OP_NOT:
        if (!nex_eval_check(&x->eval, instr->as.sub, node, NULL))
            return true;
        record(x, NEX_FAULT_NOT, node, path, instr->keyword);
        return false;
    case NEX_OP_IF:
        return explain_condition(x, instr->as.data, node, marks, path);
    case NEX_OP_UNEVALUATED_ITEMS:
    case NEX_OP_UNEVALUATED_PROPERTIES:
        return explain_unevaluated(x, instr, node, marks, path);
    default:
        break;
    }
    if (nex_eval_leaf(&x->eval, instr, node))
        return true;
    nex_finding *f = record(x, NEX_FAULT_LEAF, node, path, instr->keyword);
    if (f)
        f->instr = instr;
    return false;
}

static bool explain_program(nex_explainer *x, const nex_sub *sub, const nex_node *node,
                            nex_marks *marks, const nex_path *path) {
    const nex_instr *instr = &x->eval.schema->instrs[sub->program[node->type]];
    uint64_t small[NEX_MARKS_INLINE];
    nex_marks own, *inner = marks;
    bool marked = (sub->flags & NEX_SUB_UNEVALUATED) && node->type >= NEX_JSON_TYPE_ARRAY;
    bool ok = true;
    if (marked && !nex_marks_init(&x->eval, &own, small, node))
        return false;
    if (marked)
        inner = &own;
    for (; instr->op != NEX_OP_END; instr++)
        ok &= explain_instr(x, instr, node, inner, path);
    if (marked) {
        if (ok && marks)
            nex_marks_merge(marks, &own);
        nex_marks_free(&own, small);
    }
    return ok;
}

static bool explain(nex_explainer *x, nex_sub_id id, const nex_node *node, nex_marks *marks,
                    const nex_path *parent, uint32_t via) {
    nex_eval *e = &x->eval;
    const nex_sub *sub = &e->schema->subs[id];
    if (e->stop != NEX_OK || x->failed != NEX_OK)
        return false;
    if (e->depth >= NEX_EXPLAIN_DEPTH || e->steps <= node->size + 4u) {
        e->stop = NEX_ELIMIT;
        e->steps = 0;
        return false;
    }
    e->steps -= node->size + 4u;
    if ((sub->flags & NEX_SUB_WRITE_ONLY) && !x->key_of) {
        size_t index = (size_t)(node - e->doc->nodes);
        x->secret[index / 8] |= (uint8_t)(1u << (index % 8));
    }
    bool alias = sub->flags & NEX_SUB_ALIAS;
    if (!alias && nex_eval_type(sub, node) && sub->program[node->type] == 0)
        return true;
    nex_path *path = nex_arena_alloc(&x->arena, sizeof *path);
    if (!path) {
        x->failed = NEX_ENOMEM;
        return false;
    }
    *path = (nex_path){parent, id, via};
    if (!alias && !nex_eval_type(sub, node)) {
        if (sub->types == 0)
            record(x, NEX_FAULT_FALSE, node, path, 0);
        else
            record(x, NEX_FAULT_TYPE, node, path, keyword_of(x, path, "type"));
        return false;
    }
    nex_scope scope = {sub->resource, e->scope};
    e->scope = &scope;
    e->depth++;
    bool ok = alias ? explain(x, sub->target, node, marks, path, keyword_of(x, path, "$ref"))
                    : explain_program(x, sub, node, marks, path);
    e->depth--;
    e->scope = scope.outer;
    return ok;
}

nex_status nex_explain(nex_explainer *x, const nex_schema *schema, const nex_json *doc) {
    *x = (nex_explainer){.eval = {.schema = schema, .doc = doc, .steps = nex_eval_budget(doc)}};
    x->arena.max = 32 << 20;
    x->secret = calloc(doc->count / 8 + 1, 1);
    nex_path *root = nex_arena_alloc(&x->arena, sizeof *root);
    if (!x->secret || !root)
        return NEX_ENOMEM;
    explain(x, schema->root, doc->nodes, NULL, NULL, 0);
    if (x->failed != NEX_OK)
        return x->failed;
    if (x->eval.stop != NEX_OK)
        x->truncated = true;
    if (x->count > 0)
        return NEX_OK;
    x->eval.stop = NEX_OK;
    *root = (nex_path){NULL, schema->root, 0};
    record(x, NEX_FAULT_WORK, doc->nodes, root, 0);
    return x->failed;
}

void nex_explainer_free(nex_explainer *x) {
    nex_arena_free(&x->arena);
    free(x->findings);
    free(x->secret);
}
