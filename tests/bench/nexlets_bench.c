/*
 * nex-bench nexlets: a node with many nexlets and many workloads: how long a list takes, whether
 * heartbeats come on time meanwhile, and what the node takes. Node, nexlets, nats-server and this
 * client are processes of their own. The result is JSON; what is wrong (a workload that is not
 * listed, say) is exit status 1, slowness is not.
 */
#include "bench.h"
#include "bench_process.h"

#include <nex/client.h>
#include <nex/protocol/subjects.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NEXLETS_MAX = 500, LISTS = 100, IN_FLIGHT = 16 };

#define BEAT_EVERY (10 * NEX_SECOND)

typedef struct nexlet {
    char id[NEX_ID_SIZE];
    uint64_t heard;
    uint64_t longest; /* from one heartbeat to the next */
    unsigned beats;
} nexlet;

typedef struct bench {
    size_t nexlet_count;
    size_t workload_count;
    nex_duration watch;
    bool remote;
    bench_world world;
    pid_t node;
    pid_t pids[NEXLETS_MAX];
    nex_loop *loop;
    nex_bus *bus;
    nex_client *client;
    nex_subscription *heartbeats;
    nex_timer *limit; /* what takes longer has failed */
    const char *awaited;
    nexlet nexlets[NEXLETS_MAX];
    size_t known;
    size_t asked;
    size_t started;
    char error[NEX_ERROR_MESSAGE_SIZE];
    double list_ms[LISTS];
    size_t lists;
    uint64_t list_began;
    size_t healthy;
} bench;

static _Noreturn void fail(const char *what, const char *why) {
    fprintf(stderr, "nex-bench nexlets: %s: %s\n", what, why);
    exit(1);
}

static void on_limit(void *arg) {
    const bench *b = arg;
    fail(b->awaited, b->error[0] != '\0' ? b->error : "not within the time allowed");
}

/* Runs the loop until somebody stops it. */
static void wait_for(bench *b, const char *what, nex_duration limit) {
    b->awaited = what;
    nex_timer_start(b->limit, limit, 0);
    nex_loop_run(b->loop);
    nex_timer_stop(b->limit);
}

static void stop_loop(void *arg) {
    nex_loop_stop(arg);
}

/* ---- Heartbeats --------------------------------------------------------------------------- */

static void on_heartbeat(void *arg, const nex_msg *msg) {
    bench *b = arg;
    uint64_t now = nex_loop_now(b->loop);
    const char *id = nex_subject_last_token(msg->subject);
    nexlet *n = b->nexlets;
    while (n < b->nexlets + b->known && strcmp(n->id, id) != 0) {
        n++;
    }
    if (n == b->nexlets + b->known) {
        if (b->known == NEXLETS_MAX) {
            return;
        }
        snprintf(n->id, sizeof n->id, "%s", id);
        b->known++;
    } else if (now - n->heard > n->longest) {
        n->longest = now - n->heard;
    }
    n->heard = now;
    n->beats++;
    if (b->known == b->nexlet_count && b->asked == 0) {
        nex_loop_stop(b->loop);
    }
}

static nex_duration longest_gap(const bench *b) {
    uint64_t now = nex_loop_now(b->loop);
    uint64_t longest = 0;
    for (size_t i = 0; i < b->known; i++) {
        const nexlet *n = &b->nexlets[i];
        longest = n->longest > longest ? n->longest : longest;
        longest = now - n->heard > longest ? now - n->heard : longest;
    }
    return (nex_duration)longest;
}

/* ---- Starting ----------------------------------------------------------------------------- */

/* All of one type, so that the node has to choose. */
static char *agents_json(const bench *b) {
    nex_buf json = NEX_BUF_INIT;
    nex_status status = nex_buf_append_str(&json, "[");
    for (size_t i = 0; i < b->nexlet_count && status == NEX_OK; i++) {
        status = nex_buf_printf(&json, "%s{\"uri\":\"file://" BENCH_INMEM "\"}", i > 0 ? "," : "");
    }
    if (status != NEX_OK || nex_buf_append_str(&json, "]") != NEX_OK) {
        fail("agents", "out of memory");
    }
    return nex_buf_take(&json);
}

