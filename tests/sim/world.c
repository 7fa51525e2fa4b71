/* Time, chance, and the order in which things happen. */
#include "world.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

void *sim_alloc(size_t size) {
    void *memory = calloc(1, size);
    if (memory == NULL) {
        fputs("simulation: out of memory\n", stderr);
        abort();
    }
    return memory;
}

/* ---- Chance (splitmix64) ------------------------------------------------------------------ */

uint64_t sim_draw(uint64_t *state) {
    uint64_t z = (*state += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

uint64_t sim_draw_below(uint64_t *state, uint64_t bound) {
    return bound > 1 ? sim_draw(state) % bound : 0; /* the bias does not matter here */
}

uint64_t sim_random(sim *world, uint64_t bound) {
    return sim_draw_below(&world->test_random, bound);
}

bool sim_chance(sim *world, unsigned in_a_million) {
    return sim_random(world, 1000000) < in_a_million;
}

/* ---- The queue of events ------------------------------------------------------------------ */

static bool before(const sim_event *a, const sim_event *b) {
    return a->at != b->at ? a->at < b->at : a->order < b->order;
}

static void put_at(sim *world, size_t place, sim_event *event) {
    world->queue[place - 1] = event;
    event->place = place;
}

static void sift(sim *world, sim_event *event) {
    size_t place = event->place;
    while (place > 1 && before(event, world->queue[place / 2 - 1])) {
        put_at(world, place, world->queue[place / 2 - 1]);
        place /= 2;
    }
    for (;;) {
        size_t child = place * 2;
        if (child > world->queued) {
            break;
        }
        if (child < world->queued && before(world->queue[child], world->queue[child - 1])) {
            child++;
        }
        if (!before(world->queue[child - 1], event)) {
            break;
        }
        put_at(world, place, world->queue[child - 1]);
        place = child;
    }
    put_at(world, place, event);
}

void sim_schedule(sim *world, sim_event *event, uint64_t at) {
    sim_unschedule(world, event);
    if (world->queued == world->queue_cap) {
        size_t cap = world->queue_cap > 0 ? world->queue_cap * 2 : 256;
        sim_event **queue = realloc(world->queue, cap * sizeof(sim_event *));
        if (queue == NULL) {
            abort();
        }
        world->queue = queue;
        world->queue_cap = cap;
    }
    event->at = at > world->now ? at : world->now;
    event->order = world->orders++;
    put_at(world, ++world->queued, event);
    sift(world, event);
}

void sim_unschedule(sim *world, sim_event *event) {
    if (event->place == 0) {
        return;
    }
    size_t place = event->place;
    sim_event *last = world->queue[world->queued - 1];
    world->queued--;
    event->place = 0;
    if (last != event) {
        put_at(world, place, last);
        sift(world, last);
    }
}

/* ---- Steps -------------------------------------------------------------------------------- */

uint64_t sim_now(const sim *world) {
    return world->now;
}

uint64_t sim_steps(const sim *world) {
    return world->steps;
}

bool sim_step(sim *world) {
    if (world->queued == 0) {
        return false;
    }
    sim_event *event = world->queue[0];
    sim_unschedule(world, event);
    world->now = event->at;
    world->steps++;
    if (event->process != NULL && !event->process->alive) {
        event->drop(event);
    } else {
        event->run(event);
    }
    if (world->check != NULL) {
        world->check(world->check_arg);
    }
    return true;
}

void sim_run_for(sim *world, nex_duration duration) {
    uint64_t end = world->now + (uint64_t)duration;
    while (world->queued > 0 && world->queue[0]->at <= end) {
        sim_step(world);
    }
    world->now = end;
}

bool sim_run_until(sim *world, bool (*done)(void *arg), void *arg, nex_duration limit) {
    uint64_t end = world->now + (uint64_t)limit;
    while (!done(arg) && world->queued > 0 && world->queue[0]->at <= end) {
        sim_step(world);
    }
    return done(arg);
}

typedef struct timed {
    sim_event event;
    void (*cb)(void *arg);
    void *arg;
} timed;

static void run_timed(sim_event *event) {
    timed own = *(timed *)event;
    free(event);
    own.cb(own.arg);
}

static void drop_timed(sim_event *event) {
    free(event);
}

void sim_at(sim *world, nex_duration delay, void (*cb)(void *arg), void *arg) {
    timed *t = sim_alloc(sizeof *t);
    t->event.run = run_timed;
    t->event.drop = drop_timed;
    t->cb = cb;
    t->arg = arg;
    sim_schedule(world, &t->event, world->now + (uint64_t)delay);
}

/* ---- The trace ---------------------------------------------------------------------------- */

static void hash_bytes(sim *world, const void *data, size_t len) {
    const uint8_t *bytes = data;
    for (size_t i = 0; i < len; i++) {
        world->hash = (world->hash ^ bytes[i]) * 0x100000001b3U;
    }
}

void sim_record(sim *world, const sim_process *process, const char *what, const char *subject,
                const void *data, size_t len) {
    uint32_t who = process != NULL ? process->index : UINT32_MAX;
    hash_bytes(world, &world->now, sizeof world->now);
    hash_bytes(world, &who, sizeof who);
    hash_bytes(world, what, strlen(what) + 1);
    hash_bytes(world, subject, strlen(subject) + 1);
    hash_bytes(world, data, len);
    if (world->trace != NULL) {
        fprintf(world->trace, "%14.6f ms  %-12s %-8s %s %.*s\n", (double)world->now / 1e6,
                process != NULL ? process->name : "-", what, subject, len > 200 ? 200 : (int)len,
                len > 0 ? (const char *)data : "");
    }
}

void sim_note(sim *world, const char *text) {
    sim_record(world, NULL, "note", text, NULL, 0);
}

uint64_t sim_trace_hash(const sim *world) {
    return world->hash;
}

void sim_set_trace(sim *world, FILE *out) {
    world->trace = out;
}

void sim_set_check(sim *world, void (*check)(void *arg), void *arg) {
    world->check = check;
    world->check_arg = arg;
}

void sim_set_faults(sim *world, const sim_faults *faults) {
    world->faults = *faults;
}

uint64_t sim_network_delay(sim *world) {
    const sim_faults *f = &world->faults;
    uint64_t spread = f->delay_max > f->delay_min ? (uint64_t)(f->delay_max - f->delay_min) : 0;
    return (uint64_t)f->delay_min + sim_draw_below(&world->network_random, spread + 1);
}

/* ---- The world ---------------------------------------------------------------------------- */

sim *sim_new(uint64_t seed) {
    sim *world = sim_alloc(sizeof *world);
    world->hash = 0xcbf29ce484222325U;
    world->network_random = seed;
    world->test_random = sim_draw(&world->network_random);
    world->now = 1000000; /* a monotonic clock that nobody can take for unset */
    world->faults =
        (sim_faults){.delay_min = 20 * NEX_MICROSECOND, .delay_max = 100 * NEX_MICROSECOND};
    world->jetstream = sim_jetstream_new(world);
    world->server = sim_server_new(world);
    return world;
}

void sim_free(sim *world) {
    while (world->queued > 0) {
        sim_event *event = world->queue[0];
        sim_unschedule(world, event);
        event->drop(event);
    }
    sim_server_free(world->server);
    sim_jetstream_free(world->jetstream);
    while (world->processes != NULL) {
        sim_process *process = world->processes;
        world->processes = process->next;
        free(process->name);
        free(process);
    }
    free(world->queue);
    free(world);
}

/* ---- Processes ---------------------------------------------------------------------------- */

sim_process *sim_process_new(sim *world, const char *name) {
    sim_process *process = sim_alloc(sizeof *process);
    process->world = world;
    process->name = sim_alloc(strlen(name) + 1);
    strcpy(process->name, name);
    process->index = world->process_count++;
    process->alive = true;
    process->random = world->test_random ^ (0xd1342543de82ef95U * (process->index + 1));
    process->next = world->processes;
    world->processes = process;
    process->loop = sim_loop_new(process);
    sim_record(world, process, "start", name, NULL, 0);
    return process;
}

nex_loop *sim_process_loop(sim_process *process) {
    return (nex_loop *)process->loop;
}

const char *sim_process_name(const sim_process *process) {
    return process->name;
}

bool sim_process_alive(const sim_process *process) {
    return process->alive;
}

void sim_process_crash(sim_process *process) {
    if (process->alive) {
        sim_record(process->world, process, "crash", "", NULL, 0);
        process->alive = false;
        sim_server_forget_process(process);
    }
}

void sim_process_cut(sim_process *process, bool cut) {
    if (process->cut != cut) {
        sim_record(process->world, process, cut ? "cut" : "heal", "", NULL, 0);
        process->cut = cut;
        sim_server_cut_process(process, cut);
    }
}
