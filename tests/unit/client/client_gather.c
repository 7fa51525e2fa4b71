/* How long lists and auctions wait, and for whom. */
#include "fake_nodes.h"

#include <string.h>

#define ONE(id)                                                                                    \
    "[{\"id\":\"" id "\",\"name\":\"n\",\"start_time\":\"2026-01-01T00:00:00Z\","                  \
    "\"runtime\":\"--\",\"workload_type\":\"native\","                                             \
    "\"workload_lifecycle\":\"service\",\"workload_state\":\"running\",\"tags\":null}]"

static char listed[512];

static void on_list(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                    size_t count) {
    listed[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        strcat(listed, workloads[i].summary->id);
        strcat(listed, "@");
        strcat(listed, workloads[i].node_id);
        strcat(listed, " ");
    }
    fake_done(arg, outcome);
}

static void list(fake_world *w) {
    nex_error err;
    fake_begin(w);
    assert_int_equal(nex_client_list(w->client, NULL, on_list, w, NULL, &err), NEX_OK);
    fake_wait(w);
    assert_int_equal(w->status, NEX_OK);
}

static void test_all_counted_nodes(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "WPING", .body = ONE("a"), .nodes = "2", .node_id = "N0"});
    fake_answer(w, 1,
                (fake_rule){.verb = "WPING",
                            .body = ONE("b"),
                            .nodes = "2",
                            .node_id = "N1",
                            .delay = 700 * NEX_MILLISECOND});
    list(w);
    assert_string_equal(listed, "a@N0 b@N1 ");
    assert_true(w->took >= 700 * NEX_MILLISECOND && w->took < 705 * NEX_MILLISECOND);
    assert_int_equal(w->answered, 2);
    assert_int_equal(w->expected, 2);
    fake_world_free(w);
}

static void test_reference_nodes_alone(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0, (fake_rule){.verb = "WPING", .body = ONE("a")});
    fake_answer(w, 1, (fake_rule){.verb = "WPING", .body = "null", .delay = NEX_SECOND});
    list(w);
    assert_string_equal(listed, "a@ ");
    /* Two seconds of silence after the last answer, which came after one. */
    assert_true(w->took >= 3 * NEX_SECOND && w->took < 3 * NEX_SECOND + 5 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_nobody_there(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    list(w);
    assert_string_equal(listed, "");
    assert_true(w->took < 10 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_gone_node_is_not_waited_for(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "WPING", .body = ONE("a"), .nodes = "2", .node_id = "N0"});
    /* What node 0 would tell some time later, told by the other process for it. */
    fake_answer(w, 1,
                (fake_rule){.verb = "WPING",
                            .body = "",
                            .header = NEX_HEADER_GONE,
                            .value = "N9",
                            .delay = 150 * NEX_MILLISECOND});
    list(w);
    assert_string_equal(listed, "a@N0 ");
    assert_true(w->took >= 150 * NEX_MILLISECOND && w->took < 155 * NEX_MILLISECOND);
    assert_int_equal(w->answered, 1);
    assert_int_equal(w->expected, 1);
    fake_world_free(w);
}

static void test_silent_counted_node(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "WPING", .body = ONE("a"), .nodes = "2", .node_id = "N0"});
    list(w);
    assert_true(w->took < 3 * NEX_SECOND);
    assert_int_equal(w->answered, 1);
    assert_int_equal(w->expected, 2);
    fake_world_free(w);
}

static void test_copies_count_once(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(
        w, 0,
        (fake_rule){.verb = "WPING", .body = ONE("a"), .nodes = "2", .node_id = "N0", .copies = 2});
    fake_answer(
        w, 1,
        (fake_rule){
            .verb = "WPING", .body = ONE("b"), .nodes = "2", .node_id = "N1", .delay = NEX_SECOND});
    list(w);
    assert_string_equal(listed, "a@N0 b@N1 ");
    fake_world_free(w);
}

