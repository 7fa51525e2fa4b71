/* Reads the test vectors that independent implementations made. */
#ifndef NEX_TEST_KEYS_VECTORS_H
#define NEX_TEST_KEYS_VECTORS_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include <cmocka.h>
#include <jansson.h>
#include <nex/keys.h>
#include <string.h>

static inline json_t *load_vectors(const char *file) {
    char path[4096];
    json_error_t why;
    snprintf(path, sizeof path, "%s/%s", NEX_TEST_DATA, file);
    json_t *root = json_load_file(path, 0, &why);
    if (root == NULL) {
        fail_msg("%s: %s (line %d)", path, why.text, why.line);
    }
    return root;
}

static inline const char *text_of(const json_t *object, const char *name) {
    const char *text = json_string_value(json_object_get(object, name));
    if (text == NULL) {
        fail_msg("the vector has no text \"%s\"", name);
    }
    return text;
}

static inline nex_buf bytes_of(const json_t *object, const char *name) {
    nex_buf bytes = NEX_BUF_INIT;
    const char *text = text_of(object, name);
    assert_int_equal(nex_base64_decode(text, strlen(text), &bytes, NULL), NEX_OK);
    return bytes;
}

#endif
