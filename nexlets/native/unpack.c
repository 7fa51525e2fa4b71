#include "native/unpack.h"

#include "native/beneath.h"

#include <archive.h>
#include <archive_entry.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIBRARY "libarchive.so.13"

enum { BLOCK = 64 * 1024 };

const native_unpack_limits native_unpack_default = {.bytes = (uint64_t)4 << 30, .entries = 100000};

/* What is used of libarchive. */
typedef struct library {
    struct archive *(*read_new)(void);
    int (*support_tar)(struct archive *);
    int (*support_gzip)(struct archive *);
    int (*support_xz)(struct archive *);
    int (*support_zstd)(struct archive *);
    int (*open_filename)(struct archive *, const char *, size_t);
    int (*next_header)(struct archive *, struct archive_entry **);
    int (*data_block)(struct archive *, const void **, size_t *, la_int64_t *);
    const char *(*error_string)(struct archive *);
    int (*read_free)(struct archive *);
    const char *(*pathname)(struct archive_entry *);
    const char *(*pathname_utf8)(struct archive_entry *);
    const char *(*hardlink)(struct archive_entry *);
    const char *(*symlink)(struct archive_entry *);
    __LA_MODE_T (*filetype)(struct archive_entry *);
    __LA_MODE_T (*perm)(struct archive_entry *);
    la_int64_t (*size)(struct archive_entry *);
} library;

typedef struct unpacking {
    library lib;
    struct archive *archive;
    struct archive_entry *entry;
    int to;
    native_unpack_limits left;
    const native_unpack_limits *limits;
    const atomic_bool *canceled;
    nex_error *err;
} unpacking;

/* POSIX has function pointers and object pointers alike; C does not know. */
static bool load_symbol(void *handle, const char *name, void *out, size_t size) {
    void *symbol = dlsym(handle, name);
    if (symbol == NULL || size != sizeof symbol) {
        return false;
    }
    memcpy(out, &symbol, size);
    return true;
}

static nex_status load(library *out, nex_error *err) {
    void *handle = dlopen(LIBRARY, RTLD_NOW | RTLD_LOCAL);
    if (handle == NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "unpacking needs " LIBRARY ": %s", dlerror());
    }
#define LOAD(field, name) load_symbol(handle, name, (void *)&out->field, sizeof out->field)
    bool whole =
        LOAD(read_new, "archive_read_new") &&
        LOAD(support_tar, "archive_read_support_format_tar") &&
        LOAD(support_gzip, "archive_read_support_filter_gzip") &&
        LOAD(support_xz, "archive_read_support_filter_xz") &&
        LOAD(support_zstd, "archive_read_support_filter_zstd") &&
        LOAD(open_filename, "archive_read_open_filename") &&
        LOAD(next_header, "archive_read_next_header") &&
        LOAD(data_block, "archive_read_data_block") && LOAD(error_string, "archive_error_string") &&
        LOAD(read_free, "archive_read_free") && LOAD(pathname, "archive_entry_pathname") &&
        LOAD(pathname_utf8, "archive_entry_pathname_utf8") &&
        LOAD(hardlink, "archive_entry_hardlink") && LOAD(symlink, "archive_entry_symlink") &&
        LOAD(filetype, "archive_entry_filetype") && LOAD(perm, "archive_entry_perm") &&
        LOAD(size, "archive_entry_size");
#undef LOAD
    if (!whole) {
        dlclose(handle);
        return nex_error_set(err, NEX_EUNSUPPORTED, LIBRARY " lacks what is needed of it");
    }
    return NEX_OK;
}

static nex_status malformed(const unpacking *u) {
    const char *text = u->lib.error_string(u->archive);
    return nex_error_set(u->err, NEX_EINVAL, "it is no sound tar archive: %s",
                         text != NULL ? text : "unexpected end");
}

/* ---- Entries -------------------------------------------------------------------------------- */

static nex_status write_at(const unpacking *u, int fd, const char *data, size_t len,
                           la_int64_t offset, const char *path) {
    while (len > 0) {
        ssize_t put = pwrite(fd, data, len, offset);
        if (put < 0 && errno != EINTR) {
            return nex_error_set(u->err, NEX_EIO, "cannot write %s: %s", path, strerror(errno));
        }
        data += put > 0 ? put : 0;
        len -= put > 0 ? (size_t)put : 0;
        offset += put > 0 ? put : 0;
    }
    return NEX_OK;
}

