/*
 * node_process.h - nodes as processes of their own (bin/nex node up), beside a client in the
 * test: what they answer, what they leave behind.
 *
 * The test program is made the subreaper of whatever it starts, so that each process that is
 * left anywhere below it can be found. Functions that cannot do their work fail the test.
 */
#ifndef NEX_TEST_NODE_PROCESS_H
#define NEX_TEST_NODE_PROCESS_H

#include "loop_wait.h"
#include "nats_server.h"

#include <nex/client.h>
#include <stdio.h>
#include <sys/types.h>

enum { NODE_ID_SIZE = 64, LISTED_MAX = 512 };

/** A nats-server, a directory, and a client that asks as "system". */
typedef struct nexus_run {
    nats_server *server;
    char dir[64];
    nex_loop *loop;
    nex_bus *bus;
    nex_client *client;
    loop_wait wait;
    unsigned connects; /* how often the client has connected */
    unsigned logs;     /* log files made so far */
} nexus_run;

/** A program with its output in a file. */
typedef struct process_run {
    pid_t pid;
    int pidfd;
    char log[128];
} process_run;

/** A node. */
typedef struct node_run {
    process_run process;
    char id[NODE_ID_SIZE];
} node_run;

typedef struct listed {
    char id[NEX_ID_SIZE];
    char node[NODE_ID_SIZE];
    char name[64];
    char state[16];
    pid_t pid; /* 0: it has none */
} listed;

/** Starts nats-server and the client. */
void nexus_run_start(nexus_run *nexus, bool jetstream);
/** Without a server: nexus_run_connect says where it is, later. */
void nexus_run_start_bare(nexus_run *nexus);
/** Ends them, removes the directory, and fails if a process is left. */
void nexus_run_end(nexus_run *nexus);
/** The client connects, to a server that was started otherwise. */
void nexus_run_connect(nexus_run *nexus, const char *url);
/** The same, with credentials and TLS of these options. */
void nexus_run_connect_as(nexus_run *nexus, const char *url, const nex_bus_options *options);
void nexus_run_disconnect(nexus_run *nexus);
/** Waits until the client has connected so many times. */
void nexus_run_wait_connected(nexus_run *nexus, unsigned times);

/** Runs a program; words are its arguments, NULL-terminated. */
void process_start(nexus_run *nexus, process_run *process, const char *program,
                   const char *const *words);
/** Waits until the log has a text, `count` times, at most 30 s. */
void process_wait_log(process_run *process, const char *text, unsigned count);
/** What follows the first `mark` in the log, up to a blank; fails when it is not there. */
void process_find_log(const process_run *process, const char *mark, char *out, size_t size);
unsigned process_count_log(const process_run *process, const char *text);
/** Waits for the end, at most `limit` seconds; the exit status, or 128 and the signal. */
int process_wait_end(process_run *process, double limit);

/** `nex node up` on the nexus's server, with these words after it; returns once it is ready. */
void node_start(nexus_run *nexus, node_run *node, const char *const *words);
#define NODE_START(nexus, node, ...)                                                               \
    node_start((nexus), (node), (const char *const[]){__VA_ARGS__, NULL})
/** Sends a signal and waits for the end, which comes within 10 s. The exit status, as above. */
int node_end(node_run *node, int signal);

/** Open descriptors of a process. */
size_t descriptors_of(pid_t pid);
/** Children and their children, without those that have ended; out may be NULL. */
size_t descendants_of(pid_t pid, pid_t *out, size_t max);
/** Files and directories below a path. */
size_t files_below(const char *path);
/** Waits until a process is gone, at most 30 s. */
void wait_until_gone(pid_t pid);
bool process_lives(pid_t pid);

double seconds_now(void);

/** How the last of the following went. */
typedef struct outcome {
    nex_status status;
    char message[1024]; /* of the error */
    char reasons[2048]; /* "NODE reason: detail" a line, of the declines */
    size_t declines;
    double seconds;
} outcome;

typedef struct start_of {
    const char *name;
    const char *namespace_;           /* NULL: default */
    const char *type;                 /* NULL: native */
    const char *run;                  /* NULL: sleep for an hour */
    nex_workload_lifecycle lifecycle; /* 0: service */
    const char *tag;                  /* NULL, or a name and */
    const char *value;
    const char *node; /* only this one; NULL: any */
} start_of;

outcome workload_start(nexus_run *nexus, start_of what, char id[NEX_ID_SIZE]);
outcome workload_stop(nexus_run *nexus, const char *id);
outcome workload_clone(nexus_run *nexus, const char *id, const char *tag, const char *value,
                       bool stop, char clone[NEX_ID_SIZE]);
outcome workloads_list(nexus_run *nexus, listed out[LISTED_MAX], size_t *count);
outcome nodes_list(nexus_run *nexus, size_t *count);

/** Fails the test, with what was said, unless it went well. */
void assert_went_well(outcome o);
/** The one workload of that id in the list of all. */
listed find_listed(nexus_run *nexus, const char *id);

/** A request with any bytes; the answer's body (to be freed) or NULL after `timeout`. */
char *raw_request(nexus_run *nexus, const char *subject, const char *body, nex_duration timeout);

#endif
