/*
 * Subschemas to instructions. What is reachable is compiled from a list, not by recursion, so a
 * long chain of references costs no stack.
 */
#include "schema/compile.h"
#include "schema/message.h"

#include <stdlib.h>

enum {
    MAX_SUBS = 200 * 1000,
    MAX_REGEX_SIZE = 4 << 20, /* bytes of all compiled patterns together */
    MAX_REGEXES = 10000,
    ENUM_STEPS = 1000 * 1000 /* to find what an enum gives twice */
};

/* A $dynamicRef whose choices are known only when all is compiled. */
struct nex_pending {
    nex_dynamic *to;
    uint32_t name;
};

typedef struct program {
    nex_instr items[40];
    uint32_t count;
} program;

void *nex_compile_alloc(nex_compiler *c, size_t count, size_t size) {
    void *p = nex_arena_alloc(&c->schema->arena, (count ? count : 1) * size);
    if (!p)
        nex_compile_no_memory(c);
    return p;
}

nex_status nex_sub_of(nex_compiler *c, nex_place place, nex_sub_id *id) {
    nex_schema *s = c->schema;
    uint32_t *known = &c->sources[place.doc].subs[place.node];
    const nex_node *node = nex_at(c, place.doc, place.node);
    if (*known == 0 && node->type == NEX_JSON_TYPE_TRUE)
        *known = NEX_SUB_TRUE;
    if (*known == 0) {
        if (s->sub_count >= MAX_SUBS)
            return nex_error_set(c->err, NEX_ELIMIT, "schema: more than %d subschemas", MAX_SUBS);
        nex_status status = nex_grow(c, &s->subs, s->sub_count, &c->sub_cap, sizeof *s->subs);
        if (status != NEX_OK)
            return status;
        s->subs[s->sub_count] = (nex_sub){
            .types = 0xFF, .doc = place.doc, .node = place.node, .resource = place.resource};
        *known = s->sub_count++;
    }
    *id = *known;
    return NEX_OK;
}

nex_status nex_child(nex_frame *f, const nex_node *node, nex_sub_id *id) {
    nex_compiler *c = f->c;
    nex_place place = {f->doc, nex_index(c, f->doc, node), f->resource, 0};
    if (nex_resource_at(c, f->doc, place.node) != NEX_NO_RESOURCE)
        place.resource = nex_resource_at(c, f->doc, place.node);
    return nex_sub_of(c, place, id);
}

nex_status nex_collide(nex_frame *f, const nex_node *at, const char *what) {
    return nex_schema_fail(f->c, f->doc, at, NEX_ELIMIT,
                           "too many of the %s here have one hash, which is no accident", what);
}

nex_status nex_emit(nex_compiler *c, nex_instr instr) {
    nex_schema *s = c->schema;
    nex_status status = nex_grow(c, &s->instrs, s->instr_count, &c->instr_cap, sizeof *s->instrs);
    if (status == NEX_OK)
        s->instrs[s->instr_count++] = instr;
    return status;
}

nex_instr nex_instr_of(const nex_frame *f, nex_op op, nex_keyword kw) {
    return (nex_instr){.op = (uint8_t)op, .keyword = nex_index(f->c, f->doc, f->kw[kw])};
}

nex_status nex_compile_regex(nex_frame *f, const nex_node *at, const char *text, size_t len,
                             const nex_regex **regex) {
    nex_compiler *c = f->c;
    nex_schema *s = c->schema;
    nex_error err;
    nex_regex *made = NULL;
    nex_status status = nex_grow(c, &s->regexes, s->regex_count, &c->regex_cap, sizeof *s->regexes);
    if (status != NEX_OK)
        return status;
    status = nex_regex_compile(&made, text, len, &err);
    if (status == NEX_ENOMEM)
        return nex_compile_no_memory(c);
    if (status != NEX_OK)
        return nex_schema_fail(c, f->doc, at, status, "%s", err.message);
    s->regexes[s->regex_count++] = made;
    c->regex_size += nex_regex_size(made);
    *regex = made;
    if (c->regex_size > MAX_REGEX_SIZE || s->regex_count > MAX_REGEXES)
        return nex_schema_fail(c, f->doc, at, NEX_ELIMIT, "the patterns are too many or too large");
    return NEX_OK;
}

static void push(program *p, nex_instr instr) {
    p->items[p->count++] = instr;
}

