/* Durations and times against what Go's own formatter and parser say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <nex/core.h>

static json_t *vectors;

static int load(void **state) {
    (void)state;
    json_error_t err;
    vectors = json_load_file(NEX_TEST_DATA "/vectors/keys-and-formats.json", 0, &err);
    return vectors != NULL ? 0 : -1;
}

static int unload(void **state) {
    (void)state;
    json_decref(vectors);
    return 0;
}

static void durations_are_written_as_go_writes_them(void **state) {
    (void)state;
    json_t *list = json_object_get(vectors, "durations");
    assert_in_range(json_array_size(list), 20, 1000);
    size_t i = 0;
    json_t *v = NULL;
    json_array_foreach(list, i, v) {
        char text[NEX_DURATION_TEXT_SIZE];
        int64_t ns = json_integer_value(json_object_get(v, "ns"));
        const char *expected = json_string_value(json_object_get(v, "text"));
        assert_int_equal(nex_duration_format(ns, text), strlen(expected));
        assert_string_equal(text, expected);
        nex_duration back = 1;
        nex_error err;
        if (ns == INT64_MIN) {
            continue; /* in durations_parsed */
        }
        assert_int_equal(nex_duration_parse(text, strlen(text), &back, &err), NEX_OK);
        assert_int_equal(back, ns);
    }
}

static void durations_are_read_as_go_reads_them(void **state) {
    (void)state;
    json_t *list = json_object_get(vectors, "durations_parsed");
    assert_in_range(json_array_size(list), 26, 1000);
    size_t i = 0;
    json_t *v = NULL;
    json_array_foreach(list, i, v) {
        const char *text = json_string_value(json_object_get(v, "text"));
        nex_duration out = -7;
        nex_error err;
        nex_status status = nex_duration_parse(text, strlen(text), &out, &err);
        if (json_is_true(json_object_get(v, "ok"))) {
            assert_int_equal(status, NEX_OK);
            assert_int_equal(out, json_integer_value(json_object_get(v, "ns")));
        } else {
            assert_int_equal(status, NEX_EINVAL);
            assert_int_equal(out, -7);
            assert_non_null(strstr(err.message, "duration \""));
            assert_non_null(strstr(err.message, text));
        }
    }
}

static void the_longest_durations_are_read(void **state) {
    (void)state;
    nex_duration out = 0;
    const char *least = "-2562047h47m16.854775808s";
    assert_int_equal(nex_duration_parse(least, strlen(least), &out, NULL), NEX_OK);
    assert_int_equal(out, INT64_MIN);
    assert_int_equal(nex_duration_parse(least + 1, strlen(least) - 1, &out, NULL), NEX_EINVAL);
    const char *many = "0.33333333333333333333s";
    assert_int_equal(nex_duration_parse(many, strlen(many), &out, NULL), NEX_OK);
    assert_int_equal(out, 333333333);
    /* No NUL is needed: the length rules. */
    assert_int_equal(nex_duration_parse("1sXYZ", 2, &out, NULL), NEX_OK);
    assert_int_equal(out, NEX_SECOND);
}

static void times_match_gos(void **state) {
    (void)state;
    json_t *list = json_object_get(vectors, "times");
    assert_in_range(json_array_size(list), 5, 1000);
    size_t i = 0;
    json_t *v = NULL;
    json_array_foreach(list, i, v) {
        json_t *quoted =
            json_loads(json_string_value(json_object_get(v, "json")), JSON_DECODE_ANY, NULL);
        const char *text = json_string_value(quoted);
        nex_time time;
        nex_error err;
        assert_int_equal(nex_time_parse(text, strlen(text), &time, &err), NEX_OK);
        json_t *ns = json_object_get(v, "unix_ns");
        if (json_is_integer(ns)) {
            assert_int_equal(time.seconds * 1000000000 + time.nanoseconds, json_integer_value(ns));
        } else {
            assert_int_equal(time.seconds, -62135596800);
        }
        char out[NEX_TIME_TEXT_SIZE];
        assert_int_equal(nex_time_format(time, out), strlen(text));
        assert_string_equal(out, text);
        json_decref(quoted);
    }
}

static void times_of_every_kind_of_day_come_back(void **state) {
    (void)state;
    static const char *const texts[] = {
        "0000-01-01T00:00:00Z",      "0000-02-29T23:59:59Z",      "1600-02-29T12:00:00Z",
        "1900-03-01T00:00:00-23:59", "1969-12-31T23:59:59.5Z",    "2000-02-29T00:00:00+14:00",
        "2023-12-31T23:59:59Z",      "9999-12-31T23:59:59.999Z",  "2024-02-29T01:02:03.000000001Z",
        "9999-12-31T23:59:59-12:00", "0000-01-01T00:00:00+12:00",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        nex_time time;
        char out[NEX_TIME_TEXT_SIZE];
        assert_int_equal(nex_time_parse(texts[i], strlen(texts[i]), &time, NULL), NEX_OK);
        nex_time_format(time, out);
        assert_string_equal(out, texts[i]);
    }
    /* More digits than nanoseconds are cut off, zeros are not written. */
    nex_time time;
    char out[NEX_TIME_TEXT_SIZE];
    const char *long_fraction = "2024-01-01T00:00:00.12000000099999Z";
    assert_int_equal(nex_time_parse(long_fraction, strlen(long_fraction), &time, NULL), NEX_OK);
    nex_time_format(time, out);
    assert_string_equal(out, "2024-01-01T00:00:00.12Z");
}

