#include "native/state_dir.h"

#include "native/advice.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#define SAVED_KIND "nex-workload"
#define SAVED_COPY "workload.copy"
#define QUARANTINE "quarantine"
#define TRASH      "trash"

static nex_status open_below(int parent, const char *name, const char *what, int *out,
                             nex_error *err) {
    if (mkdirat(parent, name, 0711) != 0 && errno != EEXIST) {
        return nex_error_set(err, NEX_EIO,
                             "cannot make the directory %s of the native nexlet's "
                             "state: %s",
                             what, strerror(errno));
    }
    *out = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (*out < 0) {
        return nex_error_set(err, NEX_EIO,
                             "cannot open the directory %s of the native nexlet's "
                             "state: %s",
                             what, strerror(errno));
    }
    return NEX_OK;
}

/* Makes a path and all directories above it. */
static nex_status make_path(const char *path, nex_error *err) {
    char part[PATH_MAX];
    size_t len = strlen(path);
    if (len == 0 || len >= sizeof part) {
        return nex_error_set(err, NEX_EINVAL, "state directory \"%s\": not a path", path);
    }
    memcpy(part, path, len + 1);
    for (char *at = part + 1;; at++) {
        if (*at != '/' && *at != '\0') {
            continue;
        }
        char end = *at;
        *at = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST) {
            return nex_error_set(err, NEX_EIO, "cannot make the state directory %s: %s", part,
                                 strerror(errno));
        }
        *at = end;
        if (end == '\0') {
            return NEX_OK;
        }
    }
}

/* Removes a directory and all in it, following no link out of it. */
static void remove_tree(int parent, const char *name) {
    if (unlinkat(parent, name, 0) == 0 || unlinkat(parent, name, AT_REMOVEDIR) == 0) {
        return;
    }
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *dir = fd >= 0 ? fdopendir(fd) : NULL;
    if (dir == NULL) {
        if (fd >= 0) {
            close(fd);
        }
        return;
    }
    struct dirent *entry;
    while ((entry = readdir(dir)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            remove_tree(dirfd(dir), entry->d_name);
        }
    }
    closedir(dir);
    (void)unlinkat(parent, name, AT_REMOVEDIR);
}

typedef struct removal {
    uv_work_t work;
    int parent;
    size_t *removals;
} removal;

static void remove_work(uv_work_t *work) {
    remove_tree(((removal *)work)->parent, TRASH);
}

static void remove_done(uv_work_t *work, int status) {
    removal *done = (removal *)work;
    (void)status;
    --*done->removals;
    close(done->parent);
    free(done);
}

/* Removes the trash: by another thread where there is a loop. */
static void empty_trash(native_state_dir *dir) {
    if (faccessat(dir->root, TRASH, F_OK, 0) != 0) {
        return;
    }
    removal *work = dir->uv != NULL ? calloc(1, sizeof *work) : NULL;
    if (work != NULL) {
        work->parent = fcntl(dir->root, F_DUPFD_CLOEXEC, 0);
        work->removals = &dir->removals;
        if (work->parent >= 0 &&
            uv_queue_work(dir->uv, &work->work, remove_work, remove_done) == 0) {
            dir->removals++;
            return;
        }
        if (work->parent >= 0) {
            close(work->parent);
        }
        free(work);
    }
    remove_tree(dir->root, TRASH);
}

nex_status native_state_dir_open(native_state_dir *dir, const char *path, struct uv_loop_s *uv,
                                 const nex_log *log, nex_error *err) {
    *dir = (native_state_dir){.root = -1, .workloads = -1, .claim = -1, .log = log, .uv = uv};
    nex_status status = make_path(path, err);
    if (status == NEX_OK) {
        status = open_below(AT_FDCWD, path, path, &dir->root, err);
    }
    if (status == NEX_OK) {
        status = open_below(dir->root, "workloads", "workloads", &dir->workloads, err);
    }
    char *absolute = status == NEX_OK ? realpath(path, NULL) : NULL;
    if (status == NEX_OK && absolute == NULL) {
        status = nex_error_set(err, NEX_EIO, "state directory %s: %s", path, strerror(errno));
    }
    if (status == NEX_OK) {
        nex_buf full = NEX_BUF_INIT;
        status = nex_buf_printf(&full, "%s/workloads", absolute);
        dir->path = nex_buf_take(&full);
        if (status != NEX_OK) {
            (void)nex_error_set(err, status, "state directory %s: out of memory", path);
        }
    }
    free(absolute);
    if (status != NEX_OK) {
        native_state_dir_close(dir);
        return status;
    }
    empty_trash(dir);
    return NEX_OK;
}

