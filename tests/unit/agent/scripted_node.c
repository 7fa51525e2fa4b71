#include "scripted_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void copy_header(const nex_msg *msg, const char *name, char *out, size_t size) {
    const char *value = nex_msg_header(msg, name);
    snprintf(out, size, "%s", value != NULL ? value : "");
}

static void keep(scripted_node *n, const nex_msg *msg) {
    assert_true(n->log_count < SCRIPTED_LOG_MAX);
    scripted_msg *m = &n->log[n->log_count++];
    snprintf(m->subject, sizeof m->subject, "%s", msg->subject);
    snprintf(m->body, sizeof m->body, "%.*s", (int)msg->len, (const char *)msg->data);
    copy_header(msg, "Nex-Agent", m->agent, sizeof m->agent);
    copy_header(msg, "Nex-Boxed-Env", m->boxed, sizeof m->boxed);
    m->at = sim_now(n->world);
}

static void reply(scripted_node *n, const nex_msg *msg, const char *body) {
    nex_msg answer = {.subject = msg->reply, .data = body, .len = strlen(body)};
    assert_non_null(msg->reply);
    assert_int_equal(nex_bus_publish(n->bus, &answer), NEX_OK);
}

static void on_register(void *arg, const nex_msg *msg) {
    scripted_node *n = arg;
    char body[8192];
    keep(n, msg);
    if (n->silent > 0) {
        n->silent--;
        return;
    }
    n->forgotten = false;
    snprintf(body, sizeof body,
             "{\"success\":%s,\"message\":\"%s\",\"node_id\":\"" SCRIPTED_NODE "\","
             "\"connection_data\":%s,\"existing_state\":%s}",
             n->refusal != NULL ? "false" : "true", n->refusal != NULL ? n->refusal : "",
             n->connection != NULL ? n->connection : SCRIPTED_CREDS,
             n->existing != NULL ? n->existing : "{}");
    reply(n, msg, n->garbage != NULL ? n->garbage : body);
}

static void on_enrol(void *arg, const nex_msg *msg) {
    keep(arg, msg);
    reply(arg, msg,
          "{\"assigned_agent_id\":\"" SCRIPTED_AGENT "\",\"respond_to\":\"" SCRIPTED_NODE "\"}");
}

static void on_heartbeat(void *arg, const nex_msg *msg) {
    scripted_node *n = arg;
    keep(n, msg);
    nex_header unknown = {"Nex-Unknown-Agent", "1"};
    nex_msg answer = {
        .subject = msg->reply, .headers = &unknown, .header_count = n->forgotten ? 1 : 0};
    assert_int_equal(nex_bus_publish(n->bus, &answer), NEX_OK);
}

static void on_feed(void *arg, const nex_msg *msg) {
    keep(arg, msg);
}

void scripted_listen(scripted_node *n, bool listen) {
    nex_subscription_free(n->registers);
    nex_subscription_free(n->enrolments);
    nex_subscription_free(n->heartbeats);
    n->registers = NULL;
    n->enrolments = NULL;
    n->heartbeats = NULL;
    if (listen) {
        assert_int_equal(nex_bus_subscribe(n->bus, "$NEX.SVC." SCRIPTED_NODE ".agent.REGISTER.*",
                                           NULL, on_register, n, &n->registers),
                         NEX_OK);
        assert_int_equal(nex_bus_subscribe(n->bus, "$NEX.SVC.nexus.agent.RREGISTER", NULL, on_enrol,
                                           n, &n->enrolments),
                         NEX_OK);
        assert_int_equal(nex_bus_subscribe(n->bus, "$NEX.SVC." SCRIPTED_NODE ".agent.HEARTBEAT.*",
                                           NULL, on_heartbeat, n, &n->heartbeats),
                         NEX_OK);
    }
}

static nex_bus *connect_process(sim_process *process) {
    nex_bus *bus = NULL;
    nex_bus_options options = {0};
    nex_error err;
    assert_int_equal(sim_connect(process, &bus, sim_process_loop(process), &options, &err), NEX_OK);
    return bus;
}

