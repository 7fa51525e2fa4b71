/* artifact.h - what the artifact commands share: names, and the object store they name. */
#ifndef CLI_ARTIFACT_H
#define CLI_ARTIFACT_H

#include "cli.h"

#include <nex/objectstore.h>

#define ARTIFACT_BUCKET "artifacts" /**< where a name says none */
#define ARTIFACT_TAG    "latest"

enum { ARTIFACT_SHA256_SIZE = 65 };

/** bucket/name:tag; the object is name_tag. */
typedef struct artifact_name {
    char *bucket;
    char *name;
    char *tag;
    char *object;
} artifact_name;

/** Reads [nats://][bucket/]name[:tag]. Free in any case. */
nex_status artifact_parse(const char *text, artifact_name *out, nex_error *err);
/** Takes an object of a bucket for what it is. NEX_ENOTFOUND: it is no artifact. */
nex_status artifact_of_object(const char *bucket, const char *object, artifact_name *out);
void artifact_name_free(artifact_name *name);
/** {uri, bucket, name, tag, size, sha256}, or NULL. */
json_t *artifact_json(const artifact_name *name, uint64_t size, const char *sha256);
/** The digest of an object as lower-case hex; "" when it is of another kind. */
void artifact_sha256(const char *digest, char out[ARTIFACT_SHA256_SIZE]);

/** A command under way. */
typedef struct artifacts {
    const cli *cli;
    session session;
    nex_objectstore *store;
    int result;
} artifacts;

/** Connects. Not NEX_OK: a->result is the exit status, and all is said. */
nex_status artifacts_open(artifacts *a, const cli *c);
/** Takes another bucket. */
nex_status artifacts_use(artifacts *a, const char *bucket, nex_error *err);
void artifacts_close(artifacts *a);
void artifacts_finish(artifacts *a, int result);
void artifacts_fail(artifacts *a, const nex_error *err);

#endif
