/*
 * Bytes to struct in one pass, without a tree. Depth is bounded, so that a descriptor's values
 * may be read by recursion; what no descriptor names is passed over by a loop (reader.c).
 */
#include "codec/decode.h"

#include <stdio.h>
#include <string.h>

#include "codec/layout.h"
#include "codec/order.h"
#include "codec/scan.h"

static bool decode_value(nex_reader *r, const nex_type *type, char *place);

/* ---- Arrays and maps ----------------------------------------------------------------------- */

/* Room for one more zeroed item. */
static char *push_item(nex_reader *r, nex_sequence *sequence, size_t *cap, size_t stride) {
    if (sequence->count == *cap) {
        size_t grown = *cap == 0 ? (stride <= 32 ? 4 : 1) : *cap * 2;
        if (grown > PTRDIFF_MAX / 2 / stride) {
            nex_reader_no_memory(r);
            return NULL;
        }
        void *items = nex_pool_grow(r->pool, sequence->items, *cap * stride, grown * stride);
        if (items == NULL) {
            nex_reader_no_memory(r);
            return NULL;
        }
        sequence->items = items;
        *cap = grown;
    }
    char *item = (char *)sequence->items + sequence->count * stride;
    memset(item, 0, stride);
    return item;
}

static bool decode_array(nex_reader *r, const nex_type *type, char *place) {
    nex_sequence sequence = {NULL, 0};
    size_t stride = nex_stride(type);
    size_t cap = 0;
    if (nex_peek(r) != '[') {
        return nex_reader_expected(r, "an array");
    }
    if (!nex_enter(r)) {
        return false;
    }
    nex_skip_space(r);
    for (bool more = nex_peek(r) != ']'; more; sequence.count++) {
        char *item = push_item(r, &sequence, &cap, stride);
        if (item == NULL) {
            return false;
        }
        if (!decode_value(r, type->item, item)) {
            nex_path_prepend_index(&r->path, sequence.count);
            return false;
        }
        if (!nex_read_separator(r, ']', &more)) {
            return false;
        }
    }
    nex_leave(r);
    *(nex_sequence *)(void *)place = sequence;
    return true;
}

/* Of entries with one key the last stays. Strict readers refuse them. */
static bool drop_doubles(nex_reader *r, const nex_type *map, nex_sequence *sequence) {
    if (nex_keys_ascend(map, sequence)) {
        return true;
    }
    nex_ordered_key *keys = nex_pool_alloc(r->pool, sequence->count * sizeof *keys);
    if (keys == NULL) {
        return nex_reader_no_memory(r);
    }
    nex_order_keys(map, sequence, keys);
    size_t stride = nex_stride(map);
    size_t doubles = 0;
    for (size_t i = 1; i < sequence->count; i++) {
        if (strcmp(keys[i - 1].key, keys[i].key) != 0) {
            continue;
        }
        if (r->strict) {
            return nex_reader_fail(r, NEX_EINVAL, r->p, "member \"%.64s\" is given twice",
                                   keys[i].key);
        }
        *(char **)nex_at_mut(sequence->items, keys[i - 1].index * stride) = NULL;
        doubles++;
    }
    size_t kept = 0;
    for (size_t i = 0; i < sequence->count && doubles > 0; i++) {
        if (nex_entry_key(map, sequence, i) != NULL) {
            memmove(nex_at_mut(sequence->items, kept++ * stride),
                    nex_at(sequence->items, i * stride), stride);
        }
    }
    sequence->count -= doubles;
    return true;
}

/* The value of one map entry, whose key was read already. */
static bool decode_entry(nex_reader *r, const nex_type *map, nex_sequence *sequence, size_t *cap,
                         char *key, size_t key_len) {
    char *entry = push_item(r, sequence, cap, nex_stride(map));
    if (entry == NULL) {
        return false;
    }
    *(char **)(void *)entry = key;
    if (!nex_read_colon(r) || !decode_value(r, map->item, entry + map->value_offset)) {
        nex_path_prepend_key(&r->path, key, key_len);
        return false;
    }
    sequence->count++;
    return true;
}

