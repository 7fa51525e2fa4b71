/*
 * Which processes run as local agents, noted on disk: a node that was killed leaves them, and
 * its successor must not start a second one of each. A note holds the pid and the process's
 * start time, so that another process that got the pid later is left alone.
 */
#include "node/local.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
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

void local_pid_write(const char *dir, const char *agent_id, int pid) {
    char path[4096];
    char text[64];
    int n = snprintf(text, sizeof text, "%d %" PRIu64 "\n", pid, start_time(pid));
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

void local_pid_reap(const char *dir, const char *agent_id, const nex_log *log) {
    char path[4096];
    char text[64];
    bool ended = false;
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
    }
}
