#include "codec/reader.h"

#include <stdio.h>
#include <string.h>

#include "codec/layout.h"
#include "codec/number.h"
#include "codec/scan.h"
#include "json/utf8.h"

/* ---- Errors ------------------------------------------------------------------------------- */

bool nex_reader_fail(nex_reader *r, nex_status code, const char *at, const char *fmt, ...) {
    r->code = code;
    r->wrong_at = at;
    r->shown[0] = '\0';
    va_list args;
    va_start(args, fmt);
    vsnprintf(r->wrong, sizeof r->wrong, fmt, args);
    va_end(args);
    return false;
}

bool nex_reader_no_memory(nex_reader *r) {
    nex_reader_fail(r, NEX_ENOMEM, r->p, "out of memory decoding %zu bytes",
                    (size_t)(r->end - r->begin));
    r->bare = true;
    return false;
}

static const char *describe(const nex_reader *r) {
    switch (nex_peek(r)) {
    case '"':
        return "a string";
    case '{':
        return "an object";
    case '[':
        return "an array";
    case 't':
    case 'f':
        return "a boolean";
    case 'n':
        return "null";
    case '-':
    case '0':
    case '1':
    case '2':
    case '3':
    case '4':
    case '5':
    case '6':
    case '7':
    case '8':
    case '9':
        return "a number";
    default:
        return r->p == r->end ? "the end of the text" : NULL;
    }
}

bool nex_reader_expected(nex_reader *r, const char *wanted) {
    const char *got = describe(r);
    if (got != NULL) {
        return nex_reader_fail(r, NEX_EINVAL, r->p, "expected %s, got %s", wanted, got);
    }
    unsigned char c = (unsigned char)*r->p;
    if (c > ' ' && c < 0x7F) {
        return nex_reader_fail(r, NEX_EINVAL, r->p, "expected %s, got '%c'", wanted, c);
    }
    return nex_reader_fail(r, NEX_EINVAL, r->p, "expected %s, got byte 0x%02x", wanted, c);
}

bool nex_reader_refuse_value(nex_reader *r, const char *at, const char *what) {
    nex_reader_fail(r, NEX_EINVAL, at, "%s", what);
    size_t len = (size_t)(r->p - at);
    size_t max = sizeof r->shown - 10;
    size_t shown = nex_utf8_prefix(at, len, max);
    snprintf(r->shown, sizeof r->shown, ", got %.*s%s", (int)shown, at, shown < len ? "..." : "");
    return false;
}

nex_status nex_reader_report(const nex_reader *r, nex_error *err) {
    if (err == NULL) {
        return r->code;
    }
    size_t offset = (size_t)(r->wrong_at - r->begin);
    unsigned line = 1;
    const char *line_begin = r->begin;
    for (const char *p = r->begin; p < r->wrong_at; p++) {
        if (*p == '\n') {
            line++;
            line_begin = p + 1;
        }
    }
    unsigned column = (unsigned)(r->wrong_at - line_begin) + 1;
    const char *shown = r->hide ? "" : r->shown;
    if (r->bare || !r->places) {
        nex_error_set(err, r->code, "%s%s", r->wrong, shown);
    } else {
        nex_error_set(err, r->code, "%s%s (line %u, column %u)", r->wrong, shown, line, column);
    }
    if (r->bare) {
        nex_error copy = *err;
        nex_path_to_error(&r->path, &copy);
        memcpy(err->pointer, copy.pointer, sizeof err->pointer);
    } else {
        nex_path_to_error(&r->path, err);
    }
    if (r->places) {
        err->offset = offset;
        err->line = line;
        err->column = column;
    }
    return r->code;
}

/* ---- Strings ------------------------------------------------------------------------------ */

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* The four digits after \u, of which `p` is the first; false when they are none. */
static bool read_hex4(const char *p, const char *end, uint32_t *out) {
    if (end - p < 4) {
        return false;
    }
    uint32_t value = 0;
    for (int i = 0; i < 4; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0) {
            return false;
        }
        value = value << 4 | (uint32_t)digit;
    }
    *out = value;
    return true;
}

