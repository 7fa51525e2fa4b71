#include "failing_memory.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

/* There with the sanitizers: says which allocation failed, when FAILING_MEMORY_TRACE is set. */
__attribute__((weak)) void __sanitizer_print_stack_trace(void);

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static long left = -1; /* allocations until the one that fails; -1: none does */
static bool failed;

static bool refused(void) {
    pthread_mutex_lock(&lock);
    bool now = left == 0;
    if (left >= 0) {
        left--;
    }
    failed = failed || now;
    pthread_mutex_unlock(&lock);
    if (now && getenv("FAILING_MEMORY_TRACE") != NULL && __sanitizer_print_stack_trace) {
        __sanitizer_print_stack_trace();
    }
    return now;
}

void failing_memory_arm(long good) {
    pthread_mutex_lock(&lock);
    left = good;
    failed = false;
    pthread_mutex_unlock(&lock);
}

bool failing_memory_disarm(void) {
    pthread_mutex_lock(&lock);
    bool was = failed;
    left = -1;
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
