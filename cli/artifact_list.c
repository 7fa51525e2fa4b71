/* artifact list: the objects of one bucket, or of all, that start requests can name. */
#include "artifact.h"
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define STREAM_PREFIX "OBJ_"

typedef struct listing {
    artifacts base;
    nex_string_list buckets;
    size_t at;     /* the bucket that is read */
    json_t *items; /* array */
    bool failed;   /* out of memory */
} listing;

static void fail_status(listing *l, nex_status status, const char *what) {
    nex_error err;
    nex_error_set(&err, status, "%s: %s", what, nex_status_name(status));
    artifacts_fail(&l->base, &err);
}

/* ---- Printing ------------------------------------------------------------------------------- */

static const char *member(const json_t *item, const char *key) {
    const char *text = json_string_value(json_object_get(item, key));
    return text ? text : "";
}

static nex_status to_table(const listing *l, nex_buf *out) {
    static const char *const headers[] = {"Artifact", "Size", "Modified", "SHA-256"};
    table *t = table_new("Artifacts");
    nex_status status = t ? NEX_OK : NEX_ENOMEM;
    for (size_t i = 0; i < sizeof headers / sizeof headers[0] && status == NEX_OK; i++) {
        status = table_column(t, headers[i], i == 1);
    }
    size_t i;
    json_t *item;
    json_array_foreach(l->items, i, item) {
        if (status == NEX_OK) {
            status = table_cell(t, member(item, "uri"));
        }
        if (status == NEX_OK) {
            status = table_cell_int(t, json_integer_value(json_object_get(item, "size")));
        }
        if (status == NEX_OK) {
            status = table_cell(t, member(item, "modified"));
        }
        if (status == NEX_OK) {
            status = table_cell(t, member(item, "sha256"));
        }
    }
    if (status == NEX_OK) {
        status = table_sort(t, 0, 0);
    }
    if (status == NEX_OK) {
        status = table_render(t, out);
    }
    table_free(t);
    return status;
}

static void print(listing *l) {
    nex_buf out = NEX_BUF_INIT;
    nex_status status = l->failed ? NEX_ENOMEM : NEX_OK;
    if (status == NEX_OK && l->base.cli->json) {
        char *text = json_dumps(l->items, JSON_COMPACT | JSON_SORT_KEYS);
        status = text ? nex_buf_printf(&out, "%s\n", text) : NEX_ENOMEM;
        free(text);
    } else if (status == NEX_OK) {
        status = json_array_size(l->items) ? to_table(l, &out)
                                           : nex_buf_append_str(&out, "No artifacts found\n");
    }
    artifacts_finish(&l->base, print_made(l->base.cli, status, &out));
}

/* ---- Reading buckets ------------------------------------------------------------------------ */

static void read_next(listing *l);

static void on_object(void *arg, const nex_object_info *info) {
    listing *l = arg;
    artifact_name name;
    char sha256[ARTIFACT_SHA256_SIZE], modified[NEX_TIME_TEXT_SIZE];
    nex_status status = artifact_of_object(l->buckets.items[l->at], info->name, &name);
    if (status == NEX_OK) {
        artifact_sha256(info->digest, sha256);
        nex_time_format(info->modified, modified);
        json_t *item = artifact_json(&name, info->size, sha256);
        if (!item || json_object_set_new(item, "modified", json_string(modified)) != 0 ||
            json_array_append(l->items, item) != 0) {
            status = NEX_ENOMEM;
        }
        json_decref(item);
    }
    l->failed = l->failed || status == NEX_ENOMEM;
    artifact_name_free(&name);
}

static void on_read(void *arg, nex_status status, const nex_error *err) {
    listing *l = arg;
    /* One that is gone since the names were asked for is no failure; one that was named is. */
    bool named = l->base.cli->options.arg_count > 0;
    if (status != NEX_OK && (status != NEX_ENOTFOUND || named)) {
        artifacts_fail(&l->base, err);
        return;
    }
    l->at++;
    read_next(l);
}

static void read_next(listing *l) {
    nex_error err;
    if (l->at == l->buckets.count) {
        print(l);
        return;
    }
    nex_status status = artifacts_use(&l->base, l->buckets.items[l->at], &err);
    if (status == NEX_OK) {
        status = nex_objectstore_list(l->base.store, on_object, on_read, l);
        if (status != NEX_OK) {
            fail_status(l, status, "cannot ask for the objects");
        }
    } else {
        artifacts_fail(&l->base, &err);
    }
}

/* ---- Finding buckets ------------------------------------------------------------------------ */

static nex_status ask_names(listing *l, size_t offset);

static void on_names(void *arg, nex_status status, const nex_msg *reply) {
    listing *l = arg;
    nex_error err;
    json_t *answer = status == NEX_OK ? json_loadb(reply->data, reply->len, 0, NULL) : NULL;
    const json_t *refused = json_object_get(answer, "error");
    const json_t *streams = json_object_get(answer, "streams");
    size_t i;
    json_t *stream;
    if (status != NEX_OK || !answer || refused) {
        const char *why = member(refused, "description");
        nex_error_set(&err, status == NEX_OK ? NEX_EREFUSED : status,
                      "JetStream does not say which buckets there are: %s",
                      *why                         ? why
                      : status == NEX_EUNREACHABLE ? "it is not enabled on this server"
                                                   : nex_status_name(status));
        artifacts_fail(&l->base, &err);
        json_decref(answer);
        return;
    }
    json_array_foreach(streams, i, stream) {
        const char *name = json_string_value(stream);
        if (name && strncmp(name, STREAM_PREFIX, sizeof STREAM_PREFIX - 1) == 0 &&
            nex_string_list_add(&l->buckets, name + sizeof STREAM_PREFIX - 1) != NEX_OK) {
            l->failed = true;
        }
    }
    size_t offset = (size_t)json_integer_value(json_object_get(answer, "offset"));
    size_t total = (size_t)json_integer_value(json_object_get(answer, "total"));
    size_t got = json_array_size(streams);
    json_decref(answer);
    if (got > 0 && offset + got < total) {
        status = ask_names(l, offset + got);
        if (status != NEX_OK) {
            fail_status(l, status, "cannot ask for the buckets");
        }
    } else {
        read_next(l);
    }
}

static nex_status ask_names(listing *l, size_t offset) {
    const char *domain = l->base.session.connection.js_domain;
    char subject[256], body[64];
    snprintf(subject, sizeof subject, "$JS%s%s.API.STREAM.NAMES", domain ? "." : "",
             domain ? domain : "");
    int len = snprintf(body, sizeof body, "{\"subject\":\"$O.>\",\"offset\":%zu}", offset);
    nex_msg msg = {.subject = subject, .data = body, .len = (size_t)len};
    return nex_bus_request(l->base.session.bus, &msg,
                           settings_duration(&l->base.cli->options.settings, "nats.timeout"),
                           on_names, l, NULL);
}

int artifact_list(cli *c) {
    listing l = {.items = json_array()};
    nex_status status = artifacts_open(&l.base, c);
    if (status == NEX_OK && c->options.arg_count > 0) {
        l.failed = nex_string_list_add(&l.buckets, c->options.args[0]) != NEX_OK;
        read_next(&l);
    } else if (status == NEX_OK) {
        status = ask_names(&l, 0);
        if (status != NEX_OK) {
            fail_status(&l, status, "cannot ask for the buckets");
        }
    }
    if (l.base.session.loop && status == NEX_OK) {
        nex_loop_run(l.base.session.loop);
    }
    artifacts_close(&l.base);
    nex_string_list_free(&l.buckets);
    json_decref(l.items);
    return l.base.result;
}
