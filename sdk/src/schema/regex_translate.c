/*
 * ECMA-262 regular expressions (flag u, with the leniency of its Annex B where schemas in the
 * wild need it) to PCRE2's syntax. Nothing is passed through unread, so no syntax that only
 * PCRE2 knows gets past.
 */
#include "schema/assert.h"
#include "schema/regex_property.h"
#include "json/utf8.h"

#include <string.h>

#define SPACES                                                                                     \
    "\\t\\n\\x{b}\\f\\r \\x{a0}\\x{1680}\\x{2000}-\\x{200a}\\x{2028}\\x{2029}\\x{202f}"            \
    "\\x{205f}\\x{3000}\\x{feff}"
#define NOT_SPACES                                                                                 \
    "\\x{0}-\\x{8}\\x{e}-\\x{1f}!-\\x{9f}\\x{a1}-\\x{167f}\\x{1681}-\\x{1fff}\\x{200b}-\\x{2027}"  \
    "\\x{202a}-\\x{202e}\\x{2030}-\\x{205e}\\x{2060}-\\x{2fff}\\x{3001}-\\x{d7ff}"                 \
    "\\x{e000}-\\x{fefe}\\x{ff00}-\\x{10ffff}"

typedef struct translation {
    const char *text;
    size_t len, pos;
    nex_buf *out;
    nex_error *err;
    bool repeatable; /* what was just written may take a quantifier */
    unsigned depth;
} translation;

static nex_status fail(translation *t, size_t at, const char *what) {
    int shown = t->len > 100 ? 100 : (int)t->len;
    while (shown > 0 && shown < (int)t->len && ((unsigned char)t->text[shown] & 0xC0) == 0x80)
        shown--;
    nex_error_set(t->err, NEX_EINVAL, "pattern \"%.*s%s\": %s at character %zu", shown, t->text,
                  (size_t)shown < t->len ? "..." : "", what, nex_utf8_count(t->text, at) + 1);
    return NEX_EINVAL;
}

static int peek(const translation *t, size_t ahead) {
    return t->pos + ahead < t->len ? (unsigned char)t->text[t->pos + ahead] : -1;
}

static nex_status put(translation *t, const char *text) {
    return nex_buf_append_str(t->out, text);
}

