/* Runs the C that nexgen wrote for one case of the corpus. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "instances.h"

extern const nex_type CASE_TYPE;

static void test_instances(void **state) {
    (void)state;
    check_instances(&CASE_TYPE, CASE_DIR "/instances.json", false);
}

/* Those that nexgen makes up from the schema. */
static void test_vectors(void **state) {
    (void)state;
    check_instances(&CASE_TYPE, CASE_DIR "/expected/vectors.json", true);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_instances),
        cmocka_unit_test(test_vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
