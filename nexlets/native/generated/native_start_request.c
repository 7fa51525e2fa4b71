/*
 * What the native nexlet runs: a program of the host as a process.
 *
 * Written by nexgen 0.1.0 from start_request.json (sha256 86d7a024281b3803); do not edit.
 */
#include <native_start_request.h>

/* clang-format off */
static const nex_limits limits_of_nex_native_start_request_sha256 = {
    .has = 0, .pattern = "^[0-9a-f]{64}$",
};
static const nex_type nex_native_start_request_sha256_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *), .name = "native_start_request_sha256",
    .limits = &limits_of_nex_native_start_request_sha256, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/sha256",
    .doc = "SHA-256 of the artifact in lower-case hex; another one is not run",
};

static const nex_type nex_native_start_request_expose_ports_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_native_start_request_expose_ports),
    .name = "native_start_request_expose_ports", .item = &nex_type_int,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/expose_ports",
    .doc = "Ports the program listens on, 1 to 65535; the first is told to the ingress",
};

static const nex_type nex_native_start_request_artifacts_type = {
    .kind = NEX_KIND_ARRAY, .size = sizeof(nex_native_start_request_artifacts_item_list),
    .name = "native_start_request_artifacts_item_list",
    .item = &nex_native_start_request_artifacts_item_type, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/artifacts",
    .doc = "Files put into the working directory before the start",
};

static const nex_limits limits_of_nex_native_start_request_artifacts_item_sha256 = {
    .has = 0, .pattern = "^[0-9a-f]{64}$",
};
static const nex_type nex_native_start_request_artifacts_item_sha256_type = {
    .kind = NEX_KIND_STRING, .size = sizeof(char *),
    .name = "native_start_request_artifacts_item_sha256",
    .limits = &limits_of_nex_native_start_request_artifacts_item_sha256,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/artifacts/items/properties/sha256",
    .doc = "SHA-256 in lower-case hex",
};

static const nex_limits limits_of_nex_native_start_request_limits_memory = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_start_request_limits_memory_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_limits_memory",
    .limits = &limits_of_nex_native_start_request_limits_memory, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/memory", .doc = "Memory in bytes",
};

static const nex_limits limits_of_nex_native_start_request_limits_cpu = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_EXCLUSIVE_MIN, .min = 0.0,
};
static const nex_type nex_native_start_request_limits_cpu_type = {
    .kind = NEX_KIND_DOUBLE, .size = sizeof(double), .name = "native_start_request_limits_cpu",
    .limits = &limits_of_nex_native_start_request_limits_cpu, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/cpu", .doc = "Processor time in cores",
};

static const nex_limits limits_of_nex_native_start_request_limits_pids = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_native_start_request_limits_pids_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_limits_pids",
    .limits = &limits_of_nex_native_start_request_limits_pids, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/pids", .doc = "Processes and threads",
};

static const nex_limits limits_of_nex_native_start_request_limits_files = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(3), .min = 3.0,
};
static const nex_type nex_native_start_request_limits_files_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_limits_files",
    .limits = &limits_of_nex_native_start_request_limits_files, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/files", .doc = "Open files of each process",
};

static const nex_limits limits_of_nex_native_start_request_limits_core = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_start_request_limits_core_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_limits_core",
    .limits = &limits_of_nex_native_start_request_limits_core, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/core", .doc = "Size of core files in bytes",
};

static const nex_limits limits_of_nex_native_start_request_limits_nice = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX, .int_min = INT64_C(-20), .min = -20.0,
    .int_max = INT64_C(19), .max = 19.0,
};
static const nex_type nex_native_start_request_limits_nice_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_limits_nice",
    .limits = &limits_of_nex_native_start_request_limits_nice, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/nice", .doc = "Niceness: 19 yields most",
};

static const nex_limits limits_of_nex_native_start_request_limits_io_read = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_native_start_request_limits_io_read_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_limits_io_read",
    .limits = &limits_of_nex_native_start_request_limits_io_read, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/io_read", .doc = "Bytes read a second, for each disk",
};

static const nex_limits limits_of_nex_native_start_request_limits_io_write = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_native_start_request_limits_io_write_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_limits_io_write",
    .limits = &limits_of_nex_native_start_request_limits_io_write, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/limits/properties/io_write",
    .doc = "Bytes written a second, for each disk; needs cgroup v2",
};

static const nex_limits limits_of_nex_native_start_request_restart_limit = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_start_request_restart_limit_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_restart_limit",
    .limits = &limits_of_nex_native_start_request_restart_limit, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/restart/properties/limit",
    .doc = "Restarts before giving up; the workload then is in state error",
};

static const nex_limits limits_of_nex_native_start_request_probe_failures = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_native_start_request_probe_failures_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_probe_failures",
    .limits = &limits_of_nex_native_start_request_probe_failures, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/probe/properties/failures",
    .doc = "Failures in a row that count as not well",
};

