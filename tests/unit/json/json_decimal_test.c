/* Numbers as decimal text: order, equality and divisibility without rounding. */
#include "json/decimal.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static nex_decimal read_decimal(const char *text) {
    nex_decimal d;
    if (!nex_decimal_parse(&d, text, strlen(text)))
        fail_msg("%s is no number", text);
    return d;
}

static void order_is_exact(void **state) {
    static const struct {
        const char *a, *b;
        int order;
    } cases[] = {
        {"1", "1.0", 0},
        {"0", "-0.000", 0},
        {"100", "1e2", 0},
        {"0.00012", "12e-5", 0},
        {"9007199254740993", "9007199254740992", 1},
        {"-9007199254740993", "-9007199254740992", -1},
        {"0.1", "0.10000000000000000000000001", -1},
        {"1e400", "1e399", 1},
        {"-1e400", "1e-400", -1},
        {"12345678901234567890.5", "12345678901234567890.25", 1},
        {"1e-1000000000", "0", 1},
        {"1e3000000000", "1e2000000000", 1},
        {"1e10000000001", "0.1e10000000002", 0},
        {"1e99999999999999999999999", "1e2000000000", 1},
        {"-1e-99999999999999999999999", "0", -1},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_decimal a = read_decimal(cases[i].a), b = read_decimal(cases[i].b);
        assert_int_equal(nex_decimal_compare(&a, &b), cases[i].order);
        assert_int_equal(nex_decimal_compare(&b, &a), -cases[i].order);
        if (cases[i].order == 0)
            assert_int_equal(nex_decimal_hash(&a), nex_decimal_hash(&b));
    }
}

static void multiples_are_exact(void **state) {
    static const struct {
        const char *a, *b;
        int multiple;
    } cases[] = {
        {"0.07", "0.01", 1},
        {"0.075", "0.01", 0},
        {"4.35", "0.01", 1},
        {"1e308", "0.123456789", 0},
        {"1e308", "0.5", 1},
        {"0", "7", 1},
        {"-21", "7", 1},
        {"35", "70", 0},
        {"1e1000000000", "3", 0},
        {"3e1000000000", "3", 1},
        {"12345678901234567890123", "12345678901234567890123", 1},
        {"24691357802469135780246", "12345678901234567890123", 1},
        {"24691357802469135780247", "12345678901234567890123", 0},
        {"123456789012345678901230", "12345678901234567890123", 1},
        {"5", "1e2", 0},
        {"1e900000000", "12345678901234567890123", 0},
        {"1e99", "1267650600228229401496703205376", 0}, /* 2^100 */
        {"1e100", "1267650600228229401496703205376", 1},
        {"9007199254740993", "2", 0},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_decimal a = read_decimal(cases[i].a), b = read_decimal(cases[i].b);
        uint64_t steps = 1000 * 1000;
        if (nex_decimal_multiple(&a, &b, &steps) != cases[i].multiple)
            fail_msg("%s by %s", cases[i].a, cases[i].b);
    }
    nex_decimal a = read_decimal("1e90"), b = read_decimal("12345678901234567890123");
    uint64_t steps = 100;
    assert_int_equal(nex_decimal_multiple(&a, &b, &steps), -1);
    assert_int_equal(steps, 0);
}

static void integers_are_known_and_fit_or_not(void **state) {
    int64_t value;
    (void)state;
    nex_decimal d = read_decimal("9223372036854775807");
    assert_true(nex_decimal_int64(&d, &value) && value == INT64_MAX);
    d = read_decimal("-9223372036854775808");
    assert_true(nex_decimal_int64(&d, &value) && value == INT64_MIN);
    d = read_decimal("9223372036854775808");
    assert_false(nex_decimal_int64(&d, &value));
    assert_true(nex_decimal_is_integer(&d));
    d = read_decimal("1.50e1");
    assert_true(nex_decimal_int64(&d, &value) && value == 15);
    d = read_decimal("1.5");
    assert_false(nex_decimal_int64(&d, &value) || nex_decimal_is_integer(&d));
    d = read_decimal("1e400");
    assert_false(nex_decimal_int64(&d, &value));
    assert_true(nex_decimal_is_integer(&d));
}

static void doubles_are_the_nearest(void **state) {
    static const char *const texts[] = {"0.1",
                                        "0.07",
                                        "123456789.125",
                                        "1e22",
                                        "1e23",
                                        "4.9e-324",
                                        "2.2250738585072014e-308",
                                        "1.7976931348623157e308",
                                        "9007199254740993",
                                        "-3.141592653589793",
                                        "0.30000000000000004",
                                        "6.02214076e23"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        nex_decimal d = read_decimal(texts[i]);
        assert_true(nex_decimal_double(&d) == strtod(texts[i], NULL));
    }
    nex_decimal d = read_decimal("-1e400");
    assert_true(isinf(nex_decimal_double(&d)) && nex_decimal_double(&d) < 0);
    d = read_decimal("1e-400");
    assert_true(nex_decimal_double(&d) == 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(order_is_exact),
        cmocka_unit_test(multiples_are_exact),
        cmocka_unit_test(integers_are_known_and_fit_or_not),
        cmocka_unit_test(doubles_are_the_nearest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
