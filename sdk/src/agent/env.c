/* The options of a local agent, as its node wrote them into the environment. */
#include <nex/agent.h>
#include <nex/keys.h>

#include <stdlib.h>
#include <string.h>

static const char *get(const char *name) {
    const char *value = getenv(name);
    return value != NULL && value[0] != '\0' ? value : NULL;
}

/* Splits a comma-joined list; its texts lie in one piece of memory, that of the first. */
static nex_status split_servers(const char *joined, nex_bus_options *out) {
    size_t count = 1;
    for (const char *p = joined; *p != '\0'; p++) {
        count += *p == ',';
    }
    char *copy = strdup(joined);
    const char **list = calloc(count, sizeof *list);
    if (copy == NULL || list == NULL) {
        free(copy);
        free(list);
        return NEX_ENOMEM;
    }
    size_t n = 0;
    char *rest = NULL;
    list[0] = copy;
    for (char *part = strtok_r(copy, ",", &rest); part != NULL; part = strtok_r(NULL, ",", &rest)) {
        list[n++] = part;
    }
    out->servers = list;
    out->server_count = n;
    return NEX_OK;
}

nex_status nex_agent_options_from_env(nex_agent_options *options, nex_error *err) {
    memset(options, 0, sizeof *options);
    options->mode = NEX_AGENT_LOCAL;
    options->node_id = get("NEX_AGENT_NODE_ID");
    options->agent_id = get("NEX_AGENT_ASSIGNED_ID");
    const char *servers = get("NEX_AGENT_NATS_SERVERS");
    const char *missing = options->node_id == NULL    ? "NEX_AGENT_NODE_ID"
                          : options->agent_id == NULL ? "NEX_AGENT_ASSIGNED_ID"
                          : servers == NULL           ? "NEX_AGENT_NATS_SERVERS"
                                                      : NULL;
    if (missing != NULL) {
        return nex_error_set(err, NEX_ENOTFOUND,
                             "environment: %s is not set (a nex node sets it for its local agents)",
                             missing);
    }
    options->xkey_seed = get("NEX_AGENT_XKEY_SEED");
    options->connection.nkey_seed = get("NEX_AGENT_NATS_USER_SEED");
    options->connection.user = get("NEX_AGENT_NATS_USER");
    options->connection.password = get("NEX_AGENT_NATS_PASSWORD");
    options->connection.tls_ca = get("NEX_AGENT_NATS_TLS_CA");
    options->connection.tls_cert = get("NEX_AGENT_NATS_TLS_CERT");
    options->connection.tls_key = get("NEX_AGENT_NATS_TLS_KEY");
    options->connection.tls_first = get("NEX_AGENT_NATS_TLS_FIRST") != NULL;
    const char *jwt = get("NEX_AGENT_NATS_B64_JWT");
    if (jwt != NULL) {
        nex_buf decoded = NEX_BUF_INIT;
        nex_status status = nex_base64_decode(jwt, strlen(jwt), &decoded, err);
        if (status != NEX_OK) {
            nex_buf_free(&decoded);
            return nex_error_prefix(err, status, "environment: NEX_AGENT_NATS_B64_JWT");
        }
        options->connection.jwt = nex_buf_take(&decoded);
    }
    if (split_servers(servers, &options->connection) != NEX_OK) {
        nex_agent_options_free(options);
        return nex_error_set(err, NEX_ENOMEM, "environment: out of memory");
    }
    return NEX_OK;
}

void nex_agent_options_free(nex_agent_options *options) {
    if (options->connection.jwt != NULL) {
        char *jwt = (char *)(uintptr_t)options->connection.jwt;
        nex_wipe(jwt, strlen(jwt));
        free(jwt);
    }
    if (options->connection.servers != NULL) {
        free((void *)(uintptr_t)options->connection.servers[0]);
        free((void *)(uintptr_t)options->connection.servers);
    }
    memset(options, 0, sizeof *options);
}