static void times_that_are_none_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",
        "2024-01-01",
        "2024-01-01 00:00:00Z",
        "2024-01-01T00:00:00",
        "2024-01-01T00:00:00.Z",
        "2024-1-01T00:00:00.00Z",
        "2024-13-01T00:00:00Z",
        "2024-00-01T00:00:00Z",
        "2023-02-29T00:00:00Z",
        "1900-02-29T00:00:00Z",
        "2024-01-32T00:00:00Z",
        "2024-01-00T00:00:00Z",
        "2024-01-01T24:00:00Z",
        "2024-01-01T00:60:00Z",
        "2024-01-01T00:00:60Z",
        "2024-01-01T00:00:00+24:00",
        "2024-01-01T00:00:00+00:60",
        "2024-01-01T00:00:00+0000",
        "2024-01-01T00:00:00Zx",
        "2024-01-01t00:00:00Z",
        "+024-01-01T00:00:00Z",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        nex_time time;
        nex_error err;
        assert_int_equal(nex_time_parse(bad[i], strlen(bad[i]), &time, &err), NEX_EINVAL);
        assert_non_null(strstr(err.message, "RFC 3339"));
    }
}

static void times_outside_four_digit_years_have_no_text(void **state) {
    (void)state;
    static const nex_time bad[] = {
        {INT64_MAX, 0, 0},     {INT64_MIN, 0, 0},    {253402300800, 0, 0}, {-62167219201, 0, 0},
        {253402300799, 0, 60}, {0, 1000000000, 0},   {0, -1, 0},           {0, 0, 1440},
        {0, 0, -1440},         {-62167219200, 0, -1}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char out[NEX_TIME_TEXT_SIZE] = "x";
        assert_int_equal(nex_time_format(bad[i], out), 0);
        assert_string_equal(out, "");
    }
}

static void time_arithmetic(void **state) {
    (void)state;
    nex_time a = {100, 200000000, 0};
    nex_time b = {98, 700000000, 330};
    assert_int_equal(nex_time_sub(a, b), 1500000000);
    assert_int_equal(nex_time_sub(b, a), -1500000000);
    nex_time sum = nex_time_add(b, 1500000000);
    assert_int_equal(nex_time_compare(sum, a), 0);
    assert_int_equal(sum.offset_minutes, 330);
    sum = nex_time_add(a, -1500000000);
    assert_int_equal(nex_time_compare(sum, b), 0);
    assert_int_equal(nex_time_compare(a, b), 1);
    assert_int_equal(nex_time_compare(b, a), -1);
    nex_time zero = {-62135596800, 0, 0};
    nex_time now = {1700000000, 0, 0};
    assert_int_equal(nex_time_sub(now, zero), INT64_MAX);
    assert_int_equal(nex_time_sub(zero, now), INT64_MIN);
    nex_time last = {INT64_MAX, 0, 0};
    nex_time first = {INT64_MIN, 999999999, 0};
    assert_int_equal(nex_time_sub(last, first), INT64_MAX);
    assert_int_equal(nex_time_sub(first, last), INT64_MIN);
    assert_int_equal(nex_time_add(last, NEX_HOUR).seconds, INT64_MAX);
    /* The exact ends are reached, not only clamped to. */
    nex_time end = {9223372036, 854775807, 0};
    nex_time epoch = {0, 0, 0};
    assert_int_equal(nex_time_sub(end, epoch), INT64_MAX);
    nex_time low = {-9223372037, 145224192, 0};
    assert_int_equal(nex_time_sub(low, epoch), INT64_MIN);
}