static nex_status push_limit(nex_frame *f, program *p, nex_op op, nex_keyword kw) {
    const nex_node *value = f->kw[kw];
    if (!value)
        return NEX_OK;
    nex_instr instr = nex_instr_of(f, op, kw);
    if (value->type == NEX_JSON_TYPE_INT) {
        instr.as.integer = value->as.integer;
    } else {
        nex_limit *limit = nex_compile_alloc(f->c, 1, sizeof *limit);
        if (!limit)
            return NEX_ENOMEM;
        *limit = (nex_limit){f->json, value};
        instr.flags = NEX_INSTR_BIG;
        instr.as.data = limit;
    }
    push(p, instr);
    return NEX_OK;
}

static uint64_t count_of(const nex_node *value) {
    return value->type == NEX_JSON_TYPE_INT ? (uint64_t)value->as.integer : UINT64_MAX;
}

static void push_count(nex_frame *f, program *p, nex_op op, nex_keyword kw, uint64_t trivial) {
    if (!f->kw[kw] || count_of(f->kw[kw]) == trivial)
        return;
    nex_instr instr = nex_instr_of(f, op, kw);
    instr.as.count = count_of(f->kw[kw]);
    push(p, instr);
}

static nex_status numbers(nex_frame *f, program *p) {
    nex_status status = push_limit(f, p, NEX_OP_MINIMUM, NEX_KW_MINIMUM);
    if (status == NEX_OK)
        status = push_limit(f, p, NEX_OP_MAXIMUM, NEX_KW_MAXIMUM);
    if (status == NEX_OK)
        status = push_limit(f, p, NEX_OP_EXCLUSIVE_MINIMUM, NEX_KW_EXCLUSIVE_MINIMUM);
    if (status == NEX_OK)
        status = push_limit(f, p, NEX_OP_EXCLUSIVE_MAXIMUM, NEX_KW_EXCLUSIVE_MAXIMUM);
    return status == NEX_OK ? push_limit(f, p, NEX_OP_MULTIPLE_OF, NEX_KW_MULTIPLE_OF) : status;
}

static nex_status strings(nex_frame *f, program *p) {
    const nex_node *value = f->kw[NEX_KW_FORMAT];
    push_count(f, p, NEX_OP_MIN_LENGTH, NEX_KW_MIN_LENGTH, 0);
    push_count(f, p, NEX_OP_MAX_LENGTH, NEX_KW_MAX_LENGTH, UINT64_MAX);
    bool assert = !f->c->options->annotate_format || (f->vocabulary & NEX_VOCAB_FORMAT_ASSERTION);
    nex_format_fn test =
        value && assert ? nex_format_find(nex_node_string(f->json, value), value->size) : NULL;
    if (test) {
        nex_instr instr = nex_instr_of(f, NEX_OP_FORMAT, NEX_KW_FORMAT);
        nex_format *format = nex_compile_alloc(f->c, 1, sizeof *format);
        if (!format)
            return NEX_ENOMEM;
        format->test = test;
        format->weight = nex_format_weight(test);
        instr.as.data = format;
        push(p, instr);
    }
    if ((value = f->kw[NEX_KW_PATTERN])) {
        nex_instr instr = nex_instr_of(f, NEX_OP_PATTERN, NEX_KW_PATTERN);
        nex_pattern *pattern = nex_compile_alloc(f->c, 1, sizeof *pattern);
        if (!pattern)
            return NEX_ENOMEM;
        pattern->text = value;
        nex_status status = nex_compile_regex(f, value, nex_node_string(f->json, value),
                                              value->size, &pattern->regex);
        if (status != NEX_OK)
            return status;
        instr.as.data = pattern;
        push(p, instr);
    }
    return NEX_OK;
}

static nex_status branches(nex_frame *f, const nex_node *list, const nex_branches **out) {
    nex_branches *b = nex_compile_alloc(f->c, 1, sizeof *b);
    nex_sub_id *subs = b ? nex_compile_alloc(f->c, list->size, sizeof *subs) : NULL;
    const nex_node *node = list + 1;
    if (!subs)
        return NEX_ENOMEM;
    *b = (nex_branches){list->size, subs};
    for (uint32_t i = 0; i < list->size; i++, node = nex_node_next(f->json, node)) {
        nex_status status = nex_child(f, node, &subs[i]);
        if (status != NEX_OK)
            return status;
    }
    *out = b;
    return NEX_OK;
}

