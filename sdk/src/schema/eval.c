#include "schema/eval.h"

/* what has locals whose address is taken stays out of the frames that recursion multiplies */
#define NOINLINE    __attribute__((noinline))
#define UNLIKELY(x) __builtin_expect(!!(x), 0)
#define LIKELY(x)   __builtin_expect(!!(x), 1)

static bool run(nex_eval *e, const nex_sub *sub, uint32_t program, const nex_node *node,
                nex_marks *marks);

static inline bool check(nex_eval *e, nex_sub_id id, const nex_node *node, nex_marks *marks) {
    const nex_sub *sub = &e->schema->subs[id];
    if (!nex_eval_type(sub, node))
        return false;
    uint32_t program = sub->program[node->type];
    return program == 0 || run(e, sub, program, node, marks);
}

static inline bool pay(nex_eval *e, uint64_t cost) {
    if (UNLIKELY(e->steps <= cost)) {
        if (e->stop == NEX_OK)
            e->stop = NEX_ELIMIT;
        e->steps = 0;
        return false;
    }
    e->steps -= cost;
    return true;
}

/* Where the next child stands. Most hold no others: to guess so is to wait for no memory. */
static inline const nex_node *next_child(const nex_eval *e, const nex_node *child) {
    return LIKELY(child->type < NEX_JSON_TYPE_ARRAY) ? child + 1 : nex_node_next(e->doc, child);
}

/* One subschema for many children that stand in a row. */
static bool check_each(nex_eval *e, nex_sub_id id, const nex_node *child, uint32_t count) {
    const nex_sub *sub = &e->schema->subs[id];
    if (sub->flags & NEX_SUB_ONLY_SCALARS) {
        for (uint32_t i = 0; i < count; i++)
            if (!nex_eval_type(sub, &child[i]))
                return false;
        return true;
    }
    for (; count > 0; count--, child = next_child(e, child)) {
        if (!nex_eval_type(sub, child))
            return false;
        uint32_t program = sub->program[child->type];
        if (program != 0 && !run(e, sub, program, child, NULL))
            return false;
    }
    return true;
}

/* ---- Objects ------------------------------------------------------------------------------ */

static NOINLINE bool same_long_key(const nex_slot *slot, const char *key) {
    return memcmp(slot->key + 8, key + 8, slot->len - 8u) == 0;
}

static inline bool same_key(const nex_slot *slot, const char *key) {
    if (slot->head != nex_word(key, slot->len < 8 ? slot->len : 8))
        return false;
    if (slot->len <= 8)
        return true;
    if (slot->len <= 16) /* the last eight bytes hold what the first eight do not */
        return nex_word(slot->key + slot->len - 8, 8) == nex_word(key + slot->len - 8, 8);
    return same_long_key(slot, key);
}

static inline const nex_slot *slot_of(const nex_object *object, const nex_json *doc,
                                      const nex_node *member) {
    for (uint32_t i = member->key_hash;; i++) {
        const nex_slot *slot = &object->slots[i & object->mask];
        if (slot->hash == member->key_hash && slot->len == member->key_len && slot->key &&
            same_key(slot, nex_node_key(doc, member)))
            return slot;
        if (!slot->key)
            return NULL;
    }
}

const nex_slot *nex_eval_slot(const nex_object *object, const nex_json *doc,
                              const nex_node *member) {
    return slot_of(object, doc, member);
}

/* What the schema does not name: patterns, then the rest. */
static bool other_member(nex_eval *e, const nex_object *object, const nex_node *member,
                         uint32_t index, bool evaluated, nex_marks *marks) {
    for (uint32_t i = 0; i < object->pattern_count; i++) {
        if (!nex_eval_key_matches(e, &object->patterns[i], member)) {
            if (UNLIKELY(e->stop != NEX_OK))
                return false;
            continue;
        }
        if (!check(e, object->patterns[i].sub, member, NULL))
            return false;
        evaluated = true;
    }
    if (!evaluated && object->additional != NEX_SUB_NONE) {
        if (!check(e, object->additional, member, NULL))
            return false;
        evaluated = true;
    }
    if (evaluated)
        nex_mark(marks, index);
    return true;
}

