/*
 * State of a workload. "warm" is a function that waits for a trigger.
 *
 * Written by nexgen 0.1.0 from workload-state.json (sha256 30265f12dd1a47d0); do not edit.
 */
#include <nex/protocol/workload_state.h>

/* clang-format off */
static const nex_enum_value enums_of_nex_workload_state[] = {
    {
        .text = "starting", .value = NEX_WORKLOAD_STATE_STARTING,
    },
    {
        .text = "running", .value = NEX_WORKLOAD_STATE_RUNNING,
    },
    {
        .text = "warm", .value = NEX_WORKLOAD_STATE_WARM,
    },
    {
        .text = "stopping", .value = NEX_WORKLOAD_STATE_STOPPING,
    },
    {
        .text = "stopped", .value = NEX_WORKLOAD_STATE_STOPPED,
    },
    {
        .text = "error", .value = NEX_WORKLOAD_STATE_ERROR,
    },
};
const nex_type nex_workload_state_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_workload_state), .name = "WorkloadState",
    .enums = enums_of_nex_workload_state, .enum_count = 6, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "State of a workload. \"warm\" is a function that waits for a trigger.",
};

/* clang-format on */

const char *nex_workload_state_text(nex_workload_state value) {
    return nex_enum_text(&nex_workload_state_type, (int)value);
}

nex_workload_state nex_workload_state_parse(const char *text) {
    return (nex_workload_state)nex_enum_value_of(&nex_workload_state_type, text);
}
