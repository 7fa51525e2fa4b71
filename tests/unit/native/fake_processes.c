#include "fake_processes.h"

#include "files.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

fake_workload *fake_find(fake_machine *machine, const char *id) {
    for (size_t i = machine->count; i > 0; i--) {
        if (strcmp(machine->workloads[i - 1].id, id) == 0) {
            return &machine->workloads[i - 1];
        }
    }
    return NULL;
}

/* What is on record of a workload; attached runs are not. */
static fake_workload *on_record(fake_machine *machine, const char *id) {
    for (size_t i = 0; i < machine->count; i++) {
        if (!machine->workloads[i].attached && strcmp(machine->workloads[i].id, id) == 0) {
            return &machine->workloads[i];
        }
    }
    return NULL;
}

static fake_workload *get(fake_machine *machine, const char *id) {
    fake_workload *found = on_record(machine, id);
    if (found == NULL && machine->count < FAKE_PROCESSES) {
        found = &machine->workloads[machine->count++];
        snprintf(found->id, sizeof found->id, "%s", id);
    }
    return found;
}

static nex_status save(void *self, const char *id, const void *data, size_t len, nex_error *err) {
    fake_workload *workload = get(self, id);
    (void)err;
    memcpy(workload->saved, data, len);
    workload->saved_len = len;
    return NEX_OK;
}

static bool retired(void *self, const char *id) {
    const fake_machine *machine = self;
    for (size_t i = 0; i < machine->retired_count; i++) {
        if (strcmp(machine->retired[i], id) == 0) {
            return true;
        }
    }
    return false;
}

static nex_status recover(void *self, void (*found)(void *, const nex_process_record *), void *arg,
                          nex_error *err) {
    fake_machine *machine = self;
    (void)err;
    for (size_t i = 0; i < machine->count; i++) {
        fake_workload *w = &machine->workloads[i];
        nex_process_record record = {
            .workload_id = w->id, .saved = w->saved, .saved_len = w->saved_len, .exit = w->exit};
        record.retired = retired(self, w->id);
        record.found = w->running   ? NEX_PROCESS_LIVE
                       : w->damaged ? NEX_PROCESS_DAMAGED
                       : w->ended   ? NEX_PROCESS_ENDED
                                    : NEX_PROCESS_NONE;
        if (w->saved_len > 0 && w->forgotten == 0) {
            found(arg, &record);
        }
    }
    return NEX_OK;
}

static void join(char *out, size_t size, const nex_string_list *list) {
    out[0] = '\0';
    for (size_t i = 0; i < list->count; i++) {
        size_t used = strlen(out);
        snprintf(out + used, size - used, "%s\n", list->items[i]);
    }
}

static nex_status start(void *self, const nex_process_spec *spec, const nex_process_events *events,
                        void *arg, nex_process **out, nex_error *err) {
    fake_machine *machine = self;
    *out = NULL;
    if (machine->start_status != NEX_OK) {
        return nex_error_set(err, machine->start_status, "no process can be had");
    }
    fake_workload *w;
    if (spec->attached) { /* several may run at once */
        w = &machine->workloads[machine->count++];
        snprintf(w->id, sizeof w->id, "%s", spec->workload_id);
    } else {
        w = get(machine, spec->workload_id);
    }
    w->starts++;
    w->attached = spec->attached;
    w->running = !spec->held;
    w->held = true;
    w->ended = false;
    w->process = (nex_process){events, arg};
    w->info = (nex_process_info){
        .pid = 1000 + (int64_t)machine->count, .run = spec->run, .failures = spec->failures};
    snprintf(w->input, sizeof w->input, "%.*s", (int)spec->stdin_len,
             spec->stdin_data != NULL ? (const char *)spec->stdin_data : "");
    snprintf(w->path, sizeof w->path, "%s", spec->path);
    join(w->env, sizeof w->env, spec->env);
    join(w->argv, sizeof w->argv, spec->argv);
    w->stop_signal = spec->stop_signal;
    w->stop_grace = spec->stop_grace;
    *out = &w->process;
    return NEX_OK;
}

