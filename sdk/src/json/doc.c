#include "json/doc.h"
#include "json/decimal.h"

#include <stdio.h>
#include <stdlib.h>

nex_status nex_json_new(nex_json **out, const char *text, size_t len, nex_error *err) {
    *out = NULL;
    if (len >= (size_t)INT32_MAX)
        return nex_error_set(err, NEX_ELIMIT, "document of %zu bytes: at most 2 GiB are read", len);
    nex_json *doc = calloc(1, sizeof *doc);
    if (!doc)
        return nex_error_set(err, NEX_ENOMEM, "document of %zu bytes: out of memory", len);
    doc->len = len;
    doc->used = len + NEX_JSON_PAD;
    doc->cap = doc->used;
    doc->node_cap = len / 16 + 8;
    doc->text = malloc(doc->cap);
    doc->nodes = malloc(doc->node_cap * sizeof *doc->nodes);
    if (!doc->text || !doc->nodes) {
        nex_json_free(doc);
        return nex_error_set(err, NEX_ENOMEM, "document of %zu bytes: out of memory", len);
    }
    if (len > 0)
        memcpy(doc->text, text, len);
    memset(doc->text + len, 0, NEX_JSON_PAD);
    *out = doc;
    return NEX_OK;
}

void nex_json_free(nex_json *doc) {
    if (!doc)
        return;
    free(doc->text);
    free(doc->nodes);
    free(doc);
}

nex_node *nex_json_add(nex_json *doc, nex_json_type type, size_t offset) {
    if (doc->count == doc->node_cap) {
        size_t cap = doc->node_cap * 2;
        nex_node *nodes = realloc(doc->nodes, cap * sizeof *nodes);
        if (!nodes)
            return NULL;
        doc->nodes = nodes;
        doc->node_cap = cap;
    }
    nex_node *node = &doc->nodes[doc->count++];
    *node = (nex_node){.type = (uint8_t)type, .offset = (uint32_t)offset};
    return node;
}

nex_status nex_json_room(nex_json *doc, size_t len) {
    size_t need = doc->used + len + NEX_JSON_PAD;
    if (need <= doc->cap)
        return NEX_OK;
    if (need > UINT32_MAX)
        return NEX_ELIMIT;
    size_t cap = doc->cap * 2 > need && doc->cap * 2 <= UINT32_MAX ? doc->cap * 2 : need;
    char *text = realloc(doc->text, cap);
    if (!text)
        return NEX_ENOMEM;
    memset(text + doc->cap, 0, cap - doc->cap);
    doc->text = text;
    doc->cap = cap;
    return NEX_OK;
}

nex_status nex_json_number(nex_json *doc, nex_node *node, size_t len) {
    nex_decimal d;
    if (!nex_decimal_parse(&d, doc->text + node->offset, len))
        return NEX_EINVAL;
    node->size = (uint32_t)len;
    if (nex_decimal_int64(&d, &node->as.integer)) {
        node->type = NEX_JSON_TYPE_INT;
        return NEX_OK;
    }
    node->type = NEX_JSON_TYPE_NUMBER;
    node->as.real = nex_decimal_double(&d);
    if (nex_decimal_is_integer(&d))
        node->flags |= NEX_NODE_INTEGER;
    return NEX_OK;
}

static bool same_key(const nex_json *doc, const nex_node *a, const nex_node *b) {
    return a->key_hash == b->key_hash && a->key_len == b->key_len &&
           memcmp(nex_node_key(doc, a), nex_node_key(doc, b), a->key_len) == 0;
}

const nex_node *nex_node_member(const nex_json *doc, const nex_node *object, const char *key,
                                size_t len) {
    const nex_node *node = object + 1;
    if (object->type != NEX_JSON_TYPE_OBJECT)
        return NULL;
    for (uint32_t i = 0; i < object->size; i++, node = nex_node_next(doc, node))
        if (node->key_len == len && memcmp(nex_node_key(doc, node), key, len) == 0)
            return node;
    return NULL;
}

static const nex_node *duplicate_of_few(const nex_json *doc, const nex_node *object) {
    const nex_node *node = object + 1;
    for (uint32_t i = 0; i < object->size; i++, node = nex_node_next(doc, node)) {
        const nex_node *before = object + 1;
        for (; before != node; before = nex_node_next(doc, before))
            if (same_key(doc, before, node))
                return node;
    }
    return NULL;
}

typedef struct key {
    const char *text;
    const nex_node *node;
} key;

/* Keys in some order, equal ones side by side, the first one first. */
static int by_key(const void *x, const void *y) {
    const key *a = x, *b = y;
    if (a->node->key_hash != b->node->key_hash)
        return a->node->key_hash < b->node->key_hash ? -1 : 1;
    if (a->node->key_len != b->node->key_len)
        return a->node->key_len < b->node->key_len ? -1 : 1;
    int order = memcmp(a->text, b->text, a->node->key_len);
    return order ? order : (a->node < b->node ? -1 : a->node > b->node);
}

const nex_node *nex_json_duplicate(const nex_json *doc, const nex_node *object) {
    const nex_node *node = object + 1, *found = NULL;
    if (object->size <= 16)
        return duplicate_of_few(doc, object);
    key *sorted = malloc(object->size * sizeof *sorted);
    if (!sorted)
        return duplicate_of_few(doc, object); /* slow, but right */
    for (uint32_t i = 0; i < object->size; i++, node = nex_node_next(doc, node))
        sorted[i] = (key){nex_node_key(doc, node), node};
    qsort(sorted, object->size, sizeof *sorted, by_key);
    for (uint32_t i = 1; i < object->size && !found; i++)
        if (same_key(doc, sorted[i - 1].node, sorted[i].node))
            found = sorted[i].node;
    free(sorted);
    return found;
}

void nex_json_place(const nex_json *doc, size_t offset, unsigned *line, unsigned *column) {
    size_t start = 0;
    *line = 0;
    *column = 0;
    if (doc->placeless)
        return;
    if (offset > doc->len)
        offset = doc->len;
    *line = 1;
    for (const char *s = doc->text, *nl; (nl = memchr(s, '\n', offset - (size_t)(s - doc->text)));
         s = nl + 1) {
        ++*line;
        start = (size_t)(nl - doc->text) + 1;
    }
    *column = (unsigned)(offset - start) + 1;
}

nex_status nex_json_fail(const nex_json *doc, nex_error *err, nex_status code, size_t offset,
                         const char *fmt, ...) {
    char text[NEX_ERROR_MESSAGE_SIZE + 4];
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    nex_error_set(err, code, "%s", text);
    if (err) {
        err->offset = offset;
        nex_json_place(doc, offset, &err->line, &err->column);
    }
    return code;
}
