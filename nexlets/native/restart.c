#include "native/restart.h"

enum { JITTER_PERCENT = 20 };

native_restart_policy native_restart_default(native_restart_when when) {
    return (native_restart_policy){.when = when,
                                   .delay = 250 * NEX_MILLISECOND,
                                   .max_delay = NEX_MINUTE,
                                   .limit = 5,
                                   .window = 0,
                                   .reset_after = 10 * NEX_SECOND};
}

/* Jitter keeps workloads that fell together from coming back together. */
static nex_duration backoff(const native_restart_policy *policy, uint32_t failures,
                            nex_loop *loop) {
    nex_duration delay = policy->delay > 0 ? policy->delay : 0;
    nex_duration max = policy->max_delay > delay ? policy->max_delay : delay;
    for (uint32_t i = 1; i < failures && delay < max; i++) {
        delay = delay > max / 2 ? max : delay * 2;
    }
    uint64_t spread = (uint64_t)(delay / 100 * JITTER_PERCENT);
    return delay + (nex_duration)nex_loop_random_below(loop, spread + 1);
}

native_restart_verdict native_restart_judge(const native_restart_policy *policy,
                                            native_restart_count *count, nex_loop *loop,
                                            bool failed, nex_duration *delay) {
    if (policy->when == NATIVE_RESTART_NEVER ||
        (policy->when == NATIVE_RESTART_ON_FAILURE && !failed)) {
        return NATIVE_RESTART_NO;
    }
    uint64_t now = nex_loop_now(loop);
    if (policy->window > 0 && now - count->window_began > (uint64_t)policy->window) {
        count->failures = 0;
    }
    if (count->failures == 0) {
        count->window_began = now;
    }
    if (count->failures >= policy->limit) {
        return NATIVE_RESTART_GIVE_UP;
    }
    count->failures++;
    *delay = backoff(policy, count->failures, loop);
    return NATIVE_RESTART_LATER;
}
