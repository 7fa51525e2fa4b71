/*
 * "$schema": the two dialects, and meta-schemas of one's own that build on them. A document that a
 * reference leads to may be of 2019-09 too.
 */
#include "schema/dialect.h"
#include "schema/compiler.h"
#include "schema/metaschemas.h"

#include <string.h>

enum { MAX_META = 4 /* meta-schemas of meta-schemas */ };

bool nex_same_uri(const char *a, size_t a_len, const char *b, size_t b_len) {
    if (a_len > 0 && a[a_len - 1] == '#')
        a_len--;
    if (b_len > 0 && b[b_len - 1] == '#')
        b_len--;
    return a_len == b_len && memcmp(a, b, a_len) == 0;
}

const nex_schema_resource *nex_known_document(const nex_schema_options *options, const char *uri,
                                              size_t len) {
    for (size_t i = 0; i < options->resource_count; i++) {
        const nex_schema_resource *r = &options->resources[i];
        if (nex_same_uri(r->uri, strlen(r->uri), uri, len))
            return r;
    }
    for (size_t i = 0; i < nex_metaschema_count; i++)
        if (nex_same_uri(nex_metaschemas[i].uri, strlen(nex_metaschemas[i].uri), uri, len))
            return &nex_metaschemas[i];
    return NULL;
}

static bool is_dialect(const char *uri, size_t len, const char *rest) {
    /* https for http is a slip seen often, and there is nothing else it could mean */
    if (len > 8 && memcmp(uri, "https://", 8) == 0)
        return nex_same_uri(uri + 8, len - 8, rest, strlen(rest));
    if (len > 7 && memcmp(uri, "http://", 7) == 0)
        return nex_same_uri(uri + 7, len - 7, rest, strlen(rest));
    return false;
}

static nex_status vocabularies(nex_compiler *c, uint32_t doc, const nex_node *at,
                               const nex_json *meta, uint8_t *vocabulary) {
    static const char prefix[] = "https://json-schema.org/draft/2020-12/vocab/";
    static const struct {
        const char *name;
        uint8_t bits;
    } known[] = {
        {"core", NEX_VOCAB_CORE},
        {"applicator", NEX_VOCAB_APPLICATOR},
        {"unevaluated", NEX_VOCAB_UNEVALUATED},
        {"validation", NEX_VOCAB_VALIDATION},
        {"meta-data", NEX_VOCAB_META_DATA},
        {"format-annotation", NEX_VOCAB_FORMAT},
        {"format-assertion", NEX_VOCAB_FORMAT | NEX_VOCAB_FORMAT_ASSERTION},
        {"content", NEX_VOCAB_CONTENT},
    };
    const nex_node *list = nex_node_member(meta, meta->nodes, "$vocabulary", 11);
    if (!list || list->type != NEX_JSON_TYPE_OBJECT)
        return NEX_OK;
    const nex_node *node = list + 1;
    *vocabulary = NEX_VOCAB_CORE;
    for (uint32_t i = 0; i < list->size; i++, node = nex_node_next(meta, node)) {
        const char *uri = nex_node_key(meta, node);
        size_t len = node->key_len, n = sizeof prefix - 1, k = sizeof known / sizeof known[0];
        if (len > n && memcmp(uri, prefix, n) == 0)
            for (k = 0; k < sizeof known / sizeof known[0]; k++)
                if (strlen(known[k].name) == len - n &&
                    memcmp(known[k].name, uri + n, len - n) == 0)
                    break;
        if (k < sizeof known / sizeof known[0])
            *vocabulary |= known[k].bits;
        else if (node->type == NEX_JSON_TYPE_TRUE)
            return nex_schema_fail(c, doc, at, NEX_EUNSUPPORTED,
                                   "its meta-schema requires the vocabulary \"%.*s\", which is not "
                                   "known here",
                                   (int)len, uri);
    }
    return NEX_OK;
}