static bool decode_map(nex_reader *r, const nex_type *type, char *place) {
    nex_sequence sequence = {NULL, 0};
    size_t cap = 0;
    if (nex_peek(r) != '{') {
        return nex_reader_expected(r, "an object");
    }
    if (!nex_enter(r)) {
        return false;
    }
    nex_skip_space(r);
    for (bool more = nex_peek(r) != '}'; more;) {
        char *key = NULL;
        size_t key_len = 0;
        if (nex_peek(r) != '"') {
            return nex_reader_expected(r, "a member's name in quotes");
        }
        if (!nex_read_string(r, &key, &key_len) ||
            !decode_entry(r, type, &sequence, &cap, key, key_len) ||
            !nex_read_separator(r, '}', &more)) {
            return false;
        }
    }
    nex_leave(r);
    if (!drop_doubles(r, type, &sequence)) {
        return false;
    }
    *(nex_sequence *)(void *)place = sequence;
    return true;
}

/* ---- Structs ------------------------------------------------------------------------------- */

/* What is known while the members of one object are read. */
typedef struct object_state {
    const nex_type *type;
    char *message;
    const char *tag; /* a member that tells the variant, no field of it; or NULL */
    uint64_t *seen;  /* a bit for each field */
    uint32_t next;   /* the field that comes next if members come in order */
    uint32_t seen_count;
    nex_sequence rest;
    size_t rest_cap;
} object_state;

static bool decode_field(nex_reader *r, const nex_field *field, char *message, bool again) {
    char *place = message + field->offset;
    bool pointer = (field->flags & NEX_FIELD_POINTER) != 0;
    bool *has = field->has_offset != NEX_NO_OFFSET ? (bool *)(message + field->has_offset) : NULL;
    bool *null =
        (field->flags & NEX_FIELD_NULL_FLAG) != 0 ? (bool *)(message + field->null_offset) : NULL;
    r->pool->secret |= (field->flags & NEX_FIELD_SECRET) != 0;
    if (again) {
        memset(place, 0, pointer ? sizeof(void *) : field->type->size);
        if (has != NULL) {
            *has = false;
        }
        if (null != NULL) {
            *null = false;
        }
    }
    if (nex_peek(r) == 'n' && !nex_takes_null(field->type)) {
        bool needed = (field->flags & NEX_FIELD_REQUIRED) != 0;
        if ((field->flags & NEX_FIELD_NULLABLE) != 0 || (!needed && !r->strict)) {
            if (null != NULL) {
                *null = true;
            }
            return nex_read_literal(r, "null"); /* no value, as if it were absent */
        }
    }
    if (pointer) {
        void *target = nex_pool_zalloc(r->pool, field->type->size);
        if (target == NULL) {
            return nex_reader_no_memory(r);
        }
        *(void **)(void *)place = target;
        place = target;
    }
    if (has != NULL) {
        *has = true;
    }
    return decode_value(r, field->type, place);
}

static bool decode_known(nex_reader *r, object_state *o, uint32_t index) {
    const nex_field *field = &o->type->fields[index];
    uint64_t bit = (uint64_t)1 << index % 64;
    bool again = (o->seen[index / 64] & bit) != 0;
    if (again && r->strict) {
        return nex_reader_fail(r, NEX_EINVAL, r->p, "member \"%s\" is given twice", field->name);
    }
    o->seen[index / 64] |= bit;
    o->seen_count += !again;
    o->next = index + 1;
    if (!nex_read_colon(r) || !decode_field(r, field, o->message, again)) {
        r->hide = r->hide || (field->flags & NEX_FIELD_SECRET) != 0;
        nex_path_prepend_key(&r->path, field->name, field->name_len);
        return false;
    }
    return true;
}

/* The field whose quoted name stands at r->p, which is passed; looks at the next few only. */
static bool match_next(nex_reader *r, const object_state *o, uint32_t *index) {
    const char *key = r->p + 1;
    size_t left = (size_t)(r->end - key);
    uint32_t stop = o->next + 4 < o->type->field_count ? o->next + 4 : o->type->field_count;
    for (uint32_t i = o->next; i < stop; i++) {
        const nex_field *field = &o->type->fields[i];
        if (left > field->name_len && key[field->name_len] == '"' &&
            nex_same_bytes(key, field->name, field->name_len)) {
            r->p = key + field->name_len + 1;
            *index = i;
            return true;
        }
    }
    return false;
}

