#include "native/history.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    BLOCK = MON_RECORDS_MAX, /* whole records are read so many bytes at a time */
    PIECE_JSON = 144,        /* the members of a piece, beside its data */
    LOOKS = 3                /* the newest file may be rotated away while it is looked at */
};

size_t native_history_cost(size_t piece) {
    return PIECE_JSON + (piece + 2) / 3 * 4;
}

/* ---- Walking over records ------------------------------------------------------------------- */

/* False ends the walk. */
typedef bool (*record_fn)(void *arg, const mon_log_header *header, const char *piece);

/* Gives out records from the reader's place to the end; the reader stays behind the last. */
static void walk(const mon_log *log, mon_log_reader *reader, char *block, record_fn each,
                 void *arg) {
    size_t size;
    while ((size = mon_log_read(log, reader, block, BLOCK)) > 0) {
        mon_log_header header;
        for (size_t at = 0; at < size; at += sizeof header + header.size) {
            memcpy(&header, block + at, sizeof header);
            if (header.sequence >= log->next || !each(arg, &header, block + at + sizeof header)) {
                mon_log_reader_keep(reader, block, at);
                return;
            }
        }
        mon_log_reader_keep(reader, block, size);
    }
}

static bool wanted(const native_history_ask *ask, const mon_log_header *header) {
    return ask->stream < 0 || ask->stream == (int)header->stream;
}

/* ---- Where to begin ------------------------------------------------------------------------- */

typedef struct start {
    const native_history_ask *ask;
    uint64_t until;     /* count_lines: the first record that is another file's */
    uint64_t sequence;  /* begin with this record, */
    size_t skip;        /* and leave out so many bytes of it */
    uint64_t lines;     /* counted */
    uint64_t leave_out; /* lines before the first that is wanted */
    bool unfinished;    /* the last piece does not end its line */
} start;

static bool is_younger(void *arg, const mon_log_header *header, const char *piece) {
    start *s = arg;
    (void)piece;
    s->sequence = header->sequence;
    if (header->time_ns >= s->ask->since_ns) {
        return false;
    }
    s->sequence++;
    return true;
}

static bool count_lines(void *arg, const mon_log_header *header, const char *piece) {
    start *s = arg;
    if (header->sequence >= s->until) {
        return false;
    }
    if (!wanted(s->ask, header) || header->size == 0) {
        return true;
    }
    const char *end = piece + header->size;
    for (const char *at = piece; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
        s->lines++;
    }
    s->unfinished = end[-1] != '\n';
    return true;
}

static bool leave_out_lines(void *arg, const mon_log_header *header, const char *piece) {
    start *s = arg;
    s->sequence = header->sequence;
    s->skip = 0;
    if (s->leave_out == 0) {
        return false;
    }
    if (wanted(s->ask, header)) {
        const char *end = piece + header->size;
        const char *at = piece;
        while (s->leave_out > 0 && (at = memchr(at, '\n', (size_t)(end - at))) != NULL) {
            at++;
            s->leave_out--;
        }
        if (s->leave_out == 0 && at != NULL && at < end) {
            s->skip = (size_t)(at - piece);
            return false;
        }
    }
    s->sequence++;
    return true;
}

/* Begins so many lines before the end, but not before s->sequence: looks from file to file,
 * newest first, until there are enough. */
static void find_tail(const mon_log *log, char *block, start *s) {
    uint64_t tail = (uint64_t)s->ask->tail;
    uint64_t not_before = s->sequence;
    uint64_t total = 0;
    if (tail == 0) {
        s->sequence = log->next;
        return;
    }
    s->until = log->next;
    for (uint32_t i = log->files; i > 0; i--) {
        uint64_t from = log->first[i - 1] > not_before ? log->first[i - 1] : not_before;
        mon_log_reader reader;
        s->lines = 0;
        s->unfinished = false;
        mon_log_reader_init(&reader, from);
        walk(log, &reader, block, count_lines, s);
        mon_log_reader_close(&reader);
        total += s->lines + (s->until == log->next && s->unfinished ? 1 : 0);
        if (total >= tail || from == not_before) {
            s->leave_out = total > tail ? total - tail : 0;
            mon_log_reader_init(&reader, from);
            s->sequence = from;
            walk(log, &reader, block, leave_out_lines, s);
            mon_log_reader_close(&reader);
            return;
        }
        s->until = from;
    }
}

