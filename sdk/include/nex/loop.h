/*
 * nex/loop.h - the event loop: time, timers, randomness, ids, and work handed over by threads.
 *
 * One loop thread owns all state of a node, an agent or a client. Every function but
 * nex_loop_post must be called on that thread; every callback runs on it. The loop is libuv's;
 * a program that has a uv_loop_t of its own can give it to nex_loop_from_uv.
 */
#ifndef NEX_LOOP_H
#define NEX_LOOP_H

#include <nex/core.h>

#ifdef __cplusplus
extern "C" {
#endif

struct uv_loop_s;

typedef struct nex_loop nex_loop;
typedef struct nex_timer nex_timer;

enum { NEX_ID_SIZE = 23 }; /**< 22 base-62 characters (a NUID) and a NUL */

/** Makes a loop of its own (a new uv_loop_t). Free with nex_loop_free. */
NEX_API nex_status nex_loop_new(nex_loop **out, nex_error *err);
/** Uses the caller's uv_loop_t, which must outlive the nex_loop. */
NEX_API nex_status nex_loop_from_uv(nex_loop **out, struct uv_loop_s *uv, nex_error *err);
/** The libuv loop underneath; NULL in a simulation. */
NEX_API struct uv_loop_s *nex_loop_uv(nex_loop *loop);
/** Runs until nex_loop_stop. */
NEX_API void nex_loop_run(nex_loop *loop);
/** Makes nex_loop_run return after the present callback (at once if it does not run yet). */
NEX_API void nex_loop_stop(nex_loop *loop);
/**
 * Runs what is still posted, then frees. All timers, and all handles put on nex_loop_uv, must be
 * gone or closing before. A loop made by nex_loop_from_uv closes its handle when the caller's
 * uv_loop_t runs next. NULL is fine.
 */
NEX_API void nex_loop_free(nex_loop *loop);

/** Monotonic time in nanoseconds, from an arbitrary start. */
NEX_API uint64_t nex_loop_now(const nex_loop *loop);
/** The time of day, UTC. */
NEX_API nex_time nex_loop_time(const nex_loop *loop);
/** Cryptographically random bytes (in a simulation: from its seed). */
NEX_API void nex_loop_random(nex_loop *loop, void *out, size_t len);
/** A random number below `bound` (bound > 0). */
NEX_API uint64_t nex_loop_random_below(nex_loop *loop, uint64_t bound);
/** A new unique id of 22 base-62 characters. */
NEX_API void nex_loop_id(nex_loop *loop, char out[NEX_ID_SIZE]);

/** Runs cb on the loop thread soon, in the order posted. The one call any thread may make. */
NEX_API nex_status nex_loop_post(nex_loop *loop, void (*cb)(void *arg), void *arg);

/** A timer, stopped at first. */
NEX_API nex_status nex_timer_new(nex_loop *loop, nex_timer **out, void (*cb)(void *arg), void *arg);
/** Fires after `delay`, then every `repeat` if that is not 0. A running timer is set anew. */
NEX_API void nex_timer_start(nex_timer *timer, nex_duration delay, nex_duration repeat);
NEX_API void nex_timer_stop(nex_timer *timer);
NEX_API bool nex_timer_active(const nex_timer *timer);
/** Stops and frees; NULL is fine; allowed inside the timer's own callback. */
NEX_API void nex_timer_free(nex_timer *timer);

#ifdef __cplusplus
}
#endif

#endif
