/* The libuv loop: timers, posts from threads, randomness, ids, and its end. */
#include <nex/loop.h>

#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <uv.h>

#include <cmocka.h>

static nex_loop *new_loop(void) {
    nex_loop *loop = NULL;
    nex_error err;
    assert_int_equal(nex_loop_new(&loop, &err), NEX_OK);
    assert_non_null(loop);
    return loop;
}

typedef struct trace {
    nex_loop *loop;
    nex_timer *timer;
    char text[64];
    size_t len;
    size_t stop_at;
    uint64_t fired_at;
} trace;

static void note(trace *t, char c) {
    assert_true(t->len < sizeof t->text - 1);
    t->text[t->len++] = c;
    if (t->len == t->stop_at) {
        nex_loop_stop(t->loop);
    }
}

static void note_a(void *arg) {
    note(arg, 'a');
}

static void note_b(void *arg) {
    note(arg, 'b');
}

static void note_c(void *arg) {
    note(arg, 'c');
}

static void posts_run_in_order(void **state) {
    (void)state;
    trace t = {.loop = new_loop(), .stop_at = 3};
    assert_int_equal(nex_loop_post(t.loop, note_a, &t), NEX_OK);
    assert_int_equal(nex_loop_post(t.loop, note_b, &t), NEX_OK);
    assert_int_equal(nex_loop_post(t.loop, note_c, &t), NEX_OK);
    assert_int_equal(t.len, 0);
    nex_loop_run(t.loop);
    assert_string_equal(t.text, "abc");
    nex_loop_free(t.loop);
}

static void posts_left_run_when_the_loop_is_freed(void **state) {
    (void)state;
    trace t = {.loop = new_loop(), .stop_at = SIZE_MAX};
    assert_int_equal(nex_loop_post(t.loop, note_a, &t), NEX_OK);
    nex_loop_free(t.loop);
    assert_string_equal(t.text, "a");
}

enum { THREADS = 4, POSTS = 1000 };

typedef struct counter {
    nex_loop *loop;
    size_t seen[THREADS];
    size_t total;
} counter;

typedef struct ticket {
    counter *counter;
    size_t thread;
    size_t number;
} ticket;

typedef struct poster {
    counter *counter;
    size_t thread;
    ticket *tickets;
} poster;

static void count(void *arg) {
    ticket *k = arg;
    counter *c = k->counter;
    assert_int_equal(c->seen[k->thread], k->number); /* in the order that thread posted */
    c->seen[k->thread]++;
    if (++c->total == (size_t)THREADS * POSTS) {
        nex_loop_stop(c->loop);
    }
}

static void *post_many(void *arg) {
    poster *p = arg;
    for (size_t i = 0; i < POSTS; i++) {
        p->tickets[i] = (ticket){p->counter, p->thread, i};
        if (nex_loop_post(p->counter->loop, count, &p->tickets[i]) != NEX_OK) {
            abort();
        }
    }
    return NULL;
}

static void threads_may_post(void **state) {
    (void)state;
    counter c = {.loop = new_loop()};
    ticket *tickets = calloc((size_t)THREADS * POSTS, sizeof *tickets);
    assert_non_null(tickets);
    poster posters[THREADS];
    pthread_t threads[THREADS];
    for (size_t i = 0; i < THREADS; i++) {
        posters[i] = (poster){&c, i, tickets + i * POSTS};
        assert_int_equal(pthread_create(&threads[i], NULL, post_many, &posters[i]), 0);
    }
    nex_loop_run(c.loop);
    for (size_t i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(c.seen[i], POSTS);
    }
    free(tickets);
    nex_loop_free(c.loop);
}

static void on_fire(void *arg) {
    trace *t = arg;
    t->fired_at = nex_loop_now(t->loop);
    note(t, 't');
}

static void timer_never_fires_early(void **state) {
    (void)state;
    trace t = {.loop = new_loop(), .stop_at = 1};
    assert_int_equal(nex_timer_new(t.loop, &t.timer, on_fire, &t), NEX_OK);
    assert_false(nex_timer_active(t.timer));
    for (nex_duration delay = 0; delay < 3 * NEX_MILLISECOND; delay += 700 * NEX_MICROSECOND) {
        uint64_t start = nex_loop_now(t.loop);
        t.len = 0;
        nex_timer_start(t.timer, delay, 0);
        assert_true(nex_timer_active(t.timer));
        nex_loop_run(t.loop);
        assert_true(t.fired_at - start >= (uint64_t)delay);
        assert_false(nex_timer_active(t.timer));
    }
    nex_timer_free(t.timer);
    nex_loop_free(t.loop);
}

static void timer_repeats_until_stopped(void **state) {
    (void)state;
    trace t = {.loop = new_loop(), .stop_at = 4};
    assert_int_equal(nex_timer_new(t.loop, &t.timer, on_fire, &t), NEX_OK);
    uint64_t start = nex_loop_now(t.loop);
    nex_timer_start(t.timer, 0, NEX_MILLISECOND);
    nex_loop_run(t.loop);
    assert_string_equal(t.text, "tttt");
    assert_true(t.fired_at - start >= 3 * (uint64_t)NEX_MILLISECOND);
    assert_true(nex_timer_active(t.timer));
    nex_timer_stop(t.timer);
    assert_false(nex_timer_active(t.timer));
    nex_timer_free(t.timer);
    nex_loop_free(t.loop);
}

