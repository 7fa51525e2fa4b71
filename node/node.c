/* The node's life: made, started, ready, stopped, freed. */
#include "node/internal.h"
#include "node/secrets.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

/* A graceful end, workloads included, takes no longer than this. */
#define STOP_TIMEOUT (9 * NEX_SECOND)
#define LAST_FLUSH   NEX_SECOND
/* Local agents that do not come up keep the node from being ready no longer than this. */
#define LOCAL_AGENTS_WAIT (3 * NEX_SECOND)

static nex_status keep(nex_node *node, const char **field, const char *fallback) {
    if (*field == NULL || (*field)[0] == '\0') {
        *field = fallback;
    }
    if (*field == NULL) {
        return NEX_OK;
    }
    nex_status status = nex_string_list_add(&node->texts, *field);
    if (status == NEX_OK) {
        *field = node->texts.items[node->texts.count - 1];
    }
    return status;
}

static nex_status copy_options(nex_node *node, const nex_node_options *options) {
    node->options = *options;
    nex_node_options *o = &node->options;
    const struct {
        const char **field;
        const char *fallback;
    } texts[] = {{&o->version, nex_version()},   {&o->name, "nexnode"},
                 {&o->nexus, "nexus"},           {&o->resource_dir, NULL},
                 {&o->secrets_dir, NULL},        {&o->js_domain, NULL},
                 {&o->issuer_signing_key, NULL}, {&o->issuer_root_account, NULL},
                 {&o->issuer_nkey, NULL},        {&o->issuer_nkey_seed, NULL}};
    nex_status status = NEX_OK;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == NEX_OK; i++) {
        status = keep(node, texts[i].field, texts[i].fallback);
    }
    o->seed = NULL;
    o->xkey_seed = NULL;
    if (o->auction_ttl <= 0) {
        o->auction_ttl = 10 * NEX_SECOND;
    }
    if (o->agent_restart_limit == 0) {
        o->agent_restart_limit = 3;
    } else if (o->agent_restart_limit == NEX_NODE_NO_RESTART) {
        o->agent_restart_limit = 0;
    }
    return status;
}

/* ---- Ids and keys that survive a restart ------------------------------------------------- */

/*
 * A secret of the node's own for a purpose and a name. It comes from the node's seed, so it is the
 * same after a restart exactly when the node is the same, and with it what it stored.
 */
static void derive(const nex_key *key, const char *purpose, const char *name, uint8_t out[32]) {
    char seed[NEX_KEY_TEXT_SIZE];
    crypto_generichash_state state;
    if (nex_key_seed(key, seed) != NEX_OK) {
        seed[0] = '\0';
    }
    crypto_generichash_init(&state, NULL, 0, 32);
    crypto_generichash_update(&state, (const uint8_t *)seed, strlen(seed) + 1);
    crypto_generichash_update(&state, (const uint8_t *)purpose, strlen(purpose) + 1);
    crypto_generichash_update(&state, (const uint8_t *)name, strlen(name) + 1);
    crypto_generichash_final(&state, out, 32);
    nex_wipe(seed, sizeof seed);
    nex_wipe(&state, sizeof state);
}

static nex_status make_key(nex_node *node, nex_key **out, const char *seed, nex_key_kind kind,
                           const char *flag, nex_error *err) {
    nex_status status;
    if (seed != NULL && seed[0] != '\0') {
        status = nex_key_from_seed(out, seed, err);
        if (status == NEX_OK && nex_key_get_kind(*out) != kind) {
            status =
                nex_error_set(err, NEX_EINVAL, "expected a %s seed, got one of kind %s",
                              nex_key_kind_name(kind), nex_key_kind_name(nex_key_get_kind(*out)));
        }
        return status == NEX_OK ? NEX_OK : nex_error_prefix(err, status, "%s", flag);
    }
    uint8_t secret[32];
    if (kind == NEX_KEY_CURVE) {
        derive(node->key, "node xkey", "", secret);
    } else {
        nex_loop_random(node->loop, secret, sizeof secret);
    }
    status = nex_key_from_raw(out, kind, secret, err);
    nex_wipe(secret, sizeof secret);
    return status;
}

