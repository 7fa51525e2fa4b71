/*
 * sim.h - a world in one process: virtual time, seeded randomness, and a simulated NATS.
 *
 * A simulated process has a nex_loop and connects with sim_connect (a nex_connect_fn); what runs
 * on them is the real code of node, agent and client. Time passes only from event to event. One
 * seed gives one run: whatever a run did, sim_trace_hash tells whether another did the same, and
 * a failing seed fails again, step by step.
 *
 * The server knows wildcards, queue groups, no-responders, headers, flushes, and so much of
 * JetStream as nex/kv.h and nex/objectstore.h use. Faults are drawn from the seed: messages
 * lost, late, twice or out of order; processes cut off, crashed; the server gone, with the last
 * writes of JetStream lost. Nothing models credentials, permissions or TLS.
 *
 * Out of memory aborts: this is a tool for tests.
 */
#ifndef NEX_TEST_SIM_H
#define NEX_TEST_SIM_H

#include <nex/bus.h>
#include <nex/loop.h>

#include <stdio.h>

typedef struct sim sim;
typedef struct sim_process sim_process;

/** How the network behaves. Chances are in a million, for each message and each hop. */
typedef struct sim_faults {
    nex_duration delay_min; /**< of a hop */
    nex_duration delay_max;
    unsigned drop;
    unsigned duplicate;
    unsigned reorder; /**< overtakes or is overtaken: takes up to ten times delay_max */
} sim_faults;

/** A world without faults: each hop takes 20 to 100 microseconds. */
sim *sim_new(uint64_t seed);
/** Frees the world. Buses and loops of its processes must be closed and freed before. */
void sim_free(sim *world);

void sim_set_faults(sim *world, const sim_faults *faults);
/** Writes each event as a line of text; NULL: no more. */
void sim_set_trace(sim *world, FILE *out);
/** Runs after every step: the place for invariants. */
void sim_set_check(sim *world, void (*check)(void *arg), void *arg);
/** A hash of all that happened. */
uint64_t sim_trace_hash(const sim *world);
/** Adds an event of the test's own to the trace. */
void sim_note(sim *world, const char *text);

/** Nanoseconds since the beginning. */
uint64_t sim_now(const sim *world);
uint64_t sim_steps(const sim *world);
/** A number below bound for the test's choices, from the seed. */
uint64_t sim_random(sim *world, uint64_t bound);
/** Whether something with a chance in a million happens. */
bool sim_chance(sim *world, unsigned in_a_million);

/** Runs the next event; false when nothing is left to happen. */
bool sim_step(sim *world);
/** Runs all events of the next `duration`. */
void sim_run_for(sim *world, nex_duration duration);
/** Runs until done(arg), at most `limit` of virtual time; returns done(arg). */
bool sim_run_until(sim *world, bool (*done)(void *arg), void *arg, nex_duration limit);
/** Runs cb once, `delay` from now, whatever happens to processes. */
void sim_at(sim *world, nex_duration delay, void (*cb)(void *arg), void *arg);

/** A process with a loop of its own, both owned by the world. */
sim_process *sim_process_new(sim *world, const char *name);
/** Its loop; nex_loop_free it before sim_free. */
nex_loop *sim_process_loop(sim_process *process);
const char *sim_process_name(const sim_process *process);
bool sim_process_alive(const sim_process *process);
/**
 * Kills a process: no timer, post or message of it runs any more, and what it does from now on
 * (its objects still have to be freed) reaches nobody. Messages on their way to the server
 * arrive, then the server forgets it. A restarted one is a new process.
 */
void sim_process_crash(sim_process *process);
/**
 * Cuts a process off, or lets it come back. Messages both ways are lost; within a minute its
 * buses notice (NEX_BUS_DISCONNECTED). They reconnect soon after it is back.
 */
void sim_process_cut(sim_process *process, bool cut);
/** A nex_connect_fn; arg is the sim_process. Of the options, texts for the server are ignored. */
nex_status sim_connect(void *arg, nex_bus **out, nex_loop *loop, const nex_bus_options *options,
                       nex_error *err);

/** Stops the NATS server, or starts it again; JetStream keeps what it stored. */
void sim_server_down(sim *world, bool down);
/** Loses the last `count` messages that JetStream stored, as a power failure may. */
void sim_jetstream_lose(sim *world, size_t count);
/** How many messages JetStream has in the stream, 0 when there is no such stream. */
size_t sim_jetstream_count(const sim *world, const char *stream);

#endif
