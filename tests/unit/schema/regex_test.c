/* ECMA-262 regular expressions: what matches, what is refused, and what a search may cost. */
#include "schema/assert.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static nex_regex *compile(const char *pattern) {
    nex_regex *regex = NULL;
    nex_error err;
    if (nex_regex_compile(&regex, pattern, strlen(pattern), &err) != NEX_OK)
        fail_msg("%s", err.message);
    return regex;
}

static void patterns_match_as_ecma_says(void **state) {
    static const struct {
        const char *pattern, *text;
        bool matches;
    } cases[] = {
        {"", "anything", true},
        {"b", "abc", true},
        {"^b", "abc", false},
        {"^abc$", "abc\n", false},
        {"^.$", "\n", false},
        {"^.$", "\xE2\x80\xA8", false},
        {"^.$", "\xF0\x9F\x90\xB2", true},
        {"^\\d+$", "12", true},
        {"^\\d$", "\xDF\x80", false},
        {"^\\w$", "\xC3\xA9", false},
        {"^\\W$", "\xC3\xA9", true},
        {"^\\s$", "\xC2\xA0", true},
        {"^\\s$", "\xEF\xBB\xBF", true},
        {"^[\\S]$", "\xE2\x80\x83", false},
        {"^[\\s\\S]$", "\n", true},
        {"^[^]$", "\n", true},
        {"[]", "a", false},
        {"^[]a]", "a]", false},
        {"^[[]$", "[", true},
        {"^[[:alpha:]]$", "a]", true},
        {"^[a-c\\-.]+$", "a-b.", true},
        {"^[\\w-.]+$", "a-b.", true},
        {"^\\cC$", "\x03", true},
        {"^\\u0041\\x42\\u{43}$", "ABC", true},
        {"^\\ud83d\\udc32*$", "\xF0\x9F\x90\xB2\xF0\x9F\x90\xB2", true},
        {"^[\\ud800-\\udfff]$", "a", false},
        {"^\\p{Letter}+$", "\xC3\xA9t\xC3\xA9", true},
        {"^\\P{L}+$", "12", true},
        {"^\\p{Script=Greek}$", "\xCE\xB1", true},
        {"^\\p{gc=Lu}$", "A", true},
        {"(?<=a)b", "ab", true},
        {"(?<!a)b", "ab", false},
        {"(?<x>a)\\k<x>", "aa", true},
        {"^(a)?b\\1$", "b", true},
        {"^{}$", "{}", true},
        {"^x{2}$", "xx", true},
        {"^x{,2}$", "x{,2}", true},
        {"^a/b\\/c$", "a/b/c", true},
        {"^a.b\\_c\\-d$", "axb_c-d", true},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_regex *regex = compile(cases[i].pattern);
        /* often enough that machine code is made on the way */
        for (int k = 0; k < 40; k++)
            if (nex_regex_match(regex, cases[i].text, strlen(cases[i].text)) !=
                (cases[i].matches ? NEX_OK : NEX_ENOTFOUND))
                fail_msg("%s on %s", cases[i].pattern, cases[i].text);
        nex_regex_free(regex);
    }
}

static void what_ecma_does_not_know_is_refused(void **state) {
    static const char *const patterns[] = {
        "(",       "a)",         "[a",    "*a",       "a**",         "a*+",       "a{2}{3}",
        "(?i)a",   "(?>a)",      "(?#a)", "(?P<n>a)", "(?R)",        "(?1)",      "(?|a)",
        "(*UTF)a", "\\",         "\\a",   "\\Z",      "\\A",         "\\z",       "\\G",
        "\\Qa\\E", "\\K",        "\\R",   "\\X",      "\\h",         "\\N",       "\\C",
        "\\g1",    "\\e",        "\\u12", "\\x1",     "\\u{110000}", "\\p{Nope}", "\\pL",
        "\\p{L",   "\\p{Greek}", "\\c1",  "\\00",     "[b-a]",       "(?<1>a)",   "\\k<x>",
        "\\2(a)",  "[\\B]",      "^*",    "a|*"};
    nex_regex *regex;
    nex_error err;
    (void)state;
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        if (nex_regex_compile(&regex, patterns[i], strlen(patterns[i]), &err) != NEX_EINVAL)
            fail_msg("%s was taken", patterns[i]);
        assert_null(regex);
        assert_non_null(strstr(err.message, "pattern \""));
    }
    assert_int_equal(nex_regex_compile(&regex, "\xFF", 1, &err), NEX_EINVAL);
}

static void a_nul_is_a_character_like_others(void **state) {
    nex_regex *regex = NULL;
    (void)state;
    assert_int_equal(nex_regex_compile(&regex, "^a\0b$", 5, NULL), NEX_OK);
    assert_int_equal(nex_regex_match(regex, "a\0b", 3), NEX_OK);
    assert_int_equal(nex_regex_match(regex, "a", 1), NEX_ENOTFOUND);
    assert_int_equal(nex_regex_match(regex, "\xC0", 1), NEX_EINVAL);
    nex_regex_free(regex);
}

static void searches_that_explode_are_given_up(void **state) {
    static const char *const patterns[] = {"^(a+)+$", "^(a|a)*$", "^(.*a){12}$", "^(a+a+)+$",
                                           "^(([a-z])+.)+[A-Z]([a-z])+$"};
    char text[2000];
    (void)state;
    memset(text, 'a', sizeof text);
    text[sizeof text - 1] = '!';
    for (size_t i = 0; i < sizeof patterns / sizeof patterns[0]; i++) {
        nex_regex *regex = compile(patterns[i]);
        for (int k = 0; k < 40; k++) {
            uint64_t steps = 100 * 1000;
            nex_status status = nex_regex_match_within(regex, text, sizeof text, &steps);
            assert_true(status == NEX_ELIMIT);
            assert_true(steps < 100 * 1000);
        }
        nex_regex_free(regex);
    }
}

static void a_pattern_that_is_too_large_is_refused(void **state) {
    nex_regex *regex;
    nex_error err;
    size_t len = 100 * 1000;
    char *text = malloc(len);
    (void)state;
    memset(text, 'a', len);
    assert_int_equal(nex_regex_compile(&regex, text, len, &err), NEX_EINVAL);
    memset(text, '(', len);
    assert_int_equal(nex_regex_compile(&regex, text, 1000, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "200 deep"));
    free(text);
    const char *nested = "(((a{1,1000}){1,1000}){1,1000})";
    assert_int_equal(nex_regex_compile(&regex, nested, strlen(nested), &err), NEX_EINVAL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(patterns_match_as_ecma_says),
        cmocka_unit_test(what_ecma_does_not_know_is_refused),
        cmocka_unit_test(a_nul_is_a_character_like_others),
        cmocka_unit_test(searches_that_explode_are_given_up),
        cmocka_unit_test(a_pattern_that_is_too_large_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
