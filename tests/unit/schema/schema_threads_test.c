/* One schema, many threads: answers stay right while its patterns are compiled to machine code. */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#include "schema_support.h"

enum { THREADS = 4, ROUNDS = 500 };

static void *validate_often(void *arg) {
    static const char good[] = "{\"a\":\"xyxy\",\"b\":[1,2,3]}",
                      bad[] = "{\"a\":\"xyz\",\"b\":[1,1]}";
    const nex_schema *schema = arg;
    uintptr_t wrong = 0;
    for (int i = 0; i < ROUNDS; i++) {
        nex_report report;
        nex_error err;
        wrong += nex_schema_validate_text(schema, good, sizeof good - 1, NULL, &err) != NEX_OK;
        wrong += nex_schema_validate_text(schema, bad, sizeof bad - 1, &report, &err) != NEX_EINVAL;
        wrong += report.count != 2;
        nex_report_free(&report);
    }
    return (void *)wrong;
}

static void a_schema_is_shared_by_threads(void **state) {
    nex_schema *schema =
        schema_of("{\"properties\":{\"a\":{\"pattern\":\"^(x|y)+$\"},\"b\":{\"items\":"
                  "{\"$ref\":\"#/$defs/n\"},\"uniqueItems\":true}},"
                  "\"$defs\":{\"n\":{\"type\":\"integer\"}}}");
    pthread_t threads[THREADS];
    (void)state;
    for (int i = 0; i < THREADS; i++)
        assert_int_equal(pthread_create(&threads[i], NULL, validate_often, schema), 0);
    for (int i = 0; i < THREADS; i++) {
        void *wrong = NULL;
        assert_int_equal(pthread_join(threads[i], &wrong), 0);
        assert_null(wrong);
    }
    nex_schema_free(schema);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(a_schema_is_shared_by_threads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
