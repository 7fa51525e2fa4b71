#include "nexus.h"

#include <nex/keys.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void nexus_fail(nexus *n, const char *fmt, ...) {
    if (n->failure[0] != '\0') {
        return;
    }
    va_list args;
    va_start(args, fmt);
    vsnprintf(n->failure, sizeof n->failure, fmt, args);
    va_end(args);
}

static void must(nexus *n, nex_status status, const nex_error *err, const char *what) {
    if (status != NEX_OK) {
        nexus_fail(n, "%s: %s", what,
                   err->message[0] != '\0' ? err->message : nex_status_name(status));
    }
}

/* ---- Machines ---------------------------------------------------------------------------- */

static void attach(void *self, nex_agent *runner) {
    ((test_agent *)self)->runner = runner;
}

static void stop_all(void *self, void (*done)(void *arg), void *arg) {
    test_agent_clear(self);
    done(arg);
}

static void on_stopped(void *arg) {
    machine *m = arg;
    m->stopped = true;
}

static void boot_node(machine *m) {
    nexus *n = m->nexus;
    nex_error err;
    m->embedded = (nex_node_embedded){.name = "native",
                                      .ops = &test_agent_ops,
                                      .self = m->agent,
                                      .attach = attach,
                                      .stop_all = stop_all};
    nex_node_options options = {.loop = m->loop,
                                .bus = m->bus,
                                .name = m->name,
                                .seed = m->seed,
                                .state_kv = true,
                                .allow_remote_agents = true,
                                .embedded = &m->embedded,
                                .embedded_count = 1,
                                .on_stopped = on_stopped,
                                .arg = m};
    nex_error_clear(&err);
    must(n, nex_node_new(&m->node, &options, &err), &err, "nex_node_new");
    if (m->node != NULL) {
        must(n, nex_node_start(m->node, &err), &err, "nex_node_start");
    }
}

static void boot_remote(machine *m) {
    nexus *n = m->nexus;
    nex_error err;
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE,
                                 .loop = m->loop,
                                 .connect = sim_connect,
                                 .connect_arg = m->process,
                                 .node_id = m->node_id[0] != '\0' ? m->node_id : NULL,
                                 .agent_id = m->agent_id[0] != '\0' ? m->agent_id : NULL};
    nex_error_clear(&err);
    must(n, nex_agent_new(&m->runner, &test_agent_ops, m->agent, &options, &err), &err,
         "nex_agent_new");
    if (m->runner != NULL) {
        must(n, nex_agent_start(m->runner, &err), &err, "nex_agent_start");
    }
}

void machine_boot(machine *m) {
    nexus *n = m->nexus;
    char name[48];
    nex_error err;
    snprintf(name, sizeof name, "%s.%u", m->name, ++m->generation);
    m->process = sim_process_new(n->world, name);
    m->loop = sim_process_loop(m->process);
    m->agent->lameduck = false;
    m->up = true;
    m->cut = false;
    m->stopped = false;
    if (m->remote) {
        boot_remote(m);
        return;
    }
    nex_bus_options options = {.keep_trying = true};
    nex_error_clear(&err);
    must(n, sim_connect(m->process, &m->bus, m->loop, &options, &err), &err, "sim_connect");
    if (m->bus != NULL) {
        boot_node(m);
    }
}

static void bury(machine *m) {
    if (m->runner != NULL && nex_agent_id(m->runner)[0] != '\0') {
        snprintf(m->agent_id, sizeof m->agent_id, "%s", nex_agent_id(m->runner));
        snprintf(m->node_id, sizeof m->node_id, "%s", nex_agent_node_id(m->runner));
    }
    nex_node_free(m->node);
    nex_agent_free(m->runner);
    m->agent->hold_starts = false;
    test_agent_forget_late(m->agent);
    test_agent_release(m->agent); /* to nobody */
    nex_bus_close(m->bus);
    nex_loop_free(m->loop);
    m->node = NULL;
    m->runner = NULL;
    m->bus = NULL;
    m->loop = NULL;
    m->process = NULL;
    m->up = false;
}

void machine_crash(machine *m) {
    if (m->up) {
        sim_process_crash(m->process);
        bury(m);
    }
}

void machine_power_off(machine *m) {
    machine_crash(m);
    test_agent_clear(m->agent);
}

void machine_set_cut(machine *m, bool cut) {
    if (m->up) {
        sim_process_cut(m->process, cut);
        m->cut = cut;
    }
}

