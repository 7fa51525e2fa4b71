#include "monitor/monitor.h"

#include <errno.h>
#include <unistd.h>

static void emit(mon_monitor *monitor, mon_stream stream, bool flush) {
    mon_output *output = &monitor->outputs[stream];
    const char *piece;
    size_t len;
    while (monitor->held == 0 && mon_lines_take(&output->lines, flush, &piece, &len)) {
        if (monitor->attached) {
            mon_clients_piece(monitor, stream, piece, len);
        } else {
            mon_log_append(&monitor->log, stream, mon_time(), piece, len);
        }
    }
    bool pending = mon_lines_pending(&output->lines);
    output->flush_at = pending ? mon_now() + MON_PAUSE_MS : 0;
}

/* Whether there may be more. */
static bool read_some(mon_monitor *monitor, mon_stream stream) {
    mon_output *output = &monitor->outputs[stream];
    size_t room;
    char *to = mon_lines_room(&output->lines, &room);
    ssize_t got = room > 0 ? read(output->fd, to, room) : -1;
    if (got > 0) {
        mon_lines_added(&output->lines, (size_t)got);
        /* What a function answers is no text: it goes on as it came. */
        emit(monitor, stream, monitor->attached && stream == MON_STDOUT);
        return true;
    }
    if (got == 0 || (room > 0 && errno != EAGAIN && errno != EINTR)) {
        close(output->fd);
        output->fd = -1;
        emit(monitor, stream, true);
    }
    return false;
}

void mon_output_read(mon_monitor *monitor, mon_stream stream) {
    (void)read_some(monitor, stream);
    mon_clients_pump(monitor);
}

void mon_output_flush(mon_monitor *monitor, int64_t now) {
    for (int i = 0; i < 2; i++) {
        if (monitor->outputs[i].flush_at != 0 && monitor->outputs[i].flush_at <= now) {
            emit(monitor, (mon_stream)i, true);
            mon_clients_pump(monitor);
        }
    }
}

bool mon_output_finish(mon_monitor *monitor) {
    for (int i = 0; i < 2; i++) {
        mon_output *output = &monitor->outputs[i];
        while (output->fd >= 0 && monitor->held == 0 && read_some(monitor, (mon_stream)i)) {
        }
        emit(monitor, (mon_stream)i, true);
        if (monitor->held > 0) {
            return false;
        }
        if (output->fd >= 0) {
            /* A stranger holds the other end: nothing of the workload's comes any more. */
            close(output->fd);
            output->fd = -1;
        }
    }
    return true;
}

void mon_output_resume(mon_monitor *monitor) {
    emit(monitor, MON_STDOUT, true);
    emit(monitor, MON_STDERR, false);
}
