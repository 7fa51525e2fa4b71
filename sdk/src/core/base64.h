/* Base64 into memory of the caller's, for those who know the size beforehand. */
#ifndef NEX_CORE_BASE64_H
#define NEX_CORE_BASE64_H

#include <nex/core.h>

/** Room that `len` bytes of text need when decoded, at most. */
static inline size_t nex_base64_decoded_size(size_t len) {
    return len / 4 * 3 + 3;
}

/** Length of the text of `len` bytes. */
static inline size_t nex_base64_encoded_size(size_t len) {
    return len / 3 * 4 + (len % 3 != 0 ? 4 : 0);
}

/** Writes nex_base64_encoded_size(len) bytes, without a NUL. */
void nex_base64_write(const uint8_t *data, size_t len, char *out);

/**
 * Decodes into `out`, which has nex_base64_decoded_size(len) bytes. Line ends are skipped, as
 * Go's decoder does. False when the text is not padded base64; *bad is then the place.
 */
bool nex_base64_read(const char *text, size_t len, uint8_t *out, size_t *out_len, size_t *bad);

#endif
