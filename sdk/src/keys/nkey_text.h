/* keys/nkey_text.h - the text form of nkeys: base32 of prefix, key and CRC-16. */
#ifndef NEX_KEYS_NKEY_TEXT_H
#define NEX_KEYS_NKEY_TEXT_H

#include <nex/keys.h>

enum {
    NKEY_RAW_SIZE = 32,
    NKEY_PUBLIC_LEN = 56,  /* 1 prefix byte, 32 of key, 2 of checksum */
    NKEY_SEED_LEN = 58,    /* 2 prefix bytes */
    NKEY_PRIVATE_LEN = 108 /* 1 prefix byte, 64 of key */
};

/** What a text turned out to be, or why it is none. */
typedef enum nkey_form {
    NKEY_PUBLIC,
    NKEY_SEED,
    NKEY_PRIVATE, /**< well-formed, but never decoded: see nkey_decode */
    NKEY_BAD_LENGTH,
    NKEY_BAD_CHARACTER,
    NKEY_BAD_CHECKSUM,
    NKEY_BAD_PREFIX
} nkey_form;

typedef struct nkey_text {
    nex_key_kind kind;
    uint8_t raw[NKEY_RAW_SIZE];
} nkey_text;

/**
 * Takes a text apart. `out` is filled for NKEY_PUBLIC and NKEY_SEED only and wiped otherwise.
 * A private key's text ("P...") is recognised but its bytes are not handed out: nothing writes
 * one, and accepting it would give every secret a second name.
 */
nkey_form nkey_decode(nkey_text *out, const char *text, size_t len);

/** "wrong checksum", ...: the reason, without any part of the text. */
const char *nkey_form_reason(nkey_form form);

void nkey_encode_public(char out[NEX_KEY_TEXT_SIZE], nex_key_kind kind,
                        const uint8_t raw[NKEY_RAW_SIZE]);
void nkey_encode_seed(char out[NEX_KEY_TEXT_SIZE], nex_key_kind kind,
                      const uint8_t raw[NKEY_RAW_SIZE]);

/** Base32 (RFC 4648) without padding; `out` has room for the text and its NUL. */
void nkey_base32_encode(char *out, const uint8_t *data, size_t len);

#endif