static void timers_fire_in_order_of_time(void **state) {
    (void)state;
    trace t = {.loop = new_loop(), .stop_at = 2};
    nex_timer *late;
    nex_timer *soon;
    nex_timer *stopped;
    assert_int_equal(nex_timer_new(t.loop, &late, note_b, &t), NEX_OK);
    assert_int_equal(nex_timer_new(t.loop, &soon, note_a, &t), NEX_OK);
    assert_int_equal(nex_timer_new(t.loop, &stopped, note_c, &t), NEX_OK);
    nex_timer_start(late, 8 * NEX_MILLISECOND, 0);
    nex_timer_start(soon, NEX_HOUR, 0);
    nex_timer_start(soon, 2 * NEX_MILLISECOND, 0); /* set anew */
    nex_timer_start(stopped, NEX_MILLISECOND, 0);
    nex_timer_stop(stopped);
    nex_loop_run(t.loop);
    assert_string_equal(t.text, "ab");
    nex_timer_free(late);
    nex_timer_free(soon);
    nex_timer_free(stopped);
    nex_loop_free(t.loop);
}

static void free_own_timer(void *arg) {
    trace *t = arg;
    nex_timer_free(t->timer);
    note(t, 'f');
}

static void timer_may_be_freed_in_its_callback(void **state) {
    (void)state;
    trace t = {.loop = new_loop(), .stop_at = 1};
    assert_int_equal(nex_timer_new(t.loop, &t.timer, free_own_timer, &t), NEX_OK);
    nex_timer_start(t.timer, 0, NEX_MILLISECOND);
    nex_loop_run(t.loop);
    assert_string_equal(t.text, "f");
    nex_timer_free(NULL);
    nex_loop_free(t.loop);
    nex_loop_free(NULL);
}

static void ids_are_base62_and_differ(void **state) {
    (void)state;
    nex_loop *loop = new_loop();
    char a[NEX_ID_SIZE];
    char b[NEX_ID_SIZE];
    nex_loop_id(loop, a);
    nex_loop_id(loop, b);
    assert_int_equal(strlen(a), 22);
    assert_string_not_equal(a, b);
    for (int i = 0; i < 100; i++) {
        nex_loop_id(loop, a);
        assert_int_equal(
            strspn(a, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"), 22);
    }
    nex_loop_free(loop);
}

static void random_below_stays_below_and_reaches_all(void **state) {
    (void)state;
    nex_loop *loop = new_loop();
    unsigned seen[5] = {0};
    for (int i = 0; i < 1000; i++) {
        uint64_t v = nex_loop_random_below(loop, 5);
        assert_true(v < 5);
        seen[v]++;
    }
    for (size_t i = 0; i < 5; i++) {
        assert_true(seen[i] > 100); /* 200 expected; chance of fewer is below 1e-15 */
    }
    assert_int_equal(nex_loop_random_below(loop, 1), 0);
    nex_loop_free(loop);
}

static void runs_on_the_callers_uv_loop(void **state) {
    (void)state;
    uv_loop_t uv;
    assert_int_equal(uv_loop_init(&uv), 0);
    trace t = {.stop_at = 1};
    nex_error err;
    assert_int_equal(nex_loop_from_uv(&t.loop, &uv, &err), NEX_OK);
    assert_ptr_equal(nex_loop_uv(t.loop), &uv);
    assert_int_equal(nex_loop_post(t.loop, note_a, &t), NEX_OK);
    uv_run(&uv, UV_RUN_DEFAULT);
    assert_string_equal(t.text, "a");
    nex_loop_free(t.loop);
    assert_int_equal(uv_run(&uv, UV_RUN_DEFAULT), 0);
    assert_int_equal(uv_loop_close(&uv), 0);
}

static void time_of_day_is_now(void **state) {
    (void)state;
    nex_loop *loop = new_loop();
    nex_time now = nex_loop_time(loop);
    assert_true(now.seconds > 1700000000);
    assert_in_range(now.nanoseconds, 0, 999999999);
    assert_int_equal(now.offset_minutes, 0);
    nex_loop_free(loop);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(posts_run_in_order),
        cmocka_unit_test(posts_left_run_when_the_loop_is_freed),
        cmocka_unit_test(threads_may_post),
        cmocka_unit_test(timer_never_fires_early),
        cmocka_unit_test(timer_repeats_until_stopped),
        cmocka_unit_test(timers_fire_in_order_of_time),
        cmocka_unit_test(timer_may_be_freed_in_its_callback),
        cmocka_unit_test(ids_are_base62_and_differ),
        cmocka_unit_test(random_below_stays_below_and_reaches_all),
        cmocka_unit_test(runs_on_the_callers_uv_loop),
        cmocka_unit_test(time_of_day_is_now),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
