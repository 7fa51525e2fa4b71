/*
 * Agents that are processes of their own: local ones, which the node starts and watches, and
 * remote ones, which come and go, and outlive their node.
 */
#include "node_process.h"

#include <nex/keys.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define AGENT NEX_BIN_DIR "/bin/nex-test-agent"

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    process_run agent;
    char seed[NEX_KEY_TEXT_SIZE];
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, false);
    nex_key *key = NULL;
    assert_int_equal(nex_key_generate(&key, NEX_KEY_SERVER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, f->seed), NEX_OK);
    nex_key_free(key);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

#define START(f, ...)                                                                              \
    NODE_START(&(f)->nexus, &(f)->node, "--node-seed", (f)->seed, "--disable-native-start",        \
               __VA_ARGS__)

static const start_of on_test_agent = {.type = "test", .run = "{}"};

static char *agent_id(fixture *f) {
    char subject[256];
    snprintf(subject, sizeof subject, "$NEX.SVC.system.control.AGENTID.%s", f->node.id);
    char *id = raw_request(&f->nexus, subject, "test_agent", 5 * NEX_SECOND);
    assert_non_null(id);
    return id;
}

static pid_t only_child(fixture *f) {
    pid_t pids[4];
    assert_int_equal(descendants_of(f->node.process.pid, pids, 4), 1);
    return pids[0];
}

/* ---- Local agents -------------------------------------------------------------------------------
 */

static void test_a_killed_local_agent_comes_back(void **state) {
    fixture *f = *state;
    char workloads[2][NEX_ID_SIZE];
    START(f, "--agents.uri", "file://" AGENT, "--agent-restart-limit", "3");
    assert_int_equal(process_count_log(&f->node.process, "test agent says hello"), 1);
    char *id = agent_id(f);
    for (size_t i = 0; i < 2; i++) {
        assert_went_well(workload_start(&f->nexus, on_test_agent, workloads[i]));
    }
    pid_t first = only_child(f);
    double killed = seconds_now();
    assert_int_equal(kill(first, SIGKILL), 0);
    process_wait_log(&f->node.process, "to=healthy", 2);
    for (size_t i = 0; i < 2; i++) {
        (void)find_listed(&f->nexus, workloads[i]);
    }
    assert_true(seconds_now() - killed < 5);
    char *again = agent_id(f);
    assert_string_equal(again, id);
    assert_int_not_equal(only_child(f), first);
    assert_went_well(workload_stop(&f->nexus, workloads[0]));
    assert_went_well(workload_start(&f->nexus, on_test_agent, NULL));
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    free(id);
    free(again);
}

/* More than an answer to REGISTER has room for. */
static void test_many_large_workloads_come_back(void **state) {
    fixture *f = *state;
    enum { WORKLOADS = 40, PADDING = 40000 };
    char *run = malloc(PADDING + 32);
    listed *all = calloc(LISTED_MAX, sizeof *all);
    assert_non_null(run);
    assert_non_null(all);
    size_t len = (size_t)snprintf(run, 32, "{\"padding\":\"");
    memset(run + len, 'x', PADDING);
    snprintf(run + len + PADDING, 16, "\"}");
    START(f, "--agents.uri", AGENT);
    for (size_t i = 0; i < WORKLOADS; i++) {
        start_of what = {.type = "test", .run = run};
        assert_went_well(workload_start(&f->nexus, what, NULL));
    }
    assert_int_equal(kill(only_child(f), SIGKILL), 0);
    process_wait_log(&f->node.process, "to=healthy", 2);
    size_t count = 0;
    for (double began = seconds_now(); count < WORKLOADS;) {
        assert_true(seconds_now() - began < 10);
        assert_went_well(workloads_list(&f->nexus, all, &count));
    }
    assert_int_equal(count, WORKLOADS);
    free(all);
    free(run);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

static void test_a_configuration_names_agents(void **state) {
    fixture *f = *state;
    char path[128];
    snprintf(path, sizeof path, "%s/nex.json", f->nexus.dir);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file,
            "{\"node\":{\"up\":{\"agents\":[{\"uri\":\"%s\",\"argv\":[],\"env\":{\"A\":\"b\"}}]}}}",
            AGENT);
    assert_int_equal(fclose(file), 0);
    START(f, "--config", path);
    assert_went_well(workload_start(&f->nexus, on_test_agent, NULL));
    assert_int_equal(node_end(&f->node, SIGINT), 0);
}

