/*
 * RFC 3986 URIs and RFC 3987 IRIs.
 */
#include "schema/format.h"
#include "schema/uri.h"
#include "json/utf8.h"

#include <string.h>

static bool alpha(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool digit(char c) {
    return c >= '0' && c <= '9';
}

static bool hex(char c) {
    return digit(c) || ((c | 32) >= 'a' && (c | 32) <= 'f');
}

static bool ucschar(uint32_t c) {
    if (c < 0x10000)
        return (c >= 0xA0 && c <= 0xD7FF) || (c >= 0xF900 && c <= 0xFDCF) ||
               (c >= 0xFDF0 && c <= 0xFFEF);
    return c < 0xF0000 && (c & 0xFFFF) < 0xFFFE && (c < 0xE0000 || c >= 0xE1000);
}

static bool private_char(uint32_t c) {
    return (c >= 0xE000 && c <= 0xF8FF) || (c >= 0xF0000 && c <= 0xFFFFD) ||
           (c >= 0x100000 && c <= 0x10FFFD);
}

/* unreserved, sub-delims, pct-encoded and what else the component allows. */
static bool component(const char *s, size_t len, const char *more, bool iri, bool is_query) {
    for (size_t i = 0; i < len;) {
        char c = s[i];
        if (alpha(c) || digit(c) || (c != '\0' && strchr("-._~!$&'()*+,;=", c)) ||
            (c != '\0' && strchr(more, c))) {
            i++;
        } else if (c == '%') {
            if (len - i < 3 || !hex(s[i + 1]) || !hex(s[i + 2]))
                return false;
            i += 3;
        } else {
            uint32_t cp;
            size_t n = nex_utf8_decode(s + i, len - i, &cp);
            if (!iri || n < 2 || !(ucschar(cp) || (is_query && private_char(cp))))
                return false;
            i += n;
        }
    }
    return true;
}

static bool ip_literal(const char *s, size_t len) {
    if (len < 4)
        return false;
    if ((s[1] | 32) != 'v')
        return nex_format_ipv6(s + 1, len - 2);
    size_t i = 2;
    while (i < len && hex(s[i]))
        i++;
    return i > 2 && s[i] == '.' && len - 1 > i + 1 && !memchr(s + i, '%', len - i) &&
           component(s + i + 1, len - i - 2, ":", false, false);
}

static bool authority(const char *s, size_t len, bool iri) {
    const char *at = memchr(s, '@', len);
    if (at) {
        size_t n = (size_t)(at - s);
        if (!component(s, n, ":", iri, false))
            return false;
        s = at + 1;
        len -= n + 1;
    }
    size_t host = 0;
    if (len > 0 && s[0] == '[') {
        const char *end = memchr(s, ']', len);
        if (!end || !ip_literal(s, (size_t)(end - s) + 1))
            return false;
        host = (size_t)(end - s) + 1;
    } else {
        while (host < len && s[host] != ':')
            host++;
        if (!component(s, host, "", iri, false))
            return false;
    }
    if (host == len)
        return true;
    if (s[host] != ':')
        return false;
    for (size_t i = host + 1; i < len; i++)
        if (!digit(s[i]))
            return false;
    return true;
}

static bool reference(const char *s, size_t len, bool iri, bool absolute) {
    nex_uri u = nex_uri_split(s, len);
    if (!u.scheme.text) {
        /* without a scheme, a colon may not stand in the first segment of the path */
        size_t i = 0;
        while (i < u.path.len && u.path.text[i] != '/' && u.path.text[i] != ':')
            i++;
        if (absolute || (!u.authority.text && i < u.path.len && u.path.text[i] == ':'))
            return false;
    }
    if (u.authority.text && !authority(u.authority.text, u.authority.len, iri))
        return false;
    if (u.authority.text && u.path.len > 0 && u.path.text[0] != '/')
        return false;
    return component(u.path.text, u.path.len, ":@/", iri, false) &&
           (!u.query.text || component(u.query.text, u.query.len, ":@/?", iri, true)) &&
           (!u.fragment.text || component(u.fragment.text, u.fragment.len, ":@/?", iri, false));
}

bool nex_format_uri(const char *s, size_t len) {
    return reference(s, len, false, true);
}

bool nex_format_uri_reference(const char *s, size_t len) {
    return reference(s, len, false, false);
}

bool nex_format_iri(const char *s, size_t len) {
    return reference(s, len, true, true);
}

bool nex_format_iri_reference(const char *s, size_t len) {
    return reference(s, len, true, false);
}
