/*
 * nex-bench cli: the program nex from exec to exit, beside a bare libnats program that connects
 * and makes two requests. All are run in turn, so that a busy machine is busy for each of them.
 */
#include "bench.h"
#include "files.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS = 100, LISTED = 100, OUTPUT_SIZE = 4096, ID_SIZE = 32 };

#define NEX     NEX_BIN_DIR "/bin/nex"
#define BARE    NEX_BIN_DIR "/bin/nex-bench-bare"
#define SLEEPER "{\"uri\":\"file:///bin/sleep\",\"argv\":[\"1000\"]}"

typedef struct world {
    char dir[64];
    char url[64];
    pid_t server, node;
} world;

static _Noreturn void die(const char *what) {
    fprintf(stderr, "nex-bench cli: %s: %s\n", what, strerror(errno));
    exit(1);
}

/* Starts a program with its output in a pipe, or dropped. */
static pid_t spawn(const char *const *words, int *out) {
    int ends[2] = {-1, -1};
    if (out && pipe2(ends, O_CLOEXEC) != 0) {
        die("pipe");
    }
    pid_t pid = fork();
    if (pid < 0) {
        die("fork");
    }
    if (pid == 0) {
        int null = open("/dev/null", O_RDWR);
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(null, 0);
        dup2(out ? ends[1] : null, 1);
        dup2(null, 2);
        execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    if (out) {
        close(ends[1]);
        *out = ends[0];
    }
    return pid;
}

static size_t read_all(int fd, char *out) {
    size_t len = 0;
    ssize_t got;
    char rest[OUTPUT_SIZE];
    while ((got = read(fd, rest, sizeof rest)) > 0) {
        size_t room = OUTPUT_SIZE - 1 - len;
        size_t take = (size_t)got < room ? (size_t)got : room;
        memcpy(out + len, rest, take);
        len += take;
    }
    close(fd);
    out[len] = '\0';
    return len;
}

/* Milliseconds from fork to the end of the process; -1 when it failed. */
static double timed(const char *const *words, char out[OUTPUT_SIZE]) {
    uint64_t began = bench_now();
    int fd, status;
    pid_t pid = spawn(words, &fd);
    read_all(fd, out);
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
        continue;
    }
    double ms = (double)(bench_now() - began) / 1e6;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? ms : -1;
}

static int free_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET};
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        die("no free port");
    }
    close(fd);
    return ntohs(address.sin_port);
}

/* Somebody has to read on, or the node's log fills the pipe. */
static void drain(int fd) {
    pid_t pid = fork();
    if (pid == 0) {
        char dropped[OUTPUT_SIZE];
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (read(fd, dropped, sizeof dropped) > 0) {
            continue;
        }
        _exit(0);
    }
    close(fd);
}

/* The node's log tells when it is ready. */
static void wait_ready(int fd) {
    char log[OUTPUT_SIZE];
    size_t len = 0;
    ssize_t got;
    while (len < sizeof log - 1 && (got = read(fd, log + len, sizeof log - 1 - len)) > 0) {
        len += (size_t)got;
        log[len] = '\0';
        if (strstr(log, "nex node ready")) {
            drain(fd);
            return;
        }
    }
    die("the node did not start");
}

static void world_start(world *w) {
    char port[16];
    strcpy(w->dir, "/tmp/nex-bench-XXXXXX");
    if (!mkdtemp(w->dir) || setenv("XDG_CONFIG_HOME", w->dir, 1) != 0 || chdir(w->dir) != 0) {
        die("no directory of its own");
    }
    snprintf(port, sizeof port, "%d", free_port());
    snprintf(w->url, sizeof w->url, "nats://127.0.0.1:%s", port);
    w->server =
        spawn((const char *const[]){"nats-server", "-a", "127.0.0.1", "-p", port, NULL}, NULL);
    /* The server takes a moment to listen: nobody is there until the bare program says so. */
    char out[OUTPUT_SIZE];
    int fd = -1;
    for (int tries = 0; tries < 200; tries++) {
        w->node = spawn(
            (const char *const[]){NEX, "-s", w->url, "node", "up", "--logger.level", "info", NULL},
            &fd);
        ssize_t got = read(fd, out, 1);
        if (got == 1) {
            wait_ready(fd);
            return;
        }
        close(fd);
        waitpid(w->node, NULL, 0);
        struct timespec pause = {.tv_nsec = 20000000};
        nanosleep(&pause, NULL);
    }
    die("no node");
}

