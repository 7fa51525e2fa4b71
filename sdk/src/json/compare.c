/*
 * Equality and hashes of values. Depth is bounded by the parsers'.
 */
#include "json/decimal.h"
#include "json/doc.h"

#include <stdlib.h>

enum { TEXT_A_STEP = 256 /* bytes compared for a step */ };

static bool numbers_equal(const nex_json *a, const nex_node *x, const nex_json *b,
                          const nex_node *y) {
    nex_decimal p, q;
    if (x->type != y->type)
        return false; /* what fits int64_t is INT, so these differ */
    if (x->type == NEX_JSON_TYPE_INT)
        return x->as.integer == y->as.integer;
    return nex_decimal_parse(&p, nex_node_number(a, x), x->size) &&
           nex_decimal_parse(&q, nex_node_number(b, y), y->size) &&
           nex_decimal_compare(&p, &q) == 0;
}

/* The member of an object with the key of a node of another document. */
static const nex_node *twin(const nex_json *doc, const nex_node *object, const nex_json *other,
                            const nex_node *of, const nex_node *guess) {
    const nex_node *node = guess, *end = nex_node_next(doc, object);
    const char *key = nex_node_key(other, of);
    for (uint32_t i = 0; i < object->size; i++) {
        if (node == end)
            node = object + 1;
        if (node->key_hash == of->key_hash && node->key_len == of->key_len &&
            memcmp(nex_node_key(doc, node), key, of->key_len) == 0)
            return node;
        node = nex_node_next(doc, node);
    }
    return NULL;
}

bool nex_node_equal(const nex_json *a, const nex_node *x, const nex_json *b, const nex_node *y,
                    uint64_t *steps) {
    uint64_t weight = 1 + (x->type < NEX_JSON_TYPE_ARRAY ? x->size / TEXT_A_STEP : 0);
    *steps = *steps > weight ? *steps - weight : 0;
    if (*steps == 0)
        return false;
    if (x->type == NEX_JSON_TYPE_INT || x->type == NEX_JSON_TYPE_NUMBER)
        return numbers_equal(a, x, b, y);
    if (x->type != y->type || x->size != y->size)
        return false;
    if (x->type == NEX_JSON_TYPE_STRING)
        return memcmp(nex_node_string(a, x), nex_node_string(b, y), x->size) == 0;
    if (x->type < NEX_JSON_TYPE_ARRAY)
        return true;
    const nex_node *p = x + 1, *q = y + 1;
    for (uint32_t i = 0; i < x->size; i++, p = nex_node_next(a, p)) {
        if (x->type == NEX_JSON_TYPE_OBJECT) {
            uint64_t cost = y->size / 8;
            *steps = *steps > cost ? *steps - cost : 0;
            q = twin(b, y, a, p, q);
            if (!q)
                return false;
        }
        if (!nex_node_equal(a, p, b, q, steps))
            return false;
        q = nex_node_next(b, q);
    }
    return true;
}

static uint64_t mix(uint64_t h) {
    h = (h ^ (h >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    h = (h ^ (h >> 27)) * UINT64_C(0x94D049BB133111EB);
    return h ^ (h >> 31);
}

static uint64_t hash_bytes(const char *text, size_t len) {
    uint64_t h = len;
    for (; len >= 8; text += 8, len -= 8)
        h = mix(h ^ nex_word(text, 8));
    return mix(h ^ nex_word(text, len));
}

uint64_t nex_node_hash(const nex_json *doc, const nex_node *node) {
    uint64_t h = mix(node->type + UINT64_C(0x9E3779B97F4A7C15) * (node->size + 1u));
    const nex_node *child = node + 1;
    switch (node->type) {
    case NEX_JSON_TYPE_INT:
        return mix((uint64_t)node->as.integer ^ UINT64_C(0xD6E8FEB86659FD93));
    case NEX_JSON_TYPE_NUMBER: {
        nex_decimal d;
        nex_decimal_parse(&d, nex_node_number(doc, node), node->size);
        return mix(nex_decimal_hash(&d));
    }
    case NEX_JSON_TYPE_STRING:
        return h ^ hash_bytes(nex_node_string(doc, node), node->size);
    case NEX_JSON_TYPE_ARRAY:
        for (uint32_t i = 0; i < node->size; i++, child = nex_node_next(doc, child))
            h = mix(h ^ nex_node_hash(doc, child));
        return h;
    case NEX_JSON_TYPE_OBJECT:
        for (uint32_t i = 0; i < node->size; i++, child = nex_node_next(doc, child))
            h += mix(child->key_hash ^ mix(nex_node_hash(doc, child)));
        return h;
    default:
        return h;
    }
}

typedef struct hashed {
    uint64_t hash;
    const nex_node *node;
} hashed;

static int by_hash(const void *x, const void *y) {
    const hashed *a = x, *b = y;
    if (a->hash != b->hash)
        return a->hash < b->hash ? -1 : 1;
    return a->node < b->node ? -1 : a->node > b->node;
}

static const nex_node *duplicate_of_few(const nex_json *doc, const nex_node *array,
                                        uint64_t *steps) {
    const nex_node *node = array + 1;
    for (uint32_t i = 0; i < array->size; i++, node = nex_node_next(doc, node))
        for (const nex_node *before = array + 1; before != node;
             before = nex_node_next(doc, before))
            if (before->type == node->type && nex_node_equal(doc, before, doc, node, steps))
                return node;
    return NULL;
}

const nex_node *nex_node_duplicate_item(const nex_json *doc, const nex_node *array,
                                        uint64_t *steps) {
    const nex_node *node = array + 1, *found = NULL;
    if (array->size <= 8)
        return duplicate_of_few(doc, array, steps);
    uint64_t cost = array->end - (uint64_t)(array - doc->nodes);
    if (*steps <= cost) {
        *steps = 0; /* it cannot be told */
        return NULL;
    }
    *steps -= cost;
    hashed *sorted = malloc(array->size * sizeof *sorted);
    if (!sorted)
        return duplicate_of_few(doc, array, steps); /* slow, but right */
    for (uint32_t i = 0; i < array->size; i++, node = nex_node_next(doc, node))
        sorted[i] = (hashed){nex_node_hash(doc, node), node};
    qsort(sorted, array->size, sizeof *sorted, by_hash);
    for (uint32_t i = 1; i < array->size && !found && *steps > 0; i++)
        for (uint32_t k = i; k-- > 0 && sorted[k].hash == sorted[i].hash && !found && *steps > 0;)
            if (nex_node_equal(doc, sorted[k].node, doc, sorted[i].node, steps))
                found = sorted[i].node;
    free(sorted);
    return found;
}
