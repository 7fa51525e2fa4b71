#include "keys/sodium.h"

#include <nex/keys.h>

nex_status nex_sodium_ready(nex_error *err) {
    if (sodium_init() < 0) {
        return nex_error_set(err, NEX_EINTERNAL,
                             "starting libsodium: no source of randomness could be opened");
    }
    return NEX_OK;
}

void nex_wipe(void *data, size_t len) {
    if (data != NULL) {
        sodium_memzero(data, len);
    }
}

void nex_buf_wipe(nex_buf *buf) {
    if (buf == NULL) {
        return;
    }
    /* All of the capacity: an earlier, longer content may lie behind the present one. */
    nex_wipe(buf->data, buf->cap);
    nex_buf_free(buf);
}