static bool find_field(const nex_type *type, const char *name, size_t len, uint32_t *index) {
    uint32_t low = 0;
    uint32_t high = type->field_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        const nex_field *field = &type->fields[middle];
        size_t common = len < field->name_len ? len : field->name_len;
        int order = memcmp(name, field->name, common);
        if (order == 0) {
            order = (len > field->name_len) - (len < field->name_len);
        }
        if (order == 0) {
            *index = middle;
            return true;
        }
        if (order < 0) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return false;
}

static bool decode_member(nex_reader *r, object_state *o) {
    if (nex_peek(r) != '"') {
        return nex_reader_expected(r, "a member's name in quotes");
    }
    uint32_t index = 0;
    if (match_next(r, o, &index)) {
        return decode_known(r, o, index);
    }
    const char *at = r->p;
    char *mark = r->text;
    char *name = NULL;
    size_t len = 0;
    if (!nex_read_string(r, &name, &len)) {
        return false;
    }
    if (find_field(o->type, name, len, &index)) {
        r->text = mark;
        return decode_known(r, o, index);
    }
    bool is_tag = o->tag != NULL && strcmp(name, o->tag) == 0;
    if (o->type->rest_offset != NEX_NO_OFFSET && !is_tag) {
        return decode_entry(r, o->type->rest, &o->rest, &o->rest_cap, name, len);
    }
    bool refuse =
        r->unknown == NEX_UNKNOWN_REFUSE || (r->unknown == NEX_UNKNOWN_SCHEMA && o->type->closed);
    if (refuse && !is_tag) {
        return nex_reader_fail(r, NEX_EINVAL, at, "unknown member \"%.*s\" in %s",
                               (int)nex_utf8_prefix(name, len, 64), name, o->type->name);
    }
    if (!nex_read_colon(r) || !nex_skip_value(r)) {
        nex_path_prepend_key(&r->path, name, len);
        return false;
    }
    r->text = mark;
    return true;
}

static bool check_required(nex_reader *r, const object_state *o, const char *begin) {
    for (uint32_t i = 0; i < o->type->field_count; i++) {
        const nex_field *field = &o->type->fields[i];
        if ((field->flags & NEX_FIELD_REQUIRED) != 0 && (o->seen[i / 64] >> i % 64 & 1) == 0) {
            nex_reader_fail(r, NEX_EINVAL, begin, "field %s in %s: required", field->name,
                            o->type->name);
            r->bare = true;
            return false;
        }
    }
    return true;
}

static bool decode_struct(nex_reader *r, const nex_type *type, char *place, const char *tag) {
    const char *begin = r->p;
    uint64_t few_seen = 0;
    object_state o = {.type = type, .message = place, .tag = tag, .seen = &few_seen};
    if (nex_peek(r) != '{') {
        return nex_reader_expected(r, "an object");
    }
    if (!nex_enter(r)) {
        return false;
    }
    if (type->field_count > 64) {
        o.seen = nex_pool_zalloc(r->pool, (type->field_count + 63) / 64 * sizeof *o.seen);
        if (o.seen == NULL) {
            return nex_reader_no_memory(r);
        }
    }
    nex_skip_space(r);
    for (bool more = nex_peek(r) != '}'; more;) {
        if (!decode_member(r, &o) || !nex_read_separator(r, '}', &more)) {
            return false;
        }
    }
    nex_leave(r);
    if (o.seen_count < type->field_count && !check_required(r, &o, begin)) {
        return false;
    }
    if (o.rest.count > 0) {
        if (!drop_doubles(r, type->rest, &o.rest)) {
            return false;
        }
        *(nex_sequence *)(void *)(place + type->rest_offset) = o.rest;
    }
    return true;
}

/* What stands behind the positions that a tuple names. */
static bool decode_further(nex_reader *r, const nex_type *type, nex_sequence *rest, size_t *cap) {
    if (type->rest_offset != NEX_NO_OFFSET) {
        char *item = push_item(r, rest, cap, type->rest->item->size);
        if (item == NULL || !decode_value(r, type->rest->item, item)) {
            return false;
        }
        rest->count++;
        return true;
    }
    return nex_skip_value(r);
}

