/*
 * Documents and what names them: every schema in a known place is visited once, its keywords
 * are checked (so a schema that breaks its meta-schema ends here), its $id and anchors noted.
 */
#include "schema/compiler.h"
#include "schema/dialect.h"
#include "schema/message.h"
#include "schema/uri.h"
#include "json/pointer.h"

#include <stdio.h>
#include <stdlib.h>

nex_status nex_compile_no_memory(nex_compiler *c) {
    return nex_error_set(c->err, NEX_ENOMEM, "schema: out of memory");
}

nex_status nex_grow(nex_compiler *c, void *array, uint32_t count, uint32_t *cap, size_t size) {
    void **p = array;
    if (count < *cap)
        return NEX_OK;
    uint32_t bigger = *cap ? *cap * 2 : 16;
    void *moved = realloc(*p, bigger * size);
    if (!moved)
        return nex_compile_no_memory(c);
    *p = moved;
    *cap = bigger;
    return NEX_OK;
}

nex_status nex_schema_fail(nex_compiler *c, uint32_t doc, const nex_node *at, nex_status code,
                           const char *fmt, ...) {
    const nex_schema_doc *d = &c->schema->docs[doc];
    char text[NEX_ERROR_MESSAGE_SIZE + 4];
    nex_buf pointer = NEX_BUF_INIT;
    va_list args;
    va_start(args, fmt);
    vsnprintf(text, sizeof text, fmt, args);
    va_end(args);
    if (!c->err)
        return code;
    const char *where = nex_pointer_of(d->json, at, &pointer) == NEX_OK ? pointer.data : "";
    bool cut;
    const char *shown = nex_pointer_tail(where, &cut);
    if (doc == 0)
        nex_error_set(c->err, code, "schema%s%s%s: %s", *where ? " " : "", cut ? "..." : "", shown,
                      text);
    else
        nex_error_set(c->err, code, "schema %s#%s%s: %s", d->uri, cut ? "..." : "", shown, text);
    snprintf(c->err->schema_pointer, sizeof c->err->schema_pointer, "%s", where);
    snprintf(c->err->pointer, sizeof c->err->pointer, "%s", where);
    c->err->offset = at->offset;
    nex_json_place(d->json, at->offset, &c->err->line, &c->err->column);
    nex_buf_free(&pointer);
    return code;
}

nex_status nex_register(nex_compiler *c, const char *uri, size_t len, const char *anchor,
                        size_t anchor_len, nex_place place, const nex_node *at) {
    nex_buf name = NEX_BUF_INIT;
    nex_status status = nex_buf_append(&name, uri, len);
    if (status == NEX_OK && anchor)
        status = nex_buf_append(&name, "#", 1);
    if (status == NEX_OK && anchor)
        status = nex_buf_append(&name, anchor, anchor_len);
    if (status != NEX_OK) {
        nex_buf_free(&name);
        return nex_compile_no_memory(c);
    }
    const uint32_t *known = nex_table_get(&c->identifiers, name.data, name.len);
    if (known) {
        nex_place *there = &c->places[*known];
        if (there->doc == place.doc && there->node == place.node)
            there->dynamic |= place.dynamic;
        else if (place.doc == 0) /* the first one stays where a document was only looked into */
            status = nex_schema_fail(c, place.doc, at, NEX_EINVAL, "\"%s\" names two schemas",
                                     name.data);
    } else {
        status = nex_grow(c, &c->places, c->place_count, &c->place_cap, sizeof *c->places);
        if (status == NEX_OK) {
            c->places[c->place_count] = place;
            status = nex_table_add(&c->identifiers, name.data, name.len, c->place_count++);
            if (status != NEX_OK)
                nex_compile_no_memory(c);
        }
    }
    nex_buf_free(&name);
    return status;
}

static nex_status add_resource(nex_compiler *c, const char *uri, size_t len, nex_resource like,
                               uint32_t *resource) {
    nex_status status =
        nex_grow(c, &c->resources, c->resource_count, &c->resource_cap, sizeof *c->resources);
    if (status != NEX_OK)
        return status;
    like.uri = nex_arena_copy(&c->schema->arena, uri, len);
    like.len = len;
    if (!like.uri)
        return nex_compile_no_memory(c);
    *resource = c->resource_count;
    c->resources[c->resource_count++] = like;
    return NEX_OK;
}

