#include "native/usage.h"

#include <dirent.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEPTH_MAX = 32, PROCESSES_MAX = 4096 };

/* Reads a small file as text. */
static bool read_text(const char *path, char *out, size_t size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t got = read(fd, out, size - 1);
    close(fd);
    out[got > 0 ? got : 0] = '\0';
    return got >= 0;
}

/* ---- Processes ------------------------------------------------------------------------------ */

typedef struct process_figures {
    int64_t parent;
    uint64_t own_ticks;
    uint64_t children_ticks; /* of those that ended and were waited for */
    uint64_t pages;
} process_figures;

static bool read_process(int64_t pid, process_figures *out) {
    char path[64];
    char text[1024];
    uint64_t user;
    uint64_t system;
    uint64_t children_user;
    uint64_t children_system;
    snprintf(path, sizeof path, "/proc/%" PRId64 "/stat", pid);
    const char *after = read_text(path, text, sizeof text) ? strrchr(text, ')') : NULL;
    /* Fields 4, 14 to 17 and 24, behind a name that may hold anything. */
    return after != NULL &&
           sscanf(after + 1,
                  " %*c %" SCNd64 " %*d %*d %*d %*d %*u %*u %*u %*u %*u %" SCNu64 " %" SCNu64
                  " %" SCNu64 " %" SCNu64 " %*d %*d %*d %*d %*u %*u %" SCNu64,
                  &out->parent, &user, &system, &children_user, &children_system,
                  &out->pages) == 6 &&
           (out->own_ticks = user + system, out->children_ticks = children_user + children_system,
            true);
}

/* The number behind a name at the beginning of a line. */
static bool find_number(const char *text, const char *name, uint64_t *out) {
    size_t len = strlen(name);
    for (const char *line = text; line != NULL; line = strchr(line, '\n')) {
        line += *line == '\n' ? 1 : 0;
        if (strncmp(line, name, len) == 0 && sscanf(line + len, "%" SCNu64, out) == 1) {
            return true;
        }
    }
    return false;
}

typedef struct sum {
    uint64_t ticks;
    uint64_t pages;
    uint64_t pids;
    bool no_io;
    uint64_t io_read;
    uint64_t io_write;
} sum;

static void add_io(sum *s, int64_t pid) {
    char path[64];
    char text[512];
    uint64_t in;
    uint64_t out;
    snprintf(path, sizeof path, "/proc/%" PRId64 "/io", pid);
    if (!s->no_io && read_text(path, text, sizeof text) && find_number(text, "read_bytes: ", &in) &&
        find_number(text, "write_bytes: ", &out)) {
        s->io_read += in;
        s->io_write += out;
    } else {
        s->no_io = true; /* of another user, say: a sum without it would be wrong */
    }
}

static void add_children(sum *s, int64_t pid, unsigned depth);

static void add_process(sum *s, int64_t pid, unsigned depth) {
    process_figures figures;
    if (depth > DEPTH_MAX || s->pids >= PROCESSES_MAX || !read_process(pid, &figures)) {
        return;
    }
    s->ticks += figures.own_ticks + figures.children_ticks;
    s->pages += figures.pages;
    s->pids++;
    add_io(s, pid);
    add_children(s, pid, depth);
}

/* Each thread has its own children. */
static void add_children(sum *s, int64_t pid, unsigned depth) {
    char path[96];
    char text[16 * 1024];
    snprintf(path, sizeof path, "/proc/%" PRId64 "/task", pid);
    DIR *threads = opendir(path);
    const struct dirent *thread;
    while (threads != NULL && (thread = readdir(threads)) != NULL) {
        snprintf(path, sizeof path, "/proc/%" PRId64 "/task/%.20s/children", pid, thread->d_name);
        if (thread->d_name[0] == '.' || !read_text(path, text, sizeof text)) {
            continue;
        }
        char *end = NULL;
        for (char *at = text; *at != '\0'; at = end + (*end != '\0')) {
            int64_t child = strtoll(at, &end, 10);
            if (end == at) {
                break;
            }
            add_process(s, child, depth + 1);
        }
    }
    if (threads != NULL) {
        closedir(threads);
    }
}

