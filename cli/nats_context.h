/*
 * nats_context.h - contexts of the nats command: a file of connection settings by name.
 */
#ifndef CLI_NATS_CONTEXT_H
#define CLI_NATS_CONTEXT_H

#include <nex/core.h>

/** How to reach NATS. NULL where nothing is said. Holds secrets: free with nats_target_free. */
typedef struct nats_target {
    nex_string_list servers;
    char *user, *password, *token;
    char *creds_file;
    char *nkey_file; /**< file that holds a user seed */
    char *jwt, *seed;
    char *tls_cert, *tls_key, *tls_ca;
    bool tls_first;
    char *js_domain;
    char *inbox_prefix;
} nats_target;

void nats_target_free(nats_target *target);
/** Whether it says who is connecting. */
bool nats_target_has_credentials(const nats_target *target);

/** Directory of the nats command's settings, "$XDG_CONFIG_HOME/nats"; free() it. */
nex_status nats_context_dir(char **out, nex_error *err);
/** The name of the selected context, or NULL when none is; free() it. */
nex_status nats_context_selected(const char *dir, char **out, nex_error *err);
/** Reads a context. NEX_ENOTFOUND when there is no such file. */
nex_status nats_context_load(const char *dir, const char *name, nats_target *out, nex_error *err);

/** "~/x" as a path below the home directory; other paths as they are. free() it. */
char *path_expand(const char *path);
/** Reads a whole file of at most `limit` bytes; err names it. */
nex_status file_read(const char *path, size_t limit, nex_buf *out, nex_error *err);
/** Appends the texts between commas, without blanks around them. */
nex_status list_add_split(nex_string_list *list, const char *text);

#endif
