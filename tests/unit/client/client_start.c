/* Auctions and starts: which bid is taken, what is sent to it, and what is told when none will. */
#include "fake_nodes.h"

#include <jansson.h>
#include <nex/keys.h>
#include <stdlib.h>
#include <string.h>

static nex_start_workload_request request(void) {
    static char name[] = "api", type[] = "native", run[] = "{\"uri\":\"file:///bin/api\"}";
    return (nex_start_workload_request){.name = name,
                                        .workload_type = type,
                                        .workload_lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                        .run_request = run};
}

static char started_id[64], started_node[64], started_ns[64];

static void on_start(void *arg, const nex_outcome *outcome, const nex_started *started) {
    strcpy(started_id, started->id);
    strcpy(started_node, started->node_id);
    strcpy(started_ns, started->namespace_);
    fake_done(arg, outcome);
}

static void start(fake_world *w, const nex_start_options *options) {
    nex_error err;
    fake_begin(w);
    if (nex_client_start(w->client, options, on_start, w, NULL, &err) != NEX_OK) {
        fail_msg("%s", err.message);
    }
    fake_wait(w);
}

static void bid(fake_world *w, size_t node, const char *body, const char *nodes,
                const char *node_id) {
    fake_answer(w, node,
                (fake_rule){.verb = "AUCTION", .body = body, .nodes = nodes, .node_id = node_id});
}

static void test_start(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "1", "N0");
    fake_answer(w, 0, (fake_rule){.verb = "ADEPLOY", .body = "{\"id\":\"w1\",\"name\":\"api\"}"});
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_OK);
    assert_string_equal(started_id, "w1");
    assert_string_equal(started_node, "N0");
    assert_string_equal(started_ns, "default");
    assert_true(w->took < 10 * NEX_MILLISECOND);
    const fake_request *auction = fake_request_of(w, "AUCTION", 0);
    assert_non_null(strstr(auction->body, "\"lifecycle\":\"service\""));
    assert_non_null(strstr(auction->body, "\"agent_type\":\"native\""));
    const fake_request *deploy = fake_request_of(w, "ADEPLOY", 0);
    assert_string_equal(deploy->subject, "$NEX.SVC.default.control.ADEPLOY.b1");
    assert_non_null(strstr(deploy->body, "\"namespace\":\"default\""));
    assert_string_equal(deploy->explain, "1");
    fake_world_free(w);
}

static void test_nobody_says_why(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "AUCTION",
                            .body = "",
                            .nodes = "2",
                            .node_id = "N0",
                            .header = NEX_HEADER_DECLINE,
                            .value = "type",
                            .header2 = NEX_HEADER_DECLINE_DETAIL,
                            .value2 = "it has wasm"});
    /* A bid of an agent that runs other lifecycles, as nodes of the reference make it. */
    bid(w, 1,
        "{\"bidder_id\":\"b2\",\"xkey\":\"\",\"start_request_schema\":\"{}\","
        "\"supported_lifecycles\":[\"job\"]}",
        "2", "N1");
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_true(w->not_placed);
    assert_int_equal(w->decline_count, 2);
    assert_non_null(strstr(w->declines, "N0:type;"));
    assert_non_null(strstr(w->declines, "N1:lifecycle;"));
    assert_true(w->took < 10 * NEX_MILLISECOND);
    assert_int_equal(fake_heard(w, "ADEPLOY"), 0);
    fake_world_free(w);
}

