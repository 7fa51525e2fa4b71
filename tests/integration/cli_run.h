/*
 * cli_run.h - runs the program nex as a user would: words in, output and exit status out.
 */
#ifndef NEX_TEST_CLI_RUN_H
#define NEX_TEST_CLI_RUN_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct cli_result {
    int status; /**< exit status; 128 and the number for a signal */
    char *out;
    char *err;
    double seconds;
} cli_result;

/** Runs nex with words, NULL-terminated, in a directory (NULL: this one). */
cli_result cli_run(const char *dir, const char *const *words);
/** The same for another program, by its path. */
cli_result cli_run_program(const char *program, const char *dir, const char *const *words);
void cli_result_free(cli_result *result);

/** A nex that goes on running; returns when its output has a line with `ready` in it. */
typedef struct cli_child {
    pid_t pid;
    int out;
    char log[65536];
    size_t len;
} cli_child;

void cli_child_start(cli_child *child, const char *dir, const char *ready,
                     const char *const *words);
/** Reads its output until it ends; returns the exit status as above. */
int cli_child_wait(cli_child *child);

#endif
