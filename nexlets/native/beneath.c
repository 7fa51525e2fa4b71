#include "native/beneath.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool native_beneath_valid(const char *path) {
    if (path[0] == '\0' || strlen(path) >= PATH_MAX) {
        return false;
    }
    while (true) {
        size_t len = strcspn(path, "/");
        if (len == 0 || len > NAME_MAX || (len == 1 && path[0] == '.') ||
            (len == 2 && path[0] == '.' && path[1] == '.')) {
            return false;
        }
        if (path[len] == '\0') {
            return true;
        }
        path += len + 1;
    }
}

/* Steps into the directory that the first len bytes of path name, made if it is missing. */
static nex_status step(int *at, const char *path, size_t len, nex_error *err) {
    char name[NAME_MAX + 1];
    memcpy(name, path, len);
    name[len] = '\0';
    if (mkdirat(*at, name, 0755) == 0) {
        (void)!fchmodat(*at, name, 0755, 0); /* whatever the umask is */
    } else if (errno != EEXIST) {
        return nex_error_set(err, NEX_EIO, "cannot make the directory %s: %s", name,
                             strerror(errno));
    }
    int next = openat(*at, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (next < 0) {
        return nex_error_set(err, NEX_EREFUSED, "%s cannot be entered: %s", name,
                             errno == ENOTDIR || errno == ELOOP ? "it is a file or a link"
                                                                : strerror(errno));
    }
    close(*at);
    *at = next;
    return NEX_OK;
}

nex_status native_beneath_parent(int root, const char *path, int *parent, const char **last,
                                 nex_error *err) {
    *parent = -1;
    if (!native_beneath_valid(path)) {
        return nex_error_set(err, NEX_EREFUSED,
                             "the path \"%s\" is not one below the working directory", path);
    }
    int at = fcntl(root, F_DUPFD_CLOEXEC, 0);
    nex_status status =
        at >= 0 ? NEX_OK : nex_error_set(err, NEX_EIO, "no descriptor: %s", strerror(errno));
    const char *slash;
    while (status == NEX_OK && (slash = strchr(path, '/')) != NULL) {
        status = step(&at, path, (size_t)(slash - path), err);
        path = slash + 1;
    }
    if (status != NEX_OK) {
        if (at >= 0) {
            close(at);
        }
        return status;
    }
    *parent = at;
    *last = path;
    return NEX_OK;
}

nex_status native_beneath_directory(int root, const char *path, int *out, nex_error *err) {
    const char *last;
    if (strcmp(path, ".") == 0) {
        *out = fcntl(root, F_DUPFD_CLOEXEC, 0);
        return *out >= 0 ? NEX_OK
                         : nex_error_set(err, NEX_EIO, "no descriptor: %s", strerror(errno));
    }
    nex_status status = native_beneath_parent(root, path, out, &last, err);
    if (status == NEX_OK) {
        status = step(out, last, strlen(last), err);
        if (status != NEX_OK) {
            close(*out);
            *out = -1;
        }
    }
    return status;
}

nex_status native_beneath_create(int root, const char *path, mode_t mode, int *out,
                                 nex_error *err) {
    int parent;
    const char *last;
    *out = -1;
    nex_status status = native_beneath_parent(root, path, &parent, &last, err);
    if (status != NEX_OK) {
        return status;
    }
    if (unlinkat(parent, last, 0) != 0 && errno != ENOENT) {
        status = nex_error_set(err, NEX_EIO, "%s cannot be replaced: %s", path, strerror(errno));
    } else {
        *out = openat(parent, last, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (*out < 0) {
            status = nex_error_set(err, NEX_EIO, "cannot make %s: %s", path, strerror(errno));
        } else {
            (void)fchmod(*out, mode);
        }
    }
    close(parent);
    return status;
}
