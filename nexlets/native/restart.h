/*
 * native/restart.h - whether and when a workload that ended is started anew.
 */
#ifndef NATIVE_RESTART_H
#define NATIVE_RESTART_H

#include <nex/core.h>
#include <nex/loop.h>

typedef enum native_restart_when {
    NATIVE_RESTART_NEVER,
    NATIVE_RESTART_ON_FAILURE,
    NATIVE_RESTART_ALWAYS
} native_restart_when;

typedef struct native_restart_policy {
    native_restart_when when;
    nex_duration delay; /* before the first restart; doubles each time */
    nex_duration max_delay;
    uint32_t limit;           /* restarts in a row */
    nex_duration window;      /* only restarts within it count; 0: all */
    nex_duration reset_after; /* a run this long sets count and delay back */
} native_restart_policy;

typedef struct native_restart_count {
    uint32_t failures;     /* restarts in a row */
    uint64_t window_began; /* on the loop's clock */
} native_restart_count;

typedef enum native_restart_verdict {
    NATIVE_RESTART_NO,     /* the policy has it end here */
    NATIVE_RESTART_LATER,  /* in *delay */
    NATIVE_RESTART_GIVE_UP /* the limit is reached */
} native_restart_verdict;

/* 250 ms doubling up to a minute, five restarts, set back after 10 s. */
native_restart_policy native_restart_default(native_restart_when when);
/* Judges an end and counts it. */
native_restart_verdict native_restart_judge(const native_restart_policy *policy,
                                            native_restart_count *count, nex_loop *loop,
                                            bool failed, nex_duration *delay);

#endif
