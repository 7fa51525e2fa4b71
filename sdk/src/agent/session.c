/*
 * How a runner comes to serve: connect, enrol (remote), register, connect anew with what the
 * node handed out, add endpoints, replay. Whatever fails is tried again with growing pauses.
 */
#include "agent/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REGISTER_TIMEOUT (5 * NEX_SECOND)
#define RETRY_FIRST      (250 * NEX_MILLISECOND)
#define RETRY_MAX        (5 * NEX_SECOND)
#define REPLAY_FORGOTTEN ((uint64_t)(15 * NEX_MINUTE))
enum { ATTEMPTS_AT_HOME = 4 };

static void register_now(nex_agent *agent);
static void register_again(nex_agent *agent);

static void drop_connection(nex_agent *agent) {
    nex_request_cancel(agent->pending);
    agent->pending = NULL;
    agent_heartbeat_stop(agent);
    agent_endpoints_remove(agent);
    agent_triggers_unsubscribe(agent);
    agent_listeners_unsubscribe(agent);
    if (agent->owns_bus) {
        nex_bus_close(agent->bus);
        agent->bus = NULL;
        agent->owns_bus = false;
    }
}

void agent_session_step(void *arg) {
    nex_agent *agent = arg;
    void (*step)(nex_agent *) = agent->step;
    agent->step = NULL;
    if (step != NULL) {
        step(agent);
    }
}

/* Runs a step later: a bus must not be closed inside a callback of its own. */
static void step_after(nex_agent *agent, nex_duration pause, void (*step)(nex_agent *)) {
    agent->step = step;
    nex_timer_start(agent->retry, pause, 0);
}

static void begin_anew(nex_agent *agent) {
    drop_connection(agent);
    agent_session_begin(agent);
}

/* Whether workloads run here, which belong to the node that placed them. */
static bool has_work(nex_agent *agent) {
    nex_agent_heartbeat *heartbeat = NULL;
    nex_error err;
    bool work = agent_summarise(agent, &heartbeat, &err) != NEX_OK ||
                heartbeat->summary->workload_count > 0;
    nex_agent_heartbeat_free(heartbeat);
    return work;
}

/* Tries again after a pause that doubles, with up to 20 % jitter. */
static void retry_later(nex_agent *agent, const char *what, const char *why) {
    nex_log_write(agent->log, agent->attempts < 3 ? NEX_LOG_INFO : NEX_LOG_WARN, what, "reason",
                  why, "agent_id", agent->agent_id, NULL);
    if (agent->mode == NEX_AGENT_REMOTE && agent->attempts >= ATTEMPTS_AT_HOME &&
        !has_work(agent)) {
        /* Nothing ties it to its node, which may be gone: any node of the nexus will do. */
        free(agent->node_id);
        free(agent->agent_id);
        agent->node_id = NULL;
        agent->agent_id = NULL;
    }
    agent_heartbeat_stop(agent);
    agent->state = SESSION_WAITING;
    nex_duration pause = RETRY_FIRST << (agent->attempts < 5 ? agent->attempts : 5);
    if (pause > RETRY_MAX) {
        pause = RETRY_MAX;
    }
    pause += (nex_duration)nex_loop_random_below(agent->loop, (uint64_t)pause / 5 + 1);
    agent->attempts++;
    step_after(agent, pause, begin_anew);
}

/*
 * Answers come to an inbox that nobody else may listen to, where the credentials say so: they
 * hold what other connections of the account must not see (docs/security.md).
 */
static bool own_inbox(const nex_agent *agent, const char *jwt_text, char *prefix, size_t size) {
    char subject[NEX_SUBJECT_SIZE];
    nex_jwt *jwt = NULL;
    if (jwt_text == NULL || agent->agent_id == NULL ||
        (size_t)snprintf(prefix, size, "_INBOX_%s", agent->agent_id) >= size ||
        (size_t)snprintf(subject, sizeof subject, "%s.>", prefix) >= sizeof subject ||
        nex_jwt_decode(&jwt, jwt_text, strlen(jwt_text), NULL) != NEX_OK) {
        return false;
    }
    bool allowed = nex_jwt_may_subscribe(jwt, subject);
    nex_jwt_free(jwt);
    return allowed;
}

