/*
 * Workloads whose monitor is gone: killed, or ended with the machine. The record says which
 * process it was; if that still runs it is ended, since nobody takes its output or would see
 * its exit, and the nexlet starts the workload anew if it is one that restarts.
 */
#include "monitor/tree.h"
#include "native/monitor_link.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

#define LOOK_AGAIN (10 * NEX_MILLISECOND)

/* Kills the process, all below it, and those of its session that lost their parents. */
static void kill_all(const mon_state *state) {
    mon_tree_signal(state->pid, SIGKILL);
    DIR *entries = opendir("/proc");
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        mon_process process;
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 1 && mon_process_read(pid, &process) && process.session == state->pid &&
            process.start_ticks >= state->start_ticks) {
            (void)kill(pid, SIGKILL);
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

static void end_unseen(nex_process *process, mon_state *state) {
    nex_time now = nex_loop_time(process->layer->loop);
    state->phase = MON_PHASE_ENDED;
    state->ended_ns = now.seconds * NEX_SECOND + now.nanoseconds;
    native_link_ended(process, state, false);
}

void native_lost(nex_process *process) {
    mon_run run = {.state = process->state};
    mon_record_status status = MON_RECORD_ABSENT;
    if (process->directory >= 0) {
        status = native_state_dir_run(&process->layer->dir, process->id, process->directory, &run);
    }
    if (status == MON_RECORD_OK && run.state.phase == MON_PHASE_ENDED) {
        native_link_ended(process, &run.state, true);
        return;
    }
    if (status != MON_RECORD_OK && !process->told_started) {
        nex_error err;
        (void)nex_error_set(&err, NEX_EIO, "its monitor ended before the program ran");
        native_link_failed(process, &err);
        return;
    }
    if (status != MON_RECORD_OK) {
        mon_boot_id(run.boot_id); /* what is known was told in this boot */
    }
    if (mon_process_lives(run.state.pid, run.state.start_ticks, run.boot_id)) {
        if (!process->killing) {
            process->killing = true;
            nex_log_write(process->layer->log, NEX_LOG_WARN,
                          "the monitor of a workload is gone: what it left is killed",
                          "workload_id", process->id, NULL);
        }
        kill_all(&run.state);
        run.state.exit_flags |= MON_EXIT_KILLED;
        if (native_link_later(process, LOOK_AGAIN, native_lost) == NEX_OK) {
            return;
        }
    }
    if (process->killing) {
        run.state.exit_flags |= MON_EXIT_KILLED;
    }
    end_unseen(process, &run.state);
}
