/*
 * The files a workload asks for beside its program: each is fetched into the workload's state
 * directory, which the workload cannot write in, and put from there into its working directory.
 */
#include "native/artifact.h"
#include "native/beneath.h"
#include "native/unpack.h"
#include "native/workload.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

/* In the workload's state directory. */
#define FETCHED "artifact"  /* the one that is being put in its place */
#define PLACED  "artifacts" /* made once all are in their places */

struct native_artifacts {
    native_workload *workload; /* NULL: canceled */
    nex_native *native;
    size_t at;
    char *fetched;
    char *placed;
    char *workdir;
    char *path; /* of the present one */
    bool executable;
    bool unpack;
    uv_work_t work;
    bool working;
    atomic_bool canceled;
    nex_status status;
    nex_error error;
};

/* ---- What is asked for ---------------------------------------------------------------------- */

/* The last part of a URI: without the tag of an object, without the query of a URL. */
static char *last_part(const char *uri) {
    native_artifact_kind kind = native_artifact_kind_of(uri);
    size_t len = kind == NATIVE_ARTIFACT_HTTPS ? strcspn(uri, "?#") : strlen(uri);
    const char *name = uri;
    for (size_t i = 0; i < len; i++) {
        if (uri[i] == '/') {
            name = uri + i + 1;
        }
    }
    len -= (size_t)(name - uri);
    const char *tag = kind == NATIVE_ARTIFACT_NATS ? memchr(name, ':', len) : NULL;
    return strndup(name, tag != NULL ? (size_t)(tag - name) : len);
}

static char *path_of(const nex_native_start_request_artifacts_item *artifact) {
    if (artifact->path != NULL) {
        return strdup(artifact->path);
    }
    return artifact->unpack ? strdup(".") : last_part(artifact->uri);
}

/* A nexlet of root must not hand out what its workloads may not read. */
static nex_status check_readable(const char *path, nex_error *err) {
    struct stat info;
    char *real = realpath(path, NULL);
    bool found = real != NULL && stat(real, &info) == 0;
    bool everybodys = found && (info.st_mode & S_IROTH) != 0;
    for (char *slash = found ? strrchr(real, '/') : NULL;
         everybodys && slash != NULL && slash != real; slash = strrchr(real, '/')) {
        *slash = '\0';
        everybodys = stat(real, &info) == 0 && (info.st_mode & S_IXOTH) != 0;
    }
    free(real);
    if (!found) {
        return nex_error_set(err, NEX_ENOTFOUND, "%s: %s", path, strerror(errno));
    }
    return everybodys ? NEX_OK
                      : nex_error_set(err, NEX_EREFUSED,
                                      "%s is not readable by everybody, as a file must be that a "
                                      "nexlet of root hands to a workload",
                                      path);
}

static nex_status check_file(const char *uri, bool isolated, nex_error *err) {
    char *path;
    struct stat info;
    nex_status status = native_local_path(uri, &path, err);
    if (status != NEX_OK) {
        return status;
    }
    if (stat(path, &info) != 0) {
        status = nex_error_set(err, NEX_ENOTFOUND, "%s: %s", path, strerror(errno));
    } else if (!S_ISREG(info.st_mode)) {
        status = nex_error_set(err, NEX_EINVAL, "%s is not a file", path);
    } else if (geteuid() == 0 && isolated) {
        status = check_readable(path, err);
    }
    free(path);
    return status;
}

