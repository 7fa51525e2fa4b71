#include "native/cgroup.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static const char *const controllers[] = {"memory", "cpu", "pids", "io"};

/* Whether a comma- or blank-separated list holds a word. */
static bool has_word(const char *list, const char *word) {
    size_t len = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += len) {
        bool begins = at == list || strchr(", \n", at[-1]) != NULL;
        if (begins && strchr(", \n", at[len]) != NULL) { /* also finds the NUL */
            return true;
        }
    }
    return false;
}

/* This process's group in the hierarchy of a controller; "" is the unified one. */
static bool own_group(const char *controller, char *out, size_t size) {
    char *line = NULL;
    size_t room = 0;
    bool found = false;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file != NULL && !found && getline(&line, &room, file) > 0) {
        char *names = strchr(line, ':');
        char *path = names != NULL ? strchr(names + 1, ':') : NULL;
        if (path == NULL) {
            continue;
        }
        *path++ = '\0';
        path[strcspn(path, "\n")] = '\0';
        if (controller[0] == '\0' ? names[1] == '\0' : has_word(names + 1, controller)) {
            found = snprintf(out, size, "%s", path) < (int)size;
        }
    }
    free(line);
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

/*
 * Where that hierarchy is mounted: /proc/self/mountinfo, in which " - " separates the mount
 * (..., root, mount point, ...) from the file system (type, source, options).
 */
static bool mount_of(const char *controller, char *root, char *point, size_t size) {
    char *line = NULL;
    size_t room = 0;
    bool found = false;
    FILE *file = fopen("/proc/self/mountinfo", "re");
    while (file != NULL && !found && getline(&line, &room, file) > 0) {
        char type[16];
        char options[256];
        char found_root[256];
        char found_point[256];
        const char *rest = strstr(line, " - ");
        if (rest == NULL || sscanf(line, "%*s %*s %*s %255s %255s", found_root, found_point) != 2 ||
            sscanf(rest, " - %15s %*s %255s", type, options) != 2) {
            continue;
        }
        found = controller[0] == '\0'
                    ? strcmp(type, "cgroup2") == 0
                    : strcmp(type, "cgroup") == 0 && has_word(options, controller);
        if (found) {
            snprintf(root, size, "%s", found_root);
            snprintf(point, size, "%s", found_point);
        }
    }
    free(line);
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

/* The directory of this process's own group. */
static bool own_directory(const char *controller, char *out, size_t size) {
    char group[256];
    char root[256];
    char point[256];
    if (!own_group(controller, group, sizeof group) ||
        !mount_of(controller, root, point, sizeof root)) {
        return false;
    }
    const char *below = group;
    size_t root_len = strlen(root);
    if (root_len > 1 && strncmp(group, root, root_len) == 0) {
        below = group + root_len; /* a container sees its own part of the tree */
    }
    return snprintf(out, size, "%s%s", point, strcmp(below, "/") == 0 ? "" : below) < (int)size;
}

static bool read_list(const char *directory, const char *file, char *out, size_t size) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t got = read(fd, out, size - 1);
    close(fd);
    out[got > 0 ? got : 0] = '\0';
    return got >= 0;
}

/* Whether groups below a unified one have a controller, or can be given it. */
static bool delegates(const char *directory, const char *controller) {
    char list[256];
    char path[512];
    if (!read_list(directory, "cgroup.controllers", list, sizeof list) ||
        !has_word(list, controller)) {
        return false;
    }
    if (read_list(directory, "cgroup.subtree_control", list, sizeof list) &&
        has_word(list, controller)) {
        return true;
    }
    char word[32];
    snprintf(path, sizeof path, "%s/cgroup.subtree_control", directory);
    int len = snprintf(word, sizeof word, "+%s", controller);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool given = fd >= 0 && write(fd, word, (size_t)len) == len;
    if (fd >= 0) {
        close(fd);
    }
    return given;
}

/* Cuts the last part of a path off. */
static bool go_up(char *path) {
    char *last = strrchr(path, '/');
    if (last == NULL || last == path) {
        return false;
    }
    *last = '\0';
    return true;
}