static const nex_limits limits_of_nex_native_start_request_probe_successes = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_native_start_request_probe_successes_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_probe_successes",
    .limits = &limits_of_nex_native_start_request_probe_successes, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/$defs/probe/properties/successes",
    .doc = "Successes in a row that count as well again",
};

static const nex_limits limits_of_nex_native_start_request_logs_size = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(4096), .min = 4096.0,
};
static const nex_type nex_native_start_request_logs_size_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_logs_size",
    .limits = &limits_of_nex_native_start_request_logs_size, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/logs/properties/size", .doc = "Bytes a file",
};

static const nex_limits limits_of_nex_native_start_request_logs_count = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_native_start_request_logs_count_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_logs_count",
    .limits = &limits_of_nex_native_start_request_logs_count, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/logs/properties/count", .doc = "Files, the oldest is dropped",
};

static const nex_limits limits_of_nex_native_start_request_function_concurrency = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(1), .min = 1.0,
};
static const nex_type nex_native_start_request_function_concurrency_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t),
    .name = "native_start_request_function_concurrency",
    .limits = &limits_of_nex_native_start_request_function_concurrency,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/function/properties/concurrency",
    .doc = "Runs side by side; default 1, or as many as are kept warm, which is also the most",
};

static const nex_limits limits_of_nex_native_start_request_function_queue = {
    .has = NEX_LIMIT_MIN, .int_min = INT64_C(0), .min = 0.0,
};
static const nex_type nex_native_start_request_function_queue_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_function_queue",
    .limits = &limits_of_nex_native_start_request_function_queue, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/function/properties/queue",
    .doc = "Messages that wait; more are answered with an error",
};

static const nex_limits limits_of_nex_native_start_request_function_warm = {
    .has = NEX_LIMIT_MIN | NEX_LIMIT_MAX, .int_min = INT64_C(0), .min = 0.0,
    .int_max = INT64_C(256), .max = 256.0,
};
static const nex_type nex_native_start_request_function_warm_type = {
    .kind = NEX_KIND_INT, .size = sizeof(int64_t), .name = "native_start_request_function_warm",
    .limits = &limits_of_nex_native_start_request_function_warm, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/function/properties/warm",
    .doc = "Processes kept ready that are fed message after message on standard input, in frames; "
           "0: a process a message",
};

