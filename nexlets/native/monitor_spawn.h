/*
 * native/monitor_spawn.h - starting a nex-monitor with what it inherits.
 */
#ifndef NATIVE_MONITOR_SPAWN_H
#define NATIVE_MONITOR_SPAWN_H

#include "native/process.h"

#include <sys/types.h>

/** Finds nex-monitor beside the running program and in libexec. Free *out. */
nex_status native_monitor_find(char **out, nex_error *err);

/**
 * Starts a monitor for a spec, in the workload's directory (-1: none). *control is this side of
 * its socket, not blocking. The mark (NULL: none) goes into the
 * environment.
 */
nex_status native_monitor_spawn(const char *monitor_path, const nex_process_spec *spec,
                                const char *mark, int directory, pid_t *pid, int *control,
                                nex_error *err);

#endif
