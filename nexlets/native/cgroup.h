/*
 * native/cgroup.h - where this nexlet may make control groups, and what limits look like there.
 */
#ifndef NATIVE_CGROUP_H
#define NATIVE_CGROUP_H

#include <nex/core.h>
#include <nex/log.h>

/** A place for groups of one controller. */
typedef struct native_cgroup_place {
    bool unified; /**< cgroup v2 */
    char path[448];
} native_cgroup_place;

/**
 * Finds where groups with a controller ("memory", "cpu", "pids", "io") can be made by this
 * process: in v2 below the group `chosen`, or, with NULL, below what was delegated to this process
 * (delegation.h). NEX_EUNSUPPORTED says why there is none.
 */
nex_status native_cgroup_find(const char *chosen, const char *controller, native_cgroup_place *out,
                              nex_error *err);

/** The same for groups without controllers, which only hold processes together; v2 alone. */
bool native_cgroup_holds(const char *chosen, native_cgroup_place *out);

/** Whether a place that native_cgroup_holds found still is one. */
bool native_cgroup_still_holds(const native_cgroup_place *place);

/** What the groups of workloads are named: this and the workload's id. */
#define NATIVE_CGROUP_PREFIX "nex-"

/**
 * Removes groups of workloads that hold no process and are older than a minute: those whose
 * monitor was killed while no nexlet was there to see it.
 */
void native_cgroup_sweep(const char *chosen);

/** Says, once at the start, what control groups there are here and what is missing. */
void native_cgroup_report(const char *chosen, const nex_log *log);

#endif