static const nex_field fields_of_nex_native_start_request[] = {
    {
        .name = "argv", .name_len = 4, .type = &nex_type_string_list,
        .offset = offsetof(nex_native_start_request, argv),
        .has_offset = offsetof(nex_native_start_request, has_argv),
        .doc = "Arguments of the program, without its name; a value secret://NAME stands for a "
               "secret of the namespace",
    },
    {
        .name = "artifacts", .name_len = 9, .type = &nex_native_start_request_artifacts_type,
        .offset = offsetof(nex_native_start_request, artifacts),
        .has_offset = offsetof(nex_native_start_request, has_artifacts),
        .doc = "Files put into the working directory before the start",
    },
    {
        .name = "description", .name_len = 11, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request, description), .has_offset = NEX_NO_OFFSET,
        .doc = "A description of the workload",
    },
    {
        .name = "environment", .name_len = 11, .type = &nex_type_string_map,
        .offset = offsetof(nex_native_start_request, environment),
        .has_offset = offsetof(nex_native_start_request, has_environment),
        .flags = NEX_FIELD_SECRET,
        .doc = "Environment of the program, and nothing else but its NATS credentials; a value "
               "secret://NAME stands for a secret of the namespace. Instead of plain values an "
               "EncEnv: encrypted_by and base64_encrypted_env, sealed to the key of the agent",
    },
    {
        .name = "expose_ports", .name_len = 12, .type = &nex_native_start_request_expose_ports_type,
        .offset = offsetof(nex_native_start_request, expose_ports),
        .has_offset = offsetof(nex_native_start_request, has_expose_ports),
        .doc = "Ports the program listens on, 1 to 65535; the first is told to the ingress",
    },
    {
        .name = "function", .name_len = 8, .type = &nex_native_start_request_function_type,
        .offset = offsetof(nex_native_start_request, function), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER, .doc = "Functions only: how messages are worked on.",
    },
    {
        .name = "health", .name_len = 6, .type = &nex_native_start_request_health_type,
        .offset = offsetof(nex_native_start_request, health), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER, .doc = "Whether the workload is well; not for functions.",
    },
    {
        .name = "isolation", .name_len = 9, .type = &nex_native_start_request_isolation_type,
        .offset = offsetof(nex_native_start_request, isolation), .has_offset = NEX_NO_OFFSET,
        .default_json = "\"default\"",
        .doc = "How far the program is kept from the rest of the machine: off not at all; default "
               "what needs no privileges (none can be gained, and no system call that is about "
               "the machine); strict all there is (user, capabilities, namespaces, read-only "
               "files, /tmp of its own, Landlock, system calls), and refused where the machine "
               "lacks it",
    },
    {
        .name = "limits", .name_len = 6, .type = &nex_native_start_request_limits_type,
        .offset = offsetof(nex_native_start_request, limits), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
        .doc = "What the workload may use. A limit that cannot be enforced on this machine is "
               "refused.",
    },
    {
        .name = "logs", .name_len = 4, .type = &nex_native_start_request_logs_type,
        .offset = offsetof(nex_native_start_request, logs), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER, .doc = "Output kept on disk.",
    },
    {
        .name = "paths", .name_len = 5, .type = &nex_native_start_request_paths_type,
        .offset = offsetof(nex_native_start_request, paths), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
        .doc = "Which files the program sees and may change. With strict isolation it may change "
               "its working directory alone, and sees neither homes nor state of nex; with "
               "default everything its user may",
    },
    {
        .name = "restart", .name_len = 7, .type = &nex_native_start_request_restart_type,
        .offset = offsetof(nex_native_start_request, restart), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER, .doc = "What happens when the program ends.",
    },
    {
        .name = "sha256", .name_len = 6, .type = &nex_native_start_request_sha256_type,
        .offset = offsetof(nex_native_start_request, sha256), .has_offset = NEX_NO_OFFSET,
        .doc = "SHA-256 of the artifact in lower-case hex; another one is not run",
    },
    {
        .name = "stdin", .name_len = 5, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request, stdin_), .has_offset = NEX_NO_OFFSET,
        .doc = "Text for the standard input of the program, which ends after it",
    },
    {
        .name = "stdin_subject", .name_len = 13, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request, stdin_subject), .has_offset = NEX_NO_OFFSET,
        .doc = "NATS subject of the namespace whose messages are written to standard input as "
               "they are; not together with stdin, not for functions",
    },
    {
        .name = "stop", .name_len = 4, .type = &nex_native_start_request_stop_type,
        .offset = offsetof(nex_native_start_request, stop), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER, .doc = "How the program is ended.",
    },
    {
        .name = "triggers", .name_len = 8, .type = &nex_type_string_list,
        .offset = offsetof(nex_native_start_request, triggers),
        .has_offset = offsetof(nex_native_start_request, has_triggers),
        .doc = "Functions only: NATS subjects of the workload's namespace whose messages run the "
               "program; default NAMESPACE.function.NAME",
    },
    {
        .name = "uri", .name_len = 3, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request, uri), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_REQUIRED,
        .doc = "Program to run: a path, file:///path, nats://bucket/name[:tag] of a NATS object "
               "store, or https://. A NATS or https artifact is fetched first",
    },
    {
        .name = "user", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request, user), .has_offset = NEX_NO_OFFSET,
        .doc = "User to run as, NAME[:GROUP] or UID[:GID]; \"dynamic\" takes one that no other "
               "workload has, as strict isolation does by itself. Needs a node of root",
    },
    {
        .name = "workdir", .name_len = 7, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request, workdir), .has_offset = NEX_NO_OFFSET,
        .doc = "Working directory, which must exist; default a new one of the workload",
    },
};
const nex_type nex_native_start_request_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request), .name = "NativeStartRequest",
    .fields = fields_of_nex_native_start_request, .field_count = 20, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "What the native nexlet runs: a program of the host as a process.",
};

static const nex_field fields_of_nex_native_start_request_artifacts_item[] = {
    {
        .name = "executable", .name_len = 10, .type = &nex_type_bool,
        .offset = offsetof(nex_native_start_request_artifacts_item, executable),
        .has_offset = offsetof(nex_native_start_request_artifacts_item, has_executable),
        .default_json = "false", .doc = "Whether it may be run",
    },
    {
        .name = "path", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request_artifacts_item, path),
        .has_offset = NEX_NO_OFFSET,
        .doc = "Where it goes, below the working directory; default the last part of uri, or the "
               "working directory itself for an archive to unpack",
    },
    {
        .name = "sha256", .name_len = 6,
        .type = &nex_native_start_request_artifacts_item_sha256_type,
        .offset = offsetof(nex_native_start_request_artifacts_item, sha256),
        .has_offset = NEX_NO_OFFSET, .doc = "SHA-256 in lower-case hex",
    },
    {
        .name = "unpack", .name_len = 6, .type = &nex_type_bool,
        .offset = offsetof(nex_native_start_request_artifacts_item, unpack),
        .has_offset = offsetof(nex_native_start_request_artifacts_item, has_unpack),
        .default_json = "false",
        .doc = "Whether it is a tar archive, plain or compressed by gzip, xz or zstd, to unpack "
               "at path",
    },
    {
        .name = "uri", .name_len = 3, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request_artifacts_item, uri),
        .has_offset = NEX_NO_OFFSET, .flags = NEX_FIELD_REQUIRED,
        .doc = "Where it comes from, as uri above",
    },
};
const nex_type nex_native_start_request_artifacts_item_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_artifacts_item),
    .name = "native_start_request_artifacts_item",
    .fields = fields_of_nex_native_start_request_artifacts_item, .field_count = 5, .closed = true,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/artifacts/items",
    .doc = "A file to fetch.",
};

