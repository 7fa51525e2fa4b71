/*
 * native/monitor_link.h - the process layer's own structures: its runs and their conversations.
 */
#ifndef NATIVE_MONITOR_LINK_H
#define NATIVE_MONITOR_LINK_H

#include "monitor/cgroup.h"
#include "monitor/logfile.h"
#include "native/process.h"
#include "native/state_dir.h"

#include <nex/loop.h>
#include <uv.h>

/* A monitor that was started here and is about to end. */
typedef struct ending_monitor {
    pid_t pid;
    struct ending_monitor *next;
} ending_monitor;

typedef struct monitor_layer {
    nex_loop *loop;
    const nex_log *log;
    char *monitor_path;
    native_state_dir dir;
    uv_signal_t *children; /* owned by the loop once closing */
    ending_monitor *ending;
    nex_process *processes;
    uint64_t attached;             /* runs so far */
    char message[MON_MESSAGE_MAX]; /* each message is dealt with before the next is read */
} monitor_layer;

struct nex_process {
    monitor_layer *layer;
    char id[MON_ID_SIZE];
    const nex_process_events *events;
    void *arg;
    char mark[MON_ID_SIZE + 48]; /* in the environment of all that the run starts */
    pid_t monitor;               /* 0: not this program's child */
    int fd;                      /* -1: no connection */
    int directory;               /* -1: none (attached) */
    uv_poll_t poll;
    bool poll_open; /* until the loop has let go of it */
    bool freed;     /* memory goes with the handle */
    bool told_started;
    bool over;     /* failed or ended was told: freed when the loop has let go */
    bool refused;  /* output was refused: nothing is read until resume */
    bool stop_due; /* asked for before there was a connection, or while it was full */
    mon_stop stop;
    mon_state state;
    nex_timer *retry;                   /* connecting again, or waiting for a lost workload's end */
    void (*step)(nex_process *process); /* what the timer does */
    unsigned tries;                     /* to connect */
    bool killing;                       /* the monitor is gone; what it left is being killed */
    uint64_t expected;                  /* sequence number of the next piece; 0: any */
    uint64_t acked;
    uint64_t seen;
    char *held; /* records that were refused */
    size_t held_len;
    nex_process *next;
    nex_process **link;
};

/* monitor_link.c */

/** A process with no connection yet, in the layer's list. */
nex_process *native_link_new(monitor_layer *layer, const char *id, const nex_process_events *events,
                             void *arg);
/** Takes over a connected socket; it is closed on failure. */
nex_status native_link_open(nex_process *process, int fd, nex_error *err);
/** Greets the monitor, which lets a run go that was just started. */
void native_link_hello(nex_process *process);
/** Starts the process's timer for a step. */
nex_status native_link_later(nex_process *process, nex_duration delay,
                             void (*step)(nex_process *process));
void native_link_stop(nex_process *process, const mon_stop *stop);
void native_link_resume(nex_process *process);
/** Tells the end and frees. */
void native_link_ended(nex_process *process, const mon_state *state, bool known);
void native_link_failed(nex_process *process, const nex_error *err);
/** Closes all and frees, telling nothing. */
void native_link_free(nex_process *process);
nex_process_exit native_link_exit(const mon_state *state, bool known);
nex_time native_link_time(int64_t ns);

/* monitor_lost.c */

/** The monitor is gone without having told the end: finds out what became of the workload. */
void native_lost(nex_process *process);
/** The same, from the loop. */
nex_status native_lost_later(nex_process *process);

/* remains.c */

/**
 * Kills what is left of a run whose monitor is gone, by all that tells whose it is. Returns how
 * many processes there were: nothing is left once that is none. Directory is the workload's (-1:
 * none).
 */
size_t native_remains_kill(const char *mark, int directory, const mon_run *run);

/* process_monitor.c */

/** Reaps a monitor that ends soon. */
void native_monitor_ending(monitor_layer *layer, pid_t pid);

#endif
