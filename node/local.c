/*
 * Local agents: programs that the node starts, watches and starts again, with growing pauses,
 * until they have ended too often within a window.
 */
#include "node/local.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PAUSE_FIRST (250 * NEX_MILLISECOND)
#define PAUSE_MAX   (10 * NEX_SECOND)
#define WINDOW      NEX_MINUTE
#define STOP_GRACE  (5 * NEX_SECOND)

typedef struct local_agent {
    nex_node *node;
    char id[NEX_ID_SIZE];
    char *program;
    char *object;         /* nats:// URI it is fetched from first; NULL: it is there */
    local_fetch *fetch;   /* under way */
    nex_string_list argv; /* program first */
    nex_string_map env;
    local_process *process;
    nex_timer *timer; /* the next start, or the end of the grace */
    unsigned restarts;
    uint64_t started;
    bool given_up;
    struct local_agent *prev;
    struct local_agent *next;
} local_agent;

struct local_agents {
    local_agent *list;
    bool stopping;
    void (*done)(nex_node *node);
};

static void start(local_agent *agent);

/* ---- Environment ------------------------------------------------------------------------- */

static nex_status add_variable(nex_string_list *env, const char *name, const char *value) {
    nex_buf text = NEX_BUF_INIT;
    nex_status status = nex_buf_printf(&text, "%s=%s", name, value != NULL ? value : "");
    if (status == NEX_OK) {
        status = nex_string_list_add(env, text.data);
    }
    nex_buf_wipe(&text);
    return status;
}

static nex_status add_credentials(nex_string_list *env, const nex_nats_connection_data *creds) {
    nex_buf servers = NEX_BUF_INIT;
    nex_buf jwt = NEX_BUF_INIT;
    nex_status status = nex_buf_append_str(&servers, "");
    for (size_t i = 0; i < creds->nats_servers.count && status == NEX_OK; i++) {
        status = nex_buf_printf(&servers, "%s%s", i > 0 ? "," : "", creds->nats_servers.items[i]);
    }
    if (status == NEX_OK && creds->nats_user_jwt != NULL) {
        status = nex_base64_encode(creds->nats_user_jwt, strlen(creds->nats_user_jwt), &jwt);
    }
    const struct {
        const char *name;
        const char *value;
    } variables[] = {{"NEX_AGENT_NATS_SERVERS", servers.data},
                     {"NEX_AGENT_NATS_USER_SEED", creds->nats_user_seed},
                     {"NEX_AGENT_NATS_B64_JWT", jwt.data},
                     {"NEX_AGENT_NATS_USER", creds->nats_user_name},
                     {"NEX_AGENT_NATS_PASSWORD", creds->nats_user_password},
                     {"NEX_AGENT_NATS_USER_NKEY", creds->nats_user_nkey}};
    for (size_t i = 0; i < sizeof variables / sizeof variables[0] && status == NEX_OK; i++) {
        status = add_variable(env, variables[i].name, variables[i].value);
    }
    /* Beyond the reference, and only where there is TLS. */
    const struct {
        const char *name;
        const char *value;
    } tls[] = {{"NEX_AGENT_NATS_TLS_CA", creds->tls_ca},
               {"NEX_AGENT_NATS_TLS_CERT", creds->tls_cert},
               {"NEX_AGENT_NATS_TLS_KEY", creds->tls_key},
               {"NEX_AGENT_NATS_TLS_FIRST", creds->tls_first ? "1" : NULL}};
    for (size_t i = 0; i < sizeof tls / sizeof tls[0] && status == NEX_OK; i++) {
        if (tls[i].value != NULL && tls[i].value[0] != '\0') {
            status = add_variable(env, tls[i].name, tls[i].value);
        }
    }
    nex_buf_free(&servers);
    nex_buf_wipe(&jwt);
    return status;
}