static const nex_field fields_of_nex_native_start_request_limits[] = {
    {
        .name = "core", .name_len = 4, .type = &nex_native_start_request_limits_core_type,
        .offset = offsetof(nex_native_start_request_limits, core),
        .has_offset = offsetof(nex_native_start_request_limits, has_core),
        .doc = "Size of core files in bytes",
    },
    {
        .name = "cpu", .name_len = 3, .type = &nex_native_start_request_limits_cpu_type,
        .offset = offsetof(nex_native_start_request_limits, cpu),
        .has_offset = offsetof(nex_native_start_request_limits, has_cpu),
        .doc = "Processor time in cores",
    },
    {
        .name = "files", .name_len = 5, .type = &nex_native_start_request_limits_files_type,
        .offset = offsetof(nex_native_start_request_limits, files),
        .has_offset = offsetof(nex_native_start_request_limits, has_files),
        .doc = "Open files of each process",
    },
    {
        .name = "io_read", .name_len = 7, .type = &nex_native_start_request_limits_io_read_type,
        .offset = offsetof(nex_native_start_request_limits, io_read),
        .has_offset = offsetof(nex_native_start_request_limits, has_io_read),
        .doc = "Bytes read a second, for each disk",
    },
    {
        .name = "io_write", .name_len = 8, .type = &nex_native_start_request_limits_io_write_type,
        .offset = offsetof(nex_native_start_request_limits, io_write),
        .has_offset = offsetof(nex_native_start_request_limits, has_io_write),
        .doc = "Bytes written a second, for each disk; needs cgroup v2",
    },
    {
        .name = "memory", .name_len = 6, .type = &nex_native_start_request_limits_memory_type,
        .offset = offsetof(nex_native_start_request_limits, memory),
        .has_offset = offsetof(nex_native_start_request_limits, has_memory),
        .doc = "Memory in bytes",
    },
    {
        .name = "nice", .name_len = 4, .type = &nex_native_start_request_limits_nice_type,
        .offset = offsetof(nex_native_start_request_limits, nice),
        .has_offset = offsetof(nex_native_start_request_limits, has_nice),
        .doc = "Niceness: 19 yields most",
    },
    {
        .name = "pids", .name_len = 4, .type = &nex_native_start_request_limits_pids_type,
        .offset = offsetof(nex_native_start_request_limits, pids),
        .has_offset = offsetof(nex_native_start_request_limits, has_pids),
        .doc = "Processes and threads",
    },
};
const nex_type nex_native_start_request_limits_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_limits),
    .name = "native_start_request_limits", .fields = fields_of_nex_native_start_request_limits,
    .field_count = 8, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/limits",
    .doc = "What the workload may use. A limit that cannot be enforced on this machine is refused.",
};

static const nex_enum_value enums_of_nex_native_start_request_isolation[] = {
    {
        .text = "off", .value = NEX_NATIVE_START_REQUEST_ISOLATION_OFF,
    },
    {
        .text = "default", .value = NEX_NATIVE_START_REQUEST_ISOLATION_DEFAULT,
    },
    {
        .text = "strict", .value = NEX_NATIVE_START_REQUEST_ISOLATION_STRICT,
    },
};
const nex_type nex_native_start_request_isolation_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_native_start_request_isolation),
    .name = "native_start_request_isolation", .enums = enums_of_nex_native_start_request_isolation,
    .enum_count = 3, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/isolation",
    .doc = "How far the program is kept from the rest of the machine: off not at all; default "
           "what needs no privileges (none can be gained, and no system call that is about the "
           "machine); strict all there is (user, capabilities, namespaces, read-only files, /tmp "
           "of its own, Landlock, system calls), and refused where the machine lacks it",
};

