/*
 * nex-sim: runs seeds of the simulated nexus. A seed decides how many machines there are, how
 * bad the network is, what the client asks for and what breaks when; then all is healed, and
 * what was promised must hold.
 *
 *     nex-sim                  the seeds that once failed, then 2,000 others
 *     nex-sim --seed N         one seed, its events on standard output
 *     nex-sim --from A --count N
 */
#include "nexus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHAOS (60 * NEX_SECOND)
#define CALM  (6 * NEX_MINUTE)

/* Seeds that found a fault once. They are run first, for ever. */
static const uint64_t once_failed[] = {3, 5, 6, 10, 18, 26, 29, 36, 51, 55, 345, 2100, 2500, 3446};

/* True when every message arrives. */
static bool set_network(nexus *n) {
    sim_faults faults = {.delay_min = 20 * NEX_MICROSECOND, .delay_max = 100 * NEX_MICROSECOND};
    switch (sim_random(n->world, 4)) {
    case 0:
        break;
    case 1:
        faults.delay_max = 50 * NEX_MILLISECOND;
        break;
    case 2:
        faults.delay_max = 5 * NEX_MILLISECOND;
        faults.drop = 5000;
        faults.reorder = 20000;
        break;
    default:
        faults.delay_max = 20 * NEX_MILLISECOND;
        faults.drop = 50000;
        faults.duplicate = 20000;
        faults.reorder = 50000;
        break;
    }
    sim_set_faults(n->world, &faults);
    return faults.drop == 0;
}

static machine *some_machine(nexus *n) {
    return &n->machines[sim_random(n->world, n->machine_count)];
}

static promise *some_promise(nexus *n) {
    return n->promise_count > 0 ? &n->promises[sim_random(n->world, n->promise_count)] : NULL;
}

/* What ran on a machine that is drained or loses power is not promised any more. */
static void mark_drained(nexus *n, const machine *m) {
    for (size_t i = 0; i < n->promise_count; i++) {
        if (test_agent_has(m->agent, n->promises[i].id)) {
            n->promises[i].drained = true;
        }
    }
}

static void ask_something(nexus *n) {
    promise *p = some_promise(n);
    uint64_t choice = sim_random(n->world, 100);
    if (choice < 45 || p == NULL) {
        nexus_start_workload(n);
    } else if (choice < 65) {
        nexus_stop_workload(n, p);
    } else if (choice < 75) {
        nexus_clone_workload(n, p);
    } else if (choice < 90) {
        nexus_list(n);
    } else {
        nexus_list_nodes(n);
    }
}

/* What is stored no more and runs nowhere either cannot come back. */
static void lose_state(nexus *n) {
    sim_jetstream_lose(n->world, 1 + sim_random(n->world, 3));
    n->state_lost = true;
    for (size_t i = 0; i < n->promise_count; i++) {
        if (nexus_running(n, n->promises[i].id) == 0) {
            n->promises[i].drained = true;
        }
    }
}

/* For shorter or longer than a client waits for a start, or a node. */
static void slow_down(nexus *n) {
    machine *m = some_machine(n);
    m->agent->run_late = sim_random(n->world, 2) == 0;
    machine_slow_down(m, (nex_duration)sim_random(n->world, 90) * NEX_SECOND);
}

static void break_something(nexus *n) {
    machine *m = some_machine(n);
    switch (sim_random(n->world, 11)) {
    case 8:
        machine_slow_down(m, (nex_duration)sim_random(n->world, 90) * NEX_SECOND);
        break;
    case 9:
        /* What ran is started again from the stored state, unless that was lost, too. */
        if (m->up && !m->remote && !n->state_lost) {
            machine_power_off(m);
        }
        break;
    case 10:
        if (sim_random(n->world, 4) == 0) {
            lose_state(n);
        }
        break;
    case 0:
    case 1:
        machine_crash(m);
        break;
    case 2:
    case 3:
        if (!m->up) {
            machine_boot(m);
        }
        break;
    case 4:
        machine_set_cut(m, !m->cut);
        break;
    case 5:
        if (m->up && !m->remote) {
            nexus_lameduck(n, m, (nex_duration)sim_random(n->world, 10) * NEX_SECOND);
            mark_drained(n, m);
        }
        break;
    case 6:
        sim_server_down(n->world, true);
        break;
    default:
        sim_server_down(n->world, false);
        break;
    }
}

