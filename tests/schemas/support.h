/* The schema files of the tree, loaded once. */
#ifndef TESTS_SCHEMAS_SUPPORT_H
#define TESTS_SCHEMAS_SUPPORT_H

#include <jansson.h>
#include <nex/schema.h>

typedef struct document {
    char *path; /* from the root of the tree */
    char *text;
    json_t *json;
} document;

typedef struct documents {
    document *items;
    nex_schema_resource *resources; /* all of them, by $id */
    size_t count;
} documents;

/* All JSON Schemas of the tree: the protocol's, the files', the native nexlet's. */
void documents_load(documents *out);
void documents_free(documents *docs);
/* The protocol's schema of a title; NULL when there is none. */
const document *documents_find(const documents *docs, const char *title);

json_t *load_json(const char *path);
/* Compiles a document; fails the test with the reason when it does not. */
nex_schema *compile(const documents *docs, const document *doc);
/* Whether an instance is valid; err holds the first violation. */
bool valid(const nex_schema *schema, const json_t *instance, nex_error *err);
/* The value at a JSON pointer, NULL when there is none. */
const json_t *at_pointer(const json_t *root, const char *pointer);

#endif
