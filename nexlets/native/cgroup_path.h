/*
 * native/cgroup_path.h - where this process stands in the trees of control groups.
 */
#ifndef NATIVE_CGROUP_PATH_H
#define NATIVE_CGROUP_PATH_H

#include <stdbool.h>
#include <stddef.h>

/** Where a process stands in one tree. */
typedef struct native_cgroup_own {
    char mount[256]; /**< where the tree is mounted, without a slash at its end */
    char path[448];  /**< the directory of this process's group, in that mount */
} native_cgroup_own;

/**
 * Finds this process in the tree of a v1 controller, or, with "", in that of cgroup v2. False:
 * there is no such tree, it is not mounted, or the process stands outside what is mounted.
 */
bool native_cgroup_find_own(const char *controller, native_cgroup_own *out);

/** Whether a comma- or blank-separated list holds a word. */
bool native_cgroup_has_word(const char *list, const char *word);

/** Reads a file of a group, cut to fit; false with errno when it cannot be read. */
bool native_cgroup_read(const char *directory, const char *file, char *out, size_t size);

/** Writes a file of a group; false with errno when it cannot be written. */
bool native_cgroup_write(const char *directory, const char *file, const char *text);

#endif
