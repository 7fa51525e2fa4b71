/*
 * native/state_dir.h - the directories in which workloads are on record.
 *
 *   <state_dir>/workloads/<id>/   one workload: see monitor/protocol.h for the files
 *   <state_dir>/trash/            what is being removed
 *   <state_dir>/quarantine/       records that were damaged
 *   <state_dir>/retired/<id>      a workload that was stopped, or has ended for good
 */
#ifndef NATIVE_STATE_DIR_H
#define NATIVE_STATE_DIR_H

#include "monitor/record.h"

#include <nex/core.h>
#include <nex/log.h>

struct uv_loop_s;

typedef struct native_state_dir {
    char *path; /**< of workloads/, absolute */
    int root;
    int workloads;
    int claim; /**< -1: not taken */
    const nex_log *log;
    struct uv_loop_s *uv; /**< NULL: removes at once, however long it takes */
    size_t removals;      /**< that threads work on */
    size_t retired;       /**< how many there are */
    bool ephemeral;       /**< what is retired is forgotten at the close, if nothing is on record */
} native_state_dir;

/** Makes what does not exist, and removes what an earlier nexlet left in the trash. */
nex_status native_state_dir_open(native_state_dir *dir, const char *path, struct uv_loop_s *uv,
                                 const nex_log *log, nex_error *err);
void native_state_dir_close(native_state_dir *dir);
/** Takes the directory for the caller alone; NEX_ESTATE: somebody has it. */
nex_status native_state_dir_claim(native_state_dir *dir, nex_error *err);

/** Whether a text can name a directory here: letters, digits, - and _, at most 127. */
bool native_id_valid(const char *id);

/** Opens a workload's directory; with make also one that does not exist yet. */
nex_status native_state_dir_enter(const native_state_dir *dir, const char *id, bool make, int *out,
                                  nex_error *err);
/** Keeps what the nexlet knows of a workload, in two copies. */
nex_status native_state_dir_save(const native_state_dir *dir, const char *id, const void *data,
                                 size_t len, nex_error *err);
/** Reads it back; *text is NULL unless a copy is sound. Free it. Damaged ones are put
 * aside, and made anew from the other. */
mon_record_status native_state_dir_saved(const native_state_dir *dir, const char *id, int workload,
                                         char **text, size_t *len);
/** Reads a run's record; a damaged one is put aside. */
mon_record_status native_state_dir_run(const native_state_dir *dir, const char *id, int workload,
                                       mon_run *out);
/** Whether nothing is on record, nothing was, and no monitor holds the workload. */
bool native_state_dir_unused(int workload);
/** Whether a monitor holds the workload. */
bool native_state_dir_held(int workload);
/** Keeps monitors from the workload until the descriptor is closed; -1: one holds it. */
int native_state_dir_hold(int workload);
/** Calls each for every workload that has a directory. */
nex_status native_state_dir_each(const native_state_dir *dir,
                                 void (*each)(void *arg, const char *id), void *arg,
                                 nex_error *err);
/* retired.c */

/** Puts on record that a workload is not to run again: before anything of it is ended. */
nex_status native_retire(native_state_dir *dir, const char *id, nex_error *err);
/** Whether that is on record. */
bool native_retired(const native_state_dir *dir, const char *id);
/** Forgets the oldest, if there are too many. */
void native_retired_prune(native_state_dir *dir);
/** Forgets all. */
void native_retired_forget(native_state_dir *dir);

/** Forgets a workload; large directories are removed by another thread. */
void native_state_dir_remove(native_state_dir *dir, const char *id);

#endif