static nex_status check_one(const native_workload *workload,
                            const nex_native_start_request_artifacts_item *artifact,
                            nex_error *err) {
    char *bucket = NULL;
    char *object = NULL;
    char *path = path_of(artifact);
    nex_status status = NEX_OK;
    if (path == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (!native_beneath_valid(path) && !(artifact->unpack && strcmp(path, ".") == 0)) {
        status =
            nex_error_set(err, NEX_EINVAL,
                          "path \"%s\": expected a relative path without \".\" and \"..\"", path);
    } else if (artifact->unpack && artifact->executable) {
        status = nex_error_set(err, NEX_EINVAL,
                               "executable does not go with unpack: the archive says what is");
    } else if (native_artifact_kind_of(artifact->uri) == NATIVE_ARTIFACT_NATS) {
        status = native_artifact_object(artifact->uri, &bucket, &object, err);
    } else if (native_artifact_kind_of(artifact->uri) == NATIVE_ARTIFACT_FILE) {
        bool isolated = workload->start->isolation != NEX_NATIVE_START_REQUEST_ISOLATION_OFF;
        status = check_file(artifact->uri, isolated, err);
    }
    free(bucket);
    free(object);
    free(path);
    return status;
}

nex_status native_artifacts_check(const native_workload *workload, nex_error *err) {
    const nex_native_start_request_artifacts_item_list *list = &workload->start->artifacts;
    nex_status status = NEX_OK;
    for (size_t i = 0; i < list->count && status == NEX_OK; i++) {
        status = check_one(workload, &list->items[i], err);
        if (status != NEX_OK) {
            char where[48];
            snprintf(where, sizeof where, "artifacts[%zu]", i);
            status = nex_error_prefix(err, status, "%s", where);
        }
    }
    return status;
}

/* ---- Putting one in its place --------------------------------------------------------------- */

static nex_status copy(int from, int to, const atomic_bool *canceled, nex_error *err) {
    ssize_t got;
    while ((got = copy_file_range(from, NULL, to, NULL, (size_t)16 << 20, 0)) > 0) {
        if (atomic_load(canceled)) {
            return nex_error_set(err, NEX_ECANCELED, "canceled");
        }
    }
    if (got == 0) {
        return NEX_OK;
    }
    if (errno != EXDEV && errno != EINVAL && errno != ENOSYS && errno != EOPNOTSUPP) {
        return nex_error_set(err, NEX_EIO, "%s", strerror(errno));
    }
    char block[16 * 1024];
    while ((got = read(from, block, sizeof block)) > 0) {
        for (ssize_t at = 0; at < got;) {
            ssize_t put = write(to, block + at, (size_t)(got - at));
            if (put < 0 && errno != EINTR) {
                return nex_error_set(err, NEX_EIO, "%s", strerror(errno));
            }
            at += put > 0 ? put : 0;
        }
        if (atomic_load(canceled)) {
            return nex_error_set(err, NEX_ECANCELED, "canceled");
        }
    }
    return got == 0 ? NEX_OK : nex_error_set(err, NEX_EIO, "%s", strerror(errno));
}

static nex_status place_file(native_artifacts *artifacts, int workdir, nex_error *err) {
    int to = -1;
    int from = open(artifacts->fetched, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    if (from < 0) {
        return nex_error_set(err, NEX_EIO, "%s: %s", artifacts->fetched, strerror(errno));
    }
    nex_status status = native_beneath_create(workdir, artifacts->path,
                                              artifacts->executable ? 0755 : 0644, &to, err);
    if (status == NEX_OK) {
        status = copy(from, to, &artifacts->canceled, err);
        if (close(to) != 0 && status == NEX_OK) {
            status = nex_error_set(err, NEX_EIO, "%s", strerror(errno));
        }
    }
    close(from);
    return status;
}

static nex_status unpack(native_artifacts *artifacts, int workdir, nex_error *err) {
    int to;
    nex_status status = native_beneath_directory(workdir, artifacts->path, &to, err);
    if (status == NEX_OK) {
        status = native_unpack(artifacts->fetched, to, &native_unpack_default, &artifacts->canceled,
                               err);
        close(to);
    }
    return status;
}

static void work(uv_work_t *request) {
    native_artifacts *artifacts = request->data;
    nex_error *err = &artifacts->error;
    int workdir = open(artifacts->workdir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (workdir < 0) {
        artifacts->status = nex_error_set(err, NEX_EIO, "the working directory %s: %s",
                                          artifacts->workdir, strerror(errno));
        return;
    }
    artifacts->status =
        artifacts->unpack ? unpack(artifacts, workdir, err) : place_file(artifacts, workdir, err);
    close(workdir);
    (void)unlink(artifacts->fetched);
}

/* ---- One after the other -------------------------------------------------------------------- */

static nex_status fetch_next(native_artifacts *artifacts, nex_error *err);

static void artifacts_free(native_artifacts *artifacts) {
    free(artifacts->fetched);
    free(artifacts->placed);
    free(artifacts->workdir);
    free(artifacts->path);
    free(artifacts);
}

void native_artifacts_cancel(native_artifacts *artifacts) {
    if (artifacts == NULL) {
        return;
    }
    artifacts->workload = NULL;
    atomic_store(&artifacts->canceled, true);
    if (!artifacts->working) {
        artifacts_free(artifacts);
    }
}

static void finish(native_artifacts *artifacts, nex_status status, const nex_error *err) {
    native_workload *workload = artifacts->workload;
    nex_error copy = {0};
    if (status != NEX_OK) {
        (void)nex_error_set(&copy, status, "artifacts[%zu]: %s", artifacts->at, err->message);
    }
    workload->artifacts = NULL;
    artifacts_free(artifacts);
    native_workload_prepared(workload, status, &copy);
}

static void worked(uv_work_t *request, int uv_status) {
    native_artifacts *artifacts = request->data;
    nex_error err;
    artifacts->working = false;
    artifacts->native->fetching--;
    if (artifacts->workload == NULL) {
        artifacts_free(artifacts);
        return;
    }
    nex_status status = artifacts->status;
    if (uv_status != 0) {
        status = nex_error_set(&artifacts->error, NEX_ECANCELED, "%s", uv_strerror(uv_status));
    }
    native_progress_end(artifacts->workload, status == NEX_OK);
    if (status != NEX_OK) {
        finish(artifacts, status, &artifacts->error);
        return;
    }
    artifacts->at++;
    status = fetch_next(artifacts, &err);
    if (status != NEX_OK) {
        finish(artifacts, status, &err);
    }
}

static nex_status place(native_artifacts *artifacts, nex_error *err) {
    nex_native *native = artifacts->native;
    artifacts->work.data = artifacts;
    if (artifacts->unpack) {
        native_progress_stage(artifacts->workload, "unpacking");
    }
    int error = uv_queue_work(nex_loop_uv(native->loop), &artifacts->work, work, worked);
    if (error != 0) {
        return nex_error_set(err, NEX_EIO, "%s", uv_strerror(error));
    }
    artifacts->working = true;
    native->fetching++;
    return NEX_OK;
}

static void on_fetched(void *arg, nex_status status, const nex_error *err) {
    native_artifacts *artifacts = arg;
    nex_error own;
    native_progress_fetched(artifacts->workload);
    artifacts->workload->fetch = NULL;
    if (status == NEX_OK) {
        status = place(artifacts, &own);
        err = &own;
    }
    if (status != NEX_OK) {
        native_progress_end(artifacts->workload, false);
        finish(artifacts, status, err);
    }
}

static void touch(const char *path) {
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) {
        close(fd); /* without it they are placed anew by the next run */
    }
}

static nex_status fetch_next(native_artifacts *artifacts, nex_error *err) {
    native_workload *workload = artifacts->workload;
    const nex_native_start_request_artifacts_item_list *list = &workload->start->artifacts;
    if (artifacts->at == list->count) {
        touch(artifacts->placed);
        nex_error none = {0};
        finish(artifacts, NEX_OK, &none);
        return NEX_OK;
    }
    const nex_native_start_request_artifacts_item *artifact = &list->items[artifacts->at];
    free(artifacts->path);
    artifacts->path = path_of(artifact);
    artifacts->executable = artifact->executable;
    artifacts->unpack = artifact->unpack;
    if (artifacts->path == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    return native_fetch_for(workload, artifact->uri, artifact->sha256, artifacts->fetched,
                            on_fetched, artifacts, err);
}

/* The state directory's path and a name in it. */
static char *join(const nex_buf *directory, const char *name) {
    nex_buf path = NEX_BUF_INIT;
    if (nex_buf_printf(&path, "%s/%s", directory->data, name) != NEX_OK) {
        nex_buf_free(&path);
    }
    return nex_buf_take(&path);
}

static nex_status find_places(native_artifacts *artifacts, nex_error *err) {
    const native_workload *workload = artifacts->workload;
    const nex_process_layer *layer = &workload->native->processes;
    const char *workdir = workload->start->workdir;
    nex_buf directory = NEX_BUF_INIT;
    nex_status status = layer->ops->directory(layer->self, workload->id, &directory, err);
    if (status == NEX_OK) {
        artifacts->fetched = join(&directory, FETCHED);
        artifacts->placed = join(&directory, PLACED);
        artifacts->workdir = workdir != NULL ? strdup(workdir) : join(&directory, "work");
        if (artifacts->fetched == NULL || artifacts->placed == NULL || artifacts->workdir == NULL) {
            status = nex_error_set(err, NEX_ENOMEM, "artifacts: out of memory");
        }
    }
    nex_buf_free(&directory);
    return status;
}

nex_status native_artifacts_begin(native_workload *workload, bool *wanted, nex_error *err) {
    *wanted = false;
    if (workload->start->artifacts.count == 0) {
        return NEX_OK;
    }
    if (nex_loop_uv(workload->native->loop) == NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "artifacts: this loop cannot fetch files");
    }
    native_artifacts *artifacts = calloc(1, sizeof *artifacts);
    if (artifacts == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "artifacts: out of memory");
    }
    artifacts->workload = workload;
    artifacts->native = workload->native;
    nex_status status = find_places(artifacts, err);
    if (status != NEX_OK || access(artifacts->placed, F_OK) == 0) {
        artifacts_free(artifacts); /* an earlier run has them */
        return status;
    }
    status = fetch_next(artifacts, err);
    if (status != NEX_OK) {
        artifacts_free(artifacts);
        return nex_error_prefix(err, status, "artifacts[0]");
    }
    workload->artifacts = artifacts;
    *wanted = true;
    return NEX_OK;
}