/* \uXXXX or a pair of them, from the backslash at *p. */
static bool read_unicode_escape(nex_reader *r, const char **p, uint32_t *out) {
    const char *at = *p;
    uint32_t c = 0;
    if (!read_hex4(at + 2, r->end, &c)) {
        return nex_reader_fail(r, NEX_EINVAL, at, "\\u is not followed by four hex digits");
    }
    *p = at + 6;
    if (c >= 0xD800 && c <= 0xDFFF) {
        uint32_t low = 0;
        if (c > 0xDBFF || r->end - *p < 6 || at[6] != '\\' || at[7] != 'u' ||
            !read_hex4(at + 8, r->end, &low) || low < 0xDC00 || low > 0xDFFF) {
            return nex_reader_fail(r, NEX_EINVAL, at, "half of a surrogate pair in a string");
        }
        c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
        *p = at + 12;
    }
    *out = c;
    return true;
}

/* One escape sequence, from the backslash at *p. */
static bool read_escape(nex_reader *r, const char **p, uint32_t *out) {
    const char *at = *p;
    char c = r->end - at >= 2 ? at[1] : '\0';
    if (c == 'u') {
        return read_unicode_escape(r, p, out);
    }
    *p = at + 2;
    switch (c) {
    case '"':
    case '\\':
    case '/':
        *out = (unsigned char)c;
        return true;
    case 'b':
        *out = '\b';
        return true;
    case 'f':
        *out = '\f';
        return true;
    case 'n':
        *out = '\n';
        return true;
    case 'r':
        *out = '\r';
        return true;
    case 't':
        *out = '\t';
        return true;
    default:
        return nex_reader_fail(r, NEX_EINVAL, at, "unknown escape sequence in a string");
    }
}

static bool refuse_byte(nex_reader *r, const char *at) {
    unsigned char c = (unsigned char)*at;
    if (c >= 0x80) {
        return nex_reader_fail(r, NEX_EINVAL, at, "a string is not UTF-8 (byte 0x%02x)", c);
    }
    return nex_reader_fail(r, NEX_EINVAL, at, "a control character (0x%02x) in a string", c);
}

static bool refuse_open_string(nex_reader *r) {
    return nex_reader_fail(r, NEX_EINVAL, r->p, "a string has no closing quote");
}

static inline bool is_plain(char c) {
    return (signed char)c >= ' ' && c != '"' && c != '\\';
}

bool nex_read_string(nex_reader *r, char **out, size_t *len) {
    const char *s = r->p + 1;
    const char *end = r->end;
    char *w = r->text;
    for (;;) {
        while (end - s >= 16) {
            nex_text16 chunk = nex_text16_load(s);
            nex_text16_store(w, chunk);
            uint32_t odd = nex_mask_decode(chunk);
            if (odd != 0) {
                unsigned n = (unsigned)__builtin_ctz(odd);
                s += n;
                w += n;
                break;
            }
            s += 16;
            w += 16;
        }
        while (s < end && is_plain(*s)) {
            *w++ = *s++;
        }
        if (s == end) {
            return refuse_open_string(r);
        }
        if (*s == '"') {
            *w = '\0';
            *out = r->text;
            *len = (size_t)(w - r->text);
            r->text = w + 1;
            r->p = s + 1;
            return true;
        }
        if (*s == '\\') {
            const char *at = s;
            uint32_t c = 0;
            if (!read_escape(r, &s, &c)) {
                return false;
            }
            if (c == 0) {
                return nex_reader_fail(r, NEX_EINVAL, at,
                                       "a string holds \\u0000, which a C text cannot");
            }
            w += nex_utf8_encode(c, w);
            continue;
        }
        uint32_t point = 0;
        size_t n = (unsigned char)*s < 0x80 ? 0 : nex_utf8_decode(s, (size_t)(end - s), &point);
        if (n == 0) {
            return refuse_byte(r, s);
        }
        for (; n > 0; n--) {
            *w++ = *s++;
        }
    }
}