static nex_status items(nex_frame *f, program *p) {
    bool older = f->dialect & NEX_TILL_2019;
    nex_keyword list = older ? NEX_KW_ITEMS : NEX_KW_PREFIX_ITEMS, rest = NEX_KW_ITEMS;
    const nex_node *prefix = f->kw[list];
    const nex_branches *b = NULL;
    if (older && prefix && prefix->type != NEX_JSON_TYPE_ARRAY)
        prefix = NULL;
    else if (older)
        rest = NEX_KW_ADDITIONAL_ITEMS;
    if (older && !prefix && rest == NEX_KW_ADDITIONAL_ITEMS)
        return NEX_OK; /* without items it says nothing */
    if (!prefix && !f->kw[rest])
        return NEX_OK;
    nex_items *made = nex_compile_alloc(f->c, 1, sizeof *made);
    nex_instr instr = nex_instr_of(f, NEX_OP_ITEMS, prefix ? list : rest);
    if (!made)
        return NEX_ENOMEM;
    if (prefix) {
        nex_status status = branches(f, prefix, &b);
        if (status != NEX_OK)
            return status;
        made->prefix_count = b->count;
        made->prefix = b->subs;
    }
    if (f->kw[rest]) {
        nex_status status = nex_child(f, f->kw[rest], &made->rest);
        if (status != NEX_OK)
            return status;
        made->rest_keyword = nex_index(f->c, f->doc, f->kw[rest]);
    }
    instr.as.data = made;
    push(p, instr);
    return NEX_OK;
}

static nex_status contains(nex_frame *f, program *p) {
    const nex_node *min = f->kw[NEX_KW_MIN_CONTAINS], *max = f->kw[NEX_KW_MAX_CONTAINS];
    if (!f->kw[NEX_KW_CONTAINS])
        return NEX_OK;
    nex_contains *made = nex_compile_alloc(f->c, 1, sizeof *made);
    nex_instr instr = nex_instr_of(f, NEX_OP_CONTAINS, NEX_KW_CONTAINS);
    if (!made)
        return NEX_ENOMEM;
    *made = (nex_contains){.min = min ? count_of(min) : 1,
                           .max = max ? count_of(max) : UINT64_MAX,
                           .min_keyword = min ? nex_index(f->c, f->doc, min) : 0,
                           .max_keyword = max ? nex_index(f->c, f->doc, max) : 0,
                           .marks = f->dialect == NEX_IN_2020};
    instr.as.data = made;
    push(p, instr);
    return nex_child(f, f->kw[NEX_KW_CONTAINS], &made->sub);
}

static nex_status arrays(nex_frame *f, program *p) {
    push_count(f, p, NEX_OP_MIN_ITEMS, NEX_KW_MIN_ITEMS, 0);
    push_count(f, p, NEX_OP_MAX_ITEMS, NEX_KW_MAX_ITEMS, UINT64_MAX);
    nex_status status = items(f, p);
    if (status == NEX_OK)
        status = contains(f, p);
    if (f->kw[NEX_KW_UNIQUE_ITEMS] && f->kw[NEX_KW_UNIQUE_ITEMS]->type == NEX_JSON_TYPE_TRUE)
        push(p, nex_instr_of(f, NEX_OP_UNIQUE, NEX_KW_UNIQUE_ITEMS));
    return status;
}

static nex_status objects(nex_frame *f, program *p) {
    push_count(f, p, NEX_OP_MIN_PROPERTIES, NEX_KW_MIN_PROPERTIES, 0);
    push_count(f, p, NEX_OP_MAX_PROPERTIES, NEX_KW_MAX_PROPERTIES, UINT64_MAX);
    nex_instr made[4];
    uint32_t count = 0;
    nex_status status = nex_object_instrs(f, made, &count);
    for (uint32_t i = 0; i < count; i++)
        push(p, made[i]);
    return status;
}

/* Where a value of an enum goes in its table: nowhere when it is there, a free slot, or too far. */
static nex_status place_value(nex_frame *f, const nex_enum *list, uint32_t *slots, uint64_t *hashes,
                              uint32_t mask, uint32_t value, uint64_t *steps) {
    const nex_node *nodes = list->doc->nodes;
    uint64_t h = nex_node_hash(list->doc, &nodes[value]);
    uint32_t at = (uint32_t)h & mask;
    for (int probes = 0; probes < NEX_MAX_PROBES; probes++, at = (at + 1) & mask) {
        if (!slots[at]) {
            slots[at] = value;
            hashes[at] = h;
            return NEX_OK;
        }
        if (hashes[at] == h &&
            nex_node_equal(list->doc, &nodes[slots[at]], list->doc, &nodes[value], steps))
            return NEX_OK;
    }
    return nex_collide(f, &nodes[value], "values");
}

