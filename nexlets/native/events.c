#include "native/workload.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

void native_exit_text(const nex_process_exit *exit, char *out, size_t size) {
    const char *name = exit->signal != 0 ? sigabbrev_np(exit->signal) : NULL;
    if (!exit->known) {
        snprintf(out, size, "unknown");
    } else if (name != NULL) {
        snprintf(out, size, "SIG%s", name);
    } else if (exit->signal != 0) {
        snprintf(out, size, "SIG%d", exit->signal);
    } else if (exit->code != 0) {
        snprintf(out, size, "%d", exit->code);
    } else {
        out[0] = '\0';
    }
}

static nex_status add(void *message, nex_string_map *map, const char *key, const char *value) {
    nex_string_entry *entry = &map->items[map->count];
    entry->key = nex_message_strdup(message, key);
    entry->value = nex_message_strdup(message, value);
    if (entry->key == NULL || entry->value == NULL) {
        return NEX_ENOMEM;
    }
    map->count++;
    return NEX_OK;
}

static nex_status add_number(void *message, nex_string_map *map, const char *key,
                             unsigned long long value) {
    char text[24];
    snprintf(text, sizeof text, "%llu", value);
    return add(message, map, key, text);
}

static nex_status add_cpu(void *message, nex_string_map *out, double seconds) {
    char cpu[32];
    snprintf(cpu, sizeof cpu, "%.2f", seconds);
    return add(message, out, "cpu_seconds", cpu);
}

static nex_status add_calls(void *message, nex_string_map *out, const native_workload *workload) {
    const native_function_figures figures = native_function_figures_of(workload);
    nex_status status = add_number(message, out, "calls", figures.calls);
    if (status == NEX_OK) {
        status = add_number(message, out, "calls_failed", figures.failed);
    }
    if (status == NEX_OK) {
        status = add_number(message, out, "calls_running", figures.running);
    }
    return status == NEX_OK ? add_number(message, out, "calls_waiting", figures.waiting) : status;
}

static nex_status add_usage(void *message, nex_string_map *out, const native_usage *usage) {
    nex_status status = add_cpu(message, out, usage->cpu_seconds);
    if (status == NEX_OK) {
        status = add_number(message, out, "memory", usage->memory);
    }
    if (status == NEX_OK) {
        status = add_number(message, out, "pids", usage->pids);
    }
    if (status == NEX_OK && usage->has_io) {
        status = add_number(message, out, "io_read", usage->io_read);
    }
    if (status == NEX_OK && usage->has_io) {
        status = add_number(message, out, "io_write", usage->io_write);
    }
    return status;
}

nex_status native_metadata(const native_workload *workload, void *message, nex_string_map *out) {
    enum { ENTRIES_MAX = 24 };
    char exit[32] = "";
    nex_status status = NEX_OK;
    *out = (nex_string_map){.items = nex_message_alloc(message, ENTRIES_MAX * sizeof *out->items)};
    if (out->items == NULL) {
        return NEX_ENOMEM;
    }
    if (workload->process != NULL && workload->run.pid > 0) {
        status = add_number(message, out, "pid", (unsigned long long)workload->run.pid);
    }
    if (status == NEX_OK && workload->lifecycle != NEX_WORKLOAD_LIFECYCLE_FUNCTION) {
        unsigned long long restarts = workload->run.run > 0 ? workload->run.run - 1 : 0;
        status = add_number(message, out, "restarts", restarts);
    }
    if (status == NEX_OK && workload->phase == NATIVE_WARM) {
        status = add_calls(message, out, workload);
    }
    if (status == NEX_OK && workload->has_exit) {
        native_exit_text(&workload->exit, exit, sizeof exit);
        status = add(message, out, "exit", exit[0] != '\0' ? exit : "0");
    }
    if (status == NEX_OK && workload->has_exit && workload->exit.oom) {
        status = add(message, out, "oom", "true");
    }
    if (status == NEX_OK && workload->reason != NULL) {
        status = add(message, out, "reason", workload->reason);
    }
    if (status == NEX_OK && workload->has_usage) {
        status = add_usage(message, out, &workload->usage);
    } else if (status == NEX_OK && workload->has_exit && workload->exit.cpu_ns > 0) {
        status = add_cpu(message, out, (double)workload->exit.cpu_ns / 1e9);
    }
    bool runs = workload->process != NULL && workload->phase == NATIVE_RUNNING;
    if (status == NEX_OK && runs && native_health_has_readiness(workload)) {
        status = add(message, out, "ready", native_health_ready(workload) ? "true" : "false");
    }
    char text[448];
    const char *problem = native_health_problem(workload, text, sizeof text);
    if (status == NEX_OK && problem != NULL) {
        status = add(message, out, "unwell", problem);
    }
    if (status == NEX_OK && native_input_lost(workload) > 0) {
        status = add_number(message, out, "input_lost", native_input_lost(workload));
    }
    if (status == NEX_OK && workload->missed > 0) {
        status = add_number(message, out, "log_missed", workload->missed);
    }
    return status;
}

