/* sim/world.h - the inside of the simulation. */
#ifndef NEX_TEST_SIM_WORLD_H
#define NEX_TEST_SIM_WORLD_H

#include "loop/seam.h"
#include "sim.h"

typedef struct sim_event sim_event;
typedef struct sim_transport sim_transport;
typedef struct sim_server sim_server;
typedef struct sim_jetstream sim_jetstream;
typedef struct sim_loop sim_loop;

/** Something that happens at a time. Embedded first in a struct of whoever scheduled it. */
struct sim_event {
    uint64_t at;
    uint64_t order;                 /**< of events at one time: first scheduled, first run */
    size_t place;                   /**< in the queue, from 1; 0: not scheduled */
    sim_process *process;           /**< whose death cancels it, or NULL */
    void (*run)(sim_event *event);  /**< owns the event */
    void (*drop)(sim_event *event); /**< instead of run, when it is cancelled; owns it too */
};

struct sim_process {
    sim *world;
    sim_process *next;
    char *name;
    unsigned index;
    bool alive;
    bool cut;
    uint64_t random;
    sim_loop *loop; /**< NULL once freed */
    sim_transport *transports;
};

struct sim {
    uint64_t now;
    uint64_t steps;
    uint64_t orders;
    uint64_t hash;
    uint64_t network_random;
    uint64_t test_random;
    sim_event **queue; /**< a binary heap, the next event first */
    size_t queued;
    size_t queue_cap;
    sim_faults faults;
    sim_process *processes;
    unsigned process_count;
    sim_server *server;
    sim_jetstream *jetstream;
    FILE *trace;
    void (*check)(void *arg);
    void *check_arg;
};

void *sim_alloc(size_t size); /**< zeroed, never NULL */
uint64_t sim_draw(uint64_t *state);
uint64_t sim_draw_below(uint64_t *state, uint64_t bound);

void sim_schedule(sim *world, sim_event *event, uint64_t at);
void sim_unschedule(sim *world, sim_event *event);
/** Adds to the trace what happens to whom. */
void sim_record(sim *world, const sim_process *process, const char *what, const char *subject,
                const void *data, size_t len);

sim_loop *sim_loop_new(sim_process *process);

/* ---- The network and its server ----------------------------------------------------------- */

sim_server *sim_server_new(sim *world);
void sim_server_free(sim_server *server);
void sim_server_forget_process(sim_process *process);
void sim_server_cut_process(sim_process *process, bool cut);
/** Delivers a message to whoever listens on `to`; msg->subject may be another. */
size_t sim_server_deliver(sim_server *server, const char *to, const nex_msg *msg);
uint64_t sim_network_delay(sim *world);

sim_jetstream *sim_jetstream_new(sim *world);
void sim_jetstream_free(sim_jetstream *jetstream);
/** Whether the message was for JetStream (an API request, or a subject of a stream). */
bool sim_jetstream_take(sim_jetstream *jetstream, const nex_msg *msg);

#endif
