#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <locale.h>
#include <math.h>

#include "codec/number.h"
#include "codec/pow10.h"

static double of_bits(uint64_t bits) {
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}

static double read_double(const char *text) {
    nex_number number;
    double value = 0;
    bool no_memory = false;
    assert_true(nex_number_scan(text, text + strlen(text), &number));
    assert_ptr_equal(number.end, text + strlen(text));
    assert_true(nex_number_to_double(&number, &value, &no_memory));
    return value;
}

static void doubles_are_written_in_their_shortest_form(void **state) {
    (void)state;
    json_t *vectors = json_load_file(NEX_TEST_DATA "/vectors/doubles.json", 0, NULL);
    json_t *list = json_object_get(vectors, "doubles");
    assert_in_range(json_array_size(list), 500, 10000);
    size_t i = 0;
    json_t *v = NULL;
    json_array_foreach(list, i, v) {
        uint64_t bits = strtoull(json_string_value(json_object_get(v, "bits")), NULL, 16);
        double value = of_bits(bits);
        char text[NEX_DOUBLE_TEXT_SIZE + 1];
        text[nex_double_write(value, text)] = '\0';
        assert_string_equal(text, json_string_value(json_object_get(v, "text")));
        double back = read_double(text);
        assert_memory_equal(&back, &value, sizeof value);
    }
    json_decref(vectors);
}

/* Digits of a text without sign, point, exponent and outer zeros. */
static size_t digits_of(const char *text) {
    char digits[NEX_DOUBLE_TEXT_SIZE] = "";
    size_t n = 0;
    for (; *text != '\0' && *text != 'e'; text++) {
        if (*text >= '0' && *text <= '9' && (n > 0 || *text != '0')) {
            digits[n++] = *text;
        }
    }
    while (n > 0 && digits[n - 1] == '0') {
        n--;
    }
    return n;
}

static void random_doubles_come_back_and_none_is_longer_than_needed(void **state) {
    (void)state;
    uint64_t seed = 0x9E3779B97F4A7C15u;
    for (int i = 0; i < 20000; i++) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        double value = of_bits(seed ^ seed >> 29);
        if (!isfinite(value)) {
            continue;
        }
        char text[NEX_DOUBLE_TEXT_SIZE + 1];
        text[nex_double_write(value, text)] = '\0';
        double back = read_double(text);
        assert_memory_equal(&back, &value, sizeof value);
        size_t count = digits_of(text);
        assert_in_range(count, 1, 17);
        if (count > 1) {
            char shorter[64];
            snprintf(shorter, sizeof shorter, "%.*e", (int)count - 2, value);
            assert_true(strtod(shorter, NULL) != value);
        }
    }
}

static void doubles_are_read_as_the_c_library_reads_them(void **state) {
    (void)state;
    static const char *const texts[] = {
        "0",
        "-0",
        "0.1",
        "123456789012345678",
        "9007199254740993",
        "9007199254740992.999999999999999999999",
        "1e22",
        "1e23",
        "8.5e-22",
        "4.9e-324",
        "2.4703282292062327e-324",
        "2.4703282292062328e-324",
        "1e-400",
        "1.7976931348623157e308",
        "1.7976931348623158e308",
        "0.000000000000000000000000000000000000000000000000000000000000000000000000000000000000000"
        "00000000000000000000000000000000000000000000000000000000000000000000000000000000001234",
        "2.22507385850720138309023271733240406421921598046233183055332741688720443481391819585428"
        "3159012511020564067339731035811005152434161553460108856012385377718821130777993532002330"
        "4796101474425836360719215650469425037342083752508066506166581589487204911799685916396485"
        "006359087701183048747997808877537499494515804516050509153998565824708186451135379358049921"
        "15981057010601e-308",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        double expected = strtod(texts[i], NULL);
        double value = read_double(texts[i]);
        assert_memory_equal(&value, &expected, sizeof value);
    }
    nex_number number;
    double value = 0;
    bool no_memory = true;
    const char *large = "1e309";
    assert_true(nex_number_scan(large, large + 5, &number));
    assert_false(nex_number_to_double(&number, &value, &no_memory));
    assert_false(no_memory);
}

static void the_programs_locale_does_not_matter(void **state) {
    (void)state;
    static const char *const commas[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE", "C.UTF-8"};
    for (size_t i = 0; i < 4 && setlocale(LC_NUMERIC, commas[i]) == NULL; i++) {
    }
    assert_true(read_double("0.30000000000000000001") == 0.3);
    char text[NEX_DOUBLE_TEXT_SIZE + 1];
    text[nex_double_write(2.5, text)] = '\0';
    assert_string_equal(text, "2.5");
    setlocale(LC_NUMERIC, "C");
}

static void integers_are_written(void **state) {
    (void)state;
    static const int64_t values[] = {0,  1,   -1,          9,         10,       -10,
                                     99, 100, 12345678901, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof values / sizeof values[0]; i++) {
        char text[NEX_INT_TEXT_SIZE];
        char expected[32];
        snprintf(expected, sizeof expected, "%lld", (long long)values[i]);
        assert_int_equal(nex_int_write(values[i], text), strlen(expected));
        assert_memory_equal(text, expected, strlen(expected));
    }
}

/* The powers up to 10^55 are exact; each must be ten times the one before, scaled. */
static void the_table_of_powers_is_right(void **state) {
    (void)state;
    __extension__ typedef unsigned __int128 uint128;
    uint128 exact = (uint128)1 << 127;
    for (int k = 0; k <= 27; k++) {
        nex_pow10 entry = nex_pow10_table[k - NEX_POW10_MIN];
        assert_true(entry.high == (uint64_t)(exact >> 64) && entry.low == (uint64_t)exact);
        /* Up to 10^27, ten times it (taken at 124 bits) loses nothing. */
        exact = (exact >> 4) * 10;
        while ((exact >> 127) == 0) {
            exact <<= 1;
        }
    }
    for (int k = NEX_POW10_MIN; k < NEX_POW10_MAX; k++) {
        nex_pow10 a = nex_pow10_table[k - NEX_POW10_MIN];
        nex_pow10 b = nex_pow10_table[k + 1 - NEX_POW10_MIN];
        assert_true(a.high >> 63 == 1);
        long double ratio = (long double)b.high / (long double)a.high;
        ratio = ratio < 1 ? ratio * 16 : ratio * 8;
        assert_true(fabsl(ratio - 10) < 1e-15L);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(doubles_are_written_in_their_shortest_form),
        cmocka_unit_test(random_doubles_come_back_and_none_is_longer_than_needed),
        cmocka_unit_test(doubles_are_read_as_the_c_library_reads_them),
        cmocka_unit_test(the_programs_locale_does_not_matter),
        cmocka_unit_test(integers_are_written),
        cmocka_unit_test(the_table_of_powers_is_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
