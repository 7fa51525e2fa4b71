#include "keys/key.h"

#include <string.h>

static const char version[4] = {'x', 'k', 'v', '1'};

enum { HEAD_SIZE = sizeof version + crypto_box_NONCEBYTES };

/* Both ends need our curve seed and the other side's public curve key. */
static nex_status check_keys(const char *doing, const nex_key *own, const char *other_public,
                             nkey_text *other, nex_error *err) {
    nex_status status = nex_sodium_ready(err);
    if (status != NEX_OK) {
        return status;
    }
    if (own->kind != NEX_KEY_CURVE || own->secret == NULL) {
        return nex_error_set(err, NEX_ESTATE, "%s with the %s key %s: expected a curve seed", doing,
                             nex_key_kind_name(own->kind), own->public_text);
    }
    nkey_form form = nkey_decode(other, other_public, strlen(other_public));
    if (form != NKEY_PUBLIC) {
        nex_wipe(other, sizeof *other);
        return nex_error_set(err, NEX_EINVAL,
                             "%s: the other side's key: %s; expected a public curve key (X...)",
                             doing, nkey_form_reason(form));
    }
    if (other->kind != NEX_KEY_CURVE) {
        return nex_error_set(err, NEX_EINVAL,
                             "%s: the other side's key is a %s key; expected a curve key (X...)",
                             doing, nex_key_kind_name(other->kind));
    }
    return NEX_OK;
}

nex_status nex_box_seal(const nex_key *sender, const char *receiver_public, const void *data,
                        size_t len, nex_buf *out, nex_error *err) {
    nkey_text receiver;
    nex_status status = check_keys("sealing a box", sender, receiver_public, &receiver, err);
    if (status != NEX_OK) {
        return status;
    }
    if (len > SIZE_MAX - HEAD_SIZE - crypto_box_MACBYTES) {
        return nex_error_set(err, NEX_ELIMIT, "sealing a box: %zu bytes are too many", len);
    }
    size_t size = HEAD_SIZE + crypto_box_MACBYTES + len;
    status = nex_buf_reserve(out, size);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "sealing a box of %zu bytes: out of memory", len);
    }
    uint8_t *box = (uint8_t *)out->data + out->len;
    uint8_t *nonce = box + sizeof version;
    memcpy(box, version, sizeof version);
    randombytes_buf(nonce, crypto_box_NONCEBYTES);
    if (crypto_box_easy(box + HEAD_SIZE, data, len, nonce, receiver.raw, sender->secret) != 0) {
        /* Keys of low order give a shared secret that anybody knows. */
        return nex_error_set(err, NEX_EINVAL, "sealing a box to %s: the key is unusable",
                             receiver_public);
    }
    out->len += size;
    out->data[out->len] = '\0';
    return NEX_OK;
}

nex_status nex_box_open(const nex_key *receiver, const char *sender_public, const void *box,
                        size_t len, nex_buf *out, nex_error *err) {
    nkey_text sender;
    nex_status status = check_keys("opening a box", receiver, sender_public, &sender, err);
    if (status != NEX_OK) {
        return status;
    }
    const uint8_t *bytes = box;
    if (len < HEAD_SIZE + crypto_box_MACBYTES || memcmp(bytes, version, sizeof version) != 0) {
        return nex_error_set(err, NEX_EINVAL,
                             "opening a box: expected \"xkv1\", a nonce and at least %d bytes in "
                             "all, got %zu bytes%s",
                             (int)(HEAD_SIZE + crypto_box_MACBYTES), len,
                             len < sizeof version ? "" : " of something else");
    }
    size_t size = len - HEAD_SIZE - crypto_box_MACBYTES;
    /* Room for all of it at once: growing later would leave a copy of the secret behind. */
    status = nex_buf_reserve(out, size);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "opening a box of %zu bytes: out of memory", size);
    }
    uint8_t *plain = (uint8_t *)out->data + out->len;
    if (crypto_box_open_easy(plain, bytes + HEAD_SIZE, len - HEAD_SIZE, bytes + sizeof version,
                             sender.raw, receiver->secret) != 0) {
        out->data[out->len] = '\0';
        return nex_error_set(err, NEX_EREFUSED,
                             "opening a box of %s for %s: it was made by or for another key, or "
                             "was altered",
                             sender_public, receiver->public_text);
    }
    out->len += size;
    out->data[out->len] = '\0';
    return NEX_OK;
}
