/* keys/key.h - what a nex_key holds. */
#ifndef NEX_KEYS_KEY_H
#define NEX_KEYS_KEY_H

#include "keys/nkey_text.h"
#include "keys/sodium.h"

struct nex_key {
    nex_key_kind kind;
    uint8_t raw_public[NKEY_RAW_SIZE];
    char public_text[NEX_KEY_TEXT_SIZE];
    /* Guarded pages of libsodium, read-only once filled; NULL for a public key. The first 32
       bytes are the seed; for keys that sign, the public key follows, as Ed25519 wants it. */
    uint8_t *secret;
};

/** The size of `secret` for a kind of key. */
size_t nex_key_secret_size(nex_key_kind kind);

#endif
