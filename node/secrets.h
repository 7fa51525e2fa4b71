/*
 * node/secrets.h - where the values of secret://NAME come from: a directory of files.
 *
 * The value of NAME for a namespace is the content of <directory>/<namespace>/<NAME>, as it is. A
 * file counts only when nobody but its owner may read or write it (0600, 0400), it is a regular
 * file, and it belongs to the node's user or to root; symbolic links are not followed.
 */
#ifndef NEX_NODE_SECRETS_H
#define NEX_NODE_SECRETS_H

#include <nex/core.h>

typedef struct nex_secret_store nex_secret_store;

enum { NEX_SECRET_MAX_SIZE = 64 * 1024 };

/** Opens a directory. NEX_EREFUSED when others may write to it. */
nex_status nex_secret_store_open(nex_secret_store **out, const char *directory, nex_error *err);
/** NULL is fine. */
void nex_secret_store_free(nex_secret_store *store);

/**
 * Appends a secret's bytes; wipe the buffer after use (nex_buf_wipe). Errors name namespace and
 * secret but hold nothing of a value: NEX_EINVAL for a name with anything but letters, digits,
 * '.', '_' and '-' or with a leading dot, NEX_ENOTFOUND, NEX_EREFUSED for a file that does not
 * count, NEX_ELIMIT for one over NEX_SECRET_MAX_SIZE, NEX_EIO.
 */
nex_status nex_secret_store_get(const nex_secret_store *store, const char *namespace_,
                                const char *name, nex_buf *out, nex_error *err);

#endif