static void test_nodes_of_two_nexuses_add_up(void **state) {
    (void)state;
    fake_world *w = fake_world_new(3, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "WPING",
                            .body = ONE("a"),
                            .nodes = "2",
                            .node_id = "N0",
                            .header = NEX_HEADER_NEXUS,
                            .value = "east"});
    fake_answer(w, 1,
                (fake_rule){.verb = "WPING",
                            .body = ONE("b"),
                            .nodes = "1",
                            .node_id = "N1",
                            .header = NEX_HEADER_NEXUS,
                            .value = "west",
                            .delay = 10 * NEX_MILLISECOND});
    fake_answer(w, 2,
                (fake_rule){.verb = "WPING",
                            .body = ONE("c"),
                            .nodes = "2",
                            .node_id = "N2",
                            .header = NEX_HEADER_NEXUS,
                            .value = "east",
                            .delay = 50 * NEX_MILLISECOND});
    list(w);
    assert_string_equal(listed, "a@N0 b@N1 c@N2 ");
    assert_int_equal(w->expected, 3);
    fake_world_free(w);
}

static void test_a_broken_node_breaks_no_list(void **state) {
    (void)state;
    fake_world *w = fake_world_new(3, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "WPING",
                            .body = ONE("a"),
                            .nodes = "3",
                            .node_id = "N0",
                            .delay = NEX_MILLISECOND});
    fake_answer(w, 1,
                (fake_rule){.verb = "WPING",
                            .body = "{\"error_id\":\"e\",\"error\":\"x\"}",
                            .nodes = "3",
                            .header = "Nats-Service-Error-Code",
                            .value = "500",
                            .header2 = "Nats-Service-Error",
                            .value2 = "no agents"});
    fake_answer(
        w, 2,
        (fake_rule){
            .verb = "WPING", .body = "{\"not\":\"a list\"}", .nodes = "3", .node_id = "N2"});
    list(w);
    assert_string_equal(listed, "a@N0 ");
    assert_int_equal(w->decline_count, 2);
    assert_true(w->took < 10 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_requests_say_what_we_want(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, "east");
    fake_answer(w, 0, (fake_rule){.verb = "WPING", .body = "[]", .nodes = "1", .node_id = "N0"});
    list(w);
    const fake_request *r = fake_request_of(w, "WPING", 0);
    assert_string_equal(r->subject, "$NEX.SVC.default.control.WPING");
    assert_string_equal(r->explain, "1");
    assert_string_equal(r->nexus, "east");
    assert_string_equal(r->body, "{\"filter\":[],\"namespace\":\"default\"}");
    fake_world_free(w);
}

static void never(void *arg, const nex_outcome *outcome, const nex_listed_workload *workloads,
                  size_t count) {
    (void)arg;
    (void)outcome;
    (void)workloads;
    (void)count;
    fail_msg("the callback of a cancelled operation ran");
}

static void test_cancel(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "WPING", .body = "[]", .nodes = "1", .delay = NEX_SECOND});
    nex_client_op *op = NULL;
    nex_error err;
    assert_int_equal(nex_client_list(w->client, NULL, never, w, &op, &err), NEX_OK);
    sim_run_for(w->sim, 10 * NEX_MILLISECOND);
    nex_client_cancel(op);
    assert_int_equal(nex_client_list(w->client, NULL, never, w, NULL, &err), NEX_OK);
    nex_client_free(w->client);
    w->client = NULL;
    sim_run_for(w->sim, NEX_MINUTE);
    assert_int_equal(fake_heard(w, "WPING"), 2); /* what was sent is not taken back */
    fake_world_free(w);
}

static void test_bad_namespace(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    nex_client *client = NULL;
    nex_error err;
    nex_client_options options = {.bus = w->bus, .namespace_ = "a.b"};
    assert_int_equal(nex_client_new(&client, &options, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "\"a.b\""));
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_counted_nodes),
        cmocka_unit_test(test_reference_nodes_alone),
        cmocka_unit_test(test_nobody_there),
        cmocka_unit_test(test_gone_node_is_not_waited_for),
        cmocka_unit_test(test_silent_counted_node),
        cmocka_unit_test(test_copies_count_once),
        cmocka_unit_test(test_nodes_of_two_nexuses_add_up),
        cmocka_unit_test(test_a_broken_node_breaks_no_list),
        cmocka_unit_test(test_requests_say_what_we_want),
        cmocka_unit_test(test_cancel),
        cmocka_unit_test(test_bad_namespace),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
