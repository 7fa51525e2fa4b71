/* Clones: fetched from whoever has the workload, started anew in its own namespace. */
#include "fake_nodes.h"

#include <string.h>

#define REQUEST                                                                                    \
    "{\"name\":\"api\",\"namespace\":\"shop\",\"description\":\"\",\"workload_type\":\"native\","  \
    "\"workload_lifecycle\":\"service\",\"run_request\":\"{\\\"uri\\\":\\\"x\\\"}\","              \
    "\"tags\":{\"old\":\"tag\"}}"

static char cloned_id[64], cloned_ns[64];
static bool stopped_original;

static void on_clone(void *arg, const nex_outcome *outcome, const nex_started *started,
                     const nex_stop_workload_response *stopped) {
    strcpy(cloned_id, started->id);
    strcpy(cloned_ns, started->namespace_);
    stopped_original = stopped != NULL;
    fake_done(arg, outcome);
}

static void clone(fake_world *w, bool stop, const nex_string_map *tags) {
    nex_error err;
    nex_clone_options options = {.workload_id = "w1", .tags = tags, .stop = stop};
    fake_begin(w);
    assert_int_equal(nex_client_clone(w->client, &options, on_clone, w, NULL, &err), NEX_OK);
    fake_wait(w);
}

static fake_world *world_with_workload(void) {
    fake_world *w = fake_world_new(1, "system", NULL);
    fake_answer(w, 0, (fake_rule){.verb = "CLONE", .body = REQUEST, .nodes = "1"});
    fake_answer(w, 0, (fake_rule){.verb = "AUCTION", .body = FAKE_BID("b1"), .nodes = "1"});
    fake_answer(w, 0, (fake_rule){.verb = "ADEPLOY", .body = "{\"id\":\"w2\",\"name\":\"api\"}"});
    return w;
}

static void test_clone(void **state) {
    (void)state;
    fake_world *w = world_with_workload();
    char key[] = "region", value[] = "lab";
    nex_string_entry entry = {key, value};
    nex_string_map tags = {&entry, 1};
    clone(w, false, &tags);
    assert_int_equal(w->status, NEX_OK);
    assert_string_equal(cloned_id, "w2");
    assert_string_equal(cloned_ns, "shop");
    assert_true(w->took < 10 * NEX_MILLISECOND);
    assert_string_equal(fake_request_of(w, "CLONE", 0)->subject,
                        "$NEX.SVC.system.control.CLONE.w1");
    assert_string_equal(fake_request_of(w, "ADEPLOY", 0)->subject,
                        "$NEX.SVC.shop.control.ADEPLOY.b1");
    assert_non_null(
        strstr(fake_request_of(w, "ADEPLOY", 0)->body, "\"tags\":{\"region\":\"lab\"}"));
    assert_non_null(strstr(fake_request_of(w, "AUCTION", 0)->body, "\"region\":\"lab\""));
    assert_int_equal(fake_heard(w, "UNDEPLOY"), 0);
    fake_world_free(w);
}

static void test_clone_and_stop(void **state) {
    (void)state;
    fake_world *w = world_with_workload();
    fake_answer(w, 0,
                (fake_rule){.verb = "UNDEPLOY",
                            .nodes = "1",
                            .body = "{\"id\":\"w1\",\"message\":\"\",\"stopped\":true,"
                                    "\"workload_type\":\"native\"}"});
    clone(w, true, NULL);
    assert_int_equal(w->status, NEX_OK);
    assert_true(stopped_original);
    assert_string_equal(fake_request_of(w, "UNDEPLOY", 0)->subject,
                        "$NEX.SVC.shop.control.UNDEPLOY.w1");
    fake_world_free(w);
}

static void test_stop_that_fails(void **state) {
    (void)state;
    fake_world *w = world_with_workload();
    fake_answer(w, 0,
                (fake_rule){.verb = "UNDEPLOY",
                            .nodes = "1",
                            .body = "{\"id\":\"w1\",\"message\":\"workload not found\","
                                    "\"stopped\":false,\"workload_type\":\"\"}"});
    clone(w, true, NULL);
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_string_equal(cloned_id, "w2"); /* the clone runs all the same, and is told */
    assert_false(stopped_original);
    assert_non_null(strstr(w->error.message, "the clone runs"));
    fake_world_free(w);
}

static void test_unknown(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, NULL, NULL);
    fake_answer(w, 0,
                (fake_rule){.verb = "CLONE",
                            .body = "",
                            .nodes = "1",
                            .node_id = "N0",
                            .header = NEX_HEADER_DECLINE,
                            .value = "unknown"});
    clone(w, false, NULL);
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_false(w->not_placed);
    assert_true(w->took < 10 * NEX_MILLISECOND);
    fake_world_free(w);
}

static void test_nobody_takes_it(void **state) {
    (void)state;
    fake_world *w = fake_world_new(1, "system", NULL);
    fake_answer(w, 0, (fake_rule){.verb = "CLONE", .body = REQUEST, .nodes = "1"});
    fake_answer(w, 0,
                (fake_rule){.verb = "AUCTION",
                            .body = "",
                            .nodes = "1",
                            .node_id = "N0",
                            .header = NEX_HEADER_DECLINE,
                            .value = "tags"});
    clone(w, true, NULL);
    assert_int_equal(w->status, NEX_ENOTFOUND);
    assert_true(w->not_placed);
    assert_string_equal(w->declines, "N0:tags;");
    assert_string_equal(cloned_id, "");
    assert_int_equal(fake_heard(w, "UNDEPLOY"), 0);
    fake_world_free(w);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_clone),           cmocka_unit_test(test_clone_and_stop),
        cmocka_unit_test(test_stop_that_fails), cmocka_unit_test(test_unknown),
        cmocka_unit_test(test_nobody_takes_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
