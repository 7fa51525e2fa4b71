/*
 * A nats-server child for nodes that bring their own NATS. It listens on the loopback address
 * unless its configuration says otherwise, is started again when it ends, and leaves no process
 * behind: not even one that an earlier, killed node left.
 */
#include "node/local.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define START_TIMEOUT_MS 5000
#define RESTART_FIRST    (250 * NEX_MILLISECOND)
#define RESTART_MAX      (10 * NEX_SECOND)
#define STOP_TIMEOUT_MS  5000

struct nex_inats {
    nex_loop *loop;
    const nex_log *log;
    char *program;
    char *config_file;
    char *store_dir;
    char *ports_dir; /* a fresh one under store_dir or /tmp */
    bool made_store; /* store_dir is a temporary one */
    bool loopback;   /* -a 127.0.0.1 */
    int port;
    char url[128];
    local_process *process;
    nex_timer *restart;
    unsigned restarts;
    bool stopping;
};

/* Whether a configuration says which address to listen on, outside of any block. */
static bool names_address(const char *text) {
    int depth = 0;
    for (const char *line = text; line != NULL && *line != '\0';) {
        const char *p = line;
        while (*p == ' ' || *p == '\t') {
            p++;
        }
        static const char *const keys[] = {"listen", "host", "net"};
        for (size_t i = 0; depth == 0 && i < sizeof keys / sizeof keys[0]; i++) {
            size_t n = strlen(keys[i]);
            if (strncmp(p, keys[i], n) == 0 && strchr(" \t:=", p[n]) != NULL && p[n] != '\0') {
                return true;
            }
        }
        bool quoted = false;
        for (; *p != '\0' && *p != '\n'; p++) {
            if (*p == '"') {
                quoted = !quoted;
            } else if (!quoted && (*p == '#' || (p[0] == '/' && p[1] == '/'))) {
                break;
            } else if (!quoted) {
                depth += (*p == '{') - (*p == '}');
            }
        }
        line = strchr(p, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return false;
}

static nex_status read_file(const char *path, nex_buf *out, nex_error *err) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return nex_error_set(err, NEX_EIO, "%s: %s", path, strerror(errno));
    }
    char part[4096];
    ssize_t n = 0;
    nex_status status = nex_buf_append_str(out, "");
    while (status == NEX_OK && (n = read(fd, part, sizeof part)) > 0) {
        status = nex_buf_append(out, part, (size_t)n);
    }
    if (status == NEX_OK && n < 0) {
        status = nex_error_set(err, NEX_EIO, "%s: %s", path, strerror(errno));
    }
    close(fd);
    return status;
}

static void remove_ports_files(const char *dir) {
    DIR *d = opendir(dir);
    if (d == NULL) {
        return;
    }
    for (struct dirent *entry; (entry = readdir(d)) != NULL;) {
        if (strstr(entry->d_name, ".ports") != NULL) {
            unlinkat(dirfd(d), entry->d_name, 0);
        }
    }
    closedir(d);
}

/* Finds {"nats":["nats://host:port",...]} in the file that the server writes when it is up. */
static bool read_ports_file(nex_inats *inats) {
    DIR *d = opendir(inats->ports_dir);
    bool found = false;
    if (d == NULL) {
        return false;
    }
    for (struct dirent *entry; !found && (entry = readdir(d)) != NULL;) {
        char path[4400];
        nex_buf text = NEX_BUF_INIT;
        if (strstr(entry->d_name, ".ports") == NULL) {
            continue;
        }
        snprintf(path, sizeof path, "%s/%s", inats->ports_dir, entry->d_name);
        if (read_file(path, &text, NULL) == NEX_OK) {
            json_t *root = json_loadb(text.data, text.len, 0, NULL);
            json_t *list = json_object_get(root, "nats");
            const char *url = json_string_value(json_array_get(list, 0));
            const char *colon = url != NULL ? strrchr(url, ':') : NULL;
            if (colon != NULL && atoi(colon + 1) > 0) {
                const char *scheme = strncmp(url, "tls", 3) == 0 ? "tls" : "nats";
                inats->port = atoi(colon + 1);
                snprintf(inats->url, sizeof inats->url, "%s://127.0.0.1:%d", scheme, inats->port);
                found = true;
            }
            json_decref(root);
        }
        nex_buf_free(&text);
    }
    closedir(d);
    return found;
}

