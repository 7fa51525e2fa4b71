#include "native/monitor_spawn.h"

#include "native/advice.h"
#include "native/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define MONITOR_NAME "nex-monitor"

nex_status native_monitor_find(char **out, nex_error *err) {
    static const char *const places[] = {"/" MONITOR_NAME, "/../libexec/nex/" MONITOR_NAME,
                                         "/../../libexec/nex/" MONITOR_NAME};
    char self[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", self, sizeof self - 1);
    *out = NULL;
    if (len <= 0) {
        return nex_error_set(err, NEX_EIO, "cannot tell where this program lies: %s",
                             strerror(errno));
    }
    self[len] = '\0';
    *strrchr(self, '/') = '\0';
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        nex_buf path = NEX_BUF_INIT;
        if (nex_buf_printf(&path, "%s%s", self, places[i]) != NEX_OK) {
            nex_buf_free(&path);
            return nex_error_set(err, NEX_ENOMEM, MONITOR_NAME ": out of memory");
        }
        if (access(path.data, X_OK) == 0) {
            *out = nex_buf_take(&path);
            return NEX_OK;
        }
        nex_buf_free(&path);
    }
    return nex_error_set(err, NEX_ENOTFOUND,
                         MONITOR_NAME " was not found beside %s nor in ../libexec/nex", self);
}

static nex_status put_list(nex_buf *out, mon_tag tag, const nex_string_list *list) {
    nex_status status = NEX_OK;
    for (size_t i = 0; i < list->count && status == NEX_OK; i++) {
        status = native_put_text(out, tag, list->items[i]);
    }
    return status;
}

static nex_status encode(const nex_process_spec *spec, const char *mark, nex_buf *out) {
    nex_duration grace = spec->stop_grace / NEX_MILLISECOND;
    mon_stop stop = {.signal = spec->stop_signal,
                     .grace_ms = grace < INT32_MAX ? (uint32_t)grace : INT32_MAX};
    mon_log_size log = {.file_bytes = spec->log_file_bytes, .files = spec->log_files};
    nex_status status = native_put_text(out, MON_TAG_ID, spec->workload_id);
    if (status == NEX_OK) {
        status = native_put_text(out, MON_TAG_PATH, spec->path);
    }
    if (status == NEX_OK) {
        status = put_list(out, MON_TAG_ARG, spec->argv);
    }
    if (status == NEX_OK) {
        status = put_list(out, MON_TAG_ENV, spec->env);
    }
    if (status == NEX_OK && mark != NULL) {
        status = native_put_text(out, MON_TAG_ENV, mark);
    }
    if (status == NEX_OK && spec->workdir != NULL) {
        status = native_put_text(out, MON_TAG_WORKDIR, spec->workdir);
    }
    if (status == NEX_OK) {
        status = native_put_u32(out, MON_TAG_RUN, spec->run);
    }
    if (status == NEX_OK) {
        status = native_put_u32(out, MON_TAG_FAILURES, spec->failures);
    }
    if (status == NEX_OK) {
        status = native_put(out, MON_TAG_STOP, &stop, sizeof stop);
    }
    if (status == NEX_OK) {
        status = native_put(out, MON_TAG_LOG, &log, sizeof log);
    }
    if (status == NEX_OK && spec->attached) {
        status = native_put_u32(out, MON_TAG_ATTACHED, 1);
    }
    if (status == NEX_OK && spec->settings_len > 0) {
        status = nex_buf_append(out, spec->settings, spec->settings_len);
    }
    return status;
}

/* Memory with these bytes as an open file, at its beginning. Wiped by nobody: it is the file. */
static int memory_file(const char *name, const void *data, size_t len) {
    int fd = memfd_create(name, MFD_CLOEXEC);
    const char *at = data;
    while (fd >= 0 && len > 0) {
        ssize_t put = write(fd, at, len);
        if (put < 0 && errno != EINTR) {
            int error = errno;
            close(fd);
            errno = error;
            return -1;
        }
        at += put > 0 ? put : 0;
        len -= put > 0 ? (size_t)put : 0;
    }
    if (fd >= 0) {
        (void)lseek(fd, 0, SEEK_SET);
    }
    return fd;
}