static nex_status open_bus(nex_agent *agent, const nex_bus_options *given, nex_error *err) {
    nex_bus *bus = NULL;
    nex_bus_options copy = *given;
    nex_bus_options *options = &copy;
    char prefix[NEX_SUBJECT_SIZE];
    if (options->inbox_prefix == NULL && own_inbox(agent, options->jwt, prefix, sizeof prefix)) {
        options->inbox_prefix = prefix;
    }
    nex_status status = agent->connect != NULL
                            ? agent->connect(agent->connect_arg, &bus, agent->loop, options, err)
                            : nex_bus_connect(&bus, agent->loop, options, err);
    if (status == NEX_OK) {
        agent->bus = bus;
        agent->owns_bus = true;
    }
    return status;
}

static const char *text_or_null(const char *text) {
    return text != NULL && text[0] != '\0' ? text : NULL;
}

/* Connects with what a node handed out; servers it left out are those used so far. */
static nex_status connect_with(nex_agent *agent, const nex_nats_connection_data *data,
                               nex_error *err) {
    nex_bus_options options = agent->connection;
    options.keep_trying = false;
    if (data->nats_servers.count > 0) {
        options.servers = (const char *const *)data->nats_servers.items;
        options.server_count = data->nats_servers.count;
    }
    bool identity =
        text_or_null(data->nats_user_seed) != NULL || text_or_null(data->nats_user_name) != NULL;
    if (identity) {
        options.creds_file = NULL;
        options.nkey_seed = text_or_null(data->nats_user_seed);
        options.jwt = text_or_null(data->nats_user_jwt);
        options.user = text_or_null(data->nats_user_name);
        options.password = text_or_null(data->nats_user_password);
    }
    if (text_or_null(data->tls_ca) != NULL) {
        options.tls_ca = data->tls_ca;
    }
    if (text_or_null(data->tls_cert) != NULL && text_or_null(data->tls_key) != NULL) {
        options.tls_cert = data->tls_cert;
        options.tls_key = data->tls_key;
    }
    options.tls_first = options.tls_first || data->tls_first;
    if (options.name == NULL) {
        options.name = agent->registration->name;
    }
    return open_bus(agent, &options, err);
}

static nex_status replay_one(nex_agent *agent, const char *id,
                             const nex_agent_start_workload_request *existing) {
    nex_agent_start_workload_request *request = NULL;
    nex_status status = nex_agent_start_workload_request_clone(existing, &request);
    if (status != NEX_OK) {
        return status;
    }
    const char *name = request->request != NULL ? request->request->name : "";
    nex_agent_call *call = agent_call_new(agent, CALL_REPLAY, NULL, id, name, request);
    if (call != NULL) {
        agent_start_workload(agent, call, id, request, true);
    }
    return call != NULL ? NEX_OK : NEX_ENOMEM;
}

/* Starts the workloads that the node says this agent had, each as its nexlet sees fit. */
static void replay(nex_agent *agent, const nex_register_agent_response *response) {
    for (size_t i = 0; i < response->existing_state.count; i++) {
        const char *id = response->existing_state.items[i].key;
        if (replay_one(agent, id, &response->existing_state.items[i].value) != NEX_OK) {
            nex_log_write(agent->log, NEX_LOG_ERROR, "workload not restored", "workload_id", id,
                          "reason", "out of memory", NULL);
            agent_session_replay_later(agent);
        }
    }
}

static void replay_again(nex_agent *agent) {
    if (agent->state == SESSION_SERVING) {
        register_again(agent);
    }
}

void agent_session_replay_later(nex_agent *agent) {
    if (agent->state != SESSION_SERVING || agent->step != NULL) {
        return;
    }
    uint64_t now = nex_loop_now(agent->loop);
    if (now - agent->replayed_at > REPLAY_FORGOTTEN) {
        agent->replays = 0;
    }
    nex_duration pause = RETRY_MAX << (agent->replays < 6 ? agent->replays : 6);
    agent->replays++;
    agent->replayed_at = now;
    step_after(agent, pause, replay_again);
}

/* Moves to a connection with the credentials handed out; the old one serves until then. */
static nex_status move(nex_agent *agent, const nex_register_agent_response *response,
                       nex_error *err) {
    nex_nats_connection_data none = {0};
    nex_bus *old = agent->bus;
    nex_micro *old_micro = agent->micro;
    const nex_nats_connection_data *data =
        response->connection_data != NULL ? response->connection_data : &none;
    nex_status status = connect_with(agent, data, err);
    if (status != NEX_OK) {
        return status;
    }
    agent_triggers_unsubscribe(agent);
    agent_listeners_unsubscribe(agent);
    agent_events_unwatch(agent);
    agent->micro = NULL;
    status = agent_endpoints_add(agent, err);
    agent_calls_drop(agent);
    nex_micro_free(old_micro);
    nex_bus_close(old);
    return status;
}

