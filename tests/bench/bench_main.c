/* nex-bench: prints how fast the parts are, beside what they are measured against. */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct command {
    const char *name;
    bench_run run;
    const char *help;
} command;

static const command commands[] = {
    {"codec", bench_codec, "decode and encode of every message against jansson [--json]"},
    {"cli", bench_cli, "the program nex beside a bare libnats program (needs nats-server)"},
    {"idle", bench_idle, "how soon a node is ready, and what an idle one takes (nats-server)"},
    {"nexlets", bench_nexlets,
     "many nexlets and workloads on one node [--nexlets N] [--workloads N] [--watch SECONDS]\n"
     "             [--remote]"},
    {"native", bench_native,
     "many processes on one node, which is killed and started again [--workloads N]"},
};

uint64_t bench_now(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a;
    double y = *(const double *)b;
    return (x > y) - (x < y);
}

double bench_median(double *values, size_t count) {
    qsort(values, count, sizeof *values, compare);
    return values[count / 2];
}

bool bench_has_flag(int argc, char **argv, const char *flag) {
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], flag) == 0) {
            return true;
        }
    }
    return false;
}

static void usage(FILE *out) {
    fprintf(out, "Usage: nex-bench COMMAND [flags]\n\n");
    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        fprintf(out, "  %-10s %s\n", commands[i].name, commands[i].help);
    }
}

int main(int argc, char **argv) {
    if (argc >= 2 && strcmp(argv[1], "--help") == 0) {
        usage(stdout);
        return 0;
    }
    for (size_t i = 0; argc >= 2 && i < sizeof commands / sizeof commands[0]; i++) {
        if (strcmp(argv[1], commands[i].name) == 0) {
            return commands[i].run(argc - 1, argv + 1);
        }
    }
    usage(stderr);
    return 2;
}