static nex_status put_char(translation *t, uint32_t cp) {
    char utf8[5];
    if (cp >= 0x80)
        return nex_buf_append(t->out, utf8, nex_utf8_encode(cp, utf8));
    if ((cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z'))
        return nex_buf_append(t->out, &(char){(char)cp}, 1);
    return nex_buf_printf(t->out, "\\x{%x}", (unsigned)cp);
}

static int hex_digit(int c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/* Reads exactly n hexadecimal digits at an offset; false when they are not there. */
static bool hex_run(const translation *t, size_t ahead, size_t n, uint32_t *value) {
    *value = 0;
    for (size_t i = 0; i < n; i++) {
        int d = hex_digit(peek(t, ahead + i));
        if (d < 0)
            return false;
        *value = *value << 4 | (uint32_t)d;
    }
    return true;
}

/* After "\u": four digits, a surrogate pair of two such escapes, or {digits}. */
static nex_status unicode_escape(translation *t, size_t start, uint32_t *cp) {
    uint32_t low;
    if (peek(t, 0) == '{') {
        size_t i = 1;
        *cp = 0;
        for (; hex_digit(peek(t, i)) >= 0; i++) {
            *cp = *cp << 4 | (uint32_t)hex_digit(peek(t, i));
            if (*cp > 0x10FFFF)
                return fail(t, start, "a code point above 10FFFF");
        }
        if (i == 1 || peek(t, i) != '}')
            return fail(t, start, "expected \\u{hexadecimal digits}");
        t->pos += i + 1;
        return NEX_OK;
    }
    if (!hex_run(t, 0, 4, cp))
        return fail(t, start, "expected four hexadecimal digits after \\u");
    t->pos += 4;
    if (*cp >= 0xD800 && *cp <= 0xDBFF && peek(t, 0) == '\\' && peek(t, 1) == 'u' &&
        hex_run(t, 2, 4, &low) && low >= 0xDC00 && low <= 0xDFFF) {
        *cp = 0x10000 + ((*cp - 0xD800) << 10) + (low - 0xDC00);
        t->pos += 6;
    }
    return NEX_OK;
}

/* Escapes that stand for one character; t->pos is behind the backslash. *found says whether. */
static nex_status char_escape(translation *t, uint32_t *cp, bool *found) {
    size_t start = t->pos - 1;
    int c = peek(t, 0);
    *found = true;
    t->pos++;
    switch (c) {
    case 't':
        *cp = '\t';
        return NEX_OK;
    case 'n':
        *cp = '\n';
        return NEX_OK;
    case 'v':
        *cp = '\v';
        return NEX_OK;
    case 'f':
        *cp = '\f';
        return NEX_OK;
    case 'r':
        *cp = '\r';
        return NEX_OK;
    case '0':
        if (peek(t, 0) >= '0' && peek(t, 0) <= '9')
            return fail(t, start, "octal escapes are not part of ECMA-262");
        *cp = 0;
        return NEX_OK;
    case 'c': {
        int letter = peek(t, 0);
        if (!((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z')))
            return fail(t, start, "expected a letter after \\c");
        t->pos++;
        *cp = (uint32_t)letter & 31;
        return NEX_OK;
    }
    case 'x':
        if (!hex_run(t, 0, 2, cp))
            return fail(t, start, "expected two hexadecimal digits after \\x");
        t->pos += 2;
        return NEX_OK;
    case 'u':
        return unicode_escape(t, start, cp);
    default:
        break;
    }
    t->pos--;
    if (c >= 0x21 && c <= 0x7E && !((c | 32) >= 'a' && (c | 32) <= 'z') &&
        !(c >= '0' && c <= '9')) {
        /* ECMA-262 u allows syntax characters only, schemas in the wild escape any punctuation */
        *cp = (uint32_t)c;
        t->pos++;
        return NEX_OK;
    }
    if (c == ' ' || c >= 0x80) {
        size_t n = nex_utf8_decode(t->text + t->pos, t->len - t->pos, cp);
        t->pos += n;
        return NEX_OK;
    }
    *found = false;
    return NEX_OK;
}

/* \d \D \s \S \w \W \p{} \P{}; t->pos is behind the backslash. */
static nex_status class_escape(translation *t, bool in_class, bool *found) {
    int c = peek(t, 0);
    *found = true;
    switch (c) {
    case 'd':
    case 'D':
    case 'w':
    case 'W':
        t->pos++;
        return nex_buf_printf(t->out, "\\%c", c);
    case 's':
        t->pos++;
        return put(t, in_class ? SPACES : "[" SPACES "]");
    case 'S':
        t->pos++;
        return put(t, in_class ? NOT_SPACES : "[^" SPACES "]");
    case 'p':
    case 'P': {
        size_t start = t->pos - 1, end;
        const char *name = t->text + t->pos + 2;
        if (peek(t, 1) != '{')
            return fail(t, start, "expected \\p{property}");
        for (end = 2; peek(t, end) >= 0 && peek(t, end) != '}'; end++)
            ;
        if (peek(t, end) < 0)
            return fail(t, start, "\\p{ is not closed");
        t->pos += end + 1;
        nex_status status = nex_regex_property(name, end - 2, c == 'P', t->out);
        return status == NEX_EINVAL ? fail(t, start, "no such Unicode property") : status;
    }
    default:
        *found = false;
        return NEX_OK;
    }
}

/* One member of a class: a character (*single) or a set, which is written at once. */
static nex_status class_atom(translation *t, uint32_t *cp, bool *single) {
    size_t start = t->pos;
    bool found;
    nex_status status;
    *single = true;
    if (peek(t, 0) != '\\') {
        t->pos += nex_utf8_decode(t->text + t->pos, t->len - t->pos, cp);
        return NEX_OK;
    }
    t->pos++;
    if (peek(t, 0) == 'b') {
        t->pos++;
        *cp = '\b';
        return NEX_OK;
    }
    if ((status = char_escape(t, cp, &found)) != NEX_OK || found)
        return status;
    *single = false;
    if ((status = class_escape(t, true, &found)) != NEX_OK || found)
        return status;
    return fail(t, start, "ECMA-262 has no such escape");
}

/* A range in a class. Surrogates cannot stand in UTF-8 text, so they are cut out. */
static nex_status put_range(translation *t, uint32_t low, uint32_t high) {
    nex_status status;
    if (low < 0xD800 && high >= 0xD800) {
        if ((status = put_range(t, low, 0xD7FF)) != NEX_OK)
            return status;
        low = 0xE000;
    } else if (low >= 0xD800 && low <= 0xDFFF) {
        low = 0xE000;
    }
    if (high >= 0xD800 && high <= 0xDFFF)
        high = 0xD7FF;
    if (low > high)
        return NEX_OK;
    if ((status = put_char(t, low)) != NEX_OK || low == high)
        return status;
    if ((status = put(t, "-")) != NEX_OK)
        return status;
    return put_char(t, high);
}

static nex_status class(translation *t) {
    size_t start = t->pos++, body;
    bool negated = peek(t, 0) == '^';
    nex_status status;
    if (negated)
        t->pos++;
    if (peek(t, 0) == ']') {
        t->pos++;
        return put(t, negated ? "[\\x{0}-\\x{10ffff}]" : "(?!)");
    }
    if ((status = put(t, negated ? "[^" : "[")) != NEX_OK)
        return status;
    body = t->out->len;
    while (peek(t, 0) != ']') {
        uint32_t low = 0, high = 0;
        bool single, high_single;
        size_t at = t->pos;
        if (peek(t, 0) < 0)
            return fail(t, start, "[ is not closed");
        if ((status = class_atom(t, &low, &single)) != NEX_OK)
            return status;
        if (peek(t, 0) != '-' || peek(t, 1) == ']' || peek(t, 1) < 0) {
            if (single && (status = put_range(t, low, low)) != NEX_OK)
                return status;
            continue;
        }
        t->pos++;
        if ((status = class_atom(t, &high, &high_single)) != NEX_OK)
            return status;
        if (single && high_single) {
            if (low > high)
                return fail(t, at, "the range is out of order");
            status = put_range(t, low, high);
        } else {
            /* [\w-.]: the minus stands for itself, as in Annex B */
            if (single)
                status = put_range(t, low, low);
            if (status == NEX_OK && high_single)
                status = put_range(t, high, high);
            if (status == NEX_OK)
                status = put_char(t, '-');
        }
        if (status != NEX_OK)
            return status;
    }
    t->pos++;
    if (t->out->len == body) { /* nothing but surrogates: no UTF-8 text has one */
        t->out->len = body - (negated ? 2 : 1);
        return put(t, negated ? "[\\x{0}-\\x{10ffff}]" : "(?!)");
    }
    return put(t, "]");
}

static bool name_char(int c, bool first) {
    return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (!first && c >= '0' && c <= '9');
}

/* <name> at t->pos, written as it is. */
static nex_status group_name(translation *t, size_t start) {
    size_t n = 1;
    if (peek(t, 0) != '<' || !name_char(peek(t, 1), true))
        return fail(t, start, "expected a group name of ASCII letters in < >");
    while (name_char(peek(t, n), n == 1))
        n++;
    if (peek(t, n) != '>')
        return fail(t, start, "expected a group name of ASCII letters in < >");
    nex_status status = nex_buf_append(t->out, t->text + t->pos, n + 1);
    t->pos += n + 1;
    return status;
}

static nex_status open_group(translation *t) {
    static const char *const kinds[] = {"(?:", "(?=", "(?!", "(?<=", "(?<!"};
    size_t start = t->pos;
    if (++t->depth > 200)
        return fail(t, start, "groups are nested more than 200 deep");
    t->repeatable = false;
    if (peek(t, 1) != '?') {
        t->pos++;
        return put(t, "(");
    }
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        size_t n = strlen(kinds[i]);
        if (t->len - t->pos >= n && memcmp(t->text + t->pos, kinds[i], n) == 0) {
            t->pos += n;
            return put(t, kinds[i]);
        }
    }
    if (peek(t, 2) != '<')
        return fail(t, start, "ECMA-262 has no such group");
    t->pos += 2;
    nex_status status = put(t, "(?");
    return status == NEX_OK ? group_name(t, start) : status;
}

static nex_status escape(translation *t) {
    size_t start = t->pos++;
    uint32_t cp = 0;
    bool found;
    nex_status status;
    int c = peek(t, 0);
    if (c < 0)
        return fail(t, start, "a backslash ends the pattern");
    t->repeatable = true;
    if (c == 'b' || c == 'B') {
        t->pos++;
        t->repeatable = false;
        return put(t, c == 'b' ? "\\b" : "\\B");
    }
    if (c == 'k') {
        t->pos++;
        status = put(t, "\\k");
        return status == NEX_OK ? group_name(t, start) : status;
    }
    if (c >= '1' && c <= '9') {
        unsigned n = 0;
        for (; peek(t, 0) >= '0' && peek(t, 0) <= '9' && n < 10000; t->pos++)
            n = n * 10 + (unsigned)(peek(t, 0) - '0');
        return nex_buf_printf(t->out, "\\g{%u}", n);
    }
    if ((status = char_escape(t, &cp, &found)) != NEX_OK)
        return status;
    if (found)
        return cp >= 0xD800 && cp <= 0xDFFF ? put(t, "(?!)") : put_char(t, cp);
    if ((status = class_escape(t, false, &found)) != NEX_OK || found)
        return status;
    return fail(t, start, "ECMA-262 has no such escape");
}

/* The length of a quantifier in braces, 0 when the brace stands for itself. */
static size_t braces(const translation *t) {
    size_t i = 1, digits;
    for (digits = 0; peek(t, i) >= '0' && peek(t, i) <= '9'; i++)
        digits++;
    if (digits == 0)
        return 0;
    if (peek(t, i) == ',')
        for (i++; peek(t, i) >= '0' && peek(t, i) <= '9'; i++)
            ;
    return peek(t, i) == '}' ? i + 1 : 0;
}

static nex_status quantifier(translation *t, size_t n) {
    if (!t->repeatable)
        return fail(t, t->pos, "there is nothing to repeat");
    nex_status status = nex_buf_append(t->out, t->text + t->pos, n);
    t->pos += n;
    t->repeatable = false;
    if (status == NEX_OK && peek(t, 0) == '?') {
        t->pos++;
        status = put(t, "?");
    }
    return status;
}

static nex_status term(translation *t) {
    int c = peek(t, 0);
    uint32_t cp = 0;
    size_t n;
    switch (c) {
    case '\\':
        return escape(t);
    case '[':
        t->repeatable = true;
        return class(t);
    case '(':
        return open_group(t);
    case ')':
        if (t->depth == 0)
            return fail(t, t->pos, "unmatched )");
        t->depth--;
        t->pos++;
        t->repeatable = true;
        return put(t, ")");
    case '|':
    case '^':
    case '$':
        t->pos++;
        t->repeatable = false;
        return nex_buf_append(t->out, &(char){(char)c}, 1);
    case '.':
        t->pos++;
        t->repeatable = true;
        return put(t, "[^\\n\\r\\x{2028}\\x{2029}]");
    case '*':
    case '+':
    case '?':
        return quantifier(t, 1);
    case '{':
        if ((n = braces(t)) > 0)
            return quantifier(t, n);
        break;
    default:
        break;
    }
    t->pos += nex_utf8_decode(t->text + t->pos, t->len - t->pos, &cp);
    t->repeatable = true;
    return put_char(t, cp);
}

nex_status nex_regex_translate(const char *pattern, size_t len, nex_buf *out, nex_error *err) {
    translation t = {.text = pattern, .len = len, .out = out, .err = err};
    if (!nex_utf8_valid(pattern, len))
        return nex_error_set(err, NEX_EINVAL, "pattern: expected UTF-8 text");
    while (t.pos < t.len) {
        nex_status status = term(&t);
        if (status == NEX_ENOMEM)
            return nex_error_set(err, status, "pattern: out of memory");
        if (status != NEX_OK)
            return status;
    }
    return t.depth > 0 ? fail(&t, t.len, "( is not closed") : NEX_OK;
}
