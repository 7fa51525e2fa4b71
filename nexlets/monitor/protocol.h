/*
 * monitor/protocol.h - what a nexlet and nex-monitor share besides their messages.
 *
 * The messages, and the spec of what to run, are generated from protocol.json, which says how
 * they travel. A spec is a run of values, each behind a mon_tlv.
 */
#ifndef MONITOR_PROTOCOL_H
#define MONITOR_PROTOCOL_H

#include "monitor/generated/messages.h"

enum {
    MON_PIECE_MAX = 64 * 1024,             /* bytes of output in one log record */
    MON_RECORDS_MAX = MON_PIECE_MAX + 256, /* bytes of log records in one message */
    MON_MESSAGE_MAX = MON_RECORDS_MAX + sizeof(mon_frame)
};

/* What the monitor inherits. */
enum {
    MON_FD_CONTROL = 3, /* its nexlet's end of a socket pair */
    MON_FD_SPEC = 4,    /* a memfd: what to run */
    MON_FD_DIR = 5,     /* the workload's state directory; /dev/null when it has none */
    MON_FD_STDIN = 6    /* what the workload reads */
};

/* Files of a workload's state directory. */
#define MON_FILE_RUN    "run"          /* the record of the present or last run */
#define MON_FILE_LOCK   "lock"         /* held by the monitor: there is never a second one */
#define MON_FILE_SOCKET "monitor.sock" /* where a nexlet finds the monitor again */
#define MON_FILE_SAVED  "workload"     /* the nexlet's own record, which the monitor syncs */

#endif
