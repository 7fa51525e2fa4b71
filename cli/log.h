/*
 * log.h - the logger of the program: where records go and how they look.
 */
#ifndef CLI_LOG_H
#define CLI_LOG_H

#include "settings.h"

#include <nex/bus.h>
#include <nex/log.h>
#include <stdio.h>

typedef enum log_timefmt {
    TIME_DATE_TIME,
    TIME_TIME_ONLY,
    TIME_DATE_ONLY,
    TIME_STAMP,
    TIME_RFC822,
    TIME_RFC3339
} log_timefmt;

typedef struct logger {
    nex_log log; /**< what the library is given */
    bool json, color, short_levels, with_pid, group_on_right;
    bool show_workloads; /**< also records of the group "workload" */
    log_timefmt timefmt;
    FILE *out, *err;           /**< of target std: for records, and for errors; or NULL */
    FILE *out_file, *err_file; /**< of target file: nex.log and nex.err; or NULL */
    bool to_nats;
    nex_bus *bus; /**< of target nats, once there is one */
    char out_subject[256], err_subject[256];
    bool busy; /**< a record is being written: what that logs itself is dropped */
} logger;

/** From the logger settings. on_stderr: all records go to standard error. */
nex_status logger_init(logger *l, const settings *s, bool json, bool on_stderr, nex_error *err);
void logger_close(logger *l);
/** Sends records of target nats through a bus from now on; bus NULL: no more. */
void logger_attach(logger *l, nex_bus *bus, const char *node_id);
/** Appends a record as it is written, newline included. */
nex_status logger_format(const logger *l, nex_time now, nex_log_level level, const char *message,
                         const nex_log_field *fields, size_t count, nex_buf *out);

#endif
