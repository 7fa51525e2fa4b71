/*
 * fake_nodes.h - nodes that answer by script, on the simulated NATS, and a client to test.
 */
#ifndef NEX_TEST_FAKE_NODES_H
#define NEX_TEST_FAKE_NODES_H

#include "sim.h"

#include <nex/client.h>

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { FAKE_NODES_MAX = 4, FAKE_RULES_MAX = 8, FAKE_LOG_MAX = 64 };

/** How a node answers requests whose subject contains `verb`. The first rule that fits counts. */
typedef struct fake_rule {
    const char *verb;
    const char *body; /**< NULL: silence */
    nex_duration delay;
    const char *nodes;   /**< Nex-Nodes; NULL: none, as a node of the reference */
    const char *node_id; /**< Nex-Node; NULL: none */
    const char *header;  /**< a further header, and its value */
    const char *value;
    const char *header2;
    const char *value2;
    int copies; /**< further copies of the answer, as a faulty network makes them */
} fake_rule;

typedef struct fake_node {
    struct fake_world *world;
    sim_process *process;
    nex_bus *bus;
    nex_subscription *sub;
    fake_rule rules[FAKE_RULES_MAX];
    size_t rule_count;
} fake_node;

typedef struct fake_request {
    char subject[256];
    char body[4096];
    char explain[16];
    char nexus[32];
} fake_request;

typedef struct fake_world {
    sim *sim;
    fake_node nodes[FAKE_NODES_MAX];
    size_t node_count;
    sim_process *process; /**< the client's */
    nex_bus *bus;
    nex_client *client;
    fake_request log[FAKE_LOG_MAX]; /**< what the first node heard */
    size_t log_count;
    /* How the operation went. */
    bool done;
    nex_duration took;
    uint64_t began;
    nex_status status;
    nex_error error;
    char error_id[64];
    bool not_placed;
    size_t answered, expected, decline_count;
    char declines[512]; /**< "node:reason;..." */
} fake_world;

/** A world with so many nodes and a client; namespace_ NULL: "default". */
fake_world *fake_world_new(size_t nodes, const char *namespace_, const char *nexus);
void fake_world_free(fake_world *w);
void fake_answer(fake_world *w, size_t node, fake_rule rule);
/** Notes when an operation begins; to be called right before. */
void fake_begin(fake_world *w);
/** For callbacks: keeps the outcome. */
void fake_done(fake_world *w, const nex_outcome *outcome);
/** Runs until fake_done, at most five minutes of virtual time. */
void fake_wait(fake_world *w);
/** How many requests the first node heard whose subject contains `verb`. */
size_t fake_heard(const fake_world *w, const char *verb);
/** The n-th of them from 0. */
const fake_request *fake_request_of(const fake_world *w, const char *verb, size_t n);

/** A bid as JSON, in static memory of the caller's choice. */
#define FAKE_BID(id)                                                                               \
    "{\"bidder_id\":\"" id "\",\"xkey\":\"" FAKE_XKEY "\",\"start_request_schema\":\"{}\","        \
    "\"supported_lifecycles\":[\"service\",\"job\"]}"
/** Public part of FAKE_XKEY_SEED. */
#define FAKE_XKEY "XCA5HZLBKQFQJ77KFNY7HXNXJIGXRVKOBW7ZNAPJH5DN3SXTBCIA5IU3"

#endif
