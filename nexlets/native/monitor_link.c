/* One run's conversation with its monitor. */
#include "native/monitor_link.h"

#include "native/advice.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { MESSAGES_A_TURN = 64 }; /* before other work of the loop has its turn */

nex_time native_link_time(int64_t ns) {
    return (nex_time){.seconds = ns / NEX_SECOND, .nanoseconds = (int32_t)(ns % NEX_SECOND)};
}

nex_process_exit native_link_exit(const mon_state *state, bool known) {
    return (nex_process_exit){.code = state->exit_code,
                              .signal = state->exit_signal,
                              .known = known,
                              .requested = (state->exit_flags & MON_EXIT_REQUESTED) != 0,
                              .killed = (state->exit_flags & MON_EXIT_KILLED) != 0,
                              .oom = (state->exit_flags & MON_EXIT_OOM) != 0,
                              .started = native_link_time(state->started_ns),
                              .ended = native_link_time(state->ended_ns),
                              .run = state->run,
                              .failures = state->failures,
                              .log_lost = state->log_lost,
                              .cpu_ns = state->cpu_ns};
}

nex_process *native_link_new(monitor_layer *layer, const char *id, const nex_process_events *events,
                             void *arg) {
    nex_process *process = calloc(1, sizeof *process);
    if (process == NULL) {
        return NULL;
    }
    process->layer = layer;
    snprintf(process->id, sizeof process->id, "%s", id);
    snprintf(process->mark, sizeof process->mark, NATIVE_ID_VARIABLE "=%s", process->id);
    process->events = events;
    process->arg = arg;
    process->fd = -1;
    process->directory = -1;
    process->next = layer->processes;
    process->link = &layer->processes;
    if (layer->processes != NULL) {
        layer->processes->link = &process->next;
    }
    layer->processes = process;
    return process;
}

static void free_memory(nex_process *process) {
    free(process->held);
    free(process);
}

static void on_poll_closed(uv_handle_t *handle) {
    nex_process *process = handle->data;
    process->poll_open = false;
    if (process->freed) {
        free_memory(process);
    }
}

/*
 * The handle goes with the descriptor. Were it stopped once more later, libuv would take the
 * number out of its set, which may be that of another link's descriptor by then.
 */
static void disconnect(nex_process *process) {
    if (process->poll_open && !uv_is_closing((uv_handle_t *)&process->poll)) {
        uv_close((uv_handle_t *)&process->poll, on_poll_closed);
    }
    if (process->fd >= 0) {
        close(process->fd);
        process->fd = -1;
    }
}

void native_link_free(nex_process *process) {
    *process->link = process->next;
    if (process->next != NULL) {
        process->next->link = process->link;
    }
    process->over = true;
    disconnect(process);
    if (process->directory >= 0) {
        close(process->directory);
    }
    nex_timer_free(process->retry);
    if (process->monitor > 0) {
        native_monitor_ending(process->layer, process->monitor);
    }
    process->freed = true;
    if (!process->poll_open) {
        free_memory(process);
    }
}

static void on_timer(void *arg) {
    nex_process *process = arg;
    process->step(process);
}

nex_status native_link_later(nex_process *process, nex_duration delay,
                             void (*step)(nex_process *process)) {
    nex_status status = NEX_OK;
    if (process->retry == NULL) {
        status = nex_timer_new(process->layer->loop, &process->retry, on_timer, process);
    }
    if (status == NEX_OK) {
        process->step = step;
        nex_timer_start(process->retry, delay, 0);
    }
    return status;
}

static bool send_frame(nex_process *process, mon_type type, const void *body, size_t size) {
    mon_frame frame = {.version = MON_VERSION, .type = (uint8_t)type, .size = (uint32_t)size};
    struct iovec parts[2] = {{&frame, sizeof frame}, {(void *)(uintptr_t)body, size}};
    struct msghdr message = {.msg_iov = parts, .msg_iovlen = 2};
    ssize_t put;
    do {
        put = sendmsg(process->fd, &message, MSG_NOSIGNAL | MSG_DONTWAIT);
    } while (put < 0 && errno == EINTR);
    return put >= 0;
}

static void on_ready(uv_poll_t *poll, int status, int events);

/* Listens for what the process waits for now. */
static void watch(nex_process *process) {
    int events =
        (process->refused ? UV_DISCONNECT : UV_READABLE) | (process->stop_due ? UV_WRITABLE : 0);
    if (process->fd >= 0 && process->poll_open) {
        (void)uv_poll_start(&process->poll, events, on_ready);
    }
}