static nex_status too_large(const unpacking *u) {
    return nex_error_set(u->err, NEX_ELIMIT, "the archive holds more than %llu bytes",
                         (unsigned long long)u->limits->bytes);
}

/* Holes count, too: they are read like other bytes. */
static nex_status copy_data(unpacking *u, int fd, const char *path) {
    const void *data;
    size_t len;
    la_int64_t offset;
    la_int64_t end = 0;
    int got;
    while ((got = u->lib.data_block(u->archive, &data, &len, &offset)) == ARCHIVE_OK) {
        if (atomic_load(u->canceled)) {
            return nex_error_set(u->err, NEX_ECANCELED, "canceled");
        }
        if (offset < end || (uint64_t)offset > u->limits->bytes ||
            (uint64_t)(offset - end) + len > u->left.bytes) {
            return too_large(u);
        }
        u->left.bytes -= (uint64_t)(offset - end) + len;
        end = offset + (la_int64_t)len;
        nex_status status = write_at(u, fd, data, len, offset, path);
        if (status != NEX_OK) {
            return status;
        }
    }
    la_int64_t size = u->lib.size(u->entry);
    if (got != ARCHIVE_EOF) {
        return malformed(u);
    }
    if (size > end) {
        if ((uint64_t)(size - end) > u->left.bytes) {
            return too_large(u);
        }
        u->left.bytes -= (uint64_t)(size - end);
        if (ftruncate(fd, size) != 0) {
            return nex_error_set(u->err, NEX_EIO, "cannot write %s: %s", path, strerror(errno));
        }
    }
    return NEX_OK;
}

static nex_status unpack_file(unpacking *u, const char *path) {
    int fd;
    la_int64_t size = u->lib.size(u->entry);
    if (size > 0 && (uint64_t)size > u->left.bytes) {
        return too_large(u);
    }
    mode_t mode = (u->lib.perm(u->entry) & 0111) != 0 ? 0755 : 0644;
    nex_status status = native_beneath_create(u->to, path, mode, &fd, u->err);
    if (status == NEX_OK) {
        status = copy_data(u, fd, path);
        if (close(fd) != 0 && status == NEX_OK) {
            status = nex_error_set(u->err, NEX_EIO, "cannot write %s: %s", path, strerror(errno));
        }
    }
    return status;
}

static nex_status unpack_directory(const unpacking *u, const char *path) {
    int fd;
    nex_status status = native_beneath_directory(u->to, path, &fd, u->err);
    if (status == NEX_OK) {
        close(fd);
    }
    return status;
}

/*
 * A target may climb as far as the link lies deep, and go down then; nothing lies between that
 * could be another link, for the way to the link itself leads over directories only.
 */
static bool stays_inside(const char *path, const char *target) {
    size_t depth = 0;
    for (const char *at = path; (at = strchr(at, '/')) != NULL; at++) {
        depth++;
    }
    if (target[0] == '/' || target[0] == '\0') {
        return false;
    }
    while (strncmp(target, "../", 3) == 0 || strcmp(target, "..") == 0) {
        if (depth-- == 0) {
            return false;
        }
        target += target[2] == '/' ? 3 : 2;
    }
    return target[0] == '\0' || strcmp(target, ".") == 0 || native_beneath_valid(target);
}

static nex_status unpack_symlink(const unpacking *u, const char *path) {
    int parent;
    const char *last;
    const char *target = u->lib.symlink(u->entry);
    if (target == NULL || !stays_inside(path, target)) {
        return nex_error_set(u->err, NEX_EREFUSED,
                             "the link %s leads to \"%s\", out of the archive", path,
                             target != NULL ? target : "");
    }
    nex_status status = native_beneath_parent(u->to, path, &parent, &last, u->err);
    if (status != NEX_OK) {
        return status;
    }
    if ((unlinkat(parent, last, 0) != 0 && errno != ENOENT) ||
        symlinkat(target, parent, last) != 0) {
        status =
            nex_error_set(u->err, NEX_EIO, "cannot make the link %s: %s", path, strerror(errno));
    }
    close(parent);
    return status;
}