/* A directory that holds nothing goes: a node without a seed has another one at every start. */
nex_status native_state_dir_claim(native_state_dir *dir, nex_error *err) {
    dir->claim = openat(dir->root, "claim", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (dir->claim >= 0 && fcntl(dir->claim, F_OFD_SETLK, &whole) == 0) {
        native_retired_prune(dir);
        return NEX_OK;
    }
    if (errno == EAGAIN || errno == EACCES) {
        return nex_error_set(err, NEX_ESTATE,
                             "another native nexlet works with the state directory %s", dir->path);
    }
    return nex_error_set(err, NEX_EIO, "cannot take the state directory %s: %s", dir->path,
                         strerror(errno));
}

void native_state_dir_close(native_state_dir *dir) {
    /* Threads that still remove hand their end to the loop, which may be freed next. */
    while (dir->removals > 0 && uv_run(dir->uv, UV_RUN_ONCE) != 0) {
    }
    if (dir->workloads >= 0) {
        close(dir->workloads);
    }
    if (dir->root >= 0) {
        /* Nothing is on record: what would be left is an empty directory a node. */
        if (unlinkat(dir->root, "workloads", AT_REMOVEDIR) == 0 && dir->path != NULL) {
            if (dir->ephemeral) {
                native_retired_forget(dir);
            }
            if (dir->claim >= 0) {
                (void)unlinkat(dir->root, "claim", 0);
            }
            *strrchr(dir->path, '/') = '\0';
            (void)rmdir(dir->path);
        }
        close(dir->root);
    }
    if (dir->claim >= 0) {
        close(dir->claim);
    }
    free(dir->path);
    *dir = (native_state_dir){.root = -1, .workloads = -1, .claim = -1};
}

bool native_id_valid(const char *id) {
    size_t len = strlen(id);
    return len > 0 && len < MON_ID_SIZE &&
           strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == len;
}

nex_status native_state_dir_enter(const native_state_dir *dir, const char *id, bool make, int *out,
                                  nex_error *err) {
    *out = -1;
    if (!native_id_valid(id)) {
        return nex_error_set(err, NEX_EINVAL,
                             "workload id \"%s\": only letters, digits, - and _ are expected, at "
                             "most %d",
                             id, MON_ID_SIZE - 1);
    }
    if (make && mkdirat(dir->workloads, id, 0711) != 0 && errno != EEXIST) {
        return nex_error_set(err, NEX_EIO, "cannot make the state directory of workload %s: %s%s",
                             id, strerror(errno), native_advice(errno));
    }
    *out = openat(dir->workloads, id, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    if (*out < 0) {
        return nex_error_set(err, errno == ENOENT ? NEX_ENOTFOUND : NEX_EIO,
                             "cannot open the state directory of workload %s: %s%s", id,
                             strerror(errno), native_advice(errno));
    }
    return NEX_OK;
}

nex_status native_state_dir_save(const native_state_dir *dir, const char *id, const void *data,
                                 size_t len, nex_error *err) {
    int workload;
    nex_status status = native_state_dir_enter(dir, id, true, &workload, err);
    if (status != NEX_OK) {
        return status;
    }
    int error = mon_record_write(workload, SAVED_COPY, SAVED_KIND, data, len, false);
    if (error == 0) {
        error = mon_record_write(workload, MON_FILE_SAVED, SAVED_KIND, data, len, false);
    }
    close(workload);
    if (error != 0) {
        return nex_error_set(err, NEX_EIO, "cannot record workload %s in %s: %s%s", id, dir->path,
                             strerror(error), native_advice(error));
    }
    return NEX_OK;
}

static void quarantine(const native_state_dir *dir, const char *id, int workload,
                       const char *file) {
    char name[NAME_MAX];
    snprintf(name, sizeof name, "%s.%s", id, file);
    int to = -1;
    nex_error err;
    if (open_below(dir->root, QUARANTINE, QUARANTINE, &to, &err) == NEX_OK) {
        (void)renameat(workload, file, to, name);
        close(to);
    }
    nex_log_write(dir->log, NEX_LOG_ERROR, "a damaged record was put aside", "workload_id", id,
                  "file", file, "directory", QUARANTINE, NULL);
}

mon_record_status native_state_dir_saved(const native_state_dir *dir, const char *id, int workload,
                                         char **text, size_t *len) {
    static const char *const files[] = {MON_FILE_SAVED, SAVED_COPY};
    mon_record_status worst = MON_RECORD_ABSENT;
    bool whole = true;
    *text = NULL;
    for (size_t i = 0; i < 2; i++) {
        char *copy = NULL;
        size_t copy_len = 0;
        mon_record_status status =
            mon_record_read(workload, files[i], SAVED_KIND, &copy, &copy_len);
        whole = whole && status == MON_RECORD_OK;
        if (status == MON_RECORD_DAMAGED) {
            quarantine(dir, id, workload, files[i]);
        }
        worst = status != MON_RECORD_ABSENT ? status : worst;
        if (status == MON_RECORD_OK && *text == NULL) {
            *text = copy;
            *len = copy_len;
        } else if (status == MON_RECORD_OK) {
            explicit_bzero(copy, copy_len);
            free(copy);
        }
    }
    nex_error err;
    if (*text != NULL && !whole && native_state_dir_save(dir, id, *text, *len, &err) != NEX_OK) {
        /* The one that is left serves; the next damage would be one too many. */
        nex_log_write(dir->log, NEX_LOG_WARN, err.message, "workload_id", id, NULL);
    }
    return *text != NULL ? MON_RECORD_OK : worst;
}

bool native_state_dir_unused(int workload) {
    static const char *const files[] = {MON_FILE_SAVED, SAVED_COPY, MON_FILE_RUN};
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        if (faccessat(workload, files[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0 || errno != ENOENT) {
            return false;
        }
    }
    return !native_state_dir_held(workload);
}

mon_record_status native_state_dir_run(const native_state_dir *dir, const char *id, int workload,
                                       mon_run *out) {
    mon_record_status status = mon_run_read(workload, out);
    if (status == MON_RECORD_OK && strcmp(out->id, id) != 0) {
        status = MON_RECORD_DAMAGED;
    }
    if (status == MON_RECORD_DAMAGED) {
        quarantine(dir, id, workload, MON_FILE_RUN);
    }
    return status;
}

bool native_state_dir_held(int workload) {
    int fd = openat(workload, MON_FILE_LOCK, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    if (fd < 0) {
        return false;
    }
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    bool held = fcntl(fd, F_OFD_GETLK, &whole) == 0 && whole.l_type != F_UNLCK;
    close(fd);
    return held;
}

int native_state_dir_hold(int workload) {
    int fd = openat(workload, MON_FILE_LOCK, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (fd >= 0 && fcntl(fd, F_OFD_SETLK, &whole) != 0) {
        close(fd);
        fd = -1;
    }
    return fd;
}

nex_status native_state_dir_each(const native_state_dir *dir,
                                 void (*each)(void *arg, const char *id), void *arg,
                                 nex_error *err) {
    int fd = openat(dir->workloads, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (entries == NULL) {
        int error = errno;
        if (fd >= 0) {
            close(fd);
        }
        return nex_error_set(err, NEX_EIO, "cannot read %s: %s", dir->path, strerror(error));
    }
    struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        if (native_id_valid(entry->d_name)) {
            each(arg, entry->d_name);
        }
    }
    closedir(entries);
    return NEX_OK;
}

/* Removes a directory of few files, as most are. False: there is more in it. */
static bool remove_small(int parent, const char *name) {
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    DIR *entries = fd >= 0 ? fdopendir(fd) : NULL;
    if (entries == NULL) {
        if (fd >= 0) {
            close(fd);
        }
        return false;
    }
    /* A crash from here on leaves a workload without a run, which recovery forgets. */
    (void)unlinkat(fd, MON_FILE_RUN, 0);
    struct dirent *entry;
    while ((entry = readdir(entries)) != NULL) {
        if (unlinkat(fd, entry->d_name, 0) != 0) {
            (void)unlinkat(fd, entry->d_name, AT_REMOVEDIR);
        }
    }
    closedir(entries);
    return unlinkat(parent, name, AT_REMOVEDIR) == 0;
}

void native_state_dir_remove(native_state_dir *dir, const char *id) {
    int trash = -1;
    nex_error err;
    if (!native_id_valid(id) || faccessat(dir->workloads, id, F_OK, AT_SYMLINK_NOFOLLOW) != 0 ||
        remove_small(dir->workloads, id)) {
        return;
    }
    if (open_below(dir->root, TRASH, TRASH, &trash, &err) != NEX_OK ||
        renameat(dir->workloads, id, trash, id) != 0) {
        remove_tree(dir->workloads, id); /* slower, but gone */
    }
    if (trash >= 0) {
        close(trash);
        empty_trash(dir);
    }
}
