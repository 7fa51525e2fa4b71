#include "schema/message.h"

#include <stdio.h>

enum { SHOWN = 60 };

/* A string in quotes, at most SHOWN bytes of it. */
static void describe_text(const nex_json *doc, const nex_node *node, char *out, size_t size) {
    const char *text = nex_node_string(doc, node);
    nex_buf quoted = NEX_BUF_INIT;
    size_t len = node->size;
    if (len > SHOWN)
        for (len = SHOWN; len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80;)
            len--;
    if (nex_json_quote(&quoted, text, len) != NEX_OK)
        snprintf(out, size, "a string");
    else if (len < node->size)
        snprintf(out, size, "%.*s...\"", (int)quoted.len - 1, quoted.data);
    else
        snprintf(out, size, "%s", quoted.data);
    nex_buf_free(&quoted);
}

void nex_describe(const nex_json *doc, const nex_node *node, bool secret, char *out, size_t size) {
    switch (node->type) {
    case NEX_JSON_TYPE_NULL:
        snprintf(out, size, "null");
        return;
    case NEX_JSON_TYPE_TRUE:
    case NEX_JSON_TYPE_FALSE:
        snprintf(out, size, "%s",
                 secret ? "a boolean" : (node->type == NEX_JSON_TYPE_TRUE ? "true" : "false"));
        return;
    case NEX_JSON_TYPE_INT:
    case NEX_JSON_TYPE_NUMBER: {
        int shown = node->size > 40 ? 40 : (int)node->size;
        if (secret)
            snprintf(out, size, "a number (not shown)");
        else if (shown == 0) /* made from a json_t */
            snprintf(out, size, "%lld", (long long)node->as.integer);
        else
            snprintf(out, size, "%.*s%s", shown, nex_node_number(doc, node),
                     (uint32_t)shown < node->size ? "..." : "");
        return;
    }
    case NEX_JSON_TYPE_STRING:
        if (secret)
            snprintf(out, size, "a string (not shown)");
        else
            describe_text(doc, node, out, size);
        return;
    default:
        snprintf(out, size, "%s of %u %s%s",
                 node->type == NEX_JSON_TYPE_ARRAY ? "an array" : "an object", node->size,
                 node->type == NEX_JSON_TYPE_ARRAY ? "item" : "member", node->size == 1 ? "" : "s");
        return;
    }
}
