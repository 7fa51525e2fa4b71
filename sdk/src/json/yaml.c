/*
 * One YAML document (1.2, core schema) to the form JSON takes, from libyaml's events. Aliases
 * are copied, at most so many nodes of them; what JSON cannot say is refused.
 */
#include "json/doc.h"
#include "json/utf8.h"
#include "json/yaml_scalar.h"

#include <stdlib.h>
#include <yaml.h>

enum { MAX_DEPTH = 512, MAX_COPIED = 100 * 1000 };

typedef struct anchor {
    char *name;
    uint32_t node;
} anchor;

typedef struct loader {
    yaml_parser_t parser;
    nex_json *doc;
    nex_error *err;
    uint32_t open[MAX_DEPTH]; /* containers being read */
    size_t depth;
    bool has_key; /* of the mapping being read, a key awaits its value */
    uint32_t key;
    uint16_t key_len;
    size_t key_at;
    anchor *anchors;
    size_t anchor_count, copied;
    size_t mark;        /* bytes of a byte order mark */
    size_t index, byte; /* libyaml counts characters: the last one asked for, and its offset */
} loader;

/* The offset of a mark. Marks are asked for in order, so the text is walked once. */
static size_t offset_of(loader *l, yaml_mark_t mark) {
    const char *text = l->doc->text;
    if (mark.index < l->index) {
        l->index = 0;
        l->byte = l->mark;
    }
    for (; l->index < mark.index && l->byte < l->doc->len; l->index++)
        for (l->byte++; l->byte < l->doc->len && ((unsigned char)text[l->byte] & 0xC0) == 0x80;)
            l->byte++;
    return l->byte;
}

static nex_status no_memory(loader *l) {
    return nex_error_set(l->err, NEX_ENOMEM, "YAML: out of memory");
}

/* Copies text behind the source; *at is where. */
static nex_status keep(loader *l, const char *text, size_t len, size_t *at) {
    nex_status status = nex_json_room(l->doc, len + NEX_JSON_PAD);
    if (status == NEX_ELIMIT)
        return nex_error_set(l->err, status, "YAML: more than 4 GiB of text");
    if (status != NEX_OK)
        return no_memory(l);
    *at = l->doc->used;
    if (len > 0)
        memcpy(l->doc->text + l->doc->used, text, len);
    l->doc->used += len;
    return NEX_OK;
}

static bool in_mapping(const loader *l) {
    return l->depth > 0 && l->doc->nodes[l->open[l->depth - 1]].type == NEX_JSON_TYPE_OBJECT;
}

/* A new node in its place: with the key that awaits it, counted by its container. */
static nex_status add(loader *l, nex_json_type type, size_t offset, uint32_t *index) {
    nex_node *node = nex_json_add(l->doc, type, offset);
    if (!node)
        return no_memory(l);
    *index = (uint32_t)(node - l->doc->nodes);
    node->end = *index + 1;
    if (in_mapping(l)) {
        node->key = l->key;
        node->key_len = l->key_len;
        node->key_hash = nex_key_hash(l->doc->text + l->key, l->key_len);
        l->has_key = false;
    }
    if (l->depth > 0)
        l->doc->nodes[l->open[l->depth - 1]].size++;
    return NEX_OK;
}

static nex_status remember(loader *l, const yaml_char_t *name, uint32_t node) {
    if (!name)
        return NEX_OK;
    for (size_t i = 0; i < l->anchor_count; i++)
        if (strcmp(l->anchors[i].name, (const char *)name) == 0) {
            l->anchors[i].node = node;
            return NEX_OK;
        }
    if (l->anchor_count == 1000)
        return nex_error_set(l->err, NEX_ELIMIT, "YAML: more than 1000 anchors");
    anchor *more = realloc(l->anchors, (l->anchor_count + 1) * sizeof *more);
    if (!more)
        return no_memory(l);
    l->anchors = more;
    char *copy = strdup((const char *)name);
    if (!copy)
        return no_memory(l);
    l->anchors[l->anchor_count++] = (anchor){copy, node};
    return NEX_OK;
}

static nex_status set_key(loader *l, const yaml_event_t *event, size_t offset) {
    size_t at = 0, len = event->data.scalar.length;
    if (len > NEX_JSON_MAX_KEY)
        return nex_json_fail(l->doc, l->err, NEX_ELIMIT, offset,
                             "YAML: a key of %zu bytes, at most %d are taken", len,
                             NEX_JSON_MAX_KEY);
    if (event->data.scalar.anchor)
        return nex_json_fail(l->doc, l->err, NEX_EUNSUPPORTED, offset,
                             "YAML: a key with an anchor is not taken");
    nex_status status = keep(l, (const char *)event->data.scalar.value, len, &at);
    l->key = (uint32_t)at;
    l->key_len = (uint16_t)len;
    l->key_at = offset;
    l->has_key = true;
    return status;
}

