#include "nats_context.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

char *path_expand(const char *path) {
    const char *home = getenv("HOME");
    if (path[0] != '~' || path[1] != '/' || !home) {
        return strdup(path);
    }
    size_t size = strlen(home) + strlen(path);
    char *out = malloc(size);
    if (out) {
        snprintf(out, size, "%s%s", home, path + 1);
    }
    return out;
}

static nex_status failed(const char *path, int code, nex_error *err) {
    nex_status status = code == ENOENT ? NEX_ENOTFOUND : code == ENOMEM ? NEX_ENOMEM : NEX_EIO;
    return nex_error_set(err, status, "cannot read %s: %s", path, strerror(code));
}

static nex_status read_stream(FILE *file, const char *path, size_t limit, nex_buf *out,
                              nex_error *err) {
    char piece[16384];
    size_t got;
    while ((got = fread(piece, 1, sizeof piece, file)) > 0) {
        if (out->len + got > limit) {
            return nex_error_set(err, NEX_ELIMIT, "%s is larger than %zu bytes", path, limit);
        }
        nex_status status = nex_buf_append(out, piece, got);
        if (status != NEX_OK) {
            return nex_error_set(err, status, "cannot read %s: out of memory", path);
        }
    }
    return ferror(file) ? failed(path, errno, err) : NEX_OK;
}

nex_status file_read(const char *path, size_t limit, nex_buf *out, nex_error *err) {
    if (strcmp(path, "-") == 0) {
        return read_stream(stdin, "standard input", limit, out, err);
    }
    FILE *file = fopen(path, "rbe");
    if (!file) {
        return failed(path, errno, err);
    }
    struct stat info;
    nex_status status;
    if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)) {
        status = nex_error_set(err, NEX_EINVAL, "cannot read %s: it is a directory", path);
    } else {
        status = read_stream(file, path, limit, out, err);
    }
    fclose(file);
    return status;
}

nex_status list_add_split(nex_string_list *list, const char *text) {
    nex_status status = NEX_OK;
    while (*text && status == NEX_OK) {
        size_t len = strcspn(text, ",");
        size_t start = strspn(text, " \t");
        size_t end = len;
        while (end > start && strchr(" \t", text[end - 1])) {
            end--;
        }
        if (end > start) {
            char *item = strndup(text + start, end - start);
            status = item ? nex_string_list_add(list, item) : NEX_ENOMEM;
            free(item);
        }
        text += len + (text[len] == ',');
    }
    return status;
}