/* A schema must be valid under a meta-schema of one's own too. */
static nex_status check_meta(nex_compiler *c, uint32_t doc, const nex_node *at,
                             const nex_schema_resource *meta) {
    nex_schema_options options = *c->options;
    nex_schema *schema = NULL;
    nex_error err;
    options.annotate_format = true;
    if (at + 0 !=
        nex_node_member(c->schema->docs[doc].json, c->schema->docs[doc].json->nodes, "$schema", 7))
        return NEX_OK; /* an embedded schema's is not checked apart from its keywords */
    nex_status status = nex_schema_compile(&schema, meta->text, meta->len, &options, &err);
    if (status == NEX_OK)
        status = nex_schema_validate(schema, c->schema->docs[doc].json, NULL, &err);
    nex_schema_free(schema);
    if (status != NEX_OK && c->err) {
        *c->err = err;
        nex_error_prefix(c->err, status, "meta-schema %s", meta->uri);
    }
    return status;
}

static nex_status custom(nex_compiler *c, uint32_t doc, const nex_node *at,
                         const nex_schema_resource *meta, uint8_t *dialect, uint8_t *vocabulary) {
    nex_json *json = NULL;
    nex_status status = nex_json_parse(&json, meta->text, meta->len, c->err);
    if (status != NEX_OK)
        return nex_error_prefix(c->err, status, "meta-schema %s", meta->uri);
    if (++c->depth > MAX_META) {
        status =
            nex_schema_fail(c, doc, at, NEX_ELIMIT,
                            "its meta-schemas refer to further ones more than %d deep", MAX_META);
    } else {
        const nex_node *base = nex_node_member(json, json->nodes, "$schema", 7);
        const char *text =
            base && base->type == NEX_JSON_TYPE_STRING ? nex_node_string(json, base) : "";
        *vocabulary = NEX_VOCAB_ALL;
        if (is_dialect(text, base ? base->size : 0, "json-schema.org/draft-07/schema"))
            *dialect = NEX_IN_07;
        else if (is_dialect(text, base ? base->size : 0, "json-schema.org/draft/2020-12/schema"))
            *dialect = NEX_IN_2020;
        else
            status = nex_schema_fail(c, doc, at, NEX_EUNSUPPORTED,
                                     "its meta-schema is of no dialect known here (draft-07 and "
                                     "2020-12 are)");
        if (status == NEX_OK && *dialect == NEX_IN_2020)
            status = vocabularies(c, doc, at, json, vocabulary);
        if (status == NEX_OK)
            status = check_meta(c, doc, at, meta);
    }
    c->depth--;
    nex_json_free(json);
    return status;
}

nex_status nex_dialect_of(nex_compiler *c, uint32_t doc, const nex_node *at, uint8_t *dialect,
                          uint8_t *vocabulary) {
    const char *uri = nex_node_string(c->schema->docs[doc].json, at);
    *vocabulary = NEX_VOCAB_ALL;
    if (is_dialect(uri, at->size, "json-schema.org/draft-07/schema")) {
        *dialect = NEX_IN_07;
        return NEX_OK;
    }
    if (is_dialect(uri, at->size, "json-schema.org/draft/2020-12/schema")) {
        *dialect = NEX_IN_2020;
        return NEX_OK;
    }
    if (doc > 0 && is_dialect(uri, at->size, "json-schema.org/draft/2019-09/schema")) {
        *dialect = NEX_IN_2019;
        return NEX_OK;
    }
    const nex_schema_resource *meta = nex_known_document(c->options, uri, at->size);
    if (meta)
        return custom(c, doc, at, meta, dialect, vocabulary);
    return nex_schema_fail(c, doc, at, NEX_EUNSUPPORTED,
                           "unknown dialect \"%.*s\" (draft-07 and 2020-12 are known)",
                           at->size > 200 ? 200 : (int)at->size, uri);
}
