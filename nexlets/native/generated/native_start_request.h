/*
 * What the native nexlet runs: a program of the host as a process.
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 86d7a024281b3803); do not edit.
 */
#ifndef NATIVE_START_REQUEST_H
#define NATIVE_START_REQUEST_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_native_start_request nex_native_start_request;
typedef struct nex_native_start_request_artifacts_item nex_native_start_request_artifacts_item;
typedef struct nex_native_start_request_limits nex_native_start_request_limits;
typedef struct nex_native_start_request_paths nex_native_start_request_paths;
typedef struct nex_native_start_request_restart nex_native_start_request_restart;
typedef struct nex_native_start_request_stop nex_native_start_request_stop;
typedef struct nex_native_start_request_health nex_native_start_request_health;
typedef struct nex_native_start_request_probe nex_native_start_request_probe;
typedef struct nex_native_start_request_logs nex_native_start_request_logs;
typedef struct nex_native_start_request_function nex_native_start_request_function;
typedef struct nex_native_start_request_expose_ports nex_native_start_request_expose_ports;
typedef struct nex_native_start_request_artifacts_item_list nex_native_start_request_artifacts_item_list;

/**
 * How far the program is kept from the rest of the machine: off not at all; default what needs no
 * privileges (none can be gained, and no system call that is about the machine); strict all there
 * is (user, capabilities, namespaces, read-only files, /tmp of its own, Landlock, system calls),
 * and refused where the machine lacks it
 */
typedef enum nex_native_start_request_isolation {
    NEX_NATIVE_START_REQUEST_ISOLATION_UNSET = 0,
    NEX_NATIVE_START_REQUEST_ISOLATION_OFF = 1,
    NEX_NATIVE_START_REQUEST_ISOLATION_DEFAULT = 2,
    NEX_NATIVE_START_REQUEST_ISOLATION_STRICT = 3
} nex_native_start_request_isolation;

/**
 * never, on-failure (status not 0, or a signal), or always; default always for services, never for
 * jobs
 */
typedef enum nex_native_start_request_restart_policy {
    NEX_NATIVE_START_REQUEST_RESTART_POLICY_UNSET = 0,
    NEX_NATIVE_START_REQUEST_RESTART_POLICY_NEVER = 1,
    NEX_NATIVE_START_REQUEST_RESTART_POLICY_ON_FAILURE = 2,
    NEX_NATIVE_START_REQUEST_RESTART_POLICY_ALWAYS = 3
} nex_native_start_request_restart_policy;

/** Signal sent to all its processes first */
typedef enum nex_native_start_request_stop_signal {
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_UNSET = 0,
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_TERM = 1,
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_INT = 2,
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_QUIT = 3,
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_HUP = 4,
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_USR1 = 5,
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_USR2 = 6,
    NEX_NATIVE_START_REQUEST_STOP_SIGNAL_KILL = 7
} nex_native_start_request_stop_signal;

/** Ports the program listens on, 1 to 65535; the first is told to the ingress */
struct nex_native_start_request_expose_ports {
    int64_t *items;
    size_t count;
};

struct nex_native_start_request_artifacts_item_list {
    nex_native_start_request_artifacts_item *items;
    size_t count;
};

