/*
 * What is left of a workload whose monitor was killed. With the monitor went the kernel's
 * knowledge of the tree: orphans are init's children now. Told are they by
 *
 *   - their control group, where the run had one: certain, and killed at one stroke;
 *   - their process namespace, under strict isolation: it ended with the monitor;
 *   - their user, when it is the workload's own: certain, since it cannot be changed;
 *   - their session, and their parents, as far as these live;
 *   - the mark in the environment they were started with (NEX_WORKLOAD_ID).
 *
 * What has neither group, namespace nor user of its own, left its session, lost its parents and
 * was started with another environment is told by nothing.
 */
#include "monitor/tree.h"
#include "native/isolation.h"
#include "native/monitor_link.h"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct search {
    const mon_state *state;
    bool main_lives;
    uint32_t user; /* 0: it has none of its own */
    const char *mark;
} search;

/* Whether the environment of a process holds the mark. */
static bool has_mark(pid_t pid, const char *mark) {
    enum { ENVIRONMENT_MAX = 256 * 1024 };
    char path[40];
    snprintf(path, sizeof path, "/proc/%ld/environ", (long)pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    char *text = fd >= 0 ? malloc(ENVIRONMENT_MAX) : NULL;
    size_t have = 0;
    ssize_t got = 0;
    while (text != NULL && have < ENVIRONMENT_MAX &&
           (got = read(fd, text + have, ENVIRONMENT_MAX - have)) > 0) {
        have += (size_t)got;
    }
    const char *found = have > 0 ? memmem(text, have, mark, strlen(mark) + 1) : NULL;
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

static bool has_user(pid_t pid, uint32_t user) {
    char path[40];
    struct stat info;
    snprintf(path, sizeof path, "/proc/%ld", (long)pid);
    return user != 0 && stat(path, &info) == 0 && info.st_uid == user;
}

static bool belongs(const search *what, const mon_process *process) {
    const mon_state *state = what->state;
    if (process->state == 'Z' || process->state == 'X' ||
        process->start_ticks < state->start_ticks) {
        return false;
    }
    /* Once the process itself is gone its number may be that of another session. */
    return (what->main_lives && (process->pid == state->pid || process->session == state->pid)) ||
           has_user(process->pid, what->user) || has_mark(process->pid, what->mark);
}

static size_t kill_told(const search *what) {
    size_t killed = 0;
    DIR *entries = opendir("/proc");
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        mon_process process;
        pid_t pid = (pid_t)strtol(entry->d_name, NULL, 10);
        if (pid > 1 && pid != getpid() && mon_process_read(pid, &process) &&
            belongs(what, &process)) {
            /* Its children first: without it nothing may tell them. */
            killed += mon_tree_signal(pid, SIGKILL);
            killed += kill(pid, SIGKILL) == 0 ? 1 : 0;
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
    return killed;
}

size_t native_remains_kill(const char *mark, int directory, const mon_run *run) {
    char boot[MON_BOOT_ID_SIZE];
    mon_boot_id(boot);
    if (strcmp(boot, run->boot_id) != 0) {
        return 0; /* the machine was started anew: nothing of it can be left */
    }
    search what = {.state = &run->state,
                   .main_lives =
                       mon_process_lives(run->state.pid, run->state.start_ticks, run->boot_id),
                   .mark = mark,
                   .user = directory >= 0 ? native_dynamic_user_recorded(directory) : 0};
    return mon_cgroups_kill(&run->cgroups) + kill_told(&what);
}
