#include "monitor/identity.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static ssize_t read_file(const char *path, char *out, size_t size) {
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -1;
    }
    ssize_t got = read(fd, out, size - 1);
    close(fd);
    if (got >= 0) {
        out[got] = '\0';
    }
    return got;
}

void mon_boot_id(char out[MON_BOOT_ID_SIZE]) {
    if (read_file("/proc/sys/kernel/random/boot_id", out, MON_BOOT_ID_SIZE) < 0) {
        out[0] = '\0';
    }
    out[strcspn(out, " \n")] = '\0';
}

bool mon_process_read(pid_t pid, mon_process *out) {
    char path[40];
    char text[1024];
    snprintf(path, sizeof path, "/proc/%ld/stat", (long)pid);
    if (pid <= 0 || read_file(path, text, sizeof text) <= 0) {
        return false;
    }
    /* The name, in brackets, may hold anything, brackets and blanks too: the last ) ends it. */
    const char *rest = strrchr(text, ')');
    long parent = 0;
    long session = 0;
    uint64_t start = 0;
    char state = 0;
    if (rest == NULL ||
        sscanf(rest + 1,
               " %c %ld %*d %ld %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d %*d %*d %*d "
               "%" SCNu64,
               &state, &parent, &session, &start) != 4) {
        return false;
    }
    out->pid = pid;
    out->parent = (pid_t)parent;
    out->session = (pid_t)session;
    out->state = state;
    out->start_ticks = start;
    return true;
}

bool mon_process_lives(pid_t pid, uint64_t start_ticks, const char *boot_id) {
    char boot[MON_BOOT_ID_SIZE];
    mon_boot_id(boot);
    mon_process found;
    return strcmp(boot, boot_id) == 0 && mon_process_read(pid, &found) &&
           found.start_ticks == start_ticks && found.state != 'Z' && found.state != 'X';
}