static nex_status adopt(void *self, const char *id, const nex_process_events *events, void *arg,
                        nex_process **out, nex_error *err) {
    fake_workload *w = on_record(self, id);
    *out = NULL;
    if (w == NULL || !w->running) {
        return nex_error_set(err, NEX_ENOTFOUND, "no run");
    }
    w->process = (nex_process){events, arg};
    w->held = true;
    *out = &w->process;
    return NEX_OK;
}

static fake_workload *owner(void *self, const nex_process *process) {
    fake_machine *machine = self;
    for (size_t i = 0; i < machine->count; i++) {
        if (&machine->workloads[i].process == process) {
            return &machine->workloads[i];
        }
    }
    return NULL;
}

static void go(void *self, nex_process *process) {
    fake_workload *w = owner(self, process);
    assert_true(w->saved_len > 0); /* nothing runs that is not on record */
    w->running = true;
}

static void stop(void *self, nex_process *process, int signal, nex_duration grace) {
    fake_workload *w = owner(self, process);
    w->stops++;
    w->stop_signal = signal;
    w->stop_grace = grace;
}

static void resume(void *self, nex_process *process) {
    (void)self;
    (void)process;
}

static void release(void *self, nex_process *process) {
    fake_workload *w = owner(self, process);
    w->held = false;
    if (w->attached) {
        w->running = false;
    }
}

static void forget(void *self, const char *id) {
    fake_workload *w = on_record(self, id);
    if (w != NULL) {
        w->forgotten++;
    }
}

static nex_status retire(void *self, const char *id, nex_error *err) {
    fake_machine *machine = self;
    (void)err;
    assert_in_range(machine->retired_count, 0, FAKE_PROCESSES - 1);
    snprintf(machine->retired[machine->retired_count++], sizeof machine->retired[0], "%s", id);
    return NEX_OK;
}

/* The one thing that is real: the nexlet writes files in it. */
static nex_status directory(void *self, const char *id, nex_buf *out, nex_error *err) {
    fake_machine *machine = self;
    char path[160];
    (void)err;
    if (machine->root[0] == '\0') {
        snprintf(machine->root, sizeof machine->root, "/tmp/nex-fake-XXXXXX");
        if (mkdtemp(machine->root) == NULL) {
            return NEX_EIO;
        }
    }
    snprintf(path, sizeof path, "%s/%s", machine->root, id != NULL ? id : "shared");
    (void)mkdir(path, 0700);
    nex_status status = nex_buf_append_str(out, path);
    strcat(path, "/work");
    (void)mkdir(path, 0700);
    return status;
}

void fake_machine_clear(fake_machine *machine) {
    if (machine->root[0] != '\0') {
        remove_tree(machine->root);
    }
}

static void free_layer(void *self) {
    ((fake_machine *)self)->frees++;
}

nex_process_layer fake_processes(fake_machine *machine) {
    static const nex_process_ops ops = {.save = save,
                                        .recover = recover,
                                        .start = start,
                                        .go = go,
                                        .adopt = adopt,
                                        .stop = stop,
                                        .resume = resume,
                                        .release = release,
                                        .forget = forget,
                                        .retire = retire,
                                        .retired = retired,
                                        .directory = directory,
                                        .free = free_layer};
    return (nex_process_layer){&ops, machine};
}

void fake_started(fake_workload *w) {
    w->process.events->started(w->process.arg, &w->info);
}

void fake_failed(fake_workload *w, nex_status code, const char *message) {
    nex_error err;
    (void)nex_error_set(&err, code, "%s", message);
    w->running = false;
    w->held = false;
    w->process.events->failed(w->process.arg, &err);
}

bool fake_output(fake_workload *w, nex_process_stream stream, const char *text) {
    nex_time time = {.seconds = 1};
    return w->process.events->output(w->process.arg, stream, time, text, strlen(text), 0, 0);
}

void fake_ended(fake_workload *w, int code) {
    w->running = false;
    w->ended = true;
    w->exit = (nex_process_exit){.code = code > 0 ? code : 0,
                                 .signal = code < 0 ? -code : 0,
                                 .known = true,
                                 .requested = w->stops > 0,
                                 .started = w->info.started,
                                 .ended = w->info.started,
                                 .run = w->info.run,
                                 .failures = w->info.failures};
    if (w->held) {
        w->held = false;
        w->process.events->ended(w->process.arg, &w->exit);
    }
}