static void find_start(const mon_log *log, char *block, start *s) {
    mon_log_reader reader;
    s->sequence = mon_log_oldest(log);
    if (s->ask->has_since) {
        mon_log_reader_init(&reader, s->sequence);
        walk(log, &reader, block, is_younger, s);
        mon_log_reader_close(&reader);
    }
    if (s->ask->tail >= 0) {
        find_tail(log, block, s);
    }
}

/* ---- Collecting ----------------------------------------------------------------------------- */

typedef struct collection {
    const native_history_ask *ask;
    native_history *out;
    uint64_t expected;
    size_t skip;
    size_t cost;
    int error;
} collection;

static bool collect(void *arg, const mon_log_header *header, const char *piece) {
    collection *c = arg;
    native_history *out = c->out;
    size_t skip = c->skip < header->size ? c->skip : 0;
    size_t cost = native_history_cost(header->size - skip);
    bool take = wanted(c->ask, header);
    if (take && out->count > 0 && c->cost + cost > c->ask->max_bytes) {
        out->end = false;
        return false;
    }
    if (header->sequence > c->expected) {
        out->missed += header->sequence - c->expected;
    }
    if (take) {
        mon_log_header cut = *header;
        cut.size -= (uint32_t)skip;
        if (nex_buf_append(&out->records, &cut, sizeof cut) != NEX_OK ||
            nex_buf_append(&out->records, piece + skip, cut.size) != NEX_OK) {
            c->error = ENOMEM;
            return false;
        }
        c->cost += cost;
        out->count++;
    }
    c->skip = 0;
    c->expected = header->sequence + 1;
    out->next = c->expected;
    return true;
}

static bool take_place(const mon_log *log, mon_log_reader *reader, const char *place) {
    uint64_t file;
    uint64_t offset;
    return sscanf(place, "%" SCNx64 ".%" SCNx64, &file, &offset) == 2 && offset <= INT64_MAX &&
           mon_log_reader_at(log, reader, file, offset);
}

static int look(mon_log *log, int directory, const native_history_ask *ask, mon_log_reader *reader,
                bool *placed) {
    mon_log_reader_init(reader, ask->from);
    *placed = false;
    if (ask->from > 0 && ask->place[0] != '\0') {
        int error = mon_log_list(log, directory);
        *placed = error == 0 && take_place(log, reader, ask->place);
        if (*placed || error != 0) {
            return error;
        }
    }
    int error = ENOENT;
    for (int i = 0; i < LOOKS && error == ENOENT; i++) {
        error = mon_log_look(log, directory);
    }
    return error;
}

int native_history_read(int directory, const native_history_ask *ask, native_history *out) {
    mon_log log;
    mon_log_reader reader;
    bool placed;
    *out = (native_history){.records = NEX_BUF_INIT, .end = true};
    int error = look(&log, directory, ask, &reader, &placed);
    char *block = error == 0 ? malloc(BLOCK) : NULL;
    if (error == 0 && block == NULL) {
        error = ENOMEM;
    }
    if (error == 0) {
        start s = {.ask = ask, .sequence = ask->from};
        if (ask->from == 0) {
            find_start(&log, block, &s);
        }
        if (!placed) {
            mon_log_reader_init(&reader, s.sequence);
        }
        collection c = {.ask = ask, .out = out, .expected = s.sequence, .skip = s.skip};
        out->next = s.sequence;
        walk(&log, &reader, block, collect, &c);
        error = c.error;
        if (!placed && out->end && out->next < log.next) {
            /* The last ones were lost, with nothing after them that would tell. */
            out->missed += log.next - out->next;
            out->next = log.next;
        }
        if (reader.fd >= 0) {
            snprintf(out->place, sizeof out->place, "%" PRIx64 ".%" PRIx64, reader.file,
                     reader.offset);
        }
    }
    mon_log_reader_close(&reader);
    free(block);
    return error;
}
