/*
 * native_run.h - runs of real processes under the real nex-monitor, for tests.
 */
#ifndef NEX_TEST_NATIVE_RUN_H
#define NEX_TEST_NATIVE_RUN_H

#include "loop_wait.h"

#include <native/process_monitor.h>
#include <sys/types.h>

/** A loop and a process layer on a state directory. */
typedef struct native_rig {
    nex_loop *loop;
    nex_process_layer layer;
    loop_wait wait;
    char directory[64]; /* of the test: state, fifos */
    char state[96];
} native_rig;

/** What became of a run. */
typedef struct native_run {
    native_rig *rig;
    nex_process *process;
    bool started;
    bool failed;
    bool ended;
    bool refuse;       /* refuses output */
    size_t refuse_at;  /* refuses output from so much on; 0: not so */
    size_t wait_bytes; /* the wait is over with so much output on stdout; 0: not so */
    nex_process_info info;
    nex_process_exit exit;
    nex_error error;
    nex_buf out;
    nex_buf err;
    uint64_t missed;
} native_run;

extern const nex_process_events native_run_events;

/** A new directory and a layer in it. */
void native_rig_setup(native_rig *rig);
/** The same on the directory of another: as the next nexlet would be. */
void native_rig_again(native_rig *rig, const native_rig *other);
/** Frees the layer and the loop; the directory stays. */
void native_rig_close(native_rig *rig);
/** Closes, and removes the directory. */
void native_rig_teardown(native_rig *rig);

/** Starts `sh -c script` with $1, $2 and so on, and waits until it runs or failed. */
void native_run_sh(native_rig *rig, native_run *run, const char *id, const char *script,
                   const char *arg);
/** Starts a spec; id, path, argv and env are filled in when NULL. */
void native_run_spec(native_rig *rig, native_run *run, nex_process_spec *spec);
void native_run_adopt(native_rig *rig, native_run *run, const char *id);
void native_run_wait_end(native_run *run);
/** Waits until stdout holds a text, and returns where it begins. */
const char *native_run_wait_text(native_run *run, const char *text);
void native_run_clear(native_run *run);

/** Whether a process exists and is no zombie. */
bool native_alive(pid_t pid);
/** Waits until a process, which need be nobody's child, has ended. */
void native_wait_gone(pid_t pid);
/** How many descriptors this program has open. */
size_t native_open_descriptors(void);
/** Makes a fifo in the rig's directory; out gets its path. */
void native_fifo(const native_rig *rig, const char *name, char out[128]);
/** Writes a text into a fifo, once somebody reads it. */
void native_fifo_write(const char *path, const char *text);
/** Waits until a file of a workload's state directory was put in its place. */
void native_wait_file(const native_rig *rig, const char *id, const char *file,
                      bool (*good)(int directory));

#endif
