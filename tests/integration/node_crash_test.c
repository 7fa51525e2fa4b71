/*
 * Agents that end, as by a crash, at each point of registering, starting and stopping, as the
 * node's children and as remote ones: nothing runs twice, nothing that was confirmed is lost,
 * and within five seconds the node starts work on them again.
 */
#include "node_process.h"

#include <nex/keys.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define AGENT NEX_BIN_DIR "/bin/nex-test-agent"

enum { CRASHED = 9, BACK_WITHIN = 5 };

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    process_run agent; /* a remote one */
    bool remote;
    char mark[128];  /* the file whose presence lets the agent crash, once */
    char point[192]; /* TEST_AGENT_EXIT */
    char identity[128];
} fixture;

static int set_up(void **state, bool remote) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, false);
    f->remote = remote;
    snprintf(f->mark, sizeof f->mark, "%s/crash", f->nexus.dir);
    snprintf(f->identity, sizeof f->identity, "%s/identity", f->nexus.dir);
    *state = f;
    return 0;
}

static int set_up_local(void **state) {
    return set_up(state, false);
}

static int set_up_remote(void **state) {
    return set_up(state, true);
}

static int tear_down(void **state) {
    fixture *f = *state;
    unsetenv("TEST_AGENT_EXIT");
    unsetenv("TEST_AGENT_IDENTITY");
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

/* The next time that the agent comes to the point, it crashes. */
static void arm(const fixture *f) {
    FILE *file = fopen(f->mark, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
}

static const char *agent_log(const fixture *f, char *out, size_t size) {
    snprintf(out, size, "test agent ends at %.*s", (int)strcspn(f->point + 16, ":"), f->point + 16);
    return out;
}

static void start_remote(fixture *f) {
    const char *const words[] = {nats_server_url(f->nexus.server), "nexus", NULL};
    process_start(&f->nexus, &f->agent, AGENT, words);
}

static void start(fixture *f, const char *point) {
    snprintf(f->point, sizeof f->point, "TEST_AGENT_EXIT=%s:%s", point, f->mark);
    if (!f->remote) {
        NODE_START(&f->nexus, &f->node, "--disable-native-start", "--agents.uri", AGENT,
                   "--agents.env", f->point);
        return;
    }
    NODE_START(&f->nexus, &f->node, "--disable-native-start", "--allow-remote-agent-registration");
    assert_int_equal(setenv("TEST_AGENT_EXIT", f->point + strlen("TEST_AGENT_EXIT="), 1), 0);
    assert_int_equal(setenv("TEST_AGENT_IDENTITY", f->identity, 1), 0);
    start_remote(f);
}

/* Waits for the crash; a remote agent is started again by its supervisor, the test. */
static double wait_for_crash(fixture *f) {
    char text[128];
    if (f->remote) {
        assert_int_equal(process_wait_end(&f->agent, 10), CRASHED);
        start_remote(f);
    } else {
        process_wait_log(&f->node.process, agent_log(f, text, sizeof text), 1);
    }
    return seconds_now();
}

static outcome start_named(fixture *f, const char *name, char id[NEX_ID_SIZE]) {
    start_of what = {.type = "test", .run = "{}", .name = name};
    return workload_start(&f->nexus, what, id);
}

/* The node bids for the agent, and the agent does the work, five seconds after the crash. */
static void works_again(fixture *f, double crashed, const char *name, char id[NEX_ID_SIZE]) {
    outcome o;
    do {
        o = start_named(f, name, id);
    } while (o.status != NEX_OK && seconds_now() - crashed < BACK_WITHIN);
    assert_went_well(o);
}

static void end(fixture *f) {
    assert_false(access(f->mark, F_OK) == 0); /* the point was reached */
    if (f->remote) {
        assert_int_equal(kill(f->agent.pid, SIGTERM), 0);
        assert_int_equal(process_wait_end(&f->agent, 10), 0);
    }
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

static size_t times_listed(fixture *f, const char *name, size_t *all_count) {
    listed *all = calloc(LISTED_MAX, sizeof *all);
    size_t times = 0;
    assert_non_null(all);
    assert_went_well(workloads_list(&f->nexus, all, all_count));
    for (size_t i = 0; i < *all_count; i++) {
        times += strcmp(all[i].name, name) == 0;
    }
    free(all);
    return times;
}

/* ---- Registering -------------------------------------------------------------------------- */

static void test_registering(void **state) {
    static const char *const points[] = {"describe", "connect-1", "connect-2", "connect-3",
                                         "registered"};
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    size_t count = 0;
    for (size_t i = 0; i < sizeof points / sizeof points[0]; i++) {
        if (!f->remote && strcmp(points[i], "connect-3") == 0) {
            continue; /* a local agent has its id */
        }
        (void)unlink(f->identity);
        arm(f);
        start(f, points[i]);
        works_again(f, wait_for_crash(f), "first", id);
        assert_int_equal(times_listed(f, "first", &count), 1);
        assert_int_equal(count, 1);
        end(f);
    }
}

/* Workloads are handed back, and the agent crashes again before the first of them runs. */
static void test_being_handed_workloads_back(void **state) {
    static const char *const points[] = {"registered", "existing"};
    fixture *f = *state;
    char ids[3][NEX_ID_SIZE];
    for (size_t i = 0; i < 2; i++) {
        (void)unlink(f->identity);
        start(f, points[i]);
        works_again(f, seconds_now(), "one", ids[0]);
        assert_went_well(start_named(f, "two", ids[1]));
        arm(f);
        if (f->remote) {
            assert_int_equal(kill(f->agent.pid, SIGKILL), 0);
            assert_int_equal(process_wait_end(&f->agent, 10), 128 + SIGKILL);
            start_remote(f);
        } else {
            pid_t pid;
            assert_int_equal(descendants_of(f->node.process.pid, &pid, 1), 1);
            assert_int_equal(kill(pid, SIGKILL), 0);
        }
        works_again(f, wait_for_crash(f), "three", ids[2]);
        for (size_t k = 0; k < 3; k++) {
            (void)find_listed(&f->nexus, ids[k]);
        }
        end(f);
    }
}

/* ---- Starting ----------------------------------------------------------------------------- */

static void test_starting(void **state) {
    static const char *const points[] = {"start", "started", "start-sent"};
    fixture *f = *state;
    char ids[3][NEX_ID_SIZE];
    size_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        bool confirmed = i == 2;
        (void)unlink(f->identity);
        start(f, points[i]);
        works_again(f, seconds_now(), "before", ids[0]);
        arm(f);
        outcome o = start_named(f, "during", ids[1]);
        if ((o.status == NEX_OK) != confirmed) {
            fail_msg("%s: %s %s", points[i], nex_status_name(o.status), o.message);
        }
        assert_true(o.seconds < 4); /* nobody waits for the dead */
        works_again(f, wait_for_crash(f), "after", ids[2]);
        (void)find_listed(&f->nexus, ids[0]);
        (void)find_listed(&f->nexus, ids[2]);
        assert_int_equal(times_listed(f, "during", &count), confirmed);
        assert_int_equal(count, confirmed ? 3 : 2);
        end(f);
    }
}

/* The agent of one node crashes in a start, so the client has the other one start it. */
static void test_the_next_bid_runs_it_once(void **state) {
    static const char *const points[] = {"start", "started"};
    fixture *f = *state;
    node_run other;
    char id[NEX_ID_SIZE];
    char text[128];
    size_t count = 0;
    for (size_t i = 0; i < 2; i++) {
        start(f, points[i]);
        NODE_START(&f->nexus, &other, "--disable-native-start", "--agents.uri", AGENT,
                   "--agents.env", f->point);
        arm(f); /* for whoever is asked first */
        assert_went_well(start_named(f, "once", id));
        assert_int_equal(process_count_log(&f->node.process, agent_log(f, text, sizeof text)) +
                             process_count_log(&other.process, text),
                         1);
        process_run *crashed =
            process_count_log(&other.process, text) > 0 ? &other.process : &f->node.process;
        process_wait_log(crashed, "to=healthy", 2);
        assert_int_equal(times_listed(f, "once", &count), 1);
        assert_int_equal(count, 1);
        assert_int_equal(node_end(&other, SIGTERM), 0);
        end(f);
    }
}

/* ---- Stopping ----------------------------------------------------------------------------- */

static void test_stopping(void **state) {
    static const char *const points[] = {"stop", "stopped", "stop-sent"};
    fixture *f = *state;
    char ids[3][NEX_ID_SIZE];
    size_t count = 0;
    for (size_t i = 0; i < 3; i++) {
        bool confirmed = i == 2;
        (void)unlink(f->identity);
        start(f, points[i]);
        works_again(f, seconds_now(), "stays", ids[0]);
        assert_went_well(start_named(f, "goes", ids[1]));
        arm(f);
        outcome o = workload_stop(&f->nexus, ids[1]);
        if ((o.status == NEX_OK) != confirmed) {
            fail_msg("%s: %s %s", points[i], nex_status_name(o.status), o.message);
        }
        assert_true(o.seconds < 4);
        works_again(f, wait_for_crash(f), "new", ids[2]);
        (void)find_listed(&f->nexus, ids[0]);
        assert_int_equal(times_listed(f, "goes", &count), 0); /* as it was asked for */
        assert_int_equal(count, 2);
        end(f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_registering, set_up_local, tear_down),
        cmocka_unit_test_setup_teardown(test_registering, set_up_remote, tear_down),
        cmocka_unit_test_setup_teardown(test_being_handed_workloads_back, set_up_local, tear_down),
        cmocka_unit_test_setup_teardown(test_being_handed_workloads_back, set_up_remote, tear_down),
        cmocka_unit_test_setup_teardown(test_starting, set_up_local, tear_down),
        cmocka_unit_test_setup_teardown(test_starting, set_up_remote, tear_down),
        cmocka_unit_test_setup_teardown(test_the_next_bid_runs_it_once, set_up_local, tear_down),
        cmocka_unit_test_setup_teardown(test_stopping, set_up_local, tear_down),
        cmocka_unit_test_setup_teardown(test_stopping, set_up_remote, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
