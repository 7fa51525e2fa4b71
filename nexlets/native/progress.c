/* Tells how far a fetch has come: at its beginning, once a second, and at its end. */
#include "native/artifact.h"
#include "native/workload.h"

#include <stdlib.h>

#define EVERY NEX_SECOND

struct native_progress {
    native_workload *workload;
    const char *uri;
    const char *stage;
    nex_timer *timer;
    uint64_t bytes;
    uint64_t total; /* 0: not known */
};

static void emit(const native_progress *progress) {
    const native_workload *workload = progress->workload;
    nex_agent *agent = workload->native->agent;
    nex_buf json = NEX_BUF_INIT;
    if (agent == NULL || !nex_agent_is_registered(agent)) {
        return;
    }
    nex_workload_progress_event event = {.id = workload->id,
                                         .namespace_ = (char *)(uintptr_t)workload->namespace_,
                                         .workload_type = (char *)(uintptr_t)NATIVE_TYPE,
                                         .artifact = (char *)(uintptr_t)progress->uri,
                                         .stage = (char *)(uintptr_t)progress->stage,
                                         .bytes = (int64_t)progress->bytes,
                                         .total = (int64_t)progress->total,
                                         .has_total = progress->total > 0};
    if (nex_workload_progress_event_encode(&event, &json) == NEX_OK) {
        /* One that is lost is followed by the next. */
        (void)nex_agent_emit(agent, workload->namespace_, "WORKLOADPROGRESS", json.data, json.len);
    }
    nex_buf_free(&json);
}

static void take_count(native_progress *progress) {
    if (progress->workload->fetch != NULL) {
        native_fetch_count(progress->workload->fetch, &progress->bytes, &progress->total);
    }
}

static void on_timer(void *arg) {
    take_count(arg);
    emit(arg);
}

void native_progress_begin(native_workload *workload, const char *uri) {
    native_progress_free(workload);
    native_progress *progress = calloc(1, sizeof *progress);
    if (progress == NULL ||
        nex_timer_new(workload->native->loop, &progress->timer, on_timer, progress) != NEX_OK) {
        free(progress); /* without memory it goes on untold */
        return;
    }
    progress->workload = workload;
    progress->uri = uri;
    progress->stage = "fetching";
    workload->progress = progress;
    emit(progress);
    nex_timer_start(progress->timer, EVERY, EVERY);
}

void native_progress_stage(native_workload *workload, const char *stage) {
    native_progress *progress = workload->progress;
    if (progress != NULL) {
        progress->stage = stage;
        emit(progress);
    }
}

void native_progress_fetched(native_workload *workload) {
    if (workload->progress != NULL) {
        take_count(workload->progress);
    }
}

void native_progress_end(native_workload *workload, bool well) {
    native_progress_stage(workload, well ? "done" : "failed");
    native_progress_free(workload);
}

void native_progress_free(native_workload *workload) {
    if (workload->progress != NULL) {
        nex_timer_free(workload->progress->timer);
        free(workload->progress);
        workload->progress = NULL;
    }
}
