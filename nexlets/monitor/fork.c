/*
 * Making the workload's process. Its parent is always the monitor, so that its end is seen as any
 * child's. With a process namespace there is one more: the namespace's first process, which
 * collects orphans there, and ends them all should the monitor be killed.
 *
 * Only children of whoever asked for a process namespace are born into it, and the monitor
 * itself must not change its own. So a process in between asks, has both with the monitor as
 * their parent (CLONE_PARENT), and ends.
 */
#include "monitor/isolate.h"
#include "monitor/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <signal.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* As fork, with flags of clone, and born in a control group where that is given and can be. */
static pid_t fork_with(unsigned long flags, int cgroup) {
    struct clone_args how = {.flags = flags | CLONE_INTO_CGROUP,
                             .exit_signal = (flags & CLONE_PARENT) != 0 ? 0 : SIGCHLD,
                             .cgroup = (unsigned)cgroup};
    pid_t pid = cgroup >= 0 ? (pid_t)syscall(SYS_clone3, &how, sizeof how) : -1;
    if (cgroup < 0 || (pid < 0 && (errno == ENOSYS || errno == E2BIG))) {
        pid = (pid_t)syscall(SYS_clone, flags | SIGCHLD, NULL, NULL, NULL, NULL);
    }
    return pid;
}

static void enter_or_fail(const mon_monitor *monitor, const mon_child *child) {
    mon_detail detail = {""};
    int error = mon_spaces_enter(&monitor->spec, &detail);
    if (error != 0) {
        mon_child_failed(child, error, detail.text);
    }
}

/* The process in between. Returns in the workload's process alone. */
static void have_both(mon_monitor *monitor, const mon_child *child, int cgroup, const int gate[2],
                      int born) {
    int ready[2];
    char byte;
    enter_or_fail(monitor, child);
    if (pipe2(ready, O_CLOEXEC) != 0) {
        mon_child_failed(child, errno, "pipe");
    }
    pid_t init = fork_with(CLONE_PARENT, -1);
    if (init == 0) {
        mon_spaces_init(gate[0], ready[1]);
    }
    close(ready[1]);
    bool guarded = init > 0 && read(ready[0], &byte, 1) == 1;
    close(ready[0]);
    pid_t pid = guarded ? fork_with(CLONE_PARENT, cgroup) : -1;
    if (pid == 0) {
        close(gate[0]);
        close(gate[1]);
        return;
    }
    if (pid < 0) {
        mon_child_failed(child, errno, "processes of a process namespace");
    }
    _exit(write(born, &pid, sizeof pid) == (ssize_t)sizeof pid ? 0 : 1);
}

static pid_t fork_into_namespace(mon_monitor *monitor, const mon_child *child, int cgroup) {
    int gate[2];
    int born[2];
    pid_t pid = -1;
    if (pipe2(gate, O_CLOEXEC) != 0) {
        return -1;
    }
    if (pipe2(born, O_CLOEXEC) != 0) {
        close(gate[0]);
        close(gate[1]);
        return -1;
    }
    pid_t between = fork();
    if (between == 0) {
        have_both(monitor, child, cgroup, gate, born[1]);
        return 0;
    }
    int error = errno;
    close(gate[0]);
    close(born[1]);
    if (between > 0) {
        ssize_t got;
        do {
            got = read(born[0], &pid, sizeof pid);
        } while (got < 0 && errno == EINTR);
        pid = got == (ssize_t)sizeof pid ? pid : -1;
        (void)waitpid(between, NULL, 0);
    }
    close(born[0]);
    if (pid > 0) {
        monitor->init_gate = gate[1];
    } else {
        close(gate[1]); /* the namespace's first process ends with it */
    }
    errno = error;
    return pid;
}

pid_t mon_fork(mon_monitor *monitor, const mon_child *child, int cgroup) {
    if ((monitor->spec.isolation & MON_ISOLATE_PRIVATE_PID) != 0) {
        return fork_into_namespace(monitor, child, cgroup);
    }
    pid_t pid = fork_with(0, cgroup);
    if (pid == 0 && mon_spaces_wanted(&monitor->spec)) {
        enter_or_fail(monitor, child);
    }
    return pid;
}

void mon_fork_main_ended(mon_monitor *monitor) {
    if (monitor->init_gate >= 0) {
        (void)!write(monitor->init_gate, "", 1);
        /* It stays open: should the monitor be killed now, what is left still ends with it. */
    }
}