static void test_no_node(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_true(w->not_placed);
    assert_true(w->took < 10 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_silent_reference_node(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_true(w->took <= 2 * NEX_SECOND + 5 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_next_bid_after_a_failure(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "2", "N0");
    bid(w, 1, FAKE_BID("b2"), "2", "N1");
    for (size_t i = 0; i < 2; i++) { /* whichever is drawn first fails, by error or silence */
        fake_answer(w, i,
                    (fake_rule){.verb = "ADEPLOY.b1",
                                .body = i == 0 ? "" : NULL,
                                .header = "Nats-Service-Error-Code",
                                .value = "404",
                                .header2 = "Nats-Service-Error",
                                .value2 = "bid is used"});
        fake_answer(w, i,
                    (fake_rule){.verb = "ADEPLOY.b2",
                                .body = i == 1 ? "{\"id\":\"w2\",\"name\":\"api\"}" : NULL});
    }
    nex_start_workload_request r = request();
    for (int run = 0; run < 8; run++) { /* enough for both orders to be drawn */
        start(w, &(nex_start_options){.request = &r});
        assert_int_equal(w->status, NEX_OK);
        assert_string_equal(started_id, "w2");
        assert_string_equal(started_node, "N1");
    }
    assert_true(fake_heard(w, "ADEPLOY.b1") > 0);
    assert_int_equal(fake_heard(w, "ADEPLOY.b2"), 8);
    fake_world_free(w);
}

static void test_unanswered_deploy(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "1", "N0");
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_ETIMEOUT);
    assert_non_null(strstr(w->error.message, "may have started"));
    assert_string_equal(w->declines, "N0:error;");
    assert_true(w->took >= 7 * NEX_SECOND && w->took < 8 * NEX_SECOND);
    const fake_request *call_off = fake_request_of(w, "UNDEPLOY", 0);
    assert_string_equal(call_off->subject, "$NEX.SVC.default.control.UNDEPLOY.b1");
    assert_string_equal(call_off->body, "{\"namespace\":\"default\"}");
    fake_world_free(w);
}

#define NOT_FOUND                                                                                  \
    "{\"id\":\"b1\",\"message\":\"workload not found\",\"stopped\":false,\"workload_type\":\"\"}"

/* Only the node of the bid can tell, whatever others say. */
static void test_unanswered_deploy_is_called_off(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "2", "N0");
    bid(w, 1, FAKE_BID("b2"), "2", "N1");
    fake_answer(w, 0,
                (fake_rule){.verb = "UNDEPLOY.b1",
                            .body = NOT_FOUND,
                            .nodes = "2",
                            .node_id = "N0",
                            .delay = 500 * NEX_MILLISECOND});
    fake_answer(w, 1,
                (fake_rule){.verb = "UNDEPLOY", .body = NOT_FOUND, .nodes = "2", .node_id = "N1"});
    fake_answer(w, 1,
                (fake_rule){.verb = "ADEPLOY.b2", .body = "{\"id\":\"w2\",\"name\":\"api\"}"});
    nex_start_workload_request r = request();
    size_t called_off = 0;
    for (int run = 0; run < 8; run++) { /* enough for both orders to be drawn */
        start(w, &(nex_start_options){.request = &r});
        assert_int_equal(w->status, NEX_OK);
        assert_string_equal(started_id, "w2");
        size_t heard = fake_heard(w, "UNDEPLOY.b1");
        if (heard > called_off) {
            assert_true(w->took >= 5500 * NEX_MILLISECOND && w->took < 5600 * NEX_MILLISECOND);
        }
        called_off = heard;
    }
    assert_true(called_off > 0);
    assert_int_equal(fake_heard(w, "ADEPLOY.b1"), called_off);
    fake_world_free(w);
}

static void test_called_off_says_so(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "1", "N0");
    fake_answer(w, 0, (fake_rule){.verb = "UNDEPLOY", .body = NOT_FOUND, .node_id = "N0"});
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_ETIMEOUT);
    assert_non_null(strstr(w->error.message, "was called off"));
    fake_world_free(w);
}

/* A node of the reference takes no such request, and would only be asked in vain. */
static void test_reference_node_is_not_called_off(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), NULL, NULL);
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_ETIMEOUT);
    assert_non_null(strstr(w->error.message, "may have started"));
    assert_int_equal(fake_heard(w, "UNDEPLOY"), 0);
    fake_world_free(w);
}

