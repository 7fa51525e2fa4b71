/* Nodes: listed, asked, drained one by one or by tag. */
#include "fake_nodes.h"

#include <string.h>

#define PONG(id)                                                                                   \
    "{\"node_id\":\"" id "\",\"version\":\"1\",\"start_time\":\"2026-01-01T00:00:00Z\","           \
    "\"xkey\":\"\",\"tags\":{},\"state\":\"running\",\"agent_count\":1}"

static size_t counted;
static char results[256];

static void on_nodes(void *arg, const nex_outcome *outcome,
                     const nex_node_ping_response *const *nodes, size_t count) {
    counted = count;
    results[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        strcat(results, nodes[i]->node_id);
        strcat(results, " ");
    }
    fake_done(arg, outcome);
}

static void test_list_with_a_filter(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "PING",
                            .body = "",
                            .nodes = "2",
                            .node_id = "N0",
                            .header = NEX_HEADER_DECLINE,
                            .value = "tags"});
    fake_answer(w, 1,
                (fake_rule){.verb = "PING", .body = PONG("N1"), .nodes = "2", .node_id = "N1"});
    char key[] = "region", value[] = "lab";
    nex_string_entry entry = {key, value};
    nex_string_map filter = {&entry, 1};
    nex_error err;
    fake_begin(w);
    assert_int_equal(nex_client_list_nodes(w->client, &filter, on_nodes, w, NULL, &err), NEX_OK);
    fake_wait(w);
    assert_int_equal(w->status, NEX_OK);
    assert_string_equal(results, "N1 ");
    assert_true(w->took < 10 * NEX_MILLISECOND);
    assert_string_equal(fake_request_of(w, "PING", 0)->body, "{\"filter\":{\"region\":\"lab\"}}");
    fake_world_free(w);
}

static void on_ping(void *arg, const nex_outcome *outcome, const nex_node_ping_response *node) {
    counted = node != NULL;
    fake_done(arg, outcome);
}

static void test_ping(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    fake_answer(w, 0, (fake_rule){.verb = "PING.N0", .body = PONG("N0")});
    nex_error err;
    fake_begin(w);
    assert_int_equal(nex_client_ping(w->client, "N0", on_ping, w, NULL, &err), NEX_OK);
    fake_wait(w);
    assert_int_equal(w->status, NEX_OK);
    assert_int_equal(counted, 1);
    fake_world_free(w);
}

static void on_info(void *arg, const nex_outcome *outcome, const nex_node_info_response *info) {
    counted = info != NULL;
    fake_done(arg, outcome);
}

static void test_info_of_nobody(void **state) {
    (void)state;
    fake_world *w = fake_world_new(0, NULL, NULL);
    nex_error err;
    fake_begin(w);
    assert_int_equal(nex_client_node_info(w->client, "N5", on_info, w, NULL, &err), NEX_OK);
    fake_wait(w);
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_string_equal(w->error.message, "node N5 not found");
    assert_int_equal(counted, 0);
    fake_world_free(w);
}

static void on_drained(void *arg, const nex_outcome *outcome, const nex_lameduck_result *list,
                       size_t count) {
    counted = count;
    results[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        strcat(results, list[i].node_id);
        strcat(results, list[i].status == NEX_OK ? "+ " : "- ");
    }
    fake_done(arg, outcome);
}

static void drain(fake_world *w, const nex_lameduck_options *options) {
    nex_error err;
    fake_begin(w);
    assert_int_equal(nex_client_lameduck(w->client, options, on_drained, w, NULL, &err), NEX_OK);
    fake_wait(w);
}

static void test_lameduck_of_one(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "LAMEDUCK.N0", .body = "{\"success\":true,\"message\":\"\"}"});
    drain(w, &(nex_lameduck_options){.node_id = "N0", .delay = 90 * NEX_SECOND});
    assert_int_equal(w->status, NEX_OK);
    assert_string_equal(results, "N0+ ");
    assert_string_equal(fake_request_of(w, "LAMEDUCK", 0)->body, "{\"delay\":\"1m30s\"}");
    fake_world_free(w);
}

static void test_lameduck_by_tag(void **state) {
    (void)state;
    fake_world *w = fake_world_new(2, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = ".PING", .body = PONG("N0"), .nodes = "2", .node_id = "N0"});
    fake_answer(w, 1,
                (fake_rule){.verb = ".PING",
                            .body = PONG("N1"),
                            .nodes = "2",
                            .node_id = "N1",
                            .delay = NEX_MILLISECOND});
    fake_answer(w, 0,
                (fake_rule){.verb = "LAMEDUCK.N0", .body = "{\"success\":true,\"message\":\"\"}"});
    fake_answer(
        w, 1,
        (fake_rule){.verb = "LAMEDUCK.N1", .body = "{\"success\":false,\"message\":\"busy\"}"});
    char key[] = "region", value[] = "lab";
    nex_string_entry entry = {key, value};
    nex_string_map tag = {&entry, 1};
    drain(w, &(nex_lameduck_options){.tag = &tag, .delay = NEX_SECOND});
    assert_int_equal(w->status, NEX_EREFUSED);
    assert_string_equal(results, "N0+ N1- ");
    assert_non_null(strstr(w->error.message, "N1: busy"));
    fake_world_free(w);
}

static void test_lameduck_of_an_unmatched_tag(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = ".PING",
                            .body = "",
                            .nodes = "1",
                            .node_id = "N0",
                            .header = NEX_HEADER_DECLINE,
                            .value = "tags"});
    char key[] = "zone", value[] = "mars";
    nex_string_entry entry = {key, value};
    nex_string_map tag = {&entry, 1};
    drain(w, &(nex_lameduck_options){.tag = &tag});
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_non_null(strstr(w->error.message, "zone=mars"));
    assert_true(w->took < 10 * NEX_MILLISECOND);
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_list_with_a_filter),
        cmocka_unit_test(test_ping),
        cmocka_unit_test(test_info_of_nobody),
        cmocka_unit_test(test_lameduck_of_one),
        cmocka_unit_test(test_lameduck_by_tag),
        cmocka_unit_test(test_lameduck_of_an_unmatched_tag),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
