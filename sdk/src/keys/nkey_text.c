#include "keys/nkey_text.h"

#include <string.h>

/* A prefix byte is the text's first letter in base32, shifted to the top of the byte. */
enum { PREFIX_SEED = 18 << 3, PREFIX_PRIVATE = 15 << 3 };

enum { MAX_BYTES = 67 }; /* of a private key, the longest form */

static const struct {
    nex_key_kind kind;
    uint8_t prefix;
    const char *name;
} kinds[] = {
    {NEX_KEY_OPERATOR, 14 << 3, "operator"}, {NEX_KEY_ACCOUNT, 0, "account"},
    {NEX_KEY_USER, 20 << 3, "user"},         {NEX_KEY_SERVER, 13 << 3, "server"},
    {NEX_KEY_CLUSTER, 2 << 3, "cluster"},    {NEX_KEY_CURVE, 23 << 3, "curve"},
};

enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

const char *nex_key_kind_name(nex_key_kind kind) {
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (kinds[i].kind == kind) {
            return kinds[i].name;
        }
    }
    return "unknown";
}

static nex_key_kind kind_of_prefix(uint8_t prefix) {
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (kinds[i].prefix == prefix) {
            return kinds[i].kind;
        }
    }
    return NEX_KEY_UNKNOWN;
}

static uint8_t prefix_of_kind(nex_key_kind kind) {
    for (size_t i = 0; i < KIND_COUNT; i++) {
        if (kinds[i].kind == kind) {
            return kinds[i].prefix;
        }
    }
    return 0;
}

/* CRC-16/XMODEM, which nkeys store with the low byte first. */
static uint16_t crc16(const uint8_t *data, size_t len) {
    uint16_t crc = 0;
    for (size_t i = 0; i < len; i++) {
        crc = (uint16_t)(crc ^ (data[i] << 8));
        for (int bit = 0; bit < 8; bit++) {
            crc = (uint16_t)((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1);
        }
    }
    return crc;
}

void nkey_base32_encode(char *out, const uint8_t *data, size_t len) {
    static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < len; i++) {
        bits = (bits << 8) | data[i];
        count += 8;
        while (count >= 5) {
            count -= 5;
            *out++ = alphabet[(bits >> count) & 31];
        }
    }
    if (count > 0) {
        *out++ = alphabet[(bits << (5 - count)) & 31];
    }
    *out = '\0';
}

static int base32_value(char c) {
    if (c >= 'A' && c <= 'Z') {
        return c - 'A';
    }
    if (c >= '2' && c <= '7') {
        return c - '2' + 26;
    }
    return -1;
}

/* Decodes len characters to len * 5 / 8 bytes. Bits left over must be zero, so that a key has
   one text only. */
static bool base32_decode(uint8_t *out, const char *text, size_t len) {
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; i < len; i++) {
        int value = base32_value(text[i]);
        if (value < 0) {
            return false;
        }
        bits = (bits << 5) | (uint32_t)value;
        count += 5;
        if (count >= 8) {
            count -= 8;
            *out++ = (uint8_t)(bits >> count);
        }
    }
    return (bits & ((1u << count) - 1u)) == 0;
}

static nkey_form decode_bytes(nkey_text *out, const uint8_t *bytes, size_t size) {
    uint16_t stored = (uint16_t)(bytes[size - 2] | (bytes[size - 1] << 8));
    if (crc16(bytes, size - 2) != stored) {
        return NKEY_BAD_CHECKSUM;
    }
    if (size == MAX_BYTES) {
        return bytes[0] == PREFIX_PRIVATE ? NKEY_PRIVATE : NKEY_BAD_PREFIX;
    }
    size_t prefix_size = size - 2 - NKEY_RAW_SIZE;
    if (prefix_size == 1) {
        out->kind = kind_of_prefix(bytes[0]);
    } else if ((bytes[0] & 0xF8) == PREFIX_SEED && (bytes[1] & 7) == 0) {
        /* The kind's prefix byte straddles the two: its top three bits, then its low five. */
        out->kind = kind_of_prefix((uint8_t)(((bytes[0] & 7) << 5) | (bytes[1] >> 3)));
    }
    if (out->kind == NEX_KEY_UNKNOWN) {
        return NKEY_BAD_PREFIX;
    }
    memcpy(out->raw, bytes + prefix_size, NKEY_RAW_SIZE);
    return prefix_size == 1 ? NKEY_PUBLIC : NKEY_SEED;
}

nkey_form nkey_decode(nkey_text *out, const char *text, size_t len) {
    uint8_t bytes[MAX_BYTES];
    memset(out, 0, sizeof *out);
    if (len != NKEY_PUBLIC_LEN && len != NKEY_SEED_LEN && len != NKEY_PRIVATE_LEN) {
        return NKEY_BAD_LENGTH;
    }
    nkey_form form = NKEY_BAD_CHARACTER;
    if (base32_decode(bytes, text, len)) {
        form = decode_bytes(out, bytes, len * 5 / 8);
    }
    nex_wipe(bytes, sizeof bytes);
    if (form != NKEY_PUBLIC && form != NKEY_SEED) {
        nex_wipe(out, sizeof *out);
    }
    return form;
}

const char *nkey_form_reason(nkey_form form) {
    switch (form) {
    case NKEY_PUBLIC:
        return "it is a public key";
    case NKEY_SEED:
        return "it is a seed";
    case NKEY_PRIVATE:
        return "it is a private key (P...), which is never accepted";
    case NKEY_BAD_LENGTH:
        return "wrong length";
    case NKEY_BAD_CHARACTER:
        return "not base32";
    case NKEY_BAD_CHECKSUM:
        return "wrong checksum";
    case NKEY_BAD_PREFIX:
        return "unknown prefix";
    }
    return "not an nkey";
}

static void encode(char *out, uint8_t *bytes, size_t size) {
    uint16_t crc = crc16(bytes, size - 2);
    bytes[size - 2] = (uint8_t)(crc & 0xFF);
    bytes[size - 1] = (uint8_t)(crc >> 8);
    nkey_base32_encode(out, bytes, size);
}

void nkey_encode_public(char out[NEX_KEY_TEXT_SIZE], nex_key_kind kind,
                        const uint8_t raw[NKEY_RAW_SIZE]) {
    uint8_t bytes[1 + NKEY_RAW_SIZE + 2];
    bytes[0] = prefix_of_kind(kind);
    memcpy(bytes + 1, raw, NKEY_RAW_SIZE);
    encode(out, bytes, sizeof bytes);
}

void nkey_encode_seed(char out[NEX_KEY_TEXT_SIZE], nex_key_kind kind,
                      const uint8_t raw[NKEY_RAW_SIZE]) {
    uint8_t bytes[2 + NKEY_RAW_SIZE + 2];
    uint8_t prefix = prefix_of_kind(kind);
    bytes[0] = (uint8_t)(PREFIX_SEED | (prefix >> 5));
    bytes[1] = (uint8_t)((prefix & 31) << 3);
    memcpy(bytes + 2, raw, NKEY_RAW_SIZE);
    encode(out, bytes, sizeof bytes);
    nex_wipe(bytes, sizeof bytes);
}
