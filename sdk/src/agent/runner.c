/* The runner's life: made, started, stopped, freed. */
#include "agent/runner.h"

#include <stdlib.h>
#include <string.h>

/* NULL and "" are fallback, which may be NULL. */
static nex_status copy(char **out, const char *text, const char *fallback) {
    if (text == NULL || text[0] == '\0') {
        text = fallback;
    }
    *out = text == NULL ? NULL : strdup(text);
    return text == NULL || *out != NULL ? NEX_OK : NEX_ENOMEM;
}

static nex_status copy_texts(nex_agent *agent, const nex_agent_options *options) {
    bool remote = options->mode == NEX_AGENT_REMOTE;
    nex_status status = copy(&agent->nexus, options->nexus, "nexus");
    if (status == NEX_OK) {
        status = copy(&agent->node_id, options->node_id, NULL);
    }
    if (status == NEX_OK) {
        status = copy(&agent->agent_id, options->agent_id, NULL);
    }
    if (status == NEX_OK) {
        status = copy(&agent->ingress_address, options->ingress_address, NULL);
    }
    if (status == NEX_OK) {
        status = copy(&agent->identity_file, remote ? options->identity_file : NULL, NULL);
    }
    return status;
}

/* Copies a text into the list that keeps the connection's texts; NULL stays NULL. */
static nex_status keep(nex_agent *agent, const char **field) {
    if (*field == NULL) {
        return NEX_OK;
    }
    nex_status status = nex_string_list_add(&agent->connection_texts, *field);
    if (status == NEX_OK) {
        *field = agent->connection_texts.items[agent->connection_texts.count - 1];
    }
    return status;
}

static nex_status copy_connection(nex_agent *agent, const nex_bus_options *from) {
    agent->connection = *from;
    nex_bus_options *c = &agent->connection;
    nex_status status = NEX_OK;
    for (size_t i = 0; i < from->server_count && status == NEX_OK; i++) {
        status = nex_string_list_add(&agent->servers, from->servers[i]);
    }
    const char **texts[] = {&c->name,   &c->user,        &c->password, &c->nkey_seed,
                            &c->jwt,    &c->creds_file,  &c->tls_cert, &c->tls_key,
                            &c->tls_ca, &c->inbox_prefix};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0] && status == NEX_OK; i++) {
        status = keep(agent, texts[i]);
    }
    c->servers = (const char *const *)agent->servers.items;
    c->server_count = agent->servers.count;
    c->log = agent->log;
    return status;
}

/* All that it ever needs: without one of them it could not get over a want of memory later. */
static nex_status make_timers(nex_agent *agent) {
    nex_status status = nex_timer_new(agent->loop, &agent->retry, agent_session_step, agent);
    if (status == NEX_OK) {
        status = nex_timer_new(agent->loop, &agent->beat, agent_heartbeat_send, agent);
    }
    if (status == NEX_OK) {
        status = nex_timer_new(agent->loop, &agent->renew, agent_renew_now, agent);
    }
    return status;
}

static nex_status check_options(const nex_agent_ops *ops, const nex_agent_options *options,
                                nex_error *err) {
    if (ops == NULL || ops->register_agent == NULL || ops->heartbeat == NULL ||
        ops->start_workload == NULL || ops->stop_workload == NULL || ops->get_workload == NULL ||
        ops->query_workloads == NULL || ops->set_lameduck == NULL || ops->has_workload == NULL) {
        return nex_error_set(err, NEX_EINVAL,
                             "agent: every callback but workload_port, event and registered must "
                             "be there");
    }
    if (options->loop == NULL) {
        return nex_error_set(err, NEX_EINVAL, "agent: options.loop is missing");
    }
    if (options->mode == NEX_AGENT_EMBEDDED && options->bus == NULL) {
        return nex_error_set(err, NEX_EINVAL, "agent: an embedded agent needs options.bus");
    }
    if (options->mode != NEX_AGENT_REMOTE &&
        (options->node_id == NULL || options->agent_id == NULL)) {
        return nex_error_set(err, NEX_EINVAL,
                             "agent: an embedded or local agent needs node_id and agent_id");
    }
    return NEX_OK;
}

