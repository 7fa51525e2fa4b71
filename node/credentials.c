#include "node/credentials.h"

#include "node/credentials_permissions.h"

#include <nex/keys.h>
#include <nex/micro.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Of the 4,096 bytes a CONNECT line may have by default; the rest of it takes 300 to 400. */
enum { MAX_JWT_SIZE = 3600 };

static const nex_duration registration_lifetime = 15 * NEX_MINUTE;
static const nex_duration agent_lifetime = 365 * 24 * NEX_HOUR;
static const nex_duration workload_lifetime_min = 10 * NEX_SECOND;
static const nex_duration workload_lifetime_max = 24 * NEX_HOUR;

struct nex_minter {
    nex_minter_strategy strategy;
    nex_string_list servers;
    char *tls_cert;
    char *tls_key;
    char *tls_ca;
    bool tls_first;
    char *nexus;
    char *js_domain;    /* NULL: none */
    char *root_account; /* signing key */
    nex_key *issuer;    /* the account signing key, or the user nkey */
    bool share;
    nex_duration workload_lifetime;
    const nex_log *log;
    char description[256];
};

static bool given(const char *text) {
    return text != NULL && text[0] != '\0';
}

static bool mints(const nex_minter *minter) {
    return minter->strategy == NEX_MINTER_SIGNING_KEY;
}

static nex_status copy_text(char **out, const char *text) {
    *out = strdup(text == NULL ? "" : text);
    return *out == NULL ? NEX_ENOMEM : NEX_OK;
}

/* ---- Making one -------------------------------------------------------------------------- */

static nex_status read_key(nex_key **out, const char *seed, nex_key_kind kind, const char *option,
                           nex_error *err) {
    nex_status status = nex_key_from_seed(out, seed, err);
    if (status != NEX_OK) {
        return nex_error_prefix(err, status, "%s", option);
    }
    if (nex_key_get_kind(*out) != kind) {
        return nex_error_set(err, NEX_EINVAL, "%s: expected the seed of an nkey of kind %s, got %s",
                             option, nex_key_kind_name(kind),
                             nex_key_kind_name(nex_key_get_kind(*out)));
    }
    return NEX_OK;
}

static nex_status use_signing_key(nex_minter *minter, const nex_minter_options *options,
                                  nex_error *err) {
    if (!given(options->issuer_signing_key) || !given(options->issuer_root_account)) {
        return nex_error_set(err, NEX_EINVAL,
                             "credentials by signing key need both the signing key's seed and the "
                             "root account's public key; %s is missing",
                             given(options->issuer_signing_key) ? "the root account"
                                                                : "the signing key");
    }
    if (nex_key_public_kind(options->issuer_root_account) != NEX_KEY_ACCOUNT) {
        return nex_error_set(err, NEX_EINVAL,
                             "the issuer's root account: expected a public account nkey (A...)");
    }
    if (!given(options->nexus) || !nex_subject_token_valid(options->nexus)) {
        return nex_error_set(err, NEX_EINVAL,
                             "credentials by signing key: the nexus name must be a single subject "
                             "token");
    }
    minter->strategy = NEX_MINTER_SIGNING_KEY;
    nex_status status = copy_text(&minter->root_account, options->issuer_root_account);
    if (status != NEX_OK) {
        return nex_error_set(err, status, "making a credential minter: out of memory");
    }
    status = read_key(&minter->issuer, options->issuer_signing_key, NEX_KEY_ACCOUNT,
                      "the issuer's signing key", err);
    if (status == NEX_OK) {
        snprintf(minter->description, sizeof minter->description,
                 "signing key %s: a user JWT of its own for each agent and workload",
                 nex_key_public(minter->issuer));
    }
    return status;
}

static nex_status use_nkey(nex_minter *minter, const nex_minter_options *options, nex_error *err) {
    if (!given(options->issuer_nkey) || !given(options->issuer_nkey_seed)) {
        return nex_error_set(err, NEX_EINVAL,
                             "credentials by nkey need both the public nkey and its seed; the %s "
                             "is missing",
                             given(options->issuer_nkey) ? "seed" : "public nkey");
    }
    minter->strategy = NEX_MINTER_NKEY;
    minter->share = options->issuer_nkey_share;
    nex_status status = read_key(&minter->issuer, options->issuer_nkey_seed, NEX_KEY_USER,
                                 "the issuer's nkey seed", err);
    if (status != NEX_OK) {
        return status;
    }
    if (strcmp(nex_key_public(minter->issuer), options->issuer_nkey) != 0) {
        return nex_error_set(err, NEX_EINVAL,
                             "the issuer's nkey and its seed do not belong together: the seed is "
                             "that of %s",
                             nex_key_public(minter->issuer));
    }
    snprintf(minter->description, sizeof minter->description, "nkey %s: its seed goes to %s",
             nex_key_public(minter->issuer),
             minter->share ? "every agent and workload"
                           : "embedded and local agents only; remote agents and workloads get "
                             "server addresses only");
    return NEX_OK;
}