/** What the native nexlet runs: a program of the host as a process. */
struct nex_native_start_request {
    /**
     * Program to run: a path, file:///path, nats://bucket/name[:tag] of a NATS object store, or
     * https://. A NATS or https artifact is fetched first.
     */
    char *uri;
    /**
     * SHA-256 of the artifact in lower-case hex; another one is not run. Optional. Pattern:
     * ^[0-9a-f]{64}$
     */
    char *sha256;
    /** A description of the workload. Optional. */
    char *description;
    /**
     * Arguments of the program, without its name; a value secret://NAME stands for a secret of the
     * namespace. Optional.
     */
    nex_string_list argv;
    bool has_argv;
    /**
     * Environment of the program, and nothing else but its NATS credentials; a value secret://NAME
     * stands for a secret of the namespace. Instead of plain values an EncEnv: encrypted_by and
     * base64_encrypted_env, sealed to the key of the agent. Optional.
     */
    nex_string_map environment;
    bool has_environment;
    /** Working directory, which must exist; default a new one of the workload. Optional. */
    char *workdir;
    /** Text for the standard input of the program, which ends after it. Optional. */
    char *stdin_;
    /**
     * NATS subject of the namespace whose messages are written to standard input as they are; not
     * together with stdin, not for functions. Optional.
     */
    char *stdin_subject;
    /** Ports the program listens on, 1 to 65535; the first is told to the ingress. Optional. */
    nex_native_start_request_expose_ports expose_ports;
    bool has_expose_ports;
    /** Files put into the working directory before the start. Optional. */
    nex_native_start_request_artifacts_item_list artifacts;
    bool has_artifacts;
    /**
     * User to run as, NAME[:GROUP] or UID[:GID]; "dynamic" takes one that no other workload has, as
     * strict isolation does by itself. Needs a node of root. Optional.
     */
    char *user;
    /**
     * What the workload may use. A limit that cannot be enforced on this machine is refused.
     * Optional.
     */
    nex_native_start_request_limits *limits;
    /**
     * How far the program is kept from the rest of the machine: off not at all; default what needs
     * no privileges (none can be gained, and no system call that is about the machine); strict all
     * there is (user, capabilities, namespaces, read-only files, /tmp of its own, Landlock, system
     * calls), and refused where the machine lacks it. Optional. Default: "default".
     */
    nex_native_start_request_isolation isolation;
    /**
     * Which files the program sees and may change. With strict isolation it may change its working
     * directory alone, and sees neither homes nor state of nex; with default everything its user
     * may. Optional.
     */
    nex_native_start_request_paths *paths;
    /** What happens when the program ends. Optional. */
    nex_native_start_request_restart *restart;
    /** How the program is ended. Optional. */
    nex_native_start_request_stop *stop;
    /** Whether the workload is well; not for functions. Optional. */
    nex_native_start_request_health *health;
    /** Output kept on disk. Optional. */
    nex_native_start_request_logs *logs;
    /**
     * Functions only: NATS subjects of the workload's namespace whose messages run the program;
     * default NAMESPACE.function.NAME. Optional.
     */
    nex_string_list triggers;
    bool has_triggers;
    /** Functions only: how messages are worked on. Optional. */
    nex_native_start_request_function *function;
};

/** A file to fetch. */
struct nex_native_start_request_artifacts_item {
    /** Where it comes from, as uri above. */
    char *uri;
    /**
     * Where it goes, below the working directory; default the last part of uri, or the working
     * directory itself for an archive to unpack. Optional.
     */
    char *path;
    /** SHA-256 in lower-case hex. Optional. Pattern: ^[0-9a-f]{64}$ */
    char *sha256;
    /** Whether it may be run. Optional. Default: false. */
    bool executable;
    bool has_executable;
    /**
     * Whether it is a tar archive, plain or compressed by gzip, xz or zstd, to unpack at path.
     * Optional. Default: false.
     */
    bool unpack;
    bool has_unpack;
};

/** What the workload may use. A limit that cannot be enforced on this machine is refused. */
struct nex_native_start_request_limits {
    /** Memory in bytes. Optional. At least 0. */
    int64_t memory;
    bool has_memory;
    /** Processor time in cores. Optional. More than 0. */
    double cpu;
    bool has_cpu;
    /** Processes and threads. Optional. At least 1. */
    int64_t pids;
    bool has_pids;
    /** Open files of each process. Optional. At least 3. */
    int64_t files;
    bool has_files;
    /** Size of core files in bytes. Optional. At least 0. */
    int64_t core;
    bool has_core;
    /** Niceness: 19 yields most. Optional. At least -20. At most 19. */
    int64_t nice;
    bool has_nice;
    /** Bytes read a second, for each disk. Optional. At least 1. */
    int64_t io_read;
    bool has_io_read;
    /** Bytes written a second, for each disk; needs cgroup v2. Optional. At least 1. */
    int64_t io_write;
    bool has_io_write;
};

/**
 * Which files the program sees and may change. With strict isolation it may change its working
 * directory alone, and sees neither homes nor state of nex; with default everything its user may
 */
struct nex_native_start_request_paths {
    /** Paths that can be read but not written, also where they would be hidden. Optional. */
    nex_string_list read_only;
    bool has_read_only;
    /** Paths that can be written. Optional. */
    nex_string_list writable;
    bool has_writable;
    /**
     * Paths that cannot be seen: empty directories and empty files stand in their place; what is
     * named above may lie below them. Optional.
     */
    nex_string_list hidden;
    bool has_hidden;
};