static void serve(nex_agent *agent) {
    nex_register_agent_response *response = agent->response;
    nex_error err;
    nex_error_clear(&err);
    /* Listening comes before the heartbeat that makes the node bid for this agent. */
    nex_status status = NEX_OK;
    if (agent->mode != NEX_AGENT_EMBEDDED) {
        status = move(agent, response, &err);
    } else if (agent->micro == NULL) {
        status = agent_endpoints_add(agent, &err);
    }
    if (status != NEX_OK) {
        retry_later(agent, "cannot serve with the credentials that the node handed out",
                    err.message);
        return;
    }
    agent_triggers_subscribe(agent);
    agent_renew_stop(agent);
    agent_renew_before(agent, response->connection_data);
    agent->state = SESSION_SERVING;
    agent_listeners_subscribe(agent);
    agent->attempts = 0;
    agent_identity_write(agent); /* before there can be work that only this identity gets back */
    agent_heartbeat_start(agent);
    nex_log_write(agent->log, NEX_LOG_INFO, "registered", "agent_id", agent->agent_id, "node_id",
                  agent->node_id, "type", agent->registration->register_type, NULL);
    nex_agent_started_event event = {.id = agent->agent_id,
                                     .name = agent->registration->name,
                                     .register_type = agent->registration->register_type};
    nex_buf json = NEX_BUF_INIT;
    if (!agent->registered_once && nex_agent_started_event_encode(&event, &json) == NEX_OK) {
        agent_emit_own(agent, "AGENTSTARTED", json.data, json.len);
    }
    nex_buf_free(&json);
    agent->registered_once = true;
    if (agent->ops->registered != NULL) {
        agent->ops->registered(agent->self, agent->node_id, agent->agent_id);
    }
    replay(agent, response);
    nex_register_agent_response_free(response);
    agent->response = NULL;
}

static void on_registered(void *arg, nex_status status, const nex_msg *reply) {
    nex_agent *agent = arg;
    agent->pending = NULL;
    if (status != NEX_OK) {
        retry_later(agent, "node does not answer the registration", nex_status_name(status));
        return;
    }
    const char *refused = nex_msg_header(reply, "Nats-Service-Error");
    if (refused != NULL) {
        retry_later(agent, "node refused the registration", refused);
        return;
    }
    nex_register_agent_response *response = NULL;
    nex_error err;
    if (nex_register_agent_response_decode(&response, reply->data, reply->len, &err) != NEX_OK) {
        retry_later(agent, "node's answer to the registration is malformed", err.message);
        return;
    }
    if (!response->success) {
        retry_later(agent, "node refused the registration",
                    response->message != NULL ? response->message : "");
        nex_register_agent_response_free(response);
        return;
    }
    nex_register_agent_response_free(agent->response);
    agent->response = response;
    step_after(agent, 0, serve);
}

static void register_now(nex_agent *agent) {
    nex_buf json = NEX_BUF_INIT;
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_register_agent(subject, agent->node_id, agent->agent_id);
    if (status == NEX_OK) {
        status = nex_register_agent_request_encode(agent->registration, &json);
    }
    if (status == NEX_OK) {
        nex_header headers[] = {{"Nex-Agent", agent->agent_id}, {"Nex-Boxed-Env", "1"}};
        nex_msg msg = {.subject = subject,
                       .data = json.data,
                       .len = json.len,
                       .headers = headers,
                       .header_count = 2};
        agent->state = SESSION_REGISTERING;
        status = nex_bus_request(agent->bus, &msg, REGISTER_TIMEOUT, on_registered, agent,
                                 &agent->pending);
    }
    nex_buf_free(&json);
    if (status != NEX_OK) {
        retry_later(agent, "cannot send the registration", nex_status_name(status));
    }
}

/* Has an id and a node from here on, and connects as the node wants it for registering. */
static void take_enrolment(nex_agent *agent) {
    nex_register_remote_agent_response *response = agent->enrolment;
    nex_error err;
    nex_status status = NEX_OK;
    free(agent->agent_id);
    free(agent->node_id);
    agent->agent_id = strdup(response->assigned_agent_id);
    agent->node_id = strdup(response->respond_to);
    if (agent->agent_id == NULL || agent->node_id == NULL) {
        status = nex_error_set(&err, NEX_ENOMEM, "out of memory");
    } else if (response->registration_creds != NULL) {
        nex_bus_close(agent->bus);
        agent->bus = NULL;
        agent->owns_bus = false;
        status = connect_with(agent, response->registration_creds, &err);
    }
    nex_register_remote_agent_response_free(response);
    agent->enrolment = NULL;
    if (status != NEX_OK) {
        retry_later(agent, "cannot connect with the registration credentials", err.message);
        return;
    }
    register_now(agent);
}

