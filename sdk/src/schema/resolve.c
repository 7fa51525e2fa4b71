/*
 * References: a URI to a document already here, then a pointer or an anchor into it. Nothing is
 * ever fetched.
 */
#include "schema/compiler.h"
#include "schema/dialect.h"
#include "schema/uri.h"
#include "json/pointer.h"

#include <stdlib.h>
#include <string.h>

nex_status nex_load_known(nex_compiler *c, const char *uri, size_t len) {
    const nex_schema_resource *r = nex_known_document(c->options, uri, len);
    nex_json *json = NULL;
    uint32_t doc;
    if (!r)
        return NEX_ENOTFOUND;
    nex_status status = nex_json_parse(&json, r->text, r->len, c->err);
    if (status != NEX_OK)
        return nex_error_prefix(c->err, status, "schema %s", r->uri);
    return nex_load(c, json, uri, len, &doc);
}

/* All documents of the options: one may hold the schema under an $id of its own. */
static nex_status load_all(nex_compiler *c) {
    nex_error *err = c->err, unused;
    if (c->all_loaded)
        return NEX_OK;
    c->all_loaded = true;
    for (size_t i = 0; i < c->options->resource_count; i++) {
        const char *uri = c->options->resources[i].uri;
        size_t len = strlen(uri);
        if (len > 0 && uri[len - 1] == '#')
            len--;
        if (nex_table_get(&c->identifiers, uri, len))
            continue;
        c->err = &unused; /* a broken document matters only to those who name it */
        nex_status status = nex_load_known(c, uri, len);
        c->err = err;
        if (status == NEX_ENOMEM)
            return nex_compile_no_memory(c);
    }
    return NEX_OK;
}

static nex_status find(nex_compiler *c, const char *name, size_t len, const nex_place **place) {
    const uint32_t *entry = nex_table_get(&c->identifiers, name, len);
    *place = entry ? &c->places[*entry] : NULL;
    return NEX_OK;
}

/* The root of the resource that a URI without fragment names. */
static nex_status find_resource(nex_compiler *c, uint32_t doc, const nex_node *at,
                                const nex_buf *uri, nex_place *out) {
    const nex_place *place;
    find(c, uri->data, uri->len, &place);
    if (!place) {
        nex_status status = nex_load_known(c, uri->data, uri->len);
        if (status != NEX_OK && status != NEX_ENOTFOUND)
            return status;
        find(c, uri->data, uri->len, &place);
    }
    if (!place) {
        nex_status status = load_all(c);
        if (status != NEX_OK)
            return status;
        find(c, uri->data, uri->len, &place);
    }
    if (!place)
        return nex_schema_fail(c, doc, at, NEX_EINVAL,
                               "the reference leads to \"%s\", which is not here, and nothing is "
                               "fetched",
                               uri->data);
    *out = *place;
    out->dynamic = 0;
    return NEX_OK;
}

/* The resource in which a node below a schema stands that is no schema by its place. */
static uint32_t resource_around(const nex_compiler *c, nex_place root, const nex_node *node) {
    const nex_json *json = c->schema->docs[root.doc].json;
    const nex_node *at = nex_at(c, root.doc, root.node);
    uint32_t resource = root.resource;
    while (at != node) {
        const nex_node *child = at + 1;
        while (nex_node_next(json, child) <= node)
            child = nex_node_next(json, child);
        at = child;
        if (nex_resource_at(c, root.doc, nex_index(c, root.doc, at)) != NEX_NO_RESOURCE)
            resource = nex_resource_at(c, root.doc, nex_index(c, root.doc, at));
    }
    return resource;
}

static nex_status by_pointer(nex_compiler *c, uint32_t doc, const nex_node *at,
                             const nex_buf *pointer, nex_place *place) {
    const nex_json *json = c->schema->docs[place->doc].json;
    const nex_node *root = nex_at(c, place->doc, place->node);
    const nex_node *node = nex_node_at(json, root, pointer->data, pointer->len);
    if (!node)
        return nex_schema_fail(c, doc, at, NEX_EINVAL,
                               "the reference leads to \"%s\", where there is nothing",
                               pointer->data);
    uint32_t resource = resource_around(c, *place, node);
    *place = (nex_place){place->doc, nex_index(c, place->doc, node), resource, 0};
    return NEX_OK;
}

static nex_status by_anchor(nex_compiler *c, uint32_t doc, const nex_node *at, nex_buf *name,
                            const nex_buf *anchor, nex_place *out) {
    const nex_place *place;
    const nex_resource *r = &c->resources[out->resource];
    nex_buf_clear(name);
    if (nex_buf_append(name, r->uri, r->len) != NEX_OK || nex_buf_append(name, "#", 1) != NEX_OK ||
        nex_buf_append(name, anchor->data, anchor->len) != NEX_OK)
        return nex_compile_no_memory(c);
    find(c, name->data, name->len, &place);
    if (!place)
        return nex_schema_fail(c, doc, at, NEX_EINVAL,
                               "the reference leads to the anchor \"%s\", which is not there",
                               anchor->data);
    *out = *place;
    return NEX_OK;
}

nex_status nex_resolve(nex_compiler *c, uint32_t doc, uint32_t resource, const nex_node *at,
                       nex_place *place) {
    const char *ref = nex_node_string(c->schema->docs[doc].json, at);
    const nex_resource *base = &c->resources[resource];
    nex_buf uri = NEX_BUF_INIT, fragment = NEX_BUF_INIT;
    nex_uri parts = nex_uri_split(ref, at->size);
    nex_status status = nex_buf_append(&uri, "", 0);
    if (status == NEX_OK)
        status = nex_buf_append(&fragment, "", 0);
    if (status == NEX_OK)
        status = nex_uri_resolve(base->uri, base->len, ref, at->size, &uri);
    if (status == NEX_OK && parts.fragment.text) {
        status = nex_uri_unescape(parts.fragment, &fragment);
        if (status == NEX_EINVAL) { /* a lone %: taken as it stands */
            nex_buf_clear(&fragment);
            status = nex_buf_append(&fragment, parts.fragment.text, parts.fragment.len);
        }
    }
    if (status != NEX_OK)
        nex_compile_no_memory(c);
    if (status == NEX_OK)
        status = find_resource(c, doc, at, &uri, place);
    if (status == NEX_OK && fragment.len > 0)
        status = fragment.data[0] == '/' ? by_pointer(c, doc, at, &fragment, place)
                                         : by_anchor(c, doc, at, &uri, &fragment, place);
    nex_buf_free(&uri);
    nex_buf_free(&fragment);
    return status == NEX_OK ? nex_scan(c, place) : status;
}
