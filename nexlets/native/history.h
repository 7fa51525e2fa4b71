/*
 * native/history.h - reads back what a workload wrote, from its log on disk.
 *
 * It needs nothing but the workload's directory, so it works while the workload runs, and after
 * it ended, and costs its monitor nothing. It may read a lot: not for the loop thread.
 */
#ifndef NATIVE_HISTORY_H
#define NATIVE_HISTORY_H

#include "monitor/logfile.h"

#include <nex/core.h>

#define NATIVE_HISTORY_PLACE_SIZE 40

/** What is wanted. */
typedef struct native_history_ask {
    uint64_t from; /**< first piece wanted; 0: the oldest, or what since and tail say */
    bool has_since;
    int64_t since_ns; /**< with from 0: time of day; pieces before the first that is younger stay */
    int64_t tail;     /**< with from 0: lines before the end; -1: all */
    int stream;       /**< mon_stream, or -1: both */
    size_t max_bytes; /**< of JSON, about; at least one piece is given if there is one */
    char place[NATIVE_HISTORY_PLACE_SIZE]; /**< of the last answer, or "" */
} native_history_ask;

/** What was found. */
typedef struct native_history {
    nex_buf records; /**< as they stand in the log; the first may be cut at its front */
    size_t count;
    uint64_t next; /**< what to ask for next */
    char place[NATIVE_HISTORY_PLACE_SIZE];
    uint64_t missed; /**< pieces from `from` on that are not there */
    bool end;        /**< there was nothing more */
} native_history;

/** Bytes of JSON that a piece of so many bytes takes, at most. */
size_t native_history_cost(size_t piece);
/** Reads; directory is the workload's. 0 or errno. Free out->records in any case. */
int native_history_read(int directory, const native_history_ask *ask, native_history *out);

#endif
