#include "codec/path.h"

#include <stdio.h>
#include <string.h>

static void prepend(nex_path *path, const char *text, size_t len) {
    size_t room = sizeof path->text;
    len = len < room ? len : room;
    size_t kept = path->len < room - len ? path->len : room - len;
    memmove(path->text + len, path->text, kept);
    memcpy(path->text, text, len);
    path->len = len + kept;
}

void nex_path_prepend_key(nex_path *path, const char *key, size_t len) {
    char escaped[sizeof path->text];
    size_t n = 0;
    escaped[n++] = '/';
    for (size_t i = 0; i < len && n + 2 <= sizeof escaped; i++) {
        if (key[i] == '~' || key[i] == '/') {
            escaped[n++] = '~';
            escaped[n++] = key[i] == '~' ? '0' : '1';
        } else {
            escaped[n++] = key[i];
        }
    }
    prepend(path, escaped, n);
}

void nex_path_prepend_index(nex_path *path, size_t index) {
    char text[32];
    int n = snprintf(text, sizeof text, "/%zu", index);
    prepend(path, text, (size_t)n);
}

size_t nex_utf8_prefix(const char *text, size_t len, size_t max) {
    if (len <= max) {
        return len;
    }
    while (max > 0 && ((unsigned char)text[max] & 0xC0) == 0x80) {
        max--;
    }
    return max;
}

void nex_path_to_error(const nex_path *path, nex_error *err) {
    if (err == NULL) {
        return;
    }
    size_t len = path->len;
    bool cut = len > sizeof err->pointer - 1;
    if (cut) {
        len = nex_utf8_prefix(path->text, len, sizeof err->pointer - 4);
    }
    memcpy(err->pointer, path->text, len);
    memcpy(err->pointer + len, cut ? "..." : "", cut ? 4 : 1);
    if (len > 0) {
        nex_error_prefix(err, err->code, "%s", err->pointer);
    }
}
