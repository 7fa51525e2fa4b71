/*
 * node/credentials.h - the NATS credentials a node gives to its agents and workloads.
 *
 * Three strategies, chosen by what the options hold:
 *
 *   signing key  issuer_signing_key and issuer_root_account: each agent and workload gets a user
 *                JWT of its own that allows what docs/security.md lists, and expires.
 *   nkey         issuer_nkey and issuer_nkey_seed: embedded and local agents get the issuer's own
 *                nkey and seed; remote agents and workloads only with issuer_nkey_share.
 *   full access  neither: server addresses only. For development.
 *
 * A minter is used by one thread at a time. What it hands out holds secrets: free it with
 * nex_credentials_free, which wipes them.
 */
#ifndef NEX_NODE_CREDENTIALS_H
#define NEX_NODE_CREDENTIALS_H

#include <nex/core.h>
#include <nex/log.h>
#include <nex/protocol.h>

typedef enum nex_minter_strategy {
    NEX_MINTER_FULL_ACCESS,
    NEX_MINTER_SIGNING_KEY,
    NEX_MINTER_NKEY
} nex_minter_strategy;

/** All texts are copied; seeds into guarded memory. NULL and "" both mean "not given". */
typedef struct nex_minter_options {
    const char *const *servers; /**< URLs handed out to agents and workloads */
    size_t server_count;
    const char *tls_cert; /**< handed out as they are */
    const char *tls_key;
    const char *tls_ca;
    bool tls_first;
    const char *nexus;               /**< needed by the signing key strategy */
    const char *js_domain;           /**< JetStream domain to allow as well, or NULL */
    const char *issuer_signing_key;  /**< seed of an account (signing) key, SA... */
    const char *issuer_root_account; /**< public key of the account it signs for, A... */
    const char *issuer_nkey;         /**< public user key, U... */
    const char *issuer_nkey_seed;    /**< its seed, SU... */
    bool issuer_nkey_share;          /**< nkey: remote agents and workloads get the seed as well */
    nex_duration workload_lifetime;  /**< of a workload's JWT, 10 s to 24 h; 0: 24 h */
    const nex_log *log; /**< borrowed, may be NULL: told whose JWT is which, for revoking it */
} nex_minter_options;

typedef struct nex_minter nex_minter;

/**
 * Makes a minter. NEX_EINVAL when the options are half a strategy or two at once, when a key is
 * of the wrong kind, or when the nkey's seed belongs to another nkey; errors repeat no seed.
 */
nex_status nex_minter_new(nex_minter **out, const nex_minter_options *options, nex_error *err);
/** Wipes and frees; NULL is fine. */
void nex_minter_free(nex_minter *minter);

nex_minter_strategy nex_minter_get_strategy(const nex_minter *minter);
/** "signing-key", "nkey" or "full-access": the node's tag nex.credentials. */
const char *nex_minter_name(const nex_minter *minter);
/**
 * The strategy in one line for the log, for example "full access: agents and
 * workloads get server addresses only (development only)". Holds no secret; lives as long as
 * the minter.
 */
const char *nex_minter_describe(const nex_minter *minter);
/** Whether the seed is kept from remote agents and workloads (the node warns about it once). */
bool nex_minter_withholds(const nex_minter *minter);

/** What an agent needs to register and nothing more; a JWT expires after 15 minutes. */
nex_status nex_minter_registration(const nex_minter *minter, const char *agent_id,
                                   const char *node_id, bool is_remote, nex_time now,
                                   nex_nats_connection_data **out, nex_error *err);
/**
 * What a registered agent works with. namespaces lists the ones it serves; NULL: any. A JWT
 * expires after a year: an agent does not ask for a new one.
 */
nex_status nex_minter_agent(const nex_minter *minter, const char *agent_id, const char *node_id,
                            const nex_string_list *namespaces, bool is_remote, nex_time now,
                            nex_nats_connection_data **out, nex_error *err);
/**
 * What a workload works with; a JWT expires after workload_lifetime and is minted anew by another
 * call.
 * NEX_EINVAL for a namespace whose name would reach beyond itself (nex_namespace_check).
 */
nex_status nex_minter_workload(const nex_minter *minter, const char *workload_id,
                               const char *namespace_, const char *agent_id, nex_time now,
                               nex_nats_connection_data **out, nex_error *err);

/** Wipes the secrets in what a minter handed out, then frees it; NULL is fine. */
void nex_credentials_free(nex_nats_connection_data *data);

#endif