static const nex_field fields_of_nex_native_start_request_paths[] = {
    {
        .name = "hidden", .name_len = 6, .type = &nex_type_string_list,
        .offset = offsetof(nex_native_start_request_paths, hidden),
        .has_offset = offsetof(nex_native_start_request_paths, has_hidden),
        .doc = "Paths that cannot be seen: empty directories and empty files stand in their "
               "place; what is named above may lie below them",
    },
    {
        .name = "read_only", .name_len = 9, .type = &nex_type_string_list,
        .offset = offsetof(nex_native_start_request_paths, read_only),
        .has_offset = offsetof(nex_native_start_request_paths, has_read_only),
        .doc = "Paths that can be read but not written, also where they would be hidden",
    },
    {
        .name = "writable", .name_len = 8, .type = &nex_type_string_list,
        .offset = offsetof(nex_native_start_request_paths, writable),
        .has_offset = offsetof(nex_native_start_request_paths, has_writable),
        .doc = "Paths that can be written",
    },
};
const nex_type nex_native_start_request_paths_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_paths),
    .name = "native_start_request_paths", .fields = fields_of_nex_native_start_request_paths,
    .field_count = 3, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/paths",
    .doc = "Which files the program sees and may change. With strict isolation it may change its "
           "working directory alone, and sees neither homes nor state of nex; with default "
           "everything its user may",
};

static const nex_field fields_of_nex_native_start_request_restart[] = {
    {
        .name = "delay", .name_len = 5, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_restart, delay),
        .has_offset = offsetof(nex_native_start_request_restart, has_delay),
        .default_json = "\"250ms\"",
        .doc = "Wait before the first restart; doubles each time, with up to 20 % of jitter",
    },
    {
        .name = "limit", .name_len = 5, .type = &nex_native_start_request_restart_limit_type,
        .offset = offsetof(nex_native_start_request_restart, limit),
        .has_offset = offsetof(nex_native_start_request_restart, has_limit), .default_json = "5",
        .doc = "Restarts before giving up; the workload then is in state error",
    },
    {
        .name = "max_delay", .name_len = 9, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_restart, max_delay),
        .has_offset = offsetof(nex_native_start_request_restart, has_max_delay),
        .default_json = "\"1m\"", .doc = "Longest wait",
    },
    {
        .name = "policy", .name_len = 6, .type = &nex_native_start_request_restart_policy_type,
        .offset = offsetof(nex_native_start_request_restart, policy), .has_offset = NEX_NO_OFFSET,
        .doc = "never, on-failure (status not 0, or a signal), or always; default always for "
               "services, never for jobs",
    },
    {
        .name = "reset_after", .name_len = 11, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_restart, reset_after),
        .has_offset = offsetof(nex_native_start_request_restart, has_reset_after),
        .default_json = "\"10s\"", .doc = "Running this long sets count and delay back",
    },
    {
        .name = "window", .name_len = 6, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_restart, window),
        .has_offset = offsetof(nex_native_start_request_restart, has_window),
        .default_json = "\"0s\"", .doc = "Only restarts within this time count; 0s: all",
    },
};
const nex_type nex_native_start_request_restart_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_restart),
    .name = "native_start_request_restart", .fields = fields_of_nex_native_start_request_restart,
    .field_count = 6, .closed = true, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/restart", .doc = "What happens when the program ends.",
};

static const nex_enum_value enums_of_nex_native_start_request_restart_policy[] = {
    {
        .text = "never", .value = NEX_NATIVE_START_REQUEST_RESTART_POLICY_NEVER,
    },
    {
        .text = "on-failure", .value = NEX_NATIVE_START_REQUEST_RESTART_POLICY_ON_FAILURE,
    },
    {
        .text = "always", .value = NEX_NATIVE_START_REQUEST_RESTART_POLICY_ALWAYS,
    },
};
const nex_type nex_native_start_request_restart_policy_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_native_start_request_restart_policy),
    .name = "native_start_request_restart_policy",
    .enums = enums_of_nex_native_start_request_restart_policy, .enum_count = 3,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/restart/properties/policy",
    .doc = "never, on-failure (status not 0, or a signal), or always; default always for "
           "services, never for jobs",
};

static const nex_field fields_of_nex_native_start_request_stop[] = {
    {
        .name = "grace", .name_len = 5, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_stop, grace),
        .has_offset = offsetof(nex_native_start_request_stop, has_grace), .default_json = "\"5s\"",
        .doc = "Time until KILL is sent to those that are left",
    },
    {
        .name = "signal", .name_len = 6, .type = &nex_native_start_request_stop_signal_type,
        .offset = offsetof(nex_native_start_request_stop, signal), .has_offset = NEX_NO_OFFSET,
        .default_json = "\"TERM\"", .doc = "Signal sent to all its processes first",
    },
};
const nex_type nex_native_start_request_stop_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_stop),
    .name = "native_start_request_stop", .fields = fields_of_nex_native_start_request_stop,
    .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/stop",
    .doc = "How the program is ended.",
};

