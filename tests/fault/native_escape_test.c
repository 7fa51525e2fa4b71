/*
 * Escapes: a hostile workload (hostile.c) beside another one. Under strict isolation nothing it
 * tries may succeed, with a nexlet of root and with one without privileges.
 */
#include "native_isolated.h"

#include <fcntl.h>
#include <monitor/record.h>
#include <native/isolation.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SECRET "a-secret-of-another-workload"

static pid_t monitor_of(const native_rig *rig, const char *id) {
    mon_run run;
    char path[192];
    snprintf(path, sizeof path, "%s/workloads/%s", rig->state, id);
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(directory >= 0);
    assert_int_equal(mon_run_read(directory, &run), MON_RECORD_OK);
    close(directory);
    return run.monitor_pid;
}

/* A workload of the default profile with a secret in its environment. */
static void start_victim(native_rig *rig, native_run *victim) {
    static const nex_native_start_request plain = {0};
    char *items[] = {(char *)(uintptr_t) "SECRET=" SECRET};
    nex_string_list env = {.items = items, .count = 1};
    isolated how = {.id = "victim", .start = &plain, .env = &env};
    isolated_start(rig, victim, &how, "echo on; exec sleep 1000");
    (void)native_run_wait_text(victim, "on\n");
}

static void attack(native_rig *rig, const native_run *victim,
                   nex_native_start_request_isolation profile, native_run *hostile) {
    nex_native_start_request start = {.isolation = profile};
    char command[768];
    snprintf(command, sizeof command, "exec %s %ld %ld %s/workloads/victim " SECRET,
             getenv("NEX_TEST_HOSTILE"), (long)victim->info.pid, (long)monitor_of(rig, "victim"),
             rig->state);
    char *shown[] = {getenv("NEX_TEST_HOSTILE")};
    nex_native_start_request_paths paths = {.read_only = {.items = shown, .count = 1}};
    start.paths = profile == NEX_NATIVE_START_REQUEST_ISOLATION_STRICT ? &paths : NULL;
    isolated how = {.id = "hostile", .start = &start, .private_dir = rig->state};
    isolated_start(rig, hostile, &how, command);
    if (hostile->failed) {
        fail_msg("not started: %s", hostile->error.message);
    }
    native_run_wait_end(hostile);
    assert_int_equal(hostile->exit.code, 0);
    assert_int_equal(hostile->exit.signal, 0);
}

static void nothing_succeeds_under_strict(void **state) {
    isolated_needs_namespaces();
    native_rig *rig = *state;
    native_run victim = {0};
    native_run hostile = {0};
    start_victim(rig, &victim);
    attack(rig, &victim, NEX_NATIVE_START_REQUEST_ISOLATION_STRICT, &hostile);
    if (strstr(hostile.out.data, "DONE ") != NULL) {
        fail_msg("it got through:\n%s", hostile.out.data);
    }
    assert_non_null(strstr(hostile.out.data, "refused signal to the own monitor"));
    assert_true(native_alive((pid_t)victim.info.pid));
    rig->layer.ops->stop(rig->layer.self, victim.process, 0, 0);
    native_run_wait_end(&victim);
    native_run_clear(&hostile);
    native_run_clear(&victim);
}

/* Else the tries above would prove nothing. */
static void without_isolation_some_do(void **state) {
    native_rig *rig = *state;
    native_run victim = {0};
    native_run hostile = {0};
    start_victim(rig, &victim);
    attack(rig, &victim, NEX_NATIVE_START_REQUEST_ISOLATION_OFF, &hostile);
    static const char *const done[] = {"DONE environ", "DONE any environ",
                                       "DONE socket of another monitor",
                                       "DONE signal to a monitor"};
    for (size_t i = 0; i < sizeof done / sizeof done[0]; i++) {
        if (strstr(hostile.out.data, done[i]) == NULL) {
            fail_msg("expected \"%s\" in:\n%s", done[i], hostile.out.data);
        }
    }
    rig->layer.ops->stop(rig->layer.self, victim.process, 0, 0);
    native_run_wait_end(&victim);
    native_run_clear(&hostile);
    native_run_clear(&victim);
}

static int tests(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, isolated_setup, isolated_teardown)
    const struct CMUnitTest all[] = {
        T(nothing_succeeds_under_strict),
        T(without_isolation_some_do),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}

int main(void) {
    /* Where any user can run it, whoever built it. */
    char directory[] = "/tmp/nex-hostile-XXXXXX";
    char path[64];
    char command[512];
    if (mkdtemp(directory) == NULL || chmod(directory, 0755) != 0) {
        return 1;
    }
    snprintf(path, sizeof path, "%s/hostile", directory);
    snprintf(command, sizeof command, "cp '%s' %s", NEX_HOSTILE, path);
    if (system(command) != 0 || setenv("NEX_TEST_HOSTILE", path, 1) != 0) {
        return 1;
    }
    int failed = isolated_main(tests);
    (void)unlink(path);
    (void)rmdir(directory);
    return failed;
}