static const char *machine_arch(const struct utsname *name) {
    /* Go's names, so that tags mean the same on nodes of both kinds. */
    if (strcmp(name->machine, "x86_64") == 0) {
        return "amd64";
    }
    if (strcmp(name->machine, "aarch64") == 0) {
        return "arm64";
    }
    return strcmp(name->machine, "i686") == 0 ? "386" : name->machine;
}

static nex_status make_tags(nex_node *node, nex_error *err) {
    const nex_string_map *wanted = node->options.tags;
    for (size_t i = 0; wanted != NULL && i < wanted->count; i++) {
        if (strncmp(wanted->items[i].key, "nex.", 4) == 0) {
            return nex_error_set(err, NEX_EINVAL,
                                 "tag %s: keys that begin with \"nex.\" are the node's own",
                                 wanted->items[i].key);
        }
    }
    struct utsname name;
    memset(&name, 0, sizeof name);
    uname(&name);
    char cpus[24];
    snprintf(cpus, sizeof cpus, "%ld", sysconf(_SC_NPROCESSORS_ONLN));
    const nex_string_entry own[] = {{(char *)"nex.os", (char *)"linux"},
                                    {(char *)"nex.arch", (char *)machine_arch(&name)},
                                    {(char *)"nex.cpucount", cpus},
                                    {(char *)"nex.lameduck", (char *)"false"},
                                    {(char *)"nex.nexus", (char *)node->options.nexus},
                                    {(char *)"nex.node", (char *)node->options.name}};
    nex_status status = wanted != NULL ? nex_string_map_copy(&node->tags, wanted) : NEX_OK;
    for (size_t i = 0; i < sizeof own / sizeof own[0] && status == NEX_OK; i++) {
        status = nex_string_map_set(&node->tags, own[i].key, own[i].value);
    }
    node->options.tags = NULL;
    return status == NEX_OK ? NEX_OK : nex_error_set(err, status, "out of memory");
}

static nex_status make_minter(nex_node *node, const nex_node_options *options, nex_error *err) {
    static const nex_bus_options none;
    const nex_bus_options *c = options->connection != NULL ? options->connection : &none;
    nex_status status = NEX_OK;
    for (size_t i = 0; i < c->server_count && status == NEX_OK; i++) {
        status = nex_string_list_add(&node->servers, c->servers[i]);
    }
    if (c->server_count == 0) {
        const char *server = nex_bus_server(node->bus);
        status = nex_string_list_add(&node->servers,
                                     server[0] != '\0' ? server : "nats://127.0.0.1:4222");
    }
    if (status != NEX_OK) {
        return nex_error_set(err, status, "out of memory");
    }
    const nex_node_options *o = &node->options;
    nex_minter_options minter = {.servers = (const char *const *)node->servers.items,
                                 .server_count = node->servers.count,
                                 .tls_cert = c->tls_cert,
                                 .tls_key = c->tls_key,
                                 .tls_ca = c->tls_ca,
                                 .tls_first = c->tls_first,
                                 .nexus = o->nexus,
                                 .js_domain = o->js_domain,
                                 .issuer_signing_key = o->issuer_signing_key,
                                 .issuer_root_account = o->issuer_root_account,
                                 .issuer_nkey = o->issuer_nkey,
                                 .issuer_nkey_seed = o->issuer_nkey_seed,
                                 .issuer_nkey_share = o->issuer_nkey_share,
                                 .workload_lifetime = o->workload_credentials_lifetime,
                                 .log = node->log};
    node->options.connection = NULL;
    status = nex_minter_new(&node->minter, &minter, err);
    if (status == NEX_OK && nex_string_map_set(&node->tags, "nex.credentials",
                                               nex_minter_name(node->minter)) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "out of memory");
    }
    return status;
}

