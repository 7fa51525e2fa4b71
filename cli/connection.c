#include "cli.h"
#include "nats_context.h"

#include <nex/keys.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SEED_FILE_MAX = 1 << 16, NAME_SIZE = 64 };

/* All that nex_bus_options points to. */
typedef struct owned {
    nats_target target;
    char name[NAME_SIZE];
} owned;

void connection_free(connection *c) {
    owned *o = c->owned;
    if (o) {
        nats_target_free(&o->target);
        free(o);
    }
    free(c->js_domain);
    memset(c, 0, sizeof *c);
}

static nex_status copy_text(const settings *s, const char *key, char **out, nex_error *err) {
    const char *text = settings_text(s, key);
    if (*out || !text) {
        return NEX_OK;
    }
    *out = path_expand(text);
    return *out ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "out of memory");
}

/* The named context, or the selected one when nothing names a server. */
static nex_status take_context(const settings *s, nats_target *t, nex_error *err) {
    const char *name = settings_text(s, "nats.context");
    if (!name && settings_given(s, "nats.servers")) {
        return NEX_OK;
    }
    char *dir = NULL;
    char *selected = NULL;
    nex_status status = nats_context_dir(&dir, err);
    if (status == NEX_OK && !name) {
        status = nats_context_selected(dir, &selected, err);
    }
    if (status == NEX_OK && (name || selected)) {
        status = nats_context_load(dir, name ? name : selected, t, err);
    }
    free(dir);
    free(selected);
    return status;
}

/* --nats.nkey is a file with a seed; with --nats.seed the reference has a public key there. */
static nex_status take_nkey(const settings *s, nats_target *t, nex_error *err) {
    const char *nkey = settings_text(s, "nats.nkey");
    if (!nkey || nex_key_public_kind(nkey) == NEX_KEY_USER) {
        return nkey && !settings_text(s, "nats.seed")
                   ? nex_error_set(err, NEX_EINVAL,
                                   "--nats.nkey: a public key needs its seed (--nats.seed)")
                   : NEX_OK;
    }
    return copy_text(s, "nats.nkey", &t->nkey_file, err);
}

static nex_status take_credentials(const settings *s, nats_target *t, nex_error *err) {
    if (nats_target_has_credentials(t)) {
        return NEX_OK; /* the context goes before all others */
    }
    const struct {
        const char *key;
        char **out;
    } members[] = {
        {"nats.creds_file", &t->creds_file},
        {"nats.jwt", &t->jwt},
        {"nats.seed", &t->seed},
        {"nats.user", &t->user},
        {"nats.password", &t->password},
    };
    nex_status status = NEX_OK;
    for (size_t i = 0; i < sizeof members / sizeof members[0] && status == NEX_OK; i++) {
        status = copy_text(s, members[i].key, members[i].out, err);
    }
    if (status == NEX_OK && t->jwt && !t->seed) {
        status = nex_error_set(err, NEX_EINVAL, "--nats.jwt needs --nats.seed");
    }
    return status == NEX_OK ? take_nkey(s, t, err) : status;
}

static nex_status take_tls(const settings *s, nats_target *t, nex_error *err) {
    nex_status status = copy_text(s, "nats.tlscert", &t->tls_cert, err);
    if (status == NEX_OK) {
        status = copy_text(s, "nats.tlskey", &t->tls_key, err);
    }
    if (status == NEX_OK) {
        status = copy_text(s, "nats.tlsca", &t->tls_ca, err);
    }
    t->tls_first = t->tls_first || settings_bool(s, "nats.tlsfirst");
    return status;
}

