/*
 * The life of a node as a process: how it ends, what it leaves behind, what its successor finds.
 */
#include "node_process.h"

#include <nex/keys.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORKLOADS = 5 };

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    char seed[NEX_KEY_TEXT_SIZE];
    char resources[96];
    nex_subscription *events;
    char stopped[NODE_ID_SIZE]; /* the node that said NODESTOPPED */
    size_t workloads_stopped;
} fixture;

static int set_up_with(void **state, bool jetstream) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, jetstream);
    nex_key *key = NULL;
    assert_int_equal(nex_key_generate(&key, NEX_KEY_SERVER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, f->seed), NEX_OK);
    nex_key_free(key);
    snprintf(f->resources, sizeof f->resources, "%s/resources", f->nexus.dir);
    *state = f;
    return 0;
}

static int set_up(void **state) {
    return set_up_with(state, false);
}

static int set_up_jetstream(void **state) {
    return set_up_with(state, true);
}

static int tear_down(void **state) {
    fixture *f = *state;
    nex_subscription_free(f->events);
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

/* A node that is always the same one. */
#define START(f, ...)                                                                              \
    NODE_START(&(f)->nexus, &(f)->node, "--node-seed", (f)->seed, "--resource-directory",          \
               (f)->resources, __VA_ARGS__)

/* ---- Ending -----------------------------------------------------------------------------------
 */

static void on_event(void *arg, const nex_msg *msg) {
    fixture *f = arg;
    char from[NODE_ID_SIZE];
    if (strstr(msg->subject, ".event.NODESTOPPED") != NULL) {
        assert_int_equal(sscanf(msg->subject, "$NEX.FEED.%63[^.]", from), 1);
        strcpy(f->stopped, from);
        loop_wait_done(&f->nexus.wait);
    } else if (strstr(msg->subject, ".event.WORKLOADSTOPPED") != NULL) {
        f->workloads_stopped++;
    }
}

static void end_with(fixture *f, int signal) {
    /* One of them does not mind SIGTERM, so it takes its grace and a SIGKILL. */
    static const char stubborn[] =
        "{\"uri\":\"file:///bin/sh\",\"argv\":[\"-c\",\"trap '' TERM INT; while :; do sleep 3600; "
        "done\"]}";
    char id[NEX_ID_SIZE];
    pid_t pids[3];
    assert_int_equal(
        nex_bus_subscribe(f->nexus.bus, "$NEX.FEED.*.event.*", NULL, on_event, f, &f->events),
        NEX_OK);
    START(f, NULL);
    for (size_t i = 0; i < 3; i++) {
        start_of what = {.run = i == 0 ? stubborn : NULL};
        assert_went_well(workload_start(&f->nexus, what, id));
        pids[i] = find_listed(&f->nexus, id).pid;
        assert_true(process_lives(pids[i]));
    }
    double began = seconds_now();
    assert_int_equal(node_end(&f->node, signal), 0);
    assert_true(seconds_now() - began < 10);
    for (size_t i = 0; i < 3; i++) {
        assert_false(process_lives(pids[i]));
    }
    if (f->stopped[0] == '\0') {
        loop_wait_run(&f->nexus.wait, "NODESTOPPED");
    }
    assert_string_equal(f->stopped, f->node.id);
    assert_int_equal(f->workloads_stopped, 3);
    f->nexus.wait.done = false;
}

static void test_sigterm_ends_it_in_order(void **state) {
    end_with(*state, SIGTERM);
}

static void test_sigint_ends_it_in_order(void **state) {
    end_with(*state, SIGINT);
}

/* ---- Successors ---------------------------------------------------------------------------------
 */

static void start_many(fixture *f, char ids[WORKLOADS][NEX_ID_SIZE], pid_t pids[WORKLOADS]) {
    for (size_t i = 0; i < WORKLOADS; i++) {
        assert_went_well(workload_start(&f->nexus, (start_of){0}, ids[i]));
        pids[i] = find_listed(&f->nexus, ids[i]).pid;
        assert_true(process_lives(pids[i]));
    }
}

/* Each is there once, in the process it had. */
static void assert_all_kept(fixture *f, char ids[WORKLOADS][NEX_ID_SIZE], pid_t pids[WORKLOADS]) {
    listed *all = calloc(LISTED_MAX, sizeof *all);
    size_t count = 0;
    assert_non_null(all);
    assert_went_well(workloads_list(&f->nexus, all, &count));
    size_t running = 0;
    for (size_t i = 0; i < count; i++) {
        bool over = strcmp(all[i].state, "stopped") == 0; /* a job that has ended */
        running += !over;
        if (!over && !process_lives(all[i].pid)) {
            fail_msg("%s is %s without a process", all[i].id, all[i].state);
        }
    }
    free(all);
    assert_int_equal(running, WORKLOADS);
    for (size_t i = 0; i < WORKLOADS; i++) {
        listed l = find_listed(&f->nexus, ids[i]);
        assert_string_equal(l.state, "running");
        assert_int_equal(l.pid, pids[i]);
        assert_true(process_lives(l.pid));
    }
}

static void keep_and_adopt(fixture *f, bool kv) {
    char ids[WORKLOADS][NEX_ID_SIZE];
    pid_t pids[WORKLOADS];
    const char *store = kv ? "kv" : "";
    START(f, "--keep-workloads", "--state", store);
    start_many(f, ids, pids);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    for (size_t i = 0; i < WORKLOADS; i++) {
        assert_true(process_lives(pids[i]));
    }
    START(f, "--state", store);
    assert_all_kept(f, ids, pids);
    assert_went_well(workload_stop(&f->nexus, ids[0]));
    assert_false(process_lives(pids[0]));
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    for (size_t i = 0; i < WORKLOADS; i++) {
        assert_false(process_lives(pids[i]));
    }
}

static void test_kept_workloads_are_adopted(void **state) {
    keep_and_adopt(*state, false);
}

static void test_kept_workloads_are_adopted_from_kv(void **state) {
    keep_and_adopt(*state, true);
}

static void kill_node(fixture *f) {
    assert_int_equal(kill(f->node.process.pid, SIGKILL), 0);
    assert_int_equal(process_wait_end(&f->node.process, 10), 128 + SIGKILL);
}

static void test_killed_it_loses_nothing(void **state) {
    fixture *f = *state;
    char ids[WORKLOADS][NEX_ID_SIZE];
    char job[NEX_ID_SIZE];
    pid_t pids[WORKLOADS];
    START(f, "--state", "kv");
    start_many(f, ids, pids);
    start_of what = {.lifecycle = NEX_WORKLOAD_LIFECYCLE_JOB,
                     .run = "{\"uri\":\"file:///bin/sh\",\"argv\":[\"-c\",\"read x\"]}"};
    assert_went_well(workload_start(&f->nexus, what, job)); /* ends at once: its input is empty */
    for (int round = 0; round < 3; round++) {
        kill_node(f);
        for (size_t i = 0; i < WORKLOADS; i++) {
            assert_true(process_lives(pids[i]));
        }
        START(f, "--state", "kv");
        assert_all_kept(f, ids, pids);
    }
    /* A service that dies while no node looks is not lost either. */
    kill_node(f);
    assert_int_equal(kill(pids[0], SIGKILL), 0);
    START(f, "--state", "kv");
    listed l;
    double until = seconds_now() + 10;
    do {
        l = find_listed(&f->nexus, ids[0]);
    } while (strcmp(l.state, "running") != 0 && seconds_now() < until);
    assert_string_equal(l.state, "running");
    assert_int_not_equal(l.pid, pids[0]);
    assert_true(process_lives(l.pid));
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    for (size_t i = 0; i < WORKLOADS; i++) {
        assert_false(process_lives(pids[i]));
    }
    assert_false(process_lives(l.pid));
}

/* ---- What is left behind
 * -------------------------------------------------------------------------- */

static void cycle(fixture *f) {
    char id[NEX_ID_SIZE];
    assert_went_well(workload_start(&f->nexus, (start_of){0}, id));
    assert_went_well(workload_stop(&f->nexus, id));
}

static void test_starts_and_stops_leave_nothing(void **state) {
    fixture *f = *state;
    pid_t left[16];
    START(f, "--show-workload-logs");
    for (int i = 0; i < 5; i++) {
        cycle(f);
    }
    size_t descriptors = descriptors_of(f->node.process.pid);
    size_t files = files_below(f->resources);
    enum { CYCLES = 200 };
    for (int i = 0; i < CYCLES; i++) {
        cycle(f);
    }
    size_t count = descendants_of(f->node.process.pid, left, 16);
    for (size_t i = 0; i < count && i < 16; i++) {
        wait_until_gone(left[i]); /* a monitor may be on its way out */
    }
    assert_int_equal(descriptors_of(f->node.process.pid), descriptors);
    /* Each left its mark that it is not to run again; an orderly end forgets them. */
    assert_int_equal(files_below(f->resources), files + CYCLES);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    assert_true(files_below(f->resources) < files);
}

static void test_nameless_nodes_leave_nothing(void **state) {
    fixture *f = *state;
    NODE_START(&f->nexus, &f->node, "--resource-directory", f->resources);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    size_t files = files_below(f->resources);
    for (int i = 0; i < 3; i++) {
        NODE_START(&f->nexus, &f->node, "--resource-directory", f->resources);
        cycle(f);
        assert_int_equal(node_end(&f->node, SIGTERM), 0);
    }
    assert_int_equal(files_below(f->resources), files);
}

/* ---- NATS goes and comes
 * ---------------------------------------------------------------------------- */

static void test_a_restarted_server_finds_it_again(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    START(f, NULL);
    assert_went_well(workload_start(&f->nexus, (start_of){0}, id));
    listed before = find_listed(&f->nexus, id);
    unsigned connects = f->nexus.connects;
    nats_server_kill(f->nexus.server);
    process_wait_log(&f->node.process, "lost the connection to NATS", 1);
    nats_server_restart(f->nexus.server);
    process_wait_log(&f->node.process, "connected to NATS", 1);
    nexus_run_wait_connected(&f->nexus, connects + 1);
    /* Both are connected; what the node subscribed to may be on its way to the server yet. */
    listed *all = calloc(LISTED_MAX, sizeof *all);
    size_t count = 0;
    assert_non_null(all);
    for (double since = seconds_now(); count == 0 && seconds_now() - since < 10;) {
        assert_went_well(workloads_list(&f->nexus, all, &count));
    }
    free(all);
    listed after = find_listed(&f->nexus, id);
    assert_int_equal(after.pid, before.pid);
    assert_true(process_lives(after.pid));
    cycle(f);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_sigterm_ends_it_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_sigint_ends_it_in_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kept_workloads_are_adopted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_kept_workloads_are_adopted_from_kv, set_up_jetstream,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_killed_it_loses_nothing, set_up_jetstream, tear_down),
        cmocka_unit_test_setup_teardown(test_starts_and_stops_leave_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_nameless_nodes_leave_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_restarted_server_finds_it_again, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
