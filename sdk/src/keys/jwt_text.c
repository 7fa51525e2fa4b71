#include "keys/jwt.h"
#include "keys/nkey_text.h"

#include <string.h>

nex_status nex_jwt_base64_encode(const void *data, size_t len, nex_buf *out) {
    if (len > SIZE_MAX / 2) {
        return NEX_ENOMEM;
    }
    size_t size = sodium_base64_ENCODED_LEN(len, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    nex_status status = nex_buf_reserve(out, size);
    if (status != NEX_OK) {
        return status;
    }
    sodium_bin2base64(out->data + out->len, size, data, len,
                      sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    out->len += size - 1;
    return NEX_OK;
}

/* libsodium 1.0.18 also takes '-' and '_' with the top bit set (0xAD, 0xDF), so that a text could
   be altered without its signature noticing. */
static bool is_ascii(const char *text, size_t len) {
    for (size_t i = 0; i < len; i++) {
        if ((unsigned char)text[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

nex_status nex_jwt_base64_decode(const char *text, size_t len, nex_buf *out) {
    size_t written = 0;
    if (!is_ascii(text, len)) {
        return NEX_EINVAL;
    }
    nex_status status = nex_buf_reserve(out, len);
    if (status != NEX_OK) {
        return status;
    }
    int failed = sodium_base642bin((uint8_t *)out->data + out->len, len, text, len, NULL, &written,
                                   NULL, sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    if (failed != 0) {
        out->data[out->len] = '\0';
        return NEX_EINVAL;
    }
    out->len += written;
    out->data[out->len] = '\0';
    return NEX_OK;
}

static nex_status append_escape(nex_buf *out, unsigned code) {
    switch (code) {
    case '"':
        return nex_buf_append(out, "\\\"", 2);
    case '\\':
        return nex_buf_append(out, "\\\\", 2);
    case '\n':
        return nex_buf_append(out, "\\n", 2);
    case '\r':
        return nex_buf_append(out, "\\r", 2);
    case '\t':
        return nex_buf_append(out, "\\t", 2);
    default:
        return nex_buf_printf(out, "\\u%04x", code);
    }
}

nex_status nex_jwt_append_string(nex_buf *out, const char *text) {
    nex_status status = nex_buf_append(out, "\"", 1);
    const char *run = text;
    for (const char *at = text; status == NEX_OK && *at != '\0'; at++) {
        unsigned char c = (unsigned char)*at;
        if (c >= 0x20 && strchr("\"\\<>&", c) == NULL) {
            continue;
        }
        status = nex_buf_append(out, run, (size_t)(at - run));
        if (status == NEX_OK) {
            status = append_escape(out, c);
        }
        run = at + 1;
    }
    if (status == NEX_OK) {
        status = nex_buf_append_str(out, run);
    }
    return status == NEX_OK ? nex_buf_append(out, "\"", 1) : status;
}

void nex_jwt_id(char out[NEX_JWT_ID_SIZE], const void *claims, size_t len) {
    /* SHA-512/256 (FIPS 180-4) is SHA-512 from another starting point, cut to 256 bits.
       libsodium has no function for it, but its SHA-512 state is public. */
    static const uint64_t start[8] = {
        0x22312194fc2bf72cu, 0x9f555fa3c84c64c2u, 0x2393b86b6f53b151u, 0x963877195940eabdu,
        0x96283ee2a88effe3u, 0xbe5e1e2553863992u, 0x2b0199fc2c85b8aau, 0x0eb72ddc81c52ca2u,
    };
    crypto_hash_sha512_state hash;
    uint8_t digest[crypto_hash_sha512_BYTES];
    crypto_hash_sha512_init(&hash);
    memcpy(hash.state, start, sizeof start);
    crypto_hash_sha512_update(&hash, claims, len);
    crypto_hash_sha512_final(&hash, digest);
    nkey_base32_encode(out, digest, 32);
}
