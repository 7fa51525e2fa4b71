/* What all loops share: ids, unbiased random numbers, posts with memory, repeating timers. */
#include "loop/seam.h"

#include <stdlib.h>

struct uv_loop_s *nex_loop_uv(nex_loop *loop) {
    return loop->ops->uv(loop);
}

void nex_loop_run(nex_loop *loop) {
    loop->ops->run(loop);
}

void nex_loop_stop(nex_loop *loop) {
    loop->ops->stop(loop);
}

void nex_loop_free(nex_loop *loop) {
    if (loop != NULL) {
        loop->ops->free(loop);
    }
}

uint64_t nex_loop_now(const nex_loop *loop) {
    return loop->ops->now(loop);
}

nex_time nex_loop_time(const nex_loop *loop) {
    return loop->ops->time(loop);
}

void nex_loop_random(nex_loop *loop, void *out, size_t len) {
    loop->ops->random(loop, out, len);
}

uint64_t nex_loop_random_below(nex_loop *loop, uint64_t bound) {
    if (bound < 2) {
        return 0;
    }
    /* Values below 2^64 mod bound would make the low results likelier: draw again. */
    uint64_t reject = (UINT64_MAX - bound + 1) % bound;
    uint64_t value;
    do {
        nex_loop_random(loop, &value, sizeof value);
    } while (value < reject);
    return value % bound;
}

void nex_loop_id(nex_loop *loop, char out[NEX_ID_SIZE]) {
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    uint8_t bytes[32];
    size_t used = sizeof bytes;
    size_t n = 0;
    while (n < NEX_ID_SIZE - 1) {
        if (used == sizeof bytes) {
            nex_loop_random(loop, bytes, sizeof bytes);
            used = 0;
        }
        uint8_t b = bytes[used++] & 63U;
        if (b < 62) {
            out[n++] = digits[b];
        }
    }
    out[n] = '\0';
}

void nex_loop_post_node(nex_loop *loop, nex_post *post) {
    loop->ops->post(loop, post);
}

typedef struct owned_post {
    nex_post post;
    void (*cb)(void *arg);
    void *arg;
} owned_post;

static void run_owned(void *arg) {
    owned_post *owned = arg;
    void (*cb)(void *) = owned->cb;
    void *cb_arg = owned->arg;
    free(owned);
    cb(cb_arg);
}

nex_status nex_loop_post(nex_loop *loop, void (*cb)(void *arg), void *arg) {
    owned_post *owned = malloc(sizeof *owned);
    if (owned == NULL) {
        return NEX_ENOMEM;
    }
    owned->cb = cb;
    owned->arg = arg;
    owned->post.cb = run_owned;
    owned->post.arg = owned;
    nex_loop_post_node(loop, &owned->post);
    return NEX_OK;
}

nex_status nex_timer_new(nex_loop *loop, nex_timer **out, void (*cb)(void *arg), void *arg) {
    nex_timer *timer = loop->ops->timer_new(loop);
    *out = timer;
    if (timer == NULL) {
        return NEX_ENOMEM;
    }
    timer->loop = loop;
    timer->cb = cb;
    timer->arg = arg;
    timer->due = 0;
    timer->repeat = 0;
    timer->active = false;
    return NEX_OK;
}

static void arm(nex_timer *timer, uint64_t due) {
    uint64_t now = nex_loop_now(timer->loop);
    timer->due = due;
    timer->active = true;
    timer->loop->ops->timer_arm(timer, due > now ? (nex_duration)(due - now) : 0);
}

void nex_timer_start(nex_timer *timer, nex_duration delay, nex_duration repeat) {
    uint64_t now = nex_loop_now(timer->loop);
    timer->repeat = repeat > 0 ? repeat : 0;
    arm(timer, now + (delay > 0 ? (uint64_t)delay : 0));
}

void nex_timer_stop(nex_timer *timer) {
    if (timer->active) {
        timer->active = false;
        timer->loop->ops->timer_disarm(timer);
    }
}

bool nex_timer_active(const nex_timer *timer) {
    return timer->active;
}

void nex_timer_free(nex_timer *timer) {
    if (timer != NULL) {
        nex_timer_stop(timer);
        timer->loop->ops->timer_free(timer);
    }
}

void nex_timer_fire(nex_timer *timer) {
    if (timer->repeat > 0) {
        /* Counted from when it was due, so that it does not drift; a loop that was held up for
         * longer than one period skips what it missed. */
        uint64_t now = nex_loop_now(timer->loop);
        uint64_t next = timer->due + (uint64_t)timer->repeat;
        arm(timer, next > now ? next : now + (uint64_t)timer->repeat);
    } else {
        timer->active = false;
    }
    timer->cb(timer->arg);
}
