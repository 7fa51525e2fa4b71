#include "schema/uri.h"

#include <string.h>

static bool scheme_char(char c, bool first) {
    bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (!first && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.'));
}

nex_uri nex_uri_split(const char *text, size_t len) {
    nex_uri u = {{NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}, {NULL, 0}};
    const char *hash = memchr(text, '#', len);
    if (hash) {
        u.fragment = (nex_span){hash + 1, len - (size_t)(hash - text) - 1};
        len = (size_t)(hash - text);
    }
    const char *mark = memchr(text, '?', len);
    if (mark) {
        u.query = (nex_span){mark + 1, len - (size_t)(mark - text) - 1};
        len = (size_t)(mark - text);
    }
    size_t i = 0;
    while (i < len && scheme_char(text[i], i == 0))
        i++;
    if (i > 0 && i < len && text[i] == ':') {
        u.scheme = (nex_span){text, i};
        text += i + 1;
        len -= i + 1;
    }
    if (len >= 2 && text[0] == '/' && text[1] == '/') {
        const char *slash = memchr(text + 2, '/', len - 2);
        size_t n = slash ? (size_t)(slash - text) - 2 : len - 2;
        u.authority = (nex_span){text + 2, n};
        text += n + 2;
        len -= n + 2;
    }
    u.path = (nex_span){text, len};
    return u;
}

/* Appends a path without its "." and ".." segments, behind what out holds from `root` on. */
static nex_status append_path(nex_buf *out, size_t root, const char *path, size_t len) {
    size_t i = 0;
    while (i < len) {
        size_t start = i;
        if (path[i] == '/')
            i++;
        size_t name = i;
        while (i < len && path[i] != '/')
            i++;
        size_t n = i - name;
        bool dot = n == 1 && path[name] == '.';
        bool dots = n == 2 && path[name] == '.' && path[name + 1] == '.';
        if (!dot && !dots) {
            nex_status status = nex_buf_append(out, path + start, i - start);
            if (status != NEX_OK)
                return status;
            continue;
        }
        if (dots) {
            while (out->len > root && out->data[out->len - 1] != '/')
                out->len--;
            if (out->len > root)
                out->len--;
            if (out->data)
                out->data[out->len] = '\0';
        }
        if (i == len && (start != name || out->len > root)) {
            nex_status status = nex_buf_append(out, "/", 1);
            if (status != NEX_OK)
                return status;
        }
    }
    return NEX_OK;
}

static nex_status append_scheme(nex_buf *out, nex_span scheme) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < scheme.len && status == NEX_OK; i++) {
        char c = scheme.text[i];
        status = nex_buf_append(out, &(char){c >= 'A' && c <= 'Z' ? (char)(c + 32) : c}, 1);
    }
    return status != NEX_OK || !scheme.text ? status : nex_buf_append(out, ":", 1);
}

static nex_status append_authority(nex_buf *out, nex_span authority) {
    if (!authority.text)
        return NEX_OK;
    nex_status status = nex_buf_append(out, "//", 2);
    return status == NEX_OK ? nex_buf_append(out, authority.text, authority.len) : status;
}

static nex_status append_query(nex_buf *out, nex_span query) {
    if (!query.text)
        return NEX_OK;
    nex_status status = nex_buf_append(out, "?", 1);
    return status == NEX_OK ? nex_buf_append(out, query.text, query.len) : status;
}

nex_status nex_uri_resolve(const char *base, size_t base_len, const char *ref, size_t ref_len,
                           nex_buf *out) {
    nex_uri b = nex_uri_split(base, base_len), r = nex_uri_split(ref, ref_len);
    nex_uri from = r.scheme.text ? r : b;
    nex_status status = append_scheme(out, from.scheme);
    if (status != NEX_OK)
        return status;
    if (r.scheme.text || r.authority.text)
        from.authority = r.authority;
    if ((status = append_authority(out, from.authority)) != NEX_OK)
        return status;
    size_t root = out->len;
    if (r.scheme.text || r.authority.text || (r.path.len > 0 && r.path.text[0] == '/')) {
        /* a path that is no hierarchy (urn:a:b) has no dot segments to take out */
        status = r.path.len > 0 && r.path.text[0] == '/'
                     ? append_path(out, root, r.path.text, r.path.len)
                     : nex_buf_append(out, r.path.text, r.path.len);
        return status == NEX_OK ? append_query(out, r.query) : status;
    }
    if (r.path.len == 0) {
        status = nex_buf_append(out, b.path.text, b.path.len);
        return status == NEX_OK ? append_query(out, r.query.text ? r.query : b.query) : status;
    }
    nex_buf merged = NEX_BUF_INIT;
    size_t keep = b.path.len;
    while (keep > 0 && b.path.text[keep - 1] != '/')
        keep--;
    if (b.authority.text && b.path.len == 0)
        status = nex_buf_append(&merged, "/", 1);
    else
        status = nex_buf_append(&merged, b.path.text, keep);
    if (status == NEX_OK)
        status = nex_buf_append(&merged, r.path.text, r.path.len);
    if (status == NEX_OK)
        status = append_path(out, root, merged.data, merged.len);
    nex_buf_free(&merged);
    return status == NEX_OK ? append_query(out, r.query) : status;
}

static int hex(char c) {
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 32);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

nex_status nex_uri_unescape(nex_span fragment, nex_buf *out) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < fragment.len && status == NEX_OK; i++) {
        char c = fragment.text[i];
        if (c == '%') {
            if (fragment.len - i < 3 || hex(fragment.text[i + 1]) < 0 ||
                hex(fragment.text[i + 2]) < 0)
                return NEX_EINVAL;
            c = (char)(hex(fragment.text[i + 1]) << 4 | hex(fragment.text[i + 2]));
            i += 2;
        }
        status = nex_buf_append(out, &c, 1);
    }
    return status;
}
