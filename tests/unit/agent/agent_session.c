/* How a runner comes to serve and what it does when its node forgets it or goes away. */
#include "scripted_node.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define REMOTE                                                                                     \
    (nex_agent_options) {                                                                          \
        .mode = NEX_AGENT_REMOTE                                                                   \
    }

static void test_embedded_registers_and_beats(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start_embedded(n);
    const scripted_msg *m = scripted_msg_of(n, "REGISTER", 0);
    assert_string_equal(m->subject, "$NEX.SVC.NODE1.agent.REGISTER.AGENT1");
    assert_string_equal(m->agent, "AGENT1");
    assert_string_equal(m->boxed, "1");
    nex_register_agent_request *request = NULL;
    assert_int_equal(nex_register_agent_request_decode(&request, m->body, strlen(m->body), NULL),
                     NEX_OK);
    assert_string_equal(request->register_type, "test");
    assert_int_equal(nex_key_public_kind(request->public_xkey), NEX_KEY_CURVE);
    nex_register_agent_request_free(request);
    m = scripted_msg_of(n, "AGENTSTARTED", 0);
    assert_string_equal(m->subject, "$NEX.FEED.NODE1.event.AGENTSTARTED");
    assert_non_null(strstr(m->body, "\"id\":\"AGENT1\""));
    assert_int_equal(scripted_heard(n, "HEARTBEAT"), 1);
    nex_agent_heartbeat *beat = NULL;
    m = scripted_msg_of(n, "HEARTBEAT", 0);
    assert_int_equal(nex_agent_heartbeat_decode(&beat, m->body, strlen(m->body), NULL), NEX_OK);
    assert_string_equal(beat->summary->name, "test_agent");
    assert_string_equal(beat->summary->supported_lifecycles, "job,service");
    assert_string_equal(beat->summary->state, "running");
    nex_agent_heartbeat_free(beat);
    scripted_run(n, 30 * NEX_SECOND);
    assert_int_equal(scripted_heard(n, "HEARTBEAT"), 4);
    assert_int_equal(scripted_heard(n, "REGISTER"), 1);
    nex_agent_stop(n->runner, "enough");
    scripted_run(n, NEX_MINUTE);
    assert_int_equal(scripted_heard(n, "HEARTBEAT"), 4);
    assert_non_null(strstr(scripted_msg_of(n, "AGENTSTOPPED", 0)->body, "\"reason\":\"enough\""));
    scripted_ask(n, "$NEX.SVC.NODE1.agent.AGENT1.PING", "");
    assert_int_equal(n->status, NEX_EUNREACHABLE);
    scripted_node_free(n);
}

static void test_remote_enrols_first(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start(n, REMOTE);
    assert_true(nex_agent_is_registered(n->runner));
    assert_string_equal(nex_agent_id(n->runner), "AGENT1");
    assert_string_equal(nex_agent_node_id(n->runner), "NODE1");
    assert_string_equal(scripted_msg_of(n, "RREGISTER", 0)->agent, "");
    assert_string_equal(scripted_msg_of(n, "REGISTER.AGENT1", 0)->agent, "AGENT1");
    scripted_node_free(n);
}

static void test_remote_says_who_it_was(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    nex_agent_options options = REMOTE;
    options.agent_id = "FORMER";
    scripted_start(n, options);
    assert_string_equal(scripted_msg_of(n, "RREGISTER", 0)->agent, "FORMER");
    scripted_node_free(n);
}

/* What is wrong with the answer is tried again, with pauses that grow to five seconds. */
static void expect_retries(scripted_node *n) {
    nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED};
    scripted_start(n, options);
    scripted_run(n, NEX_MINUTE);
    assert_false(nex_agent_is_registered(n->runner));
    size_t count = scripted_heard(n, "REGISTER");
    assert_in_range(count, 10, 20);
    uint64_t first = scripted_msg_of(n, "REGISTER", 1)->at - scripted_msg_of(n, "REGISTER", 0)->at;
    uint64_t last = scripted_msg_of(n, "REGISTER", count - 1)->at -
                    scripted_msg_of(n, "REGISTER", count - 2)->at;
    assert_in_range(first, 250 * NEX_MILLISECOND, 310 * NEX_MILLISECOND);
    assert_in_range(last, 5 * NEX_SECOND, 6010 * NEX_MILLISECOND);
    n->refusal = NULL;
    n->garbage = NULL;
    scripted_run(n, 7 * NEX_SECOND);
    assert_true(nex_agent_is_registered(n->runner));
    scripted_node_free(n);
}

