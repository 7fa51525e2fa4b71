/* The portable masks against those of the machine's instructions, and both against a plain loop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "codec/scan.h"

#include "portable_scan.h"

static bool odd_for_decode(unsigned char c) {
    return c < ' ' || c >= 0x80 || c == '"' || c == '\\';
}

static bool odd_for_encode(unsigned char c) {
    return odd_for_decode(c) || c == '<' || c == '>' || c == '&';
}

static void check(const char text[16]) {
    uint32_t decode = 0;
    uint32_t encode = 0;
    for (unsigned i = 0; i < 16; i++) {
        decode |= (uint32_t)odd_for_decode((unsigned char)text[i]) << i;
        encode |= (uint32_t)odd_for_encode((unsigned char)text[i]) << i;
    }
    assert_int_equal(nex_mask_decode(nex_text16_load(text)), decode);
    assert_int_equal(nex_mask_encode(nex_text16_load(text)), encode);
    assert_int_equal(portable_mask_decode(text), decode);
    assert_int_equal(portable_mask_encode(text), encode);
}

static void every_byte_in_every_place(void **state) {
    (void)state;
    for (unsigned c = 0; c < 256; c++) {
        for (unsigned at = 0; at < 16; at++) {
            char text[16];
            memset(text, 'x', sizeof text);
            text[at] = (char)c;
            check(text);
            memset(text, 0x21, sizeof text); /* one from a quote: a borrow would show */
            text[at] = (char)c;
            check(text);
        }
    }
}

static void random_bytes(void **state) {
    (void)state;
    uint64_t seed = 1;
    for (int i = 0; i < 100000; i++) {
        char text[16];
        for (size_t k = 0; k < sizeof text; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            text[k] = (char)(seed >> 56);
        }
        check(text);
    }
}

static void texts_are_stored_as_they_were_loaded(void **state) {
    (void)state;
    const char *text = "0123456789abcdef";
    char copy[16];
    nex_text16_store(copy, nex_text16_load(text));
    assert_memory_equal(copy, text, 16);
    portable_copy(copy, "fedcba9876543210");
    assert_memory_equal(copy, "fedcba9876543210", 16);
    uint64_t low = nex_load64(text);
    uint64_t high = nex_load64(text + 8);
    nex_text16_store(copy, nex_text16_of(low, high));
    assert_memory_equal(copy, text, 16);
}

static void short_comparisons_look_at_every_byte(void **state) {
    (void)state;
    for (size_t len = 0; len < 40; len++) {
        char a[40];
        char b[40];
        memset(a, 'k', len);
        memset(b, 'k', len);
        assert_true(nex_same_bytes(a, b, len));
        for (size_t at = 0; at < len; at++) {
            b[at] = 'l';
            assert_false(nex_same_bytes(a, b, len));
            b[at] = 'k';
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_byte_in_every_place),
        cmocka_unit_test(random_bytes),
        cmocka_unit_test(texts_are_stored_as_they_were_loaded),
        cmocka_unit_test(short_comparisons_look_at_every_byte),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