/* The last bid is waited for as long as its node says that it is at it; another one is not. */
static void test_progress(void **state) {
    (void)state;
    fake_world *w = fake_world_new(3, NULL, NULL);
    for (size_t i = 0; i < 3; i++) {
        fake_answer(w, i,
                    (fake_rule){.verb = "ADEPLOY.b1",
                                .body = i < 2 ? "" : "{\"id\":\"w1\",\"name\":\"api\"}",
                                .delay = (4 * (nex_duration)i + 4) * NEX_SECOND,
                                .header = i < 2 ? NEX_HEADER_PROGRESS : NULL,
                                .value = "1"});
    }
    bid(w, 0, FAKE_BID("b1"), "3", "N0");
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_OK);
    assert_string_equal(started_id, "w1");
    assert_int_equal(fake_heard(w, "ADEPLOY"), 1);
    assert_int_equal(fake_heard(w, "UNDEPLOY"), 0);
    bid(w, 1, FAKE_BID("b2"), "3", "N1");
    fake_answer(w, 1,
                (fake_rule){.verb = "ADEPLOY.b2", .body = "{\"id\":\"w2\",\"name\":\"api\"}"});
    for (int run = 0; run < 8; run++) {
        start(w, &(nex_start_options){.request = &r});
        assert_int_equal(w->status, NEX_OK);
        assert_string_equal(started_id, "w2");
    }
    assert_true(fake_heard(w, "ADEPLOY.b1") > 1);
    fake_world_free(w);
}

static nex_status refuse_all(void *arg, const nex_bid *b, nex_error *err) {
    (*(int *)arg)++;
    assert_string_equal(b->response->start_request_schema, "{}");
    return nex_error_set(err, NEX_EINVAL, "does not fit");
}

static void test_refused_bids_get_nothing(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "2", "N0");
    bid(w, 1, FAKE_BID("b2"), "2", "N1");
    nex_start_workload_request r = request();
    int asked = 0;
    start(w, &(nex_start_options){.request = &r, .accept = refuse_all, .accept_arg = &asked});
    assert_int_equal(w->status, NEX_EINVAL);
    assert_string_equal(w->error.message, "does not fit");
    assert_int_equal(asked, 2);
    assert_int_equal(fake_heard(w, "ADEPLOY"), 0);
    fake_world_free(w);
}

static void test_error_id(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "1", "N0");
    fake_answer(w, 0,
                (fake_rule){.verb = "ADEPLOY",
                            .header = "Nats-Service-Error-Code",
                            .value = "400",
                            .header2 = "Nats-Service-Error",
                            .value2 = "failed to validate run request",
                            .body = "{\"error_id\":\"E1\",\"error\":\"no uri\"}"});
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_EINVAL);
    assert_string_equal(w->error.message, "failed to validate run request: no uri");
    assert_string_equal(w->error_id, "E1");
    fake_world_free(w);
}

static void test_only_that_node(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0, (fake_rule){.verb = "INFO.N1", .body = NULL});
    fake_answer(w, 1,
                (fake_rule){.verb = "INFO.N1",
                            .body = "{\"node_id\":\"N1\",\"version\":\"1\",\"uptime\":\"1s\","
                                    "\"xkey\":\"\",\"tags\":{\"nex.node\":\"beta\"}}"});
    bid(w, 0, FAKE_BID("b1"), "2", "N0");
    bid(w, 1, FAKE_BID("b2"), "2", "N1");
    fake_answer(w, 1,
                (fake_rule){.verb = "ADEPLOY.b2", .body = "{\"id\":\"w2\",\"name\":\"api\"}"});
    fake_answer(w, 0, (fake_rule){.verb = "ADEPLOY", .body = NULL});
    nex_start_workload_request r = request();
    for (int run = 0; run < 6; run++) {
        start(w, &(nex_start_options){.request = &r, .node_id = "N1"});
        assert_int_equal(w->status, NEX_OK);
        assert_string_equal(started_node, "N1");
    }
    assert_non_null(strstr(fake_request_of(w, "AUCTION", 0)->body, "\"nex.node\":\"beta\""));
    fake_world_free(w);
}

static void test_unknown_node(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    nex_start_workload_request r = request();
    start(w, &(nex_start_options){.request = &r, .node_id = "N7"});
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_non_null(strstr(w->error.message, "node N7"));
    fake_world_free(w);
}

/* The environment of a start request, taken from what was sent to the node. */
static json_t *sent_request(const fake_world *w) {
    json_t *deploy = json_loads(fake_request_of(w, "ADEPLOY", 0)->body, 0, NULL);
    json_t *run = json_loads(json_string_value(json_object_get(deploy, "run_request")), 0, NULL);
    json_decref(deploy);
    assert_non_null(run);
    return run;
}

