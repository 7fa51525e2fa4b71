/* What the benchmarks of nex-bench share. */
#ifndef NEX_BENCH_H
#define NEX_BENCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A subcommand: argv[0] is its name. Returns the exit status. */
typedef int (*bench_run)(int argc, char **argv);

int bench_codec(int argc, char **argv);
int bench_cli(int argc, char **argv);
int bench_idle(int argc, char **argv);
int bench_nexlets(int argc, char **argv);
int bench_native(int argc, char **argv);

/* Nanoseconds of a clock that only goes forward. */
uint64_t bench_now(void);
/* The middle of some figures, which are sorted by it. */
double bench_median(double *values, size_t count);
/* Whether an argument is given. */
bool bench_has_flag(int argc, char **argv, const char *flag);

#endif
