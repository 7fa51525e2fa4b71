/* keys/jwt.h - what minting and decoding of JWTs share. */
#ifndef NEX_KEYS_JWT_H
#define NEX_KEYS_JWT_H

#include "keys/sodium.h"
#include <nex/keys.h>

/** The only algorithm accepted: Ed25519 over "header.payload", keys as nkeys. */
#define NEX_JWT_ALGORITHM "ed25519-nkey"

/** Appends base64url without padding. */
nex_status nex_jwt_base64_encode(const void *data, size_t len, nex_buf *out);
/** Appends what a base64url text without padding stands for; NEX_EINVAL for anything else. */
nex_status nex_jwt_base64_decode(const char *text, size_t len, nex_buf *out);

/** Appends a JSON string, quotes included, ASCII escaped as Go's encoder does. Text is UTF-8. */
nex_status nex_jwt_append_string(nex_buf *out, const char *text);

enum { NEX_JWT_ID_SIZE = 53 }; /* 52 characters of base32 and a NUL */

/** A JWT's "jti": base32 of the SHA-512/256 of its registered claims as JSON. */
void nex_jwt_id(char out[NEX_JWT_ID_SIZE], const void *claims, size_t len);

#endif
