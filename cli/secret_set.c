/* secret set: a value, sealed to each node that may read it. */
#include "secret.h"

#include <nex/keys.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct sealed {
    char key[256];
    nex_buf value;
} sealed;

typedef struct storing {
    secrets base;
    nex_buf value;
    const char *node_id; /* NULL: all */
    sealed *items;
    size_t count;
    size_t stored;
    nex_error err;
} storing;

static nex_status seal(const storing *s, const char *xkey, sealed *out, nex_error *err) {
    nex_key *key = NULL;
    nex_buf box = NEX_BUF_INIT;
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_key_generate(&key, NEX_KEY_CURVE, err);
    if (status == NEX_OK) {
        status =
            nex_box_seal(key, xkey, s->value.data ? s->value.data : "", s->value.len, &box, err);
    }
    if (status == NEX_OK) {
        status = nex_base64_encode(box.data, box.len, &text);
        nex_get_secret_response stored = {.encrypted_by = (char *)(uintptr_t)nex_key_public(key),
                                          .base64_encrypted_value = text.data};
        if (status == NEX_OK) {
            status = nex_get_secret_response_encode(&stored, &out->value);
        }
        if (status != NEX_OK) {
            nex_error_set(err, status, "out of memory");
        }
    }
    snprintf(out->key, sizeof out->key, "%s.%s", xkey, s->base.name);
    nex_key_free(key);
    nex_buf_free(&box);
    nex_buf_free(&text);
    return status;
}

static void on_put(void *arg, nex_status status, const nex_error *err) {
    storing *s = arg;
    if (status != NEX_OK && s->err.code == NEX_OK) {
        s->err = *err;
    }
    if (++s->stored < s->count) {
        return;
    }
    if (s->err.code != NEX_OK) {
        secrets_fail(&s->base, &s->err);
    } else {
        secrets_done(&s->base, "stored", s->count);
    }
}

static void on_bucket(void *arg, nex_status status, const nex_error *why) {
    storing *s = arg;
    if (status != NEX_OK) {
        secrets_fail(&s->base, why);
        return;
    }
    for (size_t i = 0; i < s->count; i++) {
        const sealed *item = &s->items[i];
        status = nex_kv_put(s->base.kv, item->key, item->value.data, item->value.len, on_put, s);
        if (status != NEX_OK) {
            nex_error err;
            nex_error_set(&err, status, "cannot store the secret: %s", nex_status_name(status));
            on_put(s, status, &err);
        }
    }
}

static nex_status seal_all(storing *s, const nex_node_ping_response *const *nodes, size_t count,
                           nex_error *err) {
    nex_status status = NEX_OK;
    s->items = calloc(count + 1, sizeof *s->items);
    if (!s->items) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        const nex_node_ping_response *node = nodes[i];
        bool wanted = !s->node_id || strcmp(s->node_id, node->node_id) == 0;
        if (wanted && nex_key_public_kind(node->xkey ? node->xkey : "") == NEX_KEY_CURVE) {
            status = seal(s, node->xkey, &s->items[s->count++], err);
        }
    }
    if (status == NEX_OK && s->count == 0) {
        status = s->node_id ? nex_error_set(err, NEX_ENOTFOUND, "node %s not found", s->node_id)
                            : nex_error_set(err, NEX_ENOTFOUND,
                                            "no node answers: there is nobody to seal it to");
    }
    return status;
}

static void on_nodes(void *arg, const nex_outcome *outcome,
                     const nex_node_ping_response *const *nodes, size_t count) {
    storing *s = arg;
    nex_error err;
    if (outcome->status != NEX_OK && count == 0) {
        s->base.result = fail_outcome(s->base.cli, outcome);
        nex_loop_stop(s->base.session.loop);
        return;
    }
    nex_status status = seal_all(s, nodes, count, &err);
    nex_buf_wipe(&s->value);
    if (status == NEX_OK) {
        status = nex_kv_create(s->base.kv, on_bucket, s);
        if (status != NEX_OK) {
            nex_error_set(&err, status, "cannot ask for the bucket: %s", nex_status_name(status));
        }
    }
    if (status != NEX_OK) {
        secrets_fail(&s->base, &err);
    }
}

int secret_set(cli *c) {
    storing s = {.value = NEX_BUF_INIT};
    nex_error err;
    nex_error_clear(&s.err);
    const char *name = c->options.args[0];
    nex_status status = secrets_check(&s.base, c, name);
    if (status == NEX_OK) {
        /* Before there are other threads: none but this one may be told to end meanwhile. */
        status = secret_read(name, &s.value, &err);
        if (status != NEX_OK) {
            s.base.result = fail(c, &err);
        }
    }
    if (status == NEX_OK) {
        status = secrets_open(&s.base, c, name);
    }
    if (status == NEX_OK) {
        s.node_id = settings_text(&c->options.settings, "secret.set.node");
        status = nex_client_list_nodes(s.base.session.client, NULL, on_nodes, &s, NULL, &err);
        if (status == NEX_OK) {
            nex_loop_run(s.base.session.loop);
        } else {
            s.base.result = fail(c, &err);
        }
    }
    secrets_close(&s.base);
    nex_buf_wipe(&s.value);
    for (size_t i = 0; i < s.count; i++) {
        nex_buf_free(&s.items[i].value);
    }
    free(s.items);
    return s.base.result;
}
