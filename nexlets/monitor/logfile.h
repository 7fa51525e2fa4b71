/*
 * monitor/logfile.h - the bounded log of a workload.
 *
 * The log is a run of files in the state directory, each named after the sequence number of its
 * first record. When the newest is full a new one begins and the oldest goes. A record is a
 * header and a piece of output; one that was half written at a crash is cut off on opening.
 * Readers keep a place of their own, so that a slow one costs nothing but what it misses.
 */
#ifndef MONITOR_LOGFILE_H
#define MONITOR_LOGFILE_H

#include "monitor/protocol.h"

#include <stdbool.h>

enum {
    MON_LOG_FILES_MAX = 64,
    MON_LOG_FILES_MIN = 2, /* a new file must not push out what is not yet read */
    MON_LOG_FILES_DEFAULT = 2,
    MON_LOG_BYTES_DEFAULT = 10 * 1024 * 1024,
    MON_LOG_BYTES_MIN = 4096
};

typedef enum mon_stream { MON_STDOUT = 0, MON_STDERR = 1 } mon_stream;

typedef struct mon_log_header {
    uint32_t magic;
    uint32_t check; /* of what follows in the header */
    uint64_t sequence;
    int64_t time_ns;
    uint32_t size; /* of the piece */
    uint8_t stream;
    uint8_t reserved[3];
} mon_log_header;

/* Fills in a header's magic and checksum. */
void mon_log_seal(mon_log_header *header);
/* Whether a header is sound. */
bool mon_log_sound(const mon_log_header *header);

typedef struct mon_log {
    int dir;
    int fd;         /* the newest file, -1: none */
    uint64_t bytes; /* in the newest file */
    uint64_t next;  /* sequence number of the next record */
    uint64_t lost;  /* records that the disk would not take */
    uint64_t file_bytes;
    uint32_t files_max;
    uint32_t files;
    uint64_t first[MON_LOG_FILES_MAX]; /* first sequence number of each file, oldest first */
} mon_log;

/* Opens the log of a directory; one that is not there begins with the first piece. size may be
 * NULL. 0 or errno. */
int mon_log_open(mon_log *log, int dir, const mon_log_size *size);
/* The same for reading only, of a log that somebody may be writing. */
int mon_log_look(mon_log *log, int dir);
/* The same without finding the end: `next` is UINT64_MAX. */
int mon_log_list(mon_log *log, int dir);
void mon_log_close(mon_log *log);
/* Appends a piece; one that cannot be written is counted and takes a sequence number. */
void mon_log_append(mon_log *log, mon_stream stream, int64_t time_ns, const void *data,
                    size_t size);
/* The oldest record there is, or `next` when there is none. */
uint64_t mon_log_oldest(const mon_log *log);

typedef struct mon_log_reader {
    int fd;        /* -1: none */
    uint64_t file; /* first sequence number of the file being read */
    uint64_t offset;
    uint64_t next; /* the record wanted next */
} mon_log_reader;

void mon_log_reader_init(mon_log_reader *reader, uint64_t from);
/* Begins at a place of an earlier reader. False: the wanted record is not there (any more). */
bool mon_log_reader_at(const mon_log *log, mon_log_reader *reader, uint64_t file, uint64_t offset);
void mon_log_reader_close(mon_log_reader *reader);
/*
 * Reads the next whole records, as many as fit, into out (at least a header and a piece large)
 * and returns their size; 0 at the end of the log. Records that are gone are passed over, which
 * shows in the sequence numbers. mon_log_reader_keep then moves on past them.
 */
size_t mon_log_read(const mon_log *log, mon_log_reader *reader, void *out, size_t size);
/* The records that mon_log_read returned last were used: the next call gives those after. */
void mon_log_reader_keep(mon_log_reader *reader, const void *records, size_t size);

#endif
