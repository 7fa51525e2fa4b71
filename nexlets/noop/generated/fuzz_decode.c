/*
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 339457a2c2078128); do not edit.
 *
 * libFuzzer: whatever decodes must encode, decode again and be the same.
 */
#include <start_request.h>

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size);

int LLVMFuzzerTestOneInput(const unsigned char *data, size_t size) {
    noop_start_request *first = NULL, *second = NULL;
    nex_error err;
    if (noop_start_request_decode(&first, (const char *)data, size, &err) != NEX_OK) {
        return 0;
    }
    (void)noop_start_request_validate(first, &err);
    nex_buf text = NEX_BUF_INIT;
    if (noop_start_request_encode(first, &text) == NEX_OK) {
        if (noop_start_request_decode(&second, text.data, text.len, &err) != NEX_OK ||
            !noop_start_request_equal(first, second)) {
            abort();
        }
    }
    nex_buf_free(&text);
    noop_start_request_free(first);
    noop_start_request_free(second);
    return 0;
}