static nex_status enumeration(nex_frame *f, program *p) {
    const nex_node *list = f->kw[NEX_KW_ENUM], *node = list + 1;
    nex_enum *made = nex_compile_alloc(f->c, 1, sizeof *made);
    uint32_t *values = made ? nex_compile_alloc(f->c, list->size, sizeof *values) : NULL;
    if (!values)
        return NEX_ENOMEM;
    *made = (nex_enum){.doc = f->json, .count = list->size, .values = values};
    for (uint32_t i = 0; i < list->size; i++, node = nex_node_next(f->json, node))
        values[i] = nex_index(f->c, f->doc, node);
    if (list->size > 8) {
        uint32_t cap = 16;
        uint64_t steps = ENUM_STEPS;
        while (cap < list->size * 2)
            cap *= 2;
        uint32_t *slots = nex_compile_alloc(f->c, cap, sizeof *slots);
        uint64_t *hashes = slots ? nex_compile_alloc(f->c, cap, sizeof *hashes) : NULL;
        if (!hashes)
            return NEX_ENOMEM;
        for (uint32_t i = 0; i < list->size; i++) {
            nex_status status = place_value(f, made, slots, hashes, cap - 1, values[i], &steps);
            if (status != NEX_OK)
                return status;
        }
        made->slots = slots;
        made->hashes = hashes;
        made->mask = cap - 1;
    }
    nex_instr instr = nex_instr_of(f, NEX_OP_ENUM, NEX_KW_ENUM);
    instr.as.data = made;
    push(p, instr);
    return NEX_OK;
}

/* What is checked first whatever the type. */
static nex_status values(nex_frame *f, program *p) {
    if (f->kw[NEX_KW_CONST]) {
        nex_instr instr = nex_instr_of(f, NEX_OP_CONST, NEX_KW_CONST);
        nex_const *made = nex_compile_alloc(f->c, 1, sizeof *made);
        if (!made)
            return NEX_ENOMEM;
        *made = (nex_const){f->json, f->kw[NEX_KW_CONST]};
        instr.as.data = made;
        push(p, instr);
    }
    return f->kw[NEX_KW_ENUM] ? enumeration(f, p) : NEX_OK;
}

static nex_status dynamic_ref(nex_frame *f, program *p) {
    nex_compiler *c = f->c;
    nex_place place;
    nex_instr instr = nex_instr_of(f, NEX_OP_REF, NEX_KW_DYNAMIC_REF);
    nex_sub_id initial;
    nex_status status = nex_resolve(c, f->doc, f->resource, f->kw[NEX_KW_DYNAMIC_REF], &place);
    if (status == NEX_OK)
        status = nex_sub_of(c, place, &initial);
    if (status != NEX_OK)
        return status;
    if (place.dynamic == 0) {
        instr.as.sub = initial;
        push(p, instr);
        return NEX_OK;
    }
    nex_dynamic *made = nex_compile_alloc(c, 1, sizeof *made);
    if (!made)
        return NEX_ENOMEM;
    made->initial = initial;
    status = nex_grow(c, &c->pending, c->pending_count, &c->pending_cap, sizeof *c->pending);
    if (status != NEX_OK)
        return status;
    c->pending[c->pending_count++] = (struct nex_pending){made, place.dynamic};
    instr.op = NEX_OP_DYNAMIC_REF;
    instr.as.data = made;
    push(p, instr);
    return NEX_OK;
}

static nex_status ref(nex_frame *f, program *p) {
    nex_place place;
    nex_instr instr = nex_instr_of(f, NEX_OP_REF, NEX_KW_REF);
    nex_status status = nex_resolve(f->c, f->doc, f->resource, f->kw[NEX_KW_REF], &place);
    if (status == NEX_OK)
        status = nex_sub_of(f->c, place, &instr.as.sub);
    push(p, instr);
    return status;
}

