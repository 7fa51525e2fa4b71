/* inmem/workload.h - the nexlet's parts, as they see each other. */
#ifndef INMEM_WORKLOAD_H
#define INMEM_WORKLOAD_H

#include "inmem/inmem.h"

#include "inmem_start_request.h"

#define UTHASH_NONFATAL_OOM 1
#include <uthash.h>

typedef enum inmem_state {
    INMEM_STARTING, /* its secrets are being fetched */
    INMEM_RUNNING,
    INMEM_WARM /* a function that waits for messages */
} inmem_state;

typedef struct inmem_trigger {
    struct inmem_workload *workload;
    nex_trigger *trigger;
} inmem_trigger;

typedef struct inmem_workload {
    nex_inmem *inmem;
    char *id;
    nex_start_workload_request *request; /* as it came, for clones */
    nex_inmem_start_request *start;
    nex_string_map environment; /* with secrets in their places */
    inmem_state state;
    bool resolving; /* its environment is in use until on_resolved */
    bool gone;      /* to be freed by on_resolved */
    nex_time started;
    uint64_t since;
    uint64_t ticks;
    nex_timer *timer;
    nex_agent_call **starts; /* wait for the start */
    size_t start_count;
    inmem_trigger *triggers;
    size_t trigger_count;
    struct inmem_reply *replies;          /* messages that are being worked on */
    nex_writer *writers[NEX_METRICS + 1]; /* made when first needed */
    nex_listener **listeners;
    size_t listener_count;
    UT_hash_handle hh;
} inmem_workload;

struct nex_inmem {
    nex_loop *loop;
    const nex_log *log;
    nex_agent *agent;
    char *type;
    int64_t max_workloads;
    bool lameduck;
    inmem_workload *workloads;
};

/* workload.c */
/** Starts a workload and ends the call, at once or later. */
void inmem_workload_start(nex_inmem *inmem, const char *id,
                          const nex_start_workload_request *request, nex_agent_call *call);
/** Joins a start under way, or answers at once for one that runs. */
void inmem_workload_join(inmem_workload *workload, nex_agent_call *call);
/** Ends and frees it; with an event if it ran. error NULL: none. */
void inmem_workload_end(inmem_workload *workload, const char *error);
inmem_workload *inmem_workload_find(const nex_inmem *inmem, const char *id);

/* output.c */
/** Appends a text with $NAME and ${NAME} replaced; what is not set stands for nothing. */
nex_status inmem_expand(const inmem_workload *workload, const char *text, nex_buf *out);
/** Writes any bytes; what is whole lines of them goes out at once. */
void inmem_write(inmem_workload *workload, nex_output output, const char *data, size_t len);
/** Ends output: what is written afterwards goes nowhere. */
void inmem_write_end(inmem_workload *workload);
/** Writes the lines of output and errors once, and services' metrics. */
void inmem_write_all(inmem_workload *workload);

/* function.c */
nex_status inmem_function_start(inmem_workload *workload, nex_error *err);
void inmem_function_stop(inmem_workload *workload);

/* events.c */
/** Hears what the start request names, until the stop. */
nex_status inmem_events_start(inmem_workload *workload, nex_error *err);
void inmem_events_stop(inmem_workload *workload);

/* list.c */
nex_status inmem_list(nex_inmem *inmem, const char *namespace_, const nex_string_list *filter,
                      nex_agent_list_workloads_response **out);

#endif
