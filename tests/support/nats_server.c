#include "nats_server.h"

#include "files.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { START_TIMEOUT_MS = 20000, PATH_SIZE = 256 };

struct nats_server {
    pid_t pid;
    int port;
    bool jetstream;
    bool config;
    char dir[64];
    char url[64];
};

static void path_in(const nats_server *server, const char *name, char out[PATH_SIZE]) {
    int n = snprintf(out, PATH_SIZE, "%s/%s", server->dir, name);
    assert_in_range(n, 1, PATH_SIZE - 1);
}

static void write_config(const nats_server *server, const char *text) {
    char path[PATH_SIZE];
    path_in(server, "server.conf", path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    /* What the text has of JetStream goes on with the place of its store, which is the test's. */
    static const char jetstream[] = "jetstream {";
    const char *own = strstr(text, jetstream);
    const char *rest = own != NULL ? own + strlen(jetstream) : text + strlen(text);
    assert_true(fprintf(file, "%.*s", (int)(rest - text), text) >= 0);
    if (server->jetstream) {
        assert_true(fprintf(file, "%s store_dir: \"%s/store\"%s",
                            own != NULL ? "" : "\njetstream {", server->dir,
                            own != NULL ? "," : " }\n") > 0);
    }
    assert_true(fputs(rest, file) >= 0);
    assert_int_equal(fclose(file), 0);
}

/* In the child: becomes nats-server. */
static void exec_server(const nats_server *server) {
    char port[16];
    char config[PATH_SIZE];
    char store[PATH_SIZE];
    char log[PATH_SIZE];
    const char *argv[16];
    int n = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    snprintf(port, sizeof port, "%d", server->port > 0 ? server->port : -1);
    path_in(server, "server.conf", config);
    path_in(server, "store", store);
    path_in(server, "log", log);
    argv[n++] = "nats-server";
    argv[n++] = "-a";
    argv[n++] = "127.0.0.1";
    argv[n++] = "-p";
    argv[n++] = port;
    argv[n++] = "--ports_file_dir";
    argv[n++] = server->dir;
    argv[n++] = "-l";
    argv[n++] = log;
    if (server->config) {
        argv[n++] = "-c";
        argv[n++] = config;
    }
    if (server->jetstream && !server->config) { /* a reload would end what flags began */
        argv[n++] = "-js";
        argv[n++] = "-sd";
        argv[n++] = store;
    }
    argv[n] = NULL;
    execvp(argv[0], (char *const *)(uintptr_t)argv);
    perror("nats-server");
    _exit(127);
}

/* The port in {"nats":["nats://127.0.0.1:4222"],...}; 0 while the file is not complete. */
static int read_port(const char *path) {
    char text[1024];
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return 0;
    }
    size_t len = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[len] = '\0';
    static const char mark[] = "://127.0.0.1:";
    const char *at = strstr(text, mark);
    if (at == NULL || strchr(text, '}') == NULL) {
        return 0;
    }
    return atoi(at + sizeof mark - 1);
}

static void show_log(const nats_server *server) {
    char path[PATH_SIZE];
    path_in(server, "log", path);
    FILE *file = fopen(path, "r");
    char line[512];
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        fputs(line, stderr);
    }
    if (file != NULL) {
        fclose(file);
    }
}

/* The server writes <dir>/nats-server_<pid>.ports when it takes connections. */
static void wait_until_ready(nats_server *server, int watch) {
    char name[64];
    char path[PATH_SIZE];
    snprintf(name, sizeof name, "nats-server_%d.ports", (int)server->pid);
    path_in(server, name, path);
    int pidfd = (int)syscall(SYS_pidfd_open, server->pid, 0);
    assert_true(pidfd >= 0);
    int port;
    while ((port = read_port(path)) == 0) {
        struct pollfd fds[2] = {{.fd = watch, .events = POLLIN}, {.fd = pidfd, .events = POLLIN}};
        int ready = poll(fds, 2, START_TIMEOUT_MS);
        if (ready <= 0 || fds[1].revents != 0) {
            show_log(server);
            fail_msg("nats-server (pid %d) %s", (int)server->pid,
                     ready == 0 ? "is not ready after 20 s" : "ended while it started");
        }
        char events[4096];
        assert_true(read(watch, events, sizeof events) > 0);
    }
    close(pidfd);
    server->port = port;
    unlink(path);
}

static void launch(nats_server *server) {
    int watch = inotify_init1(IN_CLOEXEC);
    assert_true(watch >= 0);
    assert_true(inotify_add_watch(watch, server->dir, IN_CLOSE_WRITE | IN_MOVED_TO) >= 0);
    server->pid = fork();
    assert_true(server->pid >= 0);
    if (server->pid == 0) {
        exec_server(server);
    }
    wait_until_ready(server, watch);
    close(watch);
}

nats_server *nats_server_start(const nats_server_options *options) {
    nats_server *server = calloc(1, sizeof *server);
    assert_non_null(server);
    strcpy(server->dir, "/tmp/nex-nats-XXXXXX");
    assert_non_null(mkdtemp(server->dir));
    server->config = options != NULL && options->config != NULL;
    server->jetstream = options != NULL && options->jetstream;
    if (server->config) {
        write_config(server, options->config);
    }
    launch(server);
    snprintf(server->url, sizeof server->url, "nats://127.0.0.1:%d", server->port);
    return server;
}

const char *nats_server_url(const nats_server *server) {
    return server->url;
}

int nats_server_port(const nats_server *server) {
    return server->port;
}

const char *nats_server_dir(const nats_server *server) {
    return server->dir;
}

static void signal_and_wait(nats_server *server, int signal) {
    if (server->pid > 0) {
        assert_int_equal(kill(server->pid, signal), 0);
        while (waitpid(server->pid, NULL, 0) < 0) {
            assert_int_equal(errno, EINTR);
        }
        server->pid = 0;
    }
}

void nats_server_kill(nats_server *server) {
    signal_and_wait(server, SIGKILL);
}

void nats_server_restart(nats_server *server) {
    assert_int_equal(server->pid, 0);
    launch(server);
}

void nats_server_reload(nats_server *server, const char *config) {
    assert_true(server->config);
    write_config(server, config);
    assert_int_equal(kill(server->pid, SIGHUP), 0);
}

void nats_server_freeze(nats_server *server) {
    assert_int_equal(kill(server->pid, SIGSTOP), 0);
}

void nats_server_thaw(nats_server *server) {
    assert_int_equal(kill(server->pid, SIGCONT), 0);
}

void nats_server_stop(nats_server *server) {
    if (server == NULL) {
        return;
    }
    /* Nothing of it is needed any more, so it gets no time to say good-bye. */
    signal_and_wait(server, SIGKILL);
    remove_tree(server->dir);
    free(server);
}
