/* Tokens and patterns of subjects. */
#include <nex/bus.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void tokens_by_number(void **state) {
    (void)state;
    char out[8];
    assert_int_equal(nex_subject_token("$NEX.SVC.a", 0, out, sizeof out), NEX_OK);
    assert_string_equal(out, "$NEX");
    assert_int_equal(nex_subject_token("$NEX.SVC.a", 2, out, sizeof out), NEX_OK);
    assert_string_equal(out, "a");
    assert_int_equal(nex_subject_token("$NEX.SVC.a", 3, out, sizeof out), NEX_ENOTFOUND);
    assert_int_equal(nex_subject_token("", 0, out, sizeof out), NEX_ENOTFOUND);
    assert_int_equal(nex_subject_token("a.b12345678", 1, out, sizeof out), NEX_ELIMIT);
    assert_int_equal(nex_subject_token("a.1234567", 1, out, sizeof out), NEX_OK);
    assert_string_equal(out, "1234567");
}

static void last_tokens(void **state) {
    (void)state;
    assert_string_equal(nex_subject_last_token("a.b.c"), "c");
    assert_string_equal(nex_subject_last_token("abc"), "abc");
}

static void what_can_be_a_token(void **state) {
    (void)state;
    assert_true(nex_subject_token_valid("Az09-_$/"));
    assert_true(nex_subject_token_valid("gr\xc3\xbc\xc3\x9f"));
    const char *bad[] = {"", "a.b", "*", ">", "a*", "a b", "a\tb", "a\n", "\x7f"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        assert_false(nex_subject_token_valid(bad[i]));
    }
    assert_false(nex_subject_token_valid(NULL));
}

static void patterns(void **state) {
    (void)state;
    assert_true(nex_subject_matches("a.b", "a.b"));
    assert_true(nex_subject_matches("a.*", "a.b"));
    assert_true(nex_subject_matches("*.b", "a.b"));
    assert_true(nex_subject_matches("a.>", "a.b.c"));
    assert_true(nex_subject_matches(">", "a"));
    assert_true(nex_subject_matches("a.*.c", "a.long token.c"));
    assert_true(nex_subject_matches("a.*b", "a.*b")); /* a star inside a token is itself */
    assert_false(nex_subject_matches("a.*", "a"));
    assert_false(nex_subject_matches("a.*", "a.b.c"));
    assert_false(nex_subject_matches("a.>", "a"));
    assert_false(nex_subject_matches("a.b", "a.bc"));
    assert_false(nex_subject_matches("a.bc", "a.b"));
    assert_false(nex_subject_matches("a", "a.b"));
    assert_false(nex_subject_matches("a.*b", "a.xb"));
    assert_false(nex_subject_matches(">", ""));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tokens_by_number),
        cmocka_unit_test(last_tokens),
        cmocka_unit_test(what_can_be_a_token),
        cmocka_unit_test(patterns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
