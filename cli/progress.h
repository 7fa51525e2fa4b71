/* progress.h - how far something has got, on a terminal only. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <nex/core.h>

typedef struct progress {
    bool shown; /**< standard error is a terminal */
    const char *what;
    uint64_t total;
    uint64_t began;
    uint64_t drawn; /**< when it was last; 0: never */
} progress;

/** Times are those of the loop, in nanoseconds. */
void progress_begin(progress *p, const char *what, uint64_t total, uint64_t now, bool quiet);
/** Draws, not more than ten times a second. */
void progress_update(progress *p, uint64_t done, uint64_t now);
/** Takes the bar away. */
void progress_end(progress *p);

#endif
