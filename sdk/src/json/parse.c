/*
 * JSON text to a document in one pass without recursion. Strings are scanned a word at a time
 * and stay where they are in the text unless an escape makes them differ from it.
 */
#include "json/decimal.h"
#include "json/doc.h"
#include "json/utf8.h"

#include <stdlib.h>

enum { DEFAULT_DEPTH = 512 };

#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

typedef struct parser {
    nex_json *doc;
    nex_error *err;
    size_t at, end;
    size_t depth;
} parser;

/* A string: where it begins from doc->text, and its bytes. */
typedef struct string {
    size_t start, len;
    bool wide;
} string;

static nex_status wrong(parser *p, size_t at, const char *wanted) {
    if (at >= p->end)
        return nex_json_fail(p->doc, p->err, NEX_EINVAL, p->end,
                             "JSON: expected %s, got the end of the text", wanted);
    unsigned char c = (unsigned char)p->doc->text[at];
    if (c < 0x20 || c >= 0x7F)
        return nex_json_fail(p->doc, p->err, NEX_EINVAL, at, "JSON: expected %s, got byte 0x%02X",
                             wanted, c);
    return nex_json_fail(p->doc, p->err, NEX_EINVAL, at, "JSON: expected %s, got '%c'", wanted, c);
}

static nex_status no_memory(parser *p) {
    return nex_error_set(p->err, NEX_ENOMEM, "JSON: out of memory");
}

/* The first byte from `at` that a plain ASCII string may not hold. The text is padded with 0. */
static size_t plain_run(const char *text, size_t at) {
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    for (;; at += 8) {
        uint64_t word;
        memcpy(&word, text + at, sizeof word);
        uint64_t quote = word ^ ONES * '"', slash = word ^ ONES * '\\';
        uint64_t stop = (((quote - ONES) & ~quote) | ((slash - ONES) & ~slash) |
                         ((word - ONES * 0x20) & ~word) | word) &
                        HIGHS;
        if (stop)
            return at + (size_t)__builtin_ctzll(stop) / 8;
    }
#else
    for (;; at++) {
        unsigned char c = (unsigned char)text[at];
        if (c < 0x20 || c >= 0x80 || c == '"' || c == '\\')
            return at;
    }
#endif
}

static int hex4(const char *s) {
    int value = 0;
    for (int i = 0; i < 4; i++) {
        int c = s[i], d;
        if (c >= '0' && c <= '9')
            d = c - '0';
        else if ((c | 32) >= 'a' && (c | 32) <= 'f')
            d = (c | 32) - 'a' + 10;
        else
            return -1;
        value = value << 4 | d;
    }
    return value;
}

