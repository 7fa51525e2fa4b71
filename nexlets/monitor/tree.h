/*
 * monitor/tree.h - all processes below one, wherever they went.
 *
 * The monitor is the subreaper of its workload: a process that loses its parent, by a double
 * fork or else, becomes the monitor's child. So the tree is whole whatever sessions and groups
 * its members made for themselves.
 */
#ifndef MONITOR_TREE_H
#define MONITOR_TREE_H

#include <stddef.h>
#include <sys/types.h>

/*
 * Sends a signal to every process below root (not to root) and returns how many took it. A pid
 * is signalled through a pidfd that was checked to be the process meant.
 */
size_t mon_tree_signal(pid_t root, int signal);

#endif
