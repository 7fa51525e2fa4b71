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

enum { FEW_MEMBERS = 32 };

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

/* A member of an object with many, found through a table made when it is first asked for. */
static nex_status member_of_many(nex_compiler *c, uint32_t doc, const nex_node *object,
                                 const nex_buf *token, const nex_node **found) {
    const nex_json *json = c->schema->docs[doc].json;
    const nex_node *node = object + 1;
    nex_buf name = NEX_BUF_INIT;
    nex_status status =
        nex_buf_printf(&name, "%u/%u", (unsigned)doc, (unsigned)nex_index(c, doc, object));
    bool known = status == NEX_OK && nex_table_get(&c->members, name.data, name.len);
    size_t prefix = name.len;
    if (status == NEX_OK && !known)
        status = nex_table_add(&c->members, name.data, name.len, 0);
    for (uint32_t i = 0; !known && i < object->size && status == NEX_OK; i++) {
        name.len = prefix;
        status = nex_buf_append(&name, "/", 1);
        if (status == NEX_OK)
            status = nex_buf_append(&name, nex_node_key(json, node), node->key_len);
        if (status == NEX_OK)
            status = nex_table_add(&c->members, name.data, name.len, nex_index(c, doc, node));
        node = nex_node_next(json, node);
    }
    name.len = prefix;
    if (status == NEX_OK)
        status = nex_buf_append(&name, "/", 1);
    if (status == NEX_OK)
        status = nex_buf_append(&name, token->data, token->len);
    if (status == NEX_OK) {
        const uint32_t *index = nex_table_get(&c->members, name.data, name.len);
        *found = index ? nex_at(c, doc, *index) : NULL;
    }
    nex_buf_free(&name);
    return status;
}

/* One step of a pointer, to the token that stands behind a slash at text. */
static nex_status step(nex_compiler *c, uint32_t doc, const nex_node **node, nex_buf *token,
                       const char *text, size_t len) {
    nex_status status = NEX_OK;
    if ((*node)->type != NEX_JSON_TYPE_OBJECT || (*node)->size <= FEW_MEMBERS) {
        *node = nex_node_at(c->schema->docs[doc].json, *node, text - 1, len + 1);
        return NEX_OK;
    }
    nex_buf_clear(token);
    for (size_t i = 0; i < len && status == NEX_OK; i++) {
        bool escape = text[i] == '~' && i + 1 < len;
        char one = escape ? (text[i + 1] == '1' ? '/' : '~') : text[i];
        i += escape;
        status = nex_buf_append(token, &one, 1);
    }
    return status == NEX_OK ? member_of_many(c, doc, *node, token, node) : status;
}

/* Goes down a pointer, and notes in which resource it ends. */
static nex_status by_pointer(nex_compiler *c, uint32_t doc, const nex_node *at,
                             const nex_buf *pointer, nex_place *place) {
    const nex_node *node = nex_at(c, place->doc, place->node);
    nex_buf token = NEX_BUF_INIT;
    nex_status status = nex_buf_append(&token, "", 0);
    for (size_t i = 0; i < pointer->len && node && status == NEX_OK;) {
        size_t start = ++i;
        while (i < pointer->len && pointer->data[i] != '/')
            i++;
        status = step(c, place->doc, &node, &token, pointer->data + start, i - start);
        uint32_t resource =
            node ? nex_resource_at(c, place->doc, nex_index(c, place->doc, node)) : NEX_NO_RESOURCE;
        if (resource != NEX_NO_RESOURCE)
            place->resource = resource;
    }
    nex_buf_free(&token);
    if (status != NEX_OK)
        return nex_compile_no_memory(c);
    if (!node)
        return nex_schema_fail(c, doc, at, NEX_EINVAL,
                               "the reference leads to \"%s\", where there is nothing",
                               pointer->data);
    place->node = nex_index(c, place->doc, node);
    place->dynamic = 0;
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