/** What happens when the program ends. */
struct nex_native_start_request_restart {
    /**
     * never, on-failure (status not 0, or a signal), or always; default always for services, never
     * for jobs. Optional.
     */
    nex_native_start_request_restart_policy policy;
    /**
     * Wait before the first restart; doubles each time, with up to 20 % of jitter. Optional.
     * Default: "250ms".
     */
    nex_duration delay;
    bool has_delay;
    /** Longest wait. Optional. Default: "1m". */
    nex_duration max_delay;
    bool has_max_delay;
    /**
     * Restarts before giving up; the workload then is in state error. Optional. At least 0.
     * Default: 5.
     */
    int64_t limit;
    bool has_limit;
    /** Only restarts within this time count; 0s: all. Optional. Default: "0s". */
    nex_duration window;
    bool has_window;
    /** Running this long sets count and delay back. Optional. Default: "10s". */
    nex_duration reset_after;
    bool has_reset_after;
};

/** How the program is ended. */
struct nex_native_start_request_stop {
    /** Signal sent to all its processes first. Optional. Default: "TERM". */
    nex_native_start_request_stop_signal signal;
    /** Time until KILL is sent to those that are left. Optional. Default: "5s". */
    nex_duration grace;
    bool has_grace;
};

/** Whether the workload is well; not for functions. */
struct nex_native_start_request_health {
    /**
     * Whether it is alive: when it is not, the run is ended and restart decides, with the reason in
     * the event. Optional.
     */
    nex_native_start_request_probe *liveness;
    /**
     * Whether it can do its work: the start is answered, and the ingress told, when it is so. Asked
     * four times a second until then, for at most 45 s. Optional.
     */
    nex_native_start_request_probe *readiness;
};

/** Asks whether the workload is well. Exactly one of exec, tcp, http and nats. */
struct nex_native_start_request_probe {
    /**
     * Program (a path) and arguments, run as the workload is: same user, environment, directory,
     * limits; status 0 is well. Optional.
     */
    nex_string_list exec;
    bool has_exec;
    /** Address that accepts a connection. Optional. */
    char *tcp;
    /**
     * URL, http:// or https://, that answers with a status from 200 to 399; certificates are not
     * checked. Optional.
     */
    char *http;
    /**
     * NATS subject of the namespace on which a request is answered, and not with an error.
     * Optional.
     */
    char *nats;
    /** Time from the start to the first question. Optional. Default: "0s". */
    nex_duration delay;
    bool has_delay;
    /** Time between questions. Optional. Default: "10s". */
    nex_duration interval;
    bool has_interval;
    /** How long to wait for an answer. Optional. Default: "1s". */
    nex_duration timeout;
    bool has_timeout;
    /** Failures in a row that count as not well. Optional. At least 1. Default: 3. */
    int64_t failures;
    bool has_failures;
    /** Successes in a row that count as well again. Optional. At least 1. Default: 1. */
    int64_t successes;
    bool has_successes;
};

/** Output kept on disk. */
struct nex_native_start_request_logs {
    /** Bytes a file. Optional. At least 4096. Default: 10485760. */
    int64_t size;
    bool has_size;
    /** Files, the oldest is dropped. Optional. At least 1. Default: 2. */
    int64_t count;
    bool has_count;
};

/** Functions only: how messages are worked on. */
struct nex_native_start_request_function {
    /**
     * Runs side by side; default 1, or as many as are kept warm, which is also the most. Optional.
     * At least 1. Default: 1.
     */
    int64_t concurrency;
    bool has_concurrency;
    /** Messages that wait; more are answered with an error. Optional. At least 0. Default: 1024. */
    int64_t queue;
    bool has_queue;
    /** Time a run may take. Optional. Default: "1m". */
    nex_duration timeout;
    bool has_timeout;
    /**
     * Processes kept ready that are fed message after message on standard input, in frames; 0: a
     * process a message. Optional. At least 0. At most 256. Default: 0.
     */
    int64_t warm;
    bool has_warm;
};

