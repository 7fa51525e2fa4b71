#include "bench_process.h"

#include "files.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOG_SIZE = 65536 };

_Noreturn void bench_die(const char *what) {
    fprintf(stderr, "nex-bench: %s: %s\n", what, strerror(errno));
    exit(1);
}

static int free_port(void) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t len = sizeof address;
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd < 0 || bind(fd, (struct sockaddr *)&address, len) != 0 ||
        getsockname(fd, (struct sockaddr *)&address, &len) != 0) {
        bench_die("no free port");
    }
    close(fd);
    return ntohs(address.sin_port);
}

static pid_t start(const char *const *words, int output) {
    pid_t pid = fork();
    if (pid < 0) {
        bench_die("fork");
    }
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        dup2(output, 1);
        dup2(output, 2);
        execvp(words[0], (char *const *)(uintptr_t)words);
        _exit(127);
    }
    return pid;
}

pid_t bench_spawn(const char *const *words) {
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if (null < 0) {
        bench_die("/dev/null");
    }
    pid_t pid = start(words, null);
    close(null);
    return pid;
}

/* Somebody has to read on, or the program's log fills the pipe. */
static void drain(int fd) {
    if (fork() == 0) {
        char dropped[4096];
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        while (read(fd, dropped, sizeof dropped) > 0) {
            continue;
        }
        _exit(0);
    }
    close(fd);
}

pid_t bench_spawn_until(const char *const *words, const char *ready) {
    int ends[2];
    char log[LOG_SIZE] = "";
    size_t len = 0;
    if (pipe2(ends, O_CLOEXEC) != 0) {
        bench_die("pipe");
    }
    pid_t pid = start(words, ends[1]);
    close(ends[1]);
    while (strstr(log, ready) == NULL) {
        if (len > LOG_SIZE / 2) { /* the text is near the end, if anywhere */
            memmove(log, log + len - LOG_SIZE / 4, LOG_SIZE / 4 + 1);
            len = LOG_SIZE / 4;
        }
        ssize_t got = read(ends[0], log + len, sizeof log - 1 - len);
        if (got <= 0) {
            errno = 0;
            fprintf(stderr, "%s", log);
            bench_die(words[0]);
        }
        len += (size_t)got;
        log[len] = '\0';
    }
    drain(ends[0]);
    return pid;
}

void bench_end(pid_t pid) {
    kill(pid, SIGTERM);
    waitpid(pid, NULL, 0);
}

void bench_world_start(bench_world *world) {
    char port[16];
    const char *below = getenv("TMPDIR");
    int len = snprintf(world->dir, sizeof world->dir, "%s/nex-bench-XXXXXX",
                       below != NULL && below[0] != '\0' ? below : "/tmp");
    if (len < 0 || (size_t)len >= sizeof world->dir) {
        bench_die("TMPDIR");
    }
    if (mkdtemp(world->dir) == NULL) {
        bench_die(world->dir);
    }
    snprintf(port, sizeof port, "%d", free_port());
    snprintf(world->url, sizeof world->url, "nats://127.0.0.1:%s", port);
    const char *words[] = {"nats-server", "-a", "127.0.0.1", "-p", port, NULL};
    world->server = bench_spawn_until(words, "Server is ready");
}

void bench_world_end(const bench_world *world) {
    bench_end(world->server);
    remove_tree(world->dir);
}

long bench_proc_value(pid_t pid, const char *file, const char *name) {
    char path[64];
    char line[256];
    long value = 0;
    snprintf(path, sizeof path, "/proc/%d/%s", (int)pid, file);
    FILE *stream = fopen(path, "r");
    if (stream == NULL) {
        bench_die(path);
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
