/*
 * The profiles of isolation, as root and without: what a workload is and sees under each.
 */
#include "native_isolated.h"

#include <native/isolation.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const nex_native_start_request strict = {.isolation =
                                                    NEX_NATIVE_START_REQUEST_ISOLATION_STRICT};

static void by_default_no_privileges_can_be_gained(void **state) {
    nex_native_start_request plain = {0};
    isolated how = {.start = &plain};
    isolated_expect(*state, &how, "grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status",
                    "NoNewPrivs:\t1\nSeccomp:\t2\n");
}

static void off_is_off(void **state) {
    nex_native_start_request off = {.isolation = NEX_NATIVE_START_REQUEST_ISOLATION_OFF};
    isolated how = {.start = &off};
    isolated_expect(*state, &how, "grep -E '^(NoNewPrivs|Seccomp):' /proc/self/status",
                    "NoNewPrivs:\t0\nSeccomp:\t0\n");
}

static void strict_leaves_no_capability(void **state) {
    isolated_needs_namespaces();
    isolated how = {.start = &strict};
    isolated_expect(*state, &how, "grep -E '^(Cap...|NoNewPrivs|Seccomp):' /proc/self/status",
                    "CapInh:\t0000000000000000\nCapPrm:\t0000000000000000\n"
                    "CapEff:\t0000000000000000\nCapBnd:\t0000000000000000\n"
                    "CapAmb:\t0000000000000000\nNoNewPrivs:\t1\nSeccomp:\t2\n");
}

static void strict_has_its_own_directories_alone(void **state) {
    isolated_needs_namespaces();
    isolated how = {.start = &strict};
    isolated_expect(*state, &how,
                    "echo mine > here && cat \"$PWD/here\"; echo x > /tmp/there && cat /tmp/there; "
                    "ls -A /home /root; for f in /etc/x /usr/x /x /var/x; do "
                    "(echo y > $f) 2>/dev/null && echo wrote $f; done; echo done",
                    "mine\nx\n/home:\n\n/root:\ndone\n");
    assert_int_not_equal(access("/tmp/there", F_OK), 0);
}

static void strict_sees_no_process_but_its_own(void **state) {
    isolated_needs_namespaces();
    isolated how = {.start = &strict};
    isolated_expect(*state, &how, "for p in /proc/[0-9]*; do read name < $p/comm; echo $name; done",
                    "nex-init\nsh\n");
}

static void strict_has_devices_and_descriptors_as_expected(void **state) {
    isolated_needs_namespaces();
    isolated how = {.start = &strict};
    isolated_expect(*state, &how,
                    "echo gone > /dev/null && head -c 3 /dev/zero | wc -c && ls /dev && "
                    "ls /proc/$$/fd",
                    "3\nfd\nfull\nnull\nptmx\npts\nrandom\nshm\nstderr\nstdin\nstdout\ntty\n"
                    "urandom\nzero\n0\n1\n2\n");
}

static void named_paths_are_shown_or_hidden(void **state) {
    isolated_needs_namespaces();
    native_rig *rig = *state;
    char shown[128];
    char changed[128];
    char hidden[128];
    char command[640];
    snprintf(shown, sizeof shown, "%s/shown", rig->directory);
    snprintf(changed, sizeof changed, "%s/changed", rig->directory);
    snprintf(hidden, sizeof hidden, "%s/hidden", rig->directory);
    snprintf(command, sizeof command,
             "cd %s && chmod 755 . && mkdir shown changed hidden && chmod 777 * 2>/dev/null; "
             "echo text > shown/file; chmod 666 shown/file; echo text > hidden/file",
             rig->directory);
    assert_int_equal(system(command), 0);
    char *read_only[] = {shown};
    char *writable[] = {changed};
    char *secret[] = {hidden};
    nex_native_start_request_paths paths = {.read_only = {.items = read_only, .count = 1},
                                            .writable = {.items = writable, .count = 1},
                                            .hidden = {.items = secret, .count = 1}};
    static const nex_native_start_request_isolation profiles[] = {
        NEX_NATIVE_START_REQUEST_ISOLATION_DEFAULT, NEX_NATIVE_START_REQUEST_ISOLATION_STRICT};
    for (size_t i = 0; i < 2; i++) {
        nex_native_start_request start = {.isolation = profiles[i], .paths = &paths};
        isolated how = {.start = &start, .argument = rig->directory};
        isolated_expect(rig, &how,
                        "cd $1; cat shown/file; (echo y > shown/file) 2>/dev/null || echo kept; "
                        "rm -f changed/file; echo new > changed/file && cat changed/file; "
                        "ls hidden 2>/dev/null; echo end",
                        "text\nkept\nnew\nend\n");
    }
}

static void a_path_that_cannot_be_is_refused(void **state) {
    (void)state;
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    char *items[] = {(char *)(uintptr_t) "relative"};
    nex_native_start_request_paths paths = {.writable = {.items = items, .count = 1}};
    nex_native_start_request start = {.paths = &paths};
    assert_int_equal(native_put_isolation(&start, NULL, NULL, &out, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "paths.writable: \"relative\""));
    items[0] = (char *)(uintptr_t) "/no/such/path";
    assert_int_equal(native_put_isolation(&start, NULL, NULL, &out, &err), NEX_ENOTFOUND);
    assert_non_null(strstr(err.message, "/no/such/path"));
    start.isolation = NEX_NATIVE_START_REQUEST_ISOLATION_OFF;
    assert_int_equal(native_put_isolation(&start, NULL, NULL, &out, &err), NEX_EINVAL);
    assert_non_null(strstr(err.message, "isolation \"off\""));
    nex_buf_free(&out);
}