/* Waits for the ports file, or for the end of the process. */
static nex_status wait_until_up(nex_inats *inats, int watch, nex_error *err) {
    int pidfd = (int)syscall(SYS_pidfd_open, local_process_pid(inats->process), 0);
    uint64_t deadline = nex_loop_now(inats->loop) + START_TIMEOUT_MS * 1000000ULL;
    nex_status status = NEX_ETIMEOUT;
    for (;;) {
        if (read_ports_file(inats)) {
            status = NEX_OK;
            break;
        }
        uv_update_time(nex_loop_uv(inats->loop));
        uint64_t now = nex_loop_now(inats->loop);
        struct pollfd fds[2] = {{.fd = watch, .events = POLLIN}, {.fd = pidfd, .events = POLLIN}};
        if (now >= deadline || poll(fds, 2, (int)((deadline - now) / 1000000) + 1) <= 0) {
            break;
        }
        if (fds[1].revents != 0) {
            status = NEX_EIO;
            break;
        }
        char events[4096];
        if (read(watch, events, sizeof events) < 0 && errno != EAGAIN) {
            break;
        }
    }
    if (pidfd >= 0) {
        close(pidfd);
    }
    if (status == NEX_EIO) {
        nex_error_set(err, status,
                      "%s ended at once; is its port taken, or its configuration wrong? Its own "
                      "words are in the log above or with: %s -c %s",
                      inats->program, inats->program,
                      inats->config_file != NULL ? inats->config_file : "FILE");
    } else if (status != NEX_OK) {
        nex_error_set(err, status, "%s took no connections within 5 s", inats->program);
    }
    return status;
}

static void on_server_exit(void *arg, int64_t status, int signal_number) {
    nex_inats *inats = arg;
    (void)status;
    (void)signal_number;
    inats->process = NULL;
    local_pid_remove(inats->store_dir, "nats-server");
    if (inats->stopping) {
        return;
    }
    nex_duration pause = RESTART_FIRST << (inats->restarts < 6 ? inats->restarts : 6);
    inats->restarts++;
    nex_log_write(inats->log, NEX_LOG_ERROR, "nats-server ended; starting it again", NULL);
    nex_timer_start(inats->restart, pause < RESTART_MAX ? pause : RESTART_MAX, 0);
}

static nex_status run(nex_inats *inats, nex_error *err) {
    char port[16];
    char store[4200];
    const char *argv[16];
    size_t n = 0;
    argv[n++] = inats->program;
    if (inats->config_file != NULL) {
        argv[n++] = "-c";
        argv[n++] = inats->config_file;
    } else {
        snprintf(store, sizeof store, "%s/jetstream", inats->store_dir);
        snprintf(port, sizeof port, "%d", inats->port);
        argv[n++] = "-js";
        argv[n++] = "-sd";
        argv[n++] = store;
        argv[n++] = "-p";
        argv[n++] = port;
    }
    if (inats->loopback) {
        argv[n++] = "-a";
        argv[n++] = "127.0.0.1";
    }
    argv[n++] = "--ports_file_dir";
    argv[n++] = inats->ports_dir;
    argv[n] = NULL;
    char path[4096];
    snprintf(path, sizeof path, "PATH=%s:/usr/sbin:/usr/local/sbin",
             getenv("PATH") != NULL ? getenv("PATH") : "/usr/bin:/bin");
    char mark[4200];
    snprintf(mark, sizeof mark, "NEX_INATS_STORE=%s", inats->store_dir);
    char *env[] = {path, mark, NULL};
    local_process_options options = {.uv = nex_loop_uv(inats->loop),
                                     .log = inats->log,
                                     .name = "nats-server",
                                     .program = inats->program,
                                     .argv = (char *const *)argv,
                                     .env = env,
                                     .on_exit = on_server_exit,
                                     .arg = inats};
    remove_ports_files(inats->ports_dir);
    local_pid_reap(inats->store_dir, "nats-server", inats->program, mark, inats->log);
    local_pid_expect(inats->store_dir, "nats-server");
    nex_status status = local_process_start(&inats->process, &options, err);
    if (status == NEX_OK) {
        local_pid_write(inats->store_dir, "nats-server", local_process_pid(inats->process));
    } else {
        local_pid_remove(inats->store_dir, "nats-server");
    }
    return status;
}

static void on_restart(void *arg) {
    nex_inats *inats = arg;
    nex_error err;
    if (run(inats, &err) != NEX_OK) {
        nex_log_write(inats->log, NEX_LOG_ERROR, "nats-server not started", "err", err.message,
                      NULL);
        on_server_exit(inats, 0, 0);
    }
}

