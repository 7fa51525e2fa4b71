#include "schema/words.h"
#include "schema/message.h"

#include <stdio.h>

enum { LISTED = 8, SHOWN_NODES = 12 };

/* What writes a finding's words: the document it is about, and the schema's that asked. */
typedef struct writer {
    const nex_explainer *x;
    const nex_finding *f;
    const nex_json *doc, *schema;
    const nex_node *value; /**< of the keyword */
    bool secret;
    nex_words *out;
    nex_status status;
} writer;

static void say(writer *w, nex_buf *buf, const char *fmt, ...) NEX_PRINTF(3, 4);

static void say(writer *w, nex_buf *buf, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    if (w->status == NEX_OK)
        w->status = nex_buf_vprintf(buf, fmt, args);
    va_end(args);
}

static void quote(writer *w, nex_buf *buf, const char *text, size_t len) {
    if (w->status == NEX_OK)
        w->status = nex_json_quote(buf, text, len);
}

/* A value of the schema, as JSON where it is short. */
static void say_value(writer *w, nex_buf *buf, const nex_node *node) {
    char text[100];
    nex_buf json = NEX_BUF_INIT;
    /* few nodes, so that a huge value is not written to be thrown away */
    bool few = node->type >= NEX_JSON_TYPE_ARRAY &&
               node->end - (size_t)(node - w->schema->nodes) <= SHOWN_NODES;
    if (few && w->status == NEX_OK)
        w->status = nex_node_write(w->schema, node, &json);
    if (few && json.len < sizeof text) {
        say(w, buf, "%s", json.data ? json.data : "");
    } else {
        nex_describe(w->schema, node, false, text, sizeof text);
        say(w, buf, "%s", text);
    }
    nex_buf_free(&json);
}

static void say_got(writer *w) {
    char text[100];
    nex_describe(w->doc, w->f->node, w->secret, text, sizeof text);
    say(w, &w->out->got, "%s", text);
}

static void say_types(writer *w, unsigned mask) {
    static const struct {
        unsigned mask;
        const char *name;
    } names[] = {
        {1u << NEX_JSON_TYPE_STRING, "a string"}, {3u << NEX_JSON_TYPE_INT, "a number"},
        {1u << NEX_JSON_TYPE_INT, "an integer"},  {3u << NEX_JSON_TYPE_FALSE, "true or false"},
        {1u << NEX_JSON_TYPE_ARRAY, "an array"},  {1u << NEX_JSON_TYPE_OBJECT, "an object"},
        {1u << NEX_JSON_TYPE_NULL, "null"}};
    const char *chosen[7];
    size_t count = 0;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if ((mask & names[i].mask) == names[i].mask) {
            chosen[count++] = names[i].name;
            mask &= ~names[i].mask;
        }
    for (size_t i = 0; i < count; i++)
        say(w, &w->out->wanted, "%s%s", i == 0 ? "" : (i + 1 == count ? " or " : ", "), chosen[i]);
}

/* ---- Names -------------------------------------------------------------------------------- */

static unsigned tolerance(size_t len) {
    return len < 3 ? 0 : len < 6 ? 1 : len < 9 ? 2 : 3;
}

/* The name of a map nearest to another; NULL when none is near. */
static const nex_node *nearest_member(const nex_json *doc, const nex_node *map, const char *name,
                                      size_t len) {
    const nex_node *node = map + 1, *best = NULL;
    unsigned limit = tolerance(len);
    for (uint32_t i = 0; i < map->size && i < 1000; i++, node = nex_node_next(doc, node)) {
        unsigned d = nex_distance(name, len, nex_node_key(doc, node), node->key_len, limit);
        if (d > limit)
            continue;
        best = node;
        if (d == 0)
            break;
        limit = d - 1;
    }
    return best;
}

