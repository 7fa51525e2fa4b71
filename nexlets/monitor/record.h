/*
 * monitor/record.h - files of state that are whole or not there.
 *
 * A record is a text under a first line that names its kind, version, length and checksum. It
 * is written beside its place and renamed into it, so that a reader sees the old or the new one;
 * one that was cut short or changed is told from a good one.
 */
#ifndef MONITOR_RECORD_H
#define MONITOR_RECORD_H

#include "monitor/identity.h"
#include "monitor/protocol.h"

#include <stdbool.h>

enum {
    MON_ID_SIZE = 128, /* room for a workload id */
    MON_CGROUPS_MAX = 6,
    MON_CGROUP_PATH_SIZE = 512,
    /* room for a run's record */
    MON_RUN_TEXT_SIZE = 1024 + MON_CGROUPS_MAX * (MON_CGROUP_PATH_SIZE + 16)
};

/* Writes a record into a directory; with sync it is on the disk when this returns. 0 or errno. */
int mon_record_write(int dir, const char *name, const char *kind, const void *text, size_t len,
                     bool sync);

typedef enum mon_record_status {
    MON_RECORD_OK = 0,
    MON_RECORD_ABSENT,
    MON_RECORD_DAMAGED, /* cut short, changed, or of an unknown kind or version */
    MON_RECORD_UNREADABLE
} mon_record_status;

/*
 * Reads a record's text, NUL-terminated, into memory that the caller frees; *size does not count
 * the NUL.
 */
mon_record_status mon_record_read(int dir, const char *name, const char *kind, char **text,
                                  size_t *size);

/* The control groups that were made for a run. */
typedef struct mon_cgroups {
    uint32_t count;
    char paths[MON_CGROUPS_MAX][MON_CGROUP_PATH_SIZE];
} mon_cgroups;

/* What is on record of a run. */
typedef struct mon_run {
    char id[MON_ID_SIZE];
    char boot_id[MON_BOOT_ID_SIZE];
    int32_t monitor_pid;
    uint64_t monitor_start_ticks;
    mon_state state;
    mon_cgroups cgroups;
} mon_run;

/* 0 or errno. */
int mon_run_write(int dir, const mon_run *run, bool sync);
mon_record_status mon_run_read(int dir, mon_run *out);

#endif
