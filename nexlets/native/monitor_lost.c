/*
 * Workloads whose monitor is gone: killed, or ended with the machine. The record says which
 * process it was; if that still runs it is ended, since nobody takes its output or would see
 * its exit, and the nexlet starts the workload anew if it is one that restarts.
 */
#include "monitor/tree.h"
#include "native/monitor_link.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOK_AGAIN (10 * NEX_MILLISECOND)

/* Whether the environment of a process says that it is of this workload. */
static bool is_marked(pid_t pid, const char *id) {
    enum { ENVIRONMENT_MAX = 256 * 1024 };
    char path[40];
    char mark[MON_ID_SIZE + 32];
    snprintf(path, sizeof path, "/proc/%ld/environ", (long)pid);
    size_t mark_len = (size_t)snprintf(mark, sizeof mark, NATIVE_ID_VARIABLE "=%s", id) + 1;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = fd >= 0 ? malloc(ENVIRONMENT_MAX) : NULL;
    size_t have = 0;
    ssize_t got = 0;
    while (text != NULL && have < ENVIRONMENT_MAX &&
           (got = read(fd, text + have, ENVIRONMENT_MAX - have)) > 0) {
        have += (size_t)got;
    }
    const char *found = have > 0 ? memmem(text, have, mark, mark_len) : NULL;
    bool marked = found != NULL && (found == text || found[-1] == '\0');
    if (text != NULL) {
        explicit_bzero(text, have);
    }
    free(text);
    if (fd >= 0) {
        close(fd);
    }
    return marked;
}

/*
 * Kills the process, all below it, those of its session, and those that left both but carry the
 * workload's mark. Once the process itself is gone only the mark counts: its pid may be another's
 * by then. Returns how many there were.
 */
static size_t kill_all(const mon_state *state, const char *boot_id, const char *id) {
    bool lives = mon_process_lives(state->pid, state->start_ticks, boot_id);
    size_t killed = lives ? mon_tree_signal(state->pid, SIGKILL) : 0;
    DIR *entries = opendir("/proc");
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        mon_process process;
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 1 && pid != getpid() && mon_process_read(pid, &process) && process.state != 'Z' &&
            process.state != 'X' && process.start_ticks >= state->start_ticks &&
            ((lives && process.session == state->pid) || is_marked(pid, id)) &&
            kill(pid, SIGKILL) == 0) {
            killed++;
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return killed;
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
    char boot[MON_BOOT_ID_SIZE];
    mon_boot_id(boot);
    /* The program may have ended, and others of the workload not. */
    if (strcmp(boot, run.boot_id) == 0 && kill_all(&run.state, boot, process->id) > 0) {
        if (!process->killing) {
            process->killing = true;
            nex_log_write(process->layer->log, NEX_LOG_WARN,
                          "the monitor of a workload is gone: what it left is killed",
                          "workload_id", process->id, NULL);
        }
        if (native_link_later(process, LOOK_AGAIN, native_lost) == NEX_OK) {
            return;
        }
    }
    if (process->killing) {
        run.state.exit_flags |= MON_EXIT_KILLED;
    }
    end_unseen(process, &run.state);
}
