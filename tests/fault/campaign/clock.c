/*
 * A library to be loaded before others: the time of day is off by as many seconds as a file says.
 * Other clocks, which nobody can set, go on as they are.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int64_t offset(void) {
    static const volatile int64_t *seconds;
    const char *path = getenv("NEX_FAULT_CLOCK");
    if (seconds == NULL && path != NULL) {
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        void *map =
            fd >= 0 ? mmap(NULL, sizeof *seconds, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;
        if (map != MAP_FAILED) {
            seconds = map;
        }
        if (fd >= 0) {
            close(fd);
        }
    }
    return seconds != NULL ? *seconds : 0;
}

int clock_gettime(clockid_t clock, struct timespec *now) {
    int result = (int)syscall(SYS_clock_gettime, clock, now);
    if (result == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE)) {
        now->tv_sec += offset();
    }
    return result;
}

time_t time(time_t *out) {
    struct timespec now;
    (void)clock_gettime(CLOCK_REALTIME, &now);
    if (out != NULL) {
        *out = now.tv_sec;
    }
    return now.tv_sec;
}

/* Waits until a time of day are the kernel's, whose clock was not moved. */
int pthread_cond_timedwait(pthread_cond_t *restrict condition, pthread_mutex_t *restrict mutex,
                           const struct timespec *restrict until) {
    enum { SOME_TIME_OF_DAY = 1000000000 }; /* as against seconds since boot */
    typedef int wait_fn(pthread_cond_t *, pthread_mutex_t *, const struct timespec *);
    wait_fn *wait = (wait_fn *)dlvsym(RTLD_NEXT, "pthread_cond_timedwait", "GLIBC_2.3.2");
    struct timespec real = *until;
    if (real.tv_sec > SOME_TIME_OF_DAY) {
        real.tv_sec -= offset();
    }
    return wait(condition, mutex, &real);
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
    struct timespec exact;
    (void)zone;
    (void)clock_gettime(CLOCK_REALTIME, &exact);
    now->tv_sec = exact.tv_sec;
    now->tv_usec = exact.tv_nsec / 1000;
    return 0;
}