static bool can_emit(const native_workload *workload) {
    nex_agent *agent = workload->native->agent;
    return agent != NULL && nex_agent_is_registered(agent);
}

void native_emit_started(native_workload *workload) {
    workload->started_due = !can_emit(workload);
    if (workload->started_due) {
        return;
    }
    nex_workload_started_event *event = nex_workload_started_event_new();
    nex_status status = NEX_ENOMEM;
    if (event != NULL) {
        event->id = workload->id;
        event->namespace_ = (char *)(uintptr_t)workload->namespace_;
        event->workload_type = (char *)(uintptr_t)NATIVE_TYPE;
        status = native_metadata(workload, event, &event->metadata);
    }
    if (status == NEX_OK) {
        event->has_metadata = true;
        status = nex_agent_emit_started(workload->native->agent, workload->namespace_, event);
    }
    if (status != NEX_OK) {
        nex_log_write(workload->native->log, NEX_LOG_WARN, "WORKLOADSTARTED not sent",
                      "workload_id", workload->id, "reason", nex_status_name(status), NULL);
    }
    nex_workload_started_event_free(event);
}

/*
 * What the event says of the end. One that was asked for is no error, even by its signal; but
 * that it had to be killed is worth saying.
 */
static bool describe_error(const native_workload *workload, char *code, size_t size,
                           const char **message) {
    const nex_process_exit *exit = &workload->exit;
    *message = "";
    code[0] = '\0';
    if (workload->has_exit) {
        native_exit_text(exit, code, size);
    }
    if (workload->phase == NATIVE_STOPPING) {
        *message = "it outlived its grace and was killed";
        snprintf(code, size, "SIGKILL");
        return workload->has_exit && exit->killed;
    }
    if (workload->reason != NULL) {
        *message = workload->reason;
    } else if (workload->has_exit && exit->oom) {
        *message = "oom: killed for want of memory";
    } else if (workload->has_exit && !exit->known) {
        *message = "nobody saw how it ended";
    }
    return code[0] != '\0' || workload->reason != NULL;
}

void native_emit_stopped(native_workload *workload) {
    char code[32];
    const char *message;
    workload->stopped_due = !can_emit(workload);
    if (workload->stopped_due) {
        return;
    }
    nex_workload_stopped_event *event = nex_workload_stopped_event_new();
    nex_workload_error error = {0};
    nex_status status = NEX_ENOMEM;
    if (event != NULL) {
        event->id = workload->id;
        event->namespace_ = (char *)(uintptr_t)workload->namespace_;
        event->workload_type = (char *)(uintptr_t)NATIVE_TYPE;
        if (describe_error(workload, code, sizeof code, &message)) {
            error.code = code;
            error.message = (char *)(uintptr_t)message;
            event->error = &error;
        }
        status = native_metadata(workload, event, &event->metadata);
    }
    if (status == NEX_OK) {
        event->has_metadata = true;
        status = nex_agent_emit_stopped(workload->native->agent, workload->namespace_, event);
    }
    if (status != NEX_OK) {
        nex_log_write(workload->native->log, NEX_LOG_WARN, "WORKLOADSTOPPED not sent",
                      "workload_id", workload->id, "reason", nex_status_name(status), NULL);
    }
    nex_workload_stopped_event_free(event);
}

void native_emit_restarted(const native_workload *workload, const char *reason,
                           nex_duration delay) {
    nex_buf json = NEX_BUF_INIT;
    if (!can_emit(workload)) {
        return; /* the count of restarts in lists tells it, too */
    }
    nex_workload_restarted_event event = {.id = workload->id,
                                          .namespace_ = (char *)(uintptr_t)workload->namespace_,
                                          .workload_type = (char *)(uintptr_t)NATIVE_TYPE,
                                          .reason = (char *)(uintptr_t)reason,
                                          .restarts = (int64_t)workload->run.run,
                                          .delay = delay};
    nex_status status = nex_workload_restarted_event_encode(&event, &json);
    if (status == NEX_OK) {
        status = nex_agent_emit(workload->native->agent, workload->namespace_, "WORKLOADRESTARTED",
                                json.data, json.len);
    }
    nex_buf_free(&json);
    if (status != NEX_OK) {
        nex_log_write(workload->native->log, NEX_LOG_WARN, "WORKLOADRESTARTED not sent",
                      "workload_id", workload->id, "reason", nex_status_name(status), NULL);
    }
}

void native_emit_due(nex_native *native) {
    for (native_workload *w = native->workloads; w != NULL; w = w->hh.next) {
        if (w->started_due) {
            native_emit_started(w);
        }
        if (w->stopped_due) {
            native_emit_stopped(w);
        }
    }
}
