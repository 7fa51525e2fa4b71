/*
 * What an ingress does with an upstream.
 *
 * Written by nexgen 0.1.0 from agent-ingress-command.json (sha256 a4e0367294b4c2eb); do not edit.
 */
#ifndef NEX_PROTOCOL_AGENT_INGRESS_COMMAND_H
#define NEX_PROTOCOL_AGENT_INGRESS_COMMAND_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** What an ingress does with an upstream. */
typedef enum nex_agent_ingress_command {
    NEX_AGENT_INGRESS_COMMAND_UNSET = 0,
    NEX_AGENT_INGRESS_COMMAND_ADD = 1,
    NEX_AGENT_INGRESS_COMMAND_REMOVE = 2
} nex_agent_ingress_command;

extern NEX_API const nex_type nex_agent_ingress_command_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
NEX_API const char *nex_agent_ingress_command_text(nex_agent_ingress_command value);
NEX_API nex_agent_ingress_command nex_agent_ingress_command_parse(const char *text);

#ifdef __cplusplus
}
#endif

#endif
