#include "native/process_monitor.h"

#include "native/monitor_link.h"
#include "native/monitor_spawn.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define CONNECT_AGAIN (10 * NEX_MILLISECOND)

enum { CONNECT_TRIES = 500 };

/* ---- Monitors that end ---------------------------------------------------------------------- */

static void reap(monitor_layer *layer) {
    for (ending_monitor **at = &layer->ending; *at != NULL;) {
        ending_monitor *monitor = *at;
        if (waitpid(monitor->pid, NULL, WNOHANG) != 0) {
            *at = monitor->next;
            free(monitor);
        } else {
            at = &monitor->next;
        }
    }
}

static void on_child(uv_signal_t *handle, int signal) {
    (void)signal;
    if (handle->data != NULL) {
        reap(handle->data);
    }
}

void native_monitor_ending(monitor_layer *layer, pid_t pid) {
    ending_monitor *monitor = malloc(sizeof *monitor);
    if (monitor != NULL) {
        *monitor = (ending_monitor){.pid = pid, .next = layer->ending};
        layer->ending = monitor;
    }
    reap(layer);
}

/* ---- Records -------------------------------------------------------------------------------- */

static nex_status layer_save(void *self, const char *id, const void *data, size_t len,
                             nex_error *err) {
    monitor_layer *layer = self;
    return native_state_dir_save(&layer->dir, id, data, len, err);
}

static void layer_forget(void *self, const char *id) {
    monitor_layer *layer = self;
    native_state_dir_remove(&layer->dir, id);
}

static nex_status layer_retire(void *self, const char *id, nex_error *err) {
    monitor_layer *layer = self;
    return native_retire(&layer->dir, id, err);
}

static bool layer_retired(void *self, const char *id) {
    const monitor_layer *layer = self;
    return native_retired(&layer->dir, id);
}

typedef struct recovery {
    monitor_layer *layer;
    void (*found)(void *arg, const nex_process_record *record);
    void *arg;
} recovery;

static void recover_one(void *arg, const char *id) {
    recovery *recovery_ = arg;
    monitor_layer *layer = recovery_->layer;
    int directory;
    nex_error err;
    if (native_state_dir_enter(&layer->dir, id, false, &directory, &err) != NEX_OK) {
        nex_log_write(layer->log, NEX_LOG_ERROR, err.message, "workload_id", id, NULL);
        return;
    }
    nex_process_record record = {.workload_id = id, .retired = native_retired(&layer->dir, id)};
    char *saved;
    bool recorded = native_state_dir_saved(&layer->dir, id, directory, &saved, &record.saved_len) !=
                    MON_RECORD_ABSENT;
    record.saved = saved;
    if (native_state_dir_unused(directory)) {
        close(directory);
        native_state_dir_remove(&layer->dir, id); /* a start that got no further */
        return;
    }
    mon_run run;
    /* A monitor that an earlier nexlet has just started may not be there yet: it finds the lock
     * taken, or no directory any more, and starts nothing. */
    int hold = native_state_dir_hold(directory);
    if (hold < 0) {
        record.found = NEX_PROCESS_LIVE;
    } else {
        switch (native_state_dir_run(&layer->dir, id, directory, &run)) {
        case MON_RECORD_OK:
            record.found =
                run.state.phase == MON_PHASE_ENDED ? NEX_PROCESS_ENDED : NEX_PROCESS_LOST;
            record.exit = native_link_exit(&run.state, true);
            break;
        case MON_RECORD_ABSENT:
            record.found = NEX_PROCESS_NONE;
            break;
        case MON_RECORD_DAMAGED:
        case MON_RECORD_UNREADABLE:
            record.found = NEX_PROCESS_DAMAGED;
            break;
        }
    }
    close(directory);
    if (record.found == NEX_PROCESS_NONE && !recorded) {
        native_state_dir_remove(&layer->dir, id); /* a removal was cut short */
    } else {
        recovery_->found(recovery_->arg, &record);
    }
    if (hold >= 0) {
        close(hold);
    }
    if (saved != NULL) {
        explicit_bzero(saved, record.saved_len);
        free(saved);
    }
}

static nex_status layer_recover(void *self, void (*found)(void *, const nex_process_record *),
                                void *arg, nex_error *err) {
    monitor_layer *layer = self;
    recovery recovery_ = {layer, found, arg};
    return native_state_dir_each(&layer->dir, recover_one, &recovery_, err);
}

