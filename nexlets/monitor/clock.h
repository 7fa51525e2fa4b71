/* monitor/clock.h - the two clocks a monitor reads. */
#ifndef MONITOR_CLOCK_H
#define MONITOR_CLOCK_H

#include <stdint.h>

/* Milliseconds that never jump. */
int64_t mon_now(void);
/* Time of day, nanoseconds since 1970. */
int64_t mon_time(void);

#endif