/* What stands above a workload's first process, and takes its orphans; 0: nobody of ours. */
static int64_t keeper_of(int64_t parent) {
    char path[64];
    char name[32];
    snprintf(path, sizeof path, "/proc/%" PRId64 "/comm", parent);
    return parent > 1 && read_text(path, name, sizeof name) &&
                   (strcmp(name, "nex-monitor\n") == 0 || strcmp(name, "nex-init\n") == 0)
               ? parent
               : 0;
}

static bool sum_processes(int64_t pid, sum *s) {
    process_figures first;
    process_figures keeper;
    *s = (sum){0};
    if (!read_process(pid, &first)) {
        return false;
    }
    int64_t above = keeper_of(first.parent);
    if (above != 0 && read_process(above, &keeper)) {
        s->ticks += keeper.children_ticks; /* of orphans that have ended */
        add_children(s, above, 0);
    } else {
        add_process(s, pid, 0);
    }
    return s->pids > 0;
}

/* ---- Control groups ------------------------------------------------------------------------- */

void native_usage_find_places(const char *chosen, native_usage_places *out) {
    static const char *const names[] = {"memory", "cpu", "pids", "io"};
    native_cgroup_place *const places[] = {&out->memory, &out->cpu, &out->pids, &out->io};
    *out = (native_usage_places){0};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (native_cgroup_find(chosen, names[i], places[i], NULL) != NEX_OK) {
            *places[i] = (native_cgroup_place){0};
        }
    }
}

/* A file of the workload's group; NULL place or file: there is none. */
static bool read_group(const native_cgroup_place *place, const char *id, const char *file,
                       char *out, size_t size) {
    char path[640];
    snprintf(path, sizeof path, "%s/" NATIVE_CGROUP_PREFIX "%.50s/%s", place->path, id, file);
    return place->path[0] != '\0' && read_text(path, out, size);
}

static bool read_number(const native_cgroup_place *place, const char *id, const char *file,
                        uint64_t *out) {
    char text[32];
    return read_group(place, id, file, text, sizeof text) && sscanf(text, "%" SCNu64, out) == 1;
}

/* Sums what stands behind a word in all lines: one a device. */
static uint64_t sum_words(const char *text, const char *word) {
    uint64_t total = 0;
    for (const char *at = text; (at = strstr(at, word)) != NULL;) {
        at += strlen(word);
        total += strtoull(at, NULL, 10);
    }
    return total;
}

static void take_groups(const native_usage_places *places, const char *id, native_usage *out) {
    char text[4096];
    uint64_t number;
    const char *memory = places->memory.unified ? "memory.current" : "memory.usage_in_bytes";
    if (read_number(&places->memory, id, memory, &number)) {
        out->memory = number;
        out->from_cgroup = true;
    }
    if (places->cpu.unified && read_group(&places->cpu, id, "cpu.stat", text, sizeof text) &&
        find_number(text, "usage_usec ", &number)) {
        out->cpu_seconds = (double)number / 1e6;
    }
    if (read_number(&places->pids, id, "pids.current", &number)) {
        out->pids = number;
    }
    if (places->io.unified && read_group(&places->io, id, "io.stat", text, sizeof text)) {
        out->has_io = true;
        out->io_read = sum_words(text, "rbytes=");
        out->io_write = sum_words(text, "wbytes=");
    }
}

void native_usage_add(int64_t pid, native_usage *total) {
    sum s;
    if (sum_processes(pid, &s)) {
        total->cpu_seconds += (double)s.ticks / (double)sysconf(_SC_CLK_TCK);
        total->memory += s.pages * (uint64_t)sysconf(_SC_PAGESIZE);
        total->pids += s.pids;
    }
}

bool native_usage_measure(const native_usage_places *places, const char *workload_id, int64_t pid,
                          native_usage *out) {
    sum s;
    if (!sum_processes(pid, &s)) {
        return false;
    }
    *out = (native_usage){.cpu_seconds = (double)s.ticks / (double)sysconf(_SC_CLK_TCK),
                          .memory = s.pages * (uint64_t)sysconf(_SC_PAGESIZE),
                          .pids = s.pids,
                          .has_io = !s.no_io,
                          .io_read = s.io_read,
                          .io_write = s.io_write};
    take_groups(places, workload_id, out);
    return true;
}
