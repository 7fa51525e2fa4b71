/*
 * Checks of one value that lead to no other schema, and look-ups shared by both runs.
 */
#include "schema/eval.h"
#include "json/decimal.h"
#include "json/utf8.h"

#include <stdlib.h>

static void give_up(nex_eval *e, nex_status status) {
    if (e->stop == NEX_OK)
        e->stop = status;
    e->steps = 0;
}

/* The digits of a number; own holds those of an int64_t. */
static nex_decimal digits_of(const nex_json *doc, const nex_node *node, char own[24]) {
    nex_decimal d;
    if (node->type == NEX_JSON_TYPE_INT)
        return nex_decimal_of(node->as.integer, own);
    nex_decimal_parse(&d, nex_node_number(doc, node), node->size);
    return d;
}

static nex_decimal digits_of_limit(const nex_instr *instr, char own[24]) {
    const nex_limit *limit = instr->as.data;
    return instr->flags & NEX_INSTR_BIG ? digits_of(limit->doc, limit->number, own)
                                        : nex_decimal_of(instr->as.integer, own);
}

/* -1, 0, 1 as the instance is below, at or above a limit; exact. */
static int compare(const nex_eval *e, const nex_instr *instr, const nex_node *node) {
    char own[24], text[24];
    bool big = instr->flags & NEX_INSTR_BIG;
    if (!big && node->type == NEX_JSON_TYPE_INT)
        return node->as.integer < instr->as.integer ? -1 : node->as.integer > instr->as.integer;
    /* rounding keeps order, so doubles that differ tell; equal ones need the digits */
    double y =
        big ? ((const nex_limit *)instr->as.data)->number->as.real : (double)instr->as.integer;
    double x = node->type == NEX_JSON_TYPE_INT ? (double)node->as.integer : node->as.real;
    if (x < y || x > y)
        return x < y ? -1 : 1;
    nex_decimal a = digits_of(e->doc, node, own), b = digits_of_limit(instr, text);
    return nex_decimal_compare(&a, &b);
}

static bool multiple(nex_eval *e, const nex_instr *instr, const nex_node *node) {
    char own[24], text[24];
    if (!(instr->flags & NEX_INSTR_BIG) && node->type == NEX_JSON_TYPE_INT)
        return instr->as.integer == 1 || node->as.integer % instr->as.integer == 0;
    nex_decimal a = digits_of(e->doc, node, own), b = digits_of_limit(instr, text);
    int answer = nex_decimal_multiple(&a, &b, &e->steps);
    if (answer < 0)
        give_up(e, NEX_ELIMIT);
    return answer > 0;
}

static bool equals(nex_eval *e, const nex_json *doc, const nex_node *value, const nex_node *node) {
    bool same = nex_node_equal(doc, value, e->doc, node, &e->steps);
    if (e->steps == 0)
        give_up(e, NEX_ELIMIT);
    return same;
}

/* Strings and keys can be read a word at a time: what is behind them is theirs to read. */
static inline bool same_text(const char *a, const char *b, size_t len) {
    if (len <= 8)
        return nex_word(a, len) == nex_word(b, len);
    return nex_word(a, 8) == nex_word(b, 8) && memcmp(a + 8, b + 8, len - 8) == 0;
}

static bool in_enum(nex_eval *e, const nex_enum *list, const nex_node *node) {
    const nex_node *values = list->doc->nodes;
    if (list->mask == 0) {
        for (uint32_t i = 0; i < list->count; i++) {
            const nex_node *value = &values[list->values[i]];
            if (value->type != node->type)
                continue;
            if (value->type == NEX_JSON_TYPE_STRING
                    ? value->size == node->size &&
                          same_text(nex_node_string(list->doc, value),
                                    nex_node_string(e->doc, node), node->size)
                    : equals(e, list->doc, value, node))
                return true;
        }
        return false;
    }
    uint64_t cost = node->end - (uint64_t)(node - e->doc->nodes);
    if (node->type >= NEX_JSON_TYPE_ARRAY && e->steps <= cost) {
        give_up(e, NEX_ELIMIT);
        return false;
    }
    if (node->type >= NEX_JSON_TYPE_ARRAY)
        e->steps -= cost;
    uint64_t h = nex_node_hash(e->doc, node);
    for (uint32_t i = (uint32_t)h & list->mask; list->slots[i]; i = (i + 1) & list->mask)
        if (list->hashes[i] == h && equals(e, list->doc, &values[list->slots[i]], node))
            return true;
    return false;
}

static uint64_t length(const nex_eval *e, const nex_node *node) {
    return node->flags & NEX_NODE_WIDE ? nex_utf8_count(nex_node_string(e->doc, node), node->size)
                                       : node->size;
}

static bool matches(nex_eval *e, const nex_regex *regex, const char *text, size_t len) {
    nex_status status = nex_regex_match_within(regex, text, len, &e->steps);
    if (status != NEX_OK && status != NEX_ENOTFOUND)
        give_up(e, status);
    return status == NEX_OK;
}

static bool in_format(nex_eval *e, const nex_format *format, const nex_node *node) {
    uint64_t cost = (node->size / 8 + 1) * (uint64_t)format->weight;
    if (e->steps <= cost) {
        give_up(e, NEX_ELIMIT);
        return false;
    }
    e->steps -= cost;
    return format->test(nex_node_string(e->doc, node), node->size);
}

