/*
 * What a function writes, kept in the same bounded log as that of other workloads. Its runs are
 * many and short, so it is the nexlet that writes it, and not their monitors.
 */
#include "native/workload.h"

#include "monitor/logfile.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct native_function_log {
    int directory;
    mon_log log;
};

static native_function_log *open_log(const native_workload *workload, nex_error *err) {
    const nex_process_layer *layer = &workload->native->processes;
    const nex_native_start_request_logs *wanted = workload->start->logs;
    mon_log_size size = {0};
    native_function_log *log = calloc(1, sizeof *log);
    if (log == NULL) {
        (void)nex_error_set(err, NEX_ENOMEM, "out of memory: output is not kept");
        return NULL;
    }
    log->directory = -1;
    if (wanted != NULL) {
        size.file_bytes = wanted->has_size ? (uint64_t)wanted->size : 0;
        size.files = wanted->has_count ? (uint32_t)wanted->count : 0;
    }
    int error = 0;
    nex_status status = layer->ops->log(layer->self, workload->id, &log->directory, err);
    if (status == NEX_OK && (error = mon_log_open(&log->log, log->directory, &size)) != 0) {
        mon_log_close(&log->log);
        status = nex_error_set(err, NEX_EIO, "output cannot be kept: %s", strerror(error));
    }
    if (status != NEX_OK) {
        if (log->directory >= 0) {
            close(log->directory);
        }
        free(log);
        return NULL;
    }
    return log;
}

/* Its number in the log; 0: none is kept. */
static uint64_t keep(native_workload *workload, mon_stream stream, int64_t time_ns,
                     const void *data, size_t len) {
    nex_error err;
    if (workload->native->processes.ops->log == NULL || workload->log_failed) {
        return 0;
    }
    if (workload->log == NULL && (workload->log = open_log(workload, &err)) == NULL) {
        workload->log_failed = true; /* said once */
        nex_log_write(workload->native->log, NEX_LOG_ERROR, err.message, "workload_id",
                      workload->id, NULL);
        return 0;
    }
    uint64_t sequence = workload->log->log.next;
    mon_log_append(&workload->log->log, stream, time_ns, data, len);
    return sequence;
}

void native_function_log_write(native_workload *workload, nex_process_stream stream,
                               const void *data, size_t len) {
    nex_native *native = workload->native;
    nex_time now = nex_loop_time(native->loop);
    int64_t time_ns = now.seconds * NEX_SECOND + now.nanoseconds;
    bool error = stream == NEX_PROCESS_STDERR;
    const char *at = data;
    while (len > 0) {
        size_t size = len < MON_PIECE_MAX ? len : (size_t)MON_PIECE_MAX;
        uint64_t sequence = keep(workload, error ? MON_STDERR : MON_STDOUT, time_ns, at, size);
        if (native->agent == NULL ||
            nex_agent_output_piece(native->agent, workload->id, workload->namespace_,
                                   error ? NEX_STDERR : NEX_STDOUT, sequence, at, size) != NEX_OK) {
            workload->missed++;
        }
        at += size;
        len -= size;
    }
}

void native_function_log_close(native_workload *workload) {
    if (workload->log != NULL) {
        mon_log_close(&workload->log->log);
        close(workload->log->directory);
        free(workload->log);
        workload->log = NULL;
    }
}