static void world_stop(const world *w) {
    kill(w->node, SIGTERM);
    waitpid(w->node, NULL, 0);
    kill(w->server, SIGTERM);
    waitpid(w->server, NULL, 0);
    remove_tree(w->dir);
}

/* The id in {"agent_type":...,"id":"..."}. */
static void take_id(const char *json, char id[ID_SIZE]) {
    const char *at = strstr(json, "\"id\":\"");
    snprintf(id, ID_SIZE, "%.*s", at ? (int)strcspn(at + 6, "\"") : 0, at ? at + 6 : "");
}

static double start_one(const world *w, char id[ID_SIZE]) {
    char out[OUTPUT_SIZE];
    double ms =
        timed((const char *const[]){NEX, "-s", w->url, "--namespace", "bench", "--json", "workload",
                                    "start", "--name", "b", "--start-request", SLEEPER, NULL},
              out);
    take_id(out, id);
    return ms;
}

static double stop_one(const world *w, const char *id) {
    char out[OUTPUT_SIZE];
    return timed((const char *const[]){NEX, "-s", w->url, "--namespace", "bench", "workload",
                                       "stop", id, NULL},
                 out);
}

static double clone_one(const world *w, const char *id, char clone[ID_SIZE]) {
    char out[OUTPUT_SIZE];
    double ms = timed((const char *const[]){NEX, "-s", w->url, "--namespace", "bench", "--json",
                                            "workload", "clone", id, NULL},
                      out);
    take_id(out, clone);
    return ms;
}

static double run_simple(const char *const *words) {
    char out[OUTPUT_SIZE];
    return timed(words, out);
}

typedef struct series {
    const char *name;
    double values[RUNS];
    size_t count;
} series;

static bool keep(series *s, double ms) {
    if (ms < 0) {
        fprintf(stderr, "nex-bench cli: %s failed\n", s->name);
        return false;
    }
    s->values[s->count++] = ms;
    return true;
}

static void print(series *s, double bare) {
    double p50 = bench_median(s->values, s->count); /* sorts */
    printf("%-22s p50 %7.2f ms  p99 %7.2f ms  min %7.2f ms  %5.2f x bare\n", s->name, p50,
           s->values[s->count * 99 / 100], s->values[0], p50 / bare);
}

int bench_cli(int argc, char **argv) {
    (void)argc;
    (void)argv;
    static series all[] = {{.name = "bare libnats program"}, {.name = "workload start"},
                           {.name = "workload clone"},       {.name = "workload stop"},
                           {.name = "workload list of 100"}, {.name = "node list"}};
    world w = {.node = 0};
    world_start(&w);
    char id[ID_SIZE], clone[ID_SIZE];
    bool good = true;
    for (int i = 0; i < LISTED && good; i++) {
        good = start_one(&w, id) >= 0;
    }
    for (int i = 0; i < RUNS && good; i++) {
        good =
            keep(&all[0], run_simple((const char *const[]){BARE, w.url, NULL})) &&
            keep(&all[1], start_one(&w, id)) && keep(&all[2], clone_one(&w, id, clone)) &&
            keep(&all[3], stop_one(&w, id)) && stop_one(&w, clone) >= 0 &&
            keep(&all[4], run_simple((const char *const[]){NEX, "-s", w.url, "--namespace", "bench",
                                                           "workload", "list", NULL})) &&
            keep(&all[5],
                 run_simple((const char *const[]){NEX, "-s", w.url, "node", "list", NULL}));
    }
    world_stop(&w);
    if (!good) {
        return 1;
    }
    double bare = bench_median(all[0].values, all[0].count);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
        print(&all[i], bare);
    }
    return 0;
}
