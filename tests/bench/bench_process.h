/* bench_process.h - the programs a benchmark runs. What fails ends the benchmark. */
#ifndef NEX_BENCH_PROCESS_H
#define NEX_BENCH_PROCESS_H

#include <stddef.h>
#include <sys/types.h>

#define BENCH_NEX   NEX_BIN_DIR "/bin/nex"
#define BENCH_INMEM NEX_BIN_DIR "/bin/nexlet-inmem"

_Noreturn void bench_die(const char *what);

/** A directory of its own (below $TMPDIR, or /tmp), and a nats-server. */
typedef struct bench_world {
    char dir[128];
    char url[64];
    pid_t server;
} bench_world;

void bench_world_start(bench_world *world);
void bench_world_end(const bench_world *world);

/** Starts a program whose output nobody wants. It dies with the benchmark. */
pid_t bench_spawn(const char *const *words);
/** Starts a program and returns once its output holds a text; the rest is read and dropped. */
pid_t bench_spawn_until(const char *const *words, const char *ready);
/** SIGTERM, and waits for the end. */
void bench_end(pid_t pid);

/** The figure of a line "NAME:   1234 kB" of a file in /proc/PID, or 0. */
long bench_proc_value(pid_t pid, const char *file, const char *name);

#endif