/* The schema's own "properties", beside the keyword that refused a member. */
static const nex_node *properties(const writer *w) {
    const nex_schema *s = w->x->eval.schema;
    const nex_node *sub = &w->schema->nodes[s->subs[w->f->path->sub].node];
    const nex_node *map = nex_node_member(w->schema, sub, "properties", 10);
    return map && map->type == NEX_JSON_TYPE_OBJECT ? map : NULL;
}

static void unknown_member(writer *w) {
    const nex_node *member = w->f->node, *map = properties(w), *near = NULL;
    const char *key = nex_node_key(w->doc, member);
    say(w, &w->out->message, "unknown member ");
    quote(w, &w->out->message, key, member->key_len);
    quote(w, &w->out->got, key, member->key_len);
    if (!map || map->size == 0) {
        say(w, &w->out->wanted, "no %s members", map ? "" : "other ");
        return;
    }
    near = nearest_member(w->schema, map, key, member->key_len);
    const nex_node *node = map + 1;
    for (uint32_t i = 0; i < map->size && i < LISTED; i++, node = nex_node_next(w->schema, node)) {
        say(w, &w->out->wanted, "%s", i == 0 ? "only " : ", ");
        quote(w, &w->out->wanted, nex_node_key(w->schema, node), node->key_len);
    }
    if (map->size > LISTED)
        say(w, &w->out->wanted, " and %u more", map->size - LISTED);
    if (near)
        quote(w, &w->out->suggestion, nex_node_key(w->schema, near), near->key_len);
    else
        say(w, &w->out->message, "; known here: %s", w->out->wanted.data + 5);
}

static void missing(writer *w) {
    const nex_node *name = w->f->name, *map = properties(w), *near;
    const char *key = nex_node_string(w->schema, name);
    say(w, &w->out->wanted, "the member ");
    quote(w, &w->out->wanted, key, name->size);
    say(w, &w->out->got, "no such member");
    say(w, &w->out->message, "the member ");
    quote(w, &w->out->message, key, name->size);
    say(w, &w->out->message, " is missing");
    if (w->f->fault == NEX_FAULT_DEPENDENT) {
        say(w, &w->out->message, ", which ");
        quote(w, &w->out->message, w->f->other, strlen(w->f->other));
        say(w, &w->out->message, " needs beside it");
    }
    near = nearest_member(w->doc, w->f->node, key, name->size);
    if (near && map && nex_node_member(w->schema, map, nex_node_key(w->doc, near), near->key_len))
        return; /* that one is another known member */
    if (near) {
        say(w, &w->out->message, " (");
        quote(w, &w->out->message, nex_node_key(w->doc, near), near->key_len);
        say(w, &w->out->message, " is there)");
        quote(w, &w->out->suggestion, key, name->size);
    }
}

/* ---- Values ------------------------------------------------------------------------------- */

static void enumeration(writer *w) {
    const nex_node *node = w->value + 1, *best = NULL;
    unsigned limit = 0;
    bool text = w->f->node->type == NEX_JSON_TYPE_STRING && !w->secret;
    if (text)
        limit = tolerance(w->f->node->size);
    for (uint32_t i = 0; i < w->value->size; i++, node = nex_node_next(w->schema, node)) {
        if (i < LISTED) {
            say(w, &w->out->wanted, "%s", i == 0 ? (w->value->size > 1 ? "one of " : "") : ", ");
            say_value(w, &w->out->wanted, node);
        }
        if (!text || node->type != NEX_JSON_TYPE_STRING || i >= 1000 || (best && limit == 0))
            continue;
        unsigned d = nex_distance(nex_node_string(w->doc, w->f->node), w->f->node->size,
                                  nex_node_string(w->schema, node), node->size, limit);
        if (d <= limit) {
            best = node;
            limit = d > 0 ? d - 1 : 0;
        }
    }
    if (w->value->size == 0)
        say(w, &w->out->wanted, "nothing at all (the enum is empty)");
    if (w->value->size > LISTED)
        say(w, &w->out->wanted, " and %u more", w->value->size - LISTED);
    if (best)
        say_value(w, &w->out->suggestion, best);
}

