#include "artifact.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCHEME "nats://"

static bool bucket_valid(const char *bucket) {
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                                  "0123456789_-";
    return *bucket && strspn(bucket, allowed) == strlen(bucket);
}

static nex_status make_object(artifact_name *out) {
    nex_buf object = NEX_BUF_INIT;
    if (!out->bucket || !out->name || !out->tag ||
        nex_buf_printf(&object, "%s_%s", out->name, out->tag) != NEX_OK) {
        nex_buf_free(&object);
        return NEX_ENOMEM;
    }
    out->object = nex_buf_take(&object);
    return NEX_OK;
}

nex_status artifact_parse(const char *text, artifact_name *out, nex_error *err) {
    *out = (artifact_name){0};
    const char *at =
        strncmp(text, SCHEME, sizeof SCHEME - 1) == 0 ? text + sizeof SCHEME - 1 : text;
    const char *slash = strchr(at, '/');
    const char *name = slash ? slash + 1 : at;
    const char *colon = strrchr(name, ':');
    size_t name_len = colon ? (size_t)(colon - name) : strlen(name);
    out->bucket = slash ? strndup(at, (size_t)(slash - at)) : strdup(ARTIFACT_BUCKET);
    out->name = strndup(name, name_len);
    out->tag = strdup(colon && colon[1] ? colon + 1 : ARTIFACT_TAG);
    if (make_object(out) != NEX_OK) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (!bucket_valid(out->bucket) || !*out->name) {
        return nex_error_set(err, NEX_EINVAL,
                             "\"%s\" is no name of an artifact: expected bucket/name:tag; the "
                             "bucket of letters, digits, - and _",
                             text);
    }
    return NEX_OK;
}

nex_status artifact_of_object(const char *bucket, const char *object, artifact_name *out) {
    *out = (artifact_name){0};
    const char *cut = strrchr(object, '_');
    if (!cut || cut == object || !cut[1]) {
        return NEX_ENOTFOUND;
    }
    out->bucket = strdup(bucket);
    out->name = strndup(object, (size_t)(cut - object));
    out->tag = strdup(cut + 1);
    return make_object(out);
}

void artifact_name_free(artifact_name *name) {
    free(name->bucket);
    free(name->name);
    free(name->tag);
    free(name->object);
    *name = (artifact_name){0};
}

json_t *artifact_json(const artifact_name *name, uint64_t size, const char *sha256) {
    nex_buf uri = NEX_BUF_INIT;
    json_t *json = NULL;
    if (nex_buf_printf(&uri, SCHEME "%s/%s:%s", name->bucket, name->name, name->tag) == NEX_OK) {
        json = json_pack("{s:s, s:s, s:s, s:s, s:I, s:s}", "uri", uri.data, "bucket", name->bucket,
                         "name", name->name, "tag", name->tag, "size", (json_int_t)size, "sha256",
                         sha256);
    }
    nex_buf_free(&uri);
    return json;
}

void artifact_sha256(const char *digest, char out[ARTIFACT_SHA256_SIZE]) {
    static const char prefix[] = "SHA-256=";
    nex_buf standard = NEX_BUF_INIT, bytes = NEX_BUF_INIT;
    nex_error err;
    out[0] = '\0';
    if (!digest || strncmp(digest, prefix, sizeof prefix - 1) != 0 ||
        nex_buf_append_str(&standard, digest + sizeof prefix - 1) != NEX_OK) {
        nex_buf_free(&standard);
        return;
    }
    for (size_t i = 0; i < standard.len; i++) { /* base64url, as the stores have it */
        char *c = &standard.data[i];
        *c = *c == '-' ? '+' : *c == '_' ? '/' : *c;
    }
    if (nex_base64_decode(standard.data, standard.len, &bytes, &err) == NEX_OK &&
        bytes.len == (ARTIFACT_SHA256_SIZE - 1) / 2) {
        for (size_t i = 0; i < bytes.len; i++) {
            snprintf(out + 2 * i, 3, "%02x", (unsigned char)bytes.data[i]);
        }
    }
    nex_buf_free(&standard);
    nex_buf_free(&bytes);
}

nex_status artifacts_open(artifacts *a, const cli *c) {
    nex_error err;
    a->cli = c;
    a->result = EXIT_FAILED;
    nex_status status = session_open(&a->session, c, &err);
    if (status != NEX_OK) {
        a->result = fail(c, &err);
    }
    return status;
}

nex_status artifacts_use(artifacts *a, const char *bucket, nex_error *err) {
    nex_objectstore_options wanted = {
        .bucket = bucket,
        .domain = a->session.connection.js_domain,
        .timeout = settings_duration(&a->cli->options.settings, "nats.timeout")};
    nex_objectstore_free(a->store);
    a->store = NULL;
    return nex_objectstore_new(&a->store, a->session.bus, &wanted, err);
}

void artifacts_close(artifacts *a) {
    nex_objectstore_free(a->store);
    session_close(&a->session);
}

void artifacts_finish(artifacts *a, int result) {
    a->result = result;
    nex_loop_stop(a->session.loop);
}

void artifacts_fail(artifacts *a, const nex_error *err) {
    artifacts_finish(a, fail(a->cli, err));
}
