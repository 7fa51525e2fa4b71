#ifndef JSON_POINTER_H
#define JSON_POINTER_H

#include "json/doc.h"

/** The value at a JSON pointer below a value; NULL when there is none. */
const nex_node *nex_node_at(const nex_json *doc, const nex_node *from, const char *pointer,
                            size_t len);

/** The end of a pointer, for a message that must not be all pointer; *cut says it is one. */
const char *nex_pointer_tail(const char *pointer, bool *cut);

/** Appends "/token", escaped. */
nex_status nex_pointer_add(nex_buf *out, const char *token, size_t len);

/** Appends the JSON pointer of a node of a document. */
nex_status nex_pointer_of(const nex_json *doc, const nex_node *node, nex_buf *out);

#endif