static void iso_durations_have_one_written_form(void **state) {
    (void)state;
    static const struct {
        const char *text;
        nex_iso_duration value;
        const char *written;
    } cases[] = {
        {"P1Y2M3DT4H5M6S", {14, 3, 14706}, "P1Y2M3DT4H5M6S"},
        {"P2W", {0, 14, 0}, "P14D"},
        {"P1Y", {12, 0, 0}, "P1Y"},
        {"P12M", {12, 0, 0}, "P1Y"},
        {"P1Y0M1D", {12, 1, 0}, "P1Y0M1D"},
        {"P36M7D", {36, 7, 0}, "P3Y0M7D"},
        {"P40DT36H", {0, 40, 129600}, "P40DT36H"},
        {"PT3600S", {0, 0, 3600}, "PT1H"},
        {"PT3601S", {0, 0, 3601}, "PT1H0M1S"},
        {"PT90M", {0, 0, 5400}, "PT1H30M"},
        {"P1YT1S", {12, 0, 1}, "P1YT1S"},
        {"P0D", {0, 0, 0}, "PT0S"},
        {"PT00007S", {0, 0, 7}, "PT7S"},
        {"P9223372036854775807D", {0, INT64_MAX, 0}, "P9223372036854775807D"},
        {"P768614336404564650Y7M9223372036854775807DT9223372036854775807S",
         {INT64_MAX, INT64_MAX, INT64_MAX},
         "P768614336404564650Y7M9223372036854775807DT2562047788015215H30M7S"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        nex_iso_duration value = {-1, -1, -1};
        char text[NEX_ISO_DURATION_TEXT_SIZE];
        assert_int_equal(nex_iso_duration_parse(cases[i].text, strlen(cases[i].text), &value, NULL),
                         NEX_OK);
        assert_int_equal(value.months, cases[i].value.months);
        assert_int_equal(value.days, cases[i].value.days);
        assert_int_equal(value.seconds, cases[i].value.seconds);
        assert_int_equal(nex_iso_duration_format(value, text), strlen(cases[i].written));
        assert_string_equal(text, cases[i].written);
        nex_iso_duration back = {-1, -1, -1};
        assert_int_equal(nex_iso_duration_parse(text, strlen(text), &back, NULL), NEX_OK);
        assert_memory_equal(&back, &value, sizeof value);
    }
    char none[NEX_ISO_DURATION_TEXT_SIZE] = "x";
    assert_int_equal(nex_iso_duration_format((nex_iso_duration){1, -1, 1}, none), 0);
    assert_string_equal(none, "");
}

static void texts_that_are_no_iso_durations_are_refused(void **state) {
    (void)state;
    static const char *const bad[] = {
        "",        "P",      "PT",    "P1",    "1D",    "p1D",    "P1d",
        "P1DT",    "PT1D",   "P1H",   "P1Y1D", "PW",    "P1W1D",  "P1D1W",
        "P1YT1W",  "PT1H1S", "P1D1D", "P1M1Y", "P1.5D", "PT1,5S", "P-1D",
        "-P1D",    "P1D ",   " P1D",  "P1DT1", "PT1HS", "P1YY",   "P99999999999999999999X",
        "P1D2T3H", "P2T3H",
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        nex_iso_duration value = {7, 7, 7};
        nex_error err;
        assert_int_equal(nex_iso_duration_parse(bad[i], strlen(bad[i]), &value, &err), NEX_EINVAL);
        assert_int_equal(value.days, 7);
        assert_non_null(strstr(err.message, "ISO 8601 duration \""));
    }
    static const char *const too_long[] = {"P9223372036854775808D", "P768614336404564650Y8M",
                                           "P99999999999999999999999Y", "PT2562047788015216H",
                                           "P1317624576693539402W"};
    for (size_t i = 0; i < sizeof too_long / sizeof too_long[0]; i++) {
        nex_iso_duration value = {7, 7, 7};
        nex_error err;
        assert_int_equal(nex_iso_duration_parse(too_long[i], strlen(too_long[i]), &value, &err),
                         NEX_ELIMIT);
        assert_int_equal(value.days, 7);
        assert_non_null(strstr(err.message, "64 bits"));
    }
}

static void iso_durations_without_months_have_a_length(void **state) {
    (void)state;
    nex_duration span = 0;
    nex_error err;
    assert_int_equal(nex_iso_duration_span((nex_iso_duration){0, 1, 1}, &span, &err), NEX_OK);
    assert_int_equal(span, 24 * NEX_HOUR + NEX_SECOND);
    assert_int_equal(nex_iso_duration_span((nex_iso_duration){1, 0, 0}, &span, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "1 months"));
    assert_int_equal(nex_iso_duration_span((nex_iso_duration){0, 106752, 0}, &span, &err),
                     NEX_ELIMIT);
    assert_int_equal(nex_iso_duration_span((nex_iso_duration){0, 106751, 86400}, &span, &err),
                     NEX_ELIMIT);
    assert_int_equal(span, 24 * NEX_HOUR + NEX_SECOND);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(durations_are_written_as_go_writes_them),
        cmocka_unit_test(durations_are_read_as_go_reads_them),
        cmocka_unit_test(the_longest_durations_are_read),
        cmocka_unit_test(times_match_gos),
        cmocka_unit_test(times_of_every_kind_of_day_come_back),
        cmocka_unit_test(times_that_are_none_are_refused),
        cmocka_unit_test(times_outside_four_digit_years_have_no_text),
        cmocka_unit_test(time_arithmetic),
        cmocka_unit_test(iso_durations_have_one_written_form),
        cmocka_unit_test(texts_that_are_no_iso_durations_are_refused),
        cmocka_unit_test(iso_durations_without_months_have_a_length),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
