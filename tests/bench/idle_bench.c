/*
 * nex-bench idle: how soon a node is ready, and what it costs while it has nothing to do: the
 * node with its native nexlet, the nats-server not counted.
 */
#include "bench.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { STARTS = 20, IDLE_SECONDS = 30, LOG_SIZE = 65536 };

#define NEX NEX_BIN_DIR "/bin/nex"

static _Noreturn void die(const char *what) {
    fprintf(stderr, "nex-bench idle: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int free_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        die("no free port");
    }
    close(fd);
    return ntohs(address.sin_port);
}

/* Starts a program, both outputs in a pipe, and returns once they hold a text. */
static pid_t start_until(const char *const *words, const char *ready, int *out) {
    int ends[2];
    char log[LOG_SIZE] = "";
    size_t len = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        die("pipe");
    }
    pid_t pid = fork();
    if (pid < 0) {
        die("fork");
    }
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(ends[1], 1);
        dup2(ends[1], 2);
        execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    close(ends[1]);
    while (strstr(log, ready) == NULL) {
        ssize_t got = read(ends[0], log + len, sizeof log - 1 - len);
        if (got <= 0) {
            errno = 0;
            fprintf(stderr, "%s", log);
            die(words[0]);
        }
        len += (size_t)got;
        log[len] = '\0';
    }
    *out = ends[0];
    return pid;
}

static void end(pid_t pid, int out) {
    char rest[4096];
    kill(pid, SIGTERM);
    while (read(out, rest, sizeof rest) > 0) {
    }
    close(out);
    waitpid(pid, NULL, 0);
}

/* A line "NAME:   1234 kB" of a file of /proc, or 0. */
static long proc_value(pid_t pid, const char *file, const char *name) {
    char path[64];
    char line[256];
    long value = 0;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        die(path);
    }
    while (fgets(line, sizeof line, stream) != NULL) {
        size_t n = strlen(name);
        if (strncmp(line, name, n) == 0 && line[n] == ':') {
            value = strtol(line + n + 1, NULL, 10);
        }
    }
    fclose(stream);
    return value;
}

/* What all threads of a process have run, in seconds. */
static double cpu_seconds(pid_t pid) {
    char path[64];
    char text[1024];
    unsigned long user = 0;
    unsigned long system = 0;
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *stream = fopen(path, "r");
    if (stream == NULL || fgets(text, sizeof text, stream) == NULL) {
        die(path);
    }
    fclose(stream);
    const char *rest = strrchr(text, ')');
    if (rest == NULL || sscanf(rest + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                               &user, &system) != 2) {
        die("stat");
    }
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

static int remove_entry(const char *path, const struct stat *info, int type, struct FTW *at) {
    (void)info;
    (void)type;
    (void)at;
    return remove(path);
}

int bench_idle(int argc, char **argv) {
    (void)argc;
    (void)argv;
    char dir[] = "/tmp/nex-bench-XXXXXX";
    char url[64];
    char port[16];
    double ready[STARTS];
    int server_out;
    int out;
    if (mkdtemp(dir) == NULL) {
        die(dir);
    }
    snprintf(port, sizeof port, "%d", free_port());
    snprintf(url, sizeof url, "nats://127.0.0.1:%s", port);
    const char *server_words[] = {"nats-server", "-a", "127.0.0.1", "-p", port, NULL};
    const char *node_words[] = {NEX, "-s", url, "node", "up", "--resource-directory", dir, NULL};
    pid_t server = start_until(server_words, "Server is ready", &server_out);
    for (size_t i = 0; i < STARTS; i++) {
        uint64_t began = bench_now();
        pid_t node = start_until(node_words, "nex node ready", &out);
        ready[i] = (double)(bench_now() - began) / 1e6;
        end(node, out);
    }
    pid_t node = start_until(node_words, "nex node ready", &out);
    double cpu = cpu_seconds(node);
    sleep(IDLE_SECONDS);
    cpu = cpu_seconds(node) - cpu;
    double p50 = bench_median(ready, STARTS);
    printf("node ready: p50 %.1f ms, slowest of %d %.1f ms\n", p50, STARTS, ready[STARTS - 1]);
    printf("idle node:  RSS %ld kB, anonymous %ld kB, threads %ld, CPU %.2f %% over %d s\n",
           proc_value(node, "smaps_rollup", "Rss"), proc_value(node, "smaps_rollup", "Anonymous"),
           proc_value(node, "status", "Threads"), cpu * 100 / IDLE_SECONDS, IDLE_SECONDS);
    end(node, out);
    end(server, server_out);
    nftw(dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
    return 0;
}