static void test_environment_is_sealed(void **state) {
    (void)state;
    nex_key *agent = NULL;
    nex_error err;
    assert_int_equal(nex_key_generate(&agent, NEX_KEY_CURVE, &err), NEX_OK);
    nex_buf offer = NEX_BUF_INIT;
    assert_int_equal(nex_buf_printf(&offer,
                                    "{\"bidder_id\":\"b1\",\"xkey\":\"%s\","
                                    "\"start_request_schema\":\"{}\","
                                    "\"supported_lifecycles\":[\"service\"]}",
                                    nex_key_public(agent)),
                     NEX_OK);
    fake_world *w = fake_world_new(1, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "AUCTION",
                            .body = offer.data,
                            .nodes = "1",
                            .header = NEX_HEADER_BOXED_ENV,
                            .value = "1"});
    fake_answer(w, 0, (fake_rule){.verb = "ADEPLOY", .body = "{\"id\":\"w1\",\"name\":\"api\"}"});
    nex_start_workload_request r = request();
    static char run[] = "{\"uri\":\"x\",\"environment\":{\"TOKEN\":\"planted\"}}";
    r.run_request = run;
    start(w, &(nex_start_options){.request = &r});
    assert_int_equal(w->status, NEX_OK);
    assert_null(strstr(fake_request_of(w, "ADEPLOY", 0)->body, "planted"));
    json_t *sent = sent_request(w);
    assert_string_equal(json_string_value(json_object_get(sent, "uri")), "x");
    const json_t *env = json_object_get(sent, "environment");
    const char *by = json_string_value(json_object_get(env, "encrypted_by"));
    const char *text = json_string_value(json_object_get(env, "base64_encrypted_env"));
    nex_buf box = NEX_BUF_INIT, plain = NEX_BUF_INIT;
    assert_int_equal(nex_base64_decode(text, strlen(text), &box, &err), NEX_OK);
    assert_int_equal(nex_box_open(agent, by, box.data, box.len, &plain, &err), NEX_OK);
    assert_string_equal(plain.data, "{\"TOKEN\":\"planted\"}");
    nex_buf_free(&box);
    nex_buf_free(&plain);
    json_decref(sent);
    fake_world_free(w);
    nex_buf_free(&offer);
    nex_key_free(agent);
}

static void test_environment_is_plain_for_others(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    bid(w, 0, FAKE_BID("b1"), "1", "N0");
    fake_answer(w, 0, (fake_rule){.verb = "ADEPLOY", .body = "{\"id\":\"w1\",\"name\":\"api\"}"});
    nex_start_workload_request r = request();
    static char run[] = "{\"uri\":\"x\",\"environment\":{\"A\":\"b\"}}";
    r.run_request = run;
    start(w, &(nex_start_options){.request = &r});
    json_t *sent = sent_request(w);
    assert_string_equal(
        json_string_value(json_object_get(json_object_get(sent, "environment"), "A")), "b");
    json_decref(sent);
    fake_world_free(w);
}

static void test_incomplete_request(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    nex_start_workload_request r = request();
    r.run_request = NULL;
    nex_error err;
    assert_int_equal(
        nex_client_start(w->client, &(nex_start_options){.request = &r}, on_start, w, NULL, &err),
        NEX_EINVAL);
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_start),
        cmocka_unit_test(test_nobody_says_why),
        cmocka_unit_test(test_no_node),
        cmocka_unit_test(test_silent_reference_node),
        cmocka_unit_test(test_next_bid_after_a_failure),
        cmocka_unit_test(test_unanswered_deploy),
        cmocka_unit_test(test_unanswered_deploy_is_called_off),
        cmocka_unit_test(test_called_off_says_so),
        cmocka_unit_test(test_reference_node_is_not_called_off),
        cmocka_unit_test(test_progress),
        cmocka_unit_test(test_refused_bids_get_nothing),
        cmocka_unit_test(test_error_id),
        cmocka_unit_test(test_only_that_node),
        cmocka_unit_test(test_unknown_node),
        cmocka_unit_test(test_environment_is_sealed),
        cmocka_unit_test(test_environment_is_plain_for_others),
        cmocka_unit_test(test_incomplete_request),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
