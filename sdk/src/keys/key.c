#include "keys/key.h"

#include <stdlib.h>
#include <string.h>

size_t nex_key_secret_size(nex_key_kind kind) {
    return kind == NEX_KEY_CURVE ? crypto_box_SECRETKEYBYTES : crypto_sign_SECRETKEYBYTES;
}

static nex_status no_memory(nex_error *err, nex_key_kind kind) {
    return nex_error_set(err, NEX_ENOMEM, "making a %s key: out of memory",
                         nex_key_kind_name(kind));
}

nex_status nex_key_from_raw(nex_key **out, nex_key_kind kind, const uint8_t secret[32],
                            nex_error *err) {
    *out = NULL;
    if (kind < NEX_KEY_OPERATOR || kind > NEX_KEY_CURVE) {
        return nex_error_set(err, NEX_EINVAL, "making a key: kind %d is none of nkeys", (int)kind);
    }
    nex_status status = nex_sodium_ready(err);
    if (status != NEX_OK) {
        return status;
    }
    nex_key *key = calloc(1, sizeof *key);
    if (key == NULL) {
        return no_memory(err, kind);
    }
    key->kind = kind;
    key->secret = sodium_malloc(nex_key_secret_size(kind));
    if (key->secret == NULL) {
        free(key);
        return no_memory(err, kind);
    }
    int failed;
    if (kind == NEX_KEY_CURVE) {
        memcpy(key->secret, secret, NKEY_RAW_SIZE);
        failed = crypto_scalarmult_base(key->raw_public, key->secret);
    } else {
        failed = crypto_sign_seed_keypair(key->raw_public, key->secret, secret);
    }
    if (failed != 0 || sodium_mprotect_readonly(key->secret) != 0) {
        nex_key_free(key);
        return nex_error_set(err, NEX_EINTERNAL, "making a %s key: libsodium refused",
                             nex_key_kind_name(kind));
    }
    nkey_encode_public(key->public_text, kind, key->raw_public);
    *out = key;
    return NEX_OK;
}

nex_status nex_key_generate(nex_key **out, nex_key_kind kind, nex_error *err) {
    uint8_t secret[NKEY_RAW_SIZE];
    *out = NULL;
    nex_status status = nex_sodium_ready(err);
    if (status != NEX_OK) {
        return status;
    }
    randombytes_buf(secret, sizeof secret);
    status = nex_key_from_raw(out, kind, secret, err);
    nex_wipe(secret, sizeof secret);
    return status;
}

nex_status nex_key_from_seed(nex_key **out, const char *seed, nex_error *err) {
    nkey_text text;
    *out = NULL;
    nkey_form form = nkey_decode(&text, seed, strlen(seed));
    if (form != NKEY_SEED) {
        nex_wipe(&text, sizeof text);
        return nex_error_set(err, NEX_EINVAL,
                             "reading an nkey seed: %s; expected %d characters of base32 that "
                             "begin with S (the text is not repeated, it may be a secret)",
                             nkey_form_reason(form), NKEY_SEED_LEN);
    }
    nex_status status = nex_key_from_raw(out, text.kind, text.raw, err);
    nex_wipe(&text, sizeof text);
    return status;
}

nex_status nex_key_from_public(nex_key **out, const char *public_key, nex_error *err) {
    nkey_text text;
    *out = NULL;
    nkey_form form = nkey_decode(&text, public_key, strlen(public_key));
    if (form != NKEY_PUBLIC) {
        nex_wipe(&text, sizeof text);
        /* Not repeated either: people paste a seed where a public key belongs. */
        return nex_error_set(err, NEX_EINVAL,
                             "reading a public nkey: %s; expected %d characters of base32",
                             nkey_form_reason(form), NKEY_PUBLIC_LEN);
    }
    nex_key *key = calloc(1, sizeof *key);
    if (key == NULL) {
        return no_memory(err, text.kind);
    }
    key->kind = text.kind;
    memcpy(key->raw_public, text.raw, NKEY_RAW_SIZE);
    nkey_encode_public(key->public_text, key->kind, key->raw_public);
    *out = key;
    return NEX_OK;
}

void nex_key_free(nex_key *key) {
    if (key == NULL) {
        return;
    }
    sodium_free(key->secret); /* wipes; NULL is fine */
    nex_wipe(key, sizeof *key);
    free(key);
}

nex_key_kind nex_key_get_kind(const nex_key *key) {
    return key->kind;
}

const char *nex_key_public(const nex_key *key) {
    return key->public_text;
}

nex_status nex_key_seed(const nex_key *key, char out[NEX_KEY_TEXT_SIZE]) {
    if (key->secret == NULL) {
        out[0] = '\0';
        return NEX_ESTATE;
    }
    nkey_encode_seed(out, key->kind, key->secret);
    return NEX_OK;
}

nex_key_kind nex_key_public_kind(const char *text) {
    nkey_text parts;
    nkey_form form = nkey_decode(&parts, text, strlen(text));
    nex_key_kind kind = form == NKEY_PUBLIC ? parts.kind : NEX_KEY_UNKNOWN;
    nex_wipe(&parts, sizeof parts);
    return kind;
}

nex_status nex_key_verify(const nex_key *key, const void *data, size_t len,
                          const uint8_t *signature, size_t signature_len, nex_error *err) {
    nex_status status = nex_sodium_ready(err);
    if (status != NEX_OK) {
        return status;
    }
    if (key->kind == NEX_KEY_CURVE) {
        return nex_error_set(err, NEX_ESTATE,
                             "verifying with the curve key %s: curve keys only make boxes",
                             key->public_text);
    }
    if (signature_len != NEX_SIGNATURE_SIZE) {
        return nex_error_set(err, NEX_EREFUSED,
                             "verifying a signature of %s: expected %d bytes, got %zu",
                             key->public_text, NEX_SIGNATURE_SIZE, signature_len);
    }
    if (crypto_sign_verify_detached(signature, data, len, key->raw_public) != 0) {
        return nex_error_set(err, NEX_EREFUSED,
                             "verifying a signature of %s: it does not fit the data",
                             key->public_text);
    }
    return NEX_OK;
}
