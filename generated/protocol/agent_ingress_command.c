/*
 * What an ingress does with an upstream.
 *
 * Written by nexgen 0.1.0 from agent-ingress-command.json (sha256 a4e0367294b4c2eb); do not edit.
 */
#include <nex/protocol/agent_ingress_command.h>

/* clang-format off */
static const nex_enum_value enums_of_nex_agent_ingress_command[] = {
    {
        .text = "add", .value = NEX_AGENT_INGRESS_COMMAND_ADD,
    },
    {
        .text = "remove", .value = NEX_AGENT_INGRESS_COMMAND_REMOVE,
    },
};
const nex_type nex_agent_ingress_command_type = {
    .kind = NEX_KIND_ENUM, .size = sizeof(nex_agent_ingress_command), .name = "AgentIngressCommand",
    .enums = enums_of_nex_agent_ingress_command, .enum_count = 2, .rest_offset = NEX_NO_OFFSET,
    .pointer = "", .doc = "What an ingress does with an upstream.",
};

/* clang-format on */

const char *nex_agent_ingress_command_text(nex_agent_ingress_command value) {
    return nex_enum_text(&nex_agent_ingress_command_type, (int)value);
}

nex_agent_ingress_command nex_agent_ingress_command_parse(const char *text) {
    return (nex_agent_ingress_command)nex_enum_value_of(&nex_agent_ingress_command_type, text);
}
