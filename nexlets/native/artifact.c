/*
 * Fetching: from a NATS object store on the loop, piece by piece; from the web and from files on
 * a thread of libuv's, since neither can be asked without waiting.
 */
#include "native/artifact_cache.h"
#include "native/artifact_web.h"

#include <nex/objectstore.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

struct native_fetch {
    nex_loop *loop;
    native_fetch_cb cb; /* NULL: canceled */
    void *arg;
    char *uri;
    char *sha256;
    char *cache;
    char *target;
    native_incoming incoming;
    native_counter counter;
    /* nats:// */
    nex_objectstore *store;
    char *object;
    bool received; /* it is in the cache now */
    char digest[NATIVE_SHA256_HEX_SIZE];
    /* others */
    uv_work_t work;
    bool working;
    size_t *busy;
    uint64_t cache_bytes;
    atomic_bool canceled;
    nex_status status;
    nex_error error;
};

static void fetch_free(native_fetch *fetch) {
    nex_objectstore_free(fetch->store);
    native_incoming_close(&fetch->incoming);
    free(fetch->object);
    free(fetch->uri);
    free(fetch->sha256);
    free(fetch->cache);
    free(fetch->target);
    free(fetch);
}

static void finish(native_fetch *fetch, nex_status status, const nex_error *err) {
    native_fetch_cb cb = fetch->cb;
    void *arg = fetch->arg;
    nex_error copy = {0};
    if (status != NEX_OK) {
        (void)nex_error_set(&copy, status, "cannot fetch %s: %s", fetch->uri, err->message);
    } else if (fetch->cache_bytes > 0 && *fetch->busy == 0) { /* nobody is to copy what would go */
        native_cache_clean(fetch->cache, fetch->cache_bytes);
    }
    if (cb != NULL) {
        cb(arg, status, &copy);
    }
    fetch_free(fetch);
}

void native_fetch_count(const native_fetch *fetch, uint64_t *bytes, uint64_t *total) {
    *bytes = atomic_load(&fetch->counter.bytes);
    *total = atomic_load(&fetch->counter.total);
}

void native_fetch_cancel(native_fetch *fetch) {
    if (fetch == NULL) {
        return;
    }
    fetch->cb = NULL;
    atomic_store(&fetch->canceled, true);
    if (!fetch->working) {
        fetch_free(fetch);
    }
}

/* ---- NATS ----------------------------------------------------------------------------------- */

static nex_status on_chunk(void *arg, const void *data, size_t len, nex_error *err) {
    native_fetch *fetch = arg;
    atomic_fetch_add(&fetch->counter.bytes, len);
    return native_incoming_write(&fetch->incoming, data, len, err);
}

static nex_status begin_work(native_fetch *fetch, nex_error *err);

static void on_object(void *arg, nex_status status, const nex_error *err) {
    native_fetch *fetch = arg;
    nex_error own;
    if (status == NEX_OK) {
        status = native_incoming_finish(&fetch->incoming, fetch->sha256, fetch->digest, &own);
        err = &own;
    }
    if (status == NEX_OK) {
        fetch->received = true;
        status = begin_work(fetch, &own);
    }
    if (status != NEX_OK) {
        nex_error copy = *err;
        finish(fetch, status, &copy);
    }
}

static void get_object(native_fetch *fetch) {
    nex_error err;
    nex_status status = native_incoming_open(&fetch->incoming, fetch->cache, &err);
    if (status == NEX_OK) {
        status = nex_objectstore_get(fetch->store, fetch->object, on_chunk, on_object, fetch);
        (void)nex_error_set(&err, status, "the object store cannot be asked: %s",
                            nex_status_name(status));
    }
    if (status != NEX_OK) {
        finish(fetch, status, &err);
    }
}

/* The digest is known before the object is: it may be in the cache. */
static void on_info(void *arg, nex_status status, const nex_object_info *info,
                    const nex_error *err) {
    native_fetch *fetch = arg;
    nex_error own;
    if (status != NEX_OK) {
        nex_error copy = *err;
        finish(fetch, status, &copy);
        return;
    }
    atomic_store(&fetch->counter.total, info->size);
    if (!native_digest_hex(info->digest, fetch->digest)) {
        get_object(fetch);
        return;
    }
    if (fetch->sha256 != NULL && strcmp(fetch->sha256, fetch->digest) != 0) {
        status = nex_error_set(&own, NEX_EREFUSED, "its SHA-256 is %s, expected %s", fetch->digest,
                               fetch->sha256);
    } else {
        status = begin_work(fetch, &own);
    }
    if (status != NEX_OK) {
        finish(fetch, status, &own);
    }
}

static nex_status begin_nats(native_fetch *fetch, nex_bus *bus, nex_error *err) {
    char *bucket;
    nex_status status = native_artifact_object(fetch->uri, &bucket, &fetch->object, err);
    if (status != NEX_OK) {
        return status;
    }
    if (bus == NULL) {
        free(bucket);
        return nex_error_set(err, NEX_EUNREACHABLE, "there is no connection to NATS");
    }
    nex_objectstore_options options = {.bucket = bucket};
    status = nex_objectstore_new(&fetch->store, bus, &options, err);
    free(bucket);
    if (status == NEX_OK) {
        status = nex_objectstore_info(fetch->store, fetch->object, on_info, fetch);
        if (status != NEX_OK) {
            (void)nex_error_set(err, status, "the object store cannot be asked: %s",
                                nex_status_name(status));
        }
    }
    return status;
}