static nex_status make_environment(local_agent *agent, nex_string_list *env, nex_error *err) {
    nex_node *node = agent->node;
    nex_nats_connection_data *creds = NULL;
    nex_status status = nex_minter_registration(node->minter, agent->id, node->id, false,
                                                nex_loop_time(node->loop), &creds, err);
    if (status != NEX_OK) {
        return status;
    }
    status = add_credentials(env, creds);
    nex_credentials_free(creds);
    char xkey[NEX_KEY_TEXT_SIZE] = "";
    if (status == NEX_OK) {
        status = node_derive_xkey(node, agent->id, xkey, err);
    }
    if (status == NEX_OK) {
        status = add_variable(env, "NEX_AGENT_XKEY_SEED", xkey);
    }
    nex_wipe(xkey, sizeof xkey);
    if (status == NEX_OK) {
        status = add_variable(env, "NEX_AGENT_NODE_ID", node->id);
    }
    if (status == NEX_OK) {
        status = add_variable(env, "NEX_AGENT_ASSIGNED_ID", agent->id);
    }
    for (size_t i = 0; i < agent->env.count && status == NEX_OK; i++) {
        status = add_variable(env, agent->env.items[i].key, agent->env.items[i].value);
    }
    return status == NEX_OK ? NEX_OK
                            : nex_error_set(err, status, "agent %s: out of memory", agent->program);
}

static char **null_terminated(const nex_string_list *list) {
    char **out = calloc(list->count + 1, sizeof(char *));
    if (out != NULL && list->count > 0) {
        memcpy(out, list->items, list->count * sizeof(char *));
    }
    return out;
}

/* ---- Starting again ---------------------------------------------------------------------- */

static void check_all_gone(nex_node *node) {
    struct local_agents *all = node->local;
    local_agent *agent;
    DL_FOREACH(all->list, agent) {
        if (agent->process != NULL) {
            return;
        }
    }
    void (*done)(nex_node *) = all->done;
    all->done = NULL;
    if (done != NULL) {
        done(node);
    }
}

static void start_later(local_agent *agent) {
    nex_node *node = agent->node;
    if ((nex_duration)(nex_loop_now(node->loop) - agent->started) > WINDOW) {
        agent->restarts = 0;
    }
    if (agent->restarts >= node->options.agent_restart_limit) {
        agent->given_up = true;
        nex_log_write(node->log, NEX_LOG_ERROR,
                      "agent ended too often; not started again (--agent-restart-limit)", "agent",
                      agent->program, "agent_id", agent->id, NULL);
        node_check_ready(node);
        return;
    }
    nex_duration pause = PAUSE_FIRST << (agent->restarts < 6 ? agent->restarts : 6);
    pause = pause < PAUSE_MAX ? pause : PAUSE_MAX;
    pause += (nex_duration)nex_loop_random_below(node->loop, (uint64_t)pause / 5 + 1);
    agent->restarts++;
    nex_timer_start(agent->timer, pause, 0);
}

static void on_exit_of_agent(void *arg, int64_t status, int signal_number) {
    local_agent *agent = arg;
    nex_node *node = agent->node;
    char how[64];
    agent->process = NULL;
    local_pid_remove(node->options.resource_dir, agent->id);
    if (node->local->stopping) {
        nex_timer_stop(agent->timer);
        check_all_gone(node);
        return;
    }
    if (signal_number != 0) {
        snprintf(how, sizeof how, "signal %d", signal_number);
    } else {
        snprintf(how, sizeof how, "status %lld", (long long)status);
    }
    nex_log_write(node->log, NEX_LOG_WARN, "agent ended", "agent", agent->program, "agent_id",
                  agent->id, "how", how, NULL);
    node_deploys_ping(node, agent->id);
    node_gathers_ping(node, agent->id);
    node_agent *registered = node_agent_find(node, agent->id);
    if (registered != NULL) {
        node_agent_remove(node, registered);
    }
    start_later(agent);
}

static void on_timer(void *arg) {
    local_agent *agent = arg;
    if (agent->node->local->stopping) {
        if (agent->process != NULL) {
            local_process_kill(agent->process, SIGKILL);
        }
    } else {
        start(agent);
    }
}

