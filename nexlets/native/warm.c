#include "native/warm.h"

#include "native/pipe_writer.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The longest first line of an answer: a word, a number, a line feed. */
enum { LINE_MAX_BYTES = 32 };

struct native_warm_slot {
    native_warm *warm;
    nex_process *process; /* NULL: none runs */
    int64_t pid;
    native_pipe_writer *input;
    nex_timer *again;
    nex_buf output;
    bool ready;  /* it was executed */
    bool served; /* it has answered a message */
    bool busy;   /* it works on one */
    const char *failure;
    native_warm_cb cb;
    void *arg;
};

struct native_warm {
    native_warm_options options;
    native_warm_slot *slots;
    native_restart_policy policy;
    native_restart_count failures; /* processes that ended unasked, in a row */
    size_t largest;                /* answer */
    uint64_t cpu_ns;               /* of processes that have ended */
    bool stopping;
};

static void start(void *arg);

static void end_process(native_warm_slot *slot) {
    const nex_process_layer *layer = &slot->warm->options.workload->native->processes;
    native_pipe_writer_free(slot->input);
    slot->input = NULL;
    slot->ready = false;
    if (slot->process != NULL) {
        layer->ops->stop(layer->self, slot->process, 0, -1);
    }
}

/* Its message has come to an end. */
static void conclude(native_warm_slot *slot, const char *error, const void *data, size_t len) {
    native_warm_cb cb = slot->cb;
    void *arg = slot->arg;
    slot->busy = false;
    slot->cb = NULL;
    if (cb != NULL) {
        cb(arg, error, data, len);
    }
}

/* ---- Answers -------------------------------------------------------------------------------- */

static void malformed(native_warm_slot *slot, const char *why) {
    if (slot->failure == NULL) {
        slot->failure = why;
        end_process(slot);
    }
}

/* The first line of an answer. False: it is none. */
static bool parse_line(const char *line, size_t len, bool *error, size_t *size) {
    char text[LINE_MAX_BYTES + 1];
    char word[8];
    char rest;
    unsigned long long number;
    if (len > LINE_MAX_BYTES) {
        return false;
    }
    memcpy(text, line, len);
    text[len] = '\0';
    /* A number and nothing before it: sscanf would take a sign. */
    const char *digits = strchr(text, ' ');
    if (digits == NULL || digits[1] < '0' || digits[1] > '9' ||
        sscanf(text, "%7s %llu%c", word, &number, &rest) != 2) {
        return false;
    }
    *error = strcmp(word, "error") == 0;
    *size = (size_t)number;
    return *error || strcmp(word, "ok") == 0;
}

/* The error of a run is told in a header: one line. */
static void one_line(const char *data, size_t len, char *out, size_t size) {
    size_t used = 0;
    while (used < len && used + 1 < size) {
        char c = data[used];
        out[used++] = c >= ' ' || c < 0 ? c : ' ';
    }
    while (used > 0 && out[used - 1] == ' ') {
        used--;
    }
    snprintf(out + used, size - used, "%s", used == 0 ? "it failed" : "");
}

static void answered(native_warm_slot *slot, bool error, const char *data, size_t len) {
    native_warm *warm = slot->warm;
    char text[256];
    slot->served = true;
    warm->failures.failures = 0;
    if (error) {
        one_line(data, len, text, sizeof text);
        conclude(slot, text, NULL, 0);
    } else {
        conclude(slot, NULL, data, len);
    }
}

static void take_output(native_warm_slot *slot) {
    nex_buf answer = slot->output;
    bool error;
    size_t size;
    const char *end = memchr(answer.data, '\n', answer.len);
    if (end == NULL && answer.len <= LINE_MAX_BYTES) {
        return;
    }
    size_t line = end != NULL ? (size_t)(end - answer.data) : answer.len;
    if (!slot->busy) {
        malformed(slot, "it wrote without being asked");
    } else if (end == NULL || !parse_line(answer.data, line, &error, &size)) {
        malformed(slot, "its answer does not begin with ok or error and a number of bytes");
    } else if (size > slot->warm->largest) {
        malformed(slot, "its answer is larger than the server takes");
    } else if (answer.len - line - 1 > size) {
        malformed(slot, "its answer is longer than it said");
    } else if (answer.len - line - 1 == size) {
        native_warm *warm = slot->warm;
        slot->output = (nex_buf)NEX_BUF_INIT;
        answered(slot, error, answer.data + line + 1, size);
        nex_buf_free(&answer);
        warm->options.idle(warm->options.arg);
    }
}

