/*
 * native/usage.h - what the processes of a workload use: from its control group where it has one,
 * else summed over its processes in /proc.
 */
#ifndef NATIVE_USAGE_H
#define NATIVE_USAGE_H

#include "native/cgroup.h"

#include <nex/core.h>

typedef struct native_usage {
    double cpu_seconds;
    uint64_t memory; /**< bytes */
    uint64_t pids;
    bool has_io; /**< it can be told what was read and written */
    uint64_t io_read;
    uint64_t io_write;
    bool from_cgroup; /**< memory, at least */
} native_usage;

/** Where groups of the controllers memory, cpu, pids and io are, if they are anywhere. */
typedef struct native_usage_places {
    native_cgroup_place memory;
    native_cgroup_place cpu;
    native_cgroup_place pids;
    native_cgroup_place io;
} native_usage_places;

void native_usage_find_places(const char *chosen, native_usage_places *out);
/** Measures the tree to which a workload's first process belongs. False: it is gone. */
bool native_usage_measure(const native_usage_places *places, const char *workload_id, int64_t pid,
                          native_usage *out);
/** Adds processor time, memory and processes of a tree, as /proc tells them. */
void native_usage_add(int64_t pid, native_usage *total);

#endif
