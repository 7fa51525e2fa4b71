/*
 * Several nodes: placing by tags, cloning from one to another, and nodes that die or hang, which
 * make no answer of the others late.
 */
#include "node_process.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

typedef struct fixture {
    nexus_run nexus;
    node_run one;
    node_run two;
    listed list[LISTED_MAX];
    size_t count;
} fixture;

static void start_node(fixture *f, node_run *node, const char *name, const char *more) {
    char tag[64];
    char dir[128];
    snprintf(tag, sizeof tag, "zone=%s", name);
    snprintf(dir, sizeof dir, "%s/%s", f->nexus.dir, name);
    NODE_START(&f->nexus, node, "--node-name", name, "--tags", tag, "--resource-directory", dir,
               more);
}

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, false);
    start_node(f, &f->one, "one", NULL);
    start_node(f, &f->two, "two", NULL);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    node_run *nodes[] = {&f->one, &f->two};
    for (size_t i = 0; i < 2; i++) {
        if (nodes[i]->process.pid > 0) {
            assert_int_equal(node_end(nodes[i], SIGTERM), 0);
        }
    }
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

static void assert_soon(outcome o, double limit) {
    if (o.seconds >= limit) {
        fail_msg("it took %.3f s, at most %.1f s are wanted", o.seconds, limit);
    }
}

static void test_work_goes_where_its_tags_say(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    char clone[NEX_ID_SIZE];
    assert_went_well(nodes_list(&f->nexus, &f->count));
    assert_int_equal(f->count, 2);
    start_of what = {.tag = "zone", .value = "one"};
    assert_went_well(workload_start(&f->nexus, what, id));
    assert_string_equal(find_listed(&f->nexus, id).node, f->one.id);
    assert_went_well(workload_clone(&f->nexus, id, "zone", "two", false, clone));
    assert_string_equal(find_listed(&f->nexus, clone).node, f->two.id);
    assert_went_well(workloads_list(&f->nexus, f->list, &f->count));
    assert_int_equal(f->count, 2);
    char moved[NEX_ID_SIZE];
    assert_went_well(workload_clone(&f->nexus, id, "zone", "two", true, moved));
    assert_string_equal(find_listed(&f->nexus, moved).node, f->two.id);
    assert_went_well(workloads_list(&f->nexus, f->list, &f->count));
    assert_int_equal(f->count, 2); /* the first is gone */
}

/* The fastest of a few: another test may hold the machine meanwhile. */
static double fastest_refusal(fixture *f, start_of what, const char *reason) {
    double best = 60;
    for (int i = 0; i < 5; i++) {
        outcome o = workload_start(&f->nexus, what, NULL);
        assert_int_equal(o.status, NEX_ENOTFOUND);
        assert_int_equal(o.declines, 2);
        assert_non_null(strstr(o.reasons, f->one.id));
        assert_non_null(strstr(o.reasons, f->two.id));
        const char *first = strstr(o.reasons, reason);
        assert_non_null(first);
        assert_non_null(strstr(first + 1, reason));
        best = o.seconds < best ? o.seconds : best;
    }
    return best;
}

static void test_what_nobody_can_run_is_explained_at_once(void **state) {
    fixture *f = *state;
    start_of nowhere = {.tag = "zone", .value = "mars"};
    start_of unknown = {.type = "wasm"};
    start_of function = {.type = "native",
                         .lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                         .tag = "nex.os",
                         .value = "plan9"};
    assert_true(fastest_refusal(f, nowhere, "tags: ") < 0.3);
    assert_true(fastest_refusal(f, unknown, "type: ") < 0.3);
    assert_true(fastest_refusal(f, function, "tags: ") < 0.3);
}

static void test_a_killed_node_makes_nothing_late(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    start_of here = {.tag = "zone", .value = "one"};
    assert_went_well(workload_start(&f->nexus, here, id));
    assert_int_equal(kill(f->two.process.pid, SIGKILL), 0);
    assert_int_equal(process_wait_end(&f->two.process, 10), 128 + SIGKILL);
    for (int i = 0; i < 4; i++) {
        outcome o = workloads_list(&f->nexus, f->list, &f->count);
        assert_went_well(o);
        assert_int_equal(f->count, 1);
        assert_soon(o, 1);
        o = workload_start(&f->nexus, (start_of){0}, id);
        assert_went_well(o);
        assert_soon(o, 1);
        assert_string_equal(find_listed(&f->nexus, id).node, f->one.id);
        assert_went_well(workload_stop(&f->nexus, id));
    }
}

static void test_a_hung_node_makes_nothing_late(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    double list = 60;
    double start = 60;
    double nodes = 60;
    assert_int_equal(kill(f->two.process.pid, SIGSTOP), 0);
    for (int i = 0; i < 4; i++) {
        outcome o = workloads_list(&f->nexus, f->list, &f->count);
        assert_went_well(o);
        assert_soon(o, 1);
        list = o.seconds < list ? o.seconds : list;
        o = workload_start(&f->nexus, (start_of){0}, id);
        assert_went_well(o);
        assert_soon(o, 1);
        start = o.seconds < start ? o.seconds : start;
        o = nodes_list(&f->nexus, &f->count);
        assert_went_well(o);
        assert_int_equal(f->count, 1);
        nodes = o.seconds < nodes ? o.seconds : nodes;
    }
    print_message("a hung node: list %.0f ms, start %.0f ms, nodes %.0f ms\n", list * 1e3,
                  start * 1e3, nodes * 1e3);
    assert_true(list < 0.3);
    assert_true(start < 0.6); /* an auction and a deploy */
    assert_true(nodes < 0.3);
    assert_int_equal(kill(f->two.process.pid, SIGCONT), 0);
    /* It goes on as if nothing had been. */
    do {
        assert_went_well(nodes_list(&f->nexus, &f->count));
    } while (f->count < 2);
}

static void test_a_node_without_agents_breaks_no_list(void **state) {
    fixture *f = *state;
    node_run bare;
    char id[NEX_ID_SIZE];
    start_node(f, &bare, "bare", "--disable-native-start");
    assert_went_well(workload_start(&f->nexus, (start_of){0}, id));
    outcome o = workloads_list(&f->nexus, f->list, &f->count);
    assert_went_well(o);
    assert_int_equal(o.declines, 0);
    assert_int_equal(f->count, 1);
    assert_int_equal(node_end(&bare, SIGTERM), 0);
    assert_went_well(nodes_list(&f->nexus, &f->count));
    assert_int_equal(f->count, 2);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_work_goes_where_its_tags_say, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_nobody_can_run_is_explained_at_once, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_killed_node_makes_nothing_late, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_hung_node_makes_nothing_late, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_node_without_agents_breaks_no_list, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
