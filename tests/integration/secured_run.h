/*
 * secured_run.h - nats-server secured in one way or another, and all that connects to it as a
 * process of its own: node, remote nexlet (nexlet-native), workload (nex-test-workload), `nex`.
 */
#ifndef NEX_TEST_SECURED_RUN_H
#define NEX_TEST_SECURED_RUN_H

#include "cli_run.h"
#include "node_process.h"
#include "operator_mode.h"

enum { SECURED_WORDS = 16, SECURED_PATHS = 8 };

typedef struct secured_run {
    nexus_run nexus;
    operator_mode mode;
    bool operated; /* mode is there */
    /* How all but the workload connect. */
    const char *words[SECURED_WORDS]; /* of nex: global flags */
    const char *nexlet_words[SECURED_WORDS];
    nex_bus_options connection;
    char paths[SECURED_PATHS][160];
    size_t path_count;
    node_run node;
    process_run nexlet;
    nex_subscription *tap;
    nex_buf output; /* of workloads of namespace default, as the feed has it */
    const char *awaited;
    unsigned awaited_count;
} secured_run;

/** A directory, and keys for operator mode if wanted; no server yet. */
void secured_begin(secured_run *s, bool operated);
/** nats-server with JetStream; config NULL: that of operator mode. */
void secured_server(secured_run *s, const char *config);
/** A file (0600) in the directory; its path lives as long as s. */
const char *secured_file(secured_run *s, const char *name, const char *text);
/** Connects the client with s->connection. */
void secured_connect(secured_run *s);
/** A node without a nexlet of its own, and nexlet-native beside it; up to its registration. */
void secured_nodes(secured_run *s, const char *const *node_words);
#define SECURED_NODES(s, ...)                                                                      \
    secured_nodes((s), (const char *const[]){"--state", "kv", __VA_ARGS__, NULL})
/** The second half of that: nexlet-native. */
void secured_nexlet(secured_run *s);
void secured_end(secured_run *s);

/** `nex` with the words that connect, then these; its output. Fails unless it ends with 0. */
char *secured_nex(secured_run *s, const char *const *words);
#define SECURED_NEX(s, ...) secured_nex((s), (const char *const[]){__VA_ARGS__, NULL})
/** Starts nex-test-workload by `nex`; environment: more JSON members, each after a comma. */
void secured_workload(secured_run *s, const char *environment, char id[NEX_ID_SIZE]);
/** Asks the workload, which answers. */
void secured_hello(secured_run *s);
/** Waits until workloads of namespace default have written a line so often since the beginning. */
void secured_wait_output(secured_run *s, const char *line, unsigned count);

#endif