static bool on_output(void *arg, nex_process_stream stream, nex_time time, const void *data,
                      size_t len, uint64_t sequence, uint64_t missed) {
    native_warm_slot *slot = arg;
    (void)time;
    (void)sequence;
    (void)missed;
    if (stream == NEX_PROCESS_STDERR) {
        native_function_log_write(slot->warm->options.workload, stream, data, len);
    } else if (slot->failure == NULL && !slot->warm->stopping) {
        if (nex_buf_append(&slot->output, data, len) != NEX_OK) {
            malformed(slot, "out of memory for its answer");
        } else {
            take_output(slot);
        }
    }
    return true;
}

/* ---- Processes ------------------------------------------------------------------------------ */

static bool any_left(const native_warm *warm) {
    for (size_t i = 0; i < warm->options.processes; i++) {
        if (warm->slots[i].process != NULL) {
            return true;
        }
    }
    return false;
}

void native_warm_stop(native_warm *warm) {
    warm->stopping = true;
    for (size_t i = 0; i < warm->options.processes; i++) {
        nex_timer_stop(warm->slots[i].again);
        end_process(&warm->slots[i]);
    }
    if (!any_left(warm)) {
        warm->options.gone(warm->options.arg);
    }
}

/* It ended unasked and without having been of use: later again, or never. */
static void judge(native_warm_slot *slot, const char *last) {
    native_warm *warm = slot->warm;
    nex_duration delay = 0;
    char reason[512];
    if (native_restart_judge(&warm->policy, &warm->failures, warm->options.workload->native->loop,
                             true, &delay) == NATIVE_RESTART_GIVE_UP) {
        snprintf(reason, sizeof reason,
                 "gave up after %u warm processes in a row that ended "
                 "before they answered a message; the last: %s",
                 warm->failures.failures + 1, last);
        warm->options.gave_up(warm->options.arg, reason);
    } else {
        nex_timer_start(slot->again, delay, 0);
    }
}

static void over(native_warm_slot *slot, const char *last) {
    native_warm *warm = slot->warm;
    bool useful = slot->served || slot->busy;
    const char *failure = slot->failure;
    slot->process = NULL;
    slot->pid = 0;
    slot->ready = false;
    slot->served = false;
    slot->failure = NULL;
    nex_buf_free(&slot->output);
    native_pipe_writer_free(slot->input);
    slot->input = NULL;
    if (slot->busy) {
        conclude(slot, failure != NULL ? failure : last, NULL, 0);
    }
    if (warm->stopping) {
        if (!any_left(warm)) {
            warm->options.gone(warm->options.arg);
        }
    } else if (useful) {
        nex_timer_start(slot->again, 0, 0);
    } else {
        judge(slot, failure != NULL ? failure : last);
    }
}

static void on_started(void *arg, const nex_process_info *info) {
    native_warm_slot *slot = arg;
    slot->pid = info->pid;
    slot->ready = slot->failure == NULL && !slot->warm->stopping;
    if (slot->ready) {
        slot->warm->options.idle(slot->warm->options.arg);
    }
}

static void on_failed(void *arg, const nex_error *err) {
    char last[sizeof err->message];
    snprintf(last, sizeof last, "%s", err->message);
    over(arg, last);
}

static void on_ended(void *arg, const nex_process_exit *exit) {
    char code[32];
    char last[64];
    native_warm_slot *slot = arg;
    slot->warm->cpu_ns += exit->cpu_ns;
    native_exit_text(exit, code, sizeof code);
    snprintf(last, sizeof last, "exit %s", code[0] != '\0' ? code : "0");
    over(arg, last);
}

static const nex_process_events events = {
    .started = on_started, .failed = on_failed, .output = on_output, .ended = on_ended};

static nex_status start_process(native_warm_slot *slot, nex_error *err) {
    native_workload *workload = slot->warm->options.workload;
    char *variable = (char *)(uintptr_t) "NEX_FUNCTION_WARM=1";
    const nex_string_list more = {.items = &variable, .count = 1};
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return nex_error_set(err, NEX_EIO, "no pipe for its standard input: %s", strerror(errno));
    }
    const native_run_options options = {
        .attached = true, .has_input_fd = true, .input_fd = ends[0], .more_env = &more};
    nex_status status = native_pipe_writer_new(&slot->input, workload->native->loop, ends[1], err);
    if (status == NEX_OK) {
        status = native_run_start(workload, &options, &events, slot, &slot->process, err);
    }
    close(ends[0]);
    return status;
}