nex_status nex_agent_new(nex_agent **out, const nex_agent_ops *ops, void *self,
                         const nex_agent_options *options, nex_error *err) {
    *out = NULL;
    nex_status status = check_options(ops, options, err);
    if (status != NEX_OK) {
        return status;
    }
    nex_agent *agent = calloc(1, sizeof *agent);
    if (agent == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "agent: out of memory");
    }
    agent->ops = ops;
    agent->self = self;
    agent->mode = options->mode;
    agent->loop = options->loop;
    agent->log = options->log;
    agent->events_compat = options->events_compat;
    agent->log_output = options->log_output;
    agent->emit = options->emit;
    agent->emit_arg = options->emit_arg;
    agent->connect = options->connect;
    agent->connect_arg = options->connect_arg;
    agent->bus = options->mode == NEX_AGENT_EMBEDDED ? options->bus : NULL;
    agent->started = nex_loop_time(agent->loop);
    status = make_timers(agent);
    if (status == NEX_OK) {
        status = copy_texts(agent, options);
    }
    if (status == NEX_OK) {
        status = copy_connection(agent, &options->connection);
    }
    if (status == NEX_OK && options->xkey_seed != NULL) {
        status = nex_key_from_seed(&agent->xkey, options->xkey_seed, err);
    } else if (status == NEX_OK) {
        uint8_t secret[32];
        nex_loop_random(agent->loop, secret, sizeof secret);
        status = nex_key_from_raw(&agent->xkey, NEX_KEY_CURVE, secret, err);
        nex_wipe(secret, sizeof secret);
    }
    if (status == NEX_OK && nex_key_get_kind(agent->xkey) != NEX_KEY_CURVE) {
        status = nex_error_set(err, NEX_EINVAL, "agent: xkey_seed is not a curve seed (SX...)");
    }
    if (status == NEX_OK && agent->identity_file != NULL) {
        status = agent_identity_read(agent, err);
    }
    if (status != NEX_OK) {
        if (status == NEX_ENOMEM) {
            nex_error_set(err, status, "agent: out of memory");
        }
        nex_agent_free(agent);
        return status;
    }
    *out = agent;
    return NEX_OK;
}

/* Asks the nexlet to describe itself and checks what it says. */
static nex_status describe(nex_agent *agent, nex_error *err) {
    nex_register_agent_request *registration = nex_register_agent_request_new();
    if (registration == NULL) {
        return nex_error_set(err, NEX_ENOMEM, "agent: out of memory");
    }
    nex_status status = agent->ops->register_agent(agent->self, registration, err);
    if (status != NEX_OK) {
        nex_register_agent_request_free(registration);
        return status;
    }
    char **texts[] = {&registration->name, &registration->register_type, &registration->description,
                      &registration->version, &registration->start_request_schema};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (*texts[i] == NULL) {
            *texts[i] = nex_message_strdup(registration, "");
        }
    }
    registration->public_xkey = nex_message_strdup(registration, nex_key_public(agent->xkey));
    if (registration->register_type == NULL || registration->register_type[0] == '\0') {
        nex_register_agent_request_free(registration);
        return nex_error_set(err, NEX_EINVAL, "agent: register_type is missing");
    }
    nex_register_agent_request_free(agent->registration);
    agent->registration = registration;
    return NEX_OK;
}

nex_status nex_agent_start(nex_agent *agent, nex_error *err) {
    if (agent->state != SESSION_IDLE) {
        return nex_error_set(err, NEX_ESTATE, "agent: started already");
    }
    nex_status status = describe(agent, err);
    if (status == NEX_OK) {
        agent_session_begin(agent);
    }
    return status;
}

void nex_agent_stop(nex_agent *agent, const char *reason) {
    if (agent->state == SESSION_IDLE) {
        return;
    }
    if (agent->state == SESSION_SERVING) {
        nex_agent_stopped_event event = {.id = agent->agent_id,
                                         .name = agent->registration->name,
                                         .reason = (char *)(reason != NULL ? reason : ""),
                                         .timestamp = nex_loop_time(agent->loop)};
        nex_buf json = NEX_BUF_INIT;
        if (nex_agent_stopped_event_encode(&event, &json) == NEX_OK) {
            agent_emit_own(agent, "AGENTSTOPPED", json.data, json.len);
        }
        nex_buf_free(&json);
    }
    agent_session_end(agent);
}

void nex_agent_free(nex_agent *agent) {
    if (agent == NULL) {
        return;
    }
    if (agent->state != SESSION_IDLE) {
        agent_session_end(agent);
    }
    agent_secrets_cancel(agent);
    agent_calls_abandon(agent);
    agent_triggers_remove(agent);
    agent_listeners_remove(agent);
    nex_timer_free(agent->retry);
    nex_timer_free(agent->beat);
    nex_timer_free(agent->renew);
    nex_register_agent_request_free(agent->registration);
    nex_key_free(agent->xkey);
    nex_string_list_free(&agent->servers);
    for (size_t i = 0; i < agent->connection_texts.count; i++) {
        nex_wipe(agent->connection_texts.items[i], strlen(agent->connection_texts.items[i]));
    }
    nex_string_list_free(&agent->connection_texts);
    free(agent->nexus);
    free(agent->node_id);
    free(agent->agent_id);
    free(agent->ingress_address);
    free(agent->identity_file);
    free(agent);
}

bool nex_agent_is_registered(const nex_agent *agent) {
    return agent->state == SESSION_SERVING;
}

const char *nex_agent_id(const nex_agent *agent) {
    return agent->agent_id != NULL ? agent->agent_id : "";
}

const char *nex_agent_node_id(const nex_agent *agent) {
    return agent->node_id != NULL ? agent->node_id : "";
}

nex_bus *nex_agent_bus(nex_agent *agent) {
    return agent->bus;
}
