/* A child process whose output goes to the log, line by line. */
#include "node/local.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_SIZE = 8192 };

typedef struct output {
    uv_pipe_t pipe;
    local_process *process;
    const char *stream;
    char line[LINE_MAX_SIZE + 1];
    size_t len;
    bool open;
} output;

struct local_process {
    uv_process_t handle;
    output out[2];
    const nex_log *log;
    char *name;
    void (*on_exit)(void *arg, int64_t status, int signal);
    void *arg;
    int64_t status;
    int signal;
    bool exited;
    unsigned handles; /* not closed yet */
};

static void flush_line(output *o) {
    if (o->len > 0) {
        o->line[o->len] = '\0';
        nex_log_write(o->process->log, NEX_LOG_INFO, o->line, "agent", o->process->name, "stream",
                      o->stream, NULL);
        o->len = 0;
    }
}

static void on_closed(uv_handle_t *handle) {
    local_process *process = handle->data;
    if (--process->handles > 0) {
        return;
    }
    void (*on_exit)(void *, int64_t, int) = process->on_exit;
    void *arg = process->arg;
    int64_t status = process->status;
    int signal_number = process->signal;
    free(process->name);
    free(process);
    if (on_exit != NULL) {
        on_exit(arg, status, signal_number);
    }
}

static void close_output(output *o) {
    if (o->open) {
        o->open = false;
        flush_line(o);
        uv_close((uv_handle_t *)&o->pipe, on_closed);
    }
}

static void on_exit_event(uv_process_t *handle, int64_t status, int signal_number) {
    local_process *process = handle->data;
    process->exited = true;
    process->status = status;
    process->signal = signal_number;
    uv_close((uv_handle_t *)handle, on_closed);
    /* Children of its own may hold the pipes open for ever: what they write is not the agent's. */
    for (size_t i = 0; i < 2; i++) {
        char rest[LINE_MAX_SIZE];
        uv_os_fd_t fd;
        ssize_t n = 0;
        if (process->out[i].open && uv_fileno((uv_handle_t *)&process->out[i].pipe, &fd) == 0) {
            while ((n = read(fd, rest, sizeof rest)) > 0) {
                for (ssize_t k = 0; k < n; k++) {
                    output *o = &process->out[i];
                    if (rest[k] == '\n' || o->len == LINE_MAX_SIZE) {
                        flush_line(o);
                    }
                    if (rest[k] != '\n') {
                        o->line[o->len++] = rest[k];
                    }
                }
            }
        }
        close_output(&process->out[i]);
    }
}

static void on_alloc(uv_handle_t *handle, size_t suggested, uv_buf_t *buf) {
    (void)suggested;
    output *o = (output *)handle;
    if (o->len >= LINE_MAX_SIZE) {
        flush_line(o);
    }
    *buf = uv_buf_init(o->line + o->len, (unsigned)(LINE_MAX_SIZE - o->len));
}

static void on_read(uv_stream_t *stream, ssize_t n, const uv_buf_t *buf) {
    (void)buf;
    output *o = (output *)stream;
    if (n < 0) {
        close_output(o);
        return;
    }
    size_t end = o->len + (size_t)n;
    size_t start = 0;
    for (size_t i = o->len; i < end; i++) {
        if (o->line[i] == '\n') {
            o->line[i] = '\0';
            nex_log_write(o->process->log, NEX_LOG_INFO, o->line + start, "agent", o->process->name,
                          "stream", o->stream, NULL);
            start = i + 1;
        }
    }
    memmove(o->line, o->line + start, end - start);
    o->len = end - start;
}

nex_status local_process_start(local_process **out, const local_process_options *options,
                               nex_error *err) {
    static const char *const streams[] = {"stdout", "stderr"};
    *out = NULL;
    local_process *process = calloc(1, sizeof *process);
    if (process == NULL || (process->name = strdup(options->name)) == NULL) {
        free(process);
        return nex_error_set(err, NEX_ENOMEM, "agent %s: out of memory", options->name);
    }
    process->log = options->log;
    process->handle.data = process;
    uv_stdio_container_t stdio[3];
    stdio[0].flags = UV_IGNORE;
    int failed = 0;
    for (size_t i = 0; i < 2 && failed == 0; i++) {
        output *o = &process->out[i];
        o->process = process;
        o->stream = streams[i];
        failed = uv_pipe_init(options->uv, &o->pipe, 0);
        o->pipe.data = process;
        o->open = failed == 0;
        process->handles += o->open;
        stdio[i + 1].flags = UV_CREATE_PIPE | UV_WRITABLE_PIPE;
        stdio[i + 1].data.stream = (uv_stream_t *)&o->pipe;
    }
    uv_process_options_t spawn;
    memset(&spawn, 0, sizeof spawn);
    spawn.file = options->program;
    spawn.args = (char **)options->argv;
    spawn.env = (char **)options->env;
    spawn.exit_cb = on_exit_event;
    spawn.flags = UV_PROCESS_DETACHED; /* a terminal's Ctrl-C is the node's business */
    spawn.stdio = stdio;
    spawn.stdio_count = 3;
    if (failed == 0) {
        /* Even a failed spawn leaves a handle that must be closed. */
        failed = uv_spawn(options->uv, &process->handle, &spawn);
        process->handles++;
    }
    if (failed != 0) {
        uv_close((uv_handle_t *)&process->handle, on_closed);
        close_output(&process->out[0]);
        close_output(&process->out[1]);
        return nex_error_set(err, NEX_EIO, "agent %s: cannot run %s: %s", options->name,
                             options->program, uv_strerror(failed));
    }
    process->on_exit = options->on_exit;
    process->arg = options->arg;
    for (size_t i = 0; i < 2; i++) {
        uv_read_start((uv_stream_t *)&process->out[i].pipe, on_alloc, on_read);
    }
    *out = process;
    return NEX_OK;
}

int local_process_pid(const local_process *process) {
    return uv_process_get_pid(&process->handle);
}

void local_process_kill(local_process *process, int signal_number) {
    if (!process->exited) {
        uv_process_kill(&process->handle, signal_number);
    }
}

void local_process_abandon(local_process *process) {
    process->on_exit = NULL;
    local_process_kill(process, SIGKILL);
}
