/*
 * Formats by name, and the short ones. The text a test sees is UTF-8.
 */
#include "schema/format.h"
#include "schema/assert.h"
#include "json/utf8.h"

#include <string.h>

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool uuid(const char *s, size_t len) {
    if (len != 36)
        return false;
    for (size_t i = 0; i < len; i++) {
        bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? s[i] != '-' : !is_hex(s[i]))
            return false;
    }
    return true;
}

static bool json_pointer(const char *s, size_t len) {
    if (len > 0 && s[0] != '/')
        return false;
    for (size_t i = 0; i < len; i++)
        if (s[i] == '~' && (i + 1 == len || (s[i + 1] != '0' && s[i + 1] != '1')))
            return false;
    return true;
}

static bool relative_json_pointer(const char *s, size_t len) {
    size_t i = 0;
    while (i < len && s[i] >= '0' && s[i] <= '9')
        i++;
    if (i == 0 || (s[0] == '0' && i > 1))
        return false;
    if (len - i == 1 && s[i] == '#')
        return true;
    return json_pointer(s + i, len - i);
}

static bool regex(const char *s, size_t len) {
    nex_regex *re;
    nex_status status = nex_regex_compile(&re, s, len, NULL);
    nex_regex_free(re);
    return status == NEX_OK || status == NEX_EUNSUPPORTED; /* an expression it is all the same */
}

static bool go_duration(const char *s, size_t len) {
    nex_duration d;
    return nex_duration_parse(s, len, &d, NULL) == NEX_OK;
}

static bool iso_duration(const char *s, size_t len) {
    nex_iso_duration d;
    nex_status status = nex_iso_duration_parse(s, len, &d, NULL);
    return status == NEX_OK || status == NEX_ELIMIT; /* a duration, if one too long for us */
}

/* RFC 6570 with its errata (' is a literal): literals, and {operator name [modifier] , ...}. */
static bool template_literal(uint32_t c) {
    return c > 0x20 && c != '"' && c != '%' && c != '<' && c != '>' && c != '\\' && c != '^' &&
           c != '`' && c != '{' && c != '|' && c != '}' && c != 0x7F;
}

static bool percent(const char *s, size_t len) {
    return len >= 3 && s[0] == '%' && is_hex(s[1]) && is_hex(s[2]);
}

/* One variable of an expression; returns the bytes it takes, 0 when it is none. */
static size_t template_variable(const char *s, size_t len) {
    size_t i = 0;
    bool dot = true;
    while (i < len) {
        char c = s[i];
        if (percent(s + i, len - i)) {
            i += 3;
            dot = false;
        } else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                   c == '_') {
            i++;
            dot = false;
        } else if (c == '.' && !dot) {
            i++;
            dot = true;
        } else {
            break;
        }
    }
    if (i == 0 || dot)
        return 0;
    if (i < len && s[i] == '*')
        return i + 1;
    if (i < len && s[i] == ':') {
        size_t digits = i + 1;
        while (digits < len && s[digits] >= '0' && s[digits] <= '9' && digits < i + 5)
            digits++;
        return digits > i + 1 && s[i + 1] != '0' ? digits : 0;
    }
    return i;
}

static bool uri_template(const char *s, size_t len) {
    for (size_t i = 0; i < len;) {
        uint32_t c;
        if (s[i] == '{') {
            i++;
            if (i < len && s[i] != '\0' && strchr("+#./;?&", s[i]))
                i++;
            for (;;) {
                size_t n = template_variable(s + i, len - i);
                if (n == 0 || i + n == len)
                    return false;
                i += n;
                if (s[i] == '}')
                    break;
                if (s[i++] != ',')
                    return false;
            }
            i++;
        } else if (s[i] == '%') {
            if (!percent(s + i, len - i))
                return false;
            i += 3;
        } else {
            size_t n = nex_utf8_decode(s + i, len - i, &c);
            if (n == 0 || !template_literal(c))
                return false;
            i += n;
        }
    }
    return true;
}

static const struct {
    const char *name;
    nex_format_fn test;
} formats[] = {
    {"date-time", nex_format_date_time},
    {"date", nex_format_date},
    {"time", nex_format_time},
    {"duration", iso_duration},
    {"go-duration", go_duration},
    {"email", nex_format_email},
    {"idn-email", nex_format_idn_email},
    {"hostname", nex_format_hostname},
    {"idn-hostname", nex_format_idn_hostname},
    {"ipv4", nex_format_ipv4},
    {"ipv6", nex_format_ipv6},
    {"uri", nex_format_uri},
    {"uri-reference", nex_format_uri_reference},
    {"iri", nex_format_iri},
    {"iri-reference", nex_format_iri_reference},
    {"uri-template", uri_template},
    {"uuid", uuid},
    {"json-pointer", json_pointer},
    {"relative-json-pointer", relative_json_pointer},
    {"regex", regex},
};

nex_format_fn nex_format_find(const char *name, size_t len) {
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++)
        if (strlen(formats[i].name) == len && memcmp(formats[i].name, name, len) == 0)
            return formats[i].test;
    return NULL;
}

uint32_t nex_format_weight(nex_format_fn test) {
    bool costly = test == regex || test == nex_format_hostname || test == nex_format_idn_hostname ||
                  test == nex_format_email || test == nex_format_idn_email;
    return costly ? 256 : 4;
}

nex_format_result nex_format_check(const char *format, const char *text, size_t len) {
    nex_format_fn test = nex_format_find(format, strlen(format));
    if (!test)
        return NEX_FORMAT_UNKNOWN;
    return nex_utf8_valid(text, len) && test(text, len) ? NEX_FORMAT_VALID : NEX_FORMAT_INVALID;
}
