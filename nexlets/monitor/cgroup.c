#include "monitor/cgroup.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
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

static int write_in(const char *group, const char *file, const char *text) {
    char path[MON_CGROUP_PATH_SIZE + 32];
    snprintf(path, sizeof path, "%s/%s", group, file);
    return write_text(path, text);
}

static bool is_unified(const char *group) {
    struct statfs info;
    return statfs(group, &info) == 0 && info.f_type == CGROUP2_SUPER_MAGIC;
}

/* Its counters would be those of an earlier run, and nothing of that one may be left. */
static int make_anew(const char *path, bool shared) {
    if (mkdir(path, 0755) == 0) {
        return 0;
    }
    if (errno != EEXIST || shared) {
        return errno == EEXIST ? 0 : errno;
    }
    (void)write_in(path, "cgroup.kill", "1");
    return rmdir(path) != 0 || mkdir(path, 0755) == 0 || errno == EEXIST ? 0 : errno;
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
        int error = make_anew(path, spec->attached);
        if (error != 0) {
            return error;
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

int mon_cgroups_go_home(const mon_spec *spec, const char **where) {
    char text[24];
    size_t at = 0;
    size_t size;
    const char *home = mon_spec_next(spec, &at, MON_TAG_HOME_CGROUP, &size);
    if (home == NULL) {
        return 0;
    }
    *where = home;
    snprintf(text, sizeof text, "%ld\n", (long)getpid());
    return write_in(home, "cgroup.procs", text);
}

int mon_cgroups_make(mon_cgroups *groups, const mon_spec *spec, const char **where) {
    groups->count = 0;
    int error = make_groups(groups, spec, where);
    if (error == 0) {
        error = apply_settings(spec, where);
    }
    if (error != 0) {
        mon_cgroups_remove(groups);
    }
    return error;
}

int mon_cgroups_birthplace(const mon_cgroups *groups) {
    for (uint32_t i = 0; i < groups->count; i++) {
        if (is_unified(groups->paths[i])) {
            return open(groups->paths[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        }
    }
    return -1;
}

/* Reads the processes of a group, as far as they fit. */
static bool read_processes(const char *group, char *out, size_t size) {
    char path[MON_CGROUP_PATH_SIZE + 32];
    snprintf(path, sizeof path, "%s/cgroup.procs", group);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t got = read(fd, out, size - 1);
    close(fd);
    out[got > 0 ? got : 0] = '\0';
    return got > 0;
}

int mon_cgroups_enter(const mon_cgroups *groups, pid_t pid, const char **where) {
    char text[24];
    char found[24];
    int error = 0;
    snprintf(text, sizeof text, "%ld\n", (long)pid);
    for (uint32_t i = 0; error == 0 && i < groups->count; i++) {
        const char *group = groups->paths[i];
        /* One that was born there is the only one there. */
        if (!read_processes(group, found, sizeof found) || strcmp(found, text) != 0) {
            *where = group;
            error = write_in(group, "cgroup.procs", text);
        }
    }
    return error;
}

static size_t kill_each(const char *group) {
    char text[4096];
    size_t killed = 0;
    if (!read_processes(group, text, sizeof text)) {
        return 0;
    }
    for (char *at = text; *at >= '0' && *at <= '9';) {
        pid_t pid = (pid_t)strtol(at, &at, 10);
        /* Without its newline the last one may be cut short. */
        killed += pid > 1 && *at == '\n' && kill(pid, SIGKILL) == 0 ? 1 : 0;
        at += *at == '\n' ? 1 : 0;
    }
    return killed;
}

size_t mon_cgroups_kill(const mon_cgroups *groups) {
    size_t killed = 0;
    for (uint32_t i = 0; i < groups->count; i++) {
        killed += kill_each(groups->paths[i]);
        (void)write_in(groups->paths[i], "cgroup.kill", "1");
    }
    return killed;
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