static nex_status choose_strategy(nex_minter *minter, const nex_minter_options *options,
                                  nex_error *err) {
    bool signing = given(options->issuer_signing_key) || given(options->issuer_root_account);
    bool nkey = given(options->issuer_nkey) || given(options->issuer_nkey_seed);
    if (signing && nkey) {
        return nex_error_set(err, NEX_EINVAL,
                             "credentials: both a signing key and an nkey are given as issuer; "
                             "expected one of the two");
    }
    if (signing) {
        return use_signing_key(minter, options, err);
    }
    if (nkey) {
        return use_nkey(minter, options, err);
    }
    if (options->issuer_nkey_share) {
        return nex_error_set(err, NEX_EINVAL,
                             "credentials: the issuer's nkey is to be shared, but none is given");
    }
    snprintf(minter->description, sizeof minter->description,
             "full access: agents and workloads get server addresses only and connect without "
             "credentials (development only)");
    return NEX_OK;
}

static nex_status copy_connection(nex_minter *minter, const nex_minter_options *options) {
    nex_status status = NEX_OK;
    for (size_t i = 0; status == NEX_OK && i < options->server_count; i++) {
        status = nex_string_list_add(&minter->servers, options->servers[i]);
    }
    if (status == NEX_OK) {
        status = copy_text(&minter->tls_cert, options->tls_cert);
    }
    if (status == NEX_OK) {
        status = copy_text(&minter->tls_key, options->tls_key);
    }
    if (status == NEX_OK) {
        status = copy_text(&minter->tls_ca, options->tls_ca);
    }
    if (status == NEX_OK) {
        status = copy_text(&minter->nexus, options->nexus);
    }
    if (status == NEX_OK && given(options->js_domain)) {
        status = copy_text(&minter->js_domain, options->js_domain);
    }
    minter->tls_first = options->tls_first;
    minter->workload_lifetime =
        options->workload_lifetime > 0 ? options->workload_lifetime : workload_lifetime_max;
    minter->log = options->log;
    return status;
}

static nex_status check_options(const nex_minter_options *options, nex_error *err) {
    if (given(options->js_domain) &&
        (!nex_subject_token_valid(options->js_domain) || strlen(options->js_domain) > 128)) {
        return nex_error_set(err, NEX_EINVAL,
                             "credentials: the JetStream domain must be a single subject token of "
                             "at most 128 bytes");
    }
    if (options->workload_lifetime != 0 && (options->workload_lifetime < workload_lifetime_min ||
                                            options->workload_lifetime > workload_lifetime_max)) {
        return nex_error_set(err, NEX_EINVAL,
                             "the lifetime of a workload's credentials: expected 10s to 24h");
    }
    return NEX_OK;
}

nex_status nex_minter_new(nex_minter **out, const nex_minter_options *options, nex_error *err) {
    *out = NULL;
    nex_status status = check_options(options, err);
    if (status != NEX_OK) {
        return status;
    }
    nex_minter *minter = calloc(1, sizeof *minter);
    status = minter == NULL ? NEX_ENOMEM : copy_connection(minter, options);
    if (status != NEX_OK) {
        nex_minter_free(minter);
        return nex_error_set(err, status, "making a credential minter: out of memory");
    }
    status = choose_strategy(minter, options, err);
    if (status != NEX_OK) {
        nex_minter_free(minter);
        return status;
    }
    *out = minter;
    return NEX_OK;
}

void nex_minter_free(nex_minter *minter) {
    if (minter == NULL) {
        return;
    }
    nex_key_free(minter->issuer);
    nex_string_list_free(&minter->servers);
    free(minter->tls_cert);
    free(minter->tls_key);
    free(minter->tls_ca);
    free(minter->nexus);
    free(minter->js_domain);
    free(minter->root_account);
    free(minter);
}

nex_minter_strategy nex_minter_get_strategy(const nex_minter *minter) {
    return minter->strategy;
}

const char *nex_minter_name(const nex_minter *minter) {
    switch (minter->strategy) {
    case NEX_MINTER_SIGNING_KEY:
        return "signing-key";
    case NEX_MINTER_NKEY:
        return "nkey";
    case NEX_MINTER_FULL_ACCESS:
        break;
    }
    return "full-access";
}

const char *nex_minter_describe(const nex_minter *minter) {
    return minter->description;
}

bool nex_minter_withholds(const nex_minter *minter) {
    return minter->strategy == NEX_MINTER_NKEY && !minter->share;
}