static bool decode_tuple(nex_reader *r, const nex_type *type, char *place) {
    const char *begin = r->p;
    nex_sequence rest = {NULL, 0};
    size_t cap = 0;
    size_t count = 0;
    if (nex_peek(r) != '[') {
        return nex_reader_expected(r, "an array");
    }
    if (!nex_enter(r)) {
        return false;
    }
    nex_skip_space(r);
    for (bool more = nex_peek(r) != ']'; more; count++) {
        bool known = count < type->field_count;
        bool refuse =
            r->unknown == NEX_UNKNOWN_REFUSE || (r->unknown == NEX_UNKNOWN_SCHEMA && type->closed);
        if (!known && refuse && type->rest_offset == NEX_NO_OFFSET) {
            return nex_reader_fail(r, NEX_EINVAL, r->p, "more than %u items in %s",
                                   type->field_count, type->name);
        }
        if (!(known ? decode_field(r, &type->fields[count], place, false)
                    : decode_further(r, type, &rest, &cap))) {
            r->hide = r->hide || (known && (type->fields[count].flags & NEX_FIELD_SECRET) != 0);
            nex_path_prepend_index(&r->path, count);
            return false;
        }
        if (!nex_read_separator(r, ']', &more)) {
            return false;
        }
    }
    nex_leave(r);
    for (; count < type->field_count; count++) {
        if ((type->fields[count].flags & NEX_FIELD_REQUIRED) != 0) {
            nex_reader_fail(r, NEX_EINVAL, begin, "item %zu in %s: required", count, type->name);
            r->bare = true;
            return false;
        }
    }
    if (type->rest_offset != NEX_NO_OFFSET) {
        *(nex_sequence *)(void *)(place + type->rest_offset) = rest;
    }
    return true;
}

/* ---- Unions -------------------------------------------------------------------------------- */

static uint32_t json_type_of(char c) {
    switch (c) {
    case 'n':
        return NEX_JSON_NULL;
    case 't':
    case 'f':
        return NEX_JSON_BOOL;
    case '"':
        return NEX_JSON_STRING;
    case '[':
        return NEX_JSON_ARRAY;
    case '{':
        return NEX_JSON_OBJECT;
    default:
        return c == '-' || (c >= '0' && c <= '9') ? NEX_JSON_NUMBER : 0;
    }
}

/* Looks for the tag through the object at r->p, then goes back to its beginning. */
static bool find_tag(nex_reader *r, const nex_type *type, const nex_variant **out) {
    const char *begin = r->p;
    const char *tag_at = NULL;
    char *mark = r->text;
    if (nex_peek(r) != '{') {
        return nex_reader_expected(r, "an object");
    }
    if (!nex_enter(r)) {
        return false;
    }
    nex_skip_space(r);
    for (bool more = nex_peek(r) != '}'; more;) {
        char *name = NULL;
        size_t len = 0;
        if (nex_peek(r) != '"') {
            return nex_reader_expected(r, "a member's name in quotes");
        }
        if (!nex_read_string(r, &name, &len) || !nex_read_colon(r)) {
            return false;
        }
        if (strcmp(name, type->tag) == 0) {
            tag_at = r->p;
        }
        r->text = mark;
        if (!nex_skip_value(r) || !nex_read_separator(r, '}', &more)) {
            return false;
        }
    }
    nex_leave(r);
    r->p = begin;
    if (tag_at == NULL) {
        nex_reader_fail(r, NEX_EINVAL, begin, "field %s in %s: required", type->tag, type->name);
        r->bare = true;
        return false;
    }
    r->p = tag_at;
    char *text = NULL;
    size_t len = 0;
    if (nex_peek(r) != '"') {
        nex_path_prepend_key(&r->path, type->tag, strlen(type->tag));
        return nex_reader_expected(r, "a string");
    }
    if (!nex_read_string(r, &text, &len)) {
        return false;
    }
    r->text = mark;
    for (uint32_t i = 0; i < type->variant_count; i++) {
        const char *tag_text = type->variants[i].tag_text;
        if (tag_text != NULL && strcmp(tag_text, text) == 0) {
            *out = &type->variants[i];
            r->p = begin;
            return true;
        }
    }
    nex_path_prepend_key(&r->path, type->tag, strlen(type->tag));
    return nex_reader_refuse_value(r, tag_at, "expected the name of a variant");
}

