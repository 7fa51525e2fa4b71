/*
 * nex-bench native: a node with many processes: how fast they start, what one start takes while
 * they run, what the node takes, and how soon a node that was killed has all of them again. The
 * result is JSON; a workload that is lost, or was started anew, is exit status 1, slowness is not.
 */
#include "bench.h"
#include "bench_process.h"

#include <nex/client.h>
#include <nex/keys.h>

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

enum { SINGLES = 200, IN_FLIGHT = 16, WORKLOADS_MAX = 20000 };

#define SLEEP "{\"uri\":\"file:///bin/sleep\",\"argv\":[\"100000\"]}"

typedef struct seen {
    char id[NEX_ID_SIZE];
    long pid;
} seen;

typedef struct bench {
    size_t workload_count;
    bench_world world;
    char seed[NEX_KEY_TEXT_SIZE];
    pid_t node;
    nex_loop *loop;
    nex_bus *bus;
    nex_client *client;
    nex_timer *limit; /* what takes longer has failed */
    const char *awaited;
    size_t wanted;
    size_t asked;
    size_t started;
    char id[NEX_ID_SIZE]; /* of the last one */
    seen *before;         /* the node was killed */
    seen *now;
    size_t listed;
} bench;

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "nex-bench native: %s: %s\n", what, why);
    exit(1);
}

static void on_limit(void *arg) {
    const bench *b = arg;
    fail(b->awaited, "not within the time allowed");
}

/* Runs the loop until somebody stops it. */
static void wait_for(bench *b, const char *what, nex_duration limit) {
    b->awaited = what;
    nex_timer_start(b->limit, limit, 0);
    nex_loop_run(b->loop);
    nex_timer_stop(b->limit);
}

static void connect_client(bench *b) {
    nex_error err;
    const char *server = b->world.url;
    nex_bus_options options = {.servers = &server, .server_count = 1};
    nex_status status = nex_loop_new(&b->loop, &err);
    if (status == NEX_OK) {
        status = nex_bus_connect(&b->bus, b->loop, &options, &err);
    }
    nex_client_options client = {.bus = b->bus, .timeout = NEX_MINUTE};
    if (status == NEX_OK) {
        status = nex_client_new(&b->client, &client, &err);
    }
    if (status == NEX_OK) {
        status = nex_timer_new(b->loop, &b->limit, on_limit, b);
    }
    if (status != NEX_OK) {
        fail("client", nex_status_name(status));
    }
}

static void start_node(bench *b) {
    const char *words[] = {BENCH_NEX,     "-s",    b->world.url,           "node",       "up",
                           "--node-seed", b->seed, "--resource-directory", b->world.dir, NULL};
    b->node = bench_spawn_until(words, "nex node ready");
}

static void make_seed(bench *b) {
    nex_key *key = NULL;
    if (nex_key_generate(&key, NEX_KEY_SERVER, NULL) != NEX_OK ||
        nex_key_seed(key, b->seed) != NEX_OK) {
        fail("node seed", "no key can be made");
    }
    nex_key_free(key);
}

/* ---- Starts ------------------------------------------------------------------------------- */

static void start_next(bench *b);

static void on_started(void *arg, const nex_outcome *outcome, const nex_started *started) {
    bench *b = arg;
    if (outcome->status != NEX_OK) {
        fail("start", outcome->error->message);
    }
    snprintf(b->id, sizeof b->id, "%s", started->id);
    b->started++;
    if (b->asked < b->wanted) {
        start_next(b);
    } else if (b->started == b->wanted) {
        nex_loop_stop(b->loop);
    }
}

static void start_next(bench *b) {
    nex_error err;
    nex_client_op *op = NULL;
    char name[32];
    snprintf(name, sizeof name, "workload-%zu", ++b->asked);
    nex_start_workload_request request = {.name = name,
                                          .namespace_ = (char *)"bench",
                                          .description = (char *)"",
                                          .workload_type = (char *)"native",
                                          .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                          .run_request = (char *)SLEEP};
    nex_start_options options = {.request = &request};
    if (nex_client_start(b->client, &options, on_started, b, &op, &err) != NEX_OK) {
        fail("start", err.message);
    }
}

/* So many more, several at a time; in milliseconds. */
static double start_workloads(bench *b, size_t count, size_t in_flight) {
    uint64_t began = nex_loop_now(b->loop);
    b->wanted += count;
    for (size_t i = 0; i < in_flight && b->asked < b->wanted; i++) {
        start_next(b);
    }
    wait_for(b, "starts", 10 * NEX_MINUTE);
    return (double)(nex_loop_now(b->loop) - began) / 1e6;
}

/* ---- Stops -------------------------------------------------------------------------------- */

static void on_stopped(void *arg, const nex_outcome *outcome,
                       const nex_stop_workload_response *response) {
    bench *b = arg;
    if (response == NULL) {
        fail("stop", outcome->error->message);
    }
    nex_loop_stop(b->loop);
}

static double stop_last(bench *b) {
    nex_error err;
    nex_client_op *op = NULL;
    uint64_t began = nex_loop_now(b->loop);
    if (nex_client_stop(b->client, b->id, on_stopped, b, &op, &err) != NEX_OK) {
        fail("stop", err.message);
    }
    wait_for(b, "stop", NEX_MINUTE);
    return (double)(nex_loop_now(b->loop) - began) / 1e6;
}

