/*
 * monitor/identity.h - which process a pid means.
 *
 * A pid alone proves nothing: it is used again. The pid with its start time, in the boot they
 * belong to, names one process for ever.
 */
#ifndef MONITOR_IDENTITY_H
#define MONITOR_IDENTITY_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

enum { MON_BOOT_ID_SIZE = 40 };

typedef struct mon_process {
    pid_t pid;
    pid_t parent;
    pid_t session;
    char state; /* as in /proc: R, S, D, Z, ... */
    uint64_t start_ticks;
} mon_process;

/* This boot's id; "" when the system does not tell. */
void mon_boot_id(char out[MON_BOOT_ID_SIZE]);
/* Reads /proc/<pid>/stat. False: there is no such process (or no /proc). */
bool mon_process_read(pid_t pid, mon_process *out);
/* Whether the process that started then, in that boot, still runs (a zombie does not). */
bool mon_process_lives(pid_t pid, uint64_t start_ticks, const char *boot_id);

#endif