static nex_status prepare(nex_inats *inats, const nex_inats_options *options, nex_error *err) {
    nex_status status = NEX_OK;
    if (options->config_file != NULL) {
        nex_buf text = NEX_BUF_INIT;
        status = read_file(options->config_file, &text, err);
        inats->loopback = status == NEX_OK && !names_address(text.data);
        nex_buf_free(&text);
        if (status != NEX_OK) {
            return nex_error_prefix(err, status, "--inats-config");
        }
    } else {
        inats->loopback = true;
    }
    char temporary[] = "/tmp/nex-nats-XXXXXX";
    if (options->store_dir == NULL) {
        inats->made_store = mkdtemp(temporary) != NULL;
        if (!inats->made_store) {
            return nex_error_set(err, NEX_EIO, "%s: %s", temporary, strerror(errno));
        }
    }
    char ports[4200];
    inats->store_dir = strdup(options->store_dir != NULL ? options->store_dir : temporary);
    inats->program = strdup(options->program != NULL ? options->program : "nats-server");
    inats->config_file = options->config_file != NULL ? strdup(options->config_file) : NULL;
    if (inats->store_dir == NULL || inats->program == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "nats-server: out of memory");
    }
    snprintf(ports, sizeof ports, "%s/ports", inats->store_dir);
    inats->ports_dir = strdup(ports);
    if (inats->ports_dir == NULL || (mkdir(inats->store_dir, 0700) != 0 && errno != EEXIST) ||
        (mkdir(ports, 0700) != 0 && errno != EEXIST)) {
        return nex_error_set(err, NEX_EIO, "%s: %s", ports, strerror(errno));
    }
    return nex_timer_new(inats->loop, &inats->restart, on_restart, inats) == NEX_OK
               ? NEX_OK
               : nex_error_set(err, NEX_ENOMEM, "nats-server: out of memory");
}

nex_status nex_inats_start(nex_inats **out, const nex_inats_options *options, nex_error *err) {
    *out = NULL;
    nex_inats *inats = calloc(1, sizeof *inats);
    if (inats == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "nats-server: out of memory");
    }
    inats->loop = options->loop;
    inats->log = options->log;
    inats->port = options->port == 0 ? 4222 : options->port;
    nex_status status = prepare(inats, options, err);
    int watch = -1;
    if (status == NEX_OK) {
        watch = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
        if (watch < 0 ||
            inotify_add_watch(watch, inats->ports_dir, IN_CLOSE_WRITE | IN_MOVED_TO) < 0) {
            status = nex_error_set(err, NEX_EIO, "%s: cannot be watched: %s", inats->ports_dir,
                                   strerror(errno));
        }
    }
    if (status == NEX_OK) {
        status = run(inats, err);
    }
    if (status == NEX_OK) {
        status = wait_until_up(inats, watch, err);
    }
    if (watch >= 0) {
        close(watch);
    }
    if (status != NEX_OK) {
        nex_inats_stop(inats);
        return status;
    }
    nex_log_write(inats->log, NEX_LOG_INFO, "Using internal nats server", "url", inats->url, NULL);
    *out = inats;
    return NEX_OK;
}

const char *nex_inats_url(const nex_inats *inats) {
    return inats->url;
}

static void wait_for_end(int pid) {
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd < 0) {
        return;
    }
    struct pollfd fd = {.fd = pidfd, .events = POLLIN};
    if (poll(&fd, 1, STOP_TIMEOUT_MS) == 0) {
        kill(pid, SIGKILL);
        (void)poll(&fd, 1, STOP_TIMEOUT_MS);
    }
    close(pidfd);
}

void nex_inats_stop(nex_inats *inats) {
    if (inats == NULL) {
        return;
    }
    inats->stopping = true;
    if (inats->process != NULL) {
        int pid = local_process_pid(inats->process);
        local_process_kill(inats->process, SIGTERM);
        wait_for_end(pid);
        while (inats->process != NULL && uv_run(nex_loop_uv(inats->loop), UV_RUN_ONCE) != 0) {
        }
    }
    nex_timer_free(inats->restart);
    if (inats->ports_dir != NULL) {
        remove_ports_files(inats->ports_dir);
        rmdir(inats->ports_dir);
    }
    if (inats->made_store) {
        char agents[4200];
        snprintf(agents, sizeof agents, "%s/agents", inats->store_dir);
        rmdir(agents);
        rmdir(inats->store_dir);
    }
    free(inats->program);
    free(inats->config_file);
    free(inats->store_dir);
    free(inats->ports_dir);
    free(inats);
}