static const nex_enum_value enums_of_nex_native_start_request_stop_signal[] = {
    {
        .text = "TERM", .value = NEX_NATIVE_START_REQUEST_STOP_SIGNAL_TERM,
    },
    {
        .text = "INT", .value = NEX_NATIVE_START_REQUEST_STOP_SIGNAL_INT,
    },
    {
        .text = "QUIT", .value = NEX_NATIVE_START_REQUEST_STOP_SIGNAL_QUIT,
    },
    {
        .text = "HUP", .value = NEX_NATIVE_START_REQUEST_STOP_SIGNAL_HUP,
    },
    {
        .text = "USR1", .value = NEX_NATIVE_START_REQUEST_STOP_SIGNAL_USR1,
    },
    {
        .text = "USR2", .value = NEX_NATIVE_START_REQUEST_STOP_SIGNAL_USR2,
    },
    {
        .text = "KILL", .value = NEX_NATIVE_START_REQUEST_STOP_SIGNAL_KILL,
    },
};
const nex_type nex_native_start_request_stop_signal_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_native_start_request_stop_signal),
    .name = "native_start_request_stop_signal",
    .enums = enums_of_nex_native_start_request_stop_signal, .enum_count = 7,
    .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/stop/properties/signal",
    .doc = "Signal sent to all its processes first",
};

static const nex_field fields_of_nex_native_start_request_health[] = {
    {
        .name = "liveness", .name_len = 8, .type = &nex_native_start_request_probe_type,
        .offset = offsetof(nex_native_start_request_health, liveness), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
        .doc = "Whether it is alive: when it is not, the run is ended and restart decides, with "
               "the reason in the event",
    },
    {
        .name = "readiness", .name_len = 9, .type = &nex_native_start_request_probe_type,
        .offset = offsetof(nex_native_start_request_health, readiness), .has_offset = NEX_NO_OFFSET,
        .flags = NEX_FIELD_POINTER,
        .doc = "Whether it can do its work: the start is answered, and the ingress told, when it "
               "is so. Asked four times a second until then, for at most 45 s",
    },
};
const nex_type nex_native_start_request_health_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_health),
    .name = "native_start_request_health", .fields = fields_of_nex_native_start_request_health,
    .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/health",
    .doc = "Whether the workload is well; not for functions.",
};

static const nex_field fields_of_nex_native_start_request_probe[] = {
    {
        .name = "delay", .name_len = 5, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_probe, delay),
        .has_offset = offsetof(nex_native_start_request_probe, has_delay), .default_json = "\"0s\"",
        .doc = "Time from the start to the first question",
    },
    {
        .name = "exec", .name_len = 4, .type = &nex_type_string_list,
        .offset = offsetof(nex_native_start_request_probe, exec),
        .has_offset = offsetof(nex_native_start_request_probe, has_exec),
        .doc = "Program (a path) and arguments, run as the workload is: same user, environment, "
               "directory, limits; status 0 is well",
    },
    {
        .name = "failures", .name_len = 8, .type = &nex_native_start_request_probe_failures_type,
        .offset = offsetof(nex_native_start_request_probe, failures),
        .has_offset = offsetof(nex_native_start_request_probe, has_failures), .default_json = "3",
        .doc = "Failures in a row that count as not well",
    },
    {
        .name = "http", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request_probe, http), .has_offset = NEX_NO_OFFSET,
        .doc = "URL, http:// or https://, that answers with a status from 200 to 399; "
               "certificates are not checked",
    },
    {
        .name = "interval", .name_len = 8, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_probe, interval),
        .has_offset = offsetof(nex_native_start_request_probe, has_interval),
        .default_json = "\"10s\"", .doc = "Time between questions",
    },
    {
        .name = "nats", .name_len = 4, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request_probe, nats), .has_offset = NEX_NO_OFFSET,
        .doc = "NATS subject of the namespace on which a request is answered, and not with an "
               "error",
    },
    {
        .name = "successes", .name_len = 9, .type = &nex_native_start_request_probe_successes_type,
        .offset = offsetof(nex_native_start_request_probe, successes),
        .has_offset = offsetof(nex_native_start_request_probe, has_successes), .default_json = "1",
        .doc = "Successes in a row that count as well again",
    },
    {
        .name = "tcp", .name_len = 3, .type = &nex_type_string,
        .offset = offsetof(nex_native_start_request_probe, tcp), .has_offset = NEX_NO_OFFSET,
        .doc = "Address that accepts a connection",
    },
    {
        .name = "timeout", .name_len = 7, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_probe, timeout),
        .has_offset = offsetof(nex_native_start_request_probe, has_timeout),
        .default_json = "\"1s\"", .doc = "How long to wait for an answer",
    },
};
const nex_type nex_native_start_request_probe_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_probe),
    .name = "native_start_request_probe", .fields = fields_of_nex_native_start_request_probe,
    .field_count = 9, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "/$defs/probe",
    .doc = "Asks whether the workload is well. Exactly one of exec, tcp, http and nats.",
};

