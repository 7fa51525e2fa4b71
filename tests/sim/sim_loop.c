/* nex_loop in virtual time. */
#include "world.h"

#include <stdlib.h>
#include <string.h>

struct sim_loop {
    nex_loop base;
    sim_process *process;
    bool stopped;
    nex_post *first;
    nex_post **last;
    sim_event drain;
};

typedef struct sim_timer {
    nex_timer base;
    sim_event event;
} sim_timer;

static sim *world_of(const nex_loop *loop) {
    return ((const sim_loop *)loop)->process->world;
}

static struct uv_loop_s *loop_uv(nex_loop *loop) {
    (void)loop;
    return NULL;
}

static void loop_run(nex_loop *base) {
    sim_loop *loop = (sim_loop *)base;
    while (!loop->stopped && sim_step(loop->process->world)) {
    }
    loop->stopped = false;
}

static void loop_stop(nex_loop *loop) {
    ((sim_loop *)loop)->stopped = true;
}

static uint64_t loop_now(const nex_loop *loop) {
    return world_of(loop)->now;
}

static nex_time loop_time(const nex_loop *loop) {
    const int64_t start = 1767225600; /* 2026-01-01T00:00:00Z */
    uint64_t now = world_of(loop)->now;
    return (nex_time){start + (int64_t)(now / NEX_SECOND), (int32_t)(now % NEX_SECOND), 0};
}

static void loop_random(nex_loop *loop, void *out, size_t len) {
    uint8_t *bytes = out;
    while (len > 0) {
        uint64_t value = sim_draw(&((sim_loop *)loop)->process->random);
        size_t n = len < sizeof value ? len : sizeof value;
        memcpy(bytes, &value, n);
        bytes += n;
        len -= n;
    }
}

/* ---- Posts -------------------------------------------------------------------------------- */

static void run_posts(sim_loop *loop) {
    nex_post *list = loop->first;
    loop->first = NULL;
    loop->last = &loop->first;
    while (list != NULL) {
        nex_post *post = list;
        list = list->next;
        post->cb(post->arg);
    }
}

static void on_drain(sim_event *event) {
    run_posts((sim_loop *)(void *)((char *)event - offsetof(sim_loop, drain)));
}

static void drop_nothing(sim_event *event) {
    (void)event;
}

static void loop_post(nex_loop *base, nex_post *post) {
    sim_loop *loop = (sim_loop *)base;
    post->next = NULL;
    *loop->last = post;
    loop->last = &post->next;
    if (loop->drain.place == 0) {
        sim_schedule(loop->process->world, &loop->drain, loop->process->world->now);
    }
}

/* ---- Timers ------------------------------------------------------------------------------- */

static void on_timer(sim_event *event) {
    sim_timer *timer = (sim_timer *)(void *)((char *)event - offsetof(sim_timer, event));
    sim_record(world_of(timer->base.loop), event->process, "timer", "", NULL, 0);
    nex_timer_fire(&timer->base);
}

static nex_timer *timer_new(nex_loop *loop) {
    sim_timer *timer = sim_alloc(sizeof *timer);
    timer->event.run = on_timer;
    timer->event.drop = drop_nothing;
    timer->event.process = ((sim_loop *)loop)->process;
    return &timer->base;
}

static void timer_arm(nex_timer *base, nex_duration delay) {
    sim *world = world_of(base->loop);
    sim_schedule(world, &((sim_timer *)base)->event, world->now + (uint64_t)delay);
}

static void timer_disarm(nex_timer *base) {
    sim_unschedule(world_of(base->loop), &((sim_timer *)base)->event);
}

static void timer_free(nex_timer *base) {
    timer_disarm(base);
    free(base);
}

/* ---- Life --------------------------------------------------------------------------------- */

static void loop_free(nex_loop *base) {
    sim_loop *loop = (sim_loop *)base;
    while (loop->first != NULL) {
        run_posts(loop);
    }
    sim_unschedule(loop->process->world, &loop->drain);
    loop->process->loop = NULL;
    free(loop);
}

static const nex_loop_ops sim_ops = {
    .uv = loop_uv,
    .run = loop_run,
    .stop = loop_stop,
    .free = loop_free,
    .now = loop_now,
    .time = loop_time,
    .random = loop_random,
    .post = loop_post,
    .timer_new = timer_new,
    .timer_arm = timer_arm,
    .timer_disarm = timer_disarm,
    .timer_free = timer_free,
};

sim_loop *sim_loop_new(sim_process *process) {
    sim_loop *loop = sim_alloc(sizeof *loop);
    loop->base.ops = &sim_ops;
    loop->process = process;
    loop->last = &loop->first;
    loop->drain.run = on_drain;
    loop->drain.drop = drop_nothing;
    loop->drain.process = process;
    return loop;
}