/* Names alone: each member is one that the schema names, or it is of the rest. */
static NOINLINE bool named_members(nex_eval *e, const nex_object *object, const nex_node *member,
                                   uint32_t left) {
    uint32_t required = 0;
    for (; left > 0; left--, member = next_child(e, member)) {
        const nex_slot *slot = slot_of(object, e->doc, member);
        nex_sub_id sub = object->additional;
        if (slot) {
            required += slot->required;
            if (slot->property)
                sub = slot->sub;
        }
        if (sub != NEX_SUB_NONE && !check(e, sub, member, NULL))
            return false;
    }
    return required == object->required;
}

/* Where nothing is asked of the rest: what the schema surely does not name is passed over. */
static inline bool open_members(nex_eval *e, const nex_object *object, const nex_node *node) {
    const nex_node *member = node + 1;
    uint32_t left = node->size;
    while (left > 0 && !(object->filter >> (member->key_hash & 63) & 1)) {
        member = next_child(e, member);
        left--;
    }
    return left > 0 ? named_members(e, object, member, left) : object->required == 0;
}

/* The same with patterns, or where somebody has to know which members were evaluated. */
static NOINLINE bool all_members(nex_eval *e, const nex_object *object, const nex_node *node,
                                 nex_marks *marks) {
    const nex_node *member = node + 1;
    uint32_t required = 0;
    for (uint32_t i = 0; i < node->size; i++, member = next_child(e, member)) {
        const nex_slot *slot = slot_of(object, e->doc, member);
        bool property = slot && slot->property;
        required += slot && slot->required;
        if ((property && !check(e, slot->sub, member, NULL)) ||
            !other_member(e, object, member, i, property, marks))
            return false;
    }
    return required == object->required;
}

static NOINLINE bool object_members(nex_eval *e, const nex_object *object, const nex_node *node,
                                    nex_marks *marks) {
    if (node->size < object->required || node->size > object->max || !pay(e, node->size))
        return false;
    if (object->pattern_count > 0 || (object->named > 0 && marks))
        return all_members(e, object, node, marks);
    if (object->additional == NEX_SUB_NONE)
        return open_members(e, object, node);
    if (object->named > 0)
        return named_members(e, object, node + 1, node->size);
    if (marks)
        marks->all = true;
    return check_each(e, object->additional, node + 1, node->size);
}

static NOINLINE bool property_names(nex_eval *e, nex_sub_id sub, const nex_node *node) {
    const nex_node *member = node + 1;
    for (uint32_t i = 0; i < node->size; i++, member = nex_node_next(e->doc, member)) {
        nex_node key = nex_eval_key_node(e->doc, member);
        if (!check(e, sub, &key, NULL))
            return false;
    }
    return true;
}

static bool names_present(nex_eval *e, const nex_json *doc, const nex_node *names,
                          const nex_node *node) {
    const nex_node *name = names + 1;
    for (uint32_t i = 0; i < names->size; i++, name = nex_node_next(doc, name)) {
        const char *key = nex_node_string(doc, name);
        if (!pay(e, node->size / 4) || name->size > NEX_JSON_MAX_KEY ||
            !nex_eval_member(e->doc, node, key, (uint16_t)name->size,
                             nex_key_hash(key, name->size)))
            return false;
    }
    return true;
}

static bool dependencies(nex_eval *e, const nex_dependencies *list, const nex_node *node,
                         nex_marks *marks) {
    for (uint32_t i = 0; i < list->count; i++) {
        const nex_dependency *d = &list->items[i];
        if (!pay(e, node->size / 4))
            return false;
        if (!nex_eval_member(e->doc, node, d->key, d->len, d->hash))
            continue;
        if (d->names ? !names_present(e, list->doc, &list->doc->nodes[d->names], node)
                     : !check(e, d->sub, node, marks))
            return false;
    }
    return true;
}

/* ---- Arrays ------------------------------------------------------------------------------- */

static bool array_items(nex_eval *e, const nex_items *items, const nex_node *node,
                        nex_marks *marks) {
    const nex_node *item = node + 1;
    uint32_t i = 0;
    if (!pay(e, node->size))
        return false;
    for (; i < items->prefix_count && i < node->size; i++, item = nex_node_next(e->doc, item)) {
        if (!check(e, items->prefix[i], item, NULL))
            return false;
        nex_mark(marks, i);
    }
    if (items->rest == NEX_SUB_NONE)
        return true;
    if (i < node->size && !check_each(e, items->rest, item, node->size - i))
        return false;
    if (marks)
        marks->all = true;
    return true;
}

