#include "monitor/monitor.h"
#include "monitor/tree.h"

#include <errno.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

void mon_stop_begin(mon_monitor *monitor, const mon_stop *how, bool requested) {
    if (monitor->ended) {
        return;
    }
    int signal = how->signal > 0 ? how->signal : monitor->spec.stop.signal;
    uint32_t grace = how->grace_ms != UINT32_MAX ? how->grace_ms : monitor->spec.stop.grace_ms;
    int64_t kill_at = mon_now() + grace;
    bool first = monitor->kill_at == 0;
    /* A second request may only make it shorter. */
    if (first || kill_at < monitor->kill_at) {
        monitor->kill_at = kill_at;
    }
    if (requested && (monitor->run.state.exit_flags & MON_EXIT_REQUESTED) == 0) {
        monitor->run.state.exit_flags |= MON_EXIT_REQUESTED;
        monitor->run.state.phase = MON_PHASE_STOPPING;
        if (!monitor->attached) {
            /* Should the monitor be killed now, whoever cleans up knows not to start anew. */
            (void)mon_run_write(MON_FD_DIR, &monitor->run, false);
        }
        mon_clients_state_due(monitor);
    }
    if (first && grace > 0) {
        mon_tree_signal(getpid(), signal);
        mon_tree_signal(getpid(), SIGCONT); /* a stopped process cannot heed the signal */
    }
    mon_stop_tick(monitor, mon_now());
}

void mon_stop_tick(mon_monitor *monitor, int64_t now) {
    if (monitor->kill_at == 0 || monitor->gone || now < monitor->kill_at) {
        return;
    }
    if (mon_tree_signal(getpid(), SIGKILL) > 0) {
        monitor->run.state.exit_flags |= MON_EXIT_KILLED;
    }
    monitor->kill_at = now + MON_KILL_AGAIN_MS;
}

void mon_reap(mon_monitor *monitor) {
    for (;;) {
        int status;
        pid_t pid = waitpid(-1, &status, WNOHANG);
        if (pid < 0 && errno == EINTR) {
            continue;
        }
        if (pid <= 0) {
            /* Every orphan of the tree becomes a child of this process: no child, no tree. */
            monitor->gone = monitor->gone || (pid < 0 && errno == ECHILD);
            break;
        }
        if (pid == monitor->run.state.pid && !monitor->main_ended) {
            monitor->main_ended = true;
            mon_fork_main_ended(monitor);
            monitor->run.state.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
            monitor->run.state.exit_signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
        }
    }
    if (monitor->main_ended && !monitor->gone && monitor->kill_at == 0) {
        mon_stop_begin(monitor, &monitor->spec.stop, false); /* what it left behind goes too */
    }
}

/* All processes of the tree were this one's children at last, and were waited for. */
static uint64_t cpu_of_children(void) {
    struct rusage usage;
    if (getrusage(RUSAGE_CHILDREN, &usage) != 0) {
        return 0;
    }
    int64_t us = ((int64_t)usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1000000 +
                 usage.ru_utime.tv_usec + usage.ru_stime.tv_usec;
    return (uint64_t)us * 1000;
}

void mon_end_when_gone(mon_monitor *monitor) {
    mon_run *run = &monitor->run;
    if (!monitor->gone || monitor->ended || !mon_output_finish(monitor)) {
        return;
    }
    run->state.phase = MON_PHASE_ENDED;
    if (mon_cgroups_oom(&monitor->run.cgroups)) {
        run->state.exit_flags |= MON_EXIT_OOM;
    }
    mon_cgroups_remove(&monitor->run.cgroups);
    run->state.ended_ns = mon_time();
    run->state.log_next = monitor->log.next;
    run->state.log_lost = monitor->log.lost;
    run->state.cpu_ns = cpu_of_children();
    if (!monitor->attached && mon_run_write(MON_FD_DIR, run, true) != 0) {
        run->state.exit_flags |= MON_EXIT_UNRECORDED;
    }
    monitor->ended = true;
    monitor->linger_to = mon_now() + MON_LINGER_MS;
    mon_clients_state_due(monitor);
}