static nex_status condition(nex_frame *f, program *p) {
    static const nex_keyword parts[] = {NEX_KW_IF, NEX_KW_THEN, NEX_KW_ELSE};
    nex_condition *made = nex_compile_alloc(f->c, 1, sizeof *made);
    nex_instr instr = nex_instr_of(f, NEX_OP_IF, NEX_KW_IF);
    nex_sub_id ids[3] = {NEX_SUB_NONE, NEX_SUB_NONE, NEX_SUB_NONE};
    if (!made)
        return NEX_ENOMEM;
    for (int i = 0; i < 3; i++) {
        nex_status status = f->kw[parts[i]] ? nex_child(f, f->kw[parts[i]], &ids[i]) : NEX_OK;
        if (status != NEX_OK)
            return status;
    }
    *made = (nex_condition){ids[0], ids[1], ids[2]};
    instr.as.data = made;
    push(p, instr);
    return NEX_OK;
}

/* What is checked last whatever the type: schemas for the same value. */
static nex_status in_place(nex_frame *f, program *p) {
    static const struct {
        nex_keyword kw;
        nex_op op;
    } lists[] = {{NEX_KW_ALL_OF, NEX_OP_ALL_OF},
                 {NEX_KW_ANY_OF, NEX_OP_ANY_OF},
                 {NEX_KW_ONE_OF, NEX_OP_ONE_OF}};
    nex_status status = f->kw[NEX_KW_REF] ? ref(f, p) : NEX_OK;
    if (f->dialect == NEX_IN_2019 && f->kw[NEX_KW_RECURSIVE_REF])
        return nex_schema_fail(f->c, f->doc, f->kw[NEX_KW_RECURSIVE_REF], NEX_EUNSUPPORTED,
                               "$recursiveRef is not known here; 2020-12 has $dynamicRef for it");
    if (status == NEX_OK && f->kw[NEX_KW_DYNAMIC_REF])
        status = dynamic_ref(f, p);
    for (size_t i = 0; i < 3 && status == NEX_OK; i++) {
        const nex_branches *b = NULL;
        if (!f->kw[lists[i].kw])
            continue;
        status = branches(f, f->kw[lists[i].kw], &b);
        nex_instr instr = nex_instr_of(f, lists[i].op, lists[i].kw);
        instr.as.data = b;
        push(p, instr);
    }
    if (status == NEX_OK && f->kw[NEX_KW_NOT]) {
        nex_instr instr = nex_instr_of(f, NEX_OP_NOT, NEX_KW_NOT);
        status = nex_child(f, f->kw[NEX_KW_NOT], &instr.as.sub);
        push(p, instr);
    }
    if (status == NEX_OK && f->kw[NEX_KW_IF])
        status = condition(f, p);
    return status;
}

static nex_status unevaluated(nex_frame *f, program *p, nex_op op, nex_keyword kw) {
    if (!f->kw[kw])
        return NEX_OK;
    nex_instr instr = nex_instr_of(f, op, kw);
    nex_status status = nex_child(f, f->kw[kw], &instr.as.sub);
    push(p, instr);
    return status;
}

/* Writes the programs of one group of types; returns where it begins, 0 when it is empty. */
static nex_status put(nex_frame *f, const program *first, const program *own, const program *last,
                      const program *end, uint32_t *start) {
    const program *parts[] = {first, own, last, end};
    *start = f->c->schema->instr_count;
    nex_status status = NEX_OK;
    for (size_t i = 0; i < 4; i++)
        for (uint32_t k = 0; parts[i] && k < parts[i]->count && status == NEX_OK; k++)
            status = nex_emit(f->c, parts[i]->items[k]);
    uint32_t count = f->c->schema->instr_count;
    if (status == NEX_OK && count == *start) {
        *start = 0;
    } else if (status == NEX_OK) {
        f->c->schema->instrs[count - 1].flags |= NEX_INSTR_LAST;
        status = nex_emit(f->c, (nex_instr){.op = NEX_OP_END});
    }
    return status;
}

/* Notes what a subschema stands for whose only instruction this is. */
static void alias(const nex_frame *f, nex_sub *sub, const nex_instr *only) {
    const nex_branches *branches = only->op == NEX_OP_ALL_OF ? only->as.data : NULL;
    if (f->kw[NEX_KW_REF])
        sub->target = only->as.sub;
    else if (branches && branches->count == 1)
        sub->target = branches->subs[0];
    if (sub->target != NEX_SUB_NONE)
        sub->flags |= NEX_SUB_ALIAS;
}