static nex_status layer_directory(void *self, const char *id, nex_buf *out, nex_error *err) {
    monitor_layer *layer = self;
    int directory = -1;
    nex_status status = NEX_OK;
    if (id != NULL) {
        status = native_state_dir_enter(&layer->dir, id, true, &directory, err);
    }
    if (status == NEX_OK && id != NULL && mkdirat(directory, "work", 0700) != 0 &&
        errno != EEXIST) {
        status = nex_error_set(err, NEX_EIO, "cannot make the working directory of workload %s: %s",
                               id, strerror(errno));
    }
    if (directory >= 0) {
        close(directory);
    }
    if (status == NEX_OK &&
        nex_buf_printf(out, "%s/%s", layer->dir.path, id != NULL ? id : "../shared") != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "state directory: out of memory");
    }
    return status;
}

static nex_status layer_log(void *self, const char *id, int *out, nex_error *err) {
    monitor_layer *layer = self;
    return native_state_dir_enter(&layer->dir, id, false, out, err);
}

/* ---- Runs ----------------------------------------------------------------------------------- */

static nex_status layer_start(void *self, const nex_process_spec *spec,
                              const nex_process_events *events, void *arg, nex_process **out,
                              nex_error *err) {
    monitor_layer *layer = self;
    int directory = -1;
    int control;
    nex_status status = NEX_OK;
    *out = NULL;
    if (!spec->attached) {
        status = native_state_dir_enter(&layer->dir, spec->workload_id, true, &directory, err);
        if (status != NEX_OK) {
            return status;
        }
    }
    nex_process *process = native_link_new(layer, spec->workload_id, events, arg);
    if (process == NULL) {
        if (directory >= 0) {
            close(directory);
        }
        return nex_error_set(err, NEX_ENOMEM, "workload %s: out of memory", spec->workload_id);
    }
    process->directory = directory;
    process->state.run = spec->run;
    process->state.failures = spec->failures;
    if (spec->attached) {
        /* There may be several at a time: each is found by itself. */
        snprintf(process->mark, sizeof process->mark, NATIVE_RUN_VARIABLE "=%s.%ld.%" PRIu64,
                 process->id, (long)getpid(), ++layer->attached);
    }
    status = native_monitor_spawn(layer->monitor_path, spec, spec->attached ? process->mark : NULL,
                                  directory, &process->monitor, &control, err);
    if (status == NEX_OK) {
        status = native_link_open(process, control, err);
    }
    if (status != NEX_OK) {
        native_link_free(process);
        return status;
    }
    if (!spec->held) {
        native_link_hello(process);
    }
    *out = process;
    return NEX_OK;
}

static void layer_go(void *self, nex_process *process) {
    (void)self;
    native_link_hello(process);
}

/* Through the directory's descriptor: a socket's path may not be as long as a directory's. */
static int connect_monitor(int directory) {
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd < 0) {
        return -1;
    }
    snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/" MON_FILE_SOCKET,
             directory);
    if (connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        int error = errno;
        close(fd);
        errno = error;
        return -1;
    }
    return fd;
}

static void try_connect(nex_process *process) {
    nex_error err;
    int fd = connect_monitor(process->directory);
    if (fd >= 0) {
        if (native_link_open(process, fd, &err) == NEX_OK) {
            native_link_hello(process);
            return;
        }
    } else if (errno == ENOENT || errno == ECONNREFUSED) {
        if (!native_state_dir_held(process->directory)) {
            native_lost(process);
            return;
        }
    }
    /* It is there but does not listen yet, or has no room for another caller. */
    if (process->tries++ < CONNECT_TRIES &&
        native_link_later(process, CONNECT_AGAIN, try_connect) == NEX_OK) {
        return;
    }
    nex_log_write(process->layer->log, NEX_LOG_ERROR,
                  "the monitor of a workload cannot be reached: it stays as it is", "workload_id",
                  process->id, NULL);
    (void)nex_error_set(&err, NEX_EUNREACHABLE, "its monitor cannot be reached");
    native_link_failed(process, &err);
}

static nex_status layer_adopt(void *self, const char *id, const nex_process_events *events,
                              void *arg, nex_process **out, nex_error *err) {
    monitor_layer *layer = self;
    int directory;
    *out = NULL;
    nex_status status = native_state_dir_enter(&layer->dir, id, false, &directory, err);
    if (status != NEX_OK) {
        return status;
    }
    mon_run run;
    if (!native_state_dir_held(directory) &&
        native_state_dir_run(&layer->dir, id, directory, &run) != MON_RECORD_OK) {
        close(directory);
        return nex_error_set(err, NEX_ENOTFOUND, "workload %s: no run of it is on record", id);
    }
    nex_process *process = native_link_new(layer, id, events, arg);
    if (process == NULL) {
        close(directory);
        return nex_error_set(err, NEX_ENOMEM, "workload %s: out of memory", id);
    }
    process->directory = directory;
    status = native_link_later(process, 0, try_connect);
    if (status != NEX_OK) {
        native_link_free(process);
        return nex_error_set(err, status, "workload %s: out of memory", id);
    }
    *out = process;
    return NEX_OK;
}

