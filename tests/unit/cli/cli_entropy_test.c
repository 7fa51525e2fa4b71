/* Whom OpenSSL asks for random numbers in this program. */
#define OPENSSL_SUPPRESS_DEPRECATED
#include "cli.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <openssl/rand.h>
#include <stdlib.h>

static void an_operators_choice_stays(void **state) {
    (void)state;
    assert_int_equal(setenv("OPENSSL_CONF", "/dev/null", 1), 0);
    entropy_from_kernel();
    assert_int_equal(unsetenv("OPENSSL_CONF"), 0);
    assert_ptr_equal(RAND_get_rand_method(), RAND_OpenSSL());
}

static void random_numbers_come_from_the_kernel(void **state) {
    (void)state;
    entropy_from_kernel();
    assert_ptr_not_equal(RAND_get_rand_method(), RAND_OpenSSL());
    assert_int_equal(RAND_status(), 1);
    unsigned char a[512] = {0};
    unsigned char b[sizeof a] = {0};
    assert_int_equal(RAND_bytes(a, sizeof a), 1);
    assert_int_equal(RAND_bytes(b, sizeof b), 1);
    assert_memory_not_equal(a, b, sizeof a);
    static const unsigned char none[64];
    assert_memory_not_equal(a + sizeof a - sizeof none, none, sizeof none);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operators_choice_stays),
        cmocka_unit_test(random_numbers_come_from_the_kernel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
