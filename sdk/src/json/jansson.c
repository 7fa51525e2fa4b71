/*
 * Documents to and from jansson's values. Depth is bounded on both sides: by the parsers', and
 * by what jansson itself takes.
 */
#include "json/decimal.h"
#include "json/doc.h"

#include <math.h>
#include <stdio.h>

enum { MAX_DEPTH = 2048 };

static json_t *value_of(const nex_json *doc, const nex_node *node, nex_error *err,
                        nex_status *status);

static json_t *container(const nex_json *doc, const nex_node *node, nex_error *err,
                         nex_status *status) {
    bool object = node->type == NEX_JSON_TYPE_OBJECT;
    json_t *made = object ? json_object() : json_array();
    const nex_node *child = node + 1;
    for (uint32_t i = 0; made && i < node->size; i++, child = nex_node_next(doc, child)) {
        json_t *value = value_of(doc, child, err, status);
        int failed = !value;
        if (value && object)
            failed =
                json_object_setn_new_nocheck(made, nex_node_key(doc, child), child->key_len, value);
        else if (value)
            failed = json_array_append_new(made, value);
        if (failed) {
            json_decref(made);
            made = NULL;
        }
    }
    return made;
}

static json_t *number(const nex_json *doc, const nex_node *node, nex_error *err,
                      nex_status *status) {
    if (node->type == NEX_JSON_TYPE_INT)
        return json_integer(node->as.integer);
    const char *text = nex_node_number(doc, node);
    bool real = false; /* written with a point or an exponent, as jansson tells them apart */
    for (uint32_t i = 0; i < node->size; i++)
        real |= text[i] == '.' || text[i] == 'e' || text[i] == 'E';
    if (real && isfinite(node->as.real))
        return json_real(node->as.real);
    *status = nex_json_fail(doc, err, NEX_EINVAL, node->offset,
                            "the number %.*s is beyond what can be held",
                            node->size > 60 ? 60 : (int)node->size, text);
    return NULL;
}

static json_t *value_of(const nex_json *doc, const nex_node *node, nex_error *err,
                        nex_status *status) {
    switch (node->type) {
    case NEX_JSON_TYPE_NULL:
        return json_null();
    case NEX_JSON_TYPE_FALSE:
        return json_false();
    case NEX_JSON_TYPE_TRUE:
        return json_true();
    case NEX_JSON_TYPE_STRING:
        return json_stringn_nocheck(nex_node_string(doc, node), node->size);
    case NEX_JSON_TYPE_INT:
    case NEX_JSON_TYPE_NUMBER:
        return number(doc, node, err, status);
    default:
        return container(doc, node, err, status);
    }
}

nex_status nex_json_to_jansson(const nex_json *doc, json_t **out, nex_error *err) {
    nex_status status = NEX_OK;
    *out = value_of(doc, doc->nodes, err, &status);
    if (*out)
        return NEX_OK;
    return status != NEX_OK ? status : nex_error_set(err, NEX_ENOMEM, "JSON value: out of memory");
}

/* Appends bytes to the document's text; their place, or 0 when out of memory. */
static nex_status keep(nex_json *doc, const char *text, size_t len, size_t *at) {
    nex_status status = nex_json_room(doc, len + NEX_JSON_PAD);
    if (status != NEX_OK)
        return status;
    *at = doc->used;
    memcpy(doc->text + doc->used, text, len);
    doc->used += len;
    return NEX_OK;
}

static nex_status add(nex_json *doc, const json_t *value, size_t depth, size_t *index);

static nex_status add_members(nex_json *doc, const json_t *value, size_t depth, size_t index) {
    json_t *object = (json_t *)(uintptr_t)value; /* iterating changes nothing */
    for (void *it = json_object_iter(object); it; it = json_object_iter_next(object, it)) {
        const char *key = json_object_iter_key(it);
        size_t len = json_object_iter_key_len(it), at = 0, child = 0;
        if (len > NEX_JSON_MAX_KEY)
            return NEX_ELIMIT;
        nex_status status = keep(doc, key, len, &at);
        if (status == NEX_OK)
            status = add(doc, json_object_iter_value(it), depth, &child);
        if (status != NEX_OK)
            return status;
        nex_node *node = &doc->nodes[child];
        node->key = (uint32_t)at;
        node->key_len = (uint16_t)len;
        node->key_hash = nex_key_hash(doc->text + at, len);
        doc->nodes[index].size++;
    }
    return NEX_OK;
}