/* Lame ducks that were asked to leave may still do so, with what they got meanwhile. */
static void mark_leaving(nexus *n) {
    for (size_t i = 0; i < n->machine_count; i++) {
        if (n->machines[i].agent->lameduck || n->machines[i].stopped) {
            mark_drained(n, &n->machines[i]);
        }
    }
}

static void heal(nexus *n) {
    sim_faults none = {.delay_min = 20 * NEX_MICROSECOND, .delay_max = 100 * NEX_MICROSECOND};
    sim_set_faults(n->world, &none);
    sim_server_down(n->world, false);
    for (size_t i = 0; i < n->machine_count; i++) {
        machine *m = &n->machines[i];
        machine_set_cut(m, false);
        if (!m->up) {
            machine_boot(m);
        }
    }
}

/* Runs one seed; true when all held. */
static bool run(uint64_t seed, FILE *trace) {
    sim *world = sim_new(seed);
    nexus n;
    sim_set_trace(world, trace);
    nexus_init(&n, world, 1 + sim_random(world, 3), sim_random(world, 2));
    sim_run_for(world, 2 * NEX_SECOND);
    bool lossless = set_network(&n);
    bool calm = sim_random(world, 5) == 0;
    n.undisturbed = calm && lossless;
    uint64_t until = sim_now(world) + (uint64_t)CHAOS;
    while (sim_now(world) < until && n.failure[0] == '\0') {
        if (sim_random(world, 6) > 0) {
            ask_something(&n);
        } else if (!calm) {
            break_something(&n);
        } else if (n.undisturbed) {
            slow_down(&n);
        }
        sim_run_for(world, (nex_duration)sim_random(world, 1500) * NEX_MILLISECOND);
        mark_leaving(&n);
    }
    /* Twice: a node that was in lame duck leaves in between, and is to be back at the end. */
    for (int i = 0; i < 2 && n.failure[0] == '\0'; i++) {
        heal(&n);
        sim_run_for(world, CALM / 2);
        mark_leaving(&n);
    }
    heal(&n);
    sim_run_for(world, NEX_MINUTE);
    if (n.failure[0] == '\0') {
        nexus_check_end(&n);
    }
    if (n.failure[0] != '\0') {
        fprintf(stderr, "seed %llu: %s (after %llu steps)\n", (unsigned long long)seed, n.failure,
                (unsigned long long)sim_steps(world));
    } else if (trace != NULL) {
        printf("seed %llu: held; %zu requests, %zu workloads placed, %llu steps, trace %016llx\n",
               (unsigned long long)seed, n.begun, n.placed, (unsigned long long)sim_steps(world),
               (unsigned long long)sim_trace_hash(world));
    }
    bool held = n.failure[0] == '\0';
    nexus_free(&n);
    sim_free(world);
    return held;
}

int main(int argc, char **argv) {
    uint64_t from = 1;
    uint64_t count = 2000;
    size_t failed = 0;
    size_t passed = 0;
    for (int i = 1; i + 1 < argc; i += 2) {
        uint64_t value = strtoull(argv[i + 1], NULL, 10);
        if (strcmp(argv[i], "--seed") == 0) {
            return run(value, stdout) ? 0 : 1;
        }
        if (strcmp(argv[i], "--from") == 0) {
            from = value;
        } else if (strcmp(argv[i], "--count") == 0) {
            count = value;
        } else {
            fprintf(stderr, "usage: %s [--seed N | --from A --count N]\n", argv[0]);
            return 2;
        }
    }
    for (size_t i = 0; i < sizeof once_failed / sizeof once_failed[0]; i++) {
        *(run(once_failed[i], NULL) ? &passed : &failed) += 1;
    }
    for (uint64_t seed = from; seed < from + count; seed++) {
        *(run(seed, NULL) ? &passed : &failed) += 1;
        if (failed >= 10) {
            break;
        }
    }
    printf("%zu passed, %zu failed\n", passed, failed);
    return failed == 0 ? 0 : 1;
}