extern const nex_type nex_native_start_request_type;
extern const nex_type nex_native_start_request_artifacts_item_type;
extern const nex_type nex_native_start_request_limits_type;
extern const nex_type nex_native_start_request_isolation_type;
extern const nex_type nex_native_start_request_paths_type;
extern const nex_type nex_native_start_request_restart_type;
extern const nex_type nex_native_start_request_restart_policy_type;
extern const nex_type nex_native_start_request_stop_type;
extern const nex_type nex_native_start_request_stop_signal_type;
extern const nex_type nex_native_start_request_health_type;
extern const nex_type nex_native_start_request_probe_type;
extern const nex_type nex_native_start_request_logs_type;
extern const nex_type nex_native_start_request_function_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *nex_native_start_request_isolation_text(nex_native_start_request_isolation value);
nex_native_start_request_isolation nex_native_start_request_isolation_parse(const char *text);

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *nex_native_start_request_restart_policy_text(nex_native_start_request_restart_policy value);
nex_native_start_request_restart_policy nex_native_start_request_restart_policy_parse(const char *text);

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
const char *nex_native_start_request_stop_signal_text(nex_native_start_request_stop_signal value);
nex_native_start_request_stop_signal nex_native_start_request_stop_signal_parse(const char *text);

nex_native_start_request_isolation nex_native_start_request_isolation_or_default(
    const nex_native_start_request *message);
bool nex_native_start_request_artifacts_item_executable_or_default(
    const nex_native_start_request_artifacts_item *message);
bool nex_native_start_request_artifacts_item_unpack_or_default(
    const nex_native_start_request_artifacts_item *message);
nex_duration nex_native_start_request_restart_delay_or_default(
    const nex_native_start_request_restart *message);
nex_duration nex_native_start_request_restart_max_delay_or_default(
    const nex_native_start_request_restart *message);
int64_t nex_native_start_request_restart_limit_or_default(
    const nex_native_start_request_restart *message);
nex_duration nex_native_start_request_restart_window_or_default(
    const nex_native_start_request_restart *message);
nex_duration nex_native_start_request_restart_reset_after_or_default(
    const nex_native_start_request_restart *message);
nex_native_start_request_stop_signal nex_native_start_request_stop_signal_or_default(
    const nex_native_start_request_stop *message);
nex_duration nex_native_start_request_stop_grace_or_default(
    const nex_native_start_request_stop *message);
nex_duration nex_native_start_request_probe_delay_or_default(
    const nex_native_start_request_probe *message);
nex_duration nex_native_start_request_probe_interval_or_default(
    const nex_native_start_request_probe *message);
nex_duration nex_native_start_request_probe_timeout_or_default(
    const nex_native_start_request_probe *message);
int64_t nex_native_start_request_probe_failures_or_default(
    const nex_native_start_request_probe *message);
int64_t nex_native_start_request_probe_successes_or_default(
    const nex_native_start_request_probe *message);
int64_t nex_native_start_request_logs_size_or_default(const nex_native_start_request_logs *message);
int64_t nex_native_start_request_logs_count_or_default(
    const nex_native_start_request_logs *message);
int64_t nex_native_start_request_function_concurrency_or_default(
    const nex_native_start_request_function *message);
int64_t nex_native_start_request_function_queue_or_default(
    const nex_native_start_request_function *message);
nex_duration nex_native_start_request_function_timeout_or_default(
    const nex_native_start_request_function *message);
int64_t nex_native_start_request_function_warm_or_default(
    const nex_native_start_request_function *message);

/** A zeroed message; NULL when out of memory. */
nex_native_start_request *nex_native_start_request_new(void);
/** Decodes JSON as a tolerant reader does; *out is NULL on error. */
nex_status nex_native_start_request_decode(nex_native_start_request **out, const char *json,
                                           size_t len, nex_error *err);
/** Refuses unknown and duplicate members, and null where the schema does. */
nex_status nex_native_start_request_decode_strict(nex_native_start_request **out, const char *json,
                                                  size_t len, nex_error *err);
/** Appends the message as JSON. */
nex_status nex_native_start_request_encode(const nex_native_start_request *message, nex_buf *out);
/** Checks limits, formats, patterns and required members. */
nex_status nex_native_start_request_validate(const nex_native_start_request *message,
                                             nex_error *err);
nex_status nex_native_start_request_clone(const nex_native_start_request *message,
                                          nex_native_start_request **out);
bool nex_native_start_request_equal(const nex_native_start_request *a,
                                    const nex_native_start_request *b);
nex_status nex_native_start_request_to_json(const nex_native_start_request *message, json_t **out);
nex_status nex_native_start_request_from_json(nex_native_start_request **out, const json_t *json,
                                              nex_error *err);
/** Frees what new, decode, clone and from_json made; NULL is fine. */
void nex_native_start_request_free(nex_native_start_request *message);

#ifdef __cplusplus
}
#endif

#endif
