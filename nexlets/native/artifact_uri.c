/* nats://<bucket>/<name>[:<tag>] names the object <name>_<tag> of an object store. */
#include "native/artifact.h"

#include <stdlib.h>
#include <string.h>

#define NATS_SCHEME "nats://"
#define DEFAULT_TAG "latest"

native_artifact_kind native_artifact_kind_of(const char *uri) {
    if (strncmp(uri, NATS_SCHEME, strlen(NATS_SCHEME)) == 0) {
        return NATIVE_ARTIFACT_NATS;
    }
    if (strncmp(uri, "https://", strlen("https://")) == 0) {
        return NATIVE_ARTIFACT_HTTPS;
    }
    return NATIVE_ARTIFACT_FILE;
}

nex_status native_artifact_object(const char *uri, char **bucket, char **object, nex_error *err) {
    const char *begin = uri + strlen(NATS_SCHEME);
    const char *slash = strchr(begin, '/');
    *bucket = NULL;
    *object = NULL;
    if (slash == NULL || slash == begin || slash[1] == '\0' || slash[1] == ':') {
        return nex_error_set(err, NEX_EINVAL,
                             "uri \"%s\": expected nats://<bucket>/<name> or "
                             "nats://<bucket>/<name>:<tag>",
                             uri);
    }
    const char *name = slash + 1;
    const char *colon = strrchr(name, ':');
    size_t name_len = colon != NULL ? (size_t)(colon - name) : strlen(name);
    const char *tag = colon != NULL && colon[1] != '\0' ? colon + 1 : DEFAULT_TAG;
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&text, "%.*s_%s", (int)name_len, name, tag);
    *object = nex_buf_take(&text);
    *bucket = strndup(begin, (size_t)(slash - begin));
    if (status != NEX_OK || *bucket == NULL) {
        free(*bucket);
        free(*object);
        *bucket = NULL;
        *object = NULL;
        return nex_error_set(err, NEX_ENOMEM, "uri: out of memory");
    }
    return NEX_OK;
}
