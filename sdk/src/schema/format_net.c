/*
 * Addresses, host names and mailboxes. IDNA2008 is libidn2's business.
 */
#include "schema/format.h"
#include "json/utf8.h"

#include <idn2.h>
#include <string.h>

enum { MAX_HOST = 253, MAX_LABEL = 63, MAX_LOCAL_PART = 64 };

bool nex_format_ipv4(const char *s, size_t len) {
    size_t i = 0;
    for (int part = 0; part < 4; part++) {
        size_t start = i;
        int value = 0;
        while (i < len && i - start < 3 && s[i] >= '0' && s[i] <= '9')
            value = value * 10 + (s[i++] - '0');
        if (i == start || value > 255 || (i - start > 1 && s[start] == '0'))
            return false;
        if (part < 3 && (i == len || s[i++] != '.'))
            return false;
    }
    return i == len;
}

static bool is_hex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool nex_format_ipv6(const char *s, size_t len) {
    size_t i = 0;
    int groups = 0;
    bool gap = false;
    if (len >= 2 && s[0] == ':' && s[1] == ':') {
        gap = true;
        i = 2;
    }
    while (i < len) {
        size_t start = i;
        while (i < len && i - start < 4 && is_hex(s[i]))
            i++;
        if (i < len && s[i] == '.') {
            if (groups > 6 || !nex_format_ipv4(s + start, len - start))
                return false;
            groups += 2;
            i = len;
            break;
        }
        if (i == start)
            return false;
        groups++;
        if (i == len)
            break;
        if (s[i++] != ':' || i == len)
            return false;
        if (s[i] == ':') {
            if (gap)
                return false;
            gap = true;
            i++;
        }
    }
    return gap ? groups <= 7 : groups == 8;
}

static bool alnum(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* An A-label must be the very encoding of a U-label that IDNA2008 allows. */
static bool a_label(const char *s, size_t len) {
    char label[MAX_LABEL + 1], *unicode = NULL, *again = NULL;
    bool ok = false;
    memcpy(label, s, len);
    label[len] = '\0';
    for (size_t i = 0; i < len; i++)
        if (label[i] >= 'A' && label[i] <= 'Z')
            label[i] = (char)(label[i] + 32);
    if (idn2_to_unicode_8z8z(label, &unicode, 0) == IDN2_OK && strcmp(unicode, label) != 0)
        ok = idn2_register_u8((const uint8_t *)unicode, NULL, (uint8_t **)&again, 0) == IDN2_OK &&
             strcmp(again, label) == 0;
    idn2_free(unicode);
    idn2_free(again);
    return ok;
}

static bool ascii_label(const char *s, size_t len) {
    if (len == 0 || len > MAX_LABEL || s[0] == '-' || s[len - 1] == '-')
        return false;
    for (size_t i = 0; i < len; i++)
        if (!alnum(s[i]) && s[i] != '-')
            return false;
    if (len >= 4 && s[2] == '-' && s[3] == '-')
        return (s[0] | 32) == 'x' && (s[1] | 32) == 'n' && a_label(s, len);
    return true;
}

bool nex_format_hostname(const char *s, size_t len) {
    size_t start = 0;
    if (len == 0 || len > MAX_HOST)
        return false;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && s[i] != '.')
            continue;
        if (!ascii_label(s + start, i - start))
            return false;
        start = i + 1;
    }
    return true;
}

/* A label brought to NFC, as mail does with its domains before they are looked up. */
static bool to_nfc(const char *label, char **out) {
    uint8_t *ascii = NULL;
    bool ok =
        idn2_lookup_u8((const uint8_t *)label, &ascii, IDN2_NFC_INPUT | IDN2_NO_TR46) == IDN2_OK &&
        idn2_to_unicode_8z8z((const char *)ascii, out, 0) == IDN2_OK;
    idn2_free(ascii);
    return ok;
}

