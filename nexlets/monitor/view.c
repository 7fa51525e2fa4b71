/*
 * The file system as the workload sees it, in a mount namespace of its own: all of it read-only,
 * some of it hidden under empty directories, and on top of that what is its own.
 *
 * What stays visible is picked up before anything is hidden, as detached mounts, and put in its
 * place again at the end; so it may lie below what is hidden.
 */
#include "monitor/isolate.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef AT_RECURSIVE
#define AT_RECURSIVE 0x8000
#endif

enum { KEPT_MAX = 128 };

typedef struct kept {
    const char *path;
    int tree;         /* detached */
    bool only_hidden; /* put back only where it was hidden */
} kept;

typedef struct view {
    const mon_spec *spec;
    mon_detail *detail;
    size_t count;
    kept kept[KEPT_MAX];
} view;

/* Empty directories are put over these where everything is read-only. */
static const char *const hidden_always[] = {"/home", "/root", "/run/user"};
static const char *const temporary[] = {"/tmp", "/var/tmp"};
static const char *const devices[] = {"null", "zero", "full", "random", "urandom", "tty"};

static int set_read_only(int at, const char *path, unsigned flags) {
    struct mount_attr attributes = {.attr_set = MOUNT_ATTR_RDONLY};
    return syscall(SYS_mount_setattr, at, path, flags, &attributes, sizeof attributes) == 0 ? 0
                                                                                            : errno;
}

static int keep(view *v, const char *path, bool read_only, bool only_hidden) {
    if (v->count == KEPT_MAX) {
        return mon_detail_set(v->detail, E2BIG, "more than %d paths", KEPT_MAX);
    }
    int tree = (int)syscall(SYS_open_tree, AT_FDCWD, path,
                            OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC | AT_RECURSIVE);
    if (tree < 0) {
        return mon_detail_set(v->detail, errno, "path %s", path);
    }
    int error = read_only ? set_read_only(tree, "", AT_EMPTY_PATH | AT_RECURSIVE) : 0;
    if (error != 0) {
        return mon_detail_set(v->detail, error, "making %s read-only", path);
    }
    /* The shorter a path is, the earlier it must be in its place. */
    size_t at = v->count++;
    for (; at > 0 && strlen(v->kept[at - 1].path) > strlen(path); at--) {
        v->kept[at] = v->kept[at - 1];
    }
    v->kept[at] = (kept){.path = path, .tree = tree, .only_hidden = only_hidden};
    return 0;
}

static int keep_named(view *v, mon_tag tag, bool read_only) {
    size_t at = 0;
    size_t size;
    const char *path;
    int error = 0;
    while (error == 0 && (path = mon_spec_next(v->spec, &at, tag, &size)) != NULL) {
        error = keep(v, path, read_only, false);
    }
    return error;
}

static int cover(view *v, const char *path, const char *options) {
    return mount("tmpfs", path, "tmpfs", MS_NOSUID | MS_NODEV, options) == 0
               ? 0
               : mon_detail_set(v->detail, errno, "an empty directory over %s", path);
}