static nex_status unpack_hardlink(const unpacking *u, const char *path, const char *target) {
    int parent;
    int other;
    const char *last;
    const char *name;
    struct stat info;
    while (strncmp(target, "./", 2) == 0) {
        target += 2;
    }
    nex_status status = native_beneath_parent(u->to, target, &other, &name, u->err);
    if (status != NEX_OK) {
        return status;
    }
    status = native_beneath_parent(u->to, path, &parent, &last, u->err);
    if (status != NEX_OK) {
        close(other);
        return status;
    }
    if (fstatat(other, name, &info, AT_SYMLINK_NOFOLLOW) != 0 || !S_ISREG(info.st_mode)) {
        status = nex_error_set(u->err, NEX_EREFUSED,
                               "the link %s leads to \"%s\", which is no "
                               "file of the archive",
                               path, target);
    } else if ((unlinkat(parent, last, 0) != 0 && errno != ENOENT) ||
               linkat(other, name, parent, last, 0) != 0) {
        status =
            nex_error_set(u->err, NEX_EIO, "cannot make the link %s: %s", path, strerror(errno));
    }
    close(parent);
    close(other);
    return status;
}

/* The path without "./" and the slash of a directory; NULL: it has none, or is the root. */
static const char *entry_path(const unpacking *u, nex_buf *out) {
    const char *path = u->lib.pathname(u->entry);
    if (path == NULL) {
        path = u->lib.pathname_utf8(u->entry); /* the locale cannot write it */
    }
    while (path != NULL && strncmp(path, "./", 2) == 0) {
        path += 2;
    }
    if (path == NULL || nex_buf_append_str(out, path) != NEX_OK) {
        return NULL;
    }
    while (out->len > 1 && out->data[out->len - 1] == '/') {
        out->data[--out->len] = '\0';
    }
    return out->data != NULL ? out->data : "";
}

static nex_status unpack_entry(unpacking *u, const char *path) {
    const char *hardlink = u->lib.hardlink(u->entry);
    if (path == NULL) {
        return nex_error_set(u->err, NEX_EINVAL, "it has an entry without a name");
    }
    unsigned type = u->lib.filetype(u->entry);
    if ((path[0] == '\0' || strcmp(path, ".") == 0) && type == AE_IFDIR) {
        return NEX_OK;
    }
    if (!native_beneath_valid(path)) {
        return nex_error_set(u->err, NEX_EREFUSED, "its entry \"%s\" is not a path below it", path);
    }
    if (hardlink != NULL) {
        return unpack_hardlink(u, path, hardlink);
    }
    switch (type) {
    case AE_IFREG:
        return unpack_file(u, path);
    case AE_IFDIR:
        return unpack_directory(u, path);
    case AE_IFLNK:
        return unpack_symlink(u, path);
    default:
        return nex_error_set(u->err, NEX_EREFUSED,
                             "its entry %s is neither file, directory nor link", path);
    }
}

static nex_status unpack_all(unpacking *u) {
    nex_status status = NEX_OK;
    int got;
    while (status == NEX_OK && (got = u->lib.next_header(u->archive, &u->entry)) != ARCHIVE_EOF) {
        nex_buf path = NEX_BUF_INIT;
        if (got != ARCHIVE_OK && got != ARCHIVE_WARN) {
            return malformed(u);
        }
        if (atomic_load(u->canceled)) {
            return nex_error_set(u->err, NEX_ECANCELED, "canceled");
        }
        if (u->left.entries-- == 0) {
            return nex_error_set(u->err, NEX_ELIMIT, "the archive holds more than %llu entries",
                                 (unsigned long long)u->limits->entries);
        }
        status = unpack_entry(u, entry_path(u, &path));
        nex_buf_free(&path);
    }
    return status;
}

nex_status native_unpack(const char *archive, int to, const native_unpack_limits *limits,
                         const atomic_bool *canceled, nex_error *err) {
    unpacking u = {.to = to, .left = *limits, .limits = limits, .canceled = canceled, .err = err};
    nex_status status = load(&u.lib, err);
    if (status != NEX_OK) {
        return status;
    }
    u.archive = u.lib.read_new();
    if (u.archive == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "unpacking: out of memory");
    }
    u.lib.support_tar(u.archive);
    u.lib.support_gzip(u.archive);
    u.lib.support_xz(u.archive);
    u.lib.support_zstd(u.archive);
    status = u.lib.open_filename(u.archive, archive, BLOCK) == ARCHIVE_OK ? unpack_all(&u)
                                                                          : malformed(&u);
    u.lib.read_free(u.archive);
    return status;
}