/* ---- Handing out ------------------------------------------------------------------------- */

static char *keep(nex_nats_connection_data *data, const char *text, nex_status *status) {
    char *copy = nex_message_strdup(data, text);
    if (copy == NULL) {
        *status = NEX_ENOMEM;
    }
    return copy;
}

/* Addresses and TLS, with every other text empty: the reference's reader wants all present. */
static nex_status connection_data(const nex_minter *minter, const char *conn_name,
                                  nex_nats_connection_data **out) {
    nex_nats_connection_data *data = nex_nats_connection_data_new();
    nex_status status = NEX_OK;
    *out = data;
    if (data == NULL) {
        return NEX_ENOMEM;
    }
    data->conn_name = keep(data, conn_name, &status);
    data->tls_cert = keep(data, minter->tls_cert, &status);
    data->tls_key = keep(data, minter->tls_key, &status);
    data->tls_ca = keep(data, minter->tls_ca, &status);
    data->tls_first = minter->tls_first;
    data->nats_user_seed = keep(data, "", &status);
    data->nats_user_jwt = keep(data, "", &status);
    data->nats_user_nkey = keep(data, "", &status);
    data->nats_user_name = keep(data, "", &status);
    data->nats_user_password = keep(data, "", &status);
    if (minter->servers.count > 0) {
        data->nats_servers.items =
            nex_message_alloc(data, minter->servers.count * sizeof *data->nats_servers.items);
        if (data->nats_servers.items == NULL) {
            return NEX_ENOMEM;
        }
    }
    for (size_t i = 0; i < minter->servers.count; i++) {
        data->nats_servers.items[i] = keep(data, minter->servers.items[i], &status);
    }
    data->nats_servers.count = minter->servers.count;
    return status;
}

static nex_status add_seed(nex_nats_connection_data *data, const nex_key *key) {
    char seed[NEX_KEY_TEXT_SIZE];
    nex_status status = nex_key_seed(key, seed);
    if (status == NEX_OK) {
        data->nats_user_seed = keep(data, seed, &status);
    }
    nex_wipe(seed, sizeof seed);
    return status;
}

typedef struct grant {
    const char *name; /* of the agent or workload */
    nex_time now;
    nex_duration lifetime;
    nex_permissions *permissions; /* empty unless JWTs are minted */
} grant;

static nex_status add_jwt(const nex_minter *minter, const grant *g, nex_nats_connection_data *data,
                          const nex_key *user, nex_error *err) {
    const nex_permissions *p = g->permissions;
    nex_user_claims claims = {
        .subject = nex_key_public(user),
        .name = g->name,
        .issuer_account = minter->root_account,
        .issued_at = g->now.seconds,
        .expires = nex_time_add(g->now, g->lifetime).seconds,
        .publish = {.allow = (const char *const *)p->publish.items,
                    .allow_count = p->publish.count,
                    .deny = (const char *const *)p->publish_deny.items,
                    .deny_count = p->publish_deny.count},
        .subscribe = {.allow = (const char *const *)p->subscribe.items,
                      .allow_count = p->subscribe.count},
        .has_responses = p->responses,
        .max_responses = 1,
    };
    nex_buf jwt = NEX_BUF_INIT;
    nex_status status = nex_jwt_mint_user(&claims, minter->issuer, &jwt, err);
    if (status == NEX_OK && jwt.len > MAX_JWT_SIZE) {
        status = nex_error_set(err, NEX_ELIMIT,
                               "the JWT is %zu bytes long, more than the %d that fit into "
                               "nats-server's default max_control_line; use a shorter name",
                               jwt.len, MAX_JWT_SIZE);
    }
    if (status == NEX_OK) {
        data->nats_user_jwt = keep(data, jwt.data, &status);
    }
    nex_buf_wipe(&jwt);
    return status;
}

static nex_status add_user(const nex_minter *minter, const grant *g, nex_nats_connection_data *data,
                           nex_error *err) {
    nex_key *user = NULL;
    nex_status status = nex_key_generate(&user, NEX_KEY_USER, err);
    if (status == NEX_OK) {
        status = add_jwt(minter, g, data, user, err);
    }
    if (status == NEX_OK) {
        status = add_seed(data, user);
    }
    if (status == NEX_OK) {
        char expires[NEX_TIME_TEXT_SIZE];
        nex_time_format(nex_time_add(g->now, g->lifetime), expires);
        nex_log_write(minter->log, NEX_LOG_INFO, "credentials minted", "for", g->name, "nats_user",
                      nex_key_public(user), "expires", expires, NULL);
    }
    nex_key_free(user);
    return status;
}

