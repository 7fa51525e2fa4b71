/*
 * native/warm.h - processes of a function that are kept ready and fed message after message.
 *
 * What they read and write is described in docs/native-nexlet.md: on standard input
 * "run <head bytes> <body bytes>\n", the head (NAME=value lines) and the body; on standard output
 * "ok <bytes>\n" or "error <bytes>\n" and the answer.
 */
#ifndef NATIVE_WARM_H
#define NATIVE_WARM_H

#include "native/workload.h"

typedef struct native_warm native_warm;
typedef struct native_warm_slot native_warm_slot;

/** The end of a run: an answer, or what went wrong. The slot is void. */
typedef void (*native_warm_cb)(void *arg, const char *error, const void *data, size_t len);

typedef struct native_warm_options {
    native_workload *workload;
    size_t processes;
    void (*idle)(void *arg); /**< a process is ready for a message */
    /** They end before they ever answer, again and again; all are being ended. */
    void (*gave_up)(void *arg, const char *reason);
    void (*gone)(void *arg); /**< after native_warm_stop: no process is left. The last call. */
    void *arg;
} native_warm_options;

/** Makes a pool; its processes are started one by one, from the loop. */
nex_status native_warm_new(native_warm **out, const native_warm_options *options, nex_error *err);
bool native_warm_is_idle(const native_warm *warm);
/** Adds what its processes use, and what those that have ended used. */
void native_warm_measure(const native_warm *warm, native_usage *total);
/** Gives a message to an idle process. cb runs once, later, unless this fails. */
nex_status native_warm_run(native_warm *warm, const nex_string_list *head, const void *body,
                           size_t len, native_warm_cb cb, void *arg, native_warm_slot **out,
                           nex_error *err);
/** Ends the process that works on a message, which then ends for this reason (not copied). */
void native_warm_kill(native_warm_slot *slot, const char *reason);
/** Ends all; `gone` comes later, or at once. */
void native_warm_stop(native_warm *warm);
/** Ends all at once, tells nothing. NULL is fine. */
void native_warm_free(native_warm *warm);

#endif
