/* Where a local agent's program is. */
#include "node/local.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool is_program(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode) && access(path, X_OK) == 0;
}

static nex_status add_directory(const char *path, nex_string_list *programs, nex_error *err) {
    DIR *dir = opendir(path);
    if (dir == NULL) {
        return nex_error_set(err, NEX_EIO, "agent %s: cannot read the directory: %s", path,
                             strerror(errno));
    }
    nex_status status = NEX_OK;
    for (struct dirent *entry; status == NEX_OK && (entry = readdir(dir)) != NULL;) {
        char file[4096];
        int n = snprintf(file, sizeof file, "%s/%s", path, entry->d_name);
        if (entry->d_name[0] != '.' && n > 0 && (size_t)n < sizeof file && is_program(file)) {
            status = nex_string_list_add(programs, file);
        }
    }
    closedir(dir);
    if (status == NEX_OK && programs->count == 0) {
        return nex_error_set(err, NEX_ENOTFOUND, "agent %s: the directory holds no program", path);
    }
    qsort(programs->items, programs->count, sizeof *programs->items, by_name);
    return status;
}

nex_status local_resolve(const char *uri, nex_string_list *programs, nex_error *err) {
    const char *path = uri;
    if (strncmp(uri, "file://", 7) == 0) {
        path = uri + 7;
    } else if (strstr(uri, "://") != NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "agent %s: expected file:///path, a path, a directory or "
                             "nats://bucket/name",
                             uri);
    }
    struct stat info;
    if (stat(path, &info) != 0) {
        return nex_error_set(err, NEX_ENOTFOUND, "agent %s: %s", uri, strerror(errno));
    }
    if (S_ISDIR(info.st_mode)) {
        return add_directory(path, programs, err);
    }
    if (!is_program(path)) {
        return nex_error_set(err, NEX_EINVAL, "agent %s: not an executable file", uri);
    }
    return nex_string_list_add(programs, path) == NEX_OK
               ? NEX_OK
               : nex_error_set(err, NEX_ENOMEM, "agent %s: out of memory", uri);
}
