/* What a workload executes: a file of the host, or one that is fetched first. */
#include "native/workload.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_SCHEME "file://"

/* The name of a fetched program in the workload's directory. */
#define PROGRAM "program"

static const char *uri_of(const native_workload *workload) {
    return workload->start->uri != NULL ? workload->start->uri : "";
}

bool native_program_is_fetched(const native_workload *workload) {
    return workload->start->sha256 != NULL ||
           native_artifact_kind_of(uri_of(workload)) != NATIVE_ARTIFACT_FILE;
}

static int hex_digit(char c) {
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Turns the %XX of a URI into what they stand for, in place. False: one stands for nothing. */
static bool decode_percent(char *text) {
    char *to = text;
    for (const char *from = text; *from != '\0'; from++) {
        if (*from != '%') {
            *to++ = *from;
            continue;
        }
        int high = hex_digit(from[1]);
        int low = high >= 0 ? hex_digit(from[2]) : -1;
        if (low < 0 || (high == 0 && low == 0)) {
            return false;
        }
        *to++ = (char)(high * 16 + low);
        from += 2;
    }
    *to = '\0';
    return true;
}

nex_status native_local_path(const char *uri, char **out, nex_error *err) {
    *out = NULL;
    bool file = strncmp(uri, FILE_SCHEME, strlen(FILE_SCHEME)) == 0;
    const char *path = file ? uri + strlen(FILE_SCHEME) : uri;
    if (file && strncmp(path, "localhost/", strlen("localhost/")) == 0) {
        path += strlen("localhost");
    }
    if (file && path[0] != '/') {
        return nex_error_set(err, NEX_EINVAL,
                             "uri \"%s\": file:// must be followed by an absolute path", uri);
    }
    if (!file && strstr(uri, "://") != NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED,
                             "uri \"%s\": expected a path, file://, nats:// or https://", uri);
    }
    if (path[0] == '\0') {
        return nex_error_set(err, NEX_EINVAL, "uri \"%s\": names no program", uri);
    }
    char *decoded = strdup(path);
    if (decoded == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "uri: out of memory");
    }
    if (file && !decode_percent(decoded)) {
        free(decoded);
        return nex_error_set(err, NEX_EINVAL, "uri \"%s\": %% must be followed by two hex digits",
                             uri);
    }
    if (decoded[0] == '/') {
        *out = decoded;
        return NEX_OK;
    }
    *out = realpath(decoded, NULL); /* the workload's directory is another one */
    free(decoded);
    return *out != NULL ? NEX_OK
                        : nex_error_set(err, NEX_ENOTFOUND, "uri \"%s\": %s", uri, strerror(errno));
}

static nex_status check_program(const char *path, nex_error *err) {
    struct stat info;
    if (stat(path, &info) != 0) {
        return nex_error_set(err, NEX_ENOTFOUND, "cannot run %s: %s", path, strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return nex_error_set(err, NEX_EINVAL, "cannot run %s: it is not a file", path);
    }
    if (access(path, X_OK) != 0) {
        return nex_error_set(err, NEX_EREFUSED, "cannot run %s: it is not executable", path);
    }
    return NEX_OK;
}

static nex_status fetched_path(const native_workload *workload, char **out, nex_error *err) {
    const nex_process_layer *layer = &workload->native->processes;
    nex_buf path = NEX_BUF_INIT;
    *out = NULL;
    nex_status status = layer->ops->directory(layer->self, workload->id, &path, err);
    if (status == NEX_OK && nex_buf_append_str(&path, "/" PROGRAM) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "uri: out of memory");
    }
    if (status == NEX_OK) {
        *out = nex_buf_take(&path);
    }
    nex_buf_free(&path);
    return status;
}

nex_status native_program_path(const native_workload *workload, char **out, nex_error *err) {
    return native_program_is_fetched(workload) ? fetched_path(workload, out, err)
                                               : native_local_path(uri_of(workload), out, err);
}

nex_status native_program_check(const native_workload *workload, nex_error *err) {
    const char *uri = uri_of(workload);
    char *path = NULL;
    char *bucket = NULL;
    nex_status status = NEX_OK;
    switch (native_artifact_kind_of(uri)) {
    case NATIVE_ARTIFACT_NATS:
        status = native_artifact_object(uri, &bucket, &path, err);
        free(bucket);
        break;
    case NATIVE_ARTIFACT_HTTPS:
        break;
    case NATIVE_ARTIFACT_FILE:
        status = native_local_path(uri, &path, err);
        if (status == NEX_OK) {
            status = check_program(path, err);
        }
        break;
    }
    free(path);
    return status;
}

bool native_program_ready(const native_workload *workload) {
    char *path;
    nex_error err;
    if (fetched_path(workload, &path, &err) != NEX_OK) {
        return false;
    }
    bool ready = access(path, X_OK) == 0;
    free(path);
    return ready;
}

nex_status native_fetch_for(native_workload *workload, const char *uri, const char *sha256,
                            const char *target, native_fetch_cb cb, void *arg, nex_error *err) {
    nex_native *native = workload->native;
    const nex_process_layer *layer = &native->processes;
    nex_buf cache = NEX_BUF_INIT;
    char *source = NULL;
    nex_status status = layer->ops->directory(layer->self, NULL, &cache, err);
    if (status == NEX_OK && native_artifact_kind_of(uri) == NATIVE_ARTIFACT_FILE) {
        status = native_local_path(uri, &source, err);
    }
    if (status == NEX_OK) {
        native_fetch_options options = {.loop = native->loop,
                                        .bus = nex_agent_bus(native->agent),
                                        .uri = source != NULL ? source : uri,
                                        .sha256 = sha256,
                                        .cache = cache.data,
                                        .cache_bytes = native->cache_bytes,
                                        .target = target,
                                        .busy = &native->fetching};
        status = native_fetch_start(&workload->fetch, &options, cb, arg, err);
    }
    if (status == NEX_OK) {
        native_progress_begin(workload, uri);
    }
    nex_buf_free(&cache);
    free(source);
    return status;
}

static void on_fetched(void *arg, nex_status status, const nex_error *err) {
    native_workload *workload = arg;
    native_progress_fetched(workload);
    workload->fetch = NULL;
    native_progress_end(workload, status == NEX_OK);
    native_workload_fetched(workload, status, err);
}

nex_status native_program_fetch(native_workload *workload, nex_error *err) {
    char *target = NULL;
    nex_status status = fetched_path(workload, &target, err);
    if (status == NEX_OK) {
        status = native_fetch_for(workload, uri_of(workload), workload->start->sha256, target,
                                  on_fetched, workload, err);
    }
    free(target);
    return status;
}