static void counted(writer *w, const char *bound, const char *one, const char *many,
                    uint64_t have) {
    uint64_t limit = w->f->instr->as.count;
    say(w, &w->out->wanted, "%s %llu %s", bound, (unsigned long long)limit,
        limit == 1 ? one : many);
    say(w, &w->out->got, "%llu", (unsigned long long)have);
}

static void length(writer *w, const char *bound) {
    const nex_node *node = w->f->node;
    uint64_t have = 0;
    for (uint32_t i = 0; i < node->size; i++)
        have += ((unsigned char)nex_node_string(w->doc, node)[i] & 0xC0) != 0x80;
    counted(w, bound, "character", "characters", have);
    if (!w->secret && node->size > 0) {
        char text[100];
        nex_describe(w->doc, node, false, text, sizeof text);
        say(w, &w->out->got, " in %s", text);
    }
}

static void duplicate(writer *w) {
    uint64_t steps = nex_eval_budget(w->doc);
    const nex_node *again = nex_node_duplicate_item(w->doc, w->f->node, &steps);
    const nex_node *item = w->f->node + 1, *first = NULL;
    uint32_t i = 0, at = 0;
    for (; again && item < again; i++, item = nex_node_next(w->doc, item))
        if (!first && nex_node_equal(w->doc, item, w->doc, again, &steps)) {
            first = item;
            at = i;
        }
    say(w, &w->out->wanted, "items that are all different");
    if (first)
        say(w, &w->out->got, "the same item at %u and %u", at, i);
    else
        say(w, &w->out->got, "two that are the same");
}

static void leaf(writer *w) {
    nex_buf *wanted = &w->out->wanted;
    switch ((nex_op)w->f->instr->op) {
    case NEX_OP_CONST:
        say_value(w, wanted, w->value);
        break;
    case NEX_OP_ENUM:
        enumeration(w);
        break;
    case NEX_OP_MINIMUM:
        say(w, wanted, "at least ");
        say_value(w, wanted, w->value);
        break;
    case NEX_OP_MAXIMUM:
        say(w, wanted, "at most ");
        say_value(w, wanted, w->value);
        break;
    case NEX_OP_EXCLUSIVE_MINIMUM:
        say(w, wanted, "more than ");
        say_value(w, wanted, w->value);
        break;
    case NEX_OP_EXCLUSIVE_MAXIMUM:
        say(w, wanted, "less than ");
        say_value(w, wanted, w->value);
        break;
    case NEX_OP_MULTIPLE_OF:
        say(w, wanted, "a multiple of ");
        say_value(w, wanted, w->value);
        break;
    case NEX_OP_MIN_LENGTH:
        length(w, "at least");
        return;
    case NEX_OP_MAX_LENGTH:
        length(w, "at most");
        return;
    case NEX_OP_FORMAT:
        say(w, wanted, "the format %.*s", w->value->size > 60 ? 60 : (int)w->value->size,
            nex_node_string(w->schema, w->value));
        break;
    case NEX_OP_PATTERN:
        say(w, wanted, "text that matches %.*s%s", w->value->size > 200 ? 200 : (int)w->value->size,
            nex_node_string(w->schema, w->value), w->value->size > 200 ? "..." : "");
        break;
    case NEX_OP_MIN_ITEMS:
        counted(w, "at least", "item", "items", w->f->node->size);
        return;
    case NEX_OP_MAX_ITEMS:
        counted(w, "at most", "item", "items", w->f->node->size);
        return;
    case NEX_OP_MIN_PROPERTIES:
        counted(w, "at least", "member", "members", w->f->node->size);
        return;
    case NEX_OP_MAX_PROPERTIES:
        counted(w, "at most", "member", "members", w->f->node->size);
        return;
    case NEX_OP_UNIQUE:
        duplicate(w);
        return;
    default:
        break;
    }
    say_got(w);
}

