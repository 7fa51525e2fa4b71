/*
 * State of a node.
 *
 * Written by nexgen 0.1.0 from node-state.json (sha256 61e426f48f70db8d); do not edit.
 */
#ifndef NEX_PROTOCOL_NODE_STATE_H
#define NEX_PROTOCOL_NODE_STATE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** State of a node. */
typedef enum nex_node_state {
    NEX_NODE_STATE_UNSET = 0,
    NEX_NODE_STATE_STARTING = 1,
    NEX_NODE_STATE_RUNNING = 2,
    NEX_NODE_STATE_LAMEDUCK = 3,
    NEX_NODE_STATE_STOPPING = 4,
    NEX_NODE_STATE_ERROR = 5
} nex_node_state;

extern NEX_API const nex_type nex_node_state_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
NEX_API const char *nex_node_state_text(nex_node_state value);
NEX_API nex_node_state nex_node_state_parse(const char *text);

#ifdef __cplusplus
}
#endif

#endif