static nex_status add_issuer(const nex_minter *minter, nex_nats_connection_data *data) {
    nex_status status = NEX_OK;
    data->nats_user_nkey = keep(data, nex_key_public(minter->issuer), &status);
    return status == NEX_OK ? add_seed(data, minter->issuer) : status;
}

static nex_status fill(const nex_minter *minter, const grant *g, bool trusted,
                       nex_nats_connection_data *data, nex_error *err) {
    if (mints(minter)) {
        return add_user(minter, g, data, err);
    }
    if (minter->strategy == NEX_MINTER_NKEY && (trusted || minter->share)) {
        return add_issuer(minter, data);
    }
    return NEX_OK;
}

/*
 * Ends every call that hands out: status is that of making the permissions, which are freed.
 * trusted: an agent on this node's own machine, which the nkey strategy tells its seed.
 */
static nex_status hand_out(const nex_minter *minter, const grant *g, bool trusted,
                           nex_status status, nex_nats_connection_data **out, nex_error *err) {
    nex_nats_connection_data *data = NULL;
    nex_error_clear(err);
    if (status == NEX_OK) {
        status = connection_data(minter, g->name, &data);
    }
    if (status == NEX_OK) {
        status = fill(minter, g, trusted, data, err);
    }
    nex_permissions_free(g->permissions);
    if (status != NEX_OK) {
        nex_credentials_free(data);
        if (status == NEX_ENOMEM) {
            nex_error_set(err, status, "out of memory");
        }
        return nex_error_prefix(err, status, "minting credentials for %s", g->name);
    }
    *out = data;
    return NEX_OK;
}

static nex_status check_id(const char *what, const char *id, nex_error *err) {
    if (id == NULL || !nex_subject_token_valid(id)) {
        return nex_error_set(err, NEX_EINVAL,
                             "minting credentials: the %s is no single subject token", what);
    }
    return NEX_OK;
}

static nex_status check_agent(const char *agent_id, const char *node_id, nex_error *err) {
    nex_status status = check_id("agent id", agent_id, err);
    return status == NEX_OK ? check_id("node id", node_id, err) : status;
}

nex_status nex_minter_registration(const nex_minter *minter, const char *agent_id,
                                   const char *node_id, bool is_remote, nex_time now,
                                   nex_nats_connection_data **out, nex_error *err) {
    nex_permissions permissions = {0};
    *out = NULL;
    nex_status status = check_agent(agent_id, node_id, err);
    if (status != NEX_OK) {
        return status;
    }
    if (mints(minter)) {
        status = nex_permissions_registration(&permissions, agent_id, node_id);
    }
    grant g = {agent_id, now, registration_lifetime, &permissions};
    return hand_out(minter, &g, !is_remote, status, out, err);
}

nex_status nex_minter_agent(const nex_minter *minter, const char *agent_id, const char *node_id,
                            const nex_string_list *namespaces, bool is_remote, nex_time now,
                            nex_nats_connection_data **out, nex_error *err) {
    nex_permissions permissions = {0};
    *out = NULL;
    nex_status status = check_agent(agent_id, node_id, err);
    for (size_t i = 0; status == NEX_OK && namespaces != NULL && i < namespaces->count; i++) {
        status = nex_namespace_check(namespaces->items[i], err);
    }
    if (status != NEX_OK) {
        return status;
    }
    if (mints(minter)) {
        status = nex_permissions_agent(&permissions, agent_id, node_id, minter->nexus, namespaces,
                                       minter->js_domain);
    }
    grant g = {agent_id, now, agent_lifetime, &permissions};
    return hand_out(minter, &g, !is_remote, status, out, err);
}

nex_status nex_minter_workload(const nex_minter *minter, const char *workload_id,
                               const char *namespace_, const char *agent_id, nex_time now,
                               nex_nats_connection_data **out, nex_error *err) {
    nex_permissions permissions = {0};
    (void)agent_id; /* which agent runs it does not change what a workload may do */
    *out = NULL;
    nex_status status = check_id("workload id", workload_id, err);
    if (status == NEX_OK && mints(minter)) {
        status = nex_namespace_check(namespace_, err);
    }
    if (status != NEX_OK) {
        return status;
    }
    if (mints(minter)) {
        status = nex_permissions_workload(&permissions, namespace_, minter->js_domain);
    }
    grant g = {workload_id, now, minter->workload_lifetime, &permissions};
    return hand_out(minter, &g, false, status, out, err);
}

static void wipe_text(char *text) {
    if (text != NULL) {
        nex_wipe(text, strlen(text));
    }
}

void nex_credentials_free(nex_nats_connection_data *data) {
    if (data == NULL) {
        return;
    }
    wipe_text(data->nats_user_seed);
    wipe_text(data->nats_user_jwt);
    wipe_text(data->nats_user_password);
    nex_nats_connection_data_free(data);
}
