/* Stops: who says that it stopped it, how long one waits for that, and where it is looked for. */
#include "fake_nodes.h"

#include <string.h>

#define STOPPED "{\"id\":\"w1\",\"message\":\"\",\"stopped\":true,\"workload_type\":\"native\"}"
#define NOT_FOUND                                                                                  \
    "{\"id\":\"w1\",\"message\":\"workload not found\",\"stopped\":false,\"workload_type\":\"\"}"

static bool has_response;

static void on_stop(void *arg, const nex_outcome *outcome,
                    const nex_stop_workload_response *response) {
    has_response = response != NULL;
    if (response) {
        assert_true(response->stopped);
        assert_string_equal(response->id, "w1");
    }
    fake_done(arg, outcome);
}

static void stop(fake_world *w) {
    nex_error err;
    fake_begin(w);
    assert_int_equal(nex_client_stop(w->client, "w1", on_stop, w, NULL, &err), NEX_OK);
    fake_wait(w);
    assert_int_equal(has_response, w->status == NEX_OK);
}

static void test_first_that_stopped_it(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "UNDEPLOY", .body = STOPPED, .delay = 20 * NEX_MILLISECOND});
    stop(w);
    assert_int_equal(w->status, NEX_OK);
    assert_true(w->took < 25 * NEX_MILLISECOND);
    assert_string_equal(fake_request_of(w, "UNDEPLOY", 0)->subject,
                        "$NEX.SVC.default.control.UNDEPLOY.w1");
    assert_string_equal(fake_request_of(w, "UNDEPLOY", 0)->body, "{\"namespace\":\"default\"}");
    fake_world_free(w);
}

static void test_grace_of_the_workload(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "UNDEPLOY", .body = NOT_FOUND, .nodes = "2", .node_id = "N0"});
    fake_answer(w, 1,
                (fake_rule){.verb = "UNDEPLOY",
                            .body = STOPPED,
                            .nodes = "2",
                            .node_id = "N1",
                            .delay = 8 * NEX_SECOND});
    stop(w);
    assert_int_equal(w->status, NEX_OK);
    fake_world_free(w);
}

static void test_nobody_has_it(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    for (size_t i = 0; i < 2; i++) {
        fake_answer(
            w, i,
            (fake_rule){
                .verb = "UNDEPLOY", .body = NOT_FOUND, .nodes = "2", .node_id = i ? "N1" : "N0"});
    }
    stop(w);
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_string_equal(w->error.message, "workload w1 not found");
    assert_true(w->took < 10 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_no_node(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    stop(w);
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_true(w->took < 10 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_agent_that_fails(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "UNDEPLOY",
                            .body = NOT_FOUND,
                            .nodes = "1",
                            .header = "Nats-Service-Error-Code",
                            .value = "100",
                            .header2 = "Nats-Service-Error",
                            .value2 = "will not die"});
    stop(w);
    assert_int_equal(w->status, NEX_EREFUSED);
    assert_non_null(strstr(w->error.message, "will not die"));
    fake_world_free(w);
}

#define LISTED(ns)                                                                                 \
    "[{\"id\":\"w1\",\"name\":\"n\",\"namespace\":\"" ns                                           \
    "\",\"start_time\":\"\",\"runtime\":\"--\","                                                   \
    "\"workload_type\":\"native\",\"workload_lifecycle\":\"service\","                             \
    "\"workload_state\":\"running\",\"tags\":{}}]"

static void test_system_finds_the_namespace(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, "system", NULL);
    fake_answer(w, 0, (fake_rule){.verb = "WPING", .body = LISTED("shop"), .nodes = "1"});
    fake_answer(w, 0, (fake_rule){.verb = "UNDEPLOY", .body = STOPPED, .nodes = "1"});
    stop(w);
    assert_int_equal(w->status, NEX_OK);
    assert_string_equal(fake_request_of(w, "UNDEPLOY", 0)->subject,
                        "$NEX.SVC.shop.control.UNDEPLOY.w1");
    assert_string_equal(fake_request_of(w, "UNDEPLOY", 0)->body, "{\"namespace\":\"shop\"}");
    assert_string_equal(fake_request_of(w, "WPING", 0)->body,
                        "{\"filter\":[\"w1\"],\"namespace\":\"system\"}");
    fake_world_free(w);
}

static void test_system_and_two_namespaces(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, "system", NULL);
    fake_answer(
        w, 0, (fake_rule){.verb = "WPING", .body = LISTED("shop"), .nodes = "2", .node_id = "N0"});
    fake_answer(
        w, 1, (fake_rule){.verb = "WPING", .body = LISTED("other"), .nodes = "2", .node_id = "N1"});
    stop(w);
    assert_int_equal(w->status, NEX_EINVAL);
    assert_int_equal(fake_heard(w, "UNDEPLOY"), 0);
    fake_world_free(w);
}

static void test_bad_id(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    nex_error err;
    assert_int_equal(nex_client_stop(w->client, "a.>", on_stop, w, NULL, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "workload id"));
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_first_that_stopped_it),
        cmocka_unit_test(test_grace_of_the_workload),
        cmocka_unit_test(test_nobody_has_it),
        cmocka_unit_test(test_no_node),
        cmocka_unit_test(test_agent_that_fails),
        cmocka_unit_test(test_system_finds_the_namespace),
        cmocka_unit_test(test_system_and_two_namespaces),
        cmocka_unit_test(test_bad_id),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
