/*
 * cli.h - what the commands share: the options, results on standard output, errors on standard
 * error, and the connection.
 *
 * A command is a function that returns the exit status: 0 done, 1 failed, 2 wrong usage.
 */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include "options.h"

#include "log.h"

#include <nex/client.h>

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

/** A document and the file it came from. */
typedef struct document {
    nex_json *doc;
    char *file;
} document;

typedef struct cli {
    options options;
    document nexfile; /**< of workload start, for the places of its values */
    bool json;
} cli;

typedef int (*command_fn)(cli *c);

int node_up(cli *c);
int node_list(cli *c);
int node_info(cli *c);
int node_lameduck(cli *c);
int workload_start(cli *c);
int workload_stop(cli *c);
int workload_list(cli *c);
int workload_clone(cli *c);
int workload_info(cli *c);
int workload_logs(cli *c);
int workload_check(cli *c);
int secret_set(cli *c);
int secret_list(cli *c);
int secret_rm(cli *c);
int artifact_push(cli *c);
int artifact_list(cli *c);
int artifact_rm(cli *c);
int schema_validate(cli *c);
int completion(cli *c);
int version(cli *c);

/** Adds the Nexfile, if there is one, to the settings of workload start. */
nex_status workload_start_settings(cli *c, nex_error *err);

/* ---- Results and errors ------------------------------------------------------------------- */

/** One fault in a document. */
typedef struct problem {
    char *file;    /**< or "--start-request" */
    char *pointer; /**< JSON pointer in the document */
    char *message;
    unsigned line, column; /**< 0: not known */
} problem;

typedef struct problems {
    problem *items;
    size_t count;
} problems;

nex_status problems_add(problems *p, const char *file, unsigned line, unsigned column,
                        const char *pointer, const char *message);
void problems_free(problems *p);

/** Writes to standard output and returns the exit status: a failed write is a failure. */
int print_result(const cli *c, const nex_buf *text);
/** The same for the text that a status went with, which may be out of memory. */
int print_made(const cli *c, nex_status status, nex_buf *text);

/** Wrong usage; exit status 2. */
int fail_usage(bool json, const nex_error *err);
/** Any other error; exit status 1. */
int fail(const cli *c, const nex_error *err);
/** An operation that failed, with the declines of the nodes. */
int fail_outcome(const cli *c, const nex_outcome *outcome);
/** A document that is not right. */
int fail_problems(const cli *c, const char *what, const problems *p);
/** A line on standard error for people; none with --json. */
void warn(const cli *c, const char *fmt, ...) NEX_PRINTF(2, 3);

/** The result of workload start and clone. */
int print_started(const cli *c, const nex_started *started);
/** Warns of nodes that failed, or did not answer though others know of them. */
void warn_of_silent_nodes(const cli *c, const nex_outcome *outcome);
/** "2d 3h 1m 5s" */
void friendly_duration(nex_duration d, char *out, size_t size);

/* ---- Connecting --------------------------------------------------------------------------- */

/** Options of a connection, and the memory they point to. */
typedef struct connection {
    nex_bus_options options;
    char *js_domain; /**< or NULL */
    void *owned;
} connection;

/** From the NATS settings: a context, else servers and credentials. */
nex_status connection_make(connection *out, const settings *s, nex_error *err);
void connection_free(connection *c);

/** A client command's loop, bus and client. */
typedef struct session {
    connection connection;
    logger logger; /**< to standard error, when a level was asked for */
    nex_loop *loop;
    nex_bus *bus;
    nex_client *client;
} session;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define CLI_ORDERLY_END 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define CLI_ORDERLY_END 1
#endif
#endif
#ifndef CLI_ORDERLY_END
#define CLI_ORDERLY_END 0 /**< whether memory and connections are given back at the end */
#endif

/** Connects. On failure what there is must be closed too. */
nex_status session_open(session *s, const cli *c, nex_error *err);
/** The same with room for so many messages only, when they come faster than they are dealt with. */
nex_status session_open_bounded(session *s, const cli *c, size_t max_pending, nex_error *err);
void session_close(session *s);

/** Makes the kernel this process's source of OpenSSL's random numbers. Before the first thread. */
void entropy_from_kernel(void);

#endif
