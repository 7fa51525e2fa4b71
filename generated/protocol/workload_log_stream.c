/*
 * One of the streams a workload writes to.
 *
 * Written by nexgen 0.1.0 from workload-log-stream.json (sha256 f29ada664b16bb8b); do not edit.
 */
#include <nex/protocol/workload_log_stream.h>

/* clang-format off */
static const nex_enum_value enums_of_nex_workload_log_stream[] = {
    {
        .text = "stdout", .value = NEX_WORKLOAD_LOG_STREAM_STDOUT,
    },
    {
        .text = "stderr", .value = NEX_WORKLOAD_LOG_STREAM_STDERR,
    },
};
const nex_type nex_workload_log_stream_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_workload_log_stream), .name = "WorkloadLogStream",
    .enums = enums_of_nex_workload_log_stream, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "One of the streams a workload writes to.",
};

/* clang-format on */

const char *nex_workload_log_stream_text(nex_workload_log_stream value) {
    return nex_enum_text(&nex_workload_log_stream_type, (int)value);
}

nex_workload_log_stream nex_workload_log_stream_parse(const char *text) {
    return (nex_workload_log_stream)nex_enum_value_of(&nex_workload_log_stream_type, text);
}
