/*
 * loop/seam.h - what an implementation of nex_loop provides.
 *
 * There are two: libuv (loop/loop_uv.c) and the simulation (tests/sim/sim_loop.c), whose time is
 * virtual and whose randomness comes from a seed. Nothing else has to know which one runs.
 */
#ifndef NEX_LOOP_SEAM_H
#define NEX_LOOP_SEAM_H

#include <nex/loop.h>

/** Work handed to the loop. The memory is the poster's own until cb runs. */
typedef struct nex_post {
    struct nex_post *next;
    void (*cb)(void *arg);
    void *arg;
} nex_post;

typedef struct nex_loop_ops {
    struct uv_loop_s *(*uv)(nex_loop *loop);
    void (*run)(nex_loop *loop);
    void (*stop)(nex_loop *loop);
    /** Runs what is still posted, then frees. */
    void (*free)(nex_loop *loop);
    uint64_t (*now)(const nex_loop *loop);
    nex_time (*time)(const nex_loop *loop);
    void (*random)(nex_loop *loop, void *out, size_t len);
    void (*post)(nex_loop *loop, nex_post *post);
    /** Allocates a stopped timer; loop, cb and arg are filled in by the caller. */
    nex_timer *(*timer_new)(nex_loop *loop);
    /** Calls nex_timer_fire `delay` from now (0 or more). */
    void (*timer_arm)(nex_timer *timer, nex_duration delay);
    void (*timer_disarm)(nex_timer *timer);
    void (*timer_free)(nex_timer *timer);
} nex_loop_ops;

/** The head of every implementation's loop. */
struct nex_loop {
    const nex_loop_ops *ops;
};

/** The head of every implementation's timer. */
struct nex_timer {
    nex_loop *loop;
    void (*cb)(void *arg);
    void *arg;
    uint64_t due; /**< on the clock of nex_loop_now */
    nex_duration repeat;
    bool active;
};

/** A post that needs no memory, for callers that must not fail. Any thread. */
void nex_loop_post_node(nex_loop *loop, nex_post *post);

/** The implementation calls this when an armed timer is due: arms it anew or not, runs cb. */
void nex_timer_fire(nex_timer *timer);

#endif
