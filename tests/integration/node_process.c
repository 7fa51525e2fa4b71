#include "node_process.h"

#include "files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { WORDS_MAX = 48, PATIENCE_MS = 30000 };

#define PROGRAM NEX_BIN_DIR "/bin/nex"

double seconds_now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* ---- Processes ------------------------------------------------------------------------------ */

static _Noreturn void become(const char *program, const char *log, const char *const *words) {
    char *argv[WORDS_MAX + 2] = {(char *)(uintptr_t)program};
    for (size_t i = 0; words[i] != NULL && i < WORDS_MAX; i++) {
        argv[i + 1] = (char *)(uintptr_t)words[i];
    }
    int null = open("/dev/null", O_RDONLY);
    int out = open(log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (dup2(null, 0) < 0 || dup2(out, 1) < 0 || dup2(out, 2) < 0) {
        _exit(126);
    }
    close(null);
    close(out);
    execv(program, argv);
    _exit(127);
}

void process_start(nexus_run *nexus, process_run *process, const char *program,
                   const char *const *words) {
    memset(process, 0, sizeof *process);
    snprintf(process->log, sizeof process->log, "%s/log-%u", nexus->dir, nexus->logs++);
    int fd = open(process->log, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(fd >= 0);
    close(fd);
    process->pid = fork();
    assert_true(process->pid >= 0);
    if (process->pid == 0) {
        become(program, process->log, words);
    }
    process->pidfd = (int)syscall(SYS_pidfd_open, process->pid, 0);
    assert_true(process->pidfd >= 0);
}

static char *read_log(const process_run *process) {
    FILE *file = fopen(process->log, "r");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    long size = ftell(file);
    assert_true(size >= 0);
    rewind(file);
    char *text = calloc(1, (size_t)size + 1);
    assert_non_null(text);
    (void)!fread(text, 1, (size_t)size, file); /* it may grow meanwhile, but not shrink */
    fclose(file);
    return text;
}

unsigned process_count_log(const process_run *process, const char *text) {
    char *log = read_log(process);
    unsigned count = 0;
    for (const char *at = log; (at = strstr(at, text)) != NULL; at += strlen(text)) {
        count++;
    }
    free(log);
    return count;
}

static _Noreturn void fail_with_log(const process_run *process, const char *what) {
    char *log = read_log(process);
    fprintf(stderr, "%s\n", log);
    free(log);
    fail_msg("%s", what);
    abort();
}

void process_find_log(const process_run *process, const char *mark, char *out, size_t size) {
    char *log = read_log(process);
    const char *at = strstr(log, mark);
    if (at == NULL) {
        free(log);
        fail_with_log(process, mark);
    }
    at += strlen(mark);
    snprintf(out, size, "%.*s", (int)strcspn(at, " \n"), at);
    free(log);
}

void process_wait_log(process_run *process, const char *text, unsigned count) {
    int watch = inotify_init1(IN_CLOEXEC);
    assert_true(watch >= 0);
    assert_true(inotify_add_watch(watch, process->log, IN_MODIFY) >= 0);
    double until = seconds_now() + PATIENCE_MS / 1e3;
    char what[256];
    while (process_count_log(process, text) < count) {
        struct pollfd fds[2] = {{.fd = watch, .events = POLLIN},
                                {.fd = process->pidfd, .events = POLLIN}};
        double left = until - seconds_now();
        int ready = left > 0 ? poll(fds, 2, (int)(left * 1e3) + 1) : 0;
        bool ended = ready > 0 && fds[1].revents != 0;
        if (ready <= 0 || (ended && process_count_log(process, text) < count)) {
            snprintf(what, sizeof what, "%s without \"%s\" in the log",
                     ready <= 0 ? "30 s passed" : "it ended", text);
            fail_with_log(process, what);
        }
        char events[4096];
        if (!ended) {
            assert_true(read(watch, events, sizeof events) > 0);
        }
    }
    close(watch);
}

int process_wait_end(process_run *process, double limit) {
    struct pollfd fd = {.fd = process->pidfd, .events = POLLIN};
    int ready = poll(&fd, 1, (int)(limit * 1e3));
    if (ready <= 0) {
        kill(process->pid, SIGKILL);
        fail_with_log(process, "it did not end in time");
    }
    int status;
    while (waitpid(process->pid, &status, 0) < 0) {
        assert_int_equal(errno, EINTR);
    }
    close(process->pidfd);
    process->pid = 0;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* ---- What is left of processes ----------------------------------------------------------------
 */

static bool read_stat(pid_t pid, pid_t *parent, char *state) {
    char path[64];
    char text[512];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    if (file == NULL) {
        return false;
    }
    size_t n = fread(text, 1, sizeof text - 1, file);
    fclose(file);
    text[n] = '\0';
    const char *name_end = strrchr(text, ')');
    int ppid = 0;
    bool read = name_end != NULL && sscanf(name_end + 1, " %c %d", state, &ppid) == 2;
    *parent = ppid;
    return read;
}

size_t descendants_of(pid_t pid, pid_t *out, size_t max) {
    DIR *proc = opendir("/proc");
    size_t count = 0;
    assert_non_null(proc);
    for (struct dirent *entry; (entry = readdir(proc)) != NULL;) {
        pid_t each = atoi(entry->d_name);
        pid_t parent = each;
        char state = '?';
        bool ours = false;
        if (each <= 0 || !read_stat(each, &parent, &state)) {
            continue;
        }
        if (state == 'Z' && parent == getpid() && pid == getpid()) {
            waitpid(each, NULL, 0); /* came here as to a subreaper */
            continue;
        }
        char ignored;
        for (; parent > 1 && !ours; ours = parent == pid) {
            if (parent == pid) {
                ours = true;
                break;
            }
            if (!read_stat(parent, &parent, &ignored)) {
                break;
            }
        }
        if (ours && state != 'Z' && state != 'X') {
            if (out != NULL && count < max) {
                out[count] = each;
            }
            count++;
        }
    }
    closedir(proc);
    return count;
}

size_t descriptors_of(pid_t pid) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/fd", (int)pid);
    DIR *dir = opendir(path);
    size_t count = 0;
    assert_non_null(dir);
    while (readdir(dir) != NULL) {
        count++;
    }
    closedir(dir);
    return count - 2;
}

bool process_lives(pid_t pid) {
    pid_t parent;
    char state;
    return pid > 0 && read_stat(pid, &parent, &state) && state != 'Z' && state != 'X';
}

void wait_until_gone(pid_t pid) {
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd < 0) {
        return;
    }
    struct pollfd fd = {.fd = pidfd, .events = POLLIN};
    int ready = poll(&fd, 1, PATIENCE_MS);
    close(pidfd);
    if (ready <= 0) {
        fail_msg("process %d is still there after 30 s", (int)pid);
    }
}

static size_t found_files;

static int count_entry(const char *path, const struct stat *info, int type, struct FTW *at) {
    (void)path;
    (void)info;
    (void)type;
    (void)at;
    found_files++;
    return 0;
}

size_t files_below(const char *path) {
    found_files = 0;
    assert_int_equal(nftw(path, count_entry, 16, FTW_PHYS), 0);
    return found_files;
}

/* ---- The nexus --------------------------------------------------------------------------------
 */

static void on_state(void *arg, nex_bus_state state) {
    nexus_run *nexus = arg;
    if (state == NEX_BUS_CONNECTED) {
        nexus->connects++;
        loop_wait_done(&nexus->wait);
    }
}

void nexus_run_wait_connected(nexus_run *nexus, unsigned times) {
    while (nexus->connects < times) {
        loop_wait_run(&nexus->wait, "the client to be connected");
    }
    nexus->wait.done = false;
}

void nexus_run_connect(nexus_run *nexus, const char *url) {
    nexus_run_connect_as(nexus, url, &(nex_bus_options){0});
}

void nexus_run_connect_as(nexus_run *nexus, const char *url, const nex_bus_options *given) {
    nex_error err;
    nex_bus_options options = *given;
    options.servers = &url;
    options.server_count = 1;
    options.on_state = on_state;
    options.arg = nexus;
    nexus->connects = 0;
    if (nex_bus_connect(&nexus->bus, nexus->loop, &options, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    nexus_run_wait_connected(nexus, nex_bus_get_state(nexus->bus) == NEX_BUS_CONNECTED ? 0 : 1);
    nex_client_options client = {.bus = nexus->bus};
    assert_int_equal(nex_client_new(&nexus->client, &client, &err), NEX_OK);
}

void nexus_run_disconnect(nexus_run *nexus) {
    nex_client_free(nexus->client);
    nex_bus_close(nexus->bus);
    nexus->client = NULL;
    nexus->bus = NULL;
}

void nexus_run_start_bare(nexus_run *nexus) {
    memset(nexus, 0, sizeof *nexus);
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    strcpy(nexus->dir, "/tmp/nex-node-XXXXXX");
    assert_non_null(mkdtemp(nexus->dir));
    /* Nodes of this test keep nothing in the home of whoever runs it. */
    assert_int_equal(setenv("XDG_CONFIG_HOME", nexus->dir, 1), 0);
    assert_int_equal(unsetenv("NEX_NAMESPACE"), 0);
    assert_int_equal(nex_loop_new(&nexus->loop, NULL), NEX_OK);
    nexus->wait.loop = nexus->loop;
}

void nexus_run_start(nexus_run *nexus, bool jetstream) {
    nexus_run_start_bare(nexus);
    nats_server_options options = {.jetstream = jetstream};
    nexus->server = nats_server_start(&options);
    nexus_run_connect(nexus, nats_server_url(nexus->server));
}

static void name_of(pid_t pid, char out[64]) {
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/comm", (int)pid);
    FILE *file = fopen(path, "r");
    out[0] = '\0';
    if (file != NULL) {
        if (fgets(out, 64, file) != NULL) {
            out[strcspn(out, "\n")] = '\0';
        }
        fclose(file);
    }
}

/*
 * What is still there is given a moment: a monitor whose workload has ended goes by itself. The
 * rest is killed, so that no later test meets it, and told of.
 */
static size_t end_what_is_left(char *names, size_t size) {
    pid_t left[64];
    size_t killed = 0;
    size_t len = 0;
    size_t count = descendants_of(getpid(), left, 64);
    for (size_t i = 0; i < count && i < 64; i++) {
        char name[64];
        int pidfd = (int)syscall(SYS_pidfd_open, left[i], 0);
        struct pollfd fd = {.fd = pidfd, .events = POLLIN};
        name_of(left[i], name);
        if (pidfd >= 0 && poll(&fd, 1, killed == 0 ? 5000 : 0) <= 0) {
            kill(left[i], SIGKILL);
            killed++;
            int n = snprintf(names + len, size - len, " %s", name);
            len += n > 0 && (size_t)n < size - len ? (size_t)n : 0;
        }
        close(pidfd);
    }
    (void)descendants_of(getpid(), NULL, 0); /* reaps them */
    return killed;
}

void nexus_run_end(nexus_run *nexus) {
    nexus_run_disconnect(nexus);
    nex_loop_free(nexus->loop);
    nats_server_stop(nexus->server);
    char names[512] = "";
    size_t left = end_what_is_left(names, sizeof names);
    assert_int_equal(remove_tree(nexus->dir), 0);
    if (left > 0) {
        fail_msg("%zu processes were left behind:%s", left, names);
    }
}

/* ---- Nodes ------------------------------------------------------------------------------------
 */

void node_start(nexus_run *nexus, node_run *node, const char *const *words) {
    const char *all[WORDS_MAX] = {"--logger.level", "debug", "node", "up"};
    size_t count = 4;
    if (nexus->server != NULL) {
        all[count++] = "--nats.servers";
        all[count++] = nats_server_url(nexus->server);
    }
    for (; *words != NULL; words++) {
        assert_true(count < WORDS_MAX - 1);
        all[count++] = *words;
    }
    memset(node, 0, sizeof *node);
    process_start(nexus, &node->process, PROGRAM, all);
    process_wait_log(&node->process, "nex node ready", 1);
    process_find_log(&node->process, "node_id=", node->id, sizeof node->id);
}

int node_end(node_run *node, int signal) {
    assert_int_equal(kill(node->process.pid, signal), 0);
    return process_wait_end(&node->process, 10);
}
