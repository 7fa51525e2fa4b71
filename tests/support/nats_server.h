/*
 * nats_server.h - a real nats-server as a child process, on a free port of 127.0.0.1.
 *
 * Functions that cannot do their work fail the running cmocka test. The child dies with the
 * test program, whatever ends that.
 */
#ifndef NEX_TEST_NATS_SERVER_H
#define NEX_TEST_NATS_SERVER_H

#include <stdbool.h>

typedef struct nats_server nats_server;

typedef struct nats_server_options {
    bool jetstream;
    const char *config; /**< text of a configuration file, without a listen address; or NULL */
} nats_server_options;

/** Starts a server and returns once it takes connections. options may be NULL. */
nats_server *nats_server_start(const nats_server_options *options);
/** "nats://127.0.0.1:<port>", valid as long as the server. */
const char *nats_server_url(const nats_server *server);
int nats_server_port(const nats_server *server);
/** The server's directory: its configuration, store and log; removed by nats_server_stop. */
const char *nats_server_dir(const nats_server *server);
/** Kills it at once (SIGKILL), so that nothing listens on its port. */
void nats_server_kill(nats_server *server);
/** Starts a killed one again, on the same port with the same store. */
void nats_server_restart(nats_server *server);
/** Has a running one read this configuration in place of its own. */
void nats_server_reload(nats_server *server, const char *config);
/** Stops it in the middle of whatever it does, so that it takes but answers nothing. */
void nats_server_freeze(nats_server *server);
void nats_server_thaw(nats_server *server);
/** Ends it and removes its directory; NULL is fine. */
void nats_server_stop(nats_server *server);

#endif