static void contains(writer *w) {
    const nex_contains *c = w->f->instr->as.data;
    bool few = w->f->count < c->min;
    uint64_t limit = few ? c->min : c->max;
    say(w, &w->out->wanted, "%s %llu item%s that match%s \"contains\"",
        few ? "at least" : "at most", (unsigned long long)limit, limit == 1 ? "" : "s",
        limit == 1 ? "es" : "");
    if (few && w->f->count == 0)
        say(w, &w->out->got, "none");
    else
        say(w, &w->out->got, "%u%s", w->f->count, few ? "" : " or more");
}

static void choice(writer *w) {
    const nex_branches *b = w->f->instr->as.data;
    bool one = w->f->instr->op == NEX_OP_ONE_OF;
    if (w->f->fault == NEX_FAULT_MANY_OF) {
        say(w, &w->out->wanted, "exactly one of %u alternatives to fit", b->count);
        say(w, &w->out->got, "%u and %u, which both do", w->f->count + 1, w->f->second + 1);
        return;
    }
    say(w, &w->out->wanted, "%s of %u alternatives to fit", one ? "one" : "any", b->count);
    say(w, &w->out->got, "none");
    say(w, &w->out->message, "none of the %u alternatives fits", b->count);
    if (b->count > 1)
        say(w, &w->out->message, "; the closest is number %u", w->f->count + 1);
}

static void join(writer *w) {
    nex_words *out = w->out;
    if (out->message.len == 0 && out->wanted.len > 0)
        say(w, &out->message, "expected %s", out->wanted.data);
    else if (out->message.len > 0)
        goto suggestion;
    if (out->got.len > 0)
        say(w, &out->message, ", got %s", out->got.data);
suggestion:
    if (out->suggestion.len > 0)
        say(w, &out->message, "; did you mean %s?", out->suggestion.data);
}

nex_status nex_words_of(const nex_explainer *x, const nex_finding *f, bool secret, nex_words *out) {
    const nex_schema *s = x->eval.schema;
    const nex_sub *sub = &s->subs[f->path->sub];
    writer w = {.x = x,
                .f = f,
                .doc = x->eval.doc,
                .schema = s->docs[sub->doc].json,
                .secret = secret,
                .out = out};
    w.value = &w.schema->nodes[f->keyword];
    *out = (nex_words){NEX_BUF_INIT, NEX_BUF_INIT, NEX_BUF_INIT, NEX_BUF_INIT};
    if (f->member && f->fault == NEX_FAULT_LEAF)
        say(&w, &out->wanted, "a name that is ");
    switch (f->fault) {
    case NEX_FAULT_LEAF:
        leaf(&w);
        break;
    case NEX_FAULT_TYPE:
        say_types(&w, sub->types);
        say_got(&w);
        break;
    case NEX_FAULT_FALSE:
        say(&w, &out->message, "no value is allowed here");
        break;
    case NEX_FAULT_REQUIRED:
    case NEX_FAULT_DEPENDENT:
        missing(&w);
        break;
    case NEX_FAULT_UNKNOWN_MEMBER:
        unknown_member(&w);
        break;
    case NEX_FAULT_EXTRA_ITEM:
        say(&w, &out->message, "one item too many");
        break;
    case NEX_FAULT_CONTAINS:
        contains(&w);
        break;
    case NEX_FAULT_NONE_OF:
    case NEX_FAULT_MANY_OF:
        choice(&w);
        break;
    case NEX_FAULT_NOT:
        say(&w, &out->wanted, "a value that the schema under \"not\" refuses");
        say_got(&w);
        break;
    case NEX_FAULT_WORK:
        say(&w, &out->message, "not valid; to say why would take too long");
        break;
    }
    join(&w);
    if (w.status != NEX_OK)
        nex_words_free(out);
    return w.status;
}

void nex_words_free(nex_words *words) {
    nex_buf_free(&words->wanted);
    nex_buf_free(&words->got);
    nex_buf_free(&words->message);
    nex_buf_free(&words->suggestion);
}