nex_status nex_node_new(nex_node **out, const nex_node_options *options, nex_error *err) {
    *out = NULL;
    if (options->loop == NULL || options->bus == NULL) {
        return nex_error_set(err, NEX_EINVAL, "node: options.loop and options.bus must be there");
    }
    nex_node *node = calloc(1, sizeof *node);
    if (node == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "node: out of memory");
    }
    node->loop = options->loop;
    node->bus = options->bus;
    node->log = options->log;
    node->state = NEX_NODE_STATE_STARTING;
    nex_status status = copy_options(node, options);
    if (status != NEX_OK) {
        nex_error_set(err, status, "node: out of memory");
    }
    if (status == NEX_OK && (!nex_subject_token_valid(node->options.nexus))) {
        status = nex_error_set(err, NEX_EINVAL,
                               "--nexus %s: expected a text without '.', '*', '>' or blanks",
                               node->options.nexus);
    }
    if (status == NEX_OK) {
        status = make_key(node, &node->key, options->seed, NEX_KEY_SERVER, "--node-seed", err);
    }
    if (status == NEX_OK) {
        status =
            make_key(node, &node->xkey, options->xkey_seed, NEX_KEY_CURVE, "--node-xkey-seed", err);
    }
    if (status == NEX_OK) {
        node->id = nex_key_public(node->key);
        status = make_tags(node, err);
    }
    if (status == NEX_OK) {
        status = make_minter(node, options, err);
    }
    if (status == NEX_OK && node->options.secrets_dir != NULL) {
        status = nex_secret_store_open(&node->secrets, node->options.secrets_dir, err);
    }
    if (status != NEX_OK) {
        nex_node_free(node);
        return status;
    }
    *out = node;
    return NEX_OK;
}

const char *nex_node_id(const nex_node *node) {
    return node->id;
}

nex_status node_derive_xkey(const nex_node *node, const char *agent_id, char out[NEX_KEY_TEXT_SIZE],
                            nex_error *err) {
    uint8_t secret[32];
    nex_key *xkey = NULL;
    derive(node->key, "agent xkey", agent_id, secret);
    nex_status status = nex_key_from_raw(&xkey, NEX_KEY_CURVE, secret, err);
    nex_wipe(secret, sizeof secret);
    if (status == NEX_OK) {
        status = nex_key_seed(xkey, out);
    }
    nex_key_free(xkey);
    return status;
}

void node_derive_id(const nex_node *node, const char *name, char out[NEX_ID_SIZE]) {
    static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    uint8_t hash[32];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof hash);
    crypto_generichash_update(&state, (const uint8_t *)node->id, strlen(node->id) + 1);
    crypto_generichash_update(&state, (const uint8_t *)name, strlen(name) + 1);
    crypto_generichash_final(&state, hash, sizeof hash);
    for (size_t i = 0; i + 1 < NEX_ID_SIZE; i++) {
        out[i] = digits[hash[i] % 62];
    }
    out[NEX_ID_SIZE - 1] = '\0';
}

/* ---- Embedded agents --------------------------------------------------------------------------
 */

static void emit_for_agent(void *arg, const char *from, const char *type, const char *json,
                           size_t len) {
    node_emit_from(arg, from, type, json, len);
}

static nex_status start_embedded(nex_node *node, size_t i, nex_error *err) {
    const nex_node_embedded *embedded = &node->options.embedded[i];
    char id[NEX_ID_SIZE];
    node_derive_id(node, embedded->name, id);
    char seed[NEX_KEY_TEXT_SIZE] = "";
    nex_status status = node_derive_xkey(node, id, seed, err);
    nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED,
                                 .loop = node->loop,
                                 .log = node->log,
                                 .bus = node->bus,
                                 .nexus = node->options.nexus,
                                 .node_id = node->id,
                                 .agent_id = id,
                                 .xkey_seed = seed,
                                 .events_compat = node->options.events_compat,
                                 .log_output = node->options.show_workload_logs,
                                 .emit = emit_for_agent,
                                 .emit_arg = node};
    if (status == NEX_OK) {
        status = nex_agent_new(&node->embedded[i], embedded->ops, embedded->self, &options, err);
    }
    nex_wipe(seed, sizeof seed);
    if (status != NEX_OK) {
        return status;
    }
    if (embedded->attach != NULL) {
        embedded->attach(embedded->self, node->embedded[i]);
    }
    return nex_agent_start(node->embedded[i], err);
}

static nex_status start_all_embedded(nex_node *node, nex_error *err) {
    size_t count = node->options.embedded_count;
    node->embedded = calloc(count + 1, sizeof(nex_agent *));
    if (node->embedded == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "node: out of memory");
    }
    nex_status status = NEX_OK;
    for (size_t i = 0; i < count && status == NEX_OK; i++) {
        status = start_embedded(node, i, err);
        if (status != NEX_OK) {
            nex_error_prefix(err, status, "agent %s", node->options.embedded[i].name);
        }
    }
    return status;
}

