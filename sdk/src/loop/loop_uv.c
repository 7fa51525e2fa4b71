/* nex_loop on libuv. */
#include "loop/seam.h"

#include <sodium.h>
#include <stdlib.h>
#include <time.h>
#include <uv.h>

typedef struct uv_impl {
    nex_loop base;
    uv_loop_t *uv;
    uv_loop_t own; /**< used when the loop was not the caller's */
    uv_async_t wake;
    uv_mutex_t mutex; /**< guards the list of posts */
    nex_post *first;
    nex_post **last;
    bool closed; /**< the wake handle is closed */
} uv_impl;

typedef struct uv_impl_timer {
    nex_timer base;
    uv_timer_t handle;
} uv_impl_timer;

static struct uv_loop_s *impl_uv(nex_loop *loop) {
    return ((uv_impl *)loop)->uv;
}

static void impl_run(nex_loop *loop) {
    uv_run(((uv_impl *)loop)->uv, UV_RUN_DEFAULT);
}

static void impl_stop(nex_loop *loop) {
    uv_stop(((uv_impl *)loop)->uv);
}

static uint64_t impl_now(const nex_loop *loop) {
    (void)loop;
    return uv_hrtime();
}

static nex_time impl_time(const nex_loop *loop) {
    (void)loop;
    struct timespec ts;
    nex_time out = {0, 0, 0};
    if (clock_gettime(CLOCK_REALTIME, &ts) == 0) {
        out.seconds = (int64_t)ts.tv_sec;
        out.nanoseconds = (int32_t)ts.tv_nsec;
    }
    return out;
}

static void impl_random(nex_loop *loop, void *out, size_t len) {
    (void)loop;
    randombytes_buf(out, len);
}

static void impl_post(nex_loop *loop, nex_post *post) {
    uv_impl *impl = (uv_impl *)loop;
    post->next = NULL;
    uv_mutex_lock(&impl->mutex);
    *impl->last = post;
    impl->last = &post->next;
    /* Sent under the mutex: whoever sees the post run may free the loop right after. */
    uv_async_send(&impl->wake);
    uv_mutex_unlock(&impl->mutex);
}

static nex_post *take_posts(uv_impl *impl) {
    uv_mutex_lock(&impl->mutex);
    nex_post *list = impl->first;
    impl->first = NULL;
    impl->last = &impl->first;
    uv_mutex_unlock(&impl->mutex);
    return list;
}

static void run_posts(nex_post *list) {
    while (list != NULL) {
        nex_post *post = list;
        list = list->next;
        post->cb(post->arg);
    }
}

static void on_wake(uv_async_t *handle) {
    run_posts(take_posts(handle->data));
}

static void on_wake_closed(uv_handle_t *handle) {
    uv_impl *impl = handle->data;
    impl->closed = true;
    if (impl->uv != &impl->own) {
        uv_mutex_destroy(&impl->mutex);
        free(impl);
    }
}

static void impl_free(nex_loop *loop) {
    uv_impl *impl = (uv_impl *)loop;
    nex_post *list;
    while ((list = take_posts(impl)) != NULL) {
        run_posts(list);
    }
    uv_close((uv_handle_t *)&impl->wake, on_wake_closed);
    if (impl->uv != &impl->own) {
        return; /* the caller's loop closes the handle when it runs next */
    }
    while (!impl->closed) {
        uv_run(&impl->own, UV_RUN_NOWAIT);
    }
    uv_loop_close(&impl->own);
    uv_mutex_destroy(&impl->mutex);
    free(impl);
}

static void on_timer(uv_timer_t *handle) {
    nex_timer_fire(handle->data);
}

static void on_timer_closed(uv_handle_t *handle) {
    free(handle->data);
}

static nex_timer *impl_timer_new(nex_loop *loop) {
    uv_impl_timer *timer = calloc(1, sizeof *timer);
    if (timer == NULL) {
        return NULL;
    }
    uv_timer_init(((uv_impl *)loop)->uv, &timer->handle);
    timer->handle.data = timer;
    return &timer->base;
}

static void impl_timer_arm(nex_timer *base, nex_duration delay) {
    uv_impl_timer *timer = (uv_impl_timer *)base;
    (void)delay;
    /* libuv counts whole milliseconds from a cached time that may be old. Its clock is that of
     * uv_hrtime cut off to milliseconds, so the due time rounded up never fires early. */
    const uint64_t ms = 1000000;
    uint64_t due = base->due / ms + (base->due % ms != 0 ? 1 : 0);
    uint64_t cached = uv_now(timer->handle.loop);
    uv_timer_start(&timer->handle, on_timer, due > cached ? due - cached : 0, 0);
}

static void impl_timer_disarm(nex_timer *base) {
    uv_timer_stop(&((uv_impl_timer *)base)->handle);
}

static void impl_timer_free(nex_timer *base) {
    uv_close((uv_handle_t *)&((uv_impl_timer *)base)->handle, on_timer_closed);
}

static const nex_loop_ops uv_ops = {
    .uv = impl_uv,
    .run = impl_run,
    .stop = impl_stop,
    .free = impl_free,
    .now = impl_now,
    .time = impl_time,
    .random = impl_random,
    .post = impl_post,
    .timer_new = impl_timer_new,
    .timer_arm = impl_timer_arm,
    .timer_disarm = impl_timer_disarm,
    .timer_free = impl_timer_free,
};

static nex_status make(nex_loop **out, uv_loop_t *uv, nex_error *err) {
    *out = NULL;
    if (sodium_init() < 0) {
        return nex_error_set(err, NEX_EIO, "event loop: no source of randomness");
    }
    uv_impl *impl = calloc(1, sizeof *impl);
    if (impl == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "event loop: out of memory");
    }
    impl->base.ops = &uv_ops;
    impl->last = &impl->first;
    impl->uv = uv != NULL ? uv : &impl->own;

    int rc = uv_mutex_init(&impl->mutex);
    if (rc != 0) {
        free(impl);
        return nex_error_set(err, NEX_EIO, "event loop: mutex: %s", uv_strerror(rc));
    }
    if (uv == NULL && (rc = uv_loop_init(&impl->own)) != 0) {
        uv_mutex_destroy(&impl->mutex);
        free(impl);
        return nex_error_set(err, NEX_EIO, "event loop: %s", uv_strerror(rc));
    }
    rc = uv_async_init(impl->uv, &impl->wake, on_wake);
    if (rc != 0) {
        if (uv == NULL) {
            uv_loop_close(&impl->own);
        }
        uv_mutex_destroy(&impl->mutex);
        free(impl);
        return nex_error_set(err, NEX_EIO, "event loop: wake-up: %s", uv_strerror(rc));
    }
    impl->wake.data = impl;
    *out = &impl->base;
    return NEX_OK;
}

nex_status nex_loop_new(nex_loop **out, nex_error *err) {
    return make(out, NULL, err);
}

nex_status nex_loop_from_uv(nex_loop **out, struct uv_loop_s *uv, nex_error *err) {
    return make(out, uv, err);
}
