/*
 * node/local.h - the parts of local agents: what is to be run, and the process that runs it.
 */
#ifndef NEX_NODE_LOCAL_H
#define NEX_NODE_LOCAL_H

#include "node/internal.h"

#include <uv.h>

/** What a configured agent stands for: one program, or each program of a directory. */
nex_status local_resolve(const char *uri, nex_string_list *programs, nex_error *err);

/* ---- local_fetch.c: programs in an object store ---------------------------------------------- */

typedef struct local_fetch local_fetch;
/** The end of a fetch, whose pointer is no longer good; the program is in its place on NEX_OK. */
typedef void (*local_fetch_done)(void *arg, nex_status status, const nex_error *err);

/** Whether a URI names an object: nats://... */
bool local_is_object(const char *uri);
/** Where the program that a nats:// URI names is put. */
nex_status local_object_path(const nex_node *node, const char *uri, char *out, size_t size,
                             nex_error *err);
/** Fetches it there; done runs once, later. */
nex_status local_fetch_start(local_fetch **out, nex_node *node, const char *uri, const char *path,
                             local_fetch_done done, void *arg, nex_error *err);
/** done does not run any more. NULL is fine. */
void local_fetch_cancel(local_fetch *fetch);

/* ---- local_pid.c: processes an earlier, killed node may have left -----------------------------
 */

/** Notes that a process is about to run as an agent. dir NULL: nothing is kept. */
void local_pid_expect(const char *dir, const char *agent_id);
/** Notes which one does. */
void local_pid_write(const char *dir, const char *agent_id, int pid);
void local_pid_remove(const char *dir, const char *agent_id);
/**
 * Ends the process that an earlier node left, if there is one. Where no sound note says which, it
 * is the leader of a session that runs `program` with `variable` ("NAME=value") in its environment.
 */
void local_pid_reap(const char *dir, const char *agent_id, const char *program,
                    const char *variable, const nex_log *log);

/* ---- local_process.c ---------------------------------------------------------------------------
 */

typedef struct local_process local_process;

typedef struct local_process_options {
    uv_loop_t *uv;
    const nex_log *log;
    const char *name; /* for the log */
    const char *program;
    char *const *argv; /* NULL-terminated, argv[0] the program */
    char *const *env;  /* NULL-terminated, the whole environment */
    /* The process has ended and everything of it is freed. */
    void (*on_exit)(void *arg, int64_t status, int signal);
    void *arg;
} local_process_options;

/** Starts a process of its own session, its output line by line in the log. */
nex_status local_process_start(local_process **out, const local_process_options *options,
                               nex_error *err);
int local_process_pid(const local_process *process);
void local_process_kill(local_process *process, int signal);
/** Kills it and forgets about it: on_exit does not run any more. */
void local_process_abandon(local_process *process);

#endif
