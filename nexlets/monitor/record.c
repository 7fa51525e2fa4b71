#include "monitor/record.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RUN_KIND    "nex-run"
#define CGROUP_LINE "cgroup "

enum { RECORD_VERSION = 1, HEAD_SIZE = 96, RECORD_MAX = 16 * 1024 * 1024 };

/* FNV-1a: every change of a single byte changes the sum. */
static uint64_t checksum(const char *data, size_t len) {
    uint64_t sum = 0xcbf29ce484222325u;
    for (size_t i = 0; i < len; i++) {
        sum = (sum ^ (unsigned char)data[i]) * 0x100000001b3u;
    }
    return sum;
}

static int write_all(int fd, const char *data, size_t len) {
    while (len > 0) {
        ssize_t put = write(fd, data, len);
        if (put < 0 && errno != EINTR) {
            return errno;
        }
        if (put > 0) {
            data += put;
            len -= (size_t)put;
        }
    }
    return 0;
}

int mon_record_write(int dir, const char *name, const char *kind, const void *text, size_t len,
                     bool sync) {
    char temporary[64];
    char head[HEAD_SIZE];
    snprintf(temporary, sizeof temporary, "%s.new", name);
    int head_len = snprintf(head, sizeof head, "%s %d %zu %016" PRIx64 "\n", kind, RECORD_VERSION,
                            len, checksum(text, len));
    int fd = openat(dir, temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0) {
        return errno;
    }
    int error = write_all(fd, head, (size_t)head_len);
    if (error == 0) {
        error = write_all(fd, text, len);
    }
    if (error == 0 && sync && fdatasync(fd) != 0) {
        error = errno;
    }
    if (close(fd) != 0 && error == 0) {
        error = errno;
    }
    if (error == 0 && renameat(dir, temporary, dir, name) != 0) {
        error = errno;
    }
    if (error != 0) {
        unlinkat(dir, temporary, 0);
        return error;
    }
    if (sync) {
        /* A directory that cannot be synced (some file systems) is no reason to fail. */
        (void)fsync(dir);
    }
    return 0;
}

static ssize_t read_all(int fd, char *out, size_t size) {
    size_t have = 0;
    while (have < size) {
        ssize_t got = read(fd, out + have, size - have);
        if (got < 0 && errno != EINTR) {
            return -1;
        }
        if (got == 0) {
            break;
        }
        have += got > 0 ? (size_t)got : 0;
    }
    return (ssize_t)have;
}

mon_record_status mon_record_read(int dir, const char *name, const char *kind, char **text,
                                  size_t *size) {
    *text = NULL;
    int fd = openat(dir, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return errno == ENOENT ? MON_RECORD_ABSENT : MON_RECORD_UNREADABLE;
    }
    struct stat info;
    mon_record_status status = MON_RECORD_DAMAGED;
    char *file = NULL;
    ssize_t got = -1;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size <= RECORD_MAX) {
        file = malloc((size_t)info.st_size + 1);
        if (file == NULL) {
            status = MON_RECORD_UNREADABLE;
        } else {
            got = read_all(fd, file, (size_t)info.st_size);
        }
    }
    close(fd);
    char found_kind[32];
    int version = 0;
    size_t len = 0;
    uint64_t sum = 0;
    if (got > 0) {
        file[got] = '\0';
        char *body = memchr(file, '\n', (size_t)got);
        if (body != NULL &&
            sscanf(file, "%31s %d %zu %" SCNx64, found_kind, &version, &len, &sum) == 4 &&
            strcmp(found_kind, kind) == 0 && version == RECORD_VERSION &&
            len == (size_t)got - (size_t)(body + 1 - file) && checksum(body + 1, len) == sum) {
            memmove(file, body + 1, len);
            file[len] = '\0';
            *text = file;
            *size = len;
            return MON_RECORD_OK;
        }
    }
    free(file);
    return status;
}

/* The fields of a run's record, one a line: written and read in one order by one format. */
#define RUN_FORMAT(U32, I32, U64, I64, ID, BOOT)                                                   \
    "workload_id %" ID "\nboot_id %" BOOT "\nmonitor_pid %" I32 "\nmonitor_start %" U64            \
    "\nphase %" I32 "\npid %" I32 "\nstart %" U64 "\nstarted_ns %" I64 "\nended_ns %" I64          \
    "\nrun %" U32 "\nfailures %" U32 "\nexit_code %" I32 "\nexit_signal %" I32                     \
    "\nexit_flags %" U32 "\nlog_next %" U64 "\nlog_acked %" U64 "\nlog_lost %" U64 "\n"

/* A line for each control group, behind the fields. False: there is no room. */
static bool append_cgroups(const mon_cgroups *groups, char *text, size_t size, int *len) {
    for (uint32_t i = 0; i < groups->count; i++) {
        int more = snprintf(text + *len, size - (size_t)*len, CGROUP_LINE "%s\n", groups->paths[i]);
        if (more < 0 || (size_t)more >= size - (size_t)*len) {
            return false;
        }
        *len += more;
    }
    return true;
}

static void read_cgroups(const char *text, mon_cgroups *out) {
    const char *at = text;
    while (out->count < MON_CGROUPS_MAX && (at = strstr(at, "\n" CGROUP_LINE)) != NULL) {
        at += strlen("\n" CGROUP_LINE);
        size_t len = strcspn(at, "\n");
        if (len > 0 && len < MON_CGROUP_PATH_SIZE) {
            memcpy(out->paths[out->count], at, len);
            out->paths[out->count++][len] = '\0';
        }
    }
}

int mon_run_write(int dir, const mon_run *run, bool sync) {
    char text[MON_RUN_TEXT_SIZE];
    const mon_state *s = &run->state;
    int len = snprintf(text, sizeof text, RUN_FORMAT(PRIu32, PRId32, PRIu64, PRId64, "s", "s"),
                       run->id, run->boot_id[0] != '\0' ? run->boot_id : "-", run->monitor_pid,
                       run->monitor_start_ticks, s->phase, s->pid, s->start_ticks, s->started_ns,
                       s->ended_ns, s->run, s->failures, s->exit_code, s->exit_signal,
                       s->exit_flags, s->log_next, s->log_acked, s->log_lost);
    if (len < 0 || (size_t)len >= sizeof text ||
        !append_cgroups(&run->cgroups, text, sizeof text, &len)) {
        return ENAMETOOLONG;
    }
    return mon_record_write(dir, MON_FILE_RUN, RUN_KIND, text, (size_t)len, sync);
}

mon_record_status mon_run_read(int dir, mon_run *out) {
    char *text;
    size_t len;
    mon_record_status status = mon_record_read(dir, MON_FILE_RUN, RUN_KIND, &text, &len);
    if (status != MON_RECORD_OK) {
        return status;
    }
    *out = (mon_run){0};
    mon_state *s = &out->state;
    int fields =
        sscanf(text, RUN_FORMAT(SCNu32, SCNd32, SCNu64, SCNd64, "127s", "39s"), out->id,
               out->boot_id, &out->monitor_pid, &out->monitor_start_ticks, &s->phase, &s->pid,
               &s->start_ticks, &s->started_ns, &s->ended_ns, &s->run, &s->failures, &s->exit_code,
               &s->exit_signal, &s->exit_flags, &s->log_next, &s->log_acked, &s->log_lost);
    read_cgroups(text, &out->cgroups);
    free(text);
    if (strcmp(out->boot_id, "-") == 0) {
        out->boot_id[0] = '\0';
    }
    return fields == 17 ? MON_RECORD_OK : MON_RECORD_DAMAGED;
}
