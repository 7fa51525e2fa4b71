#include "nats_context.h"

#include <nex/json.h>
#include <nex/keys.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CONTEXT_MAX = 1 << 20 };

static void wipe_free(char *text) {
    if (text) {
        nex_wipe(text, strlen(text));
        free(text);
    }
}

void nats_target_free(nats_target *t) {
    for (size_t i = 0; i < t->servers.count; i++) {
        nex_wipe(t->servers.items[i], strlen(t->servers.items[i])); /* URLs may hold passwords */
    }
    nex_string_list_free(&t->servers);
    free(t->user);
    wipe_free(t->password);
    wipe_free(t->token);
    free(t->creds_file);
    free(t->nkey_file);
    wipe_free(t->jwt);
    wipe_free(t->seed);
    free(t->tls_cert);
    free(t->tls_key);
    free(t->tls_ca);
    free(t->js_domain);
    free(t->inbox_prefix);
    memset(t, 0, sizeof *t);
}

bool nats_target_has_credentials(const nats_target *t) {
    return t->user || t->token || t->creds_file || t->nkey_file || t->jwt || t->seed;
}

static nex_status joined(char **out, const char *a, const char *b, const char *c, nex_error *err) {
    size_t size = strlen(a) + strlen(b) + strlen(c) + 1;
    *out = malloc(size);
    if (!*out) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    snprintf(*out, size, "%s%s%s", a, b, c);
    return NEX_OK;
}

nex_status nats_context_dir(char **out, nex_error *err) {
    const char *config = getenv("XDG_CONFIG_HOME");
    const char *home = getenv("HOME");
    if (config && *config) {
        return joined(out, config, "/nats", "", err);
    }
    return joined(out, home ? home : "", "/.config/nats", "", err);
}

nex_status nats_context_selected(const char *dir, char **out, nex_error *err) {
    *out = NULL;
    char *path;
    nex_status status = joined(&path, dir, "/context.txt", "", err);
    if (status != NEX_OK) {
        return status;
    }
    nex_buf text = NEX_BUF_INIT;
    status = file_read(path, CONTEXT_MAX, &text, err);
    free(path);
    if (status == NEX_ENOTFOUND) {
        return NEX_OK;
    }
    if (status == NEX_OK && text.data) {
        size_t start = strspn(text.data, " \t\r\n");
        size_t len = strcspn(text.data + start, " \t\r\n");
        *out = len ? strndup(text.data + start, len) : NULL;
        if (len && !*out) {
            status = nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    nex_buf_free(&text);
    return status;
}

/* A text member, "" as none. */
static nex_status take_text(const json_t *json, const char *key, char **out, const char *path,
                            nex_error *err) {
    const json_t *value = json_object_get(json, key);
    if (!value || json_is_null(value)) {
        return NEX_OK;
    }
    if (!json_is_string(value)) {
        return nex_error_set(err, NEX_EINVAL, "%s: \"%s\" must be a text", path, key);
    }
    if (json_string_length(value) == 0) {
        return NEX_OK;
    }
    *out = strdup(json_string_value(value));
    return *out ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "out of memory");
}

static nex_status take_path(const json_t *json, const char *key, char **out, const char *path,
                            nex_error *err) {
    char *text = NULL;
    nex_status status = take_text(json, key, &text, path, err);
    if (text) {
        *out = path_expand(text);
        free(text);
        if (!*out) {
            status = nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    return status;
}

static nex_status read_context(const json_t *json, const char *path, nats_target *t,
                               nex_error *err) {
    const struct {
        const char *key;
        char **out;
        bool path;
    } members[] = {
        {"user", &t->user, false},
        {"password", &t->password, false},
        {"token", &t->token, false},
        {"user_jwt", &t->jwt, false},
        {"user_seed", &t->seed, false},
        {"jetstream_domain", &t->js_domain, false},
        {"inbox_prefix", &t->inbox_prefix, false},
        {"creds", &t->creds_file, true},
        {"nkey", &t->nkey_file, true},
        {"cert", &t->tls_cert, true},
        {"key", &t->tls_key, true},
        {"ca", &t->tls_ca, true},
    };
    if (!json_is_object(json)) {
        return nex_error_set(err, NEX_EINVAL, "%s: a NATS context must be an object", path);
    }
    nex_status status = NEX_OK;
    for (size_t i = 0; i < sizeof members / sizeof members[0] && status == NEX_OK; i++) {
        status = (members[i].path ? take_path : take_text)(json, members[i].key, members[i].out,
                                                           path, err);
    }
    char *url = NULL;
    if (status == NEX_OK) {
        status = take_text(json, "url", &url, path, err);
    }
    if (url && list_add_split(&t->servers, url) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    wipe_free(url);
    char *nsc = NULL;
    if (status == NEX_OK) {
        status = take_text(json, "nsc", &nsc, path, err);
    }
    if (nsc && !nats_target_has_credentials(t)) {
        status =
            nex_error_set(err, NEX_EUNSUPPORTED,
                          "%s: its credentials are to be had from nsc, which nex does not run; "
                          "give the context a creds file (nsc generate creds)",
                          path);
    }
    free(nsc);
    t->tls_first = json_is_true(json_object_get(json, "tls_first"));
    return status;
}

nex_status nats_context_load(const char *dir, const char *name, nats_target *out, nex_error *err) {
    memset(out, 0, sizeof *out);
    if (!*name || name[0] == '.' || strchr(name, '/')) {
        return nex_error_set(err, NEX_EINVAL, "\"%s\" cannot be the name of a NATS context", name);
    }
    char *base;
    char *path;
    nex_status status = joined(&base, dir, "/context/", name, err);
    if (status != NEX_OK) {
        return status;
    }
    status = joined(&path, base, ".json", "", err);
    free(base);
    if (status != NEX_OK) {
        return status;
    }
    nex_buf text = NEX_BUF_INIT;
    nex_json *doc = NULL;
    json_t *json = NULL;
    status = file_read(path, CONTEXT_MAX, &text, err);
    if (status == NEX_OK) {
        status = nex_json_parse(&doc, text.data ? text.data : "", text.len, err);
        if (status != NEX_OK) {
            nex_error_prefix(err, status, "%s:%u:%u", path, err->line, err->column);
        }
    }
    if (status == NEX_OK) {
        status = nex_json_to_jansson(doc, &json, err);
    }
    if (status == NEX_OK) {
        status = read_context(json, path, out, err);
    }
    if (status != NEX_OK) {
        nex_error_prefix(err, status, "NATS context \"%s\"", name);
        nats_target_free(out);
    }
    json_decref(json);
    nex_json_free(doc);
    nex_buf_wipe(&text);
    free(path);
    return status;
}