/* What v1 calls a controller. */
static const char *legacy_name(const char *controller) {
    return strcmp(controller, "io") == 0 ? "blkio" : controller;
}

nex_status native_cgroup_find(const char *controller, native_cgroup_place *out, nex_error *err) {
    const char *legacy = legacy_name(controller);
    *out = (native_cgroup_place){0};
    if (own_directory(legacy, out->path, sizeof out->path)) {
        if (access(out->path, W_OK) == 0) {
            return NEX_OK;
        }
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "no control group can be made in %s: %s (cgroup v1)", out->path,
                             strerror(errno));
    }
    if (!own_directory("", out->path, sizeof out->path)) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "this machine has no control groups with the controller %s",
                             controller);
    }
    out->unified = true;
    for (int up = 0; up < 2; up++) {
        if (access(out->path, W_OK) == 0 && delegates(out->path, controller)) {
            return NEX_OK;
        }
        if (!go_up(out->path)) {
            break;
        }
    }
    return nex_error_set(err, NEX_EUNSUPPORTED,
                         "no control group with the controller %s can be made by this nexlet "
                         "(cgroup v2: delegate one to it, for example with Delegate=yes and "
                         "DelegateSubgroup=node in its systemd unit)",
                         controller);
}

/* A process goes only where its mover may write to the group above both. */
static bool takes_processes(const char *directory) {
    char path[512];
    snprintf(path, sizeof path, "%s/cgroup.procs", directory);
    return access(directory, W_OK) == 0 && access(path, W_OK) == 0;
}

bool native_cgroup_holds(native_cgroup_place *out) {
    *out = (native_cgroup_place){.unified = true};
    return own_directory("", out->path, sizeof out->path) && takes_processes(out->path);
}

bool native_cgroup_still_holds(const native_cgroup_place *place) {
    return takes_processes(place->path);
}

static void sweep(const char *directory) {
    enum { YOUNG = 60 }; /* seconds: a monitor may be about to enter it */
    DIR *entries = opendir(directory);
    struct dirent *entry;
    while (entries != NULL && (entry = readdir(entries)) != NULL) {
        struct stat info;
        if (strncmp(entry->d_name, NATIVE_CGROUP_PREFIX, strlen(NATIVE_CGROUP_PREFIX)) == 0 &&
            fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 &&
            info.st_mtime + YOUNG < time(NULL)) {
            (void)unlinkat(dirfd(entries), entry->d_name, AT_REMOVEDIR); /* not one that is used */
        }
    }
    if (entries != NULL) {
        closedir(entries);
    }
}

void native_cgroup_sweep(void) {
    native_cgroup_place place;
    nex_error err;
    if (native_cgroup_holds(&place)) {
        sweep(place.path);
    }
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        if (native_cgroup_find(controllers[i], &place, &err) == NEX_OK) {
            sweep(place.path);
        }
    }
}

void native_cgroup_report(const nex_log *log) {
    char usable[64] = "";
    char missing[64] = "";
    char path[448];
    native_cgroup_place place;
    nex_error err = {0};
    bool legacy = false;
    for (size_t i = 0; i < sizeof controllers / sizeof controllers[0]; i++) {
        nex_error why;
        bool found = native_cgroup_find(controllers[i], &place, &why) == NEX_OK;
        char *list = found ? usable : missing;
        size_t len = strlen(list);
        snprintf(list + len, sizeof usable - len, "%s%s", len > 0 ? "," : "", controllers[i]);
        legacy = legacy || own_directory(legacy_name(controllers[i]), path, sizeof path);
        if (!found && err.message[0] == '\0') {
            err = why;
        }
    }
    bool unified = own_directory("", path, sizeof path);
    bool holds = native_cgroup_holds(&place);
    nex_log_write(log, NEX_LOG_INFO, "control groups", "version",
                  legacy && unified ? "v1 and v2 (hybrid)"
                  : legacy          ? "v1"
                  : unified         ? "v2"
                                    : "none",
                  "held_in", holds ? place.path : "none (no v2 group can be made)", "limits",
                  usable[0] != '\0' ? usable : "none", missing[0] != '\0' ? "missing" : NULL,
                  missing, "reason", err.message, NULL);
}
