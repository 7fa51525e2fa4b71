/*
 * The whole path without root: nats-server, node, nexlet, monitors and workloads of a user who
 * may do nothing. Run by root, the test becomes such a user first.
 */
#include "node_process.h"

#include <grp.h>
#include <nex/keys.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NOBODY = 65534 };

#define SLEEP "\"uri\":\"file:///bin/sleep\",\"argv\":[\"3600\"]"

typedef struct fixture {
    nexus_run nexus;
    node_run node;
    char seed[NEX_KEY_TEXT_SIZE];
    char resources[96];
} fixture;

static int set_up(void **state) {
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    nexus_run_start(&f->nexus, true);
    nex_key *key = NULL;
    assert_int_equal(nex_key_generate(&key, NEX_KEY_SERVER, NULL), NEX_OK);
    assert_int_equal(nex_key_seed(key, f->seed), NEX_OK);
    nex_key_free(key);
    snprintf(f->resources, sizeof f->resources, "%s/resources", f->nexus.dir);
    *state = f;
    return 0;
}

static int tear_down(void **state) {
    fixture *f = *state;
    nexus_run_end(&f->nexus);
    free(f);
    return 0;
}

static void start_node(fixture *f) {
    NODE_START(&f->nexus, &f->node, "--node-seed", f->seed, "--resource-directory", f->resources,
               "--state", "kv");
}

static void assert_ours(pid_t pid) {
    char path[40];
    struct stat info;
    snprintf(path, sizeof path, "/proc/%ld", (long)pid);
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_uid, geteuid());
}

static void workloads_start_survive_and_stop(void **state) {
    static const char *const runs[] = {"{" SLEEP ",\"isolation\":\"off\"}", "{" SLEEP "}",
                                       "{" SLEEP ",\"isolation\":\"strict\"}"};
    enum { RUNS = sizeof runs / sizeof runs[0] };
    fixture *f = *state;
    char ids[RUNS][NEX_ID_SIZE];
    pid_t pids[RUNS];
    start_node(f);
    for (size_t i = 0; i < RUNS; i++) {
        assert_went_well(workload_start(&f->nexus, (start_of){.run = runs[i]}, ids[i]));
        pids[i] = find_listed(&f->nexus, ids[i]).pid;
        assert_ours(pids[i]);
    }
    assert_int_equal(kill(f->node.process.pid, SIGKILL), 0);
    assert_int_equal(process_wait_end(&f->node.process, 10), 128 + SIGKILL);
    start_node(f);
    for (size_t i = 0; i < RUNS; i++) {
        listed l = find_listed(&f->nexus, ids[i]);
        assert_string_equal(l.state, "running");
        assert_int_equal(l.pid, pids[i]);
        assert_true(process_lives(pids[i]));
    }
    assert_went_well(workload_stop(&f->nexus, ids[RUNS - 1]));
    assert_false(process_lives(pids[RUNS - 1]));
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
    for (size_t i = 0; i < RUNS; i++) {
        assert_false(process_lives(pids[i]));
    }
}

static void what_is_missing_is_said_once(void **state) {
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    start_node(f);
    for (size_t i = 0; i < 3; i++) {
        assert_went_well(workload_start(&f->nexus, (start_of){0}, id));
    }
    assert_int_equal(process_count_log(&f->node.process, "control groups"), 1);
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

static void what_takes_privileges_is_refused_in_words(void **state) {
    static const char *const runs[][2] = {
        {"{" SLEEP ",\"user\":\"root\"}", "only a nexlet of root"},
        {"{" SLEEP ",\"user\":\"dynamic\"}", "only a nexlet of root"},
        {"{" SLEEP ",\"limits\":{\"nice\":-5}}", "limits.nice"},
    };
    fixture *f = *state;
    char id[NEX_ID_SIZE];
    start_node(f);
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        outcome o = workload_start(&f->nexus, (start_of){.run = runs[i][0]}, id);
        assert_int_not_equal(o.status, NEX_OK);
        if (strstr(o.message, runs[i][1]) == NULL && strstr(o.reasons, runs[i][1]) == NULL) {
            fail_msg("\"%s %s\" does not say \"%s\"", o.message, o.reasons, runs[i][1]);
        }
    }
    assert_int_equal(node_end(&f->node, SIGTERM), 0);
}

/* False where such a user cannot run what was built. */
static bool become_nobody(void) {
    if (geteuid() != 0) {
        return true;
    }
    if (setgroups(0, NULL) != 0 || setresgid(NOBODY, NOBODY, NOBODY) != 0 ||
        setresuid(NOBODY, NOBODY, NOBODY) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0 ||
        chdir("/") != 0) {
        return false;
    }
    return access(NEX_BIN_DIR "/bin/nex", X_OK) == 0;
}

int main(void) {
    if (!become_nobody()) {
        printf("skipped: a user without privileges cannot run %s\n", NEX_BIN_DIR "/bin/nex");
        return 77;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(workloads_start_survive_and_stop, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_missing_is_said_once, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_takes_privileges_is_refused_in_words, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
