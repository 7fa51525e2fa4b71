/*
 * monitor/cgroup.h - the control groups that hold a workload to its limits.
 */
#ifndef MONITOR_CGROUP_H
#define MONITOR_CGROUP_H

#include "monitor/spec.h"

#include <sys/types.h>

enum { MON_CGROUPS_MAX = 4, MON_CGROUP_PATH_SIZE = 512 };

/* The groups a monitor made. */
typedef struct mon_cgroups {
    uint32_t count;
    char paths[MON_CGROUPS_MAX][MON_CGROUP_PATH_SIZE];
} mon_cgroups;

/* Makes the spec's groups, sets their limits, and moves a process in. Where it failed is told. */
int mon_cgroups_enter(mon_cgroups *groups, const mon_spec *spec, pid_t pid, const char **where);
/* Whether the kernel killed a process of theirs for want of memory. */
bool mon_cgroups_oom(const mon_cgroups *groups);
/* Removes them, once they are empty. */
void mon_cgroups_remove(mon_cgroups *groups);

#endif
