/*
 * Which processes run as local agents, noted on disk: a node that was killed leaves them, and
 * its successor must not start a second one of each. A note holds the pid and the process's
 * start time, so that another process that got the pid later is left alone. It is there, without
 * a pid, before the process is: where the node was killed in between, or the note is damaged, the
 * process is looked for among all.
 */
#include "node/local.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* Time since boot at which a process started, in clock ticks; 0 when there is none. */
static uint64_t start_time(int pid) {
    char path[64];
    char text[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return 0;
    }
    ssize_t n = read(fd, text, sizeof text - 1);
    close(fd);
    if (n <= 0) {
        return 0;
    }
    text[n] = '\0';
    /* The name may hold anything; fields are counted from its closing parenthesis. */
    const char *p = strrchr(text, ')');
    for (int field = 2; p != NULL && field < 22; field++) {
        p = strchr(p + 1, ' ');
    }
    uint64_t ticks = 0;
    return p != NULL && sscanf(p, "%" SCNu64, &ticks) == 1 ? ticks : 0;
}

/* A note is kept twice: with none that is sound a second agent would be started beside the first.
 */
static const char *const note_names[] = {"pid", "pid.copy"};
enum { NOTES = sizeof note_names / sizeof note_names[0] };

static bool note_path(const char *dir, const char *agent_id, size_t note, char *out, size_t size) {
    if (dir == NULL) {
        return false;
    }
    int n = snprintf(out, size, "%s/agents", dir);
    if (n < 0 || (size_t)n >= size || (mkdir(out, 0700) != 0 && errno != EEXIST)) {
        return false;
    }
    n = snprintf(out, size, "%s/agents/%s.%s", dir, agent_id, note_names[note]);
    return n > 0 && (size_t)n < size;
}

static void write_notes(const char *dir, const char *agent_id, int pid, uint64_t ticks) {
    char path[4096];
    char text[64];
    int n = snprintf(text, sizeof text, "%d %" PRIu64 "\n", pid, ticks);
    for (size_t i = 0; i < NOTES; i++) {
        int fd = note_path(dir, agent_id, i, path, sizeof path)
                     ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600)
                     : -1;
        if (fd >= 0) {
            if (n > 0 && write(fd, text, (size_t)n) != n) {
                unlink(path);
            }
            close(fd);
        }
    }
}

void local_pid_expect(const char *dir, const char *agent_id) {
    write_notes(dir, agent_id, 0, 0);
}

void local_pid_write(const char *dir, const char *agent_id, int pid) {
    write_notes(dir, agent_id, pid, start_time(pid));
}

void local_pid_remove(const char *dir, const char *agent_id) {
    char path[4096];
    for (size_t i = 0; i < NOTES; i++) {
        if (note_path(dir, agent_id, i, path, sizeof path)) {
            unlink(path);
        }
    }
}

static bool end_process(int pid, uint64_t ticks, const char *agent_id, const nex_log *log) {
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    bool found = pidfd >= 0 && start_time(pid) == ticks;
    if (found) {
        nex_log_write(log, NEX_LOG_WARN, "ending an agent that an earlier node left", "agent_id",
                      agent_id, NULL);
        (void)syscall(SYS_pidfd_send_signal, pidfd, SIGKILL, NULL, 0);
        struct pollfd gone = {.fd = pidfd, .events = POLLIN};
        (void)poll(&gone, 1, 1000);
    }
    if (pidfd >= 0) {
        close(pidfd);
    }
    return found;
}

/* ---- One that is not noted ---------------------------------------------------------------- */

/* Whether one of the first `limit` texts of a file below /proc is this one. */
static bool proc_has_text(int pid, const char *name, const char *wanted, size_t limit) {
    char path[64];
    char *text = NULL;
    size_t size = 0;
    bool found = false;
    snprintf(path, sizeof path, "/proc/%d/%s", pid, name);
    FILE *file = fopen(path, "re");
    for (size_t i = 0; file != NULL && !found && i < limit; i++) {
        if (getdelim(&text, &size, '\0', file) < 0) {
            break;
        }
        found = strcmp(text, wanted) == 0;
    }
    if (text != NULL) {
        nex_wipe(text, size); /* an environment has secrets */
        free(text);
    }
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

/* What an agent runs may inherit its environment, but is another program. A script's interpreter
 * and its option come before it. */
static bool is_agent(int pid, const char *program, const char *variable) {
    return getsid(pid) == pid && proc_has_text(pid, "cmdline", program, 3) &&
           proc_has_text(pid, "environ", variable, SIZE_MAX);
}

static void end_unnoted(const char *agent_id, const char *program, const char *variable,
                        const nex_log *log) {
    DIR *all = opendir("/proc");
    for (const struct dirent *entry; all != NULL && (entry = readdir(all)) != NULL;) {
        int pid = isdigit((unsigned char)entry->d_name[0]) != 0
                      ? (int)strtol(entry->d_name, NULL, 10)
                      : 0;
        if (pid > 1 && is_agent(pid, program, variable)) {
            (void)end_process(pid, start_time(pid), agent_id, log);
        }
    }
    if (all != NULL) {
        closedir(all);
    }
}

void local_pid_reap(const char *dir, const char *agent_id, const char *program,
                    const char *variable, const nex_log *log) {
    char path[4096];
    char text[64];
    bool ended = false;
    bool unsure = false;
    for (size_t i = 0; i < NOTES; i++) {
        int fd =
            note_path(dir, agent_id, i, path, sizeof path) ? open(path, O_RDONLY | O_CLOEXEC) : -1;
        if (fd < 0) {
            continue;
        }
        ssize_t n = read(fd, text, sizeof text - 1);
        close(fd);
        unlink(path);
        int pid = 0;
        uint64_t ticks = 0;
        text[n > 0 ? n : 0] = '\0';
        /* One that was changed names no process that began at that time. */
        if (!ended && sscanf(text, "%d %" SCNu64, &pid, &ticks) == 2 && pid > 1 && ticks != 0) {
            ended = end_process(pid, ticks, agent_id, log);
        }
        unsure = true;
    }
    if (unsure && !ended) {
        end_unnoted(agent_id, program, variable, log);
    }
}