static void test_a_refusal_is_not_the_end(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    n->refusal = "not today";
    expect_retries(n);
}

static void test_a_malformed_answer_is_not_the_end(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    n->garbage = "{\"success\":[]}";
    expect_retries(n);
}

static void test_a_silent_node_is_asked_again(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    n->silent = 2;
    nex_agent_options options = {.mode = NEX_AGENT_EMBEDDED};
    scripted_start(n, options);
    assert_false(nex_agent_is_registered(n->runner));
    scripted_run(n, 12 * NEX_SECOND);
    assert_true(nex_agent_is_registered(n->runner));
    assert_int_equal(scripted_heard(n, "REGISTER"), 3);
    scripted_node_free(n);
}

#define STATE(id)                                                                                  \
    "\"" id "\":{\"request\":{\"name\":\"" id "\",\"namespace\":\"default\",\"description\":\"\"," \
    "\"workload_type\":\"test\",\"workload_lifecycle\":\"service\",\"run_request\":\"{}\","        \
    "\"tags\":{}},\"workload_creds\":" SCRIPTED_CREDS "}"

static void test_existing_state_is_replayed(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    n->existing = "{" STATE("w1") "," STATE("w2") "}";
    scripted_start_embedded(n);
    assert_int_equal(n->self->count, 2);
    assert_true(test_agent_has(n->self, "w1"));
    assert_true(test_agent_has(n->self, "w2"));
    /* Once more, after the node forgot it: nothing runs twice. */
    n->forgotten = true;
    scripted_run(n, 20 * NEX_SECOND);
    assert_int_equal(scripted_heard(n, "REGISTER"), 2);
    assert_int_equal(n->self->count, 2);
    assert_int_equal(n->self->duplicate_runs, 0);
    scripted_node_free(n);
}

static void test_a_node_that_forgot_it_says_so(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start(n, REMOTE);
    n->forgotten = true;
    scripted_run(n, 11 * NEX_SECOND);
    assert_int_equal(scripted_heard(n, "REGISTER.AGENT1"), 2);
    assert_int_equal(scripted_heard(n, "RREGISTER"), 1);
    assert_true(nex_agent_is_registered(n->runner));
    scripted_node_free(n);
}

static void test_a_node_that_says_it_started_gets_a_registration_at_once(void **state) {
    (void)state;
    static const char *const subjects[] = {"$NEX.FEED.NODE1.event.NODESTARTED",
                                           "$NEX.FEED.NODE1.events.NODESTARTED"};
    for (size_t i = 0; i < 2; i++) {
        scripted_node *n = scripted_node_new();
        scripted_start(n, REMOTE);
        scripted_publish(n, "$NEX.FEED.OTHER.event.NODESTARTED", "{}");
        scripted_run(n, NEX_SECOND / 2);
        assert_int_equal(scripted_heard(n, "REGISTER.AGENT1"), 1);
        scripted_publish(n, subjects[i], "{}");
        scripted_run(n, NEX_SECOND / 2);
        assert_int_equal(scripted_heard(n, "REGISTER.AGENT1"), 2);
        assert_true(nex_agent_is_registered(n->runner));
        scripted_node_free(n);
    }
}

static void test_heartbeats_that_nobody_hears_tell_that_the_node_went(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start(n, REMOTE);
    scripted_listen(n, false);
    scripted_run(n, 11 * NEX_SECOND);
    assert_false(nex_agent_is_registered(n->runner));
    scripted_listen(n, true);
    scripted_run(n, 7 * NEX_SECOND);
    assert_true(nex_agent_is_registered(n->runner));
    assert_string_equal(nex_agent_id(n->runner), "AGENT1");
    scripted_node_free(n);
}

static void test_a_lost_network_is_survived(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    scripted_start(n, REMOTE);
    sim_process_cut(n->agent_process, true);
    scripted_run(n, 5 * NEX_MINUTE);
    sim_process_cut(n->agent_process, false);
    scripted_run(n, 30 * NEX_SECOND);
    assert_true(nex_agent_is_registered(n->runner));
    scripted_ask(n, "$NEX.SVC.NODE1.agent.AGENT1.PING", "");
    assert_int_equal(n->status, NEX_OK);
    scripted_node_free(n);
}

