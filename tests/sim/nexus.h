/*
 * nexus.h - machines with nodes and nexlets, and a client that asks them for things, in one
 * simulated world.
 *
 * A machine outlives the processes on it: a node may crash and come back while what its nexlet
 * started runs on, as it does under a monitor. What runs is the node's, the runner's and the
 * client's real code; only the nexlet behind the runner is one that runs nothing (test_agent).
 */
#ifndef NEX_TEST_NEXUS_H
#define NEX_TEST_NEXUS_H

#include "sim.h"
#include "test_agent.h"

#include "node/node.h"

#include <nex/client.h>

enum { MACHINES_MAX = 5, WORKLOADS_MAX = 1024 };

typedef struct machine {
    struct nexus *nexus;
    char name[32];
    char seed[64];              /* of its node: the same after every restart */
    bool remote;                /* a remote nexlet instead of a node */
    char agent_id[NEX_ID_SIZE]; /* of the remote nexlet, which keeps it, */
    char node_id[64];           /* and goes back to the node it was with */
    test_agent *agent;          /* what runs on the machine */
    sim_process *process;
    nex_loop *loop;
    nex_bus *bus;
    nex_node *node;
    nex_agent *runner; /* of a remote nexlet */
    nex_node_embedded embedded;
    bool up;
    bool stopped; /* by lame duck, and to be freed */
    bool cut;
    unsigned generation;
} machine;

/** A workload the client was told runs. */
typedef struct promise {
    char id[NEX_ID_SIZE];
    bool stopping; /* a stop was asked for: it may run or not */
    bool stopped;  /* a stop was confirmed: it must not run again */
    bool drained;  /* its machine was put into lame duck, or lost what it ran */
} promise;

typedef struct nexus {
    sim *world;
    machine machines[MACHINES_MAX];
    size_t machine_count;
    sim_process *client_process;
    nex_loop *client_loop;
    nex_bus *client_bus;
    nex_client *client;
    promise promises[WORKLOADS_MAX];
    size_t promise_count;
    size_t open; /* operations under way */
    size_t begun;
    size_t placed;    /* starts that were confirmed */
    bool undisturbed; /* nothing is lost and nothing breaks; nexlets are slow at most */
    bool state_lost;  /* JetStream lost writes: what was stopped may come back */
    char failure[512];
} nexus;

void nexus_init(nexus *n, sim *world, size_t nodes, size_t remotes);
void nexus_free(nexus *n);
void machine_boot(machine *m);
/** Kills node or nexlet; what runs on the machine runs on. */
void machine_crash(machine *m);
/** The same, and the machine itself: nothing runs there any more. */
void machine_power_off(machine *m);
void machine_set_cut(machine *m, bool cut);

/** Its nexlet answers starts only after `duration`. */
void machine_slow_down(machine *m, nex_duration duration);

/** Begins an operation of the client; each ends on its own. */
void nexus_start_workload(nexus *n);
void nexus_stop_workload(nexus *n, promise *p);
void nexus_clone_workload(nexus *n, promise *p);
void nexus_list(nexus *n);
void nexus_list_nodes(nexus *n);
void nexus_lameduck(nexus *n, machine *m, nex_duration delay);

/** Says what is wrong, once. */
void nexus_fail(nexus *n, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/** How many machines run a workload. */
size_t nexus_running(const nexus *n, const char *id);
/** What must hold after every step: nothing runs in two places. */
void nexus_check(void *arg);
/** What must hold in the end, when all is healed: promises are kept, nothing hangs. */
void nexus_check_end(nexus *n);

#endif
