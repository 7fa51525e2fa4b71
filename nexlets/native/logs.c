/*
 * Requests for what a workload wrote. The log is read by a thread, since a long one may have to
 * be searched; the answer is made on the loop. At most so many are under way at once.
 */
#include "native/history.h"
#include "native/workload.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <uv.h>

enum {
    READING_MAX = 32,
    ANSWER_BYTES = 512 * 1024,
    ANSWER_BYTES_MIN = 4096,
    ANSWER_REST = 1024 /* of an answer, beside its pieces, headers included */
};

typedef struct reading {
    uv_work_t work;
    nex_native *native;
    nex_agent_call *call;
    int directory;
    bool ended;
    native_history_ask ask;
    native_history history;
    int error;
} reading;

static nex_time time_of(int64_t ns) {
    return (nex_time){.seconds = ns / NEX_SECOND, .nanoseconds = (int32_t)(ns % NEX_SECOND)};
}

static nex_status add_pieces(nex_workload_logs_response *response, const native_history *history) {
    response->pieces.items =
        nex_message_alloc(response, (history->count + 1) * sizeof *response->pieces.items);
    if (response->pieces.items == NULL) {
        return NEX_ENOMEM;
    }
    const char *at = history->records.data;
    for (size_t i = 0; i < history->count; i++) {
        mon_log_header header;
        memcpy(&header, at, sizeof header);
        at += sizeof header;
        response->pieces.items[i] = (nex_workload_log_piece){
            .sequence = (int64_t)header.sequence,
            .time = time_of(header.time_ns),
            .stream = header.stream == MON_STDERR ? NEX_WORKLOAD_LOG_STREAM_STDERR
                                                  : NEX_WORKLOAD_LOG_STREAM_STDOUT,
            /* Borrowed: the message is written before the records are freed. */
            .data = {.data = (uint8_t *)(uintptr_t)at, .len = header.size}};
        at += header.size;
    }
    response->pieces.count = history->count;
    return NEX_OK;
}

static void answer(reading *r) {
    const native_history *history = &r->history;
    if (r->error != 0) {
        nex_agent_fail(r->call, "the log cannot be read: %s", strerror(r->error));
        return;
    }
    nex_workload_logs_response *response = nex_workload_logs_response_new();
    if (response == NULL || add_pieces(response, history) != NEX_OK) {
        nex_agent_fail(r->call, "out of memory");
    } else {
        response->next = (int64_t)history->next;
        response->place = (char *)(uintptr_t)history->place;
        response->end = history->end;
        response->ended = r->ended;
        response->missed = (int64_t)history->missed;
        nex_agent_answer_logs(r->call, response);
    }
    nex_workload_logs_response_free(response);
}

static void work(uv_work_t *request) {
    reading *r = request->data;
    r->error = native_history_read(r->directory, &r->ask, &r->history);
}

static void worked(uv_work_t *request, int status) {
    reading *r = request->data;
    (void)status; /* work is never cancelled */
    r->native->reading--;
    answer(r);
    close(r->directory);
    nex_buf_free(&r->history.records);
    free(r);
}

static size_t answer_bytes(const native_workload *workload,
                           const nex_workload_logs_request *request) {
    nex_bus *bus = nex_agent_bus(workload->native->agent);
    size_t most = bus != NULL ? nex_bus_max_payload(bus) : ANSWER_BYTES;
    most = most > ANSWER_BYTES ? ANSWER_BYTES : most;
    if (request->max_bytes > 0 && (uint64_t)request->max_bytes < most) {
        most = (size_t)request->max_bytes;
    }
    return (most > ANSWER_BYTES_MIN ? most : ANSWER_BYTES_MIN) - ANSWER_REST;
}

static native_history_ask make_ask(const native_workload *workload,
                                   const nex_workload_logs_request *request) {
    nex_time now = nex_loop_time(workload->native->loop);
    nex_duration since = request->since > 0 ? request->since : 0;
    native_history_ask ask = {.from = request->from > 0 ? (uint64_t)request->from : 0,
                              .has_since = request->has_since,
                              .since_ns = now.seconds * NEX_SECOND + now.nanoseconds - since,
                              .tail = request->has_tail && request->tail >= 0 ? request->tail : -1,
                              .stream =
                                  request->stream == NEX_WORKLOAD_LOG_STREAM_STDERR   ? MON_STDERR
                                  : request->stream == NEX_WORKLOAD_LOG_STREAM_STDOUT ? MON_STDOUT
                                                                                      : -1,
                              .max_bytes = answer_bytes(workload, request)};
    snprintf(ask.place, sizeof ask.place, "%s", request->place != NULL ? request->place : "");
    return ask;
}

void native_logs(native_workload *workload, const nex_workload_logs_request *request,
                 nex_agent_call *call) {
    nex_native *native = workload->native;
    const nex_process_layer *layer = &native->processes;
    struct uv_loop_s *uv = nex_loop_uv(native->loop);
    nex_error err;
    if (layer->ops->log == NULL || uv == NULL) {
        nex_agent_fail(call, "no output is kept of workload %s: it can only be followed",
                       workload->id);
        return;
    }
    if (native->reading >= READING_MAX) {
        nex_agent_fail(call, "too many logs are being read at once (%d): ask again later",
                       READING_MAX);
        return;
    }
    reading *r = calloc(1, sizeof *r);
    if (r == NULL) {
        nex_agent_fail(call, "out of memory");
        return;
    }
    r->work.data = r;
    r->native = native;
    r->call = call;
    r->ended = !native_workload_active(workload);
    r->ask = make_ask(workload, request);
    nex_status status = layer->ops->log(layer->self, workload->id, &r->directory, &err);
    if (status == NEX_OK && uv_queue_work(uv, &r->work, work, worked) != 0) {
        close(r->directory);
        status = nex_error_set(&err, NEX_ENOMEM, "out of memory");
    }
    if (status != NEX_OK) {
        nex_agent_fail(call, "%s", err.message);
        free(r);
        return;
    }
    native->reading++;
}