static void on_fetched(void *arg, nex_status status, const nex_error *err) {
    local_agent *agent = arg;
    agent->fetch = NULL;
    if (status == NEX_OK) {
        free(agent->object);
        agent->object = NULL;
        start(agent);
        return;
    }
    nex_log_write(agent->node->log, NEX_LOG_ERROR, "cannot fetch agent", "agent", agent->object,
                  "err", err->message, NULL);
    start_later(agent);
}

static void fetch(local_agent *agent) {
    nex_error err;
    agent->started = nex_loop_now(agent->node->loop);
    if (local_fetch_start(&agent->fetch, agent->node, agent->object, agent->program, on_fetched,
                          agent, &err) != NEX_OK) {
        nex_log_write(agent->node->log, NEX_LOG_ERROR, "cannot fetch agent", "err", err.message,
                      NULL);
        start_later(agent);
    }
}

static void start(local_agent *agent) {
    nex_node *node = agent->node;
    nex_error err;
    if (agent->object != NULL) {
        fetch(agent);
        return;
    }
    nex_string_list env = {0};
    nex_status status = make_environment(agent, &env, &err);
    char **argv = null_terminated(&agent->argv);
    char **envp = null_terminated(&env);
    agent->started = nex_loop_now(node->loop);
    if (status == NEX_OK && (argv == NULL || envp == NULL)) {
        status = nex_error_set(&err, NEX_ENOMEM, "agent %s: out of memory", agent->program);
    }
    if (status == NEX_OK) {
        const char *slash = strrchr(agent->program, '/');
        local_process_options options = {.uv = nex_loop_uv(node->loop),
                                         .log = node->log,
                                         .name = slash != NULL ? slash + 1 : agent->program,
                                         .program = agent->program,
                                         .argv = argv,
                                         .env = envp,
                                         .on_exit = on_exit_of_agent,
                                         .arg = agent};
        local_pid_expect(node->options.resource_dir, agent->id);
        status = local_process_start(&agent->process, &options, &err);
    }
    free(argv);
    free(envp);
    for (size_t i = 0; i < env.count; i++) {
        nex_wipe(env.items[i], strlen(env.items[i]));
    }
    nex_string_list_free(&env);
    if (status != NEX_OK) {
        nex_log_write(node->log, NEX_LOG_ERROR, "cannot start agent", "err", err.message, NULL);
        local_pid_remove(node->options.resource_dir, agent->id);
        start_later(agent);
        return;
    }
    local_pid_write(node->options.resource_dir, agent->id, local_process_pid(agent->process));
    nex_log_write(node->log, NEX_LOG_DEBUG, "agent started", "agent", agent->program, "agent_id",
                  agent->id, NULL);
}

/* ---- All of them ------------------------------------------------------------------------- */

static void agent_free(local_agent *agent) {
    if (agent->process != NULL) {
        local_process_abandon(agent->process);
        local_pid_remove(agent->node->options.resource_dir, agent->id);
    }
    local_fetch_cancel(agent->fetch);
    nex_timer_free(agent->timer);
    free(agent->object);
    free(agent->program);
    nex_string_list_free(&agent->argv);
    nex_string_map_free(&agent->env);
    free(agent);
}

