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
    };
    return cmocka_run_group_tests(tests, load, unload);
}
