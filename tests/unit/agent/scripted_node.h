/*
 * scripted_node.h - a node that answers agents by script, on the simulated NATS, and an agent
 * runner to test.
 */
#ifndef NEX_TEST_SCRIPTED_NODE_H
#define NEX_TEST_SCRIPTED_NODE_H

#include "sim.h"
#include "test_agent.h"

#include <nex/keys.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { SCRIPTED_LOG_MAX = 128 };

#define SCRIPTED_NODE  "NODE1"
#define SCRIPTED_AGENT "AGENT1"

typedef struct scripted_msg {
    char subject[256];
    char body[4096];
    char agent[64]; /**< header Nex-Agent */
    char boxed[8];  /**< header Nex-Boxed-Env */
    uint64_t at;
} scripted_msg;

typedef struct scripted_node {
    sim *world;
    sim_process *process; /**< the node's, and whoever asks the agent */
    sim_process *agent_process;
    nex_loop *loop;
    nex_bus *bus;
    nex_bus *agent_bus; /**< of an embedded agent */
    nex_subscription *registers, *enrolments, *heartbeats, *feed;
    /* What the node does. */
    const char *existing;   /**< JSON object of existing_state; default "{}" */
    const char *connection; /**< JSON object of connection_data; default SCRIPTED_CREDS */
    const char *refusal;    /**< success is false, with this message */
    const char *garbage;    /**< the answer to REGISTER, whatever it is */
    unsigned silent;        /**< so many REGISTERs get no answer */
    bool forgotten;         /**< heartbeats are answered with Nex-Unknown-Agent, until REGISTER */
    /* What it heard. */
    scripted_msg log[SCRIPTED_LOG_MAX];
    size_t log_count;
    /* The agent. */
    nex_agent_ops ops;
    test_agent *self;
    nex_agent *runner;
    /* The answer to the last question. */
    bool answered;
    nex_status status;
    char answer[4096];
    char code[32];
    char error[256];
    char agent_id[64]; /**< header agentId */
} scripted_node;

/** A node and an agent of that mode, which is made but not started; ops may be changed before. */
scripted_node *scripted_node_new(void);
/** Makes and starts the runner, and runs half a second. */
void scripted_start(scripted_node *n, nex_agent_options options);
/** The same for an embedded agent without further options. */
void scripted_start_embedded(scripted_node *n);
void scripted_node_free(scripted_node *n);
/** Stops listening to an agent's heartbeats and requests, as a node that went away; or comes. */
void scripted_listen(scripted_node *n, bool listen);
/** How many messages it heard whose subject contains `part`; and the i-th of them. */
size_t scripted_heard(const scripted_node *n, const char *part);
const scripted_msg *scripted_msg_of(const scripted_node *n, const char *part, size_t i);
/** Asks and runs until the answer or its absence (10 s of virtual time) is known. */
void scripted_ask(scripted_node *n, const char *subject, const char *body);
/** The same without waiting. */
void scripted_ask_later(scripted_node *n, const char *subject, const char *body);
void scripted_publish(scripted_node *n, const char *subject, const char *body);
void scripted_run(scripted_node *n, nex_duration duration);

/** NatsConnectionData that says nothing. */
#define SCRIPTED_CREDS                                                                             \
    "{\"conn_name\":\"\",\"nats_servers\":[],\"tls_cert\":\"\",\"tls_key\":\"\",\"tls_ca\":\"\","  \
    "\"tls_first\":false,\"nats_user_seed\":\"\",\"nats_user_jwt\":\"\",\"nats_user_nkey\":\"\","  \
    "\"nats_user_name\":\"\",\"nats_user_password\":\"\"}"

/** A STARTWORKLOAD body; run_request is a JSON text already escaped for a JSON string. */
#define SCRIPTED_START(run_request)                                                                \
    "{\"request\":{\"name\":\"hello\",\"namespace\":\"default\",\"description\":\"\","             \
    "\"workload_type\":\"test\",\"workload_lifecycle\":\"service\",\"run_request\":\"" run_request \
    "\",\"tags\":{}},\"workload_creds\":" SCRIPTED_CREDS "}"
#define SCRIPTED_START_SUBJECT                                                                     \
    "$NEX.SVC." SCRIPTED_NODE ".agent." SCRIPTED_AGENT ".STARTWORKLOAD.w1"

#endif
