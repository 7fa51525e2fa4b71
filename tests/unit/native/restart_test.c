/* When a workload is started anew, and when no more. */
#include "fake_loop.h"

#include <native/restart.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void delays_double_with_jitter_up_to_the_longest(void **state) {
    (void)state;
    nex_loop *loop = fake_loop_new();
    native_restart_policy policy = native_restart_default(NATIVE_RESTART_ALWAYS);
    native_restart_count count = {0};
    policy.limit = 20;
    nex_duration base = 250 * NEX_MILLISECOND;
    bool jitter = false;
    for (int i = 0; i < 20; i++) {
        nex_duration delay = 0;
        assert_int_equal(native_restart_judge(&policy, &count, loop, true, &delay),
                         NATIVE_RESTART_LATER);
        assert_true(delay >= base && delay <= base + base / 5);
        jitter = jitter || delay != base;
        base = base * 2 < NEX_MINUTE ? base * 2 : NEX_MINUTE;
    }
    assert_true(jitter);
    nex_duration delay = 0;
    assert_int_equal(native_restart_judge(&policy, &count, loop, true, &delay),
                     NATIVE_RESTART_GIVE_UP);
    nex_loop_free(loop);
}

static void only_restarts_within_the_window_count(void **state) {
    (void)state;
    nex_loop *loop = fake_loop_new();
    native_restart_policy policy = native_restart_default(NATIVE_RESTART_ALWAYS);
    native_restart_count count = {0};
    nex_duration delay = 0;
    policy.limit = 2;
    policy.window = NEX_MINUTE;
    for (int i = 0; i < 10; i++) {
        assert_int_equal(native_restart_judge(&policy, &count, loop, true, &delay),
                         NATIVE_RESTART_LATER);
        fake_loop_advance(loop, 40 * NEX_SECOND);
    }
    for (int i = 0; i < 2; i++) {
        (void)native_restart_judge(&policy, &count, loop, true, &delay);
    }
    assert_int_equal(native_restart_judge(&policy, &count, loop, true, &delay),
                     NATIVE_RESTART_GIVE_UP);
    nex_loop_free(loop);
}

static void the_policy_says_which_ends_count(void **state) {
    (void)state;
    nex_loop *loop = fake_loop_new();
    static const struct {
        native_restart_when when;
        bool failed;
        native_restart_verdict verdict;
    } cases[] = {
        {NATIVE_RESTART_NEVER, true, NATIVE_RESTART_NO},
        {NATIVE_RESTART_NEVER, false, NATIVE_RESTART_NO},
        {NATIVE_RESTART_ON_FAILURE, true, NATIVE_RESTART_LATER},
        {NATIVE_RESTART_ON_FAILURE, false, NATIVE_RESTART_NO},
        {NATIVE_RESTART_ALWAYS, false, NATIVE_RESTART_LATER},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        native_restart_policy policy = native_restart_default(cases[i].when);
        native_restart_count count = {0};
        nex_duration delay = 0;
        assert_int_equal(native_restart_judge(&policy, &count, loop, cases[i].failed, &delay),
                         cases[i].verdict);
    }
    nex_loop_free(loop);
}

static void extreme_delays_do_not_overflow(void **state) {
    (void)state;
    nex_loop *loop = fake_loop_new();
    native_restart_policy policy = {.when = NATIVE_RESTART_ALWAYS,
                                    .delay = INT64_MAX / 4,
                                    .max_delay = INT64_MAX / 2,
                                    .limit = UINT32_MAX};
    native_restart_count count = {.failures = 1000000};
    nex_duration delay = 0;
    assert_int_equal(native_restart_judge(&policy, &count, loop, true, &delay),
                     NATIVE_RESTART_LATER);
    assert_true(delay >= INT64_MAX / 2);
    policy.delay = -5;
    policy.max_delay = -7;
    assert_int_equal(native_restart_judge(&policy, &count, loop, true, &delay),
                     NATIVE_RESTART_LATER);
    assert_int_equal(delay, 0);
    nex_loop_free(loop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(delays_double_with_jitter_up_to_the_longest),
        cmocka_unit_test(only_restarts_within_the_window_count),
        cmocka_unit_test(the_policy_says_which_ends_count),
        cmocka_unit_test(extreme_delays_do_not_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
