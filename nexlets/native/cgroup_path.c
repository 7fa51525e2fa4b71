#include "native/cgroup_path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool native_cgroup_has_word(const char *list, const char *word) {
    size_t len = strlen(word);
    for (const char *at = list; (at = strstr(at, word)) != NULL; at += len) {
        bool begins = at == list || strchr(", \n", at[-1]) != NULL;
        if (begins && strchr(", \n", at[len]) != NULL) { /* also finds the NUL */
            return true;
        }
    }
    return false;
}

/* This process's group in the tree of a controller; "" is that of v2. */
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
        if (controller[0] == '\0' ? names[1] == '\0'
                                  : native_cgroup_has_word(names + 1, controller)) {
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
 * Where that tree is mounted: /proc/self/mountinfo, in which " - " separates the mount
 * (..., root, mount point, ...) from the file system (type, source, options).
 */
static bool mount_of(const char *controller, char root[256], char point[256]) {
    char *line = NULL;
    size_t room = 0;
    bool found = false;
    FILE *file = fopen("/proc/self/mountinfo", "re");
    while (file != NULL && !found && getline(&line, &room, file) > 0) {
        char type[16];
        char options[256];
        const char *rest = strstr(line, " - ");
        if (rest == NULL || sscanf(line, "%*s %*s %*s %255s %255s", root, point) != 2 ||
            sscanf(rest, " - %15s %*s %255s", type, options) != 2 ||
            strncmp(root, "/..", 3) == 0) { /* mounted above this process's namespace */
            continue;
        }
        found = controller[0] == '\0'
                    ? strcmp(type, "cgroup2") == 0
                    : strcmp(type, "cgroup") == 0 && native_cgroup_has_word(options, controller);
    }
    free(line);
    if (file != NULL) {
        fclose(file);
    }
    return found;
}

bool native_cgroup_find_own(const char *controller, native_cgroup_own *out) {
    char group[320];
    char root[256];
    if (!own_group(controller, group, sizeof group) || !mount_of(controller, root, out->mount)) {
        return false;
    }
    const char *below = group;
    size_t root_len = strlen(root);
    if (root_len > 1 && strncmp(group, root, root_len) == 0) {
        below = group + root_len; /* a container sees its own part of the tree */
    }
    if (strncmp(below, "/..", 3) == 0) {
        return false; /* moved out of the part that is to be seen here */
    }
    return snprintf(out->path, sizeof out->path, "%s%s", out->mount,
                    strcmp(below, "/") == 0 ? "" : below) < (int)sizeof out->path;
}

bool native_cgroup_read(const char *directory, const char *file, char *out, size_t size) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    ssize_t got = read(fd, out, size - 1);
    int error = errno;
    close(fd);
    out[got > 0 ? got : 0] = '\0';
    errno = error;
    return got >= 0;
}

bool native_cgroup_write(const char *directory, const char *file, const char *text) {
    char path[512];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    if (fd < 0) {
        return false;
    }
    bool written = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    int error = errno;
    close(fd);
    errno = error;
    return written;
}
