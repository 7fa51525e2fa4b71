/* artifact push: a file becomes an object that start requests can name. */
#include "artifact.h"
#include "progress.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <uv.h>

#define TAKE_BACK_TIMEOUT (2 * NEX_SECOND)

enum { SIGNALS = 2, EXIT_SIGNAL = 128 };

typedef struct push {
    artifacts base;
    const char *path;
    artifact_name name;
    int fd;
    uint64_t size;
    uint64_t sent;
    crypto_hash_sha256_state hash;
    progress progress;
    uv_signal_t signals[SIGNALS];
    size_t catching;
    bool interrupted;
} push;

static nex_status open_file(push *p, nex_error *err) {
    struct stat info;
    p->fd = open(p->path, O_RDONLY | O_CLOEXEC);
    if (p->fd < 0 || fstat(p->fd, &info) != 0) {
        return nex_error_set(err, errno == ENOENT ? NEX_ENOTFOUND : NEX_EIO, "%s: %s", p->path,
                             strerror(errno));
    }
    if (!S_ISREG(info.st_mode)) {
        return nex_error_set(err, NEX_EINVAL, "%s is no file; of a directory make a tar archive",
                             p->path);
    }
    p->size = (uint64_t)info.st_size;
    return NEX_OK;
}

/* ---- The end -------------------------------------------------------------------------------- */

static void print(push *p) {
    unsigned char digest[crypto_hash_sha256_BYTES];
    char sha256[ARTIFACT_SHA256_SIZE];
    nex_buf out = NEX_BUF_INIT;
    nex_status status = NEX_ENOMEM;
    crypto_hash_sha256_final(&p->hash, digest);
    sodium_bin2hex(sha256, sizeof sha256, digest, sizeof digest);
    if (p->base.cli->json) {
        json_t *json = artifact_json(&p->name, p->sent, sha256);
        char *text = json ? json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
        status = text ? nex_buf_printf(&out, "%s\n", text) : NEX_ENOMEM;
        free(text);
        json_decref(json);
    } else {
        status = nex_buf_printf(&out, "Artifact nats://%s/%s:%s pushed, %llu bytes\nsha256: %s\n",
                                p->name.bucket, p->name.name, p->name.tag,
                                (unsigned long long)p->sent, sha256);
    }
    artifacts_finish(&p->base, print_made(p->base.cli, status, &out));
}

static void on_pushed(void *arg, nex_status status, const nex_error *err) {
    push *p = arg;
    nex_error own = *err;
    progress_end(&p->progress);
    if (status == NEX_OK) {
        print(p);
        return;
    }
    nex_error_prefix(&own, status, "%s", p->path);
    artifacts_fail(&p->base, &own);
}

static void on_taken_back(void *arg, nex_status status) {
    push *p = arg;
    (void)status;
    nex_loop_stop(p->base.session.loop);
}

/* What was sent so far is nobody's: the store is told to drop it before this program ends. */
static void on_signal(uv_signal_t *handle, int number) {
    push *p = handle->data;
    if (p->interrupted) {
        return;
    }
    p->interrupted = true;
    p->base.result = EXIT_SIGNAL + number;
    progress_end(&p->progress);
    nex_objectstore_free(p->base.store);
    p->base.store = NULL;
    warn(p->base.cli, "%s: interrupted; nothing was stored", p->path);
    if (nex_bus_flush(p->base.session.bus, TAKE_BACK_TIMEOUT, on_taken_back, p) != NEX_OK) {
        on_taken_back(p, NEX_EUNREACHABLE);
    }
}

/* ---- The upload ----------------------------------------------------------------------------- */

static nex_status on_read(void *arg, void *buf, size_t size, size_t *len, nex_error *err) {
    push *p = arg;
    ssize_t got;
    do {
        got = read(p->fd, buf, size);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        return nex_error_set(err, NEX_EIO, "%s", strerror(errno));
    }
    *len = (size_t)got;
    p->sent += (uint64_t)got;
    if (got > 0) {
        crypto_hash_sha256_update(&p->hash, buf, (size_t)got);
    } else if (p->sent != p->size) {
        return nex_error_set(err, NEX_EIO, "it has changed while it was read");
    }
    progress_update(&p->progress, p->sent, nex_loop_now(p->base.session.loop));
    return NEX_OK;
}

static void on_created(void *arg, nex_status status, const nex_error *err) {
    push *p = arg;
    nex_error own = *err;
    if (status == NEX_OK) {
        uint64_t now = nex_loop_now(p->base.session.loop);
        progress_begin(&p->progress, p->name.name, p->size, now, p->base.cli->json);
        status = nex_objectstore_put(p->base.store, p->name.object, NULL, on_read, on_pushed, p);
        if (status != NEX_OK) {
            nex_error_set(&own, status, "cannot store it: %s", nex_status_name(status));
        }
    }
    if (status != NEX_OK) {
        on_pushed(p, status, &own);
    }
}

static nex_status begin(push *p, nex_error *err) {
    static const int numbers[SIGNALS] = {SIGINT, SIGTERM};
    struct uv_loop_s *uv = nex_loop_uv(p->base.session.loop);
    nex_status status = artifacts_use(&p->base, p->name.bucket, err);
    while (status == NEX_OK && p->catching < SIGNALS &&
           uv_signal_init(uv, &p->signals[p->catching]) == 0) {
        uv_signal_t *handle = &p->signals[p->catching];
        handle->data = p;
        (void)uv_signal_start(handle, on_signal, numbers[p->catching++]);
    }
    if (status == NEX_OK) {
        status = nex_objectstore_create(p->base.store, on_created, p);
        if (status != NEX_OK) {
            nex_error_set(err, status, "bucket %s: cannot be asked for: %s", p->name.bucket,
                          nex_status_name(status));
        }
    }
    return status;
}

static nex_status take_name(push *p, nex_error *err) {
    const char *given = settings_text(&p->base.cli->options.settings, "artifact.push.name");
    const char *slash = strrchr(p->path, '/');
    return artifact_parse(given ? given : slash ? slash + 1 : p->path, &p->name, err);
}

int artifact_push(cli *c) {
    push p = {.base = {.cli = c, .result = EXIT_FAILED}, .path = c->options.args[0], .fd = -1};
    nex_error err;
    crypto_hash_sha256_init(&p.hash);
    nex_status status = take_name(&p, &err);
    if (status == NEX_EINVAL) {
        p.base.result = fail_usage(c->json, &err);
    } else if (status != NEX_OK || (status = open_file(&p, &err)) != NEX_OK) {
        p.base.result = fail(c, &err);
    } else if ((status = artifacts_open(&p.base, c)) == NEX_OK) {
        status = begin(&p, &err);
        if (status == NEX_OK) {
            nex_loop_run(p.base.session.loop);
        } else {
            p.base.result = fail(c, &err);
        }
        for (size_t i = 0; i < p.catching; i++) {
            uv_close((uv_handle_t *)&p.signals[i], NULL);
        }
        uv_run(nex_loop_uv(p.base.session.loop), UV_RUN_NOWAIT);
    }
    artifacts_close(&p.base);
    artifact_name_free(&p.name);
    if (p.fd >= 0) {
        close(p.fd);
    }
    return p.base.result;
}