/* ---- Start and ready ----------------------------------------------------------------------------
 */

/* A flush under way, which the node may not live to see the end of. */
typedef struct node_flush {
    nex_node *node;
    void (*then)(nex_node *node);
} node_flush;

static void on_flushed(void *arg, nex_status status) {
    node_flush *flush = arg;
    nex_node *node = flush->node;
    void (*then)(nex_node *) = flush->then;
    (void)status;
    free(flush);
    if (node != NULL) {
        node->flush = NULL;
        then(node);
    }
}

static void forget_flush(nex_node *node) {
    if (node->flush != NULL) {
        node->flush->node = NULL;
        node->flush = NULL;
    }
}

/* Goes on once the server has all that was published, or after a while. */
static void flush_then(nex_node *node, void (*then)(nex_node *node)) {
    forget_flush(node);
    node_flush *flush = calloc(1, sizeof *flush);
    if (flush == NULL) {
        then(node);
        return;
    }
    flush->node = node;
    flush->then = then;
    if (nex_bus_flush(node->bus, LAST_FLUSH, on_flushed, flush) != NEX_OK) {
        free(flush);
        then(node);
        return;
    }
    node->flush = flush;
}

static void on_ready_flushed(nex_node *node) {
    if (node->state == NEX_NODE_STATE_STARTING) {
        node->state = NEX_NODE_STATE_RUNNING;
    }
    nex_log_write(node->log, NEX_LOG_INFO, "nex node ready", "node_id", node->id, NULL);
    if (node->options.on_ready != NULL) {
        node->options.on_ready(node->options.arg, node->id);
    }
}

void node_check_ready(nex_node *node) {
    if (node->ready || node->state == NEX_NODE_STATE_STOPPING || !node->restored) {
        return;
    }
    for (size_t i = 0; i < node->options.embedded_count; i++) {
        node_agent *agent = node_agent_find(node, nex_agent_id(node->embedded[i]));
        if (agent == NULL || agent->health == HEALTH_UNKNOWN) {
            return;
        }
    }
    bool waited = (nex_duration)(nex_loop_now(node->loop) - node->started_at) > LOCAL_AGENTS_WAIT;
    if (!waited && !node_local_all_registered(node)) {
        return;
    }
    node->ready = true;
    if (node->agents == NULL) {
        nex_log_write(node->log, NEX_LOG_WARN, "nex node started without any agents", NULL);
    }
    flush_then(node, on_ready_flushed);
}

nex_status nex_node_start(nex_node *node, nex_error *err) {
    char when[NEX_TIME_TEXT_SIZE];
    node->started = nex_loop_time(node->loop);
    node->started_at = nex_loop_now(node->loop);
    nex_time_format(node->started, when);
    nex_log_write(node->log, NEX_LOG_INFO, "Starting nex node", "version", node->options.version,
                  "node_id", node->id, "name", node->options.name, "nexus", node->options.nexus,
                  "nats_server", nex_bus_server(node->bus), "start_time", when, NULL);
    nex_log_write(node->log,
                  nex_minter_get_strategy(node->minter) == NEX_MINTER_FULL_ACCESS ? NEX_LOG_WARN
                                                                                  : NEX_LOG_INFO,
                  "credentials", "strategy", nex_minter_describe(node->minter), NULL);
    nex_micro_options micro = {
        .name = "nexnode", .version = node->options.version, .description = "nex node (C)"};
    nex_status status = nex_micro_new(&node->micro, node->bus, &micro, err);
    nex_status (*const parts[])(nex_node *, nex_error *) = {
        node_registry_start, node_workload_table_start, node_auction_start, node_services_start,
        node_state_start,    start_all_embedded,        node_local_start};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0] && status == NEX_OK; i++) {
        status = parts[i](node, err);
    }
    if (status == NEX_OK) {
        node_emit_started(node);
        status = node_peers_start(node, err);
    }
    if (status == NEX_OK) {
        node_check_ready(node);
    }
    return status;
}

/* ---- Stop -------------------------------------------------------------------------------- */