static void users_of_two_workloads_differ_and_stay(void **state) {
    native_rig *rig = *state;
    nex_native_start_request start = {.user = (char *)(uintptr_t) "dynamic"};
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    if (geteuid() != 0) {
        assert_int_equal(native_put_user(&start, "/", &out, &err), NEX_EUNSUPPORTED);
        assert_non_null(strstr(err.message, "only a nexlet of root"));
        return;
    }
    char directory[2][128];
    uint32_t users[2];
    uint32_t again;
    for (int i = 0; i < 2; i++) {
        snprintf(directory[i], sizeof directory[i], "%s/home%d", rig->directory, i);
        char command[160];
        snprintf(command, sizeof command, "mkdir %s", directory[i]);
        assert_int_equal(system(command), 0);
        assert_int_equal(native_dynamic_user(directory[i], &users[i], &err), NEX_OK);
    }
    assert_int_not_equal(users[0], users[1]);
    assert_int_equal(native_dynamic_user(directory[0], &again, &err), NEX_OK);
    assert_int_equal(again, users[0]);
    /* The machine was started anew: what was taken is forgotten, the record is not. */
    char taken[64];
    snprintf(taken, sizeof taken, "/run/nex/users/%u", users[1]);
    assert_int_equal(unlink(taken), 0);
    assert_int_equal(native_dynamic_user(directory[1], &again, &err), NEX_OK);
    assert_int_equal(again, users[1]);
    /* Another workload has what this one had: it gets another. */
    assert_int_equal(unlink(taken), 0);
    assert_int_equal(symlink(directory[0], taken), 0);
    assert_int_equal(native_dynamic_user(directory[1], &again, &err), NEX_OK);
    assert_int_not_equal(again, users[1]);
    assert_int_equal(unlink(taken), 0);
    /* A workload that is gone has nothing. */
    snprintf(taken, sizeof taken, "/run/nex/users/%u", users[0]);
    assert_int_equal(unlink(taken), 0);
    assert_int_equal(symlink("/no/such/workload", taken), 0);
    assert_int_equal(native_dynamic_user(directory[0], &again, &err), NEX_OK);
    assert_int_equal(again, users[0]);
}

static void a_dynamic_user_owns_its_work(void **state) {
    nex_native_start_request start = {.user = (char *)(uintptr_t) "dynamic"};
    isolated how = {.start = &start};
    if (geteuid() == 0) {
        isolated_expect(
            *state, &how,
            "u=$(id -u); test $u -ge 61184 && test $u -le 65519 && "
            "test \"$(id -G)\" = $u && echo x > file && stat -c %u file | grep -q $u && "
            "echo good",
            "good\n");
    }
}

static void strict_refuses_root_by_name(void **state) {
    (void)state;
    nex_buf out = NEX_BUF_INIT;
    nex_error err;
    nex_native_start_request start = {.user = (char *)(uintptr_t) "root",
                                      .isolation = NEX_NATIVE_START_REQUEST_ISOLATION_STRICT};
    assert_int_equal(native_put_user(&start, "/", &out, &err), NEX_EUNSUPPORTED);
    assert_non_null(strstr(err.message, "\"root\" is root"));
    nex_buf_free(&out);
}

static void exits_and_orphans_are_seen_through_the_namespace(void **state) {
    isolated_needs_namespaces();
    native_rig *rig = *state;
    native_run run = {0};
    isolated how = {.start = &strict};
    isolated_start(rig, &run, &how, "(setsid sleep 1000 & ) ; exit 7");
    assert_false(run.failed);
    native_run_wait_end(&run);
    assert_int_equal(run.exit.code, 7);
    assert_true(run.exit.known);
    native_run_clear(&run);
}

static void a_stop_reaches_all_of_the_namespace(void **state) {
    isolated_needs_namespaces();
    native_rig *rig = *state;
    native_run run = {0};
    isolated how = {.start = &strict};
    isolated_start(
        rig, &run, &how,
        "(trap '' TERM; setsid sleep 1000 & ) ; trap '' TERM; echo on; sleep 1000; wait");
    (void)native_run_wait_text(&run, "on\n");
    rig->layer.ops->stop(rig->layer.self, run.process, 0, 0);
    native_run_wait_end(&run);
    assert_true(run.exit.killed);
    assert_int_equal(run.exit.signal, 9);
    native_run_clear(&run);
}

static int tests(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, isolated_setup, isolated_teardown)
    const struct CMUnitTest all[] = {
        T(by_default_no_privileges_can_be_gained),
        T(off_is_off),
        T(strict_leaves_no_capability),
        T(strict_has_its_own_directories_alone),
        T(strict_sees_no_process_but_its_own),
        T(strict_has_devices_and_descriptors_as_expected),
        T(named_paths_are_shown_or_hidden),
        T(a_path_that_cannot_be_is_refused),
        T(users_of_two_workloads_differ_and_stay),
        T(a_dynamic_user_owns_its_work),
        T(strict_refuses_root_by_name),
        T(exits_and_orphans_are_seen_through_the_namespace),
        T(a_stop_reaches_all_of_the_namespace),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}

int main(void) {
    return isolated_main(tests);
}