static void test_options_are_checked(void **state) {
    (void)state;
    scripted_node *n = scripted_node_new();
    nex_agent *agent = NULL;
    nex_error err;
    nex_agent_options options = {.mode = NEX_AGENT_REMOTE};
    assert_int_equal(nex_agent_new(&agent, &n->ops, n->self, &options, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "loop"));
    options.loop = n->loop;
    options.mode = NEX_AGENT_EMBEDDED;
    assert_int_equal(nex_agent_new(&agent, &n->ops, n->self, &options, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "bus"));
    options.mode = NEX_AGENT_LOCAL;
    assert_int_equal(nex_agent_new(&agent, &n->ops, n->self, &options, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "node_id"));
    options.mode = NEX_AGENT_REMOTE;
    options.xkey_seed = "SUAM";
    assert_int_not_equal(nex_agent_new(&agent, &n->ops, n->self, &options, &err), NEX_OK);
    assert_null(strstr(err.message, "SUAM"));
    options.xkey_seed = NULL;
    n->ops.query_workloads = NULL;
    assert_int_equal(nex_agent_new(&agent, &n->ops, n->self, &options, &err), NEX_EINVAL);
    assert_null(agent);
    scripted_node_free(n);
}

static void test_environment_of_a_local_agent(void **state) {
    (void)state;
    nex_agent_options options;
    nex_error err;
    unsetenv("NEX_AGENT_NODE_ID");
    assert_int_equal(nex_agent_options_from_env(&options, &err), NEX_ENOTFOUND);
    assert_non_null(strstr(err.message, "NEX_AGENT_NODE_ID"));
    setenv("NEX_AGENT_NODE_ID", "NODE1", 1);
    setenv("NEX_AGENT_ASSIGNED_ID", "AGENT1", 1);
    setenv("NEX_AGENT_NATS_SERVERS", "nats://a:1,nats://b:2", 1);
    setenv("NEX_AGENT_NATS_USER_SEED", "", 1);
    setenv("NEX_AGENT_NATS_B64_JWT", "not base64!", 1);
    assert_int_equal(nex_agent_options_from_env(&options, &err), NEX_EINVAL);
    setenv("NEX_AGENT_NATS_B64_JWT", "and0", 1);
    setenv("NEX_AGENT_NATS_TLS_CA", "/ca.pem", 1);
    setenv("NEX_AGENT_NATS_TLS_FIRST", "1", 1);
    assert_int_equal(nex_agent_options_from_env(&options, &err), NEX_OK);
    assert_int_equal(options.mode, NEX_AGENT_LOCAL);
    assert_string_equal(options.node_id, "NODE1");
    assert_string_equal(options.agent_id, "AGENT1");
    assert_int_equal(options.connection.server_count, 2);
    assert_string_equal(options.connection.servers[1], "nats://b:2");
    assert_string_equal(options.connection.jwt, "jwt");
    assert_null(options.connection.nkey_seed);
    assert_string_equal(options.connection.tls_ca, "/ca.pem");
    assert_null(options.connection.tls_cert);
    assert_true(options.connection.tls_first);
    nex_agent_options_free(&options);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_embedded_registers_and_beats),
        cmocka_unit_test(test_remote_enrols_first),
        cmocka_unit_test(test_remote_says_who_it_was),
        cmocka_unit_test(test_a_refusal_is_not_the_end),
        cmocka_unit_test(test_a_malformed_answer_is_not_the_end),
        cmocka_unit_test(test_a_silent_node_is_asked_again),
        cmocka_unit_test(test_existing_state_is_replayed),
        cmocka_unit_test(test_a_node_that_forgot_it_says_so),
        cmocka_unit_test(test_a_node_that_says_it_started_gets_a_registration_at_once),
        cmocka_unit_test(test_heartbeats_that_nobody_hears_tell_that_the_node_went),
        cmocka_unit_test(test_a_lost_network_is_survived),
        cmocka_unit_test(test_options_are_checked),
        cmocka_unit_test(test_environment_of_a_local_agent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
