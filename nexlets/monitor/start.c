#include "monitor/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static bool fail(const mon_failed *failed) {
    mon_frame frame = {.version = MON_VERSION, .type = MON_FAILED, .size = sizeof *failed};
    struct iovec parts[2] = {{&frame, sizeof frame}, {(void *)(uintptr_t)failed, sizeof *failed}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    (void)sendmsg(MON_FD_CONTROL, &message, MSG_NOSIGNAL);
    return false;
}

static bool fail_with(mon_stage stage, int error, const char *detail) {
    mon_failed failed = {.stage = (int32_t)stage, .error = error};
    snprintf(failed.detail, sizeof failed.detail, "%s", detail);
    return fail(&failed);
}

static bool take_signals(mon_monitor *monitor) {
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGINT);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGPIPE);
    sigprocmask(SIG_SETMASK, &set, NULL);
    monitor->signals = signalfd(-1, &set, SFD_CLOEXEC | SFD_NONBLOCK);
    return monitor->signals >= 0 || fail_with(MON_STAGE_SETUP, errno, "signalfd");
}

/*
 * The lock says that this workload has its monitor; it is held until the monitor ends. One that
 * is just ending gets the time to, which on a busy machine may be long.
 */
static bool take_lock(void) {
    enum { TRIES = 300 };
    static const struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
    int fd = open(MON_FILE_LOCK, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) {
        return fail_with(MON_STAGE_SETUP, errno, MON_FILE_LOCK);
    }
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    for (int tries = 1; fcntl(fd, F_OFD_SETLK, &whole) != 0; tries++) {
        if (errno != EAGAIN || tries == TRIES) {
            return fail_with(errno == EAGAIN ? MON_STAGE_BUSY : MON_STAGE_SETUP, errno,
                             MON_FILE_LOCK);
        }
        nanosleep(&pause, NULL);
    }
    return true;
}

static bool listen_here(mon_monitor *monitor) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", MON_FILE_SOCKET);
    (void)unlink(MON_FILE_SOCKET);
    monitor->listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (monitor->listener < 0 ||
        bind(monitor->listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(MON_FILE_SOCKET, 0600) != 0 || listen(monitor->listener, MON_CLIENTS) != 0) {
        return fail_with(MON_STAGE_SETUP, errno, MON_FILE_SOCKET);
    }
    return true;
}

/* All that a workload with a state directory has in it. */
static bool take_directory(mon_monitor *monitor) {
    if (fchdir(MON_FD_DIR) != 0) {
        return fail_with(MON_STAGE_SETUP, errno, "state directory");
    }
    if (!take_lock()) {
        return false;
    }
    int error = mon_log_open(&monitor->log, MON_FD_DIR, &monitor->spec.log);
    if (error != 0) {
        return fail_with(MON_STAGE_SETUP, error, "log");
    }
    monitor->run.state.log_acked = monitor->log.next - 1;
    return true;
}

static bool make_pipes(mon_monitor *monitor, int writers[2]) {
    for (int i = 0; i < 2; i++) {
        int ends[2];
        if (pipe2(ends, O_CLOEXEC) != 0) {
            return fail_with(MON_STAGE_SETUP, errno, "pipe");
        }
        (void)fcntl(ends[0], F_SETFL, O_NONBLOCK);
        monitor->outputs[i].fd = ends[0];
        writers[i] = ends[1];
    }
    return true;
}

/* The start is on disk before the first instruction of the workload runs. */
static bool record_start(mon_monitor *monitor, pid_t pid) {
    mon_process process;
    mon_run *run = &monitor->run;
    run->state.pid = pid;
    run->state.phase = MON_PHASE_RUNNING;
    run->state.started_ns = mon_time();
    run->state.log_next = monitor->log.next;
    if (mon_process_read(pid, &process)) {
        run->state.start_ticks = process.start_ticks;
    }
    run->monitor_pid = getpid();
    if (mon_process_read(getpid(), &process)) {
        run->monitor_start_ticks = process.start_ticks;
    }
    mon_boot_id(run->boot_id);
    if (monitor->attached) {
        return true;
    }
    int error = mon_run_write(MON_FD_DIR, run, false);
    return error == 0 || fail_with(MON_STAGE_RECORD, error, MON_FILE_RUN);
}

/*
 * The nexlet says hello when it has put the workload on record, which it does meanwhile. One that
 * went away before leaves nothing to be run.
 */
static bool await_nexlet(void) {
    char first;
    ssize_t got;
    do {
        got = recv(MON_FD_CONTROL, &first, 1, MSG_PEEK);
    } while (got < 0 && errno == EINTR);
    return got > 0;
}

/* Lets the child go on, and hears whether it became the program that was asked for. */
static bool open_gate(int gate, int errors) {
    mon_failed failed;
    ssize_t got;
    if (write(gate, "", 1) != 1) {
        /* It ended early; what it has to say comes below. */
    }
    close(gate);
    do {
        got = read(errors, &failed, sizeof failed);
    } while (got < 0 && errno == EINTR);
    if (got == 0) {
        return true;
    }
    return got == (ssize_t)sizeof failed ? fail(&failed)
                                         : fail_with(MON_STAGE_EXEC, EIO, "no word from the child");
}

