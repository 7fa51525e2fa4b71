#include "core/base64.h"

static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

static int digit_of(char c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= 'a' && c <= 'z') {
        return c - 'a' + 26;
    }
    if (c >= '0' && c <= '9') {
        return c - '0' + 52;
    }
    return c == '+' ? 62 : c == '/' ? 63 : -1;
}

void nex_base64_write(const uint8_t *data, size_t len, char *out) {
    size_t i = 0;
    for (; len - i >= 3; i += 3) {
        uint32_t group = (uint32_t)data[i] << 16 | (uint32_t)data[i + 1] << 8 | data[i + 2];
        *out++ = alphabet[group >> 18];
        *out++ = alphabet[group >> 12 & 63];
        *out++ = alphabet[group >> 6 & 63];
        *out++ = alphabet[group & 63];
    }
    if (i < len) {
        bool two = len - i == 2;
        uint32_t group = (uint32_t)data[i] << 16 | (two ? (uint32_t)data[i + 1] << 8 : 0);
        *out++ = alphabet[group >> 18];
        *out++ = alphabet[group >> 12 & 63];
        *out++ = two ? alphabet[group >> 6 & 63] : '=';
        *out++ = '=';
    }
}

nex_status nex_base64_encode(const void *data, size_t len, nex_buf *out) {
    if (len > SIZE_MAX / 2) {
        return NEX_ENOMEM;
    }
    size_t size = nex_base64_encoded_size(len);
    nex_status status = nex_buf_reserve(out, size);
    if (status != NEX_OK) {
        return status;
    }
    nex_base64_write(data, len, out->data + out->len);
    out->len += size;
    out->data[out->len] = '\0';
    return NEX_OK;
}

bool nex_base64_read(const char *text, size_t len, uint8_t *out, size_t *out_len, size_t *bad) {
    uint32_t group = 0;
    unsigned digits = 0;
    unsigned padding = 0;
    size_t n = 0;
    for (size_t i = 0; i < len; i++) {
        char c = text[i];
        if (c == '\n' || c == '\r') {
            continue;
        }
        *bad = i;
        if (c == '=') {
            /* Padding fills a group that has two or three digits, and ends the text. */
            if (digits < 2 || digits + ++padding > 4) {
                return false;
            }
            continue;
        }
        int digit = digit_of(c);
        if (digit < 0 || padding > 0) {
            return false;
        }
        group = group << 6 | (uint32_t)digit;
        if (++digits == 4) {
            out[n++] = (uint8_t)(group >> 16);
            out[n++] = (uint8_t)(group >> 8);
            out[n++] = (uint8_t)group;
            group = 0;
            digits = 0;
        }
    }
    *bad = len;
    if (digits > 0) {
        if (digits + padding != 4) {
            return false;
        }
        out[n++] = (uint8_t)(group >> (digits == 2 ? 4 : 10));
        if (digits == 3) {
            out[n++] = (uint8_t)(group >> 2);
        }
    }
    *out_len = n;
    return true;
}

nex_status nex_base64_decode(const char *text, size_t len, nex_buf *out, nex_error *err) {
    nex_status status = nex_buf_reserve(out, nex_base64_decoded_size(len));
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory decoding %zu bytes of base64", len);
    }
    size_t decoded = 0;
    size_t bad = 0;
    if (!nex_base64_read(text, len, (uint8_t *)out->data + out->len, &decoded, &bad)) {
        out->data[out->len] = '\0';
        nex_error_set(err, NEX_EINVAL, "not base64: %s at byte %zu",
                      bad == len ? "the text ends too early" : "unexpected character", bad);
        if (err != NULL) {
            err->offset = bad;
        }
        return NEX_EINVAL;
    }
    out->len += decoded;
    out->data[out->len] = '\0';
    return NEX_OK;
}
