/*
 * Instructions for objects: one walk over the members for properties, patternProperties,
 * additionalProperties and required together.
 */
#include "schema/compile.h"

/* A key copied so that words may be read from it. */
static const char *keep_key(nex_compiler *c, const char *key, size_t len) {
    char *copy = nex_compile_alloc(c, len + NEX_JSON_PAD, 1);
    if (copy && len > 0)
        memcpy(copy, key, len);
    return copy;
}

/* The slot of a key, or a free one; NULL when the names are made to collide. */
static nex_slot *slot_of(nex_slot *slots, uint32_t mask, const char *key, uint16_t len,
                         uint32_t hash) {
    uint32_t i = hash & mask;
    for (int probes = 0; probes < NEX_MAX_PROBES; probes++, i = (i + 1) & mask)
        if (!slots[i].key ||
            (slots[i].hash == hash && slots[i].len == len && memcmp(slots[i].key, key, len) == 0))
            return &slots[i];
    return NULL;
}

static nex_status take(nex_compiler *c, nex_slot *slot, const char *key, uint16_t len,
                       uint32_t hash) {
    *slot = (nex_slot){.key = keep_key(c, key, len), .hash = hash, .len = len};
    if (!slot->key)
        return NEX_ENOMEM;
    slot->head = nex_word(slot->key, len < 8 ? len : 8);
    return NEX_OK;
}

static nex_status slots(nex_frame *f, nex_object *made) {
    const nex_node *properties = f->kw[NEX_KW_PROPERTIES], *required = f->kw[NEX_KW_REQUIRED];
    uint32_t count = (properties ? properties->size : 0) + (required ? required->size : 0);
    uint32_t cap = 4;
    while (cap < count * 2)
        cap *= 2;
    nex_slot *table = nex_compile_alloc(f->c, cap, sizeof *table);
    if (!table)
        return NEX_ENOMEM;
    made->slots = table;
    made->mask = cap - 1;
    made->named = count;
    const nex_node *node = properties ? properties + 1 : NULL;
    for (uint32_t i = 0; properties && i < properties->size; i++) {
        const char *key = nex_node_key(f->json, node);
        nex_slot *slot = slot_of(table, made->mask, key, node->key_len, node->key_hash);
        if (!slot)
            return nex_collide(f, node, "names");
        nex_status status = take(f->c, slot, key, node->key_len, node->key_hash);
        slot->property = true;
        made->filter |= UINT64_C(1) << (node->key_hash & 63);
        if (status == NEX_OK)
            status = nex_child(f, node, &slot->sub);
        if (status != NEX_OK)
            return status;
        node = nex_node_next(f->json, node);
    }
    node = required ? required + 1 : NULL;
    for (uint32_t i = 0; required && i < required->size; i++) {
        const char *key = nex_node_string(f->json, node);
        if (node->size > NEX_JSON_MAX_KEY)
            return nex_schema_fail(f->c, f->doc, node, NEX_ELIMIT, "a name of more than %d bytes",
                                   NEX_JSON_MAX_KEY);
        uint32_t hash = nex_key_hash(key, node->size);
        nex_slot *slot = slot_of(table, made->mask, key, (uint16_t)node->size, hash);
        if (!slot)
            return nex_collide(f, node, "names");
        if (!slot->key && take(f->c, slot, key, (uint16_t)node->size, hash) != NEX_OK)
            return NEX_ENOMEM;
        made->required += !slot->required;
        made->filter |= UINT64_C(1) << (hash & 63);
        slot->required = true;
        node = nex_node_next(f->json, node);
    }
    return NEX_OK;
}

static nex_status patterns(nex_frame *f, nex_object *made) {
    const nex_node *map = f->kw[NEX_KW_PATTERN_PROPERTIES];
    if (!map)
        return NEX_OK;
    const nex_node *node = map + 1;
    nex_key_pattern *list = nex_compile_alloc(f->c, map->size, sizeof *list);
    if (!list)
        return NEX_ENOMEM;
    for (uint32_t i = 0; i < map->size; i++, node = nex_node_next(f->json, node)) {
        nex_status status =
            nex_compile_regex(f, node, nex_node_key(f->json, node), node->key_len, &list[i].regex);
        if (status == NEX_OK)
            status = nex_child(f, node, &list[i].sub);
        if (status != NEX_OK)
            return status;
    }
    made->patterns = list;
    made->pattern_count = map->size;
    return NEX_OK;
}