static void send_stop(nex_process *process) {
    if (process->stop_due && process->fd >= 0 &&
        send_frame(process, MON_STOP, &process->stop, sizeof process->stop)) {
        process->stop_due = false;
    }
}

void native_link_stop(nex_process *process, const mon_stop *stop) {
    process->stop = *stop;
    process->stop_due = true;
    send_stop(process);
    watch(process);
}

nex_status native_link_open(nex_process *process, int fd, nex_error *err) {
    process->fd = fd;
    int error = process->poll_open
                    ? UV_EBUSY
                    : uv_poll_init(nex_loop_uv(process->layer->loop), &process->poll, fd);
    if (error != 0) {
        disconnect(process);
        return nex_error_set(err, NEX_EIO, "workload %s: cannot listen to its monitor: %s",
                             process->id, uv_strerror(error));
    }
    process->poll.data = process;
    process->poll_open = true;
    watch(process);
    return NEX_OK;
}

void native_link_hello(nex_process *process) {
    mon_hello hello = {0};
    if (process->fd >= 0) {
        (void)send_frame(process, MON_HELLO, &hello, sizeof hello);
    }
    send_stop(process);
    watch(process);
}

void native_link_failed(nex_process *process, const nex_error *err) {
    if (!process->over) {
        process->over = true;
        process->events->failed(process->arg, err);
        native_link_free(process);
    }
}

/* By the kernel's own count since boot, which no change of the clock touches. */
static nex_duration age(const mon_state *state) {
    struct timespec now;
    long ticks = sysconf(_SC_CLK_TCK);
    if (clock_gettime(CLOCK_BOOTTIME, &now) != 0 || ticks <= 0) {
        return 0;
    }
    nex_duration up = now.tv_sec * NEX_SECOND + now.tv_nsec;
    nex_duration began = (nex_duration)state->start_ticks * (NEX_SECOND / ticks);
    return up > began ? up - began : 0;
}

static void tell_started(nex_process *process) {
    const mon_state *state = &process->state;
    if (!process->told_started) {
        nex_process_info info = {.pid = state->pid,
                                 .started = native_link_time(state->started_ns),
                                 .age = age(state),
                                 .run = state->run,
                                 .failures = state->failures,
                                 .stopping = state->phase == MON_PHASE_STOPPING};
        process->told_started = true;
        process->events->started(process->arg, &info);
    }
}

void native_link_ended(nex_process *process, const mon_state *state, bool known) {
    if (process->over) {
        return;
    }
    process->state = *state;
    tell_started(process);
    nex_process_exit exit = native_link_exit(state, known);
    process->over = true;
    /* Before the record may go: a monitor without one, that nobody let go, would wait for long. */
    if (process->fd >= 0) {
        (void)send_frame(process, MON_BYE, NULL, 0);
    }
    process->events->ended(process->arg, &exit);
    native_link_free(process);
}

/* Gives out records. Returns how many bytes of them were taken. */
static size_t give_out(nex_process *process, const char *records, size_t size) {
    size_t at = 0;
    mon_log_header header;
    while (size - at >= sizeof header) {
        memcpy(&header, records + at, sizeof header);
        if (!mon_log_sound(&header) || header.size > size - at - sizeof header) {
            nex_log_write(process->layer->log, NEX_LOG_ERROR,
                          "the monitor sent a malformed piece of output", "workload_id",
                          process->id, NULL);
            break;
        }
        uint64_t missed = process->expected > 0 && header.sequence > process->expected
                              ? header.sequence - process->expected
                              : 0;
        nex_process_stream stream =
            header.stream == MON_STDERR ? NEX_PROCESS_STDERR : NEX_PROCESS_STDOUT;
        if (!process->events->output(process->arg, stream, native_link_time(header.time_ns),
                                     records + at + sizeof header, header.size,
                                     process->directory >= 0 ? header.sequence : 0, missed)) {
            return at;
        }
        process->expected = header.sequence + 1;
        process->seen = header.sequence;
        at += sizeof header + header.size;
    }
    return size;
}

static void hold(nex_process *process, const char *records, size_t size) {
    char *copy = malloc(size);
    if (copy == NULL) {
        nex_log_write(process->layer->log, NEX_LOG_ERROR, "out of memory: output not published",
                      "workload_id", process->id, NULL);
        return;
    }
    memcpy(copy, records, size);
    free(process->held);
    process->held = copy;
    process->held_len = size;
    process->refused = true;
}

static void acknowledge(nex_process *process) {
    if (process->seen > process->acked && process->fd >= 0) {
        mon_ack ack = {.sequence = process->seen};
        if (send_frame(process, MON_ACK, &ack, sizeof ack)) {
            process->acked = process->seen;
        }
    }
}

