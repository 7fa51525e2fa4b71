/*
 * native/process.h - the process layer: how the nexlet reaches processes and their records.
 *
 * This is the nexlet's seam to the operating system: nex-monitor behind it in a program,
 * something pretended in a simulation. All calls are made, and all events come, on the loop
 * thread; no event comes from within a call of this table.
 *
 * A run is one execution of a workload, from start to the end of the last of its processes. It
 * goes on when the nexlet ends, and can be adopted by the next one.
 */
#ifndef NATIVE_PROCESS_H
#define NATIVE_PROCESS_H

#include <nex/core.h>

typedef struct nex_process nex_process;

/** In the environment of every process of a workload: by it those without parents are known. */
#define NATIVE_ID_VARIABLE "NEX_WORKLOAD_ID"
/** The same for attached runs, of which a workload may have several at a time. */
#define NATIVE_RUN_VARIABLE "NEX_WORKLOAD_RUN"

/** What to run. Borrowed for the call. */
typedef struct nex_process_spec {
    const char *workload_id;
    const char *path;            /**< the program, absolute */
    const nex_string_list *argv; /**< argv[0] too */
    const nex_string_list *env;  /**< NAME=value, all there is */
    const char *workdir;         /**< NULL: a directory of the workload's own */
    const void *stdin_data;      /**< NULL: nothing to read */
    size_t stdin_len;
    bool has_stdin_fd;
    int stdin_fd;      /**< instead of stdin_data: what it reads; duplicated */
    uint32_t run;      /**< 1 for the first */
    uint32_t failures; /**< runs that ended early, in a row, before this one */
    int stop_signal;
    nex_duration stop_grace;
    uint64_t log_file_bytes; /**< 0: the layer's default */
    uint32_t log_files;      /**< 0: the layer's default */
    /**
     * The run belongs to this nexlet: nothing is recorded, standard output comes as it is
     * written, not by lines, and all ends with the nexlet. For functions.
     */
    bool attached;
    bool held;            /**< all is made ready, and the program runs once `go` was called */
    const void *settings; /**< limits and isolation, as monitor/protocol.h encodes them */
    size_t settings_len;
} nex_process_spec;

/** A run that was started or found. */
typedef struct nex_process_info {
    int64_t pid;
    nex_time started;
    nex_duration age; /**< how long it has run, whatever was done to the clock meanwhile */
    uint32_t run;
    uint32_t failures;
    bool stopping; /**< a stop was asked for before it was found */
} nex_process_info;

typedef struct nex_process_exit {
    int code;
    int signal;     /**< 0: it exited with code */
    bool known;     /**< false: nobody saw how it ended */
    bool requested; /**< a stop was asked for */
    bool killed;    /**< it outlived its grace, and was killed */
    bool oom;       /**< the kernel killed it for want of memory */
    nex_time started;
    nex_time ended;
    uint32_t run;
    uint32_t failures;
    uint64_t log_lost; /**< pieces of output that the disk would not take */
    uint64_t cpu_ns;   /**< processor time of all its processes; 0: not known */
} nex_process_exit;

typedef enum nex_process_stream { NEX_PROCESS_STDOUT, NEX_PROCESS_STDERR } nex_process_stream;

/** What becomes of a run. After failed or ended the process is gone and its pointer void. */
typedef struct nex_process_events {
    /** It runs: the program was executed, or the adopted run goes on. Comes first, once. */
    void (*started)(void *arg, const nex_process_info *info);
    /** Nothing runs: the start failed, for the reason in err. */
    void (*failed)(void *arg, const nex_error *err);
    /**
     * A piece of output. False: not now; it comes again after `resume`, and nothing of the
     * workload's is lost or held up by that. `sequence` is its number in the workload's log, 0
     * where none is kept; `missed` counts pieces that came before it and are no longer to be had.
     */
    bool (*output)(void *arg, nex_process_stream stream, nex_time time, const void *data,
                   size_t len, uint64_t sequence, uint64_t missed);
    /** All its processes are gone, all its output was given out. */
    void (*ended)(void *arg, const nex_process_exit *exit);
} nex_process_events;

typedef enum nex_process_found {
    NEX_PROCESS_NONE = 0, /**< never started, or its start never got far */
    NEX_PROCESS_LIVE,     /**< somebody can tell: adopt it */
    NEX_PROCESS_ENDED,    /**< ended, see exit */
    NEX_PROCESS_LOST,     /**< may run or not: adopt it to have it ended */
    NEX_PROCESS_DAMAGED   /**< its record cannot be read: nobody can tell */
} nex_process_found;

/** A workload that is on record. Borrowed for the call. */
typedef struct nex_process_record {
    const char *workload_id;
    const void *saved; /**< as given to save; NULL: damaged, and put aside */
    size_t saved_len;
    nex_process_found found;
    nex_process_exit exit; /**< NEX_PROCESS_ENDED */
    bool retired;          /**< it was being stopped */
} nex_process_record;

typedef struct nex_process_ops {
    /** Keeps what the nexlet needs to know of a workload; it survives a crash of the nexlet. */
    nex_status (*save)(void *self, const char *workload_id, const void *data, size_t len,
                       nex_error *err);
    /** Calls found for each workload on record. */
    nex_status (*recover)(void *self, void (*found)(void *arg, const nex_process_record *record),
                          void *arg, nex_error *err);
    /** Starts a run. What comes of it comes as an event. */
    nex_status (*start)(void *self, const nex_process_spec *spec, const nex_process_events *events,
                        void *arg, nex_process **out, nex_error *err);
    /** Lets a run go that was started held. One that is released before never runs. */
    void (*go)(void *self, nex_process *process);
    /** Takes over the run of a workload. NEX_ENOTFOUND: there is none. */
    nex_status (*adopt)(void *self, const char *workload_id, const nex_process_events *events,
                        void *arg, nex_process **out, nex_error *err);
    /** Ends a run: its signal to the whole tree, grace, KILL. grace < 0: as the spec said. */
    void (*stop)(void *self, nex_process *process, int signal, nex_duration grace);
    /** Output that was refused may come again. */
    void (*resume)(void *self, nex_process *process);
    /** Lets go of a run, which goes on; no event comes any more. */
    void (*release)(void *self, nex_process *process);
    /** Forgets all about a workload that does not run, but that it was retired. */
    void (*forget)(void *self, const char *workload_id);
    /**
     * Puts on record that a workload is being stopped, or has ended for good, apart from all else
     * that is on record of it: no damage there, or elsewhere, can bring it back.
     */
    nex_status (*retire)(void *self, const char *workload_id, nex_error *err);
    /** Whether it was retired. */
    bool (*retired)(void *self, const char *workload_id);
    /**
     * Appends the path of the workload's own directory, in which "work" is for it to work in;
     * without an id, of one for what workloads share.
     */
    nex_status (*directory)(void *self, const char *workload_id, nex_buf *out, nex_error *err);
    /**
     * Opens the directory in which the workload's log lies; to be closed by the caller. NULL: this
     * layer keeps no logs.
     */
    nex_status (*log)(void *self, const char *workload_id, int *out, nex_error *err);
    void (*free)(void *self);
} nex_process_ops;

/** A process layer: its functions and what they work on. */
typedef struct nex_process_layer {
    const nex_process_ops *ops;
    void *self;
} nex_process_layer;

#endif