static bool contains(nex_eval *e, const nex_contains *c, const nex_node *node, nex_marks *marks) {
    const nex_node *item = node + 1;
    uint64_t count = 0;
    if (!pay(e, node->size))
        return false;
    for (uint32_t i = 0; i < node->size; i++, item = nex_node_next(e->doc, item)) {
        if (!check(e, c->sub, item, NULL))
            continue;
        count++;
        if (c->marks)
            nex_mark(marks, i);
        if (count > c->max || (!marks && count >= c->min && c->max == UINT64_MAX))
            break;
    }
    return count >= c->min && count <= c->max;
}

/* ---- Schemas for the same value ----------------------------------------------------------- */

/* Checks a branch that may fail: only one that holds leaves its marks. */
static NOINLINE bool branch(nex_eval *e, nex_sub_id sub, const nex_node *node, nex_marks *marks) {
    uint64_t small[NEX_MARKS_INLINE];
    nex_marks own;
    if (!marks)
        return check(e, sub, node, NULL);
    if (!nex_marks_init(e, &own, small, node))
        return false;
    bool ok = check(e, sub, node, &own);
    if (ok)
        nex_marks_merge(marks, &own);
    nex_marks_free(&own, small);
    return ok;
}

static bool any_of(nex_eval *e, const nex_branches *b, const nex_node *node, nex_marks *marks) {
    bool any = false;
    for (uint32_t i = 0; i < b->count && !(any && !marks); i++)
        any |= branch(e, b->subs[i], node, marks);
    return any;
}

static bool one_of(nex_eval *e, const nex_branches *b, const nex_node *node, nex_marks *marks) {
    uint32_t count = 0;
    for (uint32_t i = 0; i < b->count && count < 2; i++)
        count += branch(e, b->subs[i], node, marks);
    return count == 1;
}

static bool all_of(nex_eval *e, const nex_branches *b, const nex_node *node, nex_marks *marks) {
    for (uint32_t i = 0; i < b->count; i++)
        if (!check(e, b->subs[i], node, marks))
            return false;
    return true;
}

static bool condition(nex_eval *e, const nex_condition *c, const nex_node *node, nex_marks *marks) {
    if (c->yes == NEX_SUB_NONE && c->no == NEX_SUB_NONE && !marks)
        return true;
    nex_sub_id then = branch(e, c->test, node, marks) ? c->yes : c->no;
    return then == NEX_SUB_NONE || check(e, then, node, marks);
}

static bool unevaluated(nex_eval *e, nex_sub_id sub, const nex_node *node, nex_marks *marks) {
    const nex_node *child = node + 1;
    if (marks->all)
        return true;
    if (!pay(e, node->size))
        return false;
    for (uint32_t i = 0; i < node->size; i++, child = nex_node_next(e->doc, child))
        if (!nex_marked(marks, i) && !check(e, sub, child, NULL))
            return false;
    marks->all = true;
    return true;
}

/* ---- The run ------------------------------------------------------------------------------ */

static bool execute(nex_eval *e, const nex_instr *instr, const nex_node *node, nex_marks *marks) {
    for (;; instr++) {
        bool ok;
        switch ((nex_op)instr->op) {
        case NEX_OP_END:
            return true;
        case NEX_OP_MIN_LENGTH:
            ok = node->flags & NEX_NODE_WIDE ? nex_eval_leaf(e, instr, node)
                                             : node->size >= instr->as.count;
            break;
        case NEX_OP_MAX_LENGTH:
            ok = node->size <= instr->as.count || nex_eval_leaf(e, instr, node);
            break;
        case NEX_OP_MINIMUM:
            ok = !(instr->flags & NEX_INSTR_BIG) && node->type == NEX_JSON_TYPE_INT
                     ? node->as.integer >= instr->as.integer
                     : nex_eval_leaf(e, instr, node);
            break;
        case NEX_OP_MAXIMUM:
            ok = !(instr->flags & NEX_INSTR_BIG) && node->type == NEX_JSON_TYPE_INT
                     ? node->as.integer <= instr->as.integer
                     : nex_eval_leaf(e, instr, node);
            break;
        case NEX_OP_ITEMS:
            ok = array_items(e, instr->as.data, node, marks);
            break;
        case NEX_OP_CONTAINS:
            ok = contains(e, instr->as.data, node, marks);
            break;
        case NEX_OP_OBJECT:
            ok = object_members(e, instr->as.data, node, marks);
            break;
        case NEX_OP_PROPERTY_NAMES:
            ok = property_names(e, instr->as.sub, node);
            break;
        case NEX_OP_DEPENDENCIES:
            ok = dependencies(e, instr->as.data, node, marks);
            break;
        case NEX_OP_REF:
            ok = check(e, instr->as.sub, node, marks);
            break;
        case NEX_OP_DYNAMIC_REF:
            ok = check(e, nex_eval_dynamic(e, instr->as.data), node, marks);
            break;
        case NEX_OP_ALL_OF:
            ok = all_of(e, instr->as.data, node, marks);
            break;
        case NEX_OP_ANY_OF:
            ok = any_of(e, instr->as.data, node, marks);
            break;
        case NEX_OP_ONE_OF:
            ok = one_of(e, instr->as.data, node, marks);
            break;
        case NEX_OP_NOT:
            ok = !check(e, instr->as.sub, node, NULL);
            break;
        case NEX_OP_IF:
            ok = condition(e, instr->as.data, node, marks);
            break;
        case NEX_OP_UNEVALUATED_ITEMS:
        case NEX_OP_UNEVALUATED_PROPERTIES:
            ok = unevaluated(e, instr->as.sub, node, marks);
            break;
        default:
            ok = nex_eval_leaf(e, instr, node);
            break;
        }
        if (!ok || (instr->flags & NEX_INSTR_LAST))
            return ok;
    }
}

