/*
 * Starts that take longer than a client waits for one: it goes to the next bid, and whatever
 * comes late of the first must not run beside it.
 */
#include "node_process.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AGENT NEX_BIN_DIR "/bin/nex-test-agent"

typedef struct fixture {
    nexus_run nexus;
    node_run nodes[2];
    size_t node_count;
    char slow[128]; /* while this file is there, nexlets take their time */
    nex_timer *watch;
    unsigned wanted; /* ends when so many starts wait */
    listed list[LISTED_MAX];
    size_t count;
} fixture;

static const start_of what = {.type = "test", .run = "{}"};

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, false);
    snprintf(f->slow, sizeof f->slow, "%s/slow", f->nexus.dir);
    nex_client_free(f->nexus.client);
    nex_client_options options = {.bus = f->nexus.bus, .timeout = NEX_SECOND};
    assert_int_equal(nex_client_new(&f->nexus.client, &options, NULL), NEX_OK);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nex_timer_free(f->watch);
    for (size_t i = 0; i < f->node_count; i++) {
        assert_int_equal(node_end(&f->nodes[i], SIGTERM), 0);
    }
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

static void start_node(fixture *f, const char *name) {
    char env[160];
    char dir[128];
    snprintf(env, sizeof env, "TEST_AGENT_SLOW=%s", f->slow);
    snprintf(dir, sizeof dir, "%s/%s", f->nexus.dir, name);
    NODE_START(&f->nexus, &f->nodes[f->node_count++], "--node-name", name, "--resource-directory",
               dir, "--disable-native-start", "--agents.uri", "file://" AGENT, "--agents.env", env);
}

static unsigned waiting(const fixture *f) {
    unsigned count = 0;
    for (size_t i = 0; i < f->node_count; i++) {
        count += process_count_log(&f->nodes[i].process, "test agent takes its time");
    }
    return count;
}

static void end_slowness(void *arg) {
    fixture *f = arg;
    if (waiting(f) >= f->wanted) {
        unlink(f->slow);
    }
}

/* Nexlets take their time from now on, until so many starts wait for `delay` at least. */
static void slow_down(fixture *f, unsigned starts, nex_duration every) {
    FILE *file = fopen(f->slow, "w");
    assert_non_null(file);
    fclose(file);
    f->wanted = starts;
    assert_int_equal(nex_timer_new(f->nexus.loop, &f->watch, end_slowness, f), NEX_OK);
    nex_timer_start(f->watch, every, every);
}

static void test_a_start_that_comes_late_is_undone(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    start_node(f, "one");
    start_node(f, "two");
    slow_down(f, 2, 50 * NEX_MILLISECOND);
    outcome o = workload_start(&f->nexus, what, id);
    assert_went_well(o);
    assert_true(o.seconds >= 1);
    /* The first may still be told to stop what it has just started. */
    double since = seconds_now();
    do {
        assert_went_well(workloads_list(&f->nexus, f->list, &f->count));
    } while (f->count > 1 && seconds_now() - since < 10);
    assert_int_equal(f->count, 1);
    assert_string_equal(f->list[0].id, id);
    size_t first = strcmp(f->list[0].node, f->nodes[0].id) == 0 ? 1 : 0;
    process_wait_log(&f->nodes[first].process, "it was stopped before it had started", 1);
}

/* Nobody else could do it, and the node says that its nexlet is at it. */
static void test_the_last_bid_is_waited_for(void **state) {
    fixture *f = *state;
    start_node(f, "one");
    slow_down(f, 1, 2500 * NEX_MILLISECOND);
    outcome o = workload_start(&f->nexus, what, NULL);
    assert_went_well(o);
    assert_true(o.seconds > 2);
    assert_went_well(workloads_list(&f->nexus, f->list, &f->count));
    assert_int_equal(f->count, 1);
}

static void test_a_hung_nexlet_is_not_waited_for(void **state) {
    fixture *f = *state;
    pid_t pids[4];
    start_node(f, "one");
    assert_int_equal(descendants_of(f->nodes[0].process.pid, pids, 4), 1);
    assert_int_equal(kill(pids[0], SIGSTOP), 0);
    outcome o = workload_start(&f->nexus, what, NULL);
    assert_int_equal(o.status, NEX_ETIMEOUT);
    assert_true(o.seconds < 3);
    assert_int_equal(kill(pids[0], SIGCONT), 0);
    process_wait_log(&f->nodes[0].process, "it was stopped before it had started", 1);
    double since = seconds_now();
    do {
        assert_went_well(workloads_list(&f->nexus, f->list, &f->count));
    } while (f->count > 0 && seconds_now() - since < 10);
    assert_int_equal(f->count, 0);
}

/* A deploy that is still on its way when its bid is called off comes too late. */
static void test_a_bid_that_was_called_off_is_void(void **state) {
    fixture *f = *state;
    start_node(f, "one");
    char *bid =
        raw_request(&f->nexus, "$NEX.SVC.default.control.AUCTION",
                    "{\"auction_id\":\"a\",\"agent_type\":\"test\",\"tags\":{}}", 5 * NEX_SECOND);
    assert_non_null(bid);
    char bidder[NEX_ID_SIZE] = "";
    const char *found = strstr(bid, "\"bidder_id\":\"");
    assert_non_null(found);
    memcpy(bidder, found + strlen("\"bidder_id\":\""), NEX_ID_SIZE - 1);
    free(bid);
    char subject[128];
    snprintf(subject, sizeof subject, "$NEX.SVC.default.control.UNDEPLOY.%s", bidder);
    char *stopped = raw_request(&f->nexus, subject, "{\"namespace\":\"default\"}", 5 * NEX_SECOND);
    assert_non_null(stopped);
    assert_non_null(strstr(stopped, "\"stopped\":false"));
    free(stopped);
    snprintf(subject, sizeof subject, "$NEX.SVC.default.control.ADEPLOY.%s", bidder);
    char *deployed = raw_request(&f->nexus, subject,
                                 "{\"name\":\"w\",\"namespace\":\"default\",\"description\":\"\","
                                 "\"workload_type\":\"test\",\"workload_lifecycle\":\"service\","
                                 "\"run_request\":\"{}\",\"tags\":{}}",
                                 5 * NEX_SECOND);
    assert_non_null(deployed);
    assert_non_null(strstr(deployed, "error_id"));
    free(deployed);
    assert_went_well(workloads_list(&f->nexus, f->list, &f->count));
    assert_int_equal(f->count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_start_that_comes_late_is_undone, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_last_bid_is_waited_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_hung_nexlet_is_not_waited_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_bid_that_was_called_off_is_void, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
