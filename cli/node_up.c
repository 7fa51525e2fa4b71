#include "cli.h"
#include "log.h"
#include "nats_context.h"
#include "node_agents.h"
#include "pid1.h"

#include <errno.h>
#include <malloc.h>
#include <native/native.h>
#include <nex/keys.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <uv.h>

typedef struct running {
    cli *cli;
    logger logger;
    nex_loop *loop;
    nex_inats *inats;
    connection connection;
    nex_bus *bus;
    nex_native *native;
    nex_node_embedded embedded; /**< the native nexlet, as the node sees it */
    nex_node *node;
    node_agents agents;
    nex_string_map tags;
    char seed[NEX_KEY_TEXT_SIZE];
    char node_id[NEX_KEY_TEXT_SIZE];
    char name[32];
    char *resource_dir;
    char *secrets_dir; /**< NULL: the node looks below resource_dir */
    uv_signal_t signals[2];
    size_t signal_count;
    bool stopping;
    bool misused; /**< the node did not like its options */
} running;

static const char *up(const running *r, const char *name) {
    char key[64];
    snprintf(key, sizeof key, "node.up.%s", name);
    return settings_text(&r->cli->options.settings, key);
}

static bool up_bool(const running *r, const char *name) {
    char key[64];
    snprintf(key, sizeof key, "node.up.%s", name);
    return settings_bool(&r->cli->options.settings, key);
}

/* ---- Signals ------------------------------------------------------------------------------ */

static void on_signal(uv_signal_t *handle, int number) {
    running *r = handle->data;
    if (r->stopping) {
        nex_log_write(&r->logger.log, NEX_LOG_WARN, "a second signal: ending at once", NULL);
        _exit(128 + number);
    }
    r->stopping = true;
    nex_log_write(&r->logger.log, NEX_LOG_INFO, "stopping", "signal",
                  number == SIGTERM ? "SIGTERM" : "SIGINT", NULL);
    nex_node_stop(r->node);
}

static nex_status catch_signals(running *r, nex_error *err) {
    static const int numbers[] = {SIGTERM, SIGINT};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        r->signals[i].data = r;
        int code = uv_signal_init(nex_loop_uv(r->loop), &r->signals[i]);
        if (code == 0) {
            r->signal_count++;
            code = uv_signal_start(&r->signals[i], on_signal, numbers[i]);
        }
        if (code != 0) {
            return nex_error_set(err, NEX_EIO, "cannot listen for signals: %s", uv_strerror(code));
        }
    }
    return NEX_OK;
}

static void release_signals(running *r) {
    for (size_t i = 0; i < r->signal_count; i++) {
        uv_close((uv_handle_t *)&r->signals[i], NULL);
    }
    if (r->signal_count) {
        uv_run(nex_loop_uv(r->loop), UV_RUN_NOWAIT); /* lets go of the handles */
    }
}

/* ---- Directories and identity ------------------------------------------------------------- */

static nex_status make_dirs(const char *path, nex_error *err) {
    char *copy = strdup(path);
    if (!copy) {
        return nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    int failed = 0;
    for (char *at = copy + 1; !failed && *at; at++) {
        if (*at == '/') {
            *at = '\0';
            failed = mkdir(copy, 0700) != 0 && errno != EEXIST;
            *at = '/';
        }
    }
    failed = failed || (mkdir(copy, 0700) != 0 && errno != EEXIST);
    int code = errno;
    free(copy);
    return failed ? nex_error_set(err, NEX_EIO, "cannot make the directory %s: %s", path,
                                  strerror(code))
                  : NEX_OK;
}

static nex_status find_resource_dir(running *r, nex_error *err) {
    const char *given = up(r, "resource_directory");
    const char *config = getenv("XDG_CONFIG_HOME");
    if (given || !config || !*config) {
        r->resource_dir = path_expand(given ? given : "~/.config/nex");
    } else {
        size_t size = strlen(config) + sizeof "/nex";
        r->resource_dir = malloc(size);
        if (r->resource_dir) {
            snprintf(r->resource_dir, size, "%s/nex", config);
        }
    }
    const char *secrets = up(r, "secrets_directory");
    r->secrets_dir = secrets ? path_expand(secrets) : NULL;
    return r->resource_dir && (r->secrets_dir || !secrets)
               ? make_dirs(r->resource_dir, err)
               : nex_error_set(err, NEX_ENOMEM, "out of memory");
}

/* The node's id is needed before the node is there: for log subjects and the nexlet's state. */
static nex_status find_identity(running *r, nex_error *err) {
    const char *given = up(r, "node_seed");
    nex_key *key = NULL;
    nex_status status =
        given ? nex_key_from_seed(&key, given, err) : nex_key_generate(&key, NEX_KEY_SERVER, err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "--node-seed");
    }
    if (nex_key_get_kind(key) != NEX_KEY_SERVER) {
        status = nex_error_set(err, NEX_EINVAL,
                               "--node-seed: wanted the seed of a server key (SN...), got that of "
                               "a key of kind %s",
                               nex_key_kind_name(nex_key_get_kind(key)));
    } else {
        snprintf(r->node_id, sizeof r->node_id, "%s", nex_key_public(key));
        status = nex_key_seed(key, r->seed);
    }
    nex_key_free(key);
    snprintf(r->name, sizeof r->name, "nex-node-%u",
             (unsigned)nex_loop_random_below(r->loop, 10000));
    return status;
}