static const nex_field fields_of_nex_native_start_request_logs[] = {
    {
        .name = "count", .name_len = 5, .type = &nex_native_start_request_logs_count_type,
        .offset = offsetof(nex_native_start_request_logs, count),
        .has_offset = offsetof(nex_native_start_request_logs, has_count), .default_json = "2",
        .doc = "Files, the oldest is dropped",
    },
    {
        .name = "size", .name_len = 4, .type = &nex_native_start_request_logs_size_type,
        .offset = offsetof(nex_native_start_request_logs, size),
        .has_offset = offsetof(nex_native_start_request_logs, has_size), .default_json = "10485760",
        .doc = "Bytes a file",
    },
};
const nex_type nex_native_start_request_logs_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_logs),
    .name = "native_start_request_logs", .fields = fields_of_nex_native_start_request_logs,
    .field_count = 2, .closed = true, .rest_offset = NEX_NO_OFFSET, .pointer = "/properties/logs",
    .doc = "Output kept on disk.",
};

static const nex_field fields_of_nex_native_start_request_function[] = {
    {
        .name = "concurrency", .name_len = 11,
        .type = &nex_native_start_request_function_concurrency_type,
        .offset = offsetof(nex_native_start_request_function, concurrency),
        .has_offset = offsetof(nex_native_start_request_function, has_concurrency),
        .default_json = "1",
        .doc = "Runs side by side; default 1, or as many as are kept warm, which is also the most",
    },
    {
        .name = "queue", .name_len = 5, .type = &nex_native_start_request_function_queue_type,
        .offset = offsetof(nex_native_start_request_function, queue),
        .has_offset = offsetof(nex_native_start_request_function, has_queue),
        .default_json = "1024", .doc = "Messages that wait; more are answered with an error",
    },
    {
        .name = "timeout", .name_len = 7, .type = &nex_type_duration,
        .offset = offsetof(nex_native_start_request_function, timeout),
        .has_offset = offsetof(nex_native_start_request_function, has_timeout),
        .default_json = "\"1m\"", .doc = "Time a run may take",
    },
    {
        .name = "warm", .name_len = 4, .type = &nex_native_start_request_function_warm_type,
        .offset = offsetof(nex_native_start_request_function, warm),
        .has_offset = offsetof(nex_native_start_request_function, has_warm), .default_json = "0",
        .doc = "Processes kept ready that are fed message after message on standard input, in "
               "frames; 0: a process a message",
    },
};
const nex_type nex_native_start_request_function_type = {
    .kind = NEX_KIND_STRUCT, .size = sizeof(nex_native_start_request_function),
    .name = "native_start_request_function", .fields = fields_of_nex_native_start_request_function,
    .field_count = 4, .closed = true, .rest_offset = NEX_NO_OFFSET,
    .pointer = "/properties/function", .doc = "Functions only: how messages are worked on.",
};

/* clang-format on */

const char *nex_native_start_request_isolation_text(nex_native_start_request_isolation value) {
    return nex_enum_text(&nex_native_start_request_isolation_type, (int)value);
}

nex_native_start_request_isolation nex_native_start_request_isolation_parse(const char *text) {
    return (nex_native_start_request_isolation)nex_enum_value_of(&nex_native_start_request_isolation_type, text);
}

const char *nex_native_start_request_restart_policy_text(nex_native_start_request_restart_policy value) {
    return nex_enum_text(&nex_native_start_request_restart_policy_type, (int)value);
}

nex_native_start_request_restart_policy nex_native_start_request_restart_policy_parse(const char *text) {
    return (nex_native_start_request_restart_policy)nex_enum_value_of(&nex_native_start_request_restart_policy_type, text);
}

const char *nex_native_start_request_stop_signal_text(nex_native_start_request_stop_signal value) {
    return nex_enum_text(&nex_native_start_request_stop_signal_type, (int)value);
}

nex_native_start_request_stop_signal nex_native_start_request_stop_signal_parse(const char *text) {
    return (nex_native_start_request_stop_signal)nex_enum_value_of(&nex_native_start_request_stop_signal_type, text);
}

nex_native_start_request_isolation nex_native_start_request_isolation_or_default(
    const nex_native_start_request *message) {
    return message->isolation != 0 ? message->isolation : NEX_NATIVE_START_REQUEST_ISOLATION_DEFAULT;
}

bool nex_native_start_request_artifacts_item_executable_or_default(
    const nex_native_start_request_artifacts_item *message) {
    return message->has_executable ? message->executable : false;
}

bool nex_native_start_request_artifacts_item_unpack_or_default(
    const nex_native_start_request_artifacts_item *message) {
    return message->has_unpack ? message->unpack : false;
}

nex_duration nex_native_start_request_restart_delay_or_default(
    const nex_native_start_request_restart *message) {
    return message->has_delay ? message->delay : INT64_C(250000000);
}

nex_duration nex_native_start_request_restart_max_delay_or_default(
    const nex_native_start_request_restart *message) {
    return message->has_max_delay ? message->max_delay : INT64_C(60000000000);
}

