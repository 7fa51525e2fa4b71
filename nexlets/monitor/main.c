/*
 * nex-monitor - holds one workload: its process tree, its output, its record.
 *
 * It is started by a nexlet, with what it needs as open descriptors (protocol.h), and outlives
 * it. It is not meant to be started by hand.
 */
#include "monitor/monitor.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <unistd.h>

static void read_signals(mon_monitor *monitor) {
    struct signalfd_siginfo info;
    while (read(monitor->signals, &info, sizeof info) == (ssize_t)sizeof info) {
        if (info.ssi_signo == SIGTERM || info.ssi_signo == SIGINT) {
            monitor->told_to_end = true;
            /* Nobody asked for this workload's end: what comes next is for its policy to say. */
            mon_stop_begin(monitor, &monitor->spec.stop, false);
        }
    }
    mon_reap(monitor);
}

static int earlier(int timeout, int64_t at, int64_t now) {
    if (at == 0) {
        return timeout;
    }
    int64_t left = at > now ? at - now : 0;
    left = left < MON_LINGER_MS ? left : MON_LINGER_MS;
    return timeout < 0 || left < timeout ? (int)left : timeout;
}

static int poll_timeout(const mon_monitor *monitor) {
    int64_t now = mon_now();
    int timeout = earlier(-1, monitor->linger_to, now);
    if (!monitor->gone) {
        timeout = earlier(timeout, monitor->kill_at, now);
    }
    for (int i = 0; i < 2; i++) {
        timeout = earlier(timeout, monitor->outputs[i].flush_at, now);
    }
    return timeout;
}

/* False once the workload's directory was removed: then nobody will ever ask for its end. */
static bool has_directory(void) {
    struct stat info;
    return fstat(MON_FD_DIR, &info) != 0 || info.st_nlink > 0;
}

/* Whether anybody may still ask for the end; it is on disk for who comes later. */
static bool lingers(const mon_monitor *monitor) {
    bool heard = !monitor->told_to_end;
    for (int i = 0; i < MON_CLIENTS && !heard; i++) {
        heard = monitor->clients[i].fd >= 0;
    }
    return heard && !monitor->noted && mon_now() < monitor->linger_to && has_directory();
}

static bool wants_more(const mon_monitor *monitor) {
    if (monitor->ended && monitor->attached) {
        return !monitor->abandoned && !monitor->noted;
    }
    return !monitor->ended || lingers(monitor);
}

static void turn(mon_monitor *monitor) {
    enum { SIGNALS, LISTENER, OUTPUTS, CLIENTS = OUTPUTS + 2, COUNT = CLIENTS + MON_CLIENTS };
    struct pollfd fds[COUNT] = {
        [SIGNALS] = {.fd = monitor->signals, .events = POLLIN},
        [LISTENER] = {.fd = monitor->listener, .events = POLLIN},
    };
    for (int i = 0; i < 2; i++) {
        int fd = monitor->held == 0 ? monitor->outputs[i].fd : -1;
        fds[OUTPUTS + i] = (struct pollfd){.fd = fd, .events = POLLIN};
    }
    for (int i = 0; i < MON_CLIENTS; i++) {
        const mon_client *client = &monitor->clients[i];
        short events = (short)(client->blocked ? POLLIN | POLLOUT : POLLIN);
        fds[CLIENTS + i] = (struct pollfd){.fd = client->fd, .events = events};
    }
    if (poll(fds, COUNT, poll_timeout(monitor)) < 0 && errno != EINTR) {
        return;
    }
    if (fds[SIGNALS].revents != 0) {
        read_signals(monitor);
    }
    for (int i = 0; i < 2; i++) {
        if (fds[OUTPUTS + i].revents != 0) {
            mon_output_read(monitor, (mon_stream)i);
        }
    }
    for (int i = 0; i < MON_CLIENTS; i++) {
        mon_client *client = &monitor->clients[i];
        short events = fds[CLIENTS + i].revents;
        if (client->fd != fds[CLIENTS + i].fd || events == 0) {
            continue;
        }
        if ((events & POLLOUT) != 0) {
            client->blocked = false;
        }
        if ((events & ~POLLOUT) != 0) {
            mon_client_read(monitor, client);
        }
        mon_client_pump(monitor, client);
    }
    if (fds[LISTENER].revents != 0) {
        mon_clients_accept(monitor);
    }
    int64_t now = mon_now();
    mon_output_flush(monitor, now);
    mon_stop_tick(monitor, now);
    mon_end_when_gone(monitor);
}

/* Only what was handed over stays open, and nobody's terminal or pipe is held. */
static bool settle(void) {
    int null = open("/dev/null", O_RDWR);
    if (null < 0) {
        return false;
    }
    for (int i = 0; i < 3; i++) {
        (void)dup2(null, i);
    }
    if (null > 2) {
        close(null);
    }
    for (int fd = MON_FD_CONTROL; fd <= MON_FD_STDIN; fd++) {
        if (fcntl(fd, F_SETFD, FD_CLOEXEC) != 0) {
            return false;
        }
    }
    (void)close_range(MON_FD_STDIN + 1, ~0U, 0);
    umask(077);
    return true;
}

int main(int argc, char **argv) {
    if (argc > 1 && strcmp(argv[1], "--version") == 0) {
        printf("nex-monitor, protocol %d\n", MON_VERSION);
        return 0;
    }
    if (fcntl(MON_FD_SPEC, F_GETFD) < 0 || fcntl(MON_FD_DIR, F_GETFD) < 0) {
        fprintf(stderr, "nex-monitor is started by the native nexlet, not by hand\n");
        return 2;
    }
    if (!settle()) {
        return 1;
    }
    mon_monitor monitor;
    memset(&monitor, 0, offsetof(mon_monitor, outputs));
    for (int i = 0; i < 2; i++) {
        monitor.outputs[i].fd = -1;
        monitor.outputs[i].flush_at = 0;
        monitor.outputs[i].lines.start = 0;
        monitor.outputs[i].lines.end = 0;
    }
    monitor.held = 0;
    if (!mon_start(&monitor)) {
        return 1;
    }
    while (wants_more(&monitor)) {
        turn(&monitor);
    }
    if (!monitor.attached) {
        (void)unlink(MON_FILE_SOCKET);
    }
    return 0;
}
