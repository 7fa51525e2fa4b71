/* secret list, and secret rm: both begin with the keys of the bucket. */
#include "secret.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct keys {
    secrets base;
    nex_string_list names; /* list: of all entries; rm: the keys to delete */
    size_t removed;
    bool failed; /* out of memory */
    nex_error err;
} keys;

static void on_entry(void *arg, const nex_kv_entry *entry) {
    keys *k = arg;
    const char *dot = strchr(entry->key, '.');
    const char *name = dot ? dot + 1 : entry->key;
    if (k->base.name && strcmp(name, k->base.name) != 0) {
        return;
    }
    if (nex_string_list_add(&k->names, k->base.name ? entry->key : name) != NEX_OK) {
        k->failed = true;
    }
}

static int by_text(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The number of entries with the name at `at`, which are one after the other. */
static size_t same(const nex_string_list *names, size_t at) {
    size_t n = 1;
    while (at + n < names->count && strcmp(names->items[at], names->items[at + n]) == 0) {
        n++;
    }
    return n;
}

static nex_status to_json(const nex_string_list *names, nex_buf *out) {
    nex_status status = nex_buf_append_str(out, "[");
    for (size_t i = 0, n; i < names->count && status == NEX_OK; i += n) {
        n = same(names, i);
        status = nex_buf_printf(out, "%s{\"name\":\"%s\",\"nodes\":%zu}", i > 0 ? "," : "",
                                names->items[i], n);
    }
    return status == NEX_OK ? nex_buf_append_str(out, "]\n") : status;
}

static nex_status to_table(const nex_string_list *names, nex_buf *out) {
    table *t = table_new("Secrets");
    nex_status status = t ? table_column(t, "Name", false) : NEX_ENOMEM;
    if (status == NEX_OK) {
        status = table_column(t, "Nodes", true);
    }
    for (size_t i = 0, n; i < names->count && status == NEX_OK; i += n) {
        n = same(names, i);
        status = table_cell(t, names->items[i]);
        if (status == NEX_OK) {
            status = table_cell_int(t, (int64_t)n);
        }
    }
    if (status == NEX_OK) {
        status = table_render(t, out);
    }
    table_free(t);
    return status;
}

static void print_list(keys *k) {
    nex_buf out = NEX_BUF_INIT;
    const cli *c = k->base.cli;
    nex_status status = NEX_OK;
    if (k->names.count > 0) {
        qsort(k->names.items, k->names.count, sizeof *k->names.items, by_text);
    }
    if (c->json) {
        status = to_json(&k->names, &out);
    } else if (k->names.count == 0) {
        status = nex_buf_printf(&out, "%s has no secrets\n", k->base.namespace_);
    } else {
        status = to_table(&k->names, &out);
    }
    k->base.result = print_made(c, status, &out);
    nex_loop_stop(k->base.session.loop);
}

static void on_purged(void *arg, nex_status status, const nex_error *err) {
    keys *k = arg;
    if (status != NEX_OK && k->err.code == NEX_OK) {
        k->err = *err;
    }
    if (++k->removed < k->names.count) {
        return;
    }
    if (k->err.code != NEX_OK) {
        secrets_fail(&k->base, &k->err);
    } else {
        secrets_done(&k->base, "deleted", k->names.count);
    }
}

static void purge_all(keys *k) {
    size_t count = k->names.count;
    for (size_t i = 0; i < count; i++) {
        nex_status status = nex_kv_purge(k->base.kv, k->names.items[i], on_purged, k);
        if (status != NEX_OK) {
            nex_error err;
            nex_error_set(&err, status, "cannot delete the secret: %s", nex_status_name(status));
            on_purged(k, status, &err);
        }
    }
}

static void on_listed(void *arg, nex_status status, const nex_error *why) {
    keys *k = arg;
    nex_error err = *why;
    if (status == NEX_OK && k->failed) {
        status = nex_error_set(&err, NEX_ENOMEM, "out of memory");
    }
    /* A namespace that never had a secret has no bucket. */
    if (status != NEX_OK && status != NEX_ENOTFOUND) {
        secrets_fail(&k->base, &err);
    } else if (!k->base.name) {
        print_list(k);
    } else if (k->names.count == 0) {
        nex_error_set(&err, NEX_ENOTFOUND, "secret %s of %s not found", k->base.name,
                      k->base.namespace_);
        secrets_fail(&k->base, &err);
    } else {
        purge_all(k);
    }
}

static int run(cli *c, const char *name) {
    keys k = {.failed = false};
    nex_error err;
    nex_error_clear(&k.err);
    nex_status status = secrets_open(&k.base, c, name);
    if (status == NEX_OK) {
        status = nex_kv_list(k.base.kv, on_entry, on_listed, &k);
        if (status == NEX_OK) {
            nex_loop_run(k.base.session.loop);
        } else {
            nex_error_set(&err, status, "cannot ask for the secrets: %s", nex_status_name(status));
            k.base.result = fail(c, &err);
        }
    }
    secrets_close(&k.base);
    nex_string_list_free(&k.names);
    return k.base.result;
}

int secret_list(cli *c) {
    return run(c, NULL);
}

int secret_rm(cli *c) {
    return run(c, c->options.args[0]);
}
