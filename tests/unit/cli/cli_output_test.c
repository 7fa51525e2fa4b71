/* Tables, widths, durations for people, and log lines. */
#include "cli.h"
#include "log.h"
#include "table.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static void test_widths(void **state) {
    (void)state;
    assert_int_equal(text_width("abc"), 3);
    assert_int_equal(text_width("größe"), 5);
    assert_int_equal(text_width("🟢"), 2);
    assert_int_equal(text_width("日本"), 4);
    assert_int_equal(text_width("e\xcc\x81"), 1); /* e and a combining accent */
    assert_int_equal(text_width("\xff\xfe"), 2);  /* broken bytes count for themselves */
    assert_int_equal(text_width("⚪️"), 2);
}

static void test_table(void **state) {
    (void)state;
    table *t = table_new("Nodes");
    nex_buf out = NEX_BUF_INIT;
    assert_non_null(t);
    assert_int_equal(table_column(t, "Name", false), NEX_OK);
    assert_int_equal(table_column(t, "N", true), NEX_OK);
    assert_int_equal(table_cell(t, "b"), NEX_OK);
    assert_int_equal(table_cell_int(t, 10), NEX_OK);
    assert_int_equal(table_cell(t, "🟢a"), NEX_OK);
    assert_int_equal(table_cell_int(t, 7), NEX_OK);
    assert_int_equal(table_cell(t, "a"), NEX_OK);
    assert_int_equal(table_cell_int(t, 1), NEX_OK);
    assert_int_equal(table_sort(t, 0, 1), NEX_OK);
    assert_int_equal(table_render(t, &out), NEX_OK);
    assert_string_equal(out.data, "╭───────────╮\n"
                                  "│   Nodes   │\n"
                                  "├──────┬────┤\n"
                                  "│ Name │  N │\n"
                                  "├──────┼────┤\n"
                                  "│ a    │  1 │\n"
                                  "│ b    │ 10 │\n"
                                  "│ 🟢a  │  7 │\n"
                                  "╰──────┴────╯\n");
    nex_buf_free(&out);
    table_free(t);
}

static void test_title_wider_than_the_table(void **state) {
    (void)state;
    table *t = table_new("A long title");
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(table_column(t, "X", false), NEX_OK);
    assert_int_equal(table_render(t, &out), NEX_OK);
    assert_string_equal(out.data, "╭────────────╮\n"
                                  "│A long title│\n"
                                  "├────────────┤\n"
                                  "│ X          │\n"
                                  "├────────────┤\n"
                                  "╰────────────╯\n");
    nex_buf_free(&out);
    table_free(t);
}

static void test_cells_cannot_steer_the_terminal(void **state) {
    (void)state;
    table *t = table_new(NULL);
    nex_buf out = NEX_BUF_INIT;
    assert_int_equal(table_column(t, "X", false), NEX_OK);
    assert_int_equal(table_cell(t, "\x1b[2J\nx\xff"), NEX_OK);
    assert_int_equal(table_cell(t, NULL), NEX_OK);
    assert_int_equal(table_render(t, &out), NEX_OK);
    assert_null(strchr(out.data, '\x1b'));
    assert_non_null(strstr(out.data, "\\x1b[2J\\x0ax\\xff"));
    nex_buf_free(&out);
    table_free(t);
}

static void test_friendly_durations(void **state) {
    (void)state;
    char text[64];
    friendly_duration(0, text, sizeof text);
    assert_string_equal(text, "0s");
    friendly_duration(NEX_HOUR * 51 + NEX_MINUTE * 4 + NEX_SECOND * 5, text, sizeof text);
    assert_string_equal(text, "2d 3h 4m 5s");
    friendly_duration(NEX_HOUR, text, sizeof text);
    assert_string_equal(text, "1h");
    friendly_duration(-NEX_HOUR, text, sizeof text);
    assert_string_equal(text, "0s");
    friendly_duration(1600 * NEX_MILLISECOND, text, sizeof text);
    assert_string_equal(text, "2s");
}

static void logs(const logger *l, const char *wanted) {
    const nex_log_field fields[] = {
        {"group", "native"}, {"id", "w1"}, {"why", "it \"broke\""}, {"none", NULL}};
    nex_buf out = NEX_BUF_INIT;
    nex_time now = {.seconds = 1767323045, .nanoseconds = 120000000};
    assert_int_equal(logger_format(l, now, NEX_LOG_WARN, "ended\nbadly", fields, 4, &out), NEX_OK);
    assert_string_equal(out.data, wanted);
    nex_buf_free(&out);
}

static void test_log_lines(void **state) {
    (void)state;
    assert_int_equal(setenv("TZ", "UTC", 1), 0);
    tzset();
    logs(&(logger){.json = false},
         "2026-01-02 03:04:05 [WARN] native: ended\\x0abadly id=w1 why=\"it \\\"broke\\\"\"\n");
    logs(&(logger){.short_levels = true, .timefmt = TIME_TIME_ONLY, .group_on_right = true},
         "03:04:05 [WRN] ended\\x0abadly id=w1 why=\"it \\\"broke\\\"\" [native]\n");
    logs(&(logger){.timefmt = TIME_RFC3339, .color = true},
         "2026-01-02T03:04:05Z [\x1b[33mWARN\x1b[0m] native: ended\\x0abadly id=w1 "
         "why=\"it \\\"broke\\\"\"\n");
    logs(&(logger){.json = true},
         "{\"time\":\"2026-01-02T03:04:05.12Z\",\"level\":\"WARN\",\"msg\":\"ended\\nbadly\","
         "\"group\":\"native\",\"id\":\"w1\",\"why\":\"it \\\"broke\\\"\"}\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_widths),
        cmocka_unit_test(test_table),
        cmocka_unit_test(test_title_wider_than_the_table),
        cmocka_unit_test(test_cells_cannot_steer_the_terminal),
        cmocka_unit_test(test_friendly_durations),
        cmocka_unit_test(test_log_lines),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
