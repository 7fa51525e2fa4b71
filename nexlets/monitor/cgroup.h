/*
 * monitor/cgroup.h - the control groups that hold a workload to its limits.
 */
#ifndef MONITOR_CGROUP_H
#define MONITOR_CGROUP_H

#include "monitor/record.h"
#include "monitor/spec.h"

#include <sys/types.h>

/* Moves the monitor itself to the group that the spec names for it. Returns 0 or an errno. */
int mon_cgroups_go_home(const mon_spec *spec, const char **where);
/*
 * Makes the spec's groups and sets their limits. Returns 0 or an errno; where it failed is told.
 * A group of an earlier run, and what is left in it, is ended first; but attached runs of one
 * workload share theirs.
 */
int mon_cgroups_make(mon_cgroups *groups, const mon_spec *spec, const char **where);
/*
 * A descriptor of the group that a process can be born into (v2), which spares the kernel the
 * ten milliseconds that moving one takes; -1: there is none.
 */
int mon_cgroups_birthplace(const mon_cgroups *groups);
/* Moves a process into those of the groups that it is not in. */
int mon_cgroups_enter(const mon_cgroups *groups, pid_t pid, const char **where);
/* Whether the kernel killed a process of theirs for want of memory. */
bool mon_cgroups_oom(const mon_cgroups *groups);
/* Kills all that is in them, at one stroke where the kernel can. Returns how many there were. */
size_t mon_cgroups_kill(const mon_cgroups *groups);
/* Removes them, once they are empty. */
void mon_cgroups_remove(mon_cgroups *groups);

#endif