static bool make_cgroups(mon_monitor *monitor) {
    const char *where = "";
    int error = mon_cgroups_go_home(&monitor->spec, &where);
    if (error == 0) {
        error = mon_cgroups_make(&monitor->run.cgroups, &monitor->spec, &where);
    }
    return error == 0 || fail_with(MON_STAGE_CGROUP, error, where);
}

static bool enter_cgroups(const mon_monitor *monitor, pid_t pid) {
    const char *where = "";
    int error = mon_cgroups_enter(&monitor->run.cgroups, pid, &where);
    return error == 0 || fail_with(MON_STAGE_CGROUP, error, where);
}

/* A start that failed leaves nothing behind. */
static void take_back(mon_monitor *monitor) {
    mon_cgroups_remove(&monitor->run.cgroups);
    if (!monitor->attached) {
        (void)unlink(MON_FILE_RUN);
        (void)unlink(MON_FILE_SOCKET);
    }
}

static bool fork_workload(mon_monitor *monitor) {
    int gate[2];
    int errors[2];
    mon_child child = {.stdio = {MON_FD_STDIN, -1, -1}};
    if (!make_pipes(monitor, child.stdio + 1) || !make_cgroups(monitor)) {
        return false;
    }
    if (pipe2(gate, O_CLOEXEC) != 0 || pipe2(errors, O_CLOEXEC) != 0) {
        return fail_with(MON_STAGE_SETUP, errno, "pipe");
    }
    child.gate = gate[0];
    child.errors = errors[1];
    int cgroup = mon_cgroups_birthplace(&monitor->run.cgroups);
    pid_t pid = mon_fork(monitor, &child, cgroup);
    if (pid == 0) {
        close(gate[1]);
        close(errors[0]);
        mon_child_run(&monitor->spec, &child);
    }
    int error = errno;
    if (cgroup >= 0) {
        close(cgroup);
    }
    close(gate[0]);
    close(errors[1]);
    if (pid < 0) {
        mon_failed failed;
        take_back(monitor);
        return read(errors[0], &failed, sizeof failed) == (ssize_t)sizeof failed
                   ? fail(&failed)
                   : fail_with(MON_STAGE_FORK, error, "");
    }
    close(child.stdio[1]);
    close(child.stdio[2]);
    close(MON_FD_STDIN);
    /* The child sets itself up meanwhile. */
    bool started = (monitor->attached || listen_here(monitor)) && enter_cgroups(monitor, pid) &&
                   record_start(monitor, pid) && await_nexlet() && open_gate(gate[1], errors[0]);
    close(errors[0]);
    if (!started) {
        kill(pid, SIGKILL);
        waitpid(pid, NULL, 0);
        mon_fork_main_ended(monitor);
        take_back(monitor);
    }
    return started;
}

/*
 * The start was already told: on disk, it only matters after a crash of the machine, in which the
 * workload ended too. So nobody waits for the disk.
 */
static void sync_start(void) {
    static const char *const files[] = {MON_FILE_SAVED, MON_FILE_RUN};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        int fd = open(files[i], O_RDONLY | O_CLOEXEC);
        if (fd >= 0) {
            (void)fdatasync(fd);
            close(fd);
        }
    }
    (void)fsync(MON_FD_DIR);
}

bool mon_start(mon_monitor *monitor) {
    for (int i = 0; i < MON_CLIENTS; i++) {
        monitor->clients[i].fd = -1;
    }
    monitor->listener = -1;
    monitor->init_gate = -1;
    monitor->log.fd = -1;
    if (!take_signals(monitor)) {
        return false;
    }
    const char *wrong = mon_spec_load(&monitor->spec, MON_FD_SPEC);
    close(MON_FD_SPEC);
    if (wrong != NULL || strlen(monitor->spec.id) >= MON_ID_SIZE) {
        return fail_with(MON_STAGE_SPEC, EINVAL, wrong != NULL ? wrong : "the id is too long");
    }
    snprintf(monitor->run.id, sizeof monitor->run.id, "%s", monitor->spec.id);
    monitor->run.state.run = monitor->spec.run;
    monitor->run.state.failures = monitor->spec.failures;
    monitor->run.state.phase = MON_PHASE_STARTING;
    monitor->attached = monitor->spec.attached;
    monitor->log.next = 1;
    if (prctl(PR_SET_CHILD_SUBREAPER, 1) != 0) {
        return fail_with(MON_STAGE_SETUP, errno, "PR_SET_CHILD_SUBREAPER");
    }
    if (!monitor->attached && !take_directory(monitor)) {
        return false;
    }
    if (!fork_workload(monitor)) {
        return false;
    }
    mon_spec_unload(&monitor->spec);
    (void)fcntl(MON_FD_CONTROL, F_SETFL, O_NONBLOCK);
    mon_client_add(monitor, MON_FD_CONTROL);
    mon_client_read(monitor, &monitor->clients[0]);
    mon_clients_pump(monitor);
    if (!monitor->attached) {
        sync_start();
    }
    return true;
}
