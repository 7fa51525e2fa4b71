/*
 * State of a workload. "warm" is a function that waits for a trigger.
 *
 * Written by nexgen 0.1.0 from workload-state.json (sha256 30265f12dd1a47d0); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_STATE_H
#define NEX_PROTOCOL_WORKLOAD_STATE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

/** State of a workload. "warm" is a function that waits for a trigger. */
typedef enum nex_workload_state {
    NEX_WORKLOAD_STATE_UNSET = 0,
    NEX_WORKLOAD_STATE_STARTING = 1,
    NEX_WORKLOAD_STATE_RUNNING = 2,
    NEX_WORKLOAD_STATE_WARM = 3,
    NEX_WORKLOAD_STATE_STOPPING = 4,
    NEX_WORKLOAD_STATE_STOPPED = 5,
    NEX_WORKLOAD_STATE_ERROR = 6
} nex_workload_state;

extern NEX_API const nex_type nex_workload_state_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
NEX_API const char *nex_workload_state_text(nex_workload_state value);
NEX_API nex_workload_state nex_workload_state_parse(const char *text);

#ifdef __cplusplus
}
#endif

#endif