static void let_go(nex_node *node) {
    forget_flush(node);
    nex_timer_free(node->stop_timer);
    node->stop_timer = NULL;
    nex_timer_free(node->lameduck_timer);
    node->lameduck_timer = NULL;
    node_peers_stop(node);
    node_state_stop(node);
    node_deploys_abandon(node);
    node_gathers_abandon(node);
    node_undeploys_abandon(node);
    node_log_requests_abandon(node);
    node_secret_kv_abandon(node);
    node_registers_abandon(node);
    node_handbacks_abandon(node);
    node_call_offs_abandon(node);
    nex_micro_free(node->micro);
    node->micro = NULL;
    node_auction_stop(node);
    node_workload_table_stop(node);
    node_registry_stop(node);
    for (size_t i = 0; node->embedded != NULL && i < node->options.embedded_count; i++) {
        nex_agent_free(node->embedded[i]);
    }
    free(node->embedded);
    node->embedded = NULL;
    node_local_free(node);
}

static void on_last_flush(nex_node *node) {
    let_go(node);
    nex_log_write(node->log, NEX_LOG_INFO, "nex node stopped", "node_id", node->id, NULL);
    if (node->options.on_stopped != NULL) {
        node->options.on_stopped(node->options.arg);
    }
}

static void finish_stop(nex_node *node) {
    if (node->stopped) {
        return;
    }
    node->stopped = true;
    if (node->stop_timer != NULL) {
        nex_timer_stop(node->stop_timer);
    }
    for (size_t i = 0; node->embedded != NULL && i < node->options.embedded_count; i++) {
        if (node->embedded[i] != NULL) {
            nex_agent_stop(node->embedded[i], "node stopped");
        }
    }
    node_emit_stopped(node);
    flush_then(node, on_last_flush);
}

static void one_stopped(nex_node *node) {
    if (node->stopping > 0 && --node->stopping == 0) {
        finish_stop(node);
    }
}

static void on_workloads_stopped(void *arg) {
    one_stopped(arg);
}

static void on_stop_timeout(void *arg) {
    nex_node *node = arg;
    nex_log_write(node->log, NEX_LOG_ERROR, "workloads did not end in time; leaving them", NULL);
    finish_stop(node);
}

void nex_node_stop(nex_node *node) {
    if (node->state == NEX_NODE_STATE_STOPPING) {
        return;
    }
    node->state = NEX_NODE_STATE_STOPPING;
    nex_log_write(node->log, NEX_LOG_INFO, "nex node stopping", "keep_workloads",
                  node->options.keep_workloads ? "true" : "false", NULL);
    if (node->lameduck_timer != NULL) {
        nex_timer_stop(node->lameduck_timer);
    }
    node->stopping = 2; /* local agents, and this function itself */
    if (node->stop_timer == NULL &&
        nex_timer_new(node->loop, &node->stop_timer, on_stop_timeout, node) == NEX_OK) {
        nex_timer_start(node->stop_timer, STOP_TIMEOUT, 0);
    }
    for (size_t i = 0; node->embedded != NULL && i < node->options.embedded_count; i++) {
        const nex_node_embedded *embedded = &node->options.embedded[i];
        if (node->options.keep_workloads && embedded->detach != NULL) {
            embedded->detach(embedded->self);
        } else if (embedded->stop_all != NULL) {
            node->stopping++;
            embedded->stop_all(embedded->self, on_workloads_stopped, node);
        }
    }
    node_local_stop(node, one_stopped);
    one_stopped(node);
}

void node_give_up(nex_node *node, const nex_error *why) {
    nex_log_write(node->log, NEX_LOG_ERROR, "the node cannot go on", "err", why->message, NULL);
    node->failure = *why;
    nex_node_stop(node);
}

nex_status nex_node_result(const nex_node *node, nex_error *err) {
    if (node->failure.code != NEX_OK && err != NULL) {
        *err = node->failure;
    }
    return node->failure.code;
}

void nex_node_free(nex_node *node) {
    if (node == NULL) {
        return;
    }
    let_go(node);
    nex_minter_free(node->minter);
    nex_secret_store_free(node->secrets);
    nex_key_free(node->key);
    nex_key_free(node->xkey);
    nex_string_map_free(&node->tags);
    for (size_t i = 0; i < node->texts.count; i++) {
        nex_wipe(node->texts.items[i], strlen(node->texts.items[i]));
    }
    nex_string_list_free(&node->texts);
    nex_string_list_free(&node->servers);
    free(node);
}