/* Decodes the escape at p->at (a backslash) to out; returns its length, 0 after an error. */
static size_t escape(parser *p, char *out) {
    static const char names[] = "\"\\/bfnrt", values[] = "\"\\/\b\f\n\r\t";
    const char *s = p->doc->text + p->at;
    const char *name = s[1] ? strchr(names, s[1]) : NULL;
    if (name) {
        *out = values[name - names];
        p->at += 2;
        return 1;
    }
    if (s[1] != 'u') {
        wrong(p, p->at + 1, "an escape (one of \"\\/bfnrt or uXXXX) after \\");
        return 0;
    }
    int unit = hex4(s + 2), low;
    if (unit < 0) {
        nex_json_fail(p->doc, p->err, NEX_EINVAL, p->at,
                      "JSON: expected four hexadecimal digits after \\u");
        return 0;
    }
    uint32_t cp = (uint32_t)unit;
    size_t taken = 6;
    if (cp >= 0xD800 && cp <= 0xDFFF) {
        low = cp <= 0xDBFF && s[6] == '\\' && s[7] == 'u' ? hex4(s + 8) : -1;
        if (low < 0xDC00 || low > 0xDFFF) {
            nex_json_fail(p->doc, p->err, NEX_EINVAL, p->at,
                          "JSON: \\u%04x is half a surrogate pair, which is no character",
                          (unsigned)cp);
            return 0;
        }
        cp = 0x10000 + ((cp - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
        taken = 12;
    }
    p->at += taken;
    return nex_utf8_encode(cp, out);
}

/* The rest of a string from its first escape on, decoded behind the source. */
static nex_status decoded_string(parser *p, string *s) {
    nex_json *doc = p->doc;
    size_t plain = p->at - s->start;
    if (doc->used == doc->len + NEX_JSON_PAD && nex_json_room(doc, doc->len) != NEX_OK)
        return no_memory(p);
    char *start = doc->text + doc->used, *out = start;
    memcpy(out, doc->text + s->start, plain);
    out += plain;
    for (;;) {
        size_t from = p->at;
        p->at = plain_run(doc->text, p->at);
        memcpy(out, doc->text + from, p->at - from);
        out += p->at - from;
        unsigned char c = (unsigned char)doc->text[p->at];
        if (c == '"')
            break;
        if (c == '\\') {
            size_t n = escape(p, out);
            if (n == 0)
                return NEX_EINVAL;
            s->wide |= n > 1;
            out += n;
        } else {
            uint32_t cp;
            size_t n = c < 0x80 ? 0 : nex_utf8_decode(doc->text + p->at, p->end - p->at, &cp);
            if (n == 0)
                return wrong(p, p->at, c < 0x80 ? "a string's end" : "UTF-8");
            memcpy(out, doc->text + p->at, n);
            out += n;
            p->at += n;
            s->wide = true;
        }
    }
    p->at++;
    s->start = doc->used;
    s->len = (size_t)(out - start);
    doc->used += s->len;
    return NEX_OK;
}

/* A string whose opening quote is behind p->at. */
static nex_status read_string(parser *p, string *s) {
    s->start = p->at;
    s->wide = false;
    for (;;) {
        p->at = plain_run(p->doc->text, p->at);
        unsigned char c = (unsigned char)p->doc->text[p->at];
        if (c == '"') {
            s->len = p->at++ - s->start;
            return NEX_OK;
        }
        if (c == '\\')
            return decoded_string(p, s);
        uint32_t cp;
        size_t n = c < 0x80 ? 0 : nex_utf8_decode(p->doc->text + p->at, p->end - p->at, &cp);
        if (n == 0)
            return wrong(p, p->at, c < 0x80 ? "a string's end" : "UTF-8");
        s->wide = true;
        p->at += n;
    }
}

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

static nex_status read_number(parser *p, nex_node *node) {
    const char *text = p->doc->text, *start = text + p->at, *s = start;
    bool negative = *s == '-';
    uint64_t value = 0;
    s += negative;
    if (*s == '0') {
        s++;
    } else if (is_digit(*s)) {
        for (; is_digit(*s); s++)
            value = value * 10 + (uint64_t)(*s - '0');
    } else {
        return wrong(p, (size_t)(s - text), "a digit");
    }
    size_t digits = (size_t)(s - start) - negative;
    node->flags = NEX_NODE_PLAIN_NUMBER;
    if (*s != '.' && (*s | 32) != 'e' && digits <= 18) {
        node->size = (uint32_t)(s - start);
        node->as.integer = negative ? -(int64_t)value : (int64_t)value;
        p->at = (size_t)(s - text);
        return NEX_OK;
    }
    if (*s == '.') {
        if (!is_digit(*++s))
            return wrong(p, (size_t)(s - text), "a digit after the point");
        while (is_digit(*s))
            s++;
    }
    if ((*s | 32) == 'e') {
        s++;
        if (*s == '+' || *s == '-')
            s++;
        if (!is_digit(*s))
            return wrong(p, (size_t)(s - text), "a digit of the exponent");
        while (is_digit(*s))
            s++;
    }
    p->at = (size_t)(s - text);
    return nex_json_number(p->doc, node, (size_t)(s - start));
}

static nex_status word(parser *p, const char *text) {
    size_t n = strlen(text);
    for (size_t i = 0; i < n; i++)
        if (p->doc->text[p->at + i] != text[i])
            return wrong(p, p->at + i, "null, true, false, a number, a string, { or [");
    p->at += n;
    return NEX_OK;
}

static void skip_space(parser *p) {
    const char *s = p->doc->text + p->at;
    while (*s == ' ' || *s == '\n' || *s == '\r' || *s == '\t')
        s++;
    p->at = (size_t)(s - p->doc->text);
}

/* A value that holds no others, or the opening of one that does. */
static nex_status read_value(parser *p, size_t *index) {
    nex_json *doc = p->doc;
    char c = doc->text[p->at];
    nex_json_type type = c == '{'   ? NEX_JSON_TYPE_OBJECT
                         : c == '[' ? NEX_JSON_TYPE_ARRAY
                         : c == '"' ? NEX_JSON_TYPE_STRING
                         : c == 't' ? NEX_JSON_TYPE_TRUE
                         : c == 'f' ? NEX_JSON_TYPE_FALSE
                         : c == 'n' ? NEX_JSON_TYPE_NULL
                                    : NEX_JSON_TYPE_INT;
    nex_node *node = nex_json_add(doc, type, p->at);
    if (!node)
        return no_memory(p);
    *index = (size_t)(node - doc->nodes);
    node->end = (uint32_t)*index + 1;
    switch (type) {
    case NEX_JSON_TYPE_OBJECT:
    case NEX_JSON_TYPE_ARRAY:
        if (++p->depth > doc->max_depth)
            return nex_json_fail(doc, p->err, NEX_ELIMIT, p->at, "JSON: nested more than %zu deep",
                                 doc->max_depth);
        p->at++;
        return NEX_OK;
    case NEX_JSON_TYPE_STRING: {
        string s;
        p->at++;
        nex_status status = read_string(p, &s);
        node->as.text = s.start;
        node->size = (uint32_t)s.len;
        node->flags = s.wide ? NEX_NODE_WIDE : 0;
        return status;
    }
    case NEX_JSON_TYPE_TRUE:
        return word(p, "true");
    case NEX_JSON_TYPE_FALSE:
        return word(p, "false");
    case NEX_JSON_TYPE_NULL:
        return word(p, "null");
    default:
        if (c == '-' || is_digit(c))
            return read_number(p, node);
        return wrong(p, p->at, "a value");
    }
}

static nex_status read_key(parser *p, string *key) {
    size_t at = p->at;
    if (p->doc->text[at] != '"')
        return wrong(p, at, "a member's name in quotes");
    p->at++;
    nex_status status = read_string(p, key);
    if (status != NEX_OK)
        return status;
    if (key->len > NEX_JSON_MAX_KEY)
        return nex_json_fail(p->doc, p->err, NEX_ELIMIT, at,
                             "JSON: a member's name of %zu bytes, at most %d are taken", key->len,
                             NEX_JSON_MAX_KEY);
    skip_space(p);
    if (p->doc->text[p->at] != ':')
        return wrong(p, p->at, "':' after a member's name");
    p->at++;
    skip_space(p);
    return NEX_OK;
}

static nex_status check_duplicates(parser *p, size_t index) {
    const nex_json *doc = p->doc;
    const nex_node *again = nex_json_duplicate(doc, &doc->nodes[index]);
    if (!again)
        return NEX_OK;
    return nex_json_fail(doc, p->err, NEX_EINVAL, again->offset,
                         "JSON: the member \"%.*s\" is there twice in one object",
                         again->key_len > 100 ? 100 : again->key_len, nex_node_key(doc, again));
}

/*
 * While a container is open, its end holds its parent's index and its number a set of 64 bits
 * with one for each key's hash: only objects where one is hit twice are searched for duplicates.
 */
static nex_status read_document(parser *p) {
    nex_json *doc = p->doc;
    const uint32_t none = UINT32_MAX;
    uint32_t parent = none;
    nex_status status;
    string key = {0, 0, false};
    bool object = false;
    skip_space(p);
    for (;;) {
        size_t index = 0;
        status = read_value(p, &index);
        if (status != NEX_OK)
            return status;
        nex_node *node = &doc->nodes[index];
        if (object) {
            node->key = (uint32_t)key.start;
            node->key_len = (uint16_t)key.len;
            node->key_hash = nex_key_hash(doc->text + key.start, key.len);
            uint64_t bit = UINT64_C(1) << (node->key_hash & 63);
            if (doc->nodes[parent].as.text & bit)
                doc->nodes[parent].flags = 1;
            doc->nodes[parent].as.text |= bit;
        }
        if (parent != none)
            doc->nodes[parent].size++;
        bool open = node->type >= NEX_JSON_TYPE_ARRAY;
        if (open) {
            node->end = parent;
            parent = (uint32_t)index;
            object = node->type == NEX_JSON_TYPE_OBJECT;
        }
        /* closings and commas, until another value is due */
        for (;; open = false) {
            skip_space(p);
            if (parent == none)
                return p->at == p->end ? NEX_OK : wrong(p, p->at, "nothing after the value");
            char c = doc->text[p->at];
            if (c == (object ? '}' : ']')) {
                nex_node *closed = &doc->nodes[parent];
                uint32_t index_closed = parent;
                p->at++;
                p->depth--;
                parent = closed->end;
                closed->end = (uint32_t)doc->count;
                if (closed->flags && (status = check_duplicates(p, index_closed)) != NEX_OK)
                    return status;
                closed->flags = 0;
                closed->as.text = 0;
                object = parent != none && doc->nodes[parent].type == NEX_JSON_TYPE_OBJECT;
                continue;
            }
            if (!open) {
                if (c != ',')
                    return wrong(p, p->at, object ? "',' or '}'" : "',' or ']'");
                p->at++;
                skip_space(p);
            }
            break;
        }
        if (object && (status = read_key(p, &key)) != NEX_OK)
            return status;
    }
}

nex_status nex_json_parse_with(nex_json **out, const char *text, size_t len,
                               const nex_json_options *options, nex_error *err) {
    static const char mark[] = "\xEF\xBB\xBF";
    nex_json *doc = NULL;
    nex_status status = nex_json_new(&doc, text, len, err);
    *out = NULL;
    if (status != NEX_OK)
        return status;
    doc->max_depth = options && options->max_depth ? options->max_depth : DEFAULT_DEPTH;
    parser p = {.doc = doc, .err = err, .end = len};
    if (len >= 3 && memcmp(text, mark, 3) == 0)
        p.at = 3;
    status = read_document(&p);
    if (status != NEX_OK) {
        nex_json_free(doc);
        return status;
    }
    *out = doc;
    return NEX_OK;
}

nex_status nex_json_parse(nex_json **out, const char *text, size_t len, nex_error *err) {
    return nex_json_parse_with(out, text, len, NULL, err);
}
