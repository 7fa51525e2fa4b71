#include "schema/report.h"
#include "schema/words.h"
#include "json/pointer.h"

#include <stdio.h>
#include <stdlib.h>

enum { MAX_VIOLATIONS = 100 };

static char *keep(nex_arena *arena, const nex_buf *buf) {
    return nex_arena_copy(arena, buf->data, buf->len);
}

/* Whether a value, or one it is in, is written under a secret name or a writeOnly schema. */
static bool is_secret(const nex_explainer *x, const nex_node *node) {
    const nex_json *doc = x->eval.doc;
    const nex_node *at = doc->nodes;
    for (;;) {
        size_t index = (size_t)(at - doc->nodes);
        if (x->secret[index / 8] >> (index % 8) & 1)
            return true;
        if (at == node)
            return false;
        const nex_node *child = at + 1;
        while (nex_node_next(doc, child) <= node)
            child = nex_node_next(doc, child);
        if (at->type == NEX_JSON_TYPE_OBJECT &&
            nex_secret_name(nex_node_key(doc, child), child->key_len))
            return true;
        at = child;
    }
}

/* Appends where a node stands below another of its document. */
static nex_status below(const nex_json *doc, const nex_node *from, const nex_node *node,
                        nex_buf *out) {
    nex_buf a = NEX_BUF_INIT, b = NEX_BUF_INIT;
    nex_status status = nex_pointer_of(doc, from, &a);
    if (status == NEX_OK)
        status = nex_pointer_of(doc, node, &b);
    if (status == NEX_OK && b.len >= a.len)
        status = nex_buf_append(out, b.data + a.len, b.len - a.len);
    nex_buf_free(&a);
    nex_buf_free(&b);
    return status;
}

/* The way evaluation took: "/properties/a/$ref/type". */
static nex_status keyword_location(const nex_schema *s, const nex_finding *f, nex_buf *out) {
    const nex_path *path[2048];
    size_t count = 0;
    nex_status status = nex_buf_append(out, "", 0);
    for (const nex_path *p = f->path; p && count < 2048; p = p->parent)
        path[count++] = p;
    while (count-- > 0 && status == NEX_OK) {
        const nex_sub *sub = &s->subs[path[count]->sub];
        const nex_path *parent = path[count]->parent;
        const nex_sub *from = parent ? &s->subs[parent->sub] : NULL;
        if (!from)
            continue;
        const nex_json *doc = s->docs[from->doc].json;
        uint32_t to = path[count]->via ? path[count]->via : sub->node;
        status = below(doc, &doc->nodes[from->node], &doc->nodes[to], out);
    }
    const nex_sub *last = &s->subs[f->path->sub];
    const nex_json *doc = s->docs[last->doc].json;
    if (status == NEX_OK && f->keyword)
        status = below(doc, &doc->nodes[last->node], &doc->nodes[f->keyword], out);
    return status;
}

/* The keyword's own place: a pointer, behind the URI of its resource where it has one. */
static nex_status absolute_location(const nex_schema *s, const nex_finding *f, nex_buf *out) {
    const nex_sub *sub = &s->subs[f->path->sub];
    const nex_schema_root *root = &s->roots[sub->resource];
    const nex_json *doc = s->docs[sub->doc].json;
    const nex_node *node = &doc->nodes[f->keyword ? f->keyword : sub->node];
    nex_status status = nex_buf_append_str(out, root->uri);
    if (status == NEX_OK)
        status = nex_buf_append(out, "#", 1);
    return status == NEX_OK ? below(doc, &doc->nodes[root->node], node, out) : status;
}

static nex_status locations(const nex_schema *s, const nex_finding *f, nex_arena *arena,
                            nex_violation *v) {
    const nex_sub *sub = &s->subs[f->path->sub];
    const nex_json *doc = s->docs[sub->doc].json;
    const nex_node *at = &doc->nodes[f->keyword ? f->keyword : sub->node];
    nex_buf text = NEX_BUF_INIT;
    nex_status status = NEX_OK;
    if (sub->doc != 0) {
        status = nex_buf_append_str(&text, s->docs[sub->doc].uri);
        if (status == NEX_OK)
            status = nex_buf_append(&text, "#", 1);
    }
    if (status == NEX_OK)
        status = nex_pointer_of(doc, at, &text);
    if (status == NEX_OK && !(v->schema_pointer = keep(arena, &text)))
        status = NEX_ENOMEM;
    nex_buf_clear(&text);
    if (status == NEX_OK)
        status = keyword_location(s, f, &text);
    if (status == NEX_OK && !(v->keyword_location = keep(arena, &text)))
        status = NEX_ENOMEM;
    nex_buf_clear(&text);
    if (status == NEX_OK)
        status = absolute_location(s, f, &text);
    if (status == NEX_OK && !(v->absolute_location = keep(arena, &text)))
        status = NEX_ENOMEM;
    nex_buf_free(&text);
    /* the keyword is the last name; that of the schema false is what it stands under */
    const nex_node *named = at;
    if (status == NEX_OK) {
        v->keyword = nex_arena_copy(arena, nex_node_key(doc, named), named->key_len);
        status = v->keyword ? NEX_OK : NEX_ENOMEM;
    }
    return status;
}

