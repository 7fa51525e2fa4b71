/*
 * State of a node.
 *
 * Written by nexgen 0.1.0 from node-state.json (sha256 61e426f48f70db8d); do not edit.
 */
#include <nex/protocol/node_state.h>

/* clang-format off */
static const nex_enum_value enums_of_nex_node_state[] = {
    {
        .text = "starting", .value = NEX_NODE_STATE_STARTING,
    },
    {
        .text = "running", .value = NEX_NODE_STATE_RUNNING,
    },
    {
        .text = "lameduck", .value = NEX_NODE_STATE_LAMEDUCK,
    },
    {
        .text = "stopping", .value = NEX_NODE_STATE_STOPPING,
    },
    {
        .text = "error", .value = NEX_NODE_STATE_ERROR,
    },
};
const nex_type nex_node_state_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_node_state), .name = "NodeState",
    .enums = enums_of_nex_node_state, .enum_count = 5, .rest_offset = NEX_NO_OFFSET, .pointer = "",
    .doc = "State of a node.",
};

/* clang-format on */

const char *nex_node_state_text(nex_node_state value) {
    return nex_enum_text(&nex_node_state_type, (int)value);
}

nex_node_state nex_node_state_parse(const char *text) {
    return (nex_node_state)nex_enum_value_of(&nex_node_state_type, text);
}
