/*
 * Writers of output: bytes in, messages of whole lines out. What is no whole line waits for the
 * rest of it, a pause, or the end. (The monitor of native workloads does the same, in a program
 * that does not allocate: nexlets/monitor/lines.c.)
 */
#include "agent/runner.h"

#include <stdlib.h>
#include <string.h>

#define PAUSE (50 * NEX_MILLISECOND)
enum { PIECE_MAX = 64 * 1024, PIECE_MIN = 256, HEADERS = 64 /* of a message */ };

struct nex_writer {
    nex_agent *agent;
    char *workload_id;
    char *namespace_;
    nex_output output;
    nex_buf rest;     /* no more than a piece */
    bool skipping;    /* metrics: within a record that is too long */
    nex_timer *pause; /* made when first needed */
    uint64_t lost;    /* bytes */
    uint64_t told;    /* of them when the log last said so */
};

static void on_pause(void *arg) {
    nex_writer_flush(arg);
}

nex_status nex_writer_new(nex_writer **out, nex_agent *agent, const char *workload_id,
                          const char *namespace_, nex_output output) {
    *out = NULL;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_workload_metrics(subject, namespace_, workload_id);
    if (status != NEX_OK) {
        return status;
    }
    nex_writer *writer = calloc(1, sizeof *writer);
    if (writer == NULL) {
        return NEX_ENOMEM;
    }
    writer->agent = agent;
    writer->output = output;
    writer->workload_id = strdup(workload_id);
    writer->namespace_ = strdup(namespace_);
    status = nex_timer_new(agent->loop, &writer->pause, on_pause, writer);
    if (writer->workload_id == NULL || writer->namespace_ == NULL || status != NEX_OK) {
        nex_writer_free(writer);
        return NEX_ENOMEM;
    }
    *out = writer;
    return NEX_OK;
}

/* Said when it begins, and whenever it has doubled. */
static void lose(nex_writer *writer, size_t len, nex_status why) {
    static const char *const names[] = {"stdout", "stderr", "metrics"};
    writer->lost += len;
    if (writer->lost >= 2 * writer->told) {
        writer->told = writer->lost;
        nex_log_write(writer->agent->log, NEX_LOG_WARN, "output lost", "workload_id",
                      writer->workload_id, "stream", names[writer->output], "reason",
                      nex_status_name(why), NULL);
    }
}

static void send(nex_writer *writer, const char *data, size_t len) {
    nex_status status = nex_agent_output(writer->agent, writer->workload_id, writer->namespace_,
                                         writer->output, data, len);
    if (status != NEX_OK) {
        lose(writer, len, status);
    }
}

/* ---- Cutting ------------------------------------------------------------------------------ */

static size_t piece_max(const nex_writer *writer) {
    nex_bus *bus = writer->agent->bus;
    size_t most = bus != NULL ? nex_bus_max_payload(bus) : 0;
    if (most == 0 || most > PIECE_MAX) {
        return PIECE_MAX;
    }
    return most > PIECE_MIN + HEADERS ? most - HEADERS : PIECE_MIN;
}

/* The length of text that does not end within a UTF-8 character, or len if it is no UTF-8. */
static size_t whole_characters(const char *text, size_t len) {
    for (size_t back = 1; back <= 3 && back < len; back++) {
        unsigned char c = (unsigned char)text[len - back];
        if (c < 0x80) {
            return len;
        }
        if (c >= 0xC0) {
            size_t need = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
            return back < need ? len - back : len;
        }
    }
    return len;
}

/* Sends what begins the text as one message; how much that is, 0 when more has to come. */
static size_t take_lines(nex_writer *writer, const char *text, size_t len, bool flush) {
    size_t most = piece_max(writer);
    size_t have = len < most ? len : most;
    const char *newline = memrchr(text, '\n', have);
    size_t piece = 0;
    if (newline != NULL) {
        piece = (size_t)(newline - text) + 1;
    } else if (have == most) {
        piece = whole_characters(text, have);
    } else if (flush) {
        piece = have;
    }
    if (piece > 0) {
        send(writer, text, piece);
    }
    return piece;
}

/* A record of metrics is a line and a message of its own; half of one is of no use to anybody. */
static size_t take_record(nex_writer *writer, const char *text, size_t len, bool flush) {
    const char *newline = memchr(text, '\n', len);
    size_t record = newline != NULL ? (size_t)(newline - text) : len;
    if (newline == NULL && !flush && !writer->skipping && len < piece_max(writer)) {
        return 0;
    }
    if (writer->skipping || record > piece_max(writer) || (newline == NULL && !flush)) {
        lose(writer, record, NEX_ELIMIT);
        writer->skipping = newline == NULL && !flush;
    } else if (record > 0) {
        send(writer, text, record);
    }
    return record + (newline != NULL);
}

/* Sends all that may be sent; how much is left. */
static size_t drain(nex_writer *writer, const char *text, size_t len, bool flush) {
    while (len > 0) {
        size_t taken = writer->output == NEX_METRICS ? take_record(writer, text, len, flush)
                                                     : take_lines(writer, text, len, flush);
        if (taken == 0) {
            break;
        }
        text += taken;
        len -= taken;
    }
    return len;
}

/* ---- Writing ------------------------------------------------------------------------------ */

static void drain_rest(nex_writer *writer, bool flush) {
    size_t left = drain(writer, writer->rest.data, writer->rest.len, flush);
    memmove(writer->rest.data, writer->rest.data + writer->rest.len - left, left);
    writer->rest.len = left;
    if (left == 0) {
        nex_buf_free(&writer->rest); /* of many workloads, few are within a line */
    }
}

/* Joins the text to what waits, up to its first newline or a full piece. */
static size_t join(nex_writer *writer, const char *text, size_t len) {
    size_t room = PIECE_MAX - writer->rest.len;
    const char *newline = memchr(text, '\n', len);
    size_t take = newline != NULL ? (size_t)(newline - text) + 1 : len;
    take = take < room ? take : room;
    if (nex_buf_append(&writer->rest, text, take) != NEX_OK) {
        lose(writer, take, NEX_ENOMEM);
        return take;
    }
    drain_rest(writer, false);
    return take;
}

void nex_writer_write(nex_writer *writer, const void *data, size_t len) {
    const char *text = data;
    while (len > 0 && writer->rest.len > 0) {
        size_t taken = join(writer, text, len);
        text += taken;
        len -= taken;
    }
    size_t left = len > 0 ? drain(writer, text, len, false) : 0;
    if (left > 0 && nex_buf_append(&writer->rest, text + len - left, left) != NEX_OK) {
        lose(writer, left, NEX_ENOMEM);
    }
    if (writer->rest.len > 0 || writer->skipping) {
        nex_timer_start(writer->pause, PAUSE, 0);
    } else {
        nex_timer_stop(writer->pause);
    }
}

void nex_writer_flush(nex_writer *writer) {
    nex_timer_stop(writer->pause);
    writer->skipping = false;
    if (writer->rest.len > 0) {
        drain_rest(writer, true);
    }
}

uint64_t nex_writer_lost(const nex_writer *writer) {
    return writer->lost;
}

void nex_writer_free(nex_writer *writer) {
    if (writer == NULL) {
        return;
    }
    if (writer->rest.len > 0) {
        nex_writer_flush(writer);
    }
    nex_timer_free(writer->pause);
    nex_buf_free(&writer->rest);
    free(writer->workload_id);
    free(writer->namespace_);
    free(writer);
}