static nex_status add(nex_node *node, const nex_node_agent *config, const char *program,
                      nex_error *err) {
    local_agent *agent = calloc(1, sizeof *agent);
    nex_status status = agent != NULL ? NEX_OK : NEX_ENOMEM;
    if (status == NEX_OK) {
        agent->node = node;
        agent->program = strdup(program);
        bool object = local_is_object(config->uri);
        agent->object = object ? strdup(config->uri) : NULL;
        status = agent->program != NULL && (agent->object != NULL || !object)
                     ? nex_string_list_add(&agent->argv, program)
                     : NEX_ENOMEM;
        for (size_t i = 0; i < config->argc && status == NEX_OK; i++) {
            status = nex_string_list_add(&agent->argv, config->argv[i]);
        }
        if (status == NEX_OK && config->env != NULL) {
            status = nex_string_map_copy(&agent->env, config->env);
        }
        if (status == NEX_OK) {
            status = nex_timer_new(node->loop, &agent->timer, on_timer, agent);
        }
        if (status != NEX_OK) {
            agent_free(agent);
        }
    }
    if (status != NEX_OK) {
        return nex_error_set(err, status, "agent %s: out of memory", program);
    }
    /* Its id outlives a restart: it stands for the program, the first of it, the second... */
    char name[4224];
    size_t same = 0;
    local_agent *other;
    DL_FOREACH(node->local->list, other) {
        same += strcmp(other->program, program) == 0;
    }
    snprintf(name, sizeof name, "local %zu %s", same, program);
    node_derive_id(node, name, agent->id);
    DL_APPEND(node->local->list, agent);
    char variable[128];
    snprintf(variable, sizeof variable, "NEX_AGENT_ASSIGNED_ID=%s", agent->id);
    local_pid_reap(node->options.resource_dir, agent->id, agent->program, variable, node->log);
    start(agent);
    return NEX_OK;
}

/* The programs a configured agent stands for; of an object, where it will be. */
static nex_status resolve(const nex_node *node, const char *uri, nex_string_list *programs,
                          nex_error *err) {
    char path[4096];
    if (!local_is_object(uri)) {
        return local_resolve(uri, programs, err);
    }
    nex_status status = local_object_path(node, uri, path, sizeof path, err);
    if (status == NEX_OK && nex_string_list_add(programs, path) != NEX_OK) {
        status = nex_error_set(err, NEX_ENOMEM, "agent %s: out of memory", uri);
    }
    return status;
}

nex_status node_local_start(nex_node *node, nex_error *err) {
    node->local = calloc(1, sizeof *node->local);
    if (node->local == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "local agents: out of memory");
    }
    if (node->options.agent_count > 0 && nex_loop_uv(node->loop) == NULL) {
        return nex_error_set(err, NEX_EUNSUPPORTED, "local agents need a real event loop");
    }
    nex_status status = NEX_OK;
    for (size_t i = 0; i < node->options.agent_count && status == NEX_OK; i++) {
        nex_string_list programs = {0};
        status = resolve(node, node->options.agents[i].uri, &programs, err);
        for (size_t k = 0; k < programs.count && status == NEX_OK; k++) {
            status = add(node, &node->options.agents[i], programs.items[k], err);
        }
        nex_string_list_free(&programs);
    }
    return status;
}

bool node_local_has(const nex_node *node, const char *agent_id) {
    local_agent *agent;
    if (node->local != NULL) {
        DL_FOREACH(node->local->list, agent) {
            if (strcmp(agent->id, agent_id) == 0) {
                return true;
            }
        }
    }
    return false;
}

bool node_local_all_registered(nex_node *node) {
    local_agent *agent;
    DL_FOREACH(node->local->list, agent) {
        if (!agent->given_up && node_agent_find(node, agent->id) == NULL) {
            return false;
        }
    }
    return true;
}

void node_local_stop(nex_node *node, void (*done)(nex_node *node)) {
    if (node->local == NULL) {
        done(node);
        return;
    }
    node->local->stopping = true;
    node->local->done = done;
    local_agent *agent;
    DL_FOREACH(node->local->list, agent) {
        nex_timer_stop(agent->timer);
        local_fetch_cancel(agent->fetch);
        agent->fetch = NULL;
        if (agent->process != NULL) {
            local_process_kill(agent->process, SIGTERM);
            nex_timer_start(agent->timer, STOP_GRACE, 0);
        }
    }
    check_all_gone(node);
}

void node_local_free(nex_node *node) {
    if (node->local == NULL) {
        return;
    }
    local_agent *agent;
    local_agent *next;
    DL_FOREACH_SAFE(node->local->list, agent, next) {
        DL_DELETE(node->local->list, agent);
        agent_free(agent);
    }
    free(node->local);
    node->local = NULL;
}