scripted_node *scripted_node_new(void) {
    scripted_node *n = calloc(1, sizeof *n);
    assert_non_null(n);
    n->world = sim_new(1);
    n->process = sim_process_new(n->world, "node");
    n->agent_process = sim_process_new(n->world, "agent");
    n->loop = sim_process_loop(n->process);
    n->bus = connect_process(n->process);
    n->self = calloc(1, sizeof *n->self);
    assert_non_null(n->self);
    n->ops = test_agent_ops;
    assert_int_equal(nex_bus_subscribe(n->bus, "$NEX.FEED.>", NULL, on_feed, n, &n->feed), NEX_OK);
    scripted_listen(n, true);
    return n;
}

void scripted_start(scripted_node *n, nex_agent_options options) {
    nex_error err;
    options.loop = sim_process_loop(n->agent_process);
    if (options.mode == NEX_AGENT_EMBEDDED) {
        n->agent_bus = connect_process(n->agent_process);
        options.bus = n->agent_bus;
    }
    if (options.mode != NEX_AGENT_REMOTE) {
        options.node_id = SCRIPTED_NODE;
        options.agent_id = SCRIPTED_AGENT;
    }
    options.connect = sim_connect;
    options.connect_arg = n->agent_process;
    assert_int_equal(nex_agent_new(&n->runner, &n->ops, n->self, &options, &err), NEX_OK);
    n->self->runner = n->runner;
    assert_int_equal(nex_agent_start(n->runner, &err), NEX_OK);
    scripted_run(n, NEX_SECOND / 2);
}

void scripted_start_embedded(scripted_node *n) {
    nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED};
    scripted_start(n, options);
    assert_true(nex_agent_is_registered(n->runner));
}

void scripted_node_free(scripted_node *n) {
    nex_agent_free(n->runner);
    nex_bus_close(n->agent_bus);
    nex_bus_close(n->bus);
    nex_loop_free(sim_process_loop(n->agent_process));
    nex_loop_free(n->loop);
    sim_free(n->world);
    test_agent_clear(n->self);
    free(n->self);
    free(n);
}

size_t scripted_heard(const scripted_node *n, const char *part) {
    size_t count = 0;
    for (size_t i = 0; i < n->log_count; i++) {
        count += strstr(n->log[i].subject, part) != NULL;
    }
    return count;
}

const scripted_msg *scripted_msg_of(const scripted_node *n, const char *part, size_t nth) {
    for (size_t i = 0; i < n->log_count; i++) {
        if (strstr(n->log[i].subject, part) != NULL && nth-- == 0) {
            return &n->log[i];
        }
    }
    fail_msg("the node heard too few messages on subjects with %s", part);
    return NULL;
}

static void on_answer(void *arg, nex_status status, const nex_msg *msg) {
    scripted_node *n = arg;
    n->answered = true;
    n->status = status;
    if (msg != NULL) {
        snprintf(n->answer, sizeof n->answer, "%.*s", (int)msg->len,
                 msg->len > 0 ? (const char *)msg->data : "");
        copy_header(msg, "Nats-Service-Error-Code", n->code, sizeof n->code);
        copy_header(msg, "Nats-Service-Error", n->error, sizeof n->error);
        copy_header(msg, "agentId", n->agent_id, sizeof n->agent_id);
    }
}

static bool has_answer(void *arg) {
    return ((scripted_node *)arg)->answered;
}

void scripted_ask_later(scripted_node *n, const char *subject, const char *body) {
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    n->answered = false;
    n->answer[0] = '\0';
    n->code[0] = '\0';
    n->error[0] = '\0';
    assert_int_equal(nex_bus_request(n->bus, &msg, 10 * NEX_SECOND, on_answer, n, NULL), NEX_OK);
}

void scripted_ask(scripted_node *n, const char *subject, const char *body) {
    scripted_ask_later(n, subject, body);
    assert_true(sim_run_until(n->world, has_answer, n, NEX_MINUTE));
}

void scripted_publish(scripted_node *n, const char *subject, const char *body) {
    nex_msg msg = {.subject = subject, .data = body, .len = strlen(body)};
    assert_int_equal(nex_bus_publish(n->bus, &msg), NEX_OK);
}

void scripted_run(scripted_node *n, nex_duration duration) {
    sim_run_for(n->world, duration);
}
