#include "fake_nodes.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct pending {
    fake_node *node;
    const fake_rule *rule;
    nex_timer *timer;
    char reply[256];
} pending;

static void send_answer(void *arg) {
    pending *p = arg;
    nex_header headers[4];
    size_t count = 0;
    if (p->rule->nodes) {
        headers[count++] = (nex_header){NEX_HEADER_NODES, p->rule->nodes};
    }
    if (p->rule->node_id) {
        headers[count++] = (nex_header){NEX_HEADER_NODE, p->rule->node_id};
    }
    if (p->rule->header) {
        headers[count++] = (nex_header){p->rule->header, p->rule->value};
    }
    if (p->rule->header2) {
        headers[count++] = (nex_header){p->rule->header2, p->rule->value2};
    }
    nex_msg msg = {.subject = p->reply,
                   .data = p->rule->body,
                   .len = strlen(p->rule->body),
                   .headers = headers,
                   .header_count = count};
    for (int i = 0; i <= p->rule->copies; i++) {
        assert_int_equal(nex_bus_publish(p->node->bus, &msg), NEX_OK);
    }
    nex_timer_free(p->timer);
    free(p);
}

static void keep(fake_world *w, const nex_msg *msg) {
    assert_true(w->log_count < FAKE_LOG_MAX);
    fake_request *r = &w->log[w->log_count++];
    const char *explain = nex_msg_header(msg, NEX_HEADER_EXPLAIN);
    const char *nexus = nex_msg_header(msg, NEX_HEADER_NEXUS);
    snprintf(r->subject, sizeof r->subject, "%s", msg->subject);
    snprintf(r->body, sizeof r->body, "%.*s", (int)msg->len,
             msg->data ? (const char *)msg->data : "");
    snprintf(r->explain, sizeof r->explain, "%s", explain ? explain : "");
    snprintf(r->nexus, sizeof r->nexus, "%s", nexus ? nexus : "");
}

static void on_request(void *arg, const nex_msg *msg) {
    fake_node *node = arg;
    if (node == &node->world->nodes[0]) {
        keep(node->world, msg);
    }
    for (size_t i = 0; i < node->rule_count; i++) {
        const fake_rule *rule = &node->rules[i];
        if (!strstr(msg->subject, rule->verb)) {
            continue;
        }
        if (rule->body && msg->reply) {
            pending *p = calloc(1, sizeof *p);
            assert_non_null(p);
            p->node = node;
            p->rule = rule;
            snprintf(p->reply, sizeof p->reply, "%s", msg->reply);
            assert_int_equal(
                nex_timer_new(sim_process_loop(node->process), &p->timer, send_answer, p), NEX_OK);
            nex_timer_start(p->timer, rule->delay, 0);
        }
        return;
    }
}

static nex_bus *connect_process(sim_process *process) {
    nex_bus *bus = NULL;
    nex_error err;
    nex_bus_options options = {.name = sim_process_name(process)};
    assert_int_equal(sim_connect(process, &bus, sim_process_loop(process), &options, &err), NEX_OK);
    return bus;
}

fake_world *fake_world_new(size_t nodes, const char *namespace_, const char *nexus) {
    fake_world *w = calloc(1, sizeof *w);
    assert_non_null(w);
    w->sim = sim_new(7);
    for (size_t i = 0; i < nodes; i++) {
        fake_node *node = &w->nodes[w->node_count++];
        node->world = w;
        node->process = sim_process_new(w->sim, "node");
        node->bus = connect_process(node->process);
        assert_int_equal(
            nex_bus_subscribe(node->bus, "$NEX.SVC.>", NULL, on_request, node, &node->sub), NEX_OK);
    }
    w->process = sim_process_new(w->sim, "client");
    w->bus = connect_process(w->process);
    nex_client_options options = {
        .bus = w->bus, .namespace_ = namespace_ ? namespace_ : "default", .nexus = nexus};
    nex_error err;
    assert_int_equal(nex_client_new(&w->client, &options, &err), NEX_OK);
    sim_run_for(w->sim, NEX_SECOND); /* connected and subscribed */
    return w;
}

void fake_world_free(fake_world *w) {
    sim_run_for(w->sim, NEX_MINUTE); /* answers under way */
    nex_client_free(w->client);
    nex_bus_close(w->bus);
    nex_loop_free(sim_process_loop(w->process));
    for (size_t i = 0; i < w->node_count; i++) {
        nex_subscription_free(w->nodes[i].sub);
        nex_bus_close(w->nodes[i].bus);
        nex_loop_free(sim_process_loop(w->nodes[i].process));
    }
    sim_free(w->sim);
    free(w);
}

void fake_answer(fake_world *w, size_t node, fake_rule rule) {
    fake_node *n = &w->nodes[node];
    assert_true(n->rule_count < FAKE_RULES_MAX);
    n->rules[n->rule_count++] = rule;
}

void fake_begin(fake_world *w) {
    w->done = false;
    w->began = sim_now(w->sim);
}

void fake_done(fake_world *w, const nex_outcome *outcome) {
    assert_false(w->done);
    w->done = true;
    w->took = (nex_duration)(sim_now(w->sim) - w->began);
    w->status = outcome->status;
    w->error = *outcome->error;
    snprintf(w->error_id, sizeof w->error_id, "%s", outcome->error_id);
    w->not_placed = outcome->not_placed;
    w->answered = outcome->answered;
    w->expected = outcome->expected;
    w->decline_count = outcome->decline_count;
    w->declines[0] = '\0';
    size_t len = 0;
    for (size_t i = 0; i < outcome->decline_count && len < sizeof w->declines; i++) {
        const nex_decline *d = &outcome->declines[i];
        len += (size_t)snprintf(w->declines + len, sizeof w->declines - len, "%s:%s;", d->node_id,
                                d->reason);
    }
}

static bool is_done(void *arg) {
    return ((fake_world *)arg)->done;
}

void fake_wait(fake_world *w) {
    if (!sim_run_until(w->sim, is_done, w, 5 * NEX_MINUTE)) {
        fail_msg("the operation never ended");
    }
}

size_t fake_heard(const fake_world *w, const char *verb) {
    size_t count = 0;
    for (size_t i = 0; i < w->log_count; i++) {
        count += strstr(w->log[i].subject, verb) != NULL;
    }
    return count;
}

const fake_request *fake_request_of(const fake_world *w, const char *verb, size_t n) {
    for (size_t i = 0; i < w->log_count; i++) {
        if (strstr(w->log[i].subject, verb) && n-- == 0) {
            return &w->log[i];
        }
    }
    fail_msg("no request %s", verb);
    return NULL;
}