static void start_node(bench *b) {
    char *agents = agents_json(b);
    const char *words[] = {BENCH_NEX,
                           "-s",
                           b->world.url,
                           "node",
                           "up",
                           "--resource-directory",
                           b->world.dir,
                           "--disable-native-start",
                           "--allow-remote-agent-registration",
                           b->remote ? NULL : "--agents",
                           agents,
                           NULL};
    b->node = bench_spawn_until(words, "nex node ready");
    free(agents);
}

static void start_nexlets(bench *b) {
    const char *words[] = {BENCH_INMEM, "--server", b->world.url, NULL};
    for (size_t i = 0; b->remote && i < b->nexlet_count; i++) {
        b->pids[i] = bench_spawn(words);
    }
    wait_for(b, "heartbeats of all nexlets", NEX_MINUTE);
}

static void connect_client(bench *b) {
    nex_error err;
    char subject[NEX_SUBJECT_SIZE];
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
    if (status == NEX_OK) {
        status = nex_subject_agent_heartbeat_pattern(subject, NULL, NULL);
    }
    if (status == NEX_OK) {
        status = nex_bus_subscribe(b->bus, subject, NULL, on_heartbeat, b, &b->heartbeats);
    }
    if (status != NEX_OK) {
        fail("client", nex_status_name(status));
    }
}

static void start_next(bench *b);

static void on_started(void *arg, const nex_outcome *outcome, const nex_started *started) {
    bench *b = arg;
    (void)started;
    if (outcome->status != NEX_OK) {
        fail("start", outcome->error->message);
    }
    b->started++;
    if (b->asked < b->workload_count) {
        start_next(b);
    } else if (b->started == b->workload_count) {
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
                                          .workload_type = (char *)"inmem",
                                          .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                          .run_request = (char *)"{}"};
    nex_start_options options = {.request = &request};
    if (nex_client_start(b->client, &options, on_started, b, &op, &err) != NEX_OK) {
        fail("start", err.message);
    }
}

static double start_workloads(bench *b) {
    uint64_t began = nex_loop_now(b->loop);
    for (size_t i = 0; i < IN_FLIGHT && b->asked < b->workload_count; i++) {
        start_next(b);
    }
    wait_for(b, "starts", 5 * NEX_MINUTE);
    return (double)(nex_loop_now(b->loop) - began) / 1e6;
}

/* ---- Lists -------------------------------------------------------------------------------- */

static void on_listed(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                      size_t count) {
    bench *b = arg;
    (void)workloads;
    b->list_ms[b->lists++] = (double)(nex_loop_now(b->loop) - b->list_began) / 1e6;
    if (outcome->status != NEX_OK || count != b->workload_count) {
        char what[NEX_ERROR_MESSAGE_SIZE];
        snprintf(what, sizeof what, "%zu of %zu workloads: %.200s", count, b->workload_count,
                 outcome->error->message);
        fail("list", what);
    }
    nex_loop_stop(b->loop);
}

static void list_once(bench *b) {
    nex_error err;
    nex_client_op *op = NULL;
    b->list_began = nex_loop_now(b->loop);
    if (nex_client_list(b->client, NULL, on_listed, b, &op, &err) != NEX_OK) {
        fail("list", err.message);
    }
    wait_for(b, "list", NEX_MINUTE);
}

/* Half of the lists one after the other, the others spread over the time that is watched. */
static void list_and_watch(bench *b) {
    nex_timer *pause = NULL;
    if (nex_timer_new(b->loop, &pause, stop_loop, b->loop) != NEX_OK) {
        fail("timer", "out of memory");
    }
    for (size_t i = 0; i < LISTS; i++) {
        list_once(b);
        if (i >= LISTS / 2 && b->watch > 0) {
            nex_timer_start(pause, b->watch / (LISTS / 2), 0);
            wait_for(b, "pause", NEX_HOUR);
        }
    }
    nex_timer_free(pause);
}