static nex_status scalar(loader *l, const yaml_event_t *event) {
    size_t offset = offset_of(l, event->start_mark), end = offset_of(l, event->end_mark);
    const char *text = (const char *)event->data.scalar.value;
    size_t len = event->data.scalar.length, at = 0;
    uint32_t index;
    nex_json_type type;
    if (in_mapping(l) && !l->has_key)
        return set_key(l, event, offset);
    const char *wrong = nex_yaml_resolve(event, &type);
    if (wrong)
        return nex_json_fail(l->doc, l->err, NEX_EINVAL, offset, "YAML: %s", wrong);
    bool number = type == NEX_JSON_TYPE_INT;
    nex_status status = add(l, type, number && end >= offset + len ? end - len : offset, &index);
    if (status == NEX_OK)
        status = remember(l, event->data.scalar.anchor, index);
    if (status == NEX_OK && type == NEX_JSON_TYPE_STRING)
        status = keep(l, text, len, &at);
    if (status != NEX_OK)
        return status;
    nex_node *node = &l->doc->nodes[index];
    if (type == NEX_JSON_TYPE_STRING) {
        node->as.text = at;
        node->size = (uint32_t)len;
        for (size_t i = 0; i < len; i++)
            if ((unsigned char)text[i] >= 0x80)
                node->flags = NEX_NODE_WIDE;
    } else if (number && !nex_yaml_number(l->doc, node, text, len)) {
        return nex_json_fail(l->doc, l->err, NEX_EINVAL, offset,
                             "YAML: the number %.*s is beyond what can be held",
                             len > 60 ? 60 : (int)len, text);
    }
    return NEX_OK;
}

static nex_status open_container(loader *l, const yaml_event_t *event, bool mapping) {
    const yaml_char_t *tag =
        mapping ? event->data.mapping_start.tag : event->data.sequence_start.tag;
    const yaml_char_t *name =
        mapping ? event->data.mapping_start.anchor : event->data.sequence_start.anchor;
    size_t offset = offset_of(l, event->start_mark);
    uint32_t index;
    if (in_mapping(l) && !l->has_key)
        return nex_json_fail(l->doc, l->err, NEX_EINVAL, offset,
                             "YAML: expected text as a key, got %s",
                             mapping ? "a mapping" : "a sequence");
    if (tag && strcmp((const char *)tag, mapping ? YAML_MAP_TAG : YAML_SEQ_TAG) != 0)
        return nex_json_fail(l->doc, l->err, NEX_EUNSUPPORTED, offset,
                             "YAML: the tag %.100s is not known", (const char *)tag);
    if (l->depth == MAX_DEPTH)
        return nex_json_fail(l->doc, l->err, NEX_ELIMIT, offset, "YAML: nested more than %d deep",
                             MAX_DEPTH);
    nex_status status =
        add(l, mapping ? NEX_JSON_TYPE_OBJECT : NEX_JSON_TYPE_ARRAY, offset, &index);
    if (status == NEX_OK)
        status = remember(l, name, index);
    if (status != NEX_OK)
        return status;
    l->doc->nodes[index].end = 0; /* open */
    l->open[l->depth++] = index;
    l->has_key = false;
    return NEX_OK;
}

static nex_status close_container(loader *l) {
    nex_node *node = &l->doc->nodes[l->open[--l->depth]];
    node->end = (uint32_t)l->doc->count;
    const nex_node *again =
        node->type == NEX_JSON_TYPE_OBJECT ? nex_json_duplicate(l->doc, node) : NULL;
    if (again)
        return nex_json_fail(l->doc, l->err, NEX_EINVAL, again->offset,
                             "YAML: the key \"%.*s\" is there twice in one mapping",
                             again->key_len > 100 ? 100 : again->key_len,
                             nex_node_key(l->doc, again));
    return NEX_OK;
}