/* A schema with unevaluated* sees only what itself and its own branches evaluated. */
static NOINLINE bool execute_marked(nex_eval *e, const nex_instr *instr, const nex_node *node,
                                    nex_marks *marks) {
    uint64_t small[NEX_MARKS_INLINE];
    nex_marks own;
    if (!nex_marks_init(e, &own, small, node))
        return false;
    bool ok = execute(e, instr, node, &own);
    if (ok && marks)
        nex_marks_merge(marks, &own);
    nex_marks_free(&own, small);
    return ok;
}

static NOINLINE bool execute_scoped(nex_eval *e, const nex_sub *sub, const nex_instr *instr,
                                    const nex_node *node, nex_marks *marks) {
    nex_scope scope = {sub->resource, e->scope};
    e->scope = &scope;
    bool ok = (sub->flags & NEX_SUB_UNEVALUATED) && node->type >= NEX_JSON_TYPE_ARRAY
                  ? execute_marked(e, instr, node, marks)
                  : execute(e, instr, node, marks);
    e->scope = scope.outer;
    return ok;
}

static inline bool run_program(nex_eval *e, const nex_sub *sub, uint32_t program,
                               const nex_node *node, nex_marks *marks) {
    const nex_instr *instr = &e->schema->instrs[program];
    bool ok;
    if (UNLIKELY(e->depth >= NEX_EVAL_DEPTH || e->steps <= 1)) {
        pay(e, UINT64_MAX);
        return false;
    }
    e->steps--;
    e->depth++;
    if (UNLIKELY(sub->flags & (NEX_SUB_SCOPED | NEX_SUB_UNEVALUATED)))
        ok = execute_scoped(e, sub, instr, node, marks);
    else if (instr->op == NEX_OP_OBJECT && (instr->flags & NEX_INSTR_LAST))
        ok = object_members(e, instr->as.data, node, marks);
    else
        ok = execute(e, instr, node, marks);
    e->depth--;
    return ok;
}

static NOINLINE bool run(nex_eval *e, const nex_sub *sub, uint32_t program, const nex_node *node,
                         nex_marks *marks) {
    return run_program(e, sub, program, node, marks);
}

static inline bool check_here(nex_eval *e, nex_sub_id id, const nex_node *node, nex_marks *marks) {
    const nex_sub *sub = &e->schema->subs[id];
    uint32_t program = sub->program[node->type];
    return nex_eval_type(sub, node) && (program == 0 || run_program(e, sub, program, node, marks));
}

bool nex_eval_check(nex_eval *e, nex_sub_id id, const nex_node *node, nex_marks *marks) {
    return check_here(e, id, node, marks);
}

nex_status nex_eval_all(const nex_schema *schema, const nex_json *doc) {
    nex_eval e = {.schema = schema, .doc = doc, .steps = nex_eval_budget(doc)};
    bool valid = check_here(&e, schema->root, doc->nodes, NULL);
    return e.stop != NEX_OK ? e.stop : valid ? NEX_OK : NEX_EINVAL;
}
