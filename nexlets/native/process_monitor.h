/*
 * native/process_monitor.h - the process layer of real processes, each under its nex-monitor.
 */
#ifndef NATIVE_PROCESS_MONITOR_H
#define NATIVE_PROCESS_MONITOR_H

#include "native/process.h"

#include <nex/log.h>
#include <nex/loop.h>

/**
 * Opens the layer. state_dir is made if it does not exist; monitor_path NULL: nex-monitor is
 * looked for beside the running program and in libexec. The loop must have a libuv loop.
 */
nex_status nex_process_monitor_new(nex_process_layer *out, nex_loop *loop, const nex_log *log,
                                   const char *state_dir, const char *monitor_path, nex_error *err);

/**
 * Takes the state directory for this layer alone, until it is freed or its program ends. Two
 * nexlets on one directory would both report and restart what is there. NEX_ESTATE: another
 * one has it. Ephemeral: what was stopped is forgotten at an orderly end.
 */
nex_status nex_process_monitor_claim(nex_process_layer *layer, bool ephemeral, nex_error *err);

#endif