/* "$id": a resource of its own, and in draft-07 maybe an anchor. */
static nex_status enter_id(nex_compiler *c, uint32_t doc, const nex_node *node, const nex_node *id,
                           const nex_node *dialect, uint32_t *resource) {
    const char *text = nex_node_string(c->schema->docs[doc].json, id);
    nex_resource made = c->resources[*resource];
    const char *hash = memchr(text, '#', id->size);
    size_t len = hash ? (size_t)(hash - text) : id->size;
    size_t anchor = hash ? id->size - len - 1 : 0;
    nex_status status = NEX_OK;
    nex_place place = {doc, nex_index(c, doc, node), *resource, 0};
    if (len > 0) {
        nex_buf uri = NEX_BUF_INIT;
        if (dialect)
            status = nex_dialect_of(c, doc, dialect, &made.dialect, &made.vocabulary);
        made.doc = doc;
        made.node = place.node;
        if (status == NEX_OK && nex_uri_resolve(made.uri, made.len, text, len, &uri) != NEX_OK)
            status = nex_compile_no_memory(c);
        if (status == NEX_OK)
            status = add_resource(c, uri.data ? uri.data : "", uri.len, made, resource);
        place.resource = *resource;
        if (status == NEX_OK)
            status = nex_register(c, uri.data ? uri.data : "", uri.len, NULL, 0, place, id);
        nex_buf_free(&uri);
    }
    if (status == NEX_OK && anchor > 0) {
        const nex_resource *r = &c->resources[*resource];
        status = nex_register(c, r->uri, r->len, hash + 1, anchor, place, id);
    }
    return status;
}

static nex_status enter_anchor(nex_compiler *c, uint32_t doc, const nex_node *node,
                               const nex_node *anchor, bool dynamic, uint32_t resource) {
    const nex_resource *r = &c->resources[resource];
    const char *name = nex_node_string(c->schema->docs[doc].json, anchor);
    nex_place place = {doc, nex_index(c, doc, node), resource, 0};
    if (dynamic) {
        const uint32_t *number = nex_table_get(&c->dynamic_names, name, anchor->size);
        place.dynamic = number ? *number : c->dynamic_names.count + 1;
        if (!number &&
            nex_table_add(&c->dynamic_names, name, anchor->size, place.dynamic) != NEX_OK)
            return nex_compile_no_memory(c);
    }
    return nex_register(c, r->uri, r->len, name, anchor->size, place, anchor);
}

static nex_status scan(nex_compiler *c, uint32_t doc, const nex_node *node, uint32_t resource,
                       bool strict);

static bool is_schema(const nex_node *node) {
    return node->type == NEX_JSON_TYPE_OBJECT || node->type == NEX_JSON_TYPE_TRUE ||
           node->type == NEX_JSON_TYPE_FALSE;
}

static nex_status scan_all(nex_compiler *c, uint32_t doc, const nex_node *value, uint32_t resource,
                           bool strict) {
    const nex_json *json = c->schema->docs[doc].json;
    const nex_node *node = value + 1;
    nex_status status = NEX_OK;
    for (uint32_t i = 0; i < value->size && status == NEX_OK; i++) {
        if (is_schema(node))
            status = scan(c, doc, node, resource, strict);
        node = nex_node_next(json, node);
    }
    return status;
}

static nex_status check_keyword(nex_compiler *c, uint32_t doc, nex_keyword kw, unsigned dialect,
                                const nex_node *value, bool strict, bool *ok) {
    const nex_json *json = c->schema->docs[doc].json;
    const nex_node *at = value;
    nex_buf wanted = NEX_BUF_INIT;
    nex_status status = nex_keyword_check(kw, dialect, json, value, &at, &wanted);
    *ok = status == NEX_OK;
    if (c->lenient && (nex_keywords[kw].vocabulary & (NEX_VOCAB_META_DATA | NEX_VOCAB_CONTENT)))
        strict = false;
    if (status == NEX_EINVAL && strict) {
        char got[80];
        nex_describe(json, at, false, got, sizeof got);
        nex_schema_fail(c, doc, at, NEX_EINVAL, "expected %s, got %s", wanted.data, got);
    } else if (status == NEX_EINVAL) {
        status = NEX_OK;
    } else if (status == NEX_ENOMEM) {
        nex_compile_no_memory(c);
    }
    nex_buf_free(&wanted);
    return status;
}