/* An alias becomes a copy of what its anchor marks. */
static nex_status alias(loader *l, const yaml_event_t *event) {
    const char *name = (const char *)event->data.alias.anchor;
    size_t offset = offset_of(l, event->start_mark), i = 0;
    uint32_t index;
    while (i < l->anchor_count && strcmp(l->anchors[i].name, name) != 0)
        i++;
    if (i == l->anchor_count)
        return nex_json_fail(l->doc, l->err, NEX_EINVAL, offset,
                             "YAML: the alias *%.100s has no anchor before it", name);
    if (in_mapping(l) && !l->has_key)
        return nex_json_fail(l->doc, l->err, NEX_EUNSUPPORTED, offset,
                             "YAML: an alias as a key is not taken");
    uint32_t from = l->anchors[i].node, end = l->doc->nodes[from].end;
    if (end == 0)
        return nex_json_fail(l->doc, l->err, NEX_EINVAL, offset,
                             "YAML: the alias *%.100s stands within what it repeats", name);
    l->copied += end - from;
    if (l->copied > MAX_COPIED)
        return nex_json_fail(l->doc, l->err, NEX_ELIMIT, offset,
                             "YAML: aliases repeat more than %d values", MAX_COPIED);
    nex_status status = add(l, NEX_JSON_TYPE_NULL, offset, &index);
    if (status != NEX_OK)
        return status;
    nex_node head = l->doc->nodes[from], *node = &l->doc->nodes[index];
    head.key = node->key;
    head.key_len = node->key_len;
    head.key_hash = node->key_hash;
    if (head.type != NEX_JSON_TYPE_NUMBER) /* whose digits are read where they stand */
        head.offset = (uint32_t)offset;
    if (head.type == NEX_JSON_TYPE_INT) /* so the digits are not looked for at the alias */
        head.flags = 0;
    if (head.type == NEX_JSON_TYPE_INT)
        head.size = 0;
    head.end = index + (end - from);
    *node = head;
    for (uint32_t k = from + 1; k < end; k++) {
        if (!nex_json_add(l->doc, NEX_JSON_TYPE_NULL, 0))
            return no_memory(l);
        nex_node *copy = &l->doc->nodes[index + (k - from)];
        *copy = l->doc->nodes[k];
        copy->end = copy->end - from + index;
    }
    return NEX_OK;
}

static nex_status handle(loader *l, const yaml_event_t *event) {
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return scalar(l, event);
    case YAML_SEQUENCE_START_EVENT:
        return open_container(l, event, false);
    case YAML_MAPPING_START_EVENT:
        return open_container(l, event, true);
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        return close_container(l);
    case YAML_ALIAS_EVENT:
        return alias(l, event);
    case YAML_DOCUMENT_START_EVENT:
        if (l->doc->count > 0)
            return nex_json_fail(l->doc, l->err, NEX_EINVAL, offset_of(l, event->start_mark),
                                 "YAML: expected one document, got a second");
        return NEX_OK;
    default:
        return NEX_OK;
    }
}

static nex_status syntax_error(loader *l) {
    const yaml_parser_t *p = &l->parser;
    if (p->error == YAML_MEMORY_ERROR)
        return no_memory(l);
    size_t at = offset_of(l, p->problem_mark);
    if (at < l->doc->len && l->doc->text[at] == '\t')
        return nex_json_fail(l->doc, l->err, NEX_EINVAL, at,
                             "YAML: a tab where only spaces may indent");
    return nex_json_fail(l->doc, l->err, NEX_EINVAL, at, "YAML: %s%s%s",
                         p->context ? p->context : "", p->context ? ", " : "",
                         p->problem ? p->problem : "not YAML");
}

static nex_status load(loader *l) {
    for (;;) {
        yaml_event_t event;
        if (!yaml_parser_parse(&l->parser, &event))
            return syntax_error(l);
        bool end = event.type == YAML_STREAM_END_EVENT;
        nex_status status = handle(l, &event);
        yaml_event_delete(&event);
        if (status != NEX_OK)
            return status;
        if (end)
            break;
    }
    uint32_t index;
    return l->doc->count > 0 ? NEX_OK : add(l, NEX_JSON_TYPE_NULL, 0, &index);
}

nex_status nex_yaml_parse(nex_json **out, const char *text, size_t len, nex_error *err) {
    loader *l = calloc(1, sizeof *l);
    nex_status status;
    *out = NULL;
    if (!l)
        return nex_error_set(err, NEX_ENOMEM, "YAML: out of memory");
    l->err = err;
    status = nex_json_new(&l->doc, text, len, err);
    if (status != NEX_OK) {
        free(l);
        return status;
    }
    l->index = SIZE_MAX; /* the first mark starts the count */
    if (!nex_utf8_valid(l->doc->text, len)) {
        status = nex_error_set(err, NEX_EINVAL, "YAML: expected UTF-8 text");
    } else if (!yaml_parser_initialize(&l->parser)) {
        status = no_memory(l);
    } else {
        yaml_parser_set_encoding(&l->parser, YAML_UTF8_ENCODING);
        /* libyaml reads the caller's text: the document's own moves as it grows. Of a byte order
           mark it would make a column, and of what follows it, no start of a block. */
        l->mark = len >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        yaml_parser_set_input_string(&l->parser, (const unsigned char *)(len ? text + l->mark : ""),
                                     len - l->mark);
        status = load(l);
        yaml_parser_delete(&l->parser);
    }
    for (size_t i = 0; i < l->anchor_count; i++)
        free(l->anchors[i].name);
    free(l->anchors);
    if (status == NEX_OK)
        *out = l->doc;
    else
        nex_json_free(l->doc);
    free(l);
    return status;
}