/* ---- Lists -------------------------------------------------------------------------------- */

static int by_id(const void *a, const void *b) {
    return strcmp(((const seen *)a)->id, ((const seen *)b)->id);
}

static void on_listed(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                      size_t count) {
    bench *b = arg;
    b->listed = 0;
    for (size_t i = 0; outcome->status == NEX_OK && i < count; i++) {
        const nex_workload_summary *w = workloads[i].summary;
        const char *pid = nex_string_map_get(&w->metadata, "pid");
        if (w->workload_state == NEX_WORKLOAD_STATE_RUNNING && pid != NULL &&
            b->listed < b->workload_count) {
            seen *s = &b->now[b->listed++];
            snprintf(s->id, sizeof s->id, "%s", w->id);
            s->pid = strtol(pid, NULL, 10);
        }
    }
    qsort(b->now, b->listed, sizeof *b->now, by_id);
    nex_loop_stop(b->loop);
}

/* The workloads that run, by id; in milliseconds. */
static double list_running(bench *b) {
    nex_error err;
    nex_client_op *op = NULL;
    uint64_t began = nex_loop_now(b->loop);
    if (nex_client_list(b->client, NULL, on_listed, b, &op, &err) != NEX_OK) {
        fail("list", err.message);
    }
    wait_for(b, "list", NEX_MINUTE);
    return (double)(nex_loop_now(b->loop) - began) / 1e6;
}

/* ---- The node is killed ------------------------------------------------------------------- */

/* From the start of the node until all run again, under their old pids; in milliseconds. */
static double restart_node(bench *b, double *ready_ms) {
    list_running(b);
    if (b->listed != b->workload_count) {
        fail("list", "not all run");
    }
    seen *before = b->before;
    b->before = b->now;
    b->now = before;
    kill(b->node, SIGKILL);
    waitpid(b->node, NULL, 0);
    uint64_t began = nex_loop_now(b->loop);
    start_node(b);
    *ready_ms = (double)(nex_loop_now(b->loop) - began) / 1e6;
    do {
        list_running(b);
        if (nex_loop_now(b->loop) - began > (uint64_t)NEX_MINUTE) {
            fail("adoption", "workloads were lost");
        }
    } while (b->listed != b->workload_count);
    double took = (double)(nex_loop_now(b->loop) - began) / 1e6;
    if (memcmp(b->before, b->now, b->workload_count * sizeof *b->now) != 0) {
        fail("adoption", "a workload has another pid");
    }
    return took;
}

/* ---- All of it ---------------------------------------------------------------------------- */

static size_t count_of(int argc, char **argv) {
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], "--workloads") == 0) {
            unsigned long value = strtoul(argv[i + 1], NULL, 10);
            if (value < 1 || value > WORKLOADS_MAX) {
                fail("--workloads", "expected a number from 1 to 20000");
            }
            return (size_t)value;
        }
    }
    return 1000;
}

int bench_native(int argc, char **argv) {
    static bench b;
    static double starts[SINGLES];
    static double stops[SINGLES];
    double ready = 0;
    b.workload_count = count_of(argc, argv);
    b.before = calloc(b.workload_count, sizeof *b.before);
    b.now = calloc(b.workload_count, sizeof *b.now);
    if (b.before == NULL || b.now == NULL) {
        fail("memory", "out of memory");
    }
    make_seed(&b);
    bench_world_start(&b.world);
    start_node(&b);
    connect_client(&b);
    double all = start_workloads(&b, b.workload_count, IN_FLIGHT);
    for (size_t i = 0; i < SINGLES; i++) {
        starts[i] = start_workloads(&b, 1, 1);
        stops[i] = stop_last(&b);
    }
    double list = list_running(&b);
    long rss = bench_proc_value(b.node, "smaps_rollup", "Rss");
    double adopted = restart_node(&b, &ready);
    long rss_after = bench_proc_value(b.node, "smaps_rollup", "Rss");
    double start_p50 = bench_median(starts, SINGLES); /* sorts them */
    double stop_p50 = bench_median(stops, SINGLES);
    uint64_t began = bench_now();
    bench_end(b.node);
    double ended = (double)(bench_now() - began) / 1e6;
    printf("{\"workloads\":%zu,\"starts_per_second\":%.0f,\"start_ms_p50\":%.2f,"
           "\"start_ms_p99\":%.2f,\"stop_ms_p50\":%.2f,\"stop_ms_p99\":%.2f,\"list_ms\":%.1f,"
           "\"node_rss_kb\":%ld,\"killed_node_ready_ms\":%.0f,\"all_adopted_ms\":%.0f,"
           "\"node_rss_after_kb\":%ld,\"ordered_end_ms\":%.0f}\n",
           b.workload_count, (double)b.workload_count * 1e3 / all, start_p50,
           starts[SINGLES * 99 / 100], stop_p50, stops[SINGLES * 99 / 100], list, rss, ready,
           adopted, rss_after, ended);
    nex_client_free(b.client);
    nex_bus_close(b.bus);
    nex_timer_free(b.limit);
    nex_loop_free(b.loop);
    bench_world_end(&b.world);
    free(b.before);
    free(b.now);
    return 0;
}