static nex_status read_seed(nats_target *t, nex_error *err) {
    if (!t->nkey_file || t->seed) {
        return NEX_OK;
    }
    nex_buf text = NEX_BUF_INIT;
    nex_status status = file_read(t->nkey_file, SEED_FILE_MAX, &text, err);
    const char *seed = status == NEX_OK && text.data ? strstr(text.data, "SU") : NULL;
    if (status == NEX_OK && !seed) {
        status = nex_error_set(err, NEX_EINVAL, "%s holds no user seed (SU...)", t->nkey_file);
    } else if (status == NEX_OK) {
        t->seed = strndup(seed, strspn(seed, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"));
        status = t->seed ? NEX_OK : nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    nex_buf_wipe(&text);
    return status;
}

/* A token has no place in nex_bus_options: it goes into the URLs, where NATS takes it too. */
static nex_status put_token(nats_target *t, nex_error *err) {
    for (size_t i = 0; t->token && i < t->servers.count; i++) {
        char *url = t->servers.items[i];
        if (strchr(url, '@')) {
            continue;
        }
        const char *host = strstr(url, "://");
        int scheme = host ? (int)(host - url) + 3 : 0;
        size_t size = strlen(url) + strlen(t->token) + sizeof "nats://@";
        char *made = malloc(size);
        if (!made) {
            return nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
        snprintf(made, size, "%.*s%s@%s", host ? scheme : 7, host ? url : "nats://", t->token,
                 url + scheme);
        free(url);
        t->servers.items[i] = made;
    }
    return NEX_OK;
}

static nex_status collect(const settings *s, nats_target *t, nex_error *err) {
    nex_status status = take_context(s, t, err);
    if (status == NEX_OK && t->servers.count == 0 &&
        settings_list(s, "nats.servers", &t->servers) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    if (status == NEX_OK) {
        status = take_credentials(s, t, err);
    }
    if (status == NEX_OK) {
        status = take_tls(s, t, err);
    }
    if (status == NEX_OK) {
        status = read_seed(t, err);
    }
    return status == NEX_OK ? put_token(t, err) : status;
}

nex_status connection_make(connection *out, const settings *s, nex_error *err) {
    memset(out, 0, sizeof *out);
    owned *o = calloc(1, sizeof *o);
    if (!o) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    out->owned = o;
    nats_target *t = &o->target;
    nex_status status = collect(s, t, err);
    if (status != NEX_OK) {
        connection_free(out);
        return status;
    }
    const char *name = settings_text(s, "nats.conn_name");
    snprintf(o->name, sizeof o->name, "nex-%s", nex_version());
    const char *domain = settings_text(s, "nats.jsdomain");
    domain = domain ? domain : t->js_domain;
    if (domain) {
        out->js_domain = strdup(domain);
        if (!out->js_domain) {
            connection_free(out);
            return nex_error_set(err, NEX_ENOMEM, "out of memory");
        }
    }
    out->options = (nex_bus_options){
        .servers = (const char *const *)t->servers.items,
        .server_count = t->servers.count,
        .name = name ? name : o->name,
        .user = t->user,
        .password = t->password,
        .nkey_seed = t->seed,
        .jwt = t->jwt,
        .creds_file = t->creds_file,
        .tls_cert = t->tls_cert,
        .tls_key = t->tls_key,
        .tls_ca = t->tls_ca,
        .tls_first = t->tls_first,
        .inbox_prefix = t->inbox_prefix,
        .timeout = settings_duration(s, "nats.timeout"),
    };
    return NEX_OK;
}

nex_status session_open(session *s, const cli *c, nex_error *err) {
    return session_open_bounded(s, c, 0, err);
}

nex_status session_open_bounded(session *s, const cli *c, size_t max_pending, nex_error *err) {
    memset(s, 0, sizeof *s);
    const settings *values = &c->options.settings;
    nex_status status = connection_make(&s->connection, values, err);
    s->connection.options.max_pending = max_pending;
    if (status == NEX_OK && settings_given(values, "logger.level")) {
        status = logger_init(&s->logger, values, c->json, true, err);
        s->connection.options.log = &s->logger.log;
    }
    if (status == NEX_OK) {
        status = nex_loop_new(&s->loop, err);
    }
    if (status == NEX_OK) {
        status = nex_bus_connect(&s->bus, s->loop, &s->connection.options, err);
    }
    if (status == NEX_OK) {
        nex_duration timeout = settings_duration(values, "nats.timeout");
        nex_client_options wanted = {
            .bus = s->bus,
            .namespace_ = settings_text(values, "namespace"),
            .timeout = timeout,
            /* Unless told otherwise, wait for a workload's grace time to pass. */
            .stop_timeout = settings_given(values, "nats.timeout") ? timeout : 0,
        };
        status = nex_client_new(&s->client, &wanted, err);
    }
    return status;
}

/*
 * A command ends right after its session, and with it the connection. Closing that in order
 * takes longer than many a command, so it is done only where leaks are looked for.
 */
void session_close(session *s) {
    if (!CLI_ORDERLY_END) {
        return;
    }
    nex_client_free(s->client);
    nex_bus_close(s->bus);
    nex_loop_free(s->loop);
    connection_free(&s->connection);
    logger_close(&s->logger);
}
