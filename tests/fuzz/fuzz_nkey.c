/* nkey texts from strangers: whatever is accepted means exactly one text. */
#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool holds) {
    if (!holds) {
        abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char seed[NEX_KEY_TEXT_SIZE];
    nex_error err;
    nex_key *key = NULL;
    char *text = malloc(size + 1);
    check(text != NULL);
    memcpy(text, data, size);
    text[size] = '\0';

    nex_status status = nex_key_from_seed(&key, text, &err);
    check((status == NEX_OK) == (key != NULL));
    if (key != NULL) {
        check(nex_key_seed(key, seed) == NEX_OK && strcmp(seed, text) == 0);
        check(nex_key_public_kind(nex_key_public(key)) == nex_key_get_kind(key));
    } else if (strlen(text) > 16) {
        check(strstr(err.message, text) == NULL);
    }
    nex_key_free(key);

    status = nex_key_from_public(&key, text, &err);
    check((status == NEX_OK) == (nex_key_public_kind(text) != NEX_KEY_UNKNOWN));
    check(status != NEX_OK || strcmp(nex_key_public(key), text) == 0);
    nex_key_free(key);
    free(text);
    return 0;
}
