/* artifact rm: workloads that run keep what they have fetched. */
#include "artifact.h"

#include <stdlib.h>

typedef struct removal {
    artifacts base;
    artifact_name name;
    uint64_t size;
    char sha256[ARTIFACT_SHA256_SIZE];
} removal;

static void on_deleted(void *arg, nex_status status, const nex_error *err) {
    removal *r = arg;
    nex_buf out = NEX_BUF_INIT;
    if (status != NEX_OK) {
        artifacts_fail(&r->base, err);
        return;
    }
    if (r->base.cli->json) {
        json_t *json = artifact_json(&r->name, r->size, r->sha256);
        char *text = json ? json_dumps(json, JSON_COMPACT | JSON_SORT_KEYS) : NULL;
        status = text ? nex_buf_printf(&out, "%s\n", text) : NEX_ENOMEM;
        free(text);
        json_decref(json);
    } else {
        status = nex_buf_printf(&out, "Artifact nats://%s/%s:%s deleted\n", r->name.bucket,
                                r->name.name, r->name.tag);
    }
    artifacts_finish(&r->base, print_made(r->base.cli, status, &out));
}

static void on_found(void *arg, nex_status status, const nex_object_info *info,
                     const nex_error *why) {
    removal *r = arg;
    nex_error err = *why;
    if (status == NEX_OK) {
        r->size = info->size;
        artifact_sha256(info->digest, r->sha256);
        status = nex_objectstore_delete(r->base.store, r->name.object, on_deleted, r);
        if (status == NEX_OK) {
            return;
        }
        nex_error_set(&err, status, "cannot ask for it: %s", nex_status_name(status));
    } else if (status == NEX_ENOTFOUND) {
        nex_error_set(&err, status, "artifact nats://%s/%s:%s not found", r->name.bucket,
                      r->name.name, r->name.tag);
    }
    artifacts_fail(&r->base, &err);
}

int artifact_rm(cli *c) {
    removal r = {.base = {.cli = c, .result = EXIT_FAILED}};
    nex_error err;
    nex_status status = artifact_parse(c->options.args[0], &r.name, &err);
    if (status != NEX_OK) {
        r.base.result = status == NEX_EINVAL ? fail_usage(c->json, &err) : fail(c, &err);
    } else if (artifacts_open(&r.base, c) == NEX_OK) {
        status = artifacts_use(&r.base, r.name.bucket, &err);
        if (status == NEX_OK) {
            status = nex_objectstore_info(r.base.store, r.name.object, on_found, &r);
            if (status != NEX_OK) {
                nex_error_set(&err, status, "cannot ask for it: %s", nex_status_name(status));
            }
        }
        if (status == NEX_OK) {
            nex_loop_run(r.base.session.loop);
        } else {
            r.base.result = fail(c, &err);
        }
    }
    artifacts_close(&r.base);
    artifact_name_free(&r.name);
    return r.base.result;
}
