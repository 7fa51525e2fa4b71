#include "monitor/clock.h"

#include <time.h>

static int64_t clock_ns(clockid_t clock) {
    struct timespec now;
    clock_gettime(clock, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

int64_t mon_now(void) {
    return clock_ns(CLOCK_MONOTONIC) / 1000000;
}

int64_t mon_time(void) {
    return clock_ns(CLOCK_REALTIME);
}