static const char *stage_text(int32_t stage) {
    switch ((mon_stage)stage) {
    case MON_STAGE_SPEC:
        return "its monitor does not understand the start";
    case MON_STAGE_BUSY:
        return "another monitor holds it already";
    case MON_STAGE_SETUP:
        return "its monitor cannot set itself up";
    case MON_STAGE_RECORD:
        return "its start cannot be recorded";
    case MON_STAGE_FORK:
        return "no new process can be had";
    case MON_STAGE_STDIO:
        return "its standard streams cannot be set up";
    case MON_STAGE_WORKDIR:
        return "its working directory cannot be entered";
    case MON_STAGE_LIMITS:
        return "a limit cannot be set";
    case MON_STAGE_USER:
        return "its user cannot be taken on";
    case MON_STAGE_ISOLATION:
        return "it cannot be isolated";
    case MON_STAGE_CGROUP:
        return "its control group cannot be set up";
    case MON_STAGE_EXEC:
        return "the program cannot be executed";
    }
    return "its monitor failed";
}

static void take_failure(nex_process *process, const char *body, size_t size) {
    mon_failed failed;
    nex_error err;
    mon_failed_read(&failed, body, size);
    (void)nex_error_set(&err, failed.stage == MON_STAGE_BUSY ? NEX_EEXIST : NEX_EIO,
                        "%s%s%s%s: %s%s", stage_text(failed.stage),
                        failed.detail[0] != '\0' ? " (" : "", failed.detail,
                        failed.detail[0] != '\0' ? ")" : "", strerror(failed.error),
                        failed.stage != MON_STAGE_BUSY ? native_advice(failed.error) : "");
    native_link_failed(process, &err);
}

/* False when the process is gone, or nothing more is to be read now. */
static bool take_message(nex_process *process, const char *message, size_t len) {
    mon_frame frame;
    if (len < sizeof frame) {
        return true;
    }
    mon_frame_read(&frame, message, len);
    if (frame.version != MON_VERSION) {
        nex_error err;
        (void)nex_error_set(&err, NEX_EUNSUPPORTED,
                            "its monitor speaks version %u of their protocol, this nexlet "
                            "version %d: run a nexlet that is as new as the monitor",
                            frame.version, MON_VERSION);
        native_link_failed(process, &err);
        return false;
    }
    const char *body = message + sizeof frame;
    size_t size = len - sizeof frame;
    if (frame.type == MON_LOG) {
        size_t taken = give_out(process, body, size);
        if (taken < size) {
            hold(process, body + taken, size - taken);
        }
        return !process->refused;
    }
    if (frame.type == MON_FAILED) {
        take_failure(process, body, size);
        return false;
    }
    if (frame.type == MON_STATE) {
        mon_state state;
        mon_state_read(&state, body, size);
        process->state = state;
        if (process->expected == 0) {
            process->expected = state.log_acked + 1;
        }
        if (state.phase == MON_PHASE_ENDED) {
            acknowledge(process);
            native_link_ended(process, &state, true);
            return false;
        }
        tell_started(process);
    }
    return true;
}

static void on_ready(uv_poll_t *poll, int status, int events) {
    nex_process *process = poll->data;
    monitor_layer *layer = process->layer;
    if ((events & UV_WRITABLE) != 0) {
        send_stop(process);
        watch(process);
    }
    if (status == 0 && (events & UV_READABLE) == 0) {
        return;
    }
    for (int i = 0; i < MESSAGES_A_TURN && !process->refused; i++) {
        ssize_t got = recv(process->fd, layer->message, sizeof layer->message, MSG_DONTWAIT);
        if (got < 0 && (errno == EINTR || errno == ECONNRESET)) {
            continue; /* a reset is told once, ahead of what was sent before it */
        }
        if (got < 0 && errno == EAGAIN) {
            break;
        }
        if (got <= 0) {
            acknowledge(process);
            disconnect(process);
            native_lost(process);
            return;
        }
        if (!take_message(process, layer->message, (size_t)got)) {
            break;
        }
    }
    if (!process->over) {
        acknowledge(process);
        watch(process);
    }
}

void native_link_resume(nex_process *process) {
    if (!process->refused) {
        return;
    }
    char *held = process->held;
    size_t len = process->held_len;
    process->refused = false;
    process->held = NULL;
    size_t taken = give_out(process, held, len);
    if (taken < len) {
        hold(process, held + taken, len - taken);
    }
    free(held);
    acknowledge(process);
    watch(process);
}
