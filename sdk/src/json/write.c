#include "json/decimal.h"
#include "json/doc.h"

#include <stdio.h>

nex_status nex_json_quote(nex_buf *out, const char *text, size_t len) {
    nex_status status = nex_buf_append(out, "\"", 1);
    size_t start = 0;
    for (size_t i = 0; i < len && status == NEX_OK; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c >= 0x20 && c != '"' && c != '\\')
            continue;
        status = nex_buf_append(out, text + start, i - start);
        start = i + 1;
        if (status != NEX_OK)
            break;
        if (c == '"' || c == '\\')
            status = nex_buf_append(out, (char[]){'\\', (char)c}, 2);
        else if (c == '\n')
            status = nex_buf_append(out, "\\n", 2);
        else if (c == '\t')
            status = nex_buf_append(out, "\\t", 2);
        else
            status = nex_buf_printf(out, "\\u%04x", c);
    }
    if (status == NEX_OK)
        status = nex_buf_append(out, text + start, len - start);
    return status == NEX_OK ? nex_buf_append(out, "\"", 1) : status;
}

/* A number whose text is not JSON (YAML's .5, +1): its digits and exponent. */
static nex_status write_number(const nex_json *doc, const nex_node *node, nex_buf *out) {
    nex_decimal d;
    if (node->type == NEX_JSON_TYPE_INT)
        return nex_buf_printf(out, "%lld", (long long)node->as.integer);
    nex_decimal_parse(&d, nex_node_number(doc, node), node->size);
    nex_status status = nex_buf_append_str(out, d.negative ? "-0." : "0.");
    for (size_t i = 0; i < d.len && status == NEX_OK; i++)
        if (d.text[i] != '.')
            status = nex_buf_append(out, &d.text[i], 1);
    if (status == NEX_OK && d.point != 0)
        status = nex_buf_printf(out, "e%lld", (long long)d.point);
    return status;
}

nex_status nex_node_write(const nex_json *doc, const nex_node *node, nex_buf *out) {
    bool object = node->type == NEX_JSON_TYPE_OBJECT;
    const nex_node *child = node + 1;
    nex_status status;
    switch (node->type) {
    case NEX_JSON_TYPE_NULL:
        return nex_buf_append(out, "null", 4);
    case NEX_JSON_TYPE_TRUE:
        return nex_buf_append(out, "true", 4);
    case NEX_JSON_TYPE_FALSE:
        return nex_buf_append(out, "false", 5);
    case NEX_JSON_TYPE_INT:
    case NEX_JSON_TYPE_NUMBER:
        if (node->flags & NEX_NODE_PLAIN_NUMBER)
            return nex_buf_append(out, nex_node_number(doc, node), node->size);
        return write_number(doc, node, out);
    case NEX_JSON_TYPE_STRING:
        return nex_json_quote(out, nex_node_string(doc, node), node->size);
    default:
        break;
    }
    status = nex_buf_append(out, object ? "{" : "[", 1);
    for (uint32_t i = 0; i < node->size && status == NEX_OK; i++) {
        if (i > 0)
            status = nex_buf_append(out, ",", 1);
        if (object && status == NEX_OK)
            status = nex_json_quote(out, nex_node_key(doc, child), child->key_len);
        if (object && status == NEX_OK)
            status = nex_buf_append(out, ":", 1);
        if (status == NEX_OK)
            status = nex_node_write(doc, child, out);
        child = nex_node_next(doc, child);
    }
    return status == NEX_OK ? nex_buf_append(out, object ? "}" : "]", 1) : status;
}
