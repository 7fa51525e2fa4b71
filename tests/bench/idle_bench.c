/*
 * nex-bench idle: how soon a node is ready, and what it costs while it has nothing to do: the
 * node with its native nexlet, the nats-server not counted.
 */
#include "bench.h"
#include "bench_process.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { STARTS = 20, IDLE_SECONDS = 30 };

/* What all threads of a process have run, in seconds. */
static double cpu_seconds(pid_t pid) {
    char path[64];
    char text[1024];
    unsigned long user = 0;
    unsigned long system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *stream = fopen(path, "r");
    if (stream == NULL || fgets(text, sizeof text, stream) == NULL) {
        bench_die(path);
    }
    fclose(stream);
    const char *rest = strrchr(text, ')');
    if (rest == NULL || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                               &user, &system) != 2) {
        bench_die("stat");
    }
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

int bench_idle(int argc, char **argv) {
    (void)argc;
    (void)argv;
    bench_world world;
    double ready[STARTS];
    bench_world_start(&world);
    const char *words[] = {BENCH_NEX, "-s", world.url, "node", "up", "--resource-directory",
                           world.dir, NULL};
    for (size_t i = 0; i < STARTS; i++) {
        uint64_t began = bench_now();
        pid_t node = bench_spawn_until(words, "nex node ready");
        ready[i] = (double)(bench_now() - began) / 1e6;
        bench_end(node);
    }
    pid_t node = bench_spawn_until(words, "nex node ready");
    double cpu = cpu_seconds(node);
    sleep(IDLE_SECONDS);
    cpu = cpu_seconds(node) - cpu;
    double p50 = bench_median(ready, STARTS);
    printf("node ready: p50 %.1f ms, slowest of %d %.1f ms\n", p50, STARTS, ready[STARTS - 1]);
    printf("idle node:  RSS %ld kB, anonymous %ld kB, threads %ld, CPU %.2f %% over %d s\n",
           bench_proc_value(node, "smaps_rollup", "Rss"),
           bench_proc_value(node, "smaps_rollup", "Anonymous"),
           bench_proc_value(node, "status", "Threads"), cpu * 100 / IDLE_SECONDS, IDLE_SECONDS);
    bench_end(node);
    bench_world_end(&world);
    return 0;
}