static nex_status violation(const nex_explainer *x, const nex_finding *f, nex_arena *arena,
                            nex_violation *v) {
    const nex_json *doc = x->eval.doc;
    const nex_node *place = f->member ? f->member : f->node;
    nex_buf pointer = NEX_BUF_INIT;
    nex_words words;
    nex_status status = nex_pointer_of(doc, place, &pointer);
    if (status == NEX_OK && !(v->pointer = keep(arena, &pointer)))
        status = NEX_ENOMEM;
    nex_buf_free(&pointer);
    if (status != NEX_OK)
        return status;
    if (!doc->placeless) {
        v->offset = place->offset;
        nex_json_place(doc, place->offset, &v->line, &v->column);
    }
    /* a name is no secret, what stands under it may be */
    status = nex_words_of(x, f, !f->member && is_secret(x, f->node), &words);
    if (status != NEX_OK)
        return status;
    v->message = keep(arena, &words.message);
    v->wanted = keep(arena, &words.wanted);
    v->got = keep(arena, &words.got);
    v->suggestion = keep(arena, &words.suggestion);
    nex_words_free(&words);
    if (!v->message || !v->wanted || !v->got || !v->suggestion)
        return NEX_ENOMEM;
    return locations(x->eval.schema, f, arena, v);
}

static void first_error(const nex_violation *v, nex_error *err) {
    if (!err)
        return;
    bool cut;
    const char *shown = nex_pointer_tail(v->pointer, &cut);
    nex_error_set(err, NEX_EINVAL, "%s%s%s%s", cut ? "..." : "", shown, *shown ? ": " : "",
                  v->message);
    snprintf(err->pointer, sizeof err->pointer, "%s", v->pointer);
    snprintf(err->schema_pointer, sizeof err->schema_pointer, "%s", v->schema_pointer);
    err->offset = v->offset;
    err->line = v->line;
    err->column = v->column;
}

static nex_status fill(const nex_explainer *x, nex_report *report, nex_arena *arena,
                       uint32_t count) {
    report->violations = nex_arena_alloc(arena, count * sizeof *report->violations);
    if (!report->violations)
        return NEX_ENOMEM;
    for (uint32_t i = 0; i < count; i++) {
        nex_status status = violation(x, &x->findings[i], arena, &report->violations[i]);
        if (status != NEX_OK)
            return status;
        report->count = i + 1;
    }
    return NEX_OK;
}

nex_status nex_report_make(const nex_schema *schema, const nex_json *instance, nex_report *report,
                           nex_error *err) {
    nex_explainer x;
    nex_report own = {.valid = false};
    nex_arena *arena = calloc(1, sizeof *arena);
    nex_status status = arena ? nex_explain(&x, schema, instance) : NEX_ENOMEM;
    if (arena && status == NEX_OK) {
        uint32_t count = x.count < MAX_VIOLATIONS ? x.count : MAX_VIOLATIONS;
        own.truncated = x.truncated || count < x.count;
        own.memory = arena;
        status = fill(&x, &own, arena, report ? count : 1);
    }
    if (arena)
        nex_explainer_free(&x);
    if (status != NEX_OK) {
        if (arena)
            nex_arena_free(arena);
        free(arena);
        return nex_error_set(err, status, "validation: out of memory");
    }
    first_error(&own.violations[0], err);
    if (report)
        *report = own;
    else
        nex_report_free(&own);
    return NEX_EINVAL;
}

void nex_report_free(nex_report *report) {
    if (!report)
        return;
    if (report->memory)
        nex_arena_free(report->memory);
    free(report->memory);
    *report = (nex_report){.valid = report->valid};
}
