/* loop_wait.h - runs a nex_loop until something happened, and fails the test if it does not. */
#ifndef NEX_TEST_LOOP_WAIT_H
#define NEX_TEST_LOOP_WAIT_H

#include <nex/loop.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

typedef struct loop_wait {
    nex_loop *loop;
    bool done;
    bool late;
} loop_wait;

static inline void loop_wait_late(void *arg) {
    loop_wait *wait = arg;
    wait->late = true;
    nex_loop_stop(wait->loop);
}

/** To be called by the callback that a test waits for. */
static inline void loop_wait_done(loop_wait *wait) {
    wait->done = true;
    nex_loop_stop(wait->loop);
}

/** Runs the loop until loop_wait_done, at most 30 s. Callable again and again. */
static inline void loop_wait_run(loop_wait *wait, const char *what) {
    nex_timer *timer = NULL;
    assert_int_equal(nex_timer_new(wait->loop, &timer, loop_wait_late, wait), NEX_OK);
    nex_timer_start(timer, 30 * NEX_SECOND, 0);
    while (!wait->done && !wait->late) {
        nex_loop_run(wait->loop);
    }
    nex_timer_free(timer);
    if (wait->late) {
        fail_msg("waited 30 s for %s", what);
    }
    wait->done = false;
}

#endif