static void test_an_agent_that_cannot_live_is_given_up(void **state) {
    fixture *f = *state;
    size_t count = 1;
    START(f, "--agents.uri", AGENT, "--agents.env", "TEST_AGENT_FAILS=1", "--agent-restart-limit",
          "2");
    process_wait_log(&f->node.process, "agent ended too often", 1);
    assert_int_equal(process_count_log(&f->node.process, "test agent will not start"), 3);
    assert_int_equal(descendants_of(f->node.process.pid, NULL, 0), 0);
    outcome listed_nodes = nodes_list(&f->nexus, &count);
    assert_went_well(listed_nodes);
    assert_int_equal(count, 1);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

static void test_no_restart_is_a_limit_too(void **state) {
    fixture *f = *state;
    START(f, "--agents.uri", AGENT, "--agents.env", "TEST_AGENT_FAILS=1", "--agent-restart-limit",
          "0");
    process_wait_log(&f->node.process, "agent ended too often", 1);
    assert_int_equal(process_count_log(&f->node.process, "test agent will not start"), 1);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

/* The agents of a node that was killed are not doubled by its successor. */
static void test_a_killed_node_has_its_agents_once(void **state) {
    fixture *f = *state;
    START(f, "--agents.uri", AGENT);
    pid_t first = only_child(f);
    assert_int_equal(kill(f->node.process.pid, SIGKILL), 0);
    assert_int_equal(process_wait_end(&f->node.process, 10), 128 + SIGKILL);
    START(f, "--agents.uri", AGENT);
    assert_false(process_lives(first));
    assert_went_well(workload_start(&f->nexus, on_test_agent, NULL));
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

static void test_a_hung_agent_makes_nothing_late(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    listed *all = calloc(LISTED_MAX, sizeof *all);
    size_t count = 0;
    assert_non_null(all);
    START(f, "--agents.uri", AGENT);
    assert_went_well(workload_start(&f->nexus, on_test_agent, id));
    pid_t agent = only_child(f);
    assert_int_equal(kill(agent, SIGSTOP), 0);
    for (int i = 0; i < 3; i++) {
        outcome o = workloads_list(&f->nexus, all, &count);
        assert_went_well(o);
        assert_true(o.seconds < 1);
    }
    /* That it cannot be reached does not mean that it is not there. */
    char subject[256];
    snprintf(subject, sizeof subject, "$NEX.SVC.default.control.UNDEPLOY.%s", id);
    char *answer = raw_request(&f->nexus, subject, "{\"namespace\":\"default\"}", 5 * NEX_SECOND);
    assert_non_null(answer);
    assert_non_null(strstr(answer, "error_id"));
    assert_null(strstr(answer, "not found"));
    free(answer);
    assert_int_equal(kill(agent, SIGCONT), 0);
    free(all);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

/* ---- Remote agents
 * -------------------------------------------------------------------------------- */

static void start_agent(fixture *f, const char *node, const char *id) {
    const char *const words[] = {nats_server_url(f->nexus.server), "nexus", node, id, NULL};
    process_start(&f->nexus, &f->agent, AGENT, words);
}

static void end_agent(fixture *f) {
    assert_int_equal(kill(f->agent.pid, SIGTERM), 0);
    assert_int_equal(process_wait_end(&f->agent, 10), 0);
}

static void test_a_remote_agent_outlives_its_node(void **state) {
    fixture *f = *state;
    static const int signals[] = {SIGKILL, SIGTERM};
    char workload[NEX_ID_SIZE];
    START(f, "--allow-remote-agent-registration");
    start_agent(f, NULL, NULL);
    process_wait_log(&f->node.process, "to=healthy", 1);
    assert_went_well(workload_start(&f->nexus, on_test_agent, workload));
    char *id = agent_id(f);
    for (size_t i = 0; i < 2; i++) {
        assert_int_equal(kill(f->node.process.pid, signals[i]), 0);
        int status = process_wait_end(&f->node.process, 10);
        assert_int_equal(status, signals[i] == SIGKILL ? 128 + SIGKILL : 0);
        double began = seconds_now();
        START(f, "--allow-remote-agent-registration");
        process_wait_log(&f->node.process, "to=healthy", 1);
        assert_true(seconds_now() - began < 10);
        char *again = agent_id(f);
        assert_string_equal(again, id);
        free(again);
        (void)find_listed(&f->nexus, workload);
    }
    free(id);
    end_agent(f);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

static void test_a_killed_remote_agent_gets_its_own_back(void **state) {
    fixture *f = *state;
    char workload[NEX_ID_SIZE];
    START(f, "--allow-remote-agent-registration");
    start_agent(f, NULL, NULL);
    process_wait_log(&f->node.process, "to=healthy", 1);
    assert_went_well(workload_start(&f->nexus, on_test_agent, workload));
    char *id = agent_id(f);
    assert_int_equal(kill(f->agent.pid, SIGKILL), 0);
    assert_int_equal(process_wait_end(&f->agent, 10), 128 + SIGKILL);
    /* Nobody hears what is asked of it, so nobody waits. */
    listed *all = calloc(LISTED_MAX, sizeof *all);
    size_t count = 0;
    assert_non_null(all);
    outcome o = workloads_list(&f->nexus, all, &count);
    assert_went_well(o);
    assert_true(o.seconds < 1);
    assert_int_equal(count, 0);
    free(all);
    start_agent(f, f->node.id, id);
    process_wait_log(&f->node.process, "to=healthy", 2);
    (void)find_listed(&f->nexus, workload);
    char *again = agent_id(f);
    assert_string_equal(again, id);
    free(again);
    free(id);
    end_agent(f);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_killed_local_agent_comes_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_large_workloads_come_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_configuration_names_agents, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_agent_that_cannot_live_is_given_up, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_no_restart_is_a_limit_too, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_killed_node_has_its_agents_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_hung_agent_makes_nothing_late, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_remote_agent_outlives_its_node, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_killed_remote_agent_gets_its_own_back, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