int64_t nex_native_start_request_restart_limit_or_default(
    const nex_native_start_request_restart *message) {
    return message->has_limit ? message->limit : INT64_C(5);
}

nex_duration nex_native_start_request_restart_window_or_default(
    const nex_native_start_request_restart *message) {
    return message->has_window ? message->window : INT64_C(0);
}

nex_duration nex_native_start_request_restart_reset_after_or_default(
    const nex_native_start_request_restart *message) {
    return message->has_reset_after ? message->reset_after : INT64_C(10000000000);
}

nex_native_start_request_stop_signal nex_native_start_request_stop_signal_or_default(
    const nex_native_start_request_stop *message) {
    return message->signal != 0 ? message->signal : NEX_NATIVE_START_REQUEST_STOP_SIGNAL_TERM;
}

nex_duration nex_native_start_request_stop_grace_or_default(
    const nex_native_start_request_stop *message) {
    return message->has_grace ? message->grace : INT64_C(5000000000);
}

nex_duration nex_native_start_request_probe_delay_or_default(
    const nex_native_start_request_probe *message) {
    return message->has_delay ? message->delay : INT64_C(0);
}

nex_duration nex_native_start_request_probe_interval_or_default(
    const nex_native_start_request_probe *message) {
    return message->has_interval ? message->interval : INT64_C(10000000000);
}

nex_duration nex_native_start_request_probe_timeout_or_default(
    const nex_native_start_request_probe *message) {
    return message->has_timeout ? message->timeout : INT64_C(1000000000);
}

int64_t nex_native_start_request_probe_failures_or_default(
    const nex_native_start_request_probe *message) {
    return message->has_failures ? message->failures : INT64_C(3);
}

int64_t nex_native_start_request_probe_successes_or_default(
    const nex_native_start_request_probe *message) {
    return message->has_successes ? message->successes : INT64_C(1);
}

int64_t nex_native_start_request_logs_size_or_default(const nex_native_start_request_logs *message) {
    return message->has_size ? message->size : INT64_C(10485760);
}

int64_t nex_native_start_request_logs_count_or_default(
    const nex_native_start_request_logs *message) {
    return message->has_count ? message->count : INT64_C(2);
}

int64_t nex_native_start_request_function_concurrency_or_default(
    const nex_native_start_request_function *message) {
    return message->has_concurrency ? message->concurrency : INT64_C(1);
}

int64_t nex_native_start_request_function_queue_or_default(
    const nex_native_start_request_function *message) {
    return message->has_queue ? message->queue : INT64_C(1024);
}

nex_duration nex_native_start_request_function_timeout_or_default(
    const nex_native_start_request_function *message) {
    return message->has_timeout ? message->timeout : INT64_C(60000000000);
}

int64_t nex_native_start_request_function_warm_or_default(
    const nex_native_start_request_function *message) {
    return message->has_warm ? message->warm : INT64_C(0);
}

nex_native_start_request *nex_native_start_request_new(void) {
    return nex_message_new(&nex_native_start_request_type);
}

nex_status nex_native_start_request_decode(nex_native_start_request **out, const char *json,
                                           size_t len, nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_native_start_request_type, json, len, NULL,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_native_start_request_decode_strict(nex_native_start_request **out, const char *json,
                                                  size_t len, nex_error *err) {
    static const nex_decode_options strict = {.strict = true, .unknown = NEX_UNKNOWN_REFUSE};
    void *message = NULL;
    nex_status status = nex_message_decode(&nex_native_start_request_type, json, len, &strict,
                                           &message, err);
    *out = message;
    return status;
}

nex_status nex_native_start_request_encode(const nex_native_start_request *message, nex_buf *out) {
    return nex_message_encode(&nex_native_start_request_type, message, out);
}

nex_status nex_native_start_request_validate(const nex_native_start_request *message,
                                             nex_error *err) {
    return nex_message_validate(&nex_native_start_request_type, message, err);
}

nex_status nex_native_start_request_clone(const nex_native_start_request *message,
                                          nex_native_start_request **out) {
    void *copy = NULL;
    nex_status status = nex_message_clone(&nex_native_start_request_type, message, &copy);
    *out = copy;
    return status;
}

bool nex_native_start_request_equal(const nex_native_start_request *a,
                                    const nex_native_start_request *b) {
    return nex_message_equal(&nex_native_start_request_type, a, b);
}

nex_status nex_native_start_request_to_json(const nex_native_start_request *message, json_t **out) {
    return nex_message_to_json(&nex_native_start_request_type, message, out);
}

nex_status nex_native_start_request_from_json(nex_native_start_request **out, const json_t *json,
                                              nex_error *err) {
    void *message = NULL;
    nex_status status = nex_message_from_json(&nex_native_start_request_type, json, NULL, &message,
                                              err);
    *out = message;
    return status;
}

void nex_native_start_request_free(nex_native_start_request *message) {
    nex_message_free(message);
}