static bool is_directory(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

static int move_tree(view *v, int tree, const char *path) {
    int error =
        syscall(SYS_move_mount, tree, "", AT_FDCWD, path, MOVE_MOUNT_F_EMPTY_PATH) == 0 ? 0 : errno;
    close(tree);
    return error == 0 ? 0 : mon_detail_set(v->detail, error, "putting %s in its place", path);
}

/* A directory becomes an empty one, a file one without anything in it. */
static int hide(view *v, const char *path) {
    if (is_directory(path)) {
        return cover(v, path, "mode=0755,size=1m");
    }
    if (access(path, F_OK) != 0) {
        return 0;
    }
    int tree =
        (int)syscall(SYS_open_tree, AT_FDCWD, "/dev/null", OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    return tree >= 0 ? move_tree(v, tree, path)
                     : mon_detail_set(v->detail, errno, "hiding %s", path);
}

static int each_hidden(view *v, int (*what)(view *v, const char *path)) {
    int error = 0;
    if ((v->spec->isolation & MON_ISOLATE_READ_ONLY) != 0) {
        for (size_t i = 0; error == 0 && i < sizeof hidden_always / sizeof hidden_always[0]; i++) {
            error = what(v, hidden_always[i]);
        }
    }
    size_t at = 0;
    size_t size;
    const char *path;
    while (error == 0 && (path = mon_spec_next(v->spec, &at, MON_TAG_HIDDEN, &size)) != NULL) {
        error = what(v, path);
    }
    return error;
}

static int seal(view *v, const char *path) {
    for (size_t i = 0; i < v->count; i++) {
        if (strcmp(v->kept[i].path, path) == 0) {
            return 0; /* something else lies on top of it */
        }
    }
    int error = is_directory(path) ? set_read_only(AT_FDCWD, path, 0) : 0;
    return error == 0 || error == EINVAL /* nothing was put over it: it was hidden from above */
               ? 0
               : mon_detail_set(v->detail, error, "sealing %s", path);
}

/* /dev with what every program expects there, and terminals of its own. */
static int make_devices(view *v) {
    enum { COUNT = sizeof devices / sizeof devices[0] };
    int trees[COUNT];
    char path[32];
    for (size_t i = 0; i < COUNT; i++) {
        snprintf(path, sizeof path, "/dev/%s", devices[i]);
        trees[i] = (int)syscall(SYS_open_tree, AT_FDCWD, path, OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
    }
    int error = cover(v, "/dev", "mode=0755,size=1m");
    for (size_t i = 0; error == 0 && i < COUNT; i++) {
        snprintf(path, sizeof path, "/dev/%s", devices[i]);
        int fd = trees[i] >= 0 ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0666) : -1;
        if (fd >= 0) {
            close(fd);
            error = move_tree(v, trees[i], path);
        }
    }
    if (error != 0) {
        return error;
    }
    if (mkdir("/dev/shm", 01777) != 0 || mkdir("/dev/pts", 0755) != 0 ||
        symlink("/proc/self/fd", "/dev/fd") != 0 || symlink("fd/0", "/dev/stdin") != 0 ||
        symlink("fd/1", "/dev/stdout") != 0 || symlink("fd/2", "/dev/stderr") != 0 ||
        symlink("pts/ptmx", "/dev/ptmx") != 0) {
        return mon_detail_set(v->detail, errno, "making /dev");
    }
    if (mount("devpts", "/dev/pts", "devpts", MS_NOSUID | MS_NOEXEC,
              "newinstance,ptmxmode=0666,mode=0620") != 0) {
        return mon_detail_set(v->detail, errno, "mounting /dev/pts");
    }
    error = cover(v, "/dev/shm", "mode=1777,size=10%");
    return error == 0 ? seal(v, "/dev") : error;
}

static int make_private(view *v) {
    int error = 0;
    for (size_t i = 0; error == 0 && i < sizeof temporary / sizeof temporary[0]; i++) {
        if (is_directory(temporary[i])) {
            error = cover(v, temporary[i], "mode=1777,size=10%");
        }
    }
    return error == 0 ? make_devices(v) : error;
}

/* Makes what is missing on the way to a path that was hidden. */
static int make_place(const char *path, bool directory) {
    char part[4096];
    if (snprintf(part, sizeof part, "%s", path) >= (int)sizeof part) {
        return ENAMETOOLONG;
    }
    for (char *at = strchr(part + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (access(part, F_OK) != 0 && mkdir(part, 0755) != 0) {
            return errno;
        }
        *at = '/';
    }
    if (directory) {
        return mkdir(part, 0755) == 0 ? 0 : errno;
    }
    int fd = open(part, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd < 0) {
        return errno;
    }
    close(fd);
    return 0;
}

static int put_back(view *v) {
    int error = 0;
    for (size_t i = 0; error == 0 && i < v->count; i++) {
        const kept *one = &v->kept[i];
        struct stat info;
        bool there = access(one->path, F_OK) == 0;
        if (there && one->only_hidden) {
            close(one->tree);
            continue;
        }
        if (!there) {
            error =
                fstat(one->tree, &info) == 0 ? make_place(one->path, S_ISDIR(info.st_mode)) : errno;
        }
        error = error == 0 ? move_tree(v, one->tree, one->path)
                           : mon_detail_set(v->detail, error, "a place for %s", one->path);
    }
    return error;
}

static int mount_proc(view *v) {
    return mount("proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, NULL) == 0
               ? 0
               : mon_detail_set(v->detail, errno, "mounting /proc");
}

int mon_view_make(const mon_spec *spec, const char *workdir, mon_detail *detail) {
    view v = {.spec = spec, .detail = detail};
    if (mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0) {
        return mon_detail_set(detail, errno, "a view of the file system of its own");
    }
    int error = keep(&v, workdir, false, (spec->isolation & MON_ISOLATE_READ_ONLY) == 0);
    if (error == 0) {
        error = keep(&v, spec->path, true, true);
    }
    if (error == 0) {
        error = keep_named(&v, MON_TAG_READ_ONLY, true);
    }
    if (error == 0) {
        error = keep_named(&v, MON_TAG_READ_WRITE, false);
    }
    if (error == 0 && (spec->isolation & MON_ISOLATE_READ_ONLY) != 0) {
        error = set_read_only(AT_FDCWD, "/", AT_RECURSIVE);
        if (error != 0) {
            (void)mon_detail_set(detail, error, "making the file system read-only");
        }
    }
    if (error == 0 && (spec->isolation & MON_ISOLATE_PRIVATE_TMP) != 0) {
        error = make_private(&v);
    }
    if (error == 0) {
        error = each_hidden(&v, hide);
    }
    if (error == 0 && (spec->isolation & MON_ISOLATE_PRIVATE_PID) != 0) {
        error = mount_proc(&v);
    }
    if (error == 0) {
        error = put_back(&v);
    }
    return error == 0 ? each_hidden(&v, seal) : error;
}