static nex_status assemble(nex_frame *f, nex_sub_id id) {
    enum { NUMBERS, STRINGS, ARRAYS, OBJECTS, COUNT };
    program first = {.count = 0}, last = {.count = 0};
    program own[COUNT], end[COUNT];
    uint32_t at[5];
    nex_status status = values(f, &first);
    for (int i = 0; i < COUNT; i++)
        own[i].count = end[i].count = 0;
    if (status == NEX_OK)
        status = numbers(f, &own[NUMBERS]);
    if (status == NEX_OK)
        status = strings(f, &own[STRINGS]);
    if (status == NEX_OK)
        status = arrays(f, &own[ARRAYS]);
    if (status == NEX_OK)
        status = objects(f, &own[OBJECTS]);
    if (status == NEX_OK)
        status = in_place(f, &last);
    if (status == NEX_OK)
        status = unevaluated(f, &end[ARRAYS], NEX_OP_UNEVALUATED_ITEMS, NEX_KW_UNEVALUATED_ITEMS);
    if (status == NEX_OK)
        status = unevaluated(f, &end[OBJECTS], NEX_OP_UNEVALUATED_PROPERTIES,
                             NEX_KW_UNEVALUATED_PROPERTIES);
    if (status == NEX_OK)
        status = put(f, &first, NULL, &last, NULL, &at[COUNT]);
    for (int i = 0; i < COUNT && status == NEX_OK; i++)
        status = put(f, &first, &own[i], &last, &end[i], &at[i]);
    if (status != NEX_OK)
        return status;
    nex_sub *sub = &f->c->schema->subs[id];
    const uint32_t programs[8] = {at[COUNT],   at[COUNT],   at[COUNT],  at[NUMBERS],
                                  at[NUMBERS], at[STRINGS], at[ARRAYS], at[OBJECTS]};
    memcpy(sub->program, programs, sizeof programs);
    if (f->kw[NEX_KW_UNEVALUATED_ITEMS] || f->kw[NEX_KW_UNEVALUATED_PROPERTIES])
        sub->flags |= NEX_SUB_UNEVALUATED;
    if (f->kw[NEX_KW_WRITE_ONLY] && f->kw[NEX_KW_WRITE_ONLY]->type == NEX_JSON_TYPE_TRUE)
        sub->flags |= NEX_SUB_WRITE_ONLY;
    if (last.count == 1 && first.count == 0 &&
        own[NUMBERS].count + own[STRINGS].count + own[ARRAYS].count + own[OBJECTS].count == 0 &&
        sub->types == 0xFF && !(sub->flags & NEX_SUB_UNEVALUATED))
        alias(f, sub, &last.items[0]);
    return NEX_OK;
}

static unsigned types_of(const nex_frame *f) {
    const nex_node *value = f->kw[NEX_KW_TYPE], *node = value;
    unsigned mask = 0;
    if (!value)
        return 0xFF;
    if (value->type == NEX_JSON_TYPE_STRING)
        return nex_type_mask(nex_node_string(f->json, value), value->size);
    node = value + 1;
    for (uint32_t i = 0; i < value->size; i++, node = nex_node_next(f->json, node))
        mask |= nex_type_mask(nex_node_string(f->json, node), node->size);
    return mask;
}

static nex_status compile_sub(nex_compiler *c, nex_sub_id id) {
    nex_sub sub = c->schema->subs[id];
    const nex_resource *r = &c->resources[sub.resource];
    nex_frame f = {.c = c,
                   .json = c->schema->docs[sub.doc].json,
                   .doc = sub.doc,
                   .resource = sub.resource,
                   .dialect = r->dialect,
                   .vocabulary = r->vocabulary};
    const nex_node *node = nex_at(c, sub.doc, sub.node), *value = node + 1;
    if (node->type != NEX_JSON_TYPE_OBJECT) {
        c->schema->subs[id].types = node->type == NEX_JSON_TYPE_FALSE ? 0 : 0xFF;
        return NEX_OK;
    }
    for (uint32_t i = 0; i < node->size; i++, value = nex_node_next(f.json, value)) {
        nex_keyword kw = nex_keyword_find(nex_node_key(f.json, value), value->key_len);
        if ((nex_keywords[kw].dialects & f.dialect) && (nex_keywords[kw].vocabulary & f.vocabulary))
            f.kw[kw] = value;
    }
    if (f.dialect == NEX_IN_07 && f.kw[NEX_KW_REF])
        for (int kw = 0; kw < NEX_KW_COUNT; kw++)
            if (kw != NEX_KW_REF)
                f.kw[kw] = NULL;
    c->schema->subs[id].types = (uint8_t)types_of(&f);
    return assemble(&f, id);
}

