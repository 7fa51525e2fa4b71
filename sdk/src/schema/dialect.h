#ifndef SCHEMA_DIALECT_H
#define SCHEMA_DIALECT_H

#include <nex/schema.h>

/** Whether two URIs are the same but for an empty fragment. */
bool nex_same_uri(const char *a, size_t a_len, const char *b, size_t b_len);

/** The text of a document known by URI: one of the options', or a meta-schema; NULL. */
const nex_schema_resource *nex_known_document(const nex_schema_options *options, const char *uri,
                                              size_t len);

#endif