/* A label as registries would take it: NFC, every code point and its context allowed. */
static bool u_label(const char *s, size_t len, bool any_form, size_t *ascii_len) {
    char label[4 * MAX_LABEL + 1], *nfc = NULL;
    uint8_t *ascii = NULL;
    bool ok = false;
    if (len == 0 || len >= sizeof label || memchr(s, '\0', len))
        return false;
    memcpy(label, s, len);
    label[len] = '\0';
    if (nex_utf8_count(s, len) == len) {
        *ascii_len = len;
        return ascii_label(s, len);
    }
    int rc = idn2_register_u8((const uint8_t *)label, NULL, &ascii, 0);
    if (rc == IDN2_NOT_NFC && any_form && to_nfc(label, &nfc))
        rc = idn2_register_u8((const uint8_t *)nfc, NULL, &ascii, 0);
    if (rc == IDN2_OK) {
        *ascii_len = strlen((const char *)ascii);
        ok = *ascii_len <= MAX_LABEL;
    }
    idn2_free(nfc);
    idn2_free(ascii);
    return ok;
}

static bool idn_dot(uint32_t c) {
    return c == '.' || c == 0x3002 || c == 0xFF0E || c == 0xFF61;
}

static bool idn_hostname(const char *s, size_t len, bool any_form) {
    size_t start = 0, total = 0, label = 0;
    if (len == 0)
        return false;
    for (size_t i = 0; i <= len;) {
        uint32_t c = '.';
        size_t n = i < len ? nex_utf8_decode(s + i, len - i, &c) : 1;
        if (n == 0)
            return false;
        if (idn_dot(c)) {
            if (!u_label(s + start, i - start, any_form, &label))
                return false;
            total += label + 1;
            start = i + n;
        }
        i += n;
    }
    return total - 1 <= MAX_HOST && nex_format_bidi_domain(s, len);
}

bool nex_format_idn_hostname(const char *s, size_t len) {
    return idn_hostname(s, len, false);
}

static bool atom_char(unsigned char c, bool idn) {
    return alnum((char)c) ||
           (c >= 0x80 ? idn : c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool quoted_string(const char *s, size_t len, bool idn) {
    for (size_t i = 1; i < len - 1; i++) {
        unsigned char c = (unsigned char)s[i];
        if (c == '\\') {
            if (++i == len - 1 || (unsigned char)s[i] < 0x20 || (unsigned char)s[i] > 0x7E)
                return false;
        } else if (c < 0x20 || c == '"' || c == 0x7F || (c >= 0x80 && !idn)) {
            return false;
        }
    }
    return true;
}

static bool local_part(const char *s, size_t len, bool idn) {
    if (len == 0 || len > MAX_LOCAL_PART)
        return false;
    if (s[0] == '"')
        return len >= 2 && s[len - 1] == '"' && quoted_string(s, len, idn);
    for (size_t i = 0; i < len; i++)
        if (s[i] == '.' ? i == 0 || i == len - 1 || s[i - 1] == '.'
                        : !atom_char((unsigned char)s[i], idn))
            return false;
    return true;
}

static bool mailbox(const char *s, size_t len, bool idn) {
    size_t at = len;
    while (at > 0 && s[at - 1] != '@')
        at--;
    if (at == 0 || !local_part(s, at - 1, idn))
        return false;
    const char *domain = s + at;
    size_t n = len - at;
    if (n > 2 && domain[0] == '[' && domain[n - 1] == ']') {
        domain++;
        n -= 2;
        if (n > 5 && memcmp(domain, "IPv6:", 5) == 0)
            return nex_format_ipv6(domain + 5, n - 5);
        return nex_format_ipv4(domain, n);
    }
    return idn ? idn_hostname(domain, n, true) : nex_format_hostname(domain, n);
}

bool nex_format_email(const char *s, size_t len) {
    return mailbox(s, len, false);
}

bool nex_format_idn_email(const char *s, size_t len) {
    return mailbox(s, len, true);
}
