/*
 * How long a workload lives: a service until it is stopped, a job until it is done, a function for
 * one message at a time.
 *
 * Written by nexgen 0.1.0 from workload-lifecycle.json (sha256 e60f8f6e439df1f6); do not edit.
 */
#ifndef NEX_PROTOCOL_WORKLOAD_LIFECYCLE_H
#define NEX_PROTOCOL_WORKLOAD_LIFECYCLE_H

#include <nex/codec.h>

#if NEX_CODEC_VERSION != 2
#error "generated for another version of libnex: run nexgen again"
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct nex_workload_lifecycle_list nex_workload_lifecycle_list;

/**
 * How long a workload lives: a service until it is stopped, a job until it is done, a function for
 * one message at a time.
 */
typedef enum nex_workload_lifecycle {
    NEX_WORKLOAD_LIFECYCLE_UNSET = 0,
    NEX_WORKLOAD_LIFECYCLE_SERVICE = 1,
    NEX_WORKLOAD_LIFECYCLE_JOB = 2,
    NEX_WORKLOAD_LIFECYCLE_FUNCTION = 3
} nex_workload_lifecycle;

struct nex_workload_lifecycle_list {
    nex_workload_lifecycle *items;
    size_t count;
};

extern NEX_API const nex_type nex_workload_lifecycle_type;

/** The text of a value, NULL for unset and unknown ones; and the value of a text, or unset. */
NEX_API const char *nex_workload_lifecycle_text(nex_workload_lifecycle value);
NEX_API nex_workload_lifecycle nex_workload_lifecycle_parse(const char *text);

#ifdef __cplusplus
}
#endif

#endif
