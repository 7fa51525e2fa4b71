/*
 * Figures about workloads, each at its interval, on the metrics subject and in metadata. They are
 * spread over the interval, so that many workloads never hold up the loop together.
 */
#include "native/usage.h"
#include "native/workload.h"

#include <stdlib.h>

enum { TURNS = 10 }; /* an interval has */

struct native_metrics {
    nex_native *native;
    nex_duration interval;
    nex_timer *timer;
    native_usage_places places;
};

static bool is_function(const native_workload *workload) {
    return workload->lifecycle == NEX_WORKLOAD_LIFECYCLE_FUNCTION;
}

static bool is_measured(const native_workload *workload) {
    if (is_function(workload)) {
        return workload->phase == NATIVE_WARM && native_function_is_busy(workload);
    }
    return workload->phase == NATIVE_RUNNING && workload->process != NULL && workload->run.pid > 0;
}

bool native_metrics_measure(native_workload *workload) {
    const native_metrics *metrics = workload->native->metrics;
    if (is_function(workload)) {
        workload->has_usage = metrics != NULL && workload->phase == NATIVE_WARM;
        if (workload->has_usage) {
            native_function_measure(workload, &workload->usage);
        }
        return workload->has_usage;
    }
    workload->has_usage =
        metrics != NULL && is_measured(workload) &&
        native_usage_measure(&metrics->places, workload->id, workload->run.pid, &workload->usage);
    return workload->has_usage;
}

static void publish(const native_workload *workload) {
    const native_usage *usage = &workload->usage;
    nex_agent *agent = workload->native->agent;
    nex_buf json = NEX_BUF_INIT;
    if (agent == NULL || !nex_agent_is_registered(agent)) {
        return;
    }
    bool function = is_function(workload);
    const native_function_figures figures = native_function_figures_of(workload);
    nex_native_metrics message = {
        .id = workload->id,
        .time = nex_loop_time(workload->native->loop),
        .cpu_seconds = usage->cpu_seconds,
        .memory = (int64_t)usage->memory,
        .pids = (int64_t)usage->pids,
        .has_io_read = usage->has_io,
        .io_read = (int64_t)usage->io_read,
        .has_io_write = usage->has_io,
        .io_write = (int64_t)usage->io_write,
        .restarts = workload->run.run > 0 ? (int64_t)workload->run.run - 1 : 0,
        .has_calls = function,
        .calls = (int64_t)figures.calls,
        .has_calls_failed = function,
        .calls_failed = (int64_t)figures.failed,
        .source = (char *)(uintptr_t)(usage->from_cgroup ? "cgroup" : "proc")};
    if (nex_native_metrics_encode(&message, &json) == NEX_OK) {
        /* Figures that are lost are followed by newer ones. */
        (void)nex_agent_output(agent, workload->id, workload->namespace_, NEX_METRICS, json.data,
                               json.len);
    }
    nex_buf_free(&json);
}

/* The share of this turn: those whose interval is over, not many more than fall to each turn. */
static void on_turn(void *arg) {
    native_metrics *metrics = arg;
    nex_native *native = metrics->native;
    uint64_t now = nex_loop_now(native->loop);
    size_t share = HASH_COUNT(native->workloads) / TURNS + 1;
    size_t count = 0;
    for (native_workload *w = native->workloads; w != NULL; w = w->hh.next) {
        if (!is_measured(w)) {
            continue;
        }
        bool due = now - w->measured >= (uint64_t)metrics->interval;
        if (due && share > 0) {
            share--;
            w->measured = now;
            if (native_metrics_measure(w)) {
                publish(w);
                native_function_told(w);
            }
        }
        count++;
    }
    if (count == 0) {
        nex_timer_stop(metrics->timer); /* an idle nexlet sleeps */
    }
}

void native_metrics_wake(native_workload *workload) {
    native_metrics *metrics = workload->native->metrics;
    if (metrics == NULL) {
        return;
    }
    /* The first figures come soon: when there is something to measure. */
    workload->measured = nex_loop_now(workload->native->loop) - (uint64_t)metrics->interval;
    if (!nex_timer_active(metrics->timer)) {
        nex_duration turn = metrics->interval / TURNS;
        nex_timer_start(metrics->timer, turn, turn);
    }
}

void native_metrics_go_on(native_workload *workload) {
    const native_metrics *metrics = workload->native->metrics;
    if (metrics != NULL && !nex_timer_active(metrics->timer)) {
        nex_timer_start(metrics->timer, metrics->interval / TURNS, metrics->interval / TURNS);
    }
}

nex_status native_metrics_new(nex_native *native, nex_duration interval, nex_error *err) {
    if (interval <= 0) {
        return NEX_OK;
    }
    native_metrics *metrics = calloc(1, sizeof *metrics);
    if (metrics == NULL ||
        nex_timer_new(native->loop, &metrics->timer, on_turn, metrics) != NEX_OK) {
        free(metrics);
        return nex_error_set(err, NEX_ENOMEM, "native nexlet: out of memory");
    }
    metrics->native = native;
    metrics->interval = interval >= NEX_SECOND / TURNS ? interval : NEX_SECOND / TURNS;
    native_usage_find_places(native->workload_cgroup, &metrics->places);
    native->metrics = metrics;
    return NEX_OK;
}

void native_metrics_free(native_metrics *metrics) {
    if (metrics != NULL) {
        nex_timer_free(metrics->timer);
        free(metrics);
    }
}
