/*
 * agent_fixture.h - a real nats-server, a node and a client in this process, and agents in each
 * of their three modes: embedded (inmem), local (the program nexlet-inmem), remote.
 */
#ifndef NEX_TEST_AGENT_FIXTURE_H
#define NEX_TEST_AGENT_FIXTURE_H

#include "loop_wait.h"
#include "nats_server.h"
#include "operator_mode.h"

#include "inmem/inmem.h"
#include "node/node.h"

#include <nex/client.h>

enum { AF_HEARD_MAX = 512 };

typedef struct af_heard {
    char subject[160];
    char body[8192];
} af_heard;

typedef struct agent_fixture {
    nats_server *server;
    bool secured;
    bool tls;
    operator_mode mode;
    char creds_file[96]; /* of a user who may do anything; "" without operator mode */
    char dir[64];        /* resource directory of the node */
    char output[96];     /* a file for what a program says */
    char node_seed[NEX_KEY_TEXT_SIZE];
    nex_loop *loop;
    loop_wait wait;
    nex_bus *node_bus;
    nex_bus *bus; /* the client's, and the tap's */
    nex_client *client;
    nex_subscription *tap;
    nex_node *node;
    nex_inmem *embedded;
    nex_node_embedded embedded_options;
    nex_inmem *remote;
    nex_agent *remote_runner;
    nex_node_options options; /* for af_node_start; changed before */
    nex_node_agent local;
    /* Everything that went over NATS, the newest AF_HEARD_MAX messages. */
    af_heard heard[AF_HEARD_MAX];
    size_t heard_count;
    const char *expected_subject; /* what af_expect waits for */
    const char *expected_body;
    /* The last operation of the client. */
    nex_status status;
    char message[NEX_ERROR_MESSAGE_SIZE];
    char id[64];
    size_t listed;
} agent_fixture;

typedef enum af_kind {
    AF_OPEN,
    AF_SECURED, /* nats-server in operator mode, the node with a signing key */
    AF_TLS      /* nats-server wants client certificates */
} af_kind;

/** JetStream is on in all kinds. */
agent_fixture *af_new(af_kind kind);
void af_free(agent_fixture *f);

/** Starts a node with an embedded inmem ("inmem") and, if local is set, nexlet-inmem ("local"). */
void af_node_start(agent_fixture *f);
/** Frees node and embedded nexlet without a word, as a crash would. */
void af_node_crash(agent_fixture *f);
/** The process of the local agent; 0 when there is no child but the server, dead or alive. */
int af_local_pid(void);
/** A remote inmem of type "remote" in this process; returns once it is registered. */
void af_remote_start(agent_fixture *f, const char *identity_file);
void af_remote_crash(agent_fixture *f);

/** Starts a workload as namespace default; f->status, f->message and f->id say how it went. */
void af_start(agent_fixture *f, const char *type, nex_workload_lifecycle lifecycle,
              const char *name, const char *run_request);
void af_start_ok(agent_fixture *f, const char *type, nex_workload_lifecycle lifecycle,
                 const char *name, const char *run_request);
void af_stop(agent_fixture *f, const char *id);
void af_clone(agent_fixture *f, const char *id);
/** How many workloads the namespace has. */
size_t af_list(agent_fixture *f);
/** Asks anything; the answer's body is in heard as "answer", "" when there was none. */
const char *af_ask(agent_fixture *f, const char *subject, const char *body);

/** Waits until a message was heard whose subject and body contain these; forgets it. */
void af_expect(agent_fixture *f, const char *subject, const char *body);
/** Whether any message heard since the last af_forget contains the text. */
bool af_leaked(const agent_fixture *f, const char *text);
void af_forget(agent_fixture *f);

#endif
