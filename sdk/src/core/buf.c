#include <nex/core.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 256 };

void nex_buf_free(nex_buf *buf) {
    if (buf == NULL) {
        return;
    }
    free(buf->data);
    *buf = (nex_buf)NEX_BUF_INIT;
}

void nex_buf_clear(nex_buf *buf) {
    buf->len = 0;
    if (buf->data != NULL) {
        buf->data[0] = '\0';
    }
}

nex_status nex_buf_reserve(nex_buf *buf, size_t more) {
    if (more < buf->cap - buf->len) {
        return NEX_OK;
    }
    if (more >= PTRDIFF_MAX - buf->len) {
        return NEX_ENOMEM;
    }
    size_t needed = buf->len + more + 1;
    size_t cap = buf->cap < FIRST_CAPACITY ? FIRST_CAPACITY : buf->cap;
    while (cap < needed) {
        cap *= 2;
    }
    char *data = realloc(buf->data, cap);
    if (data == NULL) {
        return NEX_ENOMEM;
    }
    data[buf->len] = '\0';
    buf->data = data;
    buf->cap = cap;
    return NEX_OK;
}

nex_status nex_buf_append(nex_buf *buf, const void *data, size_t len) {
    nex_status status = nex_buf_reserve(buf, len);
    if (status != NEX_OK) {
        return status;
    }
    if (len > 0) {
        memcpy(buf->data + buf->len, data, len);
        buf->len += len;
    }
    buf->data[buf->len] = '\0';
    return NEX_OK;
}

nex_status nex_buf_append_str(nex_buf *buf, const char *text) {
    return nex_buf_append(buf, text, strlen(text));
}

nex_status nex_buf_vprintf(nex_buf *buf, const char *fmt, va_list args) {
    va_list again;
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, fmt, args);
    nex_status status = n < 0 ? NEX_EINVAL : nex_buf_reserve(buf, (size_t)n);
    if (status == NEX_OK) {
        vsnprintf(buf->data + buf->len, (size_t)n + 1, fmt, again);
        buf->len += (size_t)n;
    }
    va_end(again);
    return status;
}

nex_status nex_buf_printf(nex_buf *buf, const char *fmt, ...) {
    va_list args;
    va_start(args, fmt);
    nex_status status = nex_buf_vprintf(buf, fmt, args);
    va_end(args);
    return status;
}

char *nex_buf_take(nex_buf *buf) {
    char *data = buf->data;
    *buf = (nex_buf)NEX_BUF_INIT;
    return data;
}