static nex_status scan_keyword(nex_compiler *c, uint32_t doc, nex_keyword kw, const nex_node *value,
                               uint32_t resource, bool strict) {
    const nex_resource *r = &c->resources[resource];
    const nex_keyword_info *info = &nex_keywords[kw];
    bool ok;
    if (kw == NEX_KW_DEFS && r->dialect == NEX_IN_07 && value->type == NEX_JSON_TYPE_OBJECT)
        return scan_all(c, doc, value, resource, false); /* unknown to draft-07, yet much used */
    if (!(info->dialects & r->dialect) || !(info->vocabulary & r->vocabulary))
        return NEX_OK;
    nex_status status = check_keyword(c, doc, kw, r->dialect, value, strict, &ok);
    if (status != NEX_OK || !ok)
        return status;
    switch (info->shape) {
    case NEX_SHAPE_SCHEMA:
        return scan(c, doc, value, resource, strict);
    case NEX_SHAPE_ITEMS:
        if (is_schema(value))
            return scan(c, doc, value, resource, strict);
        return scan_all(c, doc, value, resource, strict);
    case NEX_SHAPE_SCHEMAS:
    case NEX_SHAPE_SCHEMA_MAP:
    case NEX_SHAPE_PATTERN_MAP:
    case NEX_SHAPE_DEPENDENCIES:
        return scan_all(c, doc, value, resource, strict);
    default:
        return NEX_OK;
    }
}

/* The keywords that name a schema, before all others: they decide how those are read. */
static nex_status scan_identity(nex_compiler *c, uint32_t doc, const nex_node *node,
                                uint32_t *resource) {
    const nex_json *json = c->schema->docs[doc].json;
    const nex_node *id = nex_node_member(json, node, "$id", 3), *anchor;
    const nex_node *dialect = nex_node_member(json, node, "$schema", 7);
    nex_status status = NEX_OK;
    if (dialect && dialect->type != NEX_JSON_TYPE_STRING)
        dialect = NULL;
    bool ref_07 = c->resources[*resource].dialect == NEX_IN_07 && !(id && dialect) &&
                  nex_node_member(json, node, "$ref", 4);
    if (id && id->type == NEX_JSON_TYPE_STRING && !ref_07)
        status = enter_id(c, doc, node, id, dialect, resource);
    if (status != NEX_OK || c->resources[*resource].dialect == NEX_IN_07)
        return status;
    anchor = nex_node_member(json, node, "$anchor", 7);
    if (anchor && anchor->type == NEX_JSON_TYPE_STRING)
        status = enter_anchor(c, doc, node, anchor, false, *resource);
    anchor = nex_node_member(json, node, "$dynamicAnchor", 14);
    if (c->resources[*resource].dialect == NEX_IN_2019)
        anchor = NULL;
    if (status == NEX_OK && anchor && anchor->type == NEX_JSON_TYPE_STRING)
        status = enter_anchor(c, doc, node, anchor, true, *resource);
    return status;
}

