#include "schema/regex_simple.h"

#include <string.h>

typedef struct reader {
    const char *at, *end;
    nex_regex_simple *out;
} reader;

static bool alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static void add(reader *r, int from, int to) {
    for (int c = from; c <= to; c++)
        r->out->sets[c] |= (uint8_t)(1u << r->out->count);
}

/* \d, \w, or punctuation that stands for itself. */
static bool escape(reader *r) {
    if (r->at == r->end)
        return false;
    char c = *r->at++;
    if (c == 'd' || c == 'w')
        add(r, '0', '9');
    if (c == 'w') {
        add(r, 'a', 'z');
        add(r, 'A', 'Z');
        add(r, '_', '_');
    }
    if (c == 'd' || c == 'w')
        return true;
    if (c <= 0x20 || c >= 0x7F || alnum(c))
        return false;
    add(r, c, c);
    return true;
}

static bool class(reader *r) {
    if (r->at == r->end || *r->at == '^' || *r->at == ']')
        return false;
    while (r->at < r->end && *r->at != ']') {
        char c = *r->at++;
        if (c == '\\') {
            /* an escape that begins or ends a range is left to the engine */
            if (!escape(r) || (r->end - r->at >= 2 && r->at[0] == '-' && r->at[1] != ']'))
                return false;
            continue;
        }
        if (c < 0x20 || c >= 0x7F)
            return false;
        if (r->end - r->at >= 2 && r->at[0] == '-' && r->at[1] != ']') {
            char high = r->at[1];
            if (high == '\\' || high < c || high >= 0x7F)
                return false;
            add(r, c, high);
            r->at += 2;
        } else {
            add(r, c, c);
        }
    }
    if (r->at == r->end)
        return false;
    r->at++;
    return true;
}

static bool atom(reader *r) {
    char c = *r->at++;
    if (c == '[')
        return class(r);
    if (c == '\\')
        return escape(r);
    if (c < 0x20 || c >= 0x7F || strchr("^$.*+?(){}|]/", c))
        return false;
    add(r, c, c);
    return true;
}

static bool number(reader *r, uint32_t *value) {
    const char *start = r->at;
    *value = 0;
    while (r->at < r->end && *r->at >= '0' && *r->at <= '9' && r->at - start < 5)
        *value = *value * 10 + (uint32_t)(*r->at++ - '0');
    return r->at > start;
}

static bool quantifier(reader *r, uint32_t *min, uint32_t *max) {
    *min = *max = 1;
    if (r->at == r->end || !strchr("*+?{", *r->at) || *r->at == '\0')
        return true;
    char c = *r->at++;
    if (c != '+')
        *min = 0;
    if (c != '?')
        *max = UINT32_MAX;
    if (c == '{') {
        if (!number(r, min))
            return false;
        *max = *min;
        if (r->at < r->end && *r->at == ',') {
            r->at++;
            if (!number(r, max))
                *max = UINT32_MAX;
        }
        if (r->at == r->end || *r->at++ != '}' || *max < *min)
            return false;
    }
    /* another quantifier, or a lazy one */
    return r->at == r->end || *r->at == '\0' || !strchr("*+?{", *r->at);
}

static bool overlap(const nex_regex_simple *s, uint32_t a, uint32_t b) {
    for (int c = 0; c < 128; c++)
        if ((s->sets[c] >> a & 1) && (s->sets[c] >> b & 1))
            return true;
    return false;
}

/* Whether what follows an atom of varying number can never be taken for it. */
static bool unambiguous(const nex_regex_simple *s) {
    for (uint32_t i = 0; i < s->count; i++) {
        if (s->min[i] == s->max[i])
            continue;
        for (uint32_t k = i + 1; k < s->count; k++) {
            if (overlap(s, i, k))
                return false;
            if (s->min[k] > 0)
                break;
        }
    }
    return true;
}

bool nex_regex_simple_read(nex_regex_simple *out, const char *pattern, size_t len) {
    reader r = {pattern, pattern + len, out};
    memset(out, 0, sizeof *out);
    if (len == 0 || *r.at++ != '^')
        return false;
    while (r.at < r.end) {
        if (*r.at == '$' && r.at + 1 == r.end) {
            out->to_end = true;
            break;
        }
        if (out->count == NEX_SIMPLE_ATOMS || !atom(&r) ||
            !quantifier(&r, &out->min[out->count], &out->max[out->count]))
            return false;
        out->count++;
    }
    return unambiguous(out);
}

bool nex_regex_simple_match(const nex_regex_simple *s, const char *text, size_t len) {
    const unsigned char *at = (const unsigned char *)text, *end = at + len;
    for (uint32_t i = 0; i < s->count; i++) {
        const unsigned char *start = at;
        size_t left = (size_t)(end - at);
        const unsigned char *stop = left > s->max[i] ? at + s->max[i] : end;
        while (at < stop && *at < 128 && (s->sets[*at] >> i & 1))
            at++;
        if ((size_t)(at - start) < s->min[i])
            return false;
    }
    return !s->to_end || at == end;
}