/* ---- The native nexlet -------------------------------------------------------------------- */

static void native_attach(void *self, nex_agent *agent) {
    nex_native_attach(self, agent);
}

static void native_stop_all(void *self, void (*done)(void *arg), void *arg) {
    nex_native_stop_all(self, done, arg);
}

static void native_detach(void *self) {
    nex_native_detach(self);
}

/* The nexlet takes 0 for its default. */
static nex_duration metrics_interval(const running *r) {
    nex_duration wanted =
        settings_duration(&r->cli->options.settings, "node.up.workload_metrics_interval");
    return wanted > 0 ? wanted : -1;
}

static bool state_is_kv(const running *r) {
    const char *state = up(r, "state");
    return state != NULL && strcmp(state, "kv") == 0;
}

static nex_status make_native(running *r, nex_error *err) {
    if (up_bool(r, "disable_native_start")) {
        return NEX_OK;
    }
    nex_buf dir = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&dir, "%s/native/%s", r->resource_dir, r->node_id);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory");
    }
    status = make_dirs(dir.data, err);
    if (status == NEX_OK) {
        nex_native_options wanted = {.loop = r->loop,
                                     .log = &r->logger.log,
                                     .state_dir = dir.data,
                                     .private_dir = r->resource_dir,
                                     .workload_cgroup = up(r, "workload_cgroup"),
                                     .metrics_interval = metrics_interval(r),
                                     .cache_bytes = (uint64_t)settings_int(
                                         &r->cli->options.settings, "node.up.artifact_cache_bytes"),
                                     .ephemeral = !state_is_kv(r) && !up_bool(r, "keep_workloads"),
                                     .workload_files = nex_native_open_more_files()};
        status = nex_native_new(&r->native, &wanted, err);
    }
    nex_buf_free(&dir);
    return status;
}

/* ---- NATS --------------------------------------------------------------------------------- */

static nex_status start_inats(running *r, nex_error *err) {
    const char *config = up(r, "inats_config");
    if (!config && !up_bool(r, "inats")) {
        return NEX_OK;
    }
    nex_buf dir = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&dir, "%s/inats", r->resource_dir);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory");
    }
    nex_inats_options wanted = {
        .loop = r->loop, .log = &r->logger.log, .config_file = config, .store_dir = dir.data};
    status = nex_inats_start(&r->inats, &wanted, err);
    nex_buf_free(&dir);
    return status;
}

static nex_status connect_nats(running *r, const char **url, nex_error *err) {
    nex_status status = start_inats(r, err);
    if (status == NEX_OK) {
        status = connection_make(&r->connection, &r->cli->options.settings, err);
    }
    if (status != NEX_OK) {
        return status;
    }
    if (r->inats) {
        *url = nex_inats_url(r->inats);
        r->connection.options.servers = url;
        r->connection.options.server_count = 1;
    }
    r->connection.options.log = &r->logger.log;
    status = nex_bus_connect(&r->bus, r->loop, &r->connection.options, err);
    if (status == NEX_OK) {
        logger_attach(&r->logger, r->bus, r->node_id);
    }
    return status;
}

/* ---- The node ----------------------------------------------------------------------------- */

static void on_stopped(void *arg) {
    running *r = arg;
    nex_loop_stop(r->loop);
}

static nex_node_events events_of(const char *text) {
    if (text && strcmp(text, "logs") == 0) {
        return NEX_NODE_EVENTS_LOGS;
    }
    return text && strcmp(text, "none") == 0 ? NEX_NODE_EVENTS_NONE : NEX_NODE_EVENTS_NATS;
}

