/*
 * Local agents that lie in an object store: nats://<bucket>/<name>[:<tag>] is the object
 * <name>_<tag> (tag: latest). It is fetched at each start of the node to
 * <resource directory>/agents/<bucket>/<object>, and run only if its digest was right.
 */
#include "node/local.h"

#include <nex/objectstore.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEME "nats://"

struct local_fetch {
    nex_objectstore *store;
    char *path;
    char *temporary;
    int fd;
    local_fetch_done done;
    void *arg;
};

bool local_is_object(const char *uri) {
    return strncmp(uri, SCHEME, strlen(SCHEME)) == 0;
}

/* A bucket or object that can be part of a path. */
static bool is_file_name(const char *text) {
    return text[0] != '\0' && text[0] != '.' && strchr(text, '/') == NULL;
}

static nex_status split(const char *uri, char *bucket, char *object, size_t size, nex_error *err) {
    const char *begin = uri + strlen(SCHEME);
    const char *slash = strchr(begin, '/');
    const char *name = slash != NULL ? slash + 1 : "";
    const char *colon = strrchr(name, ':');
    size_t name_len = colon != NULL ? (size_t)(colon - name) : strlen(name);
    const char *tag = colon != NULL && colon[1] != '\0' ? colon + 1 : "latest";
    int a = snprintf(bucket, size, "%.*s", slash != NULL ? (int)(slash - begin) : 0, begin);
    int b = snprintf(object, size, "%.*s_%s", (int)name_len, name, tag);
    bool fits = a > 0 && (size_t)a < size && b > 0 && (size_t)b < size;
    if (!fits || name_len == 0 || !is_file_name(bucket) || !is_file_name(object)) {
        return nex_error_set(err, NEX_EINVAL,
                             "agent %s: expected nats://<bucket>/<name> or "
                             "nats://<bucket>/<name>:<tag>, without further slashes",
                             uri);
    }
    return NEX_OK;
}

nex_status local_object_path(const nex_node *node, const char *uri, char *out, size_t size,
                             nex_error *err) {
    char bucket[256];
    char object[256];
    nex_status status = split(uri, bucket, object, sizeof bucket, err);
    if (status == NEX_OK && node->options.resource_dir == NULL) {
        return nex_error_set(err, NEX_EINVAL,
                             "agent %s: there is no resource directory to fetch it to", uri);
    }
    if (status == NEX_OK) {
        int n = snprintf(out, size, "%s/agents/%s/%s", node->options.resource_dir, bucket, object);
        if (n < 0 || (size_t)n >= size) {
            status = nex_error_set(err, NEX_ELIMIT, "agent %s: the path is too long", uri);
        }
    }
    return status;
}

static void fetch_free(local_fetch *fetch) {
    nex_objectstore_free(fetch->store);
    if (fetch->fd >= 0) {
        close(fetch->fd);
        (void)unlink(fetch->temporary);
    }
    free(fetch->path);
    free(fetch->temporary);
    free(fetch);
}

static nex_status on_chunk(void *arg, const void *data, size_t len, nex_error *err) {
    const local_fetch *fetch = arg;
    const char *at = data;
    while (len > 0) {
        ssize_t n = write(fetch->fd, at, len);
        if (n < 0 && errno != EINTR) {
            return nex_error_set(err, NEX_EIO, "%s: %s", fetch->temporary, strerror(errno));
        }
        at += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return NEX_OK;
}

/* In place of what ran before, which runs on: a new file under the old name. */
static nex_status put_in_place(local_fetch *fetch, nex_error *err) {
    int fd = fetch->fd;
    fetch->fd = -1;
    bool good = fsync(fd) == 0;
    good = close(fd) == 0 && good;
    if (!good || rename(fetch->temporary, fetch->path) != 0) {
        nex_error_set(err, NEX_EIO, "%s: %s", fetch->path, strerror(errno));
        (void)unlink(fetch->temporary);
        return NEX_EIO;
    }
    return NEX_OK;
}

static void on_end(void *arg, nex_status status, const nex_error *why) {
    local_fetch *fetch = arg;
    nex_error err = *why;
    if (status == NEX_OK) {
        status = put_in_place(fetch, &err);
    }
    local_fetch_done done = fetch->done;
    void *done_arg = fetch->arg;
    fetch_free(fetch);
    done(done_arg, status, &err);
}

static nex_status make_parents(const char *path, nex_error *err) {
    char copy[4224];
    snprintf(copy, sizeof copy, "%s", path);
    char *last = strrchr(copy, '/');
    for (char *p = copy + 1; p <= last; p++) {
        if (*p == '/') {
            *p = '\0';
            if (mkdir(copy, 0700) != 0 && errno != EEXIST) {
                return nex_error_set(err, NEX_EIO, "cannot make the directory %s: %s", copy,
                                     strerror(errno));
            }
            *p = '/';
        }
    }
    return NEX_OK;
}

static nex_status open_file(local_fetch *fetch, nex_error *err) {
    nex_buf name = NEX_BUF_INIT;
    nex_status status = make_parents(fetch->path, err);
    if (status != NEX_OK) {
        return status;
    }
    if (nex_buf_printf(&name, "%s.new", fetch->path) != NEX_OK) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    fetch->temporary = nex_buf_take(&name);
    fetch->fd = open(fetch->temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0700);
    return fetch->fd >= 0
               ? NEX_OK
               : nex_error_set(err, NEX_EIO, "%s: %s", fetch->temporary, strerror(errno));
}

nex_status local_fetch_start(local_fetch **out, nex_node *node, const char *uri, const char *path,
                             local_fetch_done done, void *arg, nex_error *err) {
    char bucket[256];
    char object[256];
    *out = NULL;
    nex_status status = split(uri, bucket, object, sizeof bucket, err);
    if (status != NEX_OK) {
        return status;
    }
    local_fetch *fetch = calloc(1, sizeof *fetch);
    if (fetch == NULL || (fetch->path = strdup(path)) == NULL) {
        free(fetch);
        return nex_error_set(err, NEX_ENOMEM, "agent %s: out of memory", uri);
    }
    fetch->fd = -1;
    fetch->done = done;
    fetch->arg = arg;
    nex_objectstore_options options = {.bucket = bucket, .domain = node->options.js_domain};
    status = open_file(fetch, err);
    if (status == NEX_OK) {
        status = nex_objectstore_new(&fetch->store, node->bus, &options, err);
    }
    if (status == NEX_OK) {
        status = nex_objectstore_get(fetch->store, object, on_chunk, on_end, fetch);
        if (status != NEX_OK) {
            nex_error_set(err, status, "cannot ask for the object: %s", nex_status_name(status));
        }
    }
    if (status != NEX_OK) {
        fetch_free(fetch);
        return nex_error_prefix(err, status, "agent %s", uri);
    }
    *out = fetch;
    return NEX_OK;
}

void local_fetch_cancel(local_fetch *fetch) {
    if (fetch != NULL) {
        fetch_free(fetch);
    }
}
