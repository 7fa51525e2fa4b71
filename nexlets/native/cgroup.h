/*
 * native/cgroup.h - where this nexlet may make control groups, and what limits look like there.
 */
#ifndef NATIVE_CGROUP_H
#define NATIVE_CGROUP_H

#include <nex/core.h>

/** A place for groups of one controller. */
typedef struct native_cgroup_place {
    bool unified; /**< cgroup v2 */
    char path[448];
} native_cgroup_place;

/**
 * Finds where groups with a controller ("memory", "cpu", "pids") can be made by this process:
 * below its own group, or its parent's. NEX_EUNSUPPORTED says why there is none.
 */
nex_status native_cgroup_find(const char *controller, native_cgroup_place *out, nex_error *err);

#endif