static void on_enrolled(void *arg, nex_status status, const nex_msg *reply) {
    nex_agent *agent = arg;
    agent->pending = NULL;
    if (status != NEX_OK) {
        retry_later(agent,
                    status == NEX_EUNREACHABLE ? "no node of the nexus takes remote agents yet"
                                               : "no node of the nexus answers",
                    nex_status_name(status));
        return;
    }
    const char *refused = nex_msg_header(reply, "Nats-Service-Error");
    nex_register_remote_agent_response *response = NULL;
    nex_error err;
    if (refused != NULL) {
        retry_later(agent, "node refused the remote agent", refused);
        return;
    }
    if (nex_register_remote_agent_response_decode(&response, reply->data, reply->len, &err) !=
        NEX_OK) {
        retry_later(agent, "node's answer to RREGISTER is malformed", err.message);
        return;
    }
    nex_register_remote_agent_response_free(agent->enrolment);
    agent->enrolment = response;
    step_after(agent, 0, take_enrolment);
}

static void enrol(nex_agent *agent) {
    char subject[NEX_SUBJECT_SIZE];
    nex_status status = nex_subject_register_remote_agent(subject, agent->nexus);
    nex_header headers[2];
    size_t count = 0;
    if (agent->agent_id != NULL) {
        headers[count++] = (nex_header){"Nex-Agent", agent->agent_id};
    }
    if (agent->node_id != NULL) {
        headers[count++] = (nex_header){"Nex-Node", agent->node_id}; /* no other node's business */
    }
    nex_msg msg = {
        .subject = subject, .data = "{}", .len = 2, .headers = headers, .header_count = count};
    agent->state = SESSION_ENROLLING;
    if (status == NEX_OK) {
        status = nex_bus_request(agent->bus, &msg, REGISTER_TIMEOUT, on_enrolled, agent,
                                 &agent->pending);
    }
    if (status != NEX_OK) {
        retry_later(agent, "cannot send RREGISTER", nex_status_name(status));
    }
}

void agent_session_begin(nex_agent *agent) {
    nex_error err;
    if (agent->mode != NEX_AGENT_EMBEDDED && agent->bus == NULL) {
        nex_bus_options options = agent->connection;
        if (options.name == NULL) {
            options.name = agent->registration->name;
        }
        if (open_bus(agent, &options, &err) != NEX_OK) {
            retry_later(agent, "cannot connect to NATS", err.message);
            return;
        }
    }
    /* Credentials that allow no REGISTER may allow RREGISTER: both are tried in turn. */
    bool at_home = agent->node_id != NULL && agent->agent_id != NULL;
    if (agent->mode == NEX_AGENT_REMOTE && (!at_home || agent->attempts % 2 == 1)) {
        enrol(agent);
    } else {
        register_now(agent);
    }
}

static void register_again(nex_agent *agent) {
    /* The endpoints stay: as long as they answer, nobody else is given this agent's workloads. */
    nex_request_cancel(agent->pending);
    agent->pending = NULL;
    agent_heartbeat_stop(agent);
    register_now(agent);
}

void agent_session_lost(nex_agent *agent, const char *why) {
    if (agent->state == SESSION_SERVING) {
        nex_log_write(agent->log, NEX_LOG_WARN,
                      "the node does not know this agent; registering again", "reason", why,
                      "agent_id", agent->agent_id, "node_id", agent->node_id, NULL);
        register_again(agent);
    }
}

void agent_session_renew(nex_agent *agent) {
    if (agent->state == SESSION_SERVING) {
        nex_log_write(agent->log, NEX_LOG_DEBUG, "registering again for new credentials",
                      "agent_id", agent->agent_id, NULL);
        register_again(agent);
    }
}

void agent_session_end(nex_agent *agent) {
    agent->state = SESSION_IDLE;
    agent->step = NULL;
    nex_timer_stop(agent->retry);
    agent_renew_stop(agent);
    drop_connection(agent);
    nex_register_agent_response_free(agent->response);
    agent->response = NULL;
    nex_register_remote_agent_response_free(agent->enrolment);
    agent->enrolment = NULL;
    agent->attempts = 0;
}
