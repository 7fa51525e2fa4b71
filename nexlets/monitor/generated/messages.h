/*
 * What a nexlet and nex-monitor say to each other, in fixed places. Both run on one machine and
 * talk over a unix socket of whole messages (SOCK_SEQPACKET), so a message is a frame and its
 * body, in the order of bytes of the machine. A newer nexlet may meet an older monitor, since
 * workloads outlive upgrades: bodies only ever grow at their end, a receiver takes what it knows
 * of a longer body and reads a shorter one as if the defaults followed.
 *
 * Written by nexgen 0.1.0 from protocol.json (sha256 37787364aa51c493); do not edit.
 */
#ifndef MON_GENERATED_MESSAGES_H
#define MON_GENERATED_MESSAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

enum { MON_VERSION = 1 };

typedef enum mon_type {
    /* Asks for the state, then the log. The first lets the program run. */
    MON_HELLO = 1, /* to the monitor */
    /* Records up to here are dealt with. */
    MON_ACK = 2, /* to the monitor */
    /* Ends the workload. */
    MON_STOP = 3, /* to the monitor */
    /* The end was noted: the monitor may go. */
    MON_BYE = 4, /* to the monitor */
    /* How the run stands: at hello, and at each change. */
    MON_STATE = 16, /* to the nexlet */
    /* Log records, whole, as they stand in the log (logfile.h). */
    MON_LOG = 17, /* to the nexlet */
    /* Nothing was started, nothing runs. */
    MON_FAILED = 18 /* to the nexlet */
} mon_type;

/* How far a run is. */
typedef enum mon_phase {
    MON_PHASE_STARTING = 1,
    MON_PHASE_RUNNING = 2,
    MON_PHASE_STOPPING = 3,
    /* The whole tree is gone, and that is on disk */
    MON_PHASE_ENDED = 4
} mon_phase;

/* How a run ended, besides its status. */
typedef enum mon_exit {
    /* It outlived its grace and was killed */
    MON_EXIT_KILLED = 1U << 0,
    /* A stop was asked for */
    MON_EXIT_REQUESTED = 1U << 1,
    /* The kernel killed it for want of memory */
    MON_EXIT_OOM = 1U << 2,
    /* The end could not be written to disk */
    MON_EXIT_UNRECORDED = 1U << 3
} mon_exit;

/* Where a start failed. */
typedef enum mon_stage {
    MON_STAGE_SPEC = 1,
    /* Another monitor holds the workload */
    MON_STAGE_BUSY = 2,
    /* Pipes, socket, log */
    MON_STAGE_SETUP = 3,
    /* The start could not be written to disk */
    MON_STAGE_RECORD = 4,
    MON_STAGE_FORK = 5,
    MON_STAGE_STDIO = 6,
    MON_STAGE_WORKDIR = 7,
    MON_STAGE_LIMITS = 8,
    MON_STAGE_USER = 9,
    MON_STAGE_ISOLATION = 10,
    MON_STAGE_CGROUP = 11,
    MON_STAGE_EXEC = 12
} mon_stage;

/* How the workload is kept from the machine. */
typedef enum mon_isolate {
    MON_ISOLATE_NO_NEW_PRIVS = 1U << 0,
    /* All of them, from the bounding set too */
    MON_ISOLATE_DROP_CAPS = 1U << 1,
    /* /tmp, /var/tmp and /dev of its own */
    MON_ISOLATE_PRIVATE_TMP = 1U << 2,
    /* All files but its own, and those named */
    MON_ISOLATE_READ_ONLY = 1U << 3,
    /* It sees its own processes only */
    MON_ISOLATE_PRIVATE_PID = 1U << 4,
    /* System V IPC, message queues, host name */
    MON_ISOLATE_PRIVATE_IPC = 1U << 5,
    MON_ISOLATE_LANDLOCK = 1U << 6
} mon_isolate;

/* What a spec may hold. A text ends with a NUL that its size counts. */
typedef enum mon_tag {
    /* The workload */
    MON_TAG_ID = 1,
    /* The program */
    MON_TAG_PATH = 2,
    /* In order, argv[0] too */
    MON_TAG_ARG = 3,
    /* NAME=value */
    MON_TAG_ENV = 4,
    /* None: "work" in the state directory */
    MON_TAG_WORKDIR = 5,
    /* 1 for the first */
    MON_TAG_RUN = 6,
    /* Runs that ended early, in a row */
    MON_TAG_FAILURES = 7,
    /* How it is ended */
    MON_TAG_STOP = 8,
    MON_TAG_LOG = 9,
    /* No state; ends with its nexlet; output as it comes */
    MON_TAG_ATTACHED = 10,
    /* Any number */
    MON_TAG_RLIMIT = 11,
    /* Niceness */
    MON_TAG_NICE = 12,
    MON_TAG_USER = 13,
    /* Any number: supplementary groups */
    MON_TAG_GROUP = 14,
    /* MON_ISOLATE_... */
    MON_TAG_ISOLATION = 15,
    /* A BPF program */
    MON_TAG_SECCOMP = 16,
    /* A path the workload may read and execute, but not change */
    MON_TAG_READ_ONLY = 17,
    /* A path it may change too */
    MON_TAG_READ_WRITE = 18,
    /* A directory to make, own, and remove at the end */
    MON_TAG_CGROUP = 19,
    /* "path\nvalue": written once the cgroups are made */
    MON_TAG_CGROUP_SET = 20,
    /* A path the workload does not see */
    MON_TAG_HIDDEN = 21,
    /* MON_TAG_WORKDIR is the workload's own, and its user's */
    MON_TAG_OWN_WORKDIR = 22,
    /* The control group that the monitor itself goes to */
    MON_TAG_HOME_CGROUP = 23
} mon_tag;

