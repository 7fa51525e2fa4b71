/*
 * Secrets in JetStream: the bucket _nex_secrets_<namespace>, whose name no namespace's credentials
 * reach. A key is <public curve key of a node>.<NAME>; its value is the secret sealed to that key
 * by one made for this box, so that only that node can read it.
 */
#include "node/secrets.h"

#include "node/internal.h"

#include <nex/kv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KV_TIMEOUT (2 * NEX_SECOND)

struct secret_fetch {
    nex_node *node;
    nex_kv *kv;
    node_secret_fn cb;
    void *arg;
    struct secret_fetch *prev;
    struct secret_fetch *next;
};

static void fetch_free(struct secret_fetch *fetch) {
    DL_DELETE(fetch->node->secret_fetches, fetch);
    nex_kv_free(fetch->kv);
    free(fetch);
}

static nex_status open_box(const nex_node *node, const nex_kv_entry *entry, nex_buf *value,
                           nex_error *err) {
    nex_get_secret_response *stored = NULL;
    nex_buf box = NEX_BUF_INIT;
    nex_status status = nex_get_secret_response_decode(&stored, entry->value, entry->len, err);
    if (status == NEX_OK) {
        const char *text = stored->base64_encrypted_value;
        status = nex_base64_decode(text, strlen(text), &box, err);
    }
    if (status == NEX_OK) {
        status = nex_box_open(node->xkey, stored->encrypted_by, box.data, box.len, value, err);
    }
    nex_buf_free(&box);
    nex_get_secret_response_free(stored);
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, NEX_EREFUSED,
                                            "the stored secret cannot be opened: set it anew");
}

static void on_value(void *arg, nex_status status, const nex_kv_entry *entry,
                     const nex_error *why) {
    struct secret_fetch *fetch = arg;
    nex_error err = *why;
    nex_buf value = NEX_BUF_INIT;
    node_secret_fn cb = fetch->cb;
    void *cb_arg = fetch->arg;
    if (status == NEX_OK) {
        status = open_box(fetch->node, entry, &value, &err);
    }
    fetch_free(fetch);
    cb(cb_arg, status, &value, &err);
    nex_buf_wipe(&value);
}

nex_status node_secret_kv_get(nex_node *node, const char *namespace_, const char *name,
                              node_secret_fn cb, void *arg, nex_error *err) {
    char bucket[256];
    char key[256];
    int a = snprintf(bucket, sizeof bucket, NODE_SECRETS_BUCKET "%s", namespace_);
    int b = snprintf(key, sizeof key, "%s.%s", nex_key_public(node->xkey), name);
    if (a < 0 || (size_t)a >= sizeof bucket || b < 0 || (size_t)b >= sizeof key) {
        return nex_error_set(err, NEX_EINVAL, "the name is too long");
    }
    struct secret_fetch *fetch = calloc(1, sizeof *fetch);
    if (fetch == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    fetch->node = node;
    fetch->cb = cb;
    fetch->arg = arg;
    DL_APPEND(node->secret_fetches, fetch);
    nex_kv_options options = {
        .bucket = bucket, .domain = node->options.js_domain, .timeout = KV_TIMEOUT};
    nex_status status = nex_kv_new(&fetch->kv, node->bus, &options, err);
    if (status == NEX_OK) {
        status = nex_kv_get(fetch->kv, key, on_value, fetch);
        if (status != NEX_OK) {
            nex_error_set(err, status, "cannot ask for it: %s", nex_status_name(status));
        }
    }
    if (status != NEX_OK) {
        fetch_free(fetch);
    }
    return status;
}

void node_secret_kv_abandon(nex_node *node) {
    while (node->secret_fetches != NULL) {
        struct secret_fetch *fetch = node->secret_fetches;
        nex_error err;
        nex_buf none = NEX_BUF_INIT;
        node_secret_fn cb = fetch->cb;
        void *arg = fetch->arg;
        fetch_free(fetch);
        nex_error_set(&err, NEX_ECANCELED, "the node stops");
        cb(arg, NEX_ECANCELED, &none, &err);
    }
}
