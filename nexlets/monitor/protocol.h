/*
 * monitor/protocol.h - what a nexlet and nex-monitor say to each other.
 *
 * Both run on one machine and talk over a unix socket of whole messages (SOCK_SEQPACKET), so a
 * message is a frame header and its body, in the machine's own byte order. A newer nexlet may
 * meet an older monitor (workloads outlive upgrades): bodies only ever grow at their end, a
 * receiver takes what it knows of a longer body and reads a shorter one as if zeros followed.
 */
#ifndef MONITOR_PROTOCOL_H
#define MONITOR_PROTOCOL_H

#include <stddef.h>
#include <stdint.h>

enum {
    MON_VERSION = 1,
    MON_PIECE_MAX = 64 * 1024,             /* bytes of output in one log record */
    MON_RECORDS_MAX = MON_PIECE_MAX + 256, /* bytes of log records in one message */
    MON_MESSAGE_MAX = MON_RECORDS_MAX + 8  /* with the frame */
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

typedef enum mon_type {
    /* to the monitor */
    MON_HELLO = 1, /* mon_hello: send the state, then the log; the first lets the program run */
    MON_ACK = 2,   /* mon_ack: records up to here are dealt with */
    MON_STOP = 3,  /* mon_stop: end the workload */
    MON_BYE = 4,   /* the end was noted: the monitor may go */
    /* from the monitor */
    MON_STATE = 16,  /* mon_state: at hello, and at each change */
    MON_LOG = 17,    /* log records, whole, as they stand in the log (logfile.h) */
    MON_FAILED = 18, /* mon_failed: nothing was started, nothing runs */
    MON_STATS = 19   /* mon_stats */
} mon_type;

typedef struct mon_frame {
    uint8_t version;
    uint8_t type;
    uint16_t reserved;
    uint32_t size; /* of the body */
} mon_frame;

_Static_assert(sizeof(mon_frame) + MON_RECORDS_MAX == MON_MESSAGE_MAX, "a message holds its frame");

typedef struct mon_hello {
    uint64_t from; /* first log record wanted; 0: the first that was not acknowledged */
} mon_hello;

typedef struct mon_ack {
    uint64_t sequence;
} mon_ack;

typedef struct mon_stop {
    int32_t signal;    /* 0: as the spec says */
    uint32_t grace_ms; /* UINT32_MAX: as the spec says */
} mon_stop;

typedef enum mon_phase {
    MON_PHASE_STARTING = 1,
    MON_PHASE_RUNNING = 2,
    MON_PHASE_STOPPING = 3,
    MON_PHASE_ENDED = 4 /* the whole tree is gone, and that is on disk */
} mon_phase;

enum {
    MON_EXIT_KILLED = 1u << 0,    /* it outlived its grace and was killed */
    MON_EXIT_REQUESTED = 1u << 1, /* a stop was asked for */
    MON_EXIT_OOM = 1u << 2,       /* the kernel killed it for want of memory */
    MON_EXIT_UNRECORDED = 1u << 3 /* the end could not be written to disk */
};

typedef struct mon_state {
    int32_t phase;
    int32_t pid;
    uint64_t start_ticks; /* field 22 of /proc/<pid>/stat */
    int64_t started_ns;   /* time of day, since 1970 */
    int64_t ended_ns;     /* 0: not yet */
    uint32_t run;         /* 1 for the first run of the workload */
    uint32_t failures;    /* runs that ended early, in a row, before this one */
    int32_t exit_code;
    int32_t exit_signal;
    uint32_t exit_flags; /* MON_EXIT_... */
    uint32_t reserved;
    uint64_t log_next; /* the sequence number the next record gets */
    uint64_t log_acked;
    uint64_t log_lost; /* records that could not be written */
} mon_state;

/* Where a start failed. */
typedef enum mon_stage {
    MON_STAGE_SPEC = 1,
    MON_STAGE_BUSY = 2,   /* another monitor holds the workload */
    MON_STAGE_SETUP = 3,  /* pipes, socket, log */
    MON_STAGE_RECORD = 4, /* the start could not be written to disk */
    MON_STAGE_FORK = 5,
    MON_STAGE_STDIO = 6,
    MON_STAGE_WORKDIR = 7,
    MON_STAGE_LIMITS = 8,
    MON_STAGE_USER = 9,
    MON_STAGE_ISOLATION = 10,
    MON_STAGE_CGROUP = 11,
    MON_STAGE_EXEC = 12
} mon_stage;

typedef struct mon_failed {
    int32_t stage;
    int32_t error; /* errno */
    char detail[120];
} mon_failed;

/* ---- The spec: what to run, as a run of {tag, size, bytes} --------------------------------- */

typedef enum mon_tag {
    MON_TAG_ID = 1,          /* text */
    MON_TAG_PATH = 2,        /* text: the program */
    MON_TAG_ARG = 3,         /* text, in order, argv[0] too */
    MON_TAG_ENV = 4,         /* text NAME=value */
    MON_TAG_WORKDIR = 5,     /* text; none: "work" in the state directory */
    MON_TAG_RUN = 6,         /* u32 */
    MON_TAG_FAILURES = 7,    /* u32 */
    MON_TAG_STOP = 8,        /* mon_stop */
    MON_TAG_LOG = 9,         /* mon_log_size */
    MON_TAG_ATTACHED = 10,   /* u32: no state; ends with its nexlet; output as it comes */
    MON_TAG_RLIMIT = 11,     /* mon_rlimit, any number */
    MON_TAG_NICE = 12,       /* i32 */
    MON_TAG_USER = 13,       /* mon_user */
    MON_TAG_GROUP = 14,      /* u32, any number: supplementary groups */
    MON_TAG_ISOLATION = 15,  /* u32 MON_ISOLATE_... */
    MON_TAG_SECCOMP = 16,    /* a BPF program */
    MON_TAG_READ_ONLY = 17,  /* text: a path the workload may read and execute, but not change */
    MON_TAG_READ_WRITE = 18, /* text: a path it may change too */
    MON_TAG_CGROUP = 19,     /* text: a directory to make, own, and remove at the end */
    MON_TAG_CGROUP_SET = 20, /* text "path\nvalue": written once the cgroups are made */
    MON_TAG_HIDDEN = 21,     /* text: a path the workload does not see */
    MON_TAG_OWN_WORKDIR = 22 /* u32: MON_TAG_WORKDIR is the workload's own, and its user's */
} mon_tag;

/* Every text in a spec ends with a NUL that its size counts. */
typedef struct mon_tlv {
    uint16_t tag;
    uint16_t reserved;
    uint32_t size; /* the next tag begins at the next multiple of 8 */
} mon_tlv;

typedef struct mon_log_size {
    uint64_t file_bytes;
    uint32_t files;
    uint32_t reserved;
} mon_log_size;

typedef struct mon_rlimit {
    uint32_t resource;
    uint32_t reserved;
    uint64_t soft;
    uint64_t hard;
} mon_rlimit;

typedef struct mon_user {
    uint32_t uid;
    uint32_t gid;
} mon_user;

enum {
    MON_ISOLATE_NO_NEW_PRIVS = 1u << 0,
    MON_ISOLATE_DROP_CAPS = 1u << 1,   /* all of them, from the bounding set too */
    MON_ISOLATE_PRIVATE_TMP = 1u << 2, /* /tmp, /var/tmp and /dev of its own */
    MON_ISOLATE_READ_ONLY = 1u << 3,   /* all files but its own, and those named */
    MON_ISOLATE_PRIVATE_PID = 1u << 4, /* it sees its own processes only */
    MON_ISOLATE_PRIVATE_IPC = 1u << 5, /* System V IPC, message queues, host name */
    MON_ISOLATE_LANDLOCK = 1u << 6
};

#endif
