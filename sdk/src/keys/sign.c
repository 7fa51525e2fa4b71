#include "keys/key.h"

#include <string.h>

static nex_status check_signer(const nex_key *key, nex_error *err) {
    if (key->secret == NULL || key->kind == NEX_KEY_CURVE) {
        return nex_error_set(err, NEX_ESTATE,
                             "signing with the %s key %s: expected a seed of a key that signs%s",
                             nex_key_kind_name(key->kind), key->public_text,
                             key->kind == NEX_KEY_CURVE ? ", curve keys only make boxes"
                                                        : ", only the public key is known");
    }
    return NEX_OK;
}

nex_status nex_key_sign(const nex_key *key, const void *data, size_t len,
                        uint8_t out[NEX_SIGNATURE_SIZE], nex_error *err) {
    nex_status status = nex_sodium_ready(err);
    if (status == NEX_OK) {
        status = check_signer(key, err);
    }
    if (status != NEX_OK) {
        return status;
    }
    if (crypto_sign_detached(out, NULL, data, len, key->secret) != 0) {
        return nex_error_set(err, NEX_EINTERNAL, "signing with %s: libsodium refused",
                             key->public_text);
    }
    return NEX_OK;
}

/*
 * An Ed25519 signature is (R, S) with R = r B and S = r + H(R, A, M) a. Verifying asks for no
 * particular r; the standard derives it from the text so that nothing depends on randomness.
 * Here it is drawn at random instead, to get another R for the same text.
 */
static bool sign_at_random(const nex_key *key, const void *data, size_t len,
                           uint8_t out[NEX_SIGNATURE_SIZE]) {
    uint8_t wide[crypto_hash_sha512_BYTES];
    uint8_t a[crypto_core_ed25519_SCALARBYTES];
    uint8_t r[crypto_core_ed25519_SCALARBYTES];
    uint8_t h[crypto_core_ed25519_SCALARBYTES];
    crypto_hash_sha512_state hash;

    crypto_hash_sha512(wide, key->secret, NKEY_RAW_SIZE);
    wide[0] &= 248;
    wide[31] = (uint8_t)((wide[31] & 127) | 64);
    memset(wide + 32, 0, 32);
    crypto_core_ed25519_scalar_reduce(a, wide);

    crypto_core_ed25519_scalar_random(r);
    bool done = crypto_scalarmult_ed25519_base_noclamp(out, r) == 0;

    crypto_hash_sha512_init(&hash);
    crypto_hash_sha512_update(&hash, out, 32);
    crypto_hash_sha512_update(&hash, key->raw_public, NKEY_RAW_SIZE);
    crypto_hash_sha512_update(&hash, data, len);
    crypto_hash_sha512_final(&hash, wide);
    crypto_core_ed25519_scalar_reduce(h, wide);
    crypto_core_ed25519_scalar_mul(h, h, a);
    crypto_core_ed25519_scalar_add(out + 32, h, r);

    nex_wipe(wide, sizeof wide);
    nex_wipe(a, sizeof a);
    nex_wipe(r, sizeof r);
    return done;
}

nex_status nex_key_sign_nonce(const nex_key *key, const void *nonce, size_t len,
                              uint8_t out[NEX_SIGNATURE_SIZE], nex_error *err) {
    nex_status status = nex_key_sign(key, nonce, len, out, err);
    while (status == NEX_OK && out[0] == 0) {
        if (!sign_at_random(key, nonce, len, out)) {
            return nex_error_set(err, NEX_EINTERNAL, "signing with %s: libsodium refused",
                                 key->public_text);
        }
    }
    return status;
}
