/*
 * Workloads whose monitor is gone: killed, or ended with the machine. What is left of them is
 * ended, since nobody takes its output or would see its exit, and the nexlet starts the workload
 * anew if it is one that restarts.
 */
#include "native/monitor_link.h"

#define LOOK_AGAIN (10 * NEX_MILLISECOND)

static void end_unseen(nex_process *process, mon_state *state) {
    nex_time now = nex_loop_time(process->layer->loop);
    state->phase = MON_PHASE_ENDED;
    state->ended_ns = now.seconds * NEX_SECOND + now.nanoseconds;
    native_link_ended(process, state, false);
}

/*
 * Its monitor lives: it is just ending, or it has closed the connection. A workload that has a
 * monitor is never killed here.
 */
static void await_end(nex_process *process) {
    enum { TRIES = 500 };
    nex_error err;
    if (process->tries++ < TRIES && native_link_later(process, LOOK_AGAIN, native_lost) == NEX_OK) {
        return;
    }
    (void)nex_error_set(&err, NEX_EUNREACHABLE, "its monitor runs but takes no connection");
    nex_log_write(process->layer->log, NEX_LOG_ERROR,
                  "the monitor of a workload has closed the connection: it stays as it is",
                  "workload_id", process->id, NULL);
    native_link_failed(process, &err);
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
    if (process->directory >= 0 && native_state_dir_held(process->directory)) {
        await_end(process);
        return;
    }
    if (native_remains_kill(process->mark, process->directory, &run) > 0) {
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
    mon_cgroups_remove(&run.cgroups);
    if (process->killing) {
        run.state.exit_flags |= MON_EXIT_KILLED;
    }
    end_unseen(process, &run.state);
}
