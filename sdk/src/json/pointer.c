/*
 * JSON pointers (RFC 6901) into documents.
 */
#include "json/pointer.h"

#include <stdlib.h>

/* Compares a token, with ~0 and ~1, with a key. */
static bool token_is(const char *token, size_t len, const char *key, size_t key_len) {
    size_t k = 0;
    for (size_t i = 0; i < len; i++, k++) {
        char c = token[i];
        if (c == '~' && i + 1 < len)
            c = token[++i] == '1' ? '/' : '~';
        if (k == key_len || key[k] != c)
            return false;
    }
    return k == key_len;
}

static const nex_node *item(const nex_json *doc, const nex_node *array, const char *token,
                            size_t len) {
    uint64_t index = 0;
    const nex_node *node = array + 1;
    if (len == 0 || len > 10 || (len > 1 && token[0] == '0'))
        return NULL;
    for (size_t i = 0; i < len; i++) {
        if (token[i] < '0' || token[i] > '9')
            return NULL;
        index = index * 10 + (uint64_t)(token[i] - '0');
    }
    if (index >= array->size)
        return NULL;
    for (; index > 0; index--)
        node = nex_node_next(doc, node);
    return node;
}

static const nex_node *member(const nex_json *doc, const nex_node *object, const char *token,
                              size_t len) {
    const nex_node *node = object + 1;
    for (uint32_t i = 0; i < object->size; i++, node = nex_node_next(doc, node))
        if (token_is(token, len, nex_node_key(doc, node), node->key_len))
            return node;
    return NULL;
}

const nex_node *nex_node_at(const nex_json *doc, const nex_node *from, const char *pointer,
                            size_t len) {
    size_t i = 0;
    if (len > 0 && pointer[0] != '/')
        return NULL;
    while (i < len && from) {
        size_t start = ++i;
        while (i < len && pointer[i] != '/')
            i++;
        if (from->type == NEX_JSON_TYPE_OBJECT)
            from = member(doc, from, pointer + start, i - start);
        else if (from->type == NEX_JSON_TYPE_ARRAY)
            from = item(doc, from, pointer + start, i - start);
        else
            from = NULL;
    }
    return from;
}

const char *nex_pointer_tail(const char *pointer, bool *cut) {
    size_t len = strlen(pointer);
    *cut = len > 120;
    if (!*cut)
        return pointer;
    const char *tail = pointer + len - 100, *slash = strchr(tail, '/');
    if (!slash)
        slash = tail;
    while (((unsigned char)*slash & 0xC0) == 0x80)
        slash++;
    return slash;
}

nex_status nex_pointer_add(nex_buf *out, const char *token, size_t len) {
    nex_status status = nex_buf_append(out, "/", 1);
    for (size_t i = 0; i < len && status == NEX_OK; i++) {
        unsigned char c = (unsigned char)token[i];
        if (c == '~')
            status = nex_buf_append(out, "~0", 2);
        else if (c == '/')
            status = nex_buf_append(out, "~1", 2);
        else if (c == 0)
            status = nex_buf_append_str(out, "\\u0000"); /* pointers are handed out as C text */
        else
            status = nex_buf_append(out, &token[i], 1);
    }
    return status;
}

nex_status nex_pointer_of(const nex_json *doc, const nex_node *node, nex_buf *out) {
    const nex_node *at = doc->nodes;
    nex_status status = nex_buf_append(out, "", 0);
    while (at != node && status == NEX_OK) {
        const nex_node *child = at + 1;
        uint32_t index = 0;
        while (nex_node_next(doc, child) <= node) {
            child = nex_node_next(doc, child);
            index++;
        }
        if (at->type == NEX_JSON_TYPE_OBJECT)
            status = nex_pointer_add(out, nex_node_key(doc, child), child->key_len);
        else
            status = nex_buf_printf(out, "/%u", (unsigned)index);
        at = child;
    }
    return status;
}

bool nex_json_locate(const nex_json *doc, const char *pointer, size_t *offset, unsigned *line,
                     unsigned *column) {
    const nex_node *node = nex_node_at(doc, doc->nodes, pointer, strlen(pointer));
    unsigned l, c;
    if (!node)
        return false;
    if (offset)
        *offset = node->offset;
    nex_json_place(doc, node->offset, &l, &c);
    if (line)
        *line = l;
    if (column)
        *column = c;
    return true;
}

nex_status nex_json_write(const nex_json *doc, const char *pointer, nex_buf *out) {
    const nex_node *node = nex_node_at(doc, doc->nodes, pointer, strlen(pointer));
    return node ? nex_node_write(doc, node, out) : NEX_ENOTFOUND;
}