void nexus_init(nexus *n, sim *world, size_t nodes, size_t remotes) {
    nex_error err;
    memset(n, 0, sizeof *n);
    n->world = world;
    n->machine_count = nodes + remotes;
    for (size_t i = 0; i < n->machine_count; i++) {
        machine *m = &n->machines[i];
        nex_key *key = NULL;
        uint8_t secret[32];
        memset(secret, (int)(i + 1), sizeof secret);
        m->nexus = n;
        m->remote = i >= nodes;
        snprintf(m->name, sizeof m->name, "%s%zu", m->remote ? "remote" : "node", i);
        if (nex_key_from_raw(&key, NEX_KEY_SERVER, secret, &err) != NEX_OK ||
            nex_key_seed(key, m->seed) != NEX_OK) {
            nexus_fail(n, "no key for %s", m->name);
        }
        nex_key_free(key);
        m->agent = calloc(1, sizeof *m->agent);
        if (m->agent == NULL) {
            abort();
        }
        machine_boot(m);
    }
    n->client_process = sim_process_new(world, "client");
    n->client_loop = sim_process_loop(n->client_process);
    nex_bus_options options = {.keep_trying = true};
    must(n, sim_connect(n->client_process, &n->client_bus, n->client_loop, &options, &err), &err,
         "sim_connect");
    nex_client_options client = {.bus = n->client_bus, .namespace_ = "default"};
    must(n, nex_client_new(&n->client, &client, &err), &err, "nex_client_new");
    sim_set_check(world, nexus_check, n);
}

void nexus_free(nexus *n) {
    sim_set_check(n->world, NULL, NULL);
    nex_client_free(n->client);
    nex_bus_close(n->client_bus);
    nex_loop_free(n->client_loop);
    for (size_t i = 0; i < n->machine_count; i++) {
        machine *m = &n->machines[i];
        if (m->up) {
            bury(m);
        }
        test_agent_clear(m->agent);
        free(m->agent);
    }
}

static void end_slowness(void *arg) {
    machine *m = arg;
    m->agent->hold_starts = false;
    test_agent_release(m->agent);
}

void machine_slow_down(machine *m, nex_duration duration) {
    m->agent->hold_starts = true;
    sim_at(m->nexus->world, duration, end_slowness, m);
}

/* ---- Invariants -------------------------------------------------------------------------- */

size_t nexus_running(const nexus *n, const char *id) {
    size_t count = 0;
    for (size_t i = 0; i < n->machine_count; i++) {
        count += test_agent_has(n->machines[i].agent, id);
    }
    return count;
}

void nexus_check(void *arg) {
    nexus *n = arg;
    for (size_t i = 0; i < n->machine_count; i++) {
        machine *m = &n->machines[i];
        for (size_t k = 0; k < m->agent->count; k++) {
            const char *id = m->agent->workloads[k].id;
            if (nexus_running(n, id) > 1) {
                nexus_fail(n, "workload %s runs in two places, one of them %s", id, m->name);
            }
        }
        if (m->stopped && m->up) {
            bury(m);
        }
    }
}

/* Where nothing was lost on the way, the client knows of all that runs. */
static void check_orphans(nexus *n) {
    for (size_t i = 0; i < n->machine_count; i++) {
        const machine *m = &n->machines[i];
        for (size_t k = 0; k < m->agent->count; k++) {
            size_t p = 0;
            while (p < n->promise_count &&
                   strcmp(n->promises[p].id, m->agent->workloads[k].id) != 0) {
                p++;
            }
            if (p == n->promise_count) {
                nexus_fail(n, "workload %s runs on %s, and the client was told of another one",
                           m->agent->workloads[k].id, m->name);
            }
        }
    }
}

void nexus_check_end(nexus *n) {
    if (n->undisturbed) {
        check_orphans(n);
    }
    if (n->open > 0) {
        nexus_fail(n, "%zu of %zu requests never ended", n->open, n->begun);
    }
    for (size_t i = 0; i < n->promise_count; i++) {
        const promise *p = &n->promises[i];
        size_t running = nexus_running(n, p->id);
        if (p->stopped && running > 0 && !n->state_lost) {
            nexus_fail(n, "workload %s runs although its stop was confirmed", p->id);
        }
        if (!p->stopping && !p->stopped && !p->drained && running == 0) {
            nexus_fail(n, "workload %s was confirmed and is lost", p->id);
        }
    }
}