static int by_resource(const void *x, const void *y) {
    const nex_target *a = x, *b = y;
    return a->resource < b->resource ? -1 : a->resource > b->resource;
}

/* Gives a $dynamicRef the schemas that any resource marks with its name. */
static nex_status settle_dynamic(nex_compiler *c, struct nex_pending *pending) {
    nex_dynamic **known = &c->settled[pending->name];
    uint32_t count = 0, n = 0;
    if (*known && *known != pending->to) { /* the same choices, found already */
        pending->to->count = (*known)->count;
        pending->to->targets = (*known)->targets;
        return NEX_OK;
    }
    *known = pending->to;
    for (uint32_t i = 0; i < c->place_count; i++)
        count += c->places[i].dynamic == pending->name;
    nex_target *targets = nex_compile_alloc(c, count, sizeof *targets);
    if (!targets)
        return NEX_ENOMEM;
    for (uint32_t i = 0; i < c->place_count; i++) {
        if (c->places[i].dynamic != pending->name)
            continue;
        nex_status status = nex_sub_of(c, c->places[i], &targets[n].sub);
        if (status != NEX_OK)
            return status;
        targets[n++].resource = c->places[i].resource;
    }
    qsort(targets, n, sizeof *targets, by_resource);
    pending->to->count = n;
    pending->to->targets = targets;
    if (n > 1)
        c->schema->dynamic = true;
    return NEX_OK;
}

/* All of them; *grew when that led to subschemas not compiled yet. */
static nex_status settle_all(nex_compiler *c, bool *grew) {
    uint32_t before = c->schema->sub_count;
    nex_status status = NEX_OK;
    if (c->pending_count == 0)
        return NEX_OK;
    c->settled = calloc(c->dynamic_names.count + 1, sizeof *c->settled);
    if (!c->settled)
        return nex_compile_no_memory(c);
    for (uint32_t i = 0; i < c->pending_count && status == NEX_OK; i++)
        status = settle_dynamic(c, &c->pending[i]);
    free(c->settled);
    c->settled = NULL;
    *grew = c->schema->sub_count != before;
    return status;
}

/* A subschema that stands for another runs what it leads to. */
static void short_cut(nex_schema *s) {
    for (uint32_t i = 1; i < s->sub_count; i++) {
        nex_sub *sub = &s->subs[i];
        const nex_sub *to = sub;
        for (int hops = 0; (to->flags & NEX_SUB_ALIAS) && hops < 8; hops++)
            to = &s->subs[to->target];
        if (to == sub || (to->flags & NEX_SUB_ALIAS))
            continue;
        sub->types = to->types;
        sub->flags |= to->flags & NEX_SUB_UNEVALUATED;
        memcpy(sub->program, to->program, sizeof sub->program);
    }
}

/* What can only be said of subschemas when all are compiled. */
static void note_flags(nex_schema *s) {
    const unsigned others = 1u << NEX_JSON_TYPE_ARRAY | 1u << NEX_JSON_TYPE_OBJECT;
    for (uint32_t i = 1; i < s->sub_count; i++) {
        nex_sub *sub = &s->subs[i];
        bool scalars = !(sub->types & others);
        for (int type = 0; type < NEX_JSON_TYPE_ARRAY; type++)
            scalars = scalars && (sub->program[type] == 0 || !(sub->types >> type & 1));
        if (scalars)
            sub->flags |= NEX_SUB_ONLY_SCALARS;
        if (s->dynamic)
            sub->flags |= NEX_SUB_SCOPED;
    }
}

nex_status nex_compile_subs(nex_compiler *c) {
    nex_schema *s = c->schema;
    nex_status status = NEX_OK;
    for (bool grew = true; grew && status == NEX_OK;) {
        for (; c->scanned < s->sub_count && status == NEX_OK; c->scanned++)
            status = compile_sub(c, c->scanned);
        grew = false;
        if (status == NEX_OK)
            status = settle_all(c, &grew);
    }
    if (status == NEX_OK && !s->dynamic)
        short_cut(s);
    if (status == NEX_OK)
        note_flags(s);
    return status;
}