static void layer_stop(void *self, nex_process *process, int signal, nex_duration grace) {
    (void)self;
    nex_duration ms = grace / NEX_MILLISECOND;
    mon_stop stop = {.signal = signal,
                     .grace_ms = grace < 0        ? UINT32_MAX
                                 : ms < INT32_MAX ? (uint32_t)ms
                                                  : (uint32_t)INT32_MAX};
    native_link_stop(process, &stop);
}

static void layer_resume(void *self, nex_process *process) {
    (void)self;
    native_link_resume(process);
}

static void layer_release(void *self, nex_process *process) {
    (void)self;
    native_link_free(process);
}

static void on_children_closed(uv_handle_t *handle) {
    free(handle);
}

static void layer_free(void *self) {
    monitor_layer *layer = self;
    while (layer->processes != NULL) {
        native_link_free(layer->processes);
    }
    reap(layer);
    while (layer->ending != NULL) {
        /* One that does not end yet becomes init's child when this program ends. */
        ending_monitor *monitor = layer->ending;
        layer->ending = monitor->next;
        free(monitor);
    }
    if (layer->children != NULL) {
        layer->children->data = NULL;
        uv_close((uv_handle_t *)layer->children, on_children_closed);
    }
    native_state_dir_close(&layer->dir);
    free(layer->monitor_path);
    free(layer);
}

static const nex_process_ops monitor_ops = {.save = layer_save,
                                            .recover = layer_recover,
                                            .start = layer_start,
                                            .go = layer_go,
                                            .adopt = layer_adopt,
                                            .stop = layer_stop,
                                            .resume = layer_resume,
                                            .release = layer_release,
                                            .forget = layer_forget,
                                            .retire = layer_retire,
                                            .retired = layer_retired,
                                            .directory = layer_directory,
                                            .log = layer_log,
                                            .free = layer_free};

static nex_status watch_children(monitor_layer *layer, nex_error *err) {
    layer->children = malloc(sizeof *layer->children);
    if (layer->children == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    int error = uv_signal_init(nex_loop_uv(layer->loop), layer->children);
    if (error != 0) {
        free(layer->children);
        layer->children = NULL;
        return nex_error_set(err, NEX_EIO, "cannot watch for the end of monitors: %s",
                             uv_strerror(error));
    }
    layer->children->data = layer;
    (void)uv_signal_start(layer->children, on_child, SIGCHLD);
    uv_unref((uv_handle_t *)layer->children);
    return NEX_OK;
}

nex_status nex_process_monitor_new(nex_process_layer *out, nex_loop *loop, const nex_log *log,
                                   const char *state_dir, const char *monitor_path,
                                   nex_error *err) {
    *out = (nex_process_layer){0};
    monitor_layer *layer = calloc(1, sizeof *layer);
    if (layer == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    layer->loop = loop;
    layer->log = log;
    layer->dir.root = -1;
    layer->dir.workloads = -1;
    layer->dir.claim = -1;
    nex_status status = NEX_OK;
    if (nex_loop_uv(loop) == NULL) {
        status = nex_error_set(err, NEX_EUNSUPPORTED, "this loop cannot watch real processes");
    } else if (monitor_path == NULL) {
        status = native_monitor_find(&layer->monitor_path, err);
    } else if ((layer->monitor_path = strdup(monitor_path)) == NULL) {
        status = nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    } else if (access(monitor_path, X_OK) != 0) {
        status = nex_error_set(err, NEX_ENOTFOUND, "cannot run the monitor %s: %s", monitor_path,
                               strerror(errno));
    }
    if (status == NEX_OK) {
        status = native_state_dir_open(&layer->dir, state_dir, nex_loop_uv(loop), log, err);
    }
    if (status == NEX_OK) {
        status = watch_children(layer, err);
    }
    if (status != NEX_OK) {
        layer_free(layer);
        return status;
    }
    *out = (nex_process_layer){.ops = &monitor_ops, .self = layer};
    return NEX_OK;
}

nex_status nex_process_monitor_claim(nex_process_layer *layer, bool ephemeral, nex_error *err) {
    monitor_layer *monitors = layer->self;
    monitors->dir.ephemeral = ephemeral;
    return native_state_dir_claim(&monitors->dir, err);
}