static void on_info(void *arg, const nex_outcome *outcome, const nex_node_info_response *info) {
    bench *b = arg;
    if (info == NULL) {
        fail("node info", outcome->error->message);
    }
    for (size_t i = 0; i < info->node_agent_summaries.count; i++) {
        b->healthy += strcmp(info->node_agent_summaries.items[i].agent_health, "healthy") == 0;
    }
    nex_loop_stop(b->loop);
}

static void on_nodes(void *arg, const nex_outcome *outcome,
                     const nex_node_ping_response *const *nodes, size_t count) {
    bench *b = arg;
    nex_error err;
    nex_client_op *op = NULL;
    if (count != 1) {
        fail("node list", outcome->error->message);
    }
    if (nex_client_node_info(b->client, nodes[0]->node_id, on_info, b, &op, &err) != NEX_OK) {
        fail("node info", err.message);
    }
}

static void count_healthy(bench *b) {
    nex_error err;
    nex_client_op *op = NULL;
    if (nex_client_list_nodes(b->client, NULL, on_nodes, b, &op, &err) != NEX_OK) {
        fail("node list", err.message);
    }
    wait_for(b, "node info", NEX_MINUTE);
}

/* ---- All of it ---------------------------------------------------------------------------- */

static size_t number(int argc, char **argv, const char *flag, size_t otherwise, size_t max) {
    for (int i = 1; i + 1 < argc; i++) {
        if (strcmp(argv[i], flag) == 0) {
            char *end = NULL;
            unsigned long value = strtoul(argv[i + 1], &end, 10);
            if (*end != '\0' || end == argv[i + 1] || value > max) {
                fail(flag, "expected a number that is not too large");
            }
            return (size_t)value;
        }
    }
    return otherwise;
}

int bench_nexlets(int argc, char **argv) {
    static bench b;
    b.nexlet_count = number(argc, argv, "--nexlets", 100, NEXLETS_MAX);
    b.workload_count = number(argc, argv, "--workloads", 1000, 100000);
    b.watch = (nex_duration)number(argc, argv, "--watch", 35, 3600) * NEX_SECOND;
    b.remote = bench_has_flag(argc, argv, "--remote");
    bench_world_start(&b.world);
    connect_client(&b);
    start_node(&b);
    start_nexlets(&b);
    long before = bench_proc_value(b.node, "smaps_rollup", "Rss");
    double start_ms = start_workloads(&b);
    list_and_watch(&b);
    double late = (double)(longest_gap(&b) - BEAT_EVERY) / 1e6;
    count_healthy(&b);
    double p50 = bench_median(b.list_ms, LISTS);
    printf("{\"nexlets\":%zu,\"local\":%s,\"workloads\":%zu,\"start_ms_each\":%.2f,"
           "\"list_ms_p50\":%.2f,\"list_ms_max\":%.2f,\"heartbeat_late_ms_max\":%.1f,"
           "\"healthy\":%zu,\"rss_kb_before_workloads\":%ld,\"rss_kb\":%ld,\"anonymous_kb\":%ld,"
           "\"threads\":%ld}\n",
           b.nexlet_count, b.remote ? "false" : "true", b.workload_count,
           b.workload_count > 0 ? start_ms / (double)b.workload_count : 0, p50,
           b.list_ms[LISTS - 1], b.watch > 0 ? late : 0, b.healthy, before,
           bench_proc_value(b.node, "smaps_rollup", "Rss"),
           bench_proc_value(b.node, "smaps_rollup", "Anonymous"),
           bench_proc_value(b.node, "status", "Threads"));
    for (size_t i = 0; b.remote && i < b.nexlet_count; i++) {
        bench_end(b.pids[i]);
    }
    bench_end(b.node);
    nex_timer_free(b.limit);
    nex_client_free(b.client);
    nex_bus_close(b.bus);
    nex_loop_free(b.loop);
    bench_world_end(&b.world);
    return b.healthy == b.nexlet_count ? 0 : 1;
}
