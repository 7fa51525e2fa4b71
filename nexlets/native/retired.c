/*
 * Workloads that were stopped, or have ended for good: an empty file each, named by the workload,
 * in the directory "retired". What counts is that the file is there, so no damage to its content
 * can bring a workload back. It is made before a stop acts. The oldest go when there are many; one
 * that somebody asks for is as good as new.
 */
#include "native/state_dir.h"

#include "native/advice.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RETIRED "retired"

enum { RETIRED_MAX = 16384 }; /* twice as many at most are there */

typedef struct retired {
    char id[MON_ID_SIZE];
    struct timespec time;
} retired;

static int open_retired(const native_state_dir *dir) {
    return openat(dir->root, RETIRED, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
}

static int by_age(const void *left, const void *right) {
    const struct timespec *a = &((const retired *)left)->time;
    const struct timespec *b = &((const retired *)right)->time;
    if (a->tv_sec != b->tv_sec) {
        return a->tv_sec < b->tv_sec ? -1 : 1;
    }
    return (a->tv_nsec > b->tv_nsec) - (a->tv_nsec < b->tv_nsec);
}

/* All there are; NULL when there are none, or without memory. Free it. */
static retired *list(DIR *entries, size_t *count) {
    retired *all = NULL;
    size_t room = 0;
    struct dirent *entry;
    *count = 0;
    while ((entry = readdir(entries)) != NULL) {
        struct stat info;
        if (!native_id_valid(entry->d_name) ||
            fstatat(dirfd(entries), entry->d_name, &info, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        if (*count == room) {
            room = room > 0 ? room * 2 : 64;
            retired *more = reallocarray(all, room, sizeof *all);
            if (more == NULL) {
                break;
            }
            all = more;
        }
        memcpy(all[*count].id, entry->d_name, strlen(entry->d_name) + 1);
        all[(*count)++].time = info.st_mtim;
    }
    return all;
}

void native_retired_prune(native_state_dir *dir) {
    int fd = open_retired(dir);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (entries == NULL) {
        if (fd >= 0) {
            close(fd);
        }
        return;
    }
    retired *all = list(entries, &dir->retired);
    if (dir->retired > RETIRED_MAX) {
        size_t excess = dir->retired - RETIRED_MAX;
        qsort(all, dir->retired, sizeof *all, by_age);
        for (size_t i = 0; i < excess; i++) {
            (void)unlinkat(fd, all[i].id, 0);
        }
        dir->retired -= excess;
    }
    free(all);
    closedir(entries);
}

nex_status native_retire(native_state_dir *dir, const char *id, nex_error *err) {
    int error = native_id_valid(id) ? 0 : EINVAL;
    if (error == 0 && mkdirat(dir->root, RETIRED, 0700) != 0 && errno != EEXIST) {
        error = errno;
    }
    int parent = error == 0 ? open_retired(dir) : -1;
    int fd = parent >= 0
                 ? openat(parent, id, O_WRONLY | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NOCTTY, 0600)
                 : -1;
    if (fd < 0 && error == 0) {
        error = errno;
    }
    if (fd >= 0) {
        (void)futimens(fd, NULL);
        close(fd);
    }
    if (parent >= 0) {
        close(parent);
    }
    if (error != 0) {
        return nex_error_set(err, NEX_EIO,
                             "cannot record in %s that workload %s is not to run again: %s%s",
                             dir->path, id, strerror(error), native_advice(error));
    }
    if (++dir->retired > 2 * RETIRED_MAX) {
        native_retired_prune(dir);
    }
    return NEX_OK;
}

bool native_retired(const native_state_dir *dir, const char *id) {
    int parent = native_id_valid(id) ? open_retired(dir) : -1;
    if (parent < 0) {
        return false;
    }
    /* Somebody still asks for it: it is not among those that may be forgotten first. */
    bool found = utimensat(parent, id, NULL, AT_SYMLINK_NOFOLLOW) == 0;
    close(parent);
    return found;
}

void native_retired_forget(native_state_dir *dir) {
    int parent = open_retired(dir);
    DIR *entries = parent >= 0 ? fdopendir(parent) : NULL;
    if (entries == NULL) {
        if (parent >= 0) {
            close(parent);
        }
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        if (native_id_valid(entry->d_name)) {
            (void)unlinkat(parent, entry->d_name, 0);
        }
    }
    closedir(entries);
    (void)unlinkat(dir->root, RETIRED, AT_REMOVEDIR);
    dir->retired = 0;
}
