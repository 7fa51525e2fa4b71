/* secret.h - what the secret commands share: the bucket of a namespace. */
#ifndef CLI_SECRET_H
#define CLI_SECRET_H

#include "cli.h"

#include <nex/kv.h>

enum { SECRET_MAX_SIZE = 64 * 1024 };

typedef struct secrets {
    const cli *cli;
    session session;
    const char *namespace_;
    const char *name; /**< NULL: list */
    nex_kv *kv;
    int result;
} secrets;

/** What can be told before connecting. Not NEX_OK: as below. */
nex_status secrets_check(secrets *s, const cli *c, const char *name);
/** Connects and makes s->kv. Not NEX_OK: s->result is the exit status, and all is said. */
nex_status secrets_open(secrets *s, const cli *c, const char *name);
void secrets_close(secrets *s);
/** Ends the command with an error. */
void secrets_fail(secrets *s, const nex_error *err);
/** Prints {name, namespace, nodes}, or the sentence, and ends the command. */
void secrets_done(secrets *s, const char *verb, size_t nodes);

/** Reads a value: asks for it at a terminal, else takes standard input as it is. To be wiped. */
nex_status secret_read(const char *name, nex_buf *out, nex_error *err);

#endif
