/*
 * failing_memory.h - modules whose n-th allocation fails. They are compiled once more for the
 * test (nex_failing in tests/CMakeLists.txt), with these functions in the place of malloc and
 * its kin; the test itself, and the libraries that the modules use, are not touched.
 */
#ifndef NEX_TEST_FAILING_MEMORY_H
#define NEX_TEST_FAILING_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

void *failing_malloc(size_t size);
void *failing_calloc(size_t count, size_t size);
void *failing_realloc(void *old, size_t size);
char *failing_strdup(const char *text);
char *failing_strndup(const char *text, size_t len);

enum { FAILING_MEMORY_ALL = -1 };

/** From now on `good` allocations succeed, the next one fails, and all after it succeed. */
void failing_memory_arm(long good);
/**
 * From now on `good` allocations succeed and the next `bad` ones fail (FAILING_MEMORY_ALL: all,
 * until disarmed); and so on again and again, or all after them succeed.
 */
void failing_memory_arm_several(long good, long bad, bool again);
/** No more failures; whether there was one. */
bool failing_memory_disarm(void);

#endif