/* The descriptors a monitor inherits, in order from MON_FD_CONTROL. */
enum { CONTROL, SPEC, DIRECTORY, STDIN, INHERITED };

static void close_all(int fds[INHERITED]) {
    for (int i = 0; i < INHERITED; i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
}

/* Moves a descriptor out of the way of those the monitor gets; -1 stays -1. */
static int lift(int fd) {
    if (fd < 0 || fd > MON_FD_STDIN) {
        return fd;
    }
    int lifted = fcntl(fd, F_DUPFD_CLOEXEC, MON_FD_STDIN + 1);
    close(fd);
    return lifted;
}

static int open_stdin(const nex_process_spec *spec) {
    if (spec->has_stdin_fd) {
        return fcntl(spec->stdin_fd, F_DUPFD_CLOEXEC, MON_FD_STDIN + 1);
    }
    return lift(spec->stdin_data != NULL
                    ? memory_file("nex-stdin", spec->stdin_data, spec->stdin_len)
                    : open("/dev/null", O_RDONLY | O_CLOEXEC));
}

static bool open_inherited(const nex_process_spec *spec, const nex_buf *encoded, int directory,
                           int fds[INHERITED], int *control) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0) {
        return false;
    }
    *control = ends[0];
    fds[CONTROL] = lift(ends[1]);
    fds[SPEC] = lift(memory_file("nex-spec", encoded->data, encoded->len));
    fds[DIRECTORY] = directory >= 0 ? fcntl(directory, F_DUPFD_CLOEXEC, MON_FD_STDIN + 1)
                                    : lift(open("/dev/null", O_RDONLY | O_CLOEXEC));
    fds[STDIN] = open_stdin(spec);
    for (int i = 0; i < INHERITED; i++) {
        if (fds[i] < 0) {
            return false;
        }
    }
    (void)fcntl(*control, F_SETFL, O_NONBLOCK);
    return true;
}

/* posix_spawn does not copy the caller's memory, however large it is. */
static int spawn(const char *monitor_path, const char *id, const int fds[INHERITED], pid_t *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char *argv[] = {(char *)(uintptr_t)MONITOR_NAME, (char *)(uintptr_t)id, NULL};
    char *envp[] = {NULL};
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        return error;
    }
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    for (int i = 0; i < INHERITED && error == 0; i++) {
        error = posix_spawn_file_actions_adddup2(&actions, fds[i], MON_FD_CONTROL + i);
    }
    if (error == 0) {
        error = posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF |
                                                          POSIX_SPAWN_SETSIGMASK);
    }
    if (error == 0) {
        (void)posix_spawnattr_setsigdefault(&attributes, &all);
        (void)posix_spawnattr_setsigmask(&attributes, &none);
        error = posix_spawn(pid, monitor_path, &actions, &attributes, argv, envp);
    }
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

nex_status native_monitor_spawn(const char *monitor_path, const nex_process_spec *spec,
                                const char *mark, int directory, pid_t *pid, int *control,
                                nex_error *err) {
    nex_buf encoded = NEX_BUF_INIT;
    int fds[INHERITED] = {-1, -1, -1, -1};
    *control = -1;
    nex_status status = encode(spec, mark, &encoded);
    if (status != NEX_OK) {
        nex_buf_free(&encoded);
        return nex_error_set(err, status, "workload %s: cannot put together its start: %s",
                             spec->workload_id, nex_status_name(status));
    }
    int error = 0;
    if (!open_inherited(spec, &encoded, directory, fds, control)) {
        error = errno;
    } else {
        error = spawn(monitor_path, spec->workload_id, fds, pid);
    }
    explicit_bzero(encoded.data, encoded.len);
    nex_buf_free(&encoded);
    close_all(fds);
    if (error != 0) {
        if (*control >= 0) {
            close(*control);
            *control = -1;
        }
        return nex_error_set(err, NEX_EIO, "workload %s: cannot start %s: %s%s", spec->workload_id,
                             monitor_path, strerror(error), native_advice(error));
    }
    return NEX_OK;
}
