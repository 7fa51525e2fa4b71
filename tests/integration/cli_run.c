#include "cli_run.h"

/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS_MAX = 64 };

#define PROGRAM NEX_BIN_DIR "/bin/nex"

static _Noreturn void become(const char *program, const char *dir, int out, int err,
                             const char *const *words) {
    char *argv[WORDS_MAX + 2] = {(char *)(uintptr_t)program};
    for (size_t i = 0; words[i] && i < WORDS_MAX; i++) {
        argv[i + 1] = (char *)(uintptr_t)words[i];
    }
    int null = open("/dev/null", O_RDONLY);
    if ((dir && chdir(dir) != 0) || dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(err, 2) < 0) {
        _exit(126);
    }
    execv(program, argv);
    _exit(127);
}

static int status_of(int wait_status) {
    return WIFEXITED(wait_status) ? WEXITSTATUS(wait_status) : 128 + WTERMSIG(wait_status);
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static char *read_file(FILE *file) {
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long len = ftell(file);
    assert_true(len >= 0);
    rewind(file);
    char *text = calloc(1, (size_t)len + 1);
    assert_non_null(text);
    assert_int_equal(fread(text, 1, (size_t)len, file), len);
    fclose(file);
    return text;
}

cli_result cli_run(const char *dir, const char *const *words) {
    return cli_run_program(PROGRAM, dir, words);
}

cli_result cli_run_program(const char *program, const char *dir, const char *const *words) {
    FILE *out = tmpfile(), *err = tmpfile();
    assert_non_null(out);
    assert_non_null(err);
    double began = now();
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        become(program, dir, fileno(out), fileno(err), words);
    }
    int status;
    while (waitpid(pid, &status, 0) < 0) {
        assert_int_equal(errno, EINTR);
    }
    double seconds = now() - began;
    return (cli_result){status_of(status), read_file(out), read_file(err), seconds};
}

void cli_result_free(cli_result *result) {
    free(result->out);
    free(result->err);
    result->out = NULL;
    result->err = NULL;
}

/* False at the end of the output. */
static bool read_more(cli_child *child) {
    struct pollfd poll_fd = {.fd = child->out, .events = POLLIN};
    int ready = poll(&poll_fd, 1, 30000);
    if (ready <= 0) {
        kill(child->pid, SIGKILL);
        fail_msg("nex wrote nothing for 30 s; so far: %s", child->log);
    }
    assert_true(child->len < sizeof child->log - 1);
    ssize_t got = read(child->out, child->log + child->len, sizeof child->log - 1 - child->len);
    if (got <= 0) {
        return false;
    }
    child->len += (size_t)got;
    child->log[child->len] = '\0';
    return true;
}

void cli_child_start(cli_child *child, const char *dir, const char *ready,
                     const char *const *words) {
    int ends[2];
    memset(child, 0, sizeof *child);
    assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
    child->pid = fork();
    assert_true(child->pid >= 0);
    if (child->pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        become(PROGRAM, dir, ends[1], ends[1], words);
    }
    close(ends[1]);
    child->out = ends[0];
    while (!strstr(child->log, ready)) {
        if (!read_more(child)) {
            fail_msg("nex ended before it was ready: %s", child->log);
        }
    }
}

int cli_child_wait(cli_child *child) {
    while (read_more(child)) {
        continue;
    }
    int status;
    while (waitpid(child->pid, &status, 0) < 0) {
        assert_int_equal(errno, EINTR);
    }
    close(child->out);
    return status_of(status);
}