static void start(void *arg) {
    native_warm_slot *slot = arg;
    nex_error err;
    if (start_process(slot, &err) != NEX_OK) {
        nex_error copy = err;
        over(slot, copy.message);
    }
}

/* ---- Messages ------------------------------------------------------------------------------- */

static native_warm_slot *find_idle(const native_warm *warm) {
    for (size_t i = 0; i < warm->options.processes; i++) {
        if (warm->slots[i].ready && !warm->slots[i].busy) {
            return &warm->slots[i];
        }
    }
    return NULL;
}

bool native_warm_is_idle(const native_warm *warm) {
    return find_idle(warm) != NULL;
}

void native_warm_measure(const native_warm *warm, native_usage *total) {
    total->cpu_seconds += (double)warm->cpu_ns / 1e9;
    for (size_t i = 0; i < warm->options.processes; i++) {
        if (warm->slots[i].pid > 0) {
            native_usage_add(warm->slots[i].pid, total);
        }
    }
}

nex_status native_warm_run(native_warm *warm, const nex_string_list *head, const void *body,
                           size_t len, native_warm_cb cb, void *arg, native_warm_slot **out,
                           nex_error *err) {
    native_warm_slot *slot = find_idle(warm);
    nex_buf frame = NEX_BUF_INIT;
    nex_buf lines = NEX_BUF_INIT;
    nex_status status = slot != NULL ? NEX_OK : NEX_ESTATE;
    *out = NULL;
    for (size_t i = 0; i < head->count && status == NEX_OK; i++) {
        status = nex_buf_printf(&lines, "%s\n", head->items[i]);
    }
    if (status == NEX_OK) {
        status = nex_buf_printf(&frame, "run %zu %zu\n", lines.len, len);
    }
    if (status == NEX_OK && lines.len > 0) {
        status = nex_buf_append(&frame, lines.data, lines.len);
    }
    if (status == NEX_OK && len > 0) {
        status = nex_buf_append(&frame, body, len);
    }
    if (status == NEX_OK) {
        /* One that is gone is told by its end, as any other way to end while it works. */
        status = native_pipe_write(slot->input, frame.data, frame.len, SIZE_MAX);
        status = status == NEX_EIO ? NEX_OK : status;
    }
    nex_buf_free(&lines);
    nex_buf_free(&frame);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "no warm process can be given the message: %s",
                             nex_status_name(status));
    }
    slot->busy = true;
    slot->cb = cb;
    slot->arg = arg;
    *out = slot;
    return NEX_OK;
}

void native_warm_kill(native_warm_slot *slot, const char *reason) {
    malformed(slot, reason);
}

/* ---- Making and freeing --------------------------------------------------------------------- */

nex_status native_warm_new(native_warm **out, const native_warm_options *options, nex_error *err) {
    nex_agent *agent = options->workload->native->agent;
    nex_bus *bus = agent != NULL ? nex_agent_bus(agent) : NULL;
    native_warm *warm = calloc(1, sizeof *warm);
    nex_status status = NEX_OK;
    *out = NULL;
    if (warm == NULL || (warm->slots = calloc(options->processes, sizeof *warm->slots)) == NULL) {
        free(warm);
        return nex_error_set(err, NEX_ENOMEM, "function.warm: out of memory");
    }
    warm->options = *options;
    warm->policy = native_restart_default(NATIVE_RESTART_ALWAYS);
    warm->largest = bus != NULL ? nex_bus_max_payload(bus) : 1024 * 1024;
    for (size_t i = 0; i < options->processes && status == NEX_OK; i++) {
        native_warm_slot *slot = &warm->slots[i];
        slot->warm = warm;
        status = nex_timer_new(options->workload->native->loop, &slot->again, start, slot);
        if (status == NEX_OK) {
            nex_timer_start(slot->again, 0, 0);
        }
    }
    if (status != NEX_OK) {
        native_warm_free(warm);
        return nex_error_set(err, NEX_ENOMEM, "function.warm: out of memory");
    }
    *out = warm;
    return NEX_OK;
}

void native_warm_free(native_warm *warm) {
    if (warm == NULL) {
        return;
    }
    const nex_process_layer *layer = &warm->options.workload->native->processes;
    for (size_t i = 0; i < warm->options.processes; i++) {
        native_warm_slot *slot = &warm->slots[i];
        if (slot->process != NULL) {
            layer->ops->release(layer->self, slot->process); /* which ends an attached run */
        }
        native_pipe_writer_free(slot->input);
        nex_timer_free(slot->again);
        nex_buf_free(&slot->output);
    }
    free(warm->slots);
    free(warm);
}