static uint32_t keyword_index(const nex_frame *f, nex_keyword kw) {
    return f->kw[kw] ? nex_index(f->c, f->doc, f->kw[kw]) : 0;
}

static nex_status object(nex_frame *f, nex_instr *out, uint32_t *count) {
    static const nex_keyword parts[] = {NEX_KW_PROPERTIES, NEX_KW_PATTERN_PROPERTIES,
                                        NEX_KW_ADDITIONAL_PROPERTIES, NEX_KW_REQUIRED};
    nex_keyword any = NEX_KW_NONE;
    for (size_t i = 0; i < 4 && any == NEX_KW_NONE; i++)
        if (f->kw[parts[i]])
            any = parts[i];
    if (any == NEX_KW_NONE)
        return NEX_OK;
    nex_object *made = nex_compile_alloc(f->c, 1, sizeof *made);
    if (!made)
        return NEX_ENOMEM;
    nex_status status = slots(f, made);
    if (status == NEX_OK)
        status = patterns(f, made);
    const nex_node *additional = f->kw[NEX_KW_ADDITIONAL_PROPERTIES];
    if (status == NEX_OK && additional)
        status = nex_child(f, additional, &made->additional);
    made->max = UINT32_MAX;
    if (additional && additional->type == NEX_JSON_TYPE_FALSE && made->pattern_count == 0)
        made->max = f->kw[NEX_KW_PROPERTIES] ? f->kw[NEX_KW_PROPERTIES]->size : 0;
    made->properties_keyword = keyword_index(f, NEX_KW_PROPERTIES);
    made->patterns_keyword = keyword_index(f, NEX_KW_PATTERN_PROPERTIES);
    made->additional_keyword = keyword_index(f, NEX_KW_ADDITIONAL_PROPERTIES);
    made->required_keyword = keyword_index(f, NEX_KW_REQUIRED);
    nex_instr instr = nex_instr_of(f, NEX_OP_OBJECT, any);
    instr.as.data = made;
    out[(*count)++] = instr;
    return status;
}

static nex_status dependencies(nex_frame *f, nex_instr *out, uint32_t *count) {
    static const nex_keyword parts[] = {NEX_KW_DEPENDENT_REQUIRED, NEX_KW_DEPENDENT_SCHEMAS,
                                        NEX_KW_DEPENDENCIES};
    uint32_t total = 0;
    nex_keyword any = NEX_KW_NONE;
    for (size_t i = 0; i < 3; i++) {
        if (!f->kw[parts[i]])
            continue;
        total += f->kw[parts[i]]->size;
        any = parts[i];
    }
    if (total == 0)
        return NEX_OK;
    nex_dependencies *made = nex_compile_alloc(f->c, 1, sizeof *made);
    nex_dependency *items = made ? nex_compile_alloc(f->c, total, sizeof *items) : NULL;
    if (!items)
        return NEX_ENOMEM;
    *made = (nex_dependencies){f->json, total, items};
    for (size_t i = 0; i < 3; i++) {
        const nex_node *map = f->kw[parts[i]], *node = map ? map + 1 : NULL;
        for (uint32_t k = 0; map && k < map->size; k++, node = nex_node_next(f->json, node)) {
            uint32_t index = nex_index(f->c, f->doc, node);
            *items =
                (nex_dependency){.key = keep_key(f->c, nex_node_key(f->json, node), node->key_len),
                                 .hash = node->key_hash,
                                 .len = node->key_len,
                                 .keyword = index};
            if (!items->key)
                return NEX_ENOMEM;
            if (node->type == NEX_JSON_TYPE_ARRAY) {
                items->names = index;
            } else {
                nex_status status = nex_child(f, node, &items->sub);
                if (status != NEX_OK)
                    return status;
            }
            items++;
        }
    }
    nex_instr instr = nex_instr_of(f, NEX_OP_DEPENDENCIES, any);
    instr.as.data = made;
    out[(*count)++] = instr;
    return NEX_OK;
}

nex_status nex_object_instrs(nex_frame *f, nex_instr *out, uint32_t *count) {
    nex_status status = object(f, out, count);
    if (status == NEX_OK && f->kw[NEX_KW_PROPERTY_NAMES]) {
        nex_instr instr = nex_instr_of(f, NEX_OP_PROPERTY_NAMES, NEX_KW_PROPERTY_NAMES);
        status = nex_child(f, f->kw[NEX_KW_PROPERTY_NAMES], &instr.as.sub);
        out[(*count)++] = instr;
    }
    return status == NEX_OK ? dependencies(f, out, count) : status;
}
