/*
 * node/credentials_permissions.h - which subjects a minted JWT allows.
 *
 * docs/security.md is the table of these for operators; keep the two the same.
 */
#ifndef NEX_NODE_CREDENTIALS_PERMISSIONS_H
#define NEX_NODE_CREDENTIALS_PERMISSIONS_H

#include <nex/core.h>

/** Subjects allowed and denied. Free with nex_permissions_free. */
typedef struct nex_permissions {
    nex_string_list publish;
    nex_string_list publish_deny;
    nex_string_list subscribe;
    bool responses; /**< may answer each request once */
} nex_permissions;

void nex_permissions_free(nex_permissions *permissions);

/**
 * Whether a namespace can be given subjects of its own. Refused, because "<namespace>.>" or the
 * JetStream stream "<namespace>" would be somebody else's: a name that is no subject token, one
 * that begins with "$", "_", "KV_" or "OBJ_", and one that names a node's state bucket.
 */
nex_status nex_namespace_check(const char *namespace_, nex_error *err);

nex_status nex_permissions_registration(nex_permissions *out, const char *agent_id,
                                        const char *node_id);
/** namespaces NULL or empty: any. domain NULL: no JetStream domain. */
nex_status nex_permissions_agent(nex_permissions *out, const char *agent_id, const char *node_id,
                                 const char *nexus, const nex_string_list *namespaces,
                                 const char *domain);
nex_status nex_permissions_workload(nex_permissions *out, const char *namespace_,
                                    const char *domain);

#endif