static nex_status scan(nex_compiler *c, uint32_t doc, const nex_node *node, uint32_t resource,
                       bool strict) {
    const nex_json *json = c->schema->docs[doc].json;
    uint32_t index = nex_index(c, doc, node);
    nex_status status = NEX_OK;
    if (nex_resource_at(c, doc, index) != NEX_NO_RESOURCE) {
        /* seen; it is only looked at again to check what was not checked then */
        if (!strict || !(c->sources[doc].resources[index] & NEX_UNCHECKED))
            return NEX_OK;
        resource = nex_resource_at(c, doc, index);
    } else if (node->type == NEX_JSON_TYPE_OBJECT) {
        status = scan_identity(c, doc, node, &resource);
    }
    c->sources[doc].resources[index] = (resource + 1) | (strict ? 0 : NEX_UNCHECKED);
    const nex_node *value = node + 1;
    for (uint32_t i = 0; node->type == NEX_JSON_TYPE_OBJECT && i < node->size; i++) {
        if (status != NEX_OK)
            return status;
        nex_keyword kw = nex_keyword_find(nex_node_key(json, value), value->key_len);
        if (kw != NEX_KW_NONE)
            status = scan_keyword(c, doc, kw, value, resource, strict);
        value = nex_node_next(json, value);
    }
    return status;
}

static nex_status scan_place(nex_compiler *c, nex_place *place) {
    const nex_node *node = nex_at(c, place->doc, place->node);
    if (!is_schema(node)) {
        char got[80];
        nex_describe(c->schema->docs[place->doc].json, node, false, got, sizeof got);
        return nex_schema_fail(c, place->doc, node, NEX_EINVAL,
                               "expected a schema (an object, true or false), got %s", got);
    }
    nex_status status = scan(c, place->doc, node, place->resource, true);
    if (status == NEX_OK)
        place->resource = nex_resource_at(c, place->doc, place->node);
    return status;
}

nex_status nex_scan(nex_compiler *c, nex_place *place) {
    c->lenient = true;
    nex_status status = scan_place(c, place);
    c->lenient = false;
    return status;
}

static nex_status add_doc(nex_compiler *c, nex_json *json, const char *uri, size_t len,
                          uint32_t *doc) {
    nex_schema *s = c->schema;
    uint32_t cap = c->source_cap;
    nex_status status = nex_grow(c, &s->docs, s->doc_count, &cap, sizeof *s->docs);
    if (status == NEX_OK)
        status = nex_grow(c, &c->sources, s->doc_count, &c->source_cap, sizeof *c->sources);
    nex_source source = {NULL, NULL};
    char *copy = NULL;
    if (status == NEX_OK) {
        source.subs = calloc(json->count, sizeof *source.subs);
        source.resources = calloc(json->count, sizeof *source.resources);
        copy = nex_arena_copy(&s->arena, uri, len);
        if (!source.subs || !source.resources || !copy)
            status = nex_compile_no_memory(c);
    }
    if (status != NEX_OK) {
        free(source.subs);
        free(source.resources);
        nex_json_free(json);
        return status;
    }
    *doc = s->doc_count;
    c->sources[s->doc_count] = source;
    s->docs[s->doc_count++] = (nex_schema_doc){json, copy};
    return NEX_OK;
}

nex_status nex_load(nex_compiler *c, nex_json *json, const char *uri, size_t uri_len,
                    uint32_t *doc) {
    uint32_t resource = 0;
    nex_resource made = {.dialect =
                             c->options->dialect == NEX_DIALECT_DRAFT_07 ? NEX_IN_07 : NEX_IN_2020,
                         .vocabulary = NEX_VOCAB_ALL};
    nex_status status = add_doc(c, json, uri, uri_len, doc);
    if (status != NEX_OK)
        return status;
    const nex_node *root = json->nodes;
    const nex_node *dialect = nex_node_member(json, root, "$schema", 7);
    made.doc = *doc;
    if (dialect && dialect->type == NEX_JSON_TYPE_STRING) {
        status = nex_dialect_of(c, *doc, dialect, &made.dialect, &made.vocabulary);
        if (status != NEX_OK)
            return status;
    }
    status = add_resource(c, uri, uri_len, made, &resource);
    if (status != NEX_OK)
        return status;
    nex_place place = {*doc, 0, resource, 0};
    status = nex_register(c, uri, uri_len, NULL, 0, place, root);
    if (status == NEX_OK)
        status = scan_place(c, &place);
    /* what the document was asked for by leads to its root, whatever the root calls itself */
    uint32_t *entry = nex_table_get(&c->identifiers, uri, uri_len);
    if (status == NEX_OK && entry && c->places[*entry].doc == *doc)
        c->places[*entry].resource = place.resource;
    return status;
}