static nex_status make_node(running *r, nex_error *err) {
    const settings *values = &r->cli->options.settings;
    int64_t restarts = settings_int(values, "node.up.agent_restart_limit");
    r->embedded = (nex_node_embedded){
        .name = "native",
        .ops = nex_native_ops(),
        .self = r->native,
        .attach = native_attach,
        .stop_all = native_stop_all,
        .detach = native_detach,
    };
    nex_node_options wanted = {
        .loop = r->loop,
        .bus = r->bus,
        .log = &r->logger.log,
        .connection = &r->connection.options,
        .name = up(r, "node_name") ? up(r, "node_name") : r->name,
        .nexus = up(r, "nexus"),
        .seed = r->seed,
        .xkey_seed = up(r, "node_xkey_seed"),
        .resource_dir = r->resource_dir,
        .secrets_dir = r->secrets_dir,
        .tags = &r->tags,
        .state_kv = state_is_kv(r),
        .js_domain = r->connection.js_domain,
        .events = events_of(up(r, "events")),
        .events_compat = up_bool(r, "events_compat"),
        .show_workload_logs = up_bool(r, "show_workload_logs"),
        .auction_ttl = settings_duration(values, "node.up.auction_ttl"),
        .allow_remote_agents = up_bool(r, "allow_remote_agent_registration"),
        .issuer_signing_key = up(r, "issuer_signing_key"),
        .issuer_root_account = up(r, "issuer_signing_key_root_account"),
        .issuer_nkey = up(r, "issuer_nkey"),
        .issuer_nkey_seed = up(r, "issuer_nkey_seed"),
        .issuer_nkey_share = up_bool(r, "issuer_nkey_share"),
        .workload_credentials_lifetime =
            settings_duration(values, "node.up.workload_credentials_lifetime"),
        .embedded = &r->embedded,
        .embedded_count = r->native ? 1 : 0,
        .agents = r->agents.items,
        .agent_count = r->agents.count,
        .agent_restart_limit = restarts > 0 ? (unsigned)restarts : NEX_NODE_NO_RESTART,
        .keep_workloads = up_bool(r, "keep_workloads"),
        .on_stopped = on_stopped,
        .arg = r,
    };
    return nex_node_new(&r->node, &wanted, err);
}

/* What can be told of the options before anything is begun: wrong usage if it fails. */
static nex_status prepare(running *r, nex_error *err) {
    const settings *values = &r->cli->options.settings;
    nex_status status = nex_loop_new(&r->loop, err);
    if (status == NEX_OK) {
        status = find_identity(r, err);
    }
    if (status == NEX_OK) {
        status = node_agents_make(&r->agents, values, err);
    }
    if (status == NEX_OK && settings_map(values, "node.up.tags", &r->tags) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    return status;
}

static nex_status bring_up(running *r, const char **url, nex_error *err) {
    nex_status status = find_resource_dir(r, err);
    if (status == NEX_OK) {
        status = connect_nats(r, url, err);
    }
    if (status == NEX_OK) {
        status = make_native(r, err);
    }
    if (status == NEX_OK) {
        status = make_node(r, err);
        r->misused = status == NEX_EINVAL;
    }
    if (status == NEX_OK) {
        status = catch_signals(r, err);
    }
    return status == NEX_OK ? nex_node_start(r->node, err) : status;
}

static void take_down(running *r) {
    release_signals(r);
    nex_node_free(r->node);
    nex_native_free(r->native);
    logger_attach(&r->logger, NULL, NULL);
    nex_bus_close(r->bus);
    connection_free(&r->connection);
    nex_inats_stop(r->inats);
    node_agents_free(&r->agents);
    nex_string_map_free(&r->tags);
    nex_loop_free(r->loop);
    free(r->resource_dir);
    free(r->secrets_dir);
    nex_wipe(r->seed, sizeof r->seed);
    logger_close(&r->logger);
}

int node_up(cli *c) {
    (void)mallopt(M_ARENA_MAX, 2); /* a node has few busy threads; arenas cost memory */
    nex_error err;
    int result = EXIT_DONE;
    if (!pid1_go_on(&result)) {
        return result;
    }
    running *r = calloc(1, sizeof *r);
    if (!r) {
        nex_error_set(&err, NEX_ENOMEM, "out of memory");
        return fail(c, &err);
    }
    r->cli = c;
    const char *url = NULL;
    nex_status status = logger_init(&r->logger, &c->options.settings, c->json, false, &err);
    if (status == NEX_OK) {
        status = prepare(r, &err);
    }
    if (status != NEX_OK) {
        result = status == NEX_EINVAL ? fail_usage(c->json, &err) : fail(c, &err);
    } else if (bring_up(r, &url, &err) == NEX_OK) {
        nex_loop_run(r->loop);
        if (nex_node_result(r->node, &err) != NEX_OK) {
            result = fail(c, &err);
        }
    } else {
        result = r->misused ? fail_usage(c->json, &err) : fail(c, &err);
    }
    take_down(r);
    free(r);
    return result;
}