static nex_status add_text(nex_json *doc, const json_t *value, size_t index) {
    const char *text = json_string_value(value);
    size_t len = json_string_length(value), at = 0;
    nex_status status = keep(doc, text, len, &at);
    if (status != NEX_OK)
        return status;
    nex_node *node = &doc->nodes[index];
    node->as.text = at;
    node->size = (uint32_t)len;
    for (size_t i = 0; i < len; i++)
        if ((unsigned char)text[i] >= 0x80)
            node->flags = NEX_NODE_WIDE;
    return NEX_OK;
}

static nex_status add_real(nex_json *doc, const json_t *value, size_t index) {
    char text[40];
    size_t at = 0;
    /* the shortest text that reads back the same: what its writer meant */
    for (int digits = 15; digits <= 17; digits++) {
        snprintf(text, sizeof text, "%.*e", digits - 1, json_real_value(value));
        for (char *c = text; *c; c++)
            if (*c == ',')
                *c = '.';
        nex_decimal d;
        if (nex_decimal_parse(&d, text, strlen(text)) &&
            nex_decimal_double(&d) == json_real_value(value))
            break;
    }
    nex_status status = keep(doc, text, strlen(text), &at);
    if (status != NEX_OK)
        return status;
    doc->nodes[index].offset = (uint32_t)at;
    doc->nodes[index].flags = NEX_NODE_PLAIN_NUMBER;
    return nex_json_number(doc, &doc->nodes[index], strlen(text));
}

static nex_status add(nex_json *doc, const json_t *value, size_t depth, size_t *index) {
    static const uint8_t types[] = {
        [JSON_OBJECT] = NEX_JSON_TYPE_OBJECT, [JSON_ARRAY] = NEX_JSON_TYPE_ARRAY,
        [JSON_STRING] = NEX_JSON_TYPE_STRING, [JSON_INTEGER] = NEX_JSON_TYPE_INT,
        [JSON_REAL] = NEX_JSON_TYPE_NUMBER,   [JSON_TRUE] = NEX_JSON_TYPE_TRUE,
        [JSON_FALSE] = NEX_JSON_TYPE_FALSE,   [JSON_NULL] = NEX_JSON_TYPE_NULL};
    nex_status status = NEX_OK;
    if (depth > MAX_DEPTH)
        return NEX_ELIMIT;
    nex_node *node = nex_json_add(doc, types[json_typeof(value)], 0);
    if (!node)
        return NEX_ENOMEM;
    *index = (size_t)(node - doc->nodes);
    switch (json_typeof(value)) {
    case JSON_INTEGER:
        node->as.integer = json_integer_value(value);
        break;
    case JSON_REAL:
        status = add_real(doc, value, *index);
        break;
    case JSON_STRING:
        status = add_text(doc, value, *index);
        break;
    case JSON_OBJECT:
        status = add_members(doc, value, depth + 1, *index);
        break;
    case JSON_ARRAY:
        for (size_t i = 0; i < json_array_size(value) && status == NEX_OK; i++) {
            size_t child;
            status = add(doc, json_array_get(value, i), depth + 1, &child);
            doc->nodes[*index].size++;
        }
        break;
    default:
        break;
    }
    doc->nodes[*index].end = (uint32_t)doc->count;
    return status;
}

nex_status nex_json_from_jansson(nex_json **out, const json_t *value, nex_error *err) {
    nex_json *doc = NULL;
    size_t root;
    nex_status status = nex_json_new(&doc, "", 0, err);
    *out = NULL;
    if (status != NEX_OK)
        return status;
    doc->placeless = true;
    status = add(doc, value, 1, &root);
    if (status == NEX_OK) {
        *out = doc;
        return NEX_OK;
    }
    nex_json_free(doc);
    if (status == NEX_ELIMIT)
        return nex_error_set(err, status, "JSON value: deeper than %d, or too large", MAX_DEPTH);
    return nex_error_set(err, status, "JSON value: out of memory");
}