/* Whether what stands behind it is a text. */
static inline bool mon_tag_is_text(uint32_t value) {
    switch (value) {
    case MON_TAG_ID:
    case MON_TAG_PATH:
    case MON_TAG_ARG:
    case MON_TAG_ENV:
    case MON_TAG_WORKDIR:
    case MON_TAG_READ_ONLY:
    case MON_TAG_READ_WRITE:
    case MON_TAG_CGROUP:
    case MON_TAG_CGROUP_SET:
    case MON_TAG_HIDDEN:
    case MON_TAG_HOME_CGROUP:
        return true;
    default:
        return false;
    }
}

/* Stands ahead of each message. */
typedef struct mon_frame {
    uint8_t version;
    uint8_t type;
    /* Nothing yet */
    uint16_t reserved;
    /* Of the body */
    uint32_t size;
} mon_frame;

_Static_assert(offsetof(mon_frame, version) == 0, "version has its place");
_Static_assert(offsetof(mon_frame, type) == 1, "type has its place");
_Static_assert(offsetof(mon_frame, reserved) == 2, "reserved has its place");
_Static_assert(offsetof(mon_frame, size) == 4, "size has its place");
_Static_assert(sizeof(mon_frame) == 8, "mon_frame is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_frame_read(mon_frame *out, const void *bytes, size_t size) {
    *out = (mon_frame){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* Asks for the state, then the log. The first lets the program run. */
typedef struct mon_hello {
    /* First log record wanted; 0: the first that was not acknowledged */
    uint64_t from;
} mon_hello;

_Static_assert(offsetof(mon_hello, from) == 0, "from has its place");
_Static_assert(sizeof(mon_hello) == 8, "mon_hello is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_hello_read(mon_hello *out, const void *bytes, size_t size) {
    *out = (mon_hello){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* Records up to here are dealt with. */
typedef struct mon_ack {
    uint64_t sequence;
} mon_ack;

_Static_assert(offsetof(mon_ack, sequence) == 0, "sequence has its place");
_Static_assert(sizeof(mon_ack) == 8, "mon_ack is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_ack_read(mon_ack *out, const void *bytes, size_t size) {
    *out = (mon_ack){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* Ends the workload. */
typedef struct mon_stop {
    /* 0: as the spec says */
    int32_t signal;
    /* UINT32_MAX: as the spec says */
    uint32_t grace_ms;
} mon_stop;

_Static_assert(offsetof(mon_stop, signal) == 0, "signal has its place");
_Static_assert(offsetof(mon_stop, grace_ms) == 4, "grace_ms has its place");
_Static_assert(sizeof(mon_stop) == 8, "mon_stop is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_stop_read(mon_stop *out, const void *bytes, size_t size) {
    *out = (mon_stop){.grace_ms = 4294967295U};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* How the run stands: at hello, and at each change. */
typedef struct mon_state {
    int32_t phase;
    int32_t pid;
    /* Field 22 of /proc/<pid>/stat */
    uint64_t start_ticks;
    /* Time of day, since 1970 */
    int64_t started_ns;
    /* 0: not yet */
    int64_t ended_ns;
    /* 1 for the first run of the workload */
    uint32_t run;
    /* Runs that ended early, in a row, before this one */
    uint32_t failures;
    int32_t exit_code;
    int32_t exit_signal;
    /* MON_EXIT_... */
    uint32_t exit_flags;
    /* Nothing yet */
    uint32_t reserved;
    /* The sequence number the next record gets */
    uint64_t log_next;
    uint64_t log_acked;
    /* Records that could not be written */
    uint64_t log_lost;
    /* Processor time of all processes of a run that has ended; 0: not told */
    uint64_t cpu_ns;
} mon_state;

_Static_assert(offsetof(mon_state, phase) == 0, "phase has its place");
_Static_assert(offsetof(mon_state, pid) == 4, "pid has its place");
_Static_assert(offsetof(mon_state, start_ticks) == 8, "start_ticks has its place");
_Static_assert(offsetof(mon_state, started_ns) == 16, "started_ns has its place");
_Static_assert(offsetof(mon_state, ended_ns) == 24, "ended_ns has its place");
_Static_assert(offsetof(mon_state, run) == 32, "run has its place");
_Static_assert(offsetof(mon_state, failures) == 36, "failures has its place");
_Static_assert(offsetof(mon_state, exit_code) == 40, "exit_code has its place");
_Static_assert(offsetof(mon_state, exit_signal) == 44, "exit_signal has its place");
_Static_assert(offsetof(mon_state, exit_flags) == 48, "exit_flags has its place");
_Static_assert(offsetof(mon_state, reserved) == 52, "reserved has its place");
_Static_assert(offsetof(mon_state, log_next) == 56, "log_next has its place");
_Static_assert(offsetof(mon_state, log_acked) == 64, "log_acked has its place");
_Static_assert(offsetof(mon_state, log_lost) == 72, "log_lost has its place");
_Static_assert(offsetof(mon_state, cpu_ns) == 80, "cpu_ns has its place");
_Static_assert(sizeof(mon_state) == 88, "mon_state is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_state_read(mon_state *out, const void *bytes, size_t size) {
    *out = (mon_state){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* Nothing was started, nothing runs. */
typedef struct mon_failed {
    int32_t stage;
    /* An errno */
    int32_t error;
    char detail[120];
} mon_failed;

_Static_assert(offsetof(mon_failed, stage) == 0, "stage has its place");
_Static_assert(offsetof(mon_failed, error) == 4, "error has its place");
_Static_assert(offsetof(mon_failed, detail) == 8, "detail has its place");
_Static_assert(sizeof(mon_failed) == 128, "mon_failed is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_failed_read(mon_failed *out, const void *bytes, size_t size) {
    *out = (mon_failed){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
    out->detail[sizeof out->detail - 1] = '\0';
}

/* Stands ahead of each value of a spec. */
typedef struct mon_tlv {
    uint16_t tag;
    /* Nothing yet */
    uint16_t reserved;
    /* The next tag begins at the next multiple of 8 */
    uint32_t size;
} mon_tlv;

_Static_assert(offsetof(mon_tlv, tag) == 0, "tag has its place");
_Static_assert(offsetof(mon_tlv, reserved) == 2, "reserved has its place");
_Static_assert(offsetof(mon_tlv, size) == 4, "size has its place");
_Static_assert(sizeof(mon_tlv) == 8, "mon_tlv is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_tlv_read(mon_tlv *out, const void *bytes, size_t size) {
    *out = (mon_tlv){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* How much of the output is kept. */
typedef struct mon_log_size {
    uint64_t file_bytes;
    uint32_t files;
    /* Nothing yet */
    uint32_t reserved;
} mon_log_size;

_Static_assert(offsetof(mon_log_size, file_bytes) == 0, "file_bytes has its place");
_Static_assert(offsetof(mon_log_size, files) == 8, "files has its place");
_Static_assert(offsetof(mon_log_size, reserved) == 12, "reserved has its place");
_Static_assert(sizeof(mon_log_size) == 16, "mon_log_size is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_log_size_read(mon_log_size *out, const void *bytes, size_t size) {
    *out = (mon_log_size){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* A resource limit of each process. */
typedef struct mon_rlimit {
    uint32_t resource;
    /* Nothing yet */
    uint32_t reserved;
    uint64_t soft;
    uint64_t hard;
} mon_rlimit;

_Static_assert(offsetof(mon_rlimit, resource) == 0, "resource has its place");
_Static_assert(offsetof(mon_rlimit, reserved) == 4, "reserved has its place");
_Static_assert(offsetof(mon_rlimit, soft) == 8, "soft has its place");
_Static_assert(offsetof(mon_rlimit, hard) == 16, "hard has its place");
_Static_assert(sizeof(mon_rlimit) == 24, "mon_rlimit is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_rlimit_read(mon_rlimit *out, const void *bytes, size_t size) {
    *out = (mon_rlimit){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

/* Whom the workload runs as. */
typedef struct mon_user {
    uint32_t uid;
    uint32_t gid;
} mon_user;

_Static_assert(offsetof(mon_user, uid) == 0, "uid has its place");
_Static_assert(offsetof(mon_user, gid) == 4, "gid has its place");
_Static_assert(sizeof(mon_user) == 8, "mon_user is as it is sent");

/* Takes what there is of it; for what is missing the defaults. */
static inline void mon_user_read(mon_user *out, const void *bytes, size_t size) {
    *out = (mon_user){0};
    if (size > 0) {
        memcpy(out, bytes, size < sizeof *out ? size : sizeof *out);
    }
}

#endif