/* ---- Files and the web ---------------------------------------------------------------------- */

static nex_status copy_file(native_fetch *fetch, nex_error *err) {
    enum { BLOCK = 64 * 1024 };
    char *block = malloc(BLOCK);
    int fd = open(fetch->uri, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* never waits for a fifo */
    nex_status status = NEX_OK;
    struct stat info;
    if (fd < 0 || block == NULL || fstat(fd, &info) != 0) {
        status = nex_error_set(err, NEX_EIO, "%s", strerror(errno));
    } else if (!S_ISREG(info.st_mode)) {
        status = nex_error_set(err, NEX_EINVAL, "it is not a file");
    } else {
        atomic_store(&fetch->counter.total, (uint64_t)info.st_size);
    }
    ssize_t got = 1;
    while (status == NEX_OK && got > 0 && !atomic_load(&fetch->canceled)) {
        got = read(fd, block, BLOCK);
        if (got < 0) {
            status = nex_error_set(err, NEX_EIO, "%s", strerror(errno));
        } else if (got > 0) {
            status = native_incoming_write(&fetch->incoming, block, (size_t)got, err);
            atomic_fetch_add(&fetch->counter.bytes, (uint64_t)got);
        }
    }
    if (fd >= 0) {
        close(fd);
    }
    free(block);
    return status;
}

/* What must be had is in the cache, or is brought there; then the workload gets its copy. */
static void work(uv_work_t *request) {
    native_fetch *fetch = request->data;
    nex_error *err = &fetch->error;
    if (fetch->digest[0] == '\0' && fetch->sha256 != NULL) {
        snprintf(fetch->digest, sizeof fetch->digest, "%s", fetch->sha256);
    }
    fetch->status = NEX_ENOTFOUND;
    if (fetch->digest[0] != '\0') {
        fetch->status = native_cache_copy(fetch->cache, fetch->digest, fetch->target, err);
    }
    if (fetch->status != NEX_ENOTFOUND || fetch->object != NULL) {
        return;
    }
    fetch->status = native_incoming_open(&fetch->incoming, fetch->cache, err);
    if (fetch->status == NEX_OK) {
        fetch->status = native_artifact_kind_of(fetch->uri) == NATIVE_ARTIFACT_HTTPS
                            ? native_web_get(fetch->uri, &fetch->incoming, &fetch->counter,
                                             &fetch->canceled, err)
                            : copy_file(fetch, err);
    }
    if (fetch->status == NEX_OK && !atomic_load(&fetch->canceled)) {
        fetch->status = native_incoming_finish(&fetch->incoming, fetch->sha256, fetch->digest, err);
    }
    if (fetch->status == NEX_OK && !atomic_load(&fetch->canceled)) {
        fetch->status = native_cache_copy(fetch->cache, fetch->digest, fetch->target, err);
    }
}

static void worked(uv_work_t *request, int status) {
    native_fetch *fetch = request->data;
    fetch->working = false;
    --*fetch->busy;
    if (status != 0) {
        fetch->status = nex_error_set(&fetch->error, NEX_ECANCELED, "%s", uv_strerror(status));
    }
    bool ask = fetch->status == NEX_ENOTFOUND && fetch->object != NULL && !fetch->received;
    if (ask && fetch->cb != NULL) {
        get_object(fetch);
        return;
    }
    nex_error copy = fetch->error;
    finish(fetch, fetch->status, &copy);
}

static nex_status begin_work(native_fetch *fetch, nex_error *err) {
    struct uv_loop_s *uv = nex_loop_uv(fetch->loop);
    if (uv == NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "this loop cannot fetch files");
    }
    fetch->work.data = fetch;
    int error = uv_queue_work(uv, &fetch->work, work, worked);
    fetch->working = error == 0;
    *fetch->busy += fetch->working ? 1 : 0;
    return error == 0 ? NEX_OK : nex_error_set(err, NEX_EIO, "%s", uv_strerror(error));
}

static char *copy_text(const char *text, bool *ok) {
    char *copy = text != NULL ? strdup(text) : NULL;
    *ok = *ok && (text == NULL || copy != NULL);
    return copy;
}

nex_status native_fetch_start(native_fetch **out, const native_fetch_options *options,
                              native_fetch_cb cb, void *arg, nex_error *err) {
    bool ok = true;
    *out = NULL;
    native_fetch *fetch = calloc(1, sizeof *fetch);
    if (fetch == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "cannot fetch %s: out of memory", options->uri);
    }
    fetch->incoming = (native_incoming){.cache = -1, .fd = -1};
    fetch->loop = options->loop;
    fetch->busy = options->busy;
    fetch->cache_bytes = options->cache_bytes;
    fetch->cb = cb;
    fetch->arg = arg;
    fetch->uri = copy_text(options->uri, &ok);
    fetch->sha256 = copy_text(options->sha256, &ok);
    fetch->cache = copy_text(options->cache, &ok);
    fetch->target = copy_text(options->target, &ok);
    nex_status status = ok ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "out of memory");
    if (status == NEX_OK) {
        status = native_artifact_kind_of(options->uri) == NATIVE_ARTIFACT_NATS
                     ? begin_nats(fetch, options->bus, err)
                     : begin_work(fetch, err);
    }
    if (status != NEX_OK) {
        fetch_free(fetch);
        return nex_error_prefix(err, status, "cannot fetch %s", options->uri);
    }
    *out = fetch;
    return NEX_OK;
}
