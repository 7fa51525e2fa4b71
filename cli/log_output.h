/*
 * log_output.h - prints what workloads wrote.
 */
#ifndef CLI_LOG_OUTPUT_H
#define CLI_LOG_OUTPUT_H

#include "cli.h"

/** A piece of output: whole lines where that is possible. */
typedef struct log_piece {
    bool is_stderr;
    uint64_t sequence; /**< 0: not known */
    nex_time time;
    const char *data;
    size_t len;
} log_piece;

/** Appends a piece as it is, or with json as one object a line. */
nex_status log_piece_append(const log_piece *piece, bool json, nex_buf *out);

/* ---- Pieces that came before it was their turn -------------------------------------------- */

typedef struct log_waiting {
    log_piece *items; /**< in the order in which they came; their data is owned */
    size_t count, capacity, bytes;
    bool overflowed; /**< some did not fit */
} log_waiting;

/** Keeps a copy, or notes that there is no room for it. */
void log_waiting_add(log_waiting *w, const log_piece *piece);
void log_waiting_clear(log_waiting *w);

#endif
