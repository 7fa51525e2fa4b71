/*
 * Local agents of other kinds: a directory of programs, the native nexlet as a program of its
 * own, and one that hangs.
 */
#include "node_process.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define AGENT  NEX_BIN_DIR "/bin/nex-test-agent"
#define NATIVE NEX_BIN_DIR "/nexlets/native/nexlet-native"

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    char health[64]; /* of the one agent */
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, false);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

/* Each executable in it is an agent; what is none is left alone. */
static void test_a_directory_of_programs(void **state) {
    fixture *f = *state;
    char dir[96];
    char path[128];
    snprintf(dir, sizeof dir, "%s/agents.d", f->nexus.dir);
    assert_int_equal(mkdir(dir, 0700), 0);
    snprintf(path, sizeof path, "%s/one", dir);
    assert_int_equal(symlink(AGENT, path), 0);
    snprintf(path, sizeof path, "%s/two", dir);
    assert_int_equal(symlink(AGENT, path), 0);
    snprintf(path, sizeof path, "%s/README", dir);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fclose(file), 0);
    NODE_START(&f->nexus, &f->node, "--disable-native-start", "--agents.uri", dir);
    assert_int_equal(descendants_of(f->node.process.pid, NULL, 0), 2);
    /* What they say is in the node's log, by name. */
    assert_int_equal(process_count_log(&f->node.process, "test agent says hello"), 2);
    assert_int_equal(process_count_log(&f->node.process, "agent=one stream=stdout"), 1);
    assert_int_equal(process_count_log(&f->node.process, "agent=two stream=stdout"), 1);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

/* Its workloads outlive it, and are its own again when it is back. */
static void test_the_native_nexlet_as_a_program(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    char variable[128];
    start_of what = {0};
    snprintf(variable, sizeof variable, "NEX_NATIVE_STATE_DIR=%s/native", f->nexus.dir);
    NODE_START(&f->nexus, &f->node, "--disable-native-start", "--agents.uri", NATIVE,
               "--agents.argv", "--keep-workloads", "--agents.argv",
               "--monitor=" NEX_BIN_DIR "/libexec/nex/nex-monitor", "--agents.env", variable);
    assert_went_well(workload_start(&f->nexus, what, id));
    listed before = find_listed(&f->nexus, id);
    assert_int_not_equal(before.pid, 0);
    pid_t pids[8];
    size_t count = descendants_of(f->node.process.pid, pids, 8);
    assert_in_range(count, 1, 8);
    assert_int_equal(kill(pids[0], SIGKILL), 0);
    process_wait_log(&f->node.process, "to=healthy", 2);
    listed after = find_listed(&f->nexus, id);
    assert_int_equal(after.pid, before.pid);
    assert_went_well(workload_stop(&f->nexus, id));
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

static void on_info(void *arg, const nex_outcome *how, const nex_node_info_response *info) {
    fixture *f = arg;
    (void)how;
    assert_non_null(info);
    assert_int_equal(info->node_agent_summaries.count, 1);
    snprintf(f->health, sizeof f->health, "%s", info->node_agent_summaries.items[0].agent_health);
}

/* Its process lives, but its heartbeats do not come. */
static void test_one_that_hangs(void **state) {
    fixture *f = *state;
    nex_client_op *op = NULL;
    nex_error err;
    pid_t pid;
    NODE_START(&f->nexus, &f->node, "--disable-native-start", "--agents.uri", AGENT);
    assert_int_equal(descendants_of(f->node.process.pid, &pid, 1), 1);
    assert_int_equal(kill(pid, SIGSTOP), 0);
    process_wait_log(&f->node.process, "to=degraded", 1);
    assert_int_equal(nex_client_node_info(f->nexus.client, f->node.id, on_info, f, &op, &err),
                     NEX_OK);
    nex_client_wait(op);
    assert_string_equal(f->health, "degraded");
    assert_int_equal(kill(pid, SIGCONT), 0);
    process_wait_log(&f->node.process, "from=degraded to=healthy", 1);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_directory_of_programs, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_native_nexlet_as_a_program, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_one_that_hangs, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
