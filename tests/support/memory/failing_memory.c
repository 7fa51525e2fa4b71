#include "failing_memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* There with the sanitizers: says which allocation failed, when FAILING_MEMORY_TRACE is set. */
__attribute__((weak)) void __sanitizer_print_stack_trace(void);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct {
    bool armed;
    bool again;
    long good;
    long bad;
    long at; /* allocations since it was armed, or since the last round began */
} plan;
static bool failed;

/* Under the lock. */
static bool next_fails(void) {
    if (!plan.armed) {
        return false;
    }
    long at = plan.at++;
    if (at < plan.good) {
        return false;
    }
    if (plan.bad != FAILING_MEMORY_ALL && at + 1 >= plan.good + plan.bad) {
        plan.armed = plan.again;
        plan.at = 0;
    }
    return true;
}

static bool refused(void) {
    pthread_mutex_lock(&lock);
    bool now = next_fails();
    failed = failed || now;
    pthread_mutex_unlock(&lock);
    if (now && getenv("FAILING_MEMORY_TRACE") != NULL && __sanitizer_print_stack_trace) {
        __sanitizer_print_stack_trace();
    }
    return now;
}

void failing_memory_arm(long good) {
    failing_memory_arm_several(good, 1, false);
}

void failing_memory_arm_several(long good, long bad, bool again) {
    pthread_mutex_lock(&lock);
    plan.armed = true;
    plan.again = again;
    plan.good = good;
    plan.bad = bad;
    plan.at = 0;
    failed = false;
    pthread_mutex_unlock(&lock);
}

bool failing_memory_disarm(void) {
    pthread_mutex_lock(&lock);
    bool was = failed;
    plan.armed = false;
    pthread_mutex_unlock(&lock);
    return was;
}

void *failing_malloc(size_t size) {
    return refused() ? NULL : malloc(size);
}

void *failing_calloc(size_t count, size_t size) {
    return refused() ? NULL : calloc(count, size);
}

void *failing_realloc(void *old, size_t size) {
    return refused() ? NULL : realloc(old, size);
}

char *failing_strdup(const char *text) {
    return refused() ? NULL : strdup(text);
}

char *failing_strndup(const char *text, size_t len) {
    return refused() ? NULL : strndup(text, len);
}
