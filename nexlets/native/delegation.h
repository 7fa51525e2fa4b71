/*
 * native/delegation.h - the part of the cgroup v2 tree that is this nexlet's own.
 *
 * The tree has one manager: systemd, or the container's. Others keep to what it delegated to them,
 * or it would remove their groups' controllers again, at its next reload for example.
 */
#ifndef NATIVE_DELEGATION_H
#define NATIVE_DELEGATION_H

#include <nex/core.h>

/** The group that a node's own processes move to, since v2 wants none beside groups with limits. */
#define NATIVE_DELEGATION_LEAF "node"

/**
 * Finds the directory below which groups may be made: of the unit that this process belongs to, if
 * it has Delegate=yes; without systemd, or in a container, of the process's group. NEX_EUNSUPPORTED
 * says why there is none, and what to do.
 */
nex_status native_delegation_find(char out[448], nex_error *err);

/**
 * The same for a group that was chosen: a path from the top of the tree, or, when it begins with
 * "..", from this process's group. Other than this process's own it outlives its unit.
 */
nex_status native_delegation_choose(const char *group, char out[448], nex_error *err);

/**
 * Has groups below a delegated directory get a controller. When processes are in the way they are
 * moved to NATIVE_DELEGATION_LEAF below it.
 */
nex_status native_delegation_enable(const char *directory, const char *controller, nex_error *err);

#endif
