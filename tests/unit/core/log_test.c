#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <nex/log.h>

/* The last record, as "level message key=value ...". */
typedef struct sink {
    char text[4096];
    size_t records;
} sink;

static void keep(void *arg, nex_log_level level, const char *message, const nex_log_field *fields,
                 size_t count) {
    sink *s = arg;
    s->records++;
    strcpy(s->text, nex_log_level_name(level));
    strcat(strcat(s->text, " "), message);
    for (size_t i = 0; i < count; i++) {
        strcat(strcat(strcat(strcat(s->text, " "), fields[i].key), "="), fields[i].value);
    }
}

static void fields_reach_the_sink(void **state) {
    (void)state;
    sink s = {"", 0};
    nex_log log = {keep, &s, NEX_LOG_INFO};
    nex_log_write(&log, NEX_LOG_WARN, "agent lost", "id", "A1", "reason", NULL, "type", "native",
                  NULL);
    assert_string_equal(s.text, "warn agent lost id=A1 type=native");
    nex_log_write(&log, NEX_LOG_INFO, "plain", NULL);
    assert_string_equal(s.text, "info plain");
    nex_log_printf(&log, NEX_LOG_ERROR, "%d of %s", 3, "4");
    assert_string_equal(s.text, "error 3 of 4");
}

static void records_above_the_level_are_not_made(void **state) {
    (void)state;
    sink s = {"", 0};
    nex_log log = {keep, &s, NEX_LOG_INFO};
    nex_log_write(&log, NEX_LOG_DEBUG, "x", NULL);
    nex_log_printf(&log, NEX_LOG_TRACE, "x");
    assert_int_equal(s.records, 0);
    nex_log_write(NULL, NEX_LOG_FATAL, "x", NULL);
    nex_log_printf(NULL, NEX_LOG_FATAL, "x");
}

static void long_messages_come_whole(void **state) {
    (void)state;
    sink s = {"", 0};
    nex_log log = {keep, &s, NEX_LOG_INFO};
    nex_log_printf(&log, NEX_LOG_INFO, "%03000d", 1);
    assert_int_equal(strlen(s.text), strlen("info ") + 3000);
}

static void levels_have_names(void **state) {
    (void)state;
    assert_string_equal(nex_log_level_name(NEX_LOG_FATAL), "fatal");
    assert_string_equal(nex_log_level_name(NEX_LOG_TRACE), "trace");
    assert_string_equal(nex_log_level_name((nex_log_level)77), "unknown");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fields_reach_the_sink),
        cmocka_unit_test(records_above_the_level_are_not_made),
        cmocka_unit_test(long_messages_come_whole),
        cmocka_unit_test(levels_have_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
