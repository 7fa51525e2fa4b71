#include "monitor/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_text(const char *path, const char *text) {
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    size_t len = strlen(text);
    int error = write(fd, text, len) == (ssize_t)len ? 0 : errno;
    close(fd);
    return error;
}

static int make_groups(mon_cgroups *groups, const mon_spec *spec, const char **where) {
    size_t at = 0;
    size_t size;
    const char *path;
    while ((path = mon_spec_next(spec, &at, MON_TAG_CGROUP, &size)) != NULL) {
        *where = path;
        if (groups->count == MON_CGROUPS_MAX || size > MON_CGROUP_PATH_SIZE) {
            return ENAMETOOLONG;
        }
        if (mkdir(path, 0755) != 0 && errno != EEXIST) {
            return errno;
        }
        memcpy(groups->paths[groups->count++], path, size);
    }
    return 0;
}

/* A setting is the path of a file, a newline, and what to write there. */
static int apply_settings(const mon_spec *spec, const char **where) {
    char path[MON_CGROUP_PATH_SIZE + 64];
    size_t at = 0;
    size_t size;
    const char *setting;
    while ((setting = mon_spec_next(spec, &at, MON_TAG_CGROUP_SET, &size)) != NULL) {
        const char *value = strchr(setting, '\n');
        *where = setting;
        if (value == NULL || (size_t)(value - setting) >= sizeof path) {
            return EINVAL;
        }
        memcpy(path, setting, (size_t)(value - setting));
        path[value - setting] = '\0';
        int error = write_text(path, value + 1);
        if (error != 0) {
            return error;
        }
    }
    return 0;
}

int mon_cgroups_enter(mon_cgroups *groups, const mon_spec *spec, pid_t pid, const char **where) {
    char text[24];
    groups->count = 0;
    int error = make_groups(groups, spec, where);
    if (error == 0) {
        error = apply_settings(spec, where);
    }
    snprintf(text, sizeof text, "%ld", (long)pid);
    for (uint32_t i = 0; error == 0 && i < groups->count; i++) {
        char path[MON_CGROUP_PATH_SIZE + 16];
        *where = groups->paths[i];
        snprintf(path, sizeof path, "%s/cgroup.procs", groups->paths[i]);
        error = write_text(path, text);
    }
    if (error != 0) {
        mon_cgroups_remove(groups);
    }
    return error;
}

/* The number behind "oom_kill " in a file; 0: there is none. */
static unsigned long oom_kills(const char *group, const char *file) {
    char path[MON_CGROUP_PATH_SIZE + 32];
    char text[512];
    snprintf(path, sizeof path, "%s/%s", group, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return 0;
    }
    ssize_t got = read(fd, text, sizeof text - 1);
    close(fd);
    text[got > 0 ? got : 0] = '\0';
    const char *count = strstr(text, "oom_kill ");
    return count != NULL ? strtoul(count + strlen("oom_kill "), NULL, 10) : 0;
}

bool mon_cgroups_oom(const mon_cgroups *groups) {
    for (uint32_t i = 0; i < groups->count; i++) {
        if (oom_kills(groups->paths[i], "memory.events") > 0 ||
            oom_kills(groups->paths[i], "memory.oom_control") > 0) {
            return true;
        }
    }
    return false;
}

void mon_cgroups_remove(mon_cgroups *groups) {
    for (uint32_t i = 0; i < groups->count; i++) {
        (void)rmdir(groups->paths[i]);
    }
    groups->count = 0;
}