bool nex_eval_leaf(nex_eval *e, const nex_instr *instr, const nex_node *node) {
    switch ((nex_op)instr->op) {
    case NEX_OP_CONST: {
        const nex_const *c = instr->as.data;
        return equals(e, c->doc, c->value, node);
    }
    case NEX_OP_ENUM:
        return in_enum(e, instr->as.data, node);
    case NEX_OP_MINIMUM:
        return compare(e, instr, node) >= 0;
    case NEX_OP_MAXIMUM:
        return compare(e, instr, node) <= 0;
    case NEX_OP_EXCLUSIVE_MINIMUM:
        return compare(e, instr, node) > 0;
    case NEX_OP_EXCLUSIVE_MAXIMUM:
        return compare(e, instr, node) < 0;
    case NEX_OP_MULTIPLE_OF:
        return multiple(e, instr, node);
    case NEX_OP_MIN_LENGTH:
        return node->size >= instr->as.count && length(e, node) >= instr->as.count;
    case NEX_OP_MAX_LENGTH:
        return node->size <= instr->as.count || length(e, node) <= instr->as.count;
    case NEX_OP_FORMAT:
        return in_format(e, instr->as.data, node);
    case NEX_OP_PATTERN:
        return matches(e, ((const nex_pattern *)instr->as.data)->regex,
                       nex_node_string(e->doc, node), node->size);
    case NEX_OP_MIN_ITEMS:
    case NEX_OP_MIN_PROPERTIES:
        return node->size >= instr->as.count;
    case NEX_OP_MAX_ITEMS:
    case NEX_OP_MAX_PROPERTIES:
        return node->size <= instr->as.count;
    case NEX_OP_UNIQUE: {
        bool unique = !nex_node_duplicate_item(e->doc, node, &e->steps);
        if (e->steps == 0)
            give_up(e, NEX_ELIMIT);
        return unique;
    }
    default:
        give_up(e, NEX_EINTERNAL);
        return false;
    }
}

static nex_sub_id target_in(const nex_dynamic *dynamic, uint32_t resource) {
    uint32_t low = 0, high = dynamic->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (dynamic->targets[middle].resource == resource)
            return dynamic->targets[middle].sub;
        if (dynamic->targets[middle].resource < resource)
            low = middle + 1;
        else
            high = middle;
    }
    return NEX_SUB_NONE;
}

nex_sub_id nex_eval_dynamic(nex_eval *e, const nex_dynamic *dynamic) {
    nex_sub_id found = dynamic->initial;
    for (const nex_scope *scope = e->scope; scope && e->steps > 1; scope = scope->outer) {
        nex_sub_id sub = target_in(dynamic, scope->resource);
        e->steps--;
        if (sub != NEX_SUB_NONE)
            found = sub;
    }
    if (e->steps <= 1)
        give_up(e, NEX_ELIMIT);
    return found;
}

bool nex_eval_key_matches(nex_eval *e, const nex_key_pattern *pattern, const nex_node *member) {
    return matches(e, pattern->regex, nex_node_key(e->doc, member), member->key_len);
}

nex_node nex_eval_key_node(const nex_json *doc, const nex_node *member) {
    nex_node node = {.type = NEX_JSON_TYPE_STRING,
                     .offset = member->offset,
                     .size = member->key_len,
                     .end = member->end,
                     .as.text = member->key};
    for (uint16_t i = 0; i < member->key_len; i++)
        if ((unsigned char)nex_node_key(doc, member)[i] >= 0x80)
            node.flags = NEX_NODE_WIDE;
    return node;
}

const nex_node *nex_eval_member(const nex_json *doc, const nex_node *object, const char *key,
                                uint16_t len, uint32_t hash) {
    const nex_node *node = object + 1;
    for (uint32_t i = 0; i < object->size; i++, node = nex_node_next(doc, node))
        if (node->key_hash == hash && node->key_len == len &&
            memcmp(nex_node_key(doc, node), key, len) == 0)
            return node;
    return NULL;
}

bool nex_marks_init(nex_eval *e, nex_marks *marks, uint64_t small[NEX_MARKS_INLINE],
                    const nex_node *node) {
    size_t words = (node->size + 63) / 64;
    *marks = (nex_marks){small, node->size, false};
    memset(small, 0, NEX_MARKS_INLINE * sizeof *small);
    if (words <= NEX_MARKS_INLINE)
        return true;
    marks->bits = e->steps > words ? calloc(words, sizeof *marks->bits) : NULL;
    if (!marks->bits) {
        give_up(e, e->steps > words ? NEX_ENOMEM : NEX_ELIMIT);
        return false;
    }
    e->steps -= words;
    return true;
}

void nex_marks_free(nex_marks *marks, const uint64_t *small) {
    if (marks->bits != small)
        free(marks->bits);
}

void nex_marks_merge(nex_marks *to, const nex_marks *from) {
    to->all |= from->all;
    for (uint32_t i = 0; i < (to->count + 63) / 64; i++)
        to->bits[i] |= from->bits[i];
}