/* Passes over a string; \u0000 does no harm here. */
static bool skip_string(nex_reader *r) {
    const char *s = r->p + 1;
    const char *end = r->end;
    for (;;) {
        while (end - s >= 16) {
            uint32_t odd = nex_mask_decode(nex_text16_load(s));
            if (odd != 0) {
                s += (unsigned)__builtin_ctz(odd);
                break;
            }
            s += 16;
        }
        while (s < end && is_plain(*s)) {
            s++;
        }
        if (s == end) {
            return refuse_open_string(r);
        }
        uint32_t c = 0;
        size_t n = 0;
        if (*s == '"') {
            r->p = s + 1;
            return true;
        }
        if (*s == '\\') {
            if (!read_escape(r, &s, &c)) {
                return false;
            }
            continue;
        }
        n = (unsigned char)*s < 0x80 ? 0 : nex_utf8_decode(s, (size_t)(end - s), &c);
        if (n == 0) {
            return refuse_byte(r, s);
        }
        s += n;
    }
}

/* ---- Values passed over ------------------------------------------------------------------- */

bool nex_read_literal(nex_reader *r, const char *word) {
    size_t len = strlen(word);
    if ((size_t)(r->end - r->p) < len || memcmp(r->p, word, len) != 0) {
        return nex_reader_fail(r, NEX_EINVAL, r->p, "expected %s", word);
    }
    r->p += len;
    return true;
}

static bool skip_scalar(nex_reader *r) {
    nex_number number;
    switch (nex_peek(r)) {
    case '"':
        return skip_string(r);
    case 't':
        return nex_read_literal(r, "true");
    case 'f':
        return nex_read_literal(r, "false");
    case 'n':
        return nex_read_literal(r, "null");
    default:
        if (!nex_number_scan(r->p, r->end, &number)) {
            if (number.end == r->p) {
                return nex_reader_expected(r, "a value");
            }
            return nex_reader_fail(r, NEX_EINVAL, r->p, "a number is not complete");
        }
        r->p = number.end;
        return true;
    }
}

static bool skip_name(nex_reader *r) {
    if (nex_peek(r) != '"') {
        return nex_reader_expected(r, "a member's name in quotes");
    }
    return skip_string(r) && nex_read_colon(r);
}

bool nex_skip_value(nex_reader *r) {
    uint64_t objects[NEX_MAX_DEPTH / 64]; /* a bit for each open level that is an object */
    unsigned open = 0;
    for (;;) {
        char c = nex_peek(r);
        if (c == '{' || c == '[') {
            char close = c == '{' ? '}' : ']';
            if (!nex_enter(r)) {
                return false;
            }
            nex_skip_space(r);
            if (nex_peek(r) == close) {
                nex_leave(r);
            } else {
                uint64_t bit = (uint64_t)1 << open % 64;
                objects[open / 64] = open % 64 == 0 ? 0 : objects[open / 64] & (bit - 1);
                objects[open / 64] |= c == '{' ? bit : 0;
                open++;
                if (c == '{' && !skip_name(r)) {
                    return false;
                }
                continue;
            }
        } else if (!skip_scalar(r)) {
            return false;
        }
        /* A value ended; so may the levels it was the last of. */
        for (bool more = false; !more;) {
            if (open == 0) {
                return true;
            }
            bool object = (objects[(open - 1) / 64] >> (open - 1) % 64 & 1) != 0;
            if (!nex_read_separator(r, object ? '}' : ']', &more)) {
                return false;
            }
            if (!more) {
                nex_leave(r);
                open--;
            } else if (object && !skip_name(r)) {
                return false;
            }
        }
    }
}
