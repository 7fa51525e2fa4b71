/*
 * monitor/monitor.h - one monitor: a workload's process tree, its output, and who listens.
 *
 * Everything has its place in one structure; nothing is allocated after the start, so that a
 * monitor neither grows nor fails for want of memory while its workload runs.
 */
#ifndef MONITOR_MONITOR_H
#define MONITOR_MONITOR_H

#include "monitor/cgroup.h"
#include "monitor/clock.h"
#include "monitor/lines.h"
#include "monitor/logfile.h"
#include "monitor/record.h"
#include "monitor/spec.h"

#include <signal.h>

enum {
    MON_CLIENTS = 4,
    MON_PAUSE_MS = 50,          /* silence after which an unfinished line goes out */
    MON_KILL_AGAIN_MS = 20,     /* between rounds of SIGKILL, until nothing is left */
    MON_LINGER_MS = 3600 * 1000 /* how long an end that nobody noted is held */
};

typedef struct mon_client {
    int fd; /* -1: free */
    bool greeted;
    bool state_due;
    bool blocked; /* the socket is full: wait until it takes more */
    mon_log_reader reader;
} mon_client;

/* One of the workload's output streams. */
typedef struct mon_output {
    int fd;           /* -1: ended */
    int64_t flush_at; /* when an unfinished line goes out; 0: there is none */
    mon_lines lines;
} mon_output;

typedef struct mon_monitor {
    mon_spec spec;
    mon_run run;
    mon_log log;
    int signals;
    int listener;  /* -1: none (attached) */
    int init_gate; /* of the workload's process namespace; -1: it has none */
    bool attached;
    bool main_ended;   /* the workload's own process; others may be left */
    bool gone;         /* all processes */
    bool ended;        /* all are gone, and that was recorded */
    bool noted;        /* somebody said MON_BYE */
    bool abandoned;    /* attached, and its nexlet is gone */
    bool told_to_end;  /* by a signal, as when its unit or the machine stops */
    int64_t kill_at;   /* when stopping: SIGKILL from then on; 0: not stopping */
    int64_t linger_to; /* when ended */
    mon_client clients[MON_CLIENTS];
    mon_output outputs[2];
    size_t held; /* attached: bytes of the message in `message` that wait for room */
    char message[MON_RECORDS_MAX]; /* the records of one message */
} mon_monitor;

/* start.c: takes the inheritance, starts the workload. False: said why, nothing runs. */
bool mon_start(mon_monitor *monitor);

/* child.c: in the forked child, from setting itself up to exec; never returns. */
typedef struct mon_child {
    int stdio[3];
    int gate;   /* a byte comes when the start is on record; without it, end */
    int errors; /* where a failure is told, as a mon_failed */
} mon_child;
_Noreturn void mon_child_run(const mon_spec *spec, const mon_child *child);
/* The child cannot even get so far: tells that it cannot be isolated. */
_Noreturn void mon_child_failed(const mon_child *child, int error, const char *detail);

/*
 * fork.c: as fork, in the control group (a descriptor; -1: none) and the process namespace the
 * spec asks for. -1 with errno.
 */
pid_t mon_fork(mon_monitor *monitor, const mon_child *child, int cgroup);
/* Its last process may end now: the workload's own did. */
void mon_fork_main_ended(mon_monitor *monitor);

/* output.c */
void mon_output_read(mon_monitor *monitor, mon_stream stream);
/* Sends on what waited too long for the end of its line. */
void mon_output_flush(mon_monitor *monitor, int64_t now);
/* Takes all that is left in the pipes. False: the nexlet must take some of it first. */
bool mon_output_finish(mon_monitor *monitor);
/* Attached: the nexlet took what was held, so more may follow. */
void mon_output_resume(mon_monitor *monitor);

/* clients.c */
void mon_clients_accept(mon_monitor *monitor);
void mon_client_add(mon_monitor *monitor, int fd);
void mon_client_read(mon_monitor *monitor, mon_client *client);
/* Sends what is due and the socket takes. */
void mon_client_pump(mon_monitor *monitor, mon_client *client);
void mon_clients_pump(mon_monitor *monitor);
void mon_clients_state_due(mon_monitor *monitor);
/* Attached: one piece of output straight to the nexlet; held when its socket is full. */
void mon_clients_piece(mon_monitor *monitor, mon_stream stream, const char *piece, size_t len);

/* stop.c */
void mon_stop_begin(mon_monitor *monitor, const mon_stop *how, bool requested);
/* A grace may have run out. */
void mon_stop_tick(mon_monitor *monitor, int64_t now);
/* Buries the dead. */
void mon_reap(mon_monitor *monitor);
/* Ends the run once all processes are gone and their output is taken. */
void mon_end_when_gone(mon_monitor *monitor);

#endif
