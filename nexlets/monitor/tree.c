#include "monitor/tree.h"

#include "monitor/identity.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

enum { TREE_MAX = 4096 }; /* processes found in one walk; the next walk finds more */

typedef struct pid_list {
    size_t count;
    pid_t pids[TREE_MAX];
} pid_list;

static void add_pid(pid_list *list, pid_t pid) {
    if (list->count < TREE_MAX) {
        list->pids[list->count++] = pid;
    }
}

/* Reads the pids in a file such as /proc/1/task/1/children. */
static void read_children(pid_list *found, const char *path) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    char text[2048];
    pid_t pid = 0;
    ssize_t got;
    while ((got = read(fd, text, sizeof text)) > 0) {
        for (ssize_t i = 0; i < got; i++) {
            if (text[i] >= '0' && text[i] <= '9') {
                pid = pid * 10 + (text[i] - '0');
            } else if (pid > 0) {
                add_pid(found, pid);
                pid = 0;
            }
        }
    }
    close(fd);
}

/* Calls visit with each name of a directory that is a number. */
static void each_number(const char *path, void (*visit)(void *arg, pid_t number), void *arg) {
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) {
        return;
    }
    _Alignas(struct dirent64) char entries[2048];
    ssize_t got;
    while ((got = getdents64(fd, entries, sizeof entries)) > 0) {
        for (ssize_t at = 0; at < got;) {
            const struct dirent64 *entry = (const void *)(entries + at);
            if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9') {
                visit(arg, (pid_t)strtol(entry->d_name, NULL, 10));
            }
            at += entry->d_reclen;
        }
    }
    close(fd);
}

typedef struct tree_walk {
    pid_list *found;
    pid_t pid; /* whose threads are visited, or the root */
} tree_walk;

static void visit_thread(void *arg, pid_t thread) {
    tree_walk *walk = arg;
    char path[64];
    snprintf(path, sizeof path, "/proc/%ld/task/%ld/children", (long)walk->pid, (long)thread);
    read_children(walk->found, path);
}

static void visit_threads(tree_walk *walk, pid_t pid) {
    char path[40];
    snprintf(path, sizeof path, "/proc/%ld/task", (long)pid);
    walk->pid = pid;
    each_number(path, visit_thread, walk);
}

/* By the lists of children that the kernel keeps. */
static void walk_children(pid_list *found, pid_t root) {
    tree_walk walk = {found, root};
    visit_threads(&walk, root);
    for (size_t i = 0; i < found->count; i++) {
        visit_threads(&walk, found->pids[i]);
    }
}

/* Without those lists: whether the way up from a process leads to the root. */
static void visit_process(void *arg, pid_t pid) {
    enum { DEPTH_MAX = 1000 };
    tree_walk *walk = arg;
    mon_process process;
    if (pid == walk->pid || !mon_process_read(pid, &process)) {
        return;
    }
    for (int depth = 0; depth < DEPTH_MAX && process.parent > 1; depth++) {
        if (process.parent == walk->pid) {
            add_pid(walk->found, pid);
            return;
        }
        if (!mon_process_read(process.parent, &process)) {
            return;
        }
    }
}

static int open_pidfd(pid_t pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

static bool signal_one(pid_t pid, int signal) {
    mon_process before;
    if (!mon_process_read(pid, &before) || before.state == 'Z' || before.state == 'X') {
        return false;
    }
    int fd = open_pidfd(pid);
    if (fd < 0) {
        /* Without pidfds the moment between look and kill remains; older kernels had no more. */
        return errno == ENOSYS && kill(pid, signal) == 0;
    }
    mon_process after;
    bool same = mon_process_read(pid, &after) && after.start_ticks == before.start_ticks;
    bool sent = same && syscall(SYS_pidfd_send_signal, fd, signal, NULL, 0) == 0;
    close(fd);
    return sent;
}

size_t mon_tree_signal(pid_t root, int signal) {
    pid_list found;
    found.count = 0;
    if (access("/proc/thread-self/children", R_OK) == 0) {
        walk_children(&found, root);
    } else {
        tree_walk walk = {&found, root};
        each_number("/proc", visit_process, &walk);
    }
    size_t sent = 0;
    for (size_t i = 0; i < found.count; i++) {
        sent += signal_one(found.pids[i], signal) ? 1 : 0;
    }
    return sent;
}
