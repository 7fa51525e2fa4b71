#include "fake_loop.h"

#include <loop/seam.h>
#include <stdlib.h>
#include <string.h>

typedef struct fake_timer {
    nex_timer base;
    uint64_t at;
    bool armed;
    struct fake_timer *next;
    struct fake_timer **link;
} fake_timer;

typedef struct fake_loop {
    nex_loop base;
    uint64_t now;
    fake_timer *timers;
    nex_post *first;
    nex_post **last;
    uint64_t random;
} fake_loop;

static struct uv_loop_s *get_uv(nex_loop *loop) {
    (void)loop;
    return NULL;
}

static void do_nothing(nex_loop *loop) {
    (void)loop;
}

void fake_loop_run_posted(nex_loop *loop) {
    fake_loop *fake = (fake_loop *)loop;
    while (fake->first != NULL) {
        nex_post *post = fake->first;
        fake->first = post->next;
        if (fake->first == NULL) {
            fake->last = &fake->first;
        }
        post->cb(post->arg);
    }
}

static void free_loop(nex_loop *loop) {
    fake_loop_run_posted(loop);
    free(loop);
}

static uint64_t get_now(const nex_loop *loop) {
    return ((const fake_loop *)loop)->now;
}

static nex_time get_time(const nex_loop *loop) {
    uint64_t now = get_now(loop);
    return (nex_time){.seconds = 1700000000 + (int64_t)(now / (uint64_t)NEX_SECOND),
                      .nanoseconds = (int32_t)(now % (uint64_t)NEX_SECOND)};
}

/* SplitMix64: the same numbers in every run. */
static void fill_random(nex_loop *loop, void *out, size_t len) {
    fake_loop *fake = (fake_loop *)loop;
    unsigned char *to = out;
    for (size_t i = 0; i < len; i++) {
        fake->random += 0x9e3779b97f4a7c15u;
        uint64_t z = fake->random;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        to[i] = (unsigned char)(z >> 56);
    }
}

static void post(nex_loop *loop, nex_post *entry) {
    fake_loop *fake = (fake_loop *)loop;
    entry->next = NULL;
    *fake->last = entry;
    fake->last = &entry->next;
}

static nex_timer *timer_new(nex_loop *loop) {
    fake_loop *fake = (fake_loop *)loop;
    fake_timer *timer = calloc(1, sizeof *timer);
    timer->next = fake->timers;
    timer->link = &fake->timers;
    if (fake->timers != NULL) {
        fake->timers->link = &timer->next;
    }
    fake->timers = timer;
    return &timer->base;
}

static void timer_arm(nex_timer *base, nex_duration delay) {
    fake_timer *timer = (fake_timer *)base;
    timer->at = get_now(base->loop) + (uint64_t)delay;
    timer->armed = true;
}

static void timer_disarm(nex_timer *base) {
    ((fake_timer *)base)->armed = false;
}

static void timer_free(nex_timer *base) {
    fake_timer *timer = (fake_timer *)base;
    *timer->link = timer->next;
    if (timer->next != NULL) {
        timer->next->link = timer->link;
    }
    free(timer);
}

static fake_timer *earliest(const fake_loop *fake) {
    fake_timer *found = NULL;
    for (fake_timer *t = fake->timers; t != NULL; t = t->next) {
        if (t->armed && (found == NULL || t->at < found->at)) {
            found = t;
        }
    }
    return found;
}

nex_duration fake_loop_next(nex_loop *loop) {
    fake_loop *fake = (fake_loop *)loop;
    const fake_timer *timer = earliest(fake);
    return timer == NULL ? -1 : (nex_duration)(timer->at - fake->now);
}

void fake_loop_advance(nex_loop *loop, nex_duration duration) {
    fake_loop *fake = (fake_loop *)loop;
    uint64_t end = fake->now + (uint64_t)duration;
    fake_timer *timer;
    while ((timer = earliest(fake)) != NULL && timer->at <= end) {
        fake->now = timer->at;
        timer->armed = false;
        nex_timer_fire(&timer->base);
        fake_loop_run_posted(loop);
    }
    fake->now = end;
}

nex_loop *fake_loop_new(void) {
    static const nex_loop_ops ops = {.uv = get_uv,
                                     .run = do_nothing,
                                     .stop = do_nothing,
                                     .free = free_loop,
                                     .now = get_now,
                                     .time = get_time,
                                     .random = fill_random,
                                     .post = post,
                                     .timer_new = timer_new,
                                     .timer_arm = timer_arm,
                                     .timer_disarm = timer_disarm,
                                     .timer_free = timer_free};
    fake_loop *fake = calloc(1, sizeof *fake);
    fake->base.ops = &ops;
    fake->now = 1000 * (uint64_t)NEX_SECOND;
    fake->last = &fake->first;
    return &fake->base;
}