static bool find_by_type(nex_reader *r, const nex_type *type, const nex_variant **out) {
    uint32_t json_type = json_type_of(nex_peek(r));
    for (uint32_t i = 0; i < type->variant_count; i++) {
        if ((type->variants[i].json_types & json_type) != 0) {
            *out = &type->variants[i];
            return true;
        }
    }
    char wanted[96];
    snprintf(wanted, sizeof wanted, "one of the types of %.64s", type->name);
    return nex_reader_expected(r, wanted);
}

static bool decode_union(nex_reader *r, const nex_type *type, char *place) {
    const nex_variant *variant = NULL;
    if (!(type->tag != NULL ? find_tag(r, type, &variant) : find_by_type(r, type, &variant))) {
        return false;
    }
    *(int *)(void *)place = variant->value;
    if (variant->type == NULL) {
        return nex_skip_value(r); /* null, which needs no storage */
    }
    char *value = place + type->value_offset;
    if ((variant->flags & NEX_FIELD_POINTER) != 0) {
        void *target = nex_pool_zalloc(r->pool, variant->type->size);
        if (target == NULL) {
            return nex_reader_no_memory(r);
        }
        *(void **)(void *)value = target;
        value = target;
    }
    if (variant->type->kind == NEX_KIND_STRUCT) {
        return decode_struct(r, variant->type, value, type->tag);
    }
    return decode_value(r, variant->type, value);
}

static bool decode_value(nex_reader *r, const nex_type *type, char *place) {
    char c = nex_peek(r);
    if (c == 'n' && !nex_takes_null(type)) {
        return nex_decode_null(r, type, place);
    }
    switch (type->kind) {
    case NEX_KIND_STRING: {
        size_t len = 0;
        return c == '"' ? nex_read_string(r, (char **)(void *)place, &len)
                        : nex_reader_expected(r, "a string");
    }
    case NEX_KIND_STRUCT:
        return decode_struct(r, type, place, NULL);
    case NEX_KIND_MAP:
        return decode_map(r, type, place);
    case NEX_KIND_ARRAY:
        return decode_array(r, type, place);
    case NEX_KIND_TUPLE:
        return decode_tuple(r, type, place);
    case NEX_KIND_UNION:
        return decode_union(r, type, place);
    default:
        return nex_decode_scalar(r, type, place);
    }
}

/* ---- Documents ----------------------------------------------------------------------------- */

static bool decode_document(nex_reader *r, const nex_type *type) {
    nex_skip_space(r);
    if (!decode_value(r, type, nex_pool_message(r->pool))) {
        return false;
    }
    nex_skip_space(r);
    return r->p == r->end || nex_reader_expected(r, "the end of the text");
}

static nex_status decode(const nex_type *type, const char *json, size_t len,
                         const nex_decode_options *options, bool places, void **out,
                         nex_error *err) {
    nex_reader r;
    *out = NULL;
    r.p = r.begin = json;
    r.end = json + len;
    r.strict = options != NULL && options->strict;
    r.unknown = options != NULL ? options->unknown : NEX_UNKNOWN_IGNORE;
    r.depth = options != NULL && options->max_depth != 0 ? options->max_depth : NEX_DEFAULT_DEPTH;
    r.depth = r.depth < NEX_MAX_DEPTH ? r.depth : NEX_MAX_DEPTH;
    r.places = places;
    r.bare = false;
    r.hide = false;
    r.path.len = 0;
    r.pool = nex_pool_new(type->size, len / 2 + 128, len + NEX_TEXT_SLACK, &r.text);
    if (r.pool == NULL) {
        nex_reader_no_memory(&r);
        return nex_reader_report(&r, err);
    }
    if (!decode_document(&r, type)) {
        nex_pool_free(r.pool);
        return nex_reader_report(&r, err);
    }
    *out = nex_pool_message(r.pool);
    return NEX_OK;
}

nex_status nex_message_decode(const nex_type *type, const char *json, size_t len,
                              const nex_decode_options *options, void **out, nex_error *err) {
    return decode(type, json, len, options, true, out, err);
}

nex_status nex_decode_unplaced(const nex_type *type, const char *json, size_t len,
                               const nex_decode_options *options, void **out, nex_error *err) {
    return decode(type, json, len, options, false, out, err);
}
