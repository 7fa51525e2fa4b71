/*
 * How long a workload lives: a service until it is stopped, a job until it is done, a function for
 * one message at a time.
 *
 * Written by nexgen 0.1.0 from workload-lifecycle.json (sha256 e60f8f6e439df1f6); do not edit.
 */
#include <nex/protocol/workload_lifecycle.h>

/* clang-format off */
static const nex_enum_value enums_of_nex_workload_lifecycle[] = {
    {
        .text = "service", .value = NEX_WORKLOAD_LIFECYCLE_SERVICE,
    },
    {
        .text = "job", .value = NEX_WORKLOAD_LIFECYCLE_JOB,
    },
    {
        .text = "function", .value = NEX_WORKLOAD_LIFECYCLE_FUNCTION,
    },
};
const nex_type nex_workload_lifecycle_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_workload_lifecycle), .name = "WorkloadLifecycle",
    .enums = enums_of_nex_workload_lifecycle, .enum_count = 3, .rest_offset = NEX_NO_OFFSET,
    .pointer = "",
    .doc = "How long a workload lives: a service until it is stopped, a job until it is done, a "
           "function for one message at a time.",
};

/* clang-format on */

const char *nex_workload_lifecycle_text(nex_workload_lifecycle value) {
    return nex_enum_text(&nex_workload_lifecycle_type, (int)value);
}

nex_workload_lifecycle nex_workload_lifecycle_parse(const char *text) {
    return (nex_workload_lifecycle)nex_enum_value_of(&nex_workload_lifecycle_type, text);
}
