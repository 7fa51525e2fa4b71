#include "node/secrets.h"

#include <errno.h>
#include <fcntl.h>
#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAX_NAME = 128 };

struct nex_secret_store {
    int fd; /* the directory; paths are resolved from it, so a rename of it changes nothing */
};

static bool valid_name(const char *name) {
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789._-";
    size_t len = name == NULL ? 0 : strlen(name);
    return len > 0 && len <= MAX_NAME && name[0] != '.' && strspn(name, allowed) == len;
}

static bool own(const struct stat *info) {
    return info->st_uid == geteuid() || info->st_uid == 0;
}

static nex_status check_directory(int fd, const char *what, nex_error *err) {
    struct stat info;
    if (fstat(fd, &info) != 0) {
        return nex_error_set(err, NEX_EIO, "%s: %s", what, strerror(errno));
    }
    if (!own(&info) || (info.st_mode & (S_IWGRP | S_IWOTH)) != 0) {
        return nex_error_set(err, NEX_EREFUSED,
                             "%s: expected a directory of this user or root that nobody else may "
                             "write to, got mode %04o of user %u",
                             what, (unsigned)(info.st_mode & 07777), (unsigned)info.st_uid);
    }
    return NEX_OK;
}

nex_status nex_secret_store_open(nex_secret_store **out, const char *directory, nex_error *err) {
    *out = NULL;
    nex_secret_store *store = malloc(sizeof *store);
    if (store == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "opening the secret store: out of memory");
    }
    store->fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    nex_status status = store->fd >= 0
                            ? check_directory(store->fd, directory, err)
                            : nex_error_set(err, errno == ENOENT ? NEX_ENOTFOUND : NEX_EIO,
                                            "%s: %s", directory, strerror(errno));
    if (status != NEX_OK) {
        nex_secret_store_free(store);
        return nex_error_prefix(err, status, "opening the secret store");
    }
    *out = store;
    return NEX_OK;
}

void nex_secret_store_free(nex_secret_store *store) {
    if (store == NULL) {
        return;
    }
    if (store->fd >= 0) {
        close(store->fd);
    }
    free(store);
}

static nex_status open_failed(const char *what, nex_error *err) {
    if (errno == ENOENT) {
        return nex_error_set(err, NEX_ENOTFOUND, "there is no such %s", what);
    }
    if (errno == ELOOP || errno == ENOTDIR) {
        return nex_error_set(err, NEX_EREFUSED, "its %s is not a plain one", what);
    }
    return nex_error_set(err, NEX_EIO, "opening its %s: %s", what, strerror(errno));
}

static nex_status check_file(int fd, size_t *size, nex_error *err) {
    struct stat info;
    if (fstat(fd, &info) != 0) {
        return nex_error_set(err, NEX_EIO, "looking at its file: %s", strerror(errno));
    }
    if (!S_ISREG(info.st_mode) || !own(&info) || (info.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return nex_error_set(err, NEX_EREFUSED,
                             "expected a regular file of this user or root with mode 0600 or "
                             "0400, got mode %04o of user %u",
                             (unsigned)(info.st_mode & 07777), (unsigned)info.st_uid);
    }
    if (info.st_size > NEX_SECRET_MAX_SIZE) {
        return nex_error_set(err, NEX_ELIMIT, "it has %lld bytes; at most %d are read",
                             (long long)info.st_size, NEX_SECRET_MAX_SIZE);
    }
    *size = (size_t)info.st_size;
    return NEX_OK;
}

static nex_status read_file(int fd, size_t size, nex_buf *out, nex_error *err) {
    size_t before = out->len;
    /* All at once: growing in between would leave a copy of the secret in freed memory. */
    nex_status status = nex_buf_reserve(out, size);
    while (status == NEX_OK && out->len - before < size) {
        ssize_t n = read(fd, out->data + out->len, size - (out->len - before));
        if (n > 0) {
            out->len += (size_t)n;
        } else if (n == 0) {
            break;
        } else if (errno != EINTR) {
            nex_wipe(out->data + before, out->len - before);
            out->len = before;
            status = nex_error_set(err, NEX_EIO, "reading its file: %s", strerror(errno));
        }
    }
    if (status == NEX_ENOMEM) {
        return nex_error_set(err, status, "out of memory");
    }
    out->data[out->len] = '\0';
    return status;
}

static nex_status get(const nex_secret_store *store, const char *namespace_, const char *name,
                      nex_buf *out, nex_error *err) {
    size_t size = 0;
    int dir = openat(store->fd, namespace_, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (dir < 0) {
        return open_failed("namespace's directory", err);
    }
    nex_status status = check_directory(dir, "the namespace's directory", err);
    if (status != NEX_OK) {
        close(dir);
        return status;
    }
    /* O_NONBLOCK: a FIFO would otherwise hold the node up before it is seen to be one. */
    int fd = openat(dir, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    close(dir);
    if (fd < 0) {
        return open_failed("file", err);
    }
    status = check_file(fd, &size, err);
    if (status == NEX_OK) {
        status = read_file(fd, size, out, err);
    }
    close(fd);
    return status;
}

nex_status nex_secret_store_get(const nex_secret_store *store, const char *namespace_,
                                const char *name, nex_buf *out, nex_error *err) {
    if (!valid_name(namespace_) || !valid_name(name)) {
        return nex_error_set(err, NEX_EINVAL,
                             "a secret's namespace and name must be 1 to %d letters, digits, '.', "
                             "'_' or '-', without a leading dot",
                             MAX_NAME);
    }
    nex_status status = get(store, namespace_, name, out, err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "secret \"%s\" of namespace \"%s\"", name, namespace_);
    }
    return NEX_OK;
}
