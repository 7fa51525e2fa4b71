/* Limits, user and privileges of real processes. What needs root or control groups is tested
 * where they are to be had; elsewhere that it is refused in words. */
#include "native_run.h"

#include <fcntl.h>
#include <native/cgroup.h>
#include <native/cgroup_path.h>
#include <native/delegation.h>
#include <native/settings.h>
#include <native/workload.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static int setup(void **state) {
    native_rig *rig = calloc(1, sizeof *rig);
    native_rig_setup(rig);
    *state = rig;
    return 0;
}

static int teardown(void **state) {
    native_rig_teardown(*state);
    free(*state);
    return 0;
}

static void run_with(native_rig *rig, native_run *run, const nex_buf *settings,
                     const char *script) {
    char *items[] = {(char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c", (char *)(uintptr_t)script};
    nex_string_list argv = {.items = items, .count = 3};
    nex_process_spec spec = {.workload_id = "w1",
                             .path = "/bin/sh",
                             .argv = &argv,
                             .stop_grace = NEX_SECOND,
                             .settings = settings->data,
                             .settings_len = settings->len};
    native_run_spec(rig, run, &spec);
}

static void limits_of_a_process_hold(void **state) {
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    mon_rlimit files = {.resource = RLIMIT_NOFILE, .soft = 33, .hard = 33};
    mon_rlimit core = {.resource = RLIMIT_CORE, .soft = 0, .hard = 0};
    int32_t niceness = 7;
    native_put(&settings, MON_TAG_RLIMIT, &files, sizeof files);
    native_put(&settings, MON_TAG_RLIMIT, &core, sizeof core);
    native_put(&settings, MON_TAG_NICE, &niceness, sizeof niceness);
    run_with(*state, &run, &settings, "ulimit -n; ulimit -c; nice");
    native_run_wait_end(&run);
    assert_string_equal(run.out.data, "33\n0\n7\n");
    nex_buf_free(&settings);
    native_run_clear(&run);
}

static void no_privileges_can_be_gained(void **state) {
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    native_put_u32(&settings, MON_TAG_ISOLATION, MON_ISOLATE_NO_NEW_PRIVS);
    run_with(*state, &run, &settings, "grep NoNewPrivs /proc/self/status");
    native_run_wait_end(&run);
    assert_string_equal(run.out.data, "NoNewPrivs:\t1\n");
    nex_buf_free(&settings);
    native_run_clear(&run);
}

static void it_runs_as_the_user_asked_for(void **state) {
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    mon_user user = {.uid = 4321, .gid = 4322};
    native_put(&settings, MON_TAG_USER, &user, sizeof user);
    native_put_u32(&settings, MON_TAG_GROUP, 4322);
    run_with(*state, &run, &settings,
             "id -u; id -g; id -G; touch here && echo can write; cat ../run");
    if (geteuid() != 0) {
        assert_true(run.failed);
        assert_non_null(strstr(run.error.message, "Operation not permitted"));
    } else {
        native_run_wait_end(&run);
        assert_string_equal(run.out.data, "4321\n4322\n4322\ncan write\n");
        assert_int_not_equal(run.exit.code, 0); /* the nexlet's records are not for it */
    }
    nex_buf_free(&settings);
    native_run_clear(&run);
}

/* A group with one setting; false where there can be none. */
static bool group_with(nex_buf *settings, const char *controller, const char *v1_file,
                       const char *v2_file, const char *value, char path[512]) {
    native_cgroup_place place;
    nex_error err;
    if (native_cgroup_find(NULL, controller, &place, &err) != NEX_OK) {
        assert_int_equal(err.code, NEX_EUNSUPPORTED);
        assert_non_null(strstr(err.message, controller));
        return false;
    }
    char text[640];
    snprintf(path, 512, "%s/nex-test-%ld", place.path, (long)getpid());
    snprintf(text, sizeof text, "%s/%s\n%s", path, place.unified ? v2_file : v1_file, value);
    native_put_text(settings, MON_TAG_CGROUP, path);
    native_put_text(settings, MON_TAG_CGROUP_SET, text);
    return true;
}

static void too_much_memory_is_told_as_such(void **state) {
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    char path[512];
    if (group_with(&settings, "memory", "memory.limit_in_bytes", "memory.max", "16777216", path)) {
        run_with(*state, &run, &settings, "exec tail /dev/zero");
        if (run.failed) {
            fail_msg("%s", run.error.message);
        }
        native_run_wait_end(&run);
        assert_true(run.exit.oom);
        assert_int_equal(run.exit.signal, SIGKILL);
        assert_int_equal(access(path, F_OK), -1);
    }
    nex_buf_free(&settings);
    native_run_clear(&run);
}

static void processes_are_counted(void **state) {
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    char path[512];
    if (group_with(&settings, "pids", "pids.max", "pids.max", "3", path)) {
        run_with(*state, &run, &settings,
                 "sleep 100 & sleep 100 & sleep 100 & sleep 100 & echo never");
        native_run_wait_end(&run);
        assert_int_equal(run.out.len, 0);
        assert_non_null(strstr(run.err.data, "fork"));
        assert_int_not_equal(run.exit.code, 0);
        assert_false(run.exit.oom);
        assert_int_equal(access(path, F_OK), -1);
    }
    nex_buf_free(&settings);
    native_run_clear(&run);
}

/* The settings of a whole request, as the nexlet makes them. */
static nex_status settings_of(const native_rig *rig, nex_native_start_request *start, nex_buf *out,
                              nex_error *err) {
    nex_native native = {.loop = rig->loop};
    native_workload workload = {.native = &native,
                                .id = (char *)(uintptr_t) "w1",
                                .lifecycle = NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                .start = start};
    nex_status status = native_settings(&workload, NULL, out, err);
    native_filters_free(&native.filters);
    return status;
}

static bool file_holds(const char *directory, const char *file, const char *text) {
    char path[640];
    char content[4096];
    snprintf(path, sizeof path, "%s/%s", directory, file);
    FILE *in = fopen(path, "re");
    size_t got = in != NULL ? fread(content, 1, sizeof content - 1, in) : 0;
    if (in != NULL) {
        fclose(in);
    }
    content[got] = '\0';
    return strstr(content, text) != NULL;
}

static void reading_from_disk_is_limited_or_refused(void **state) {
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    nex_error err;
    native_cgroup_place place;
    nex_native_start_request_limits limits = {.has_io_read = true, .io_read = 1234567};
    nex_native_start_request start = {.limits = &limits};
    nex_status status = settings_of(*state, &start, &settings, &err);
    if (status != NEX_OK) {
        assert_int_equal(status, NEX_EUNSUPPORTED);
        assert_non_null(strstr(err.message, "limits.io_read"));
        assert_non_null(strstr(err.message, "cannot be enforced"));
    } else {
        assert_int_equal(native_cgroup_find(NULL, "io", &place, &err), NEX_OK);
        char group[512];
        snprintf(group, sizeof group, "%s/nex-w1", place.path);
        run_with(*state, &run, &settings, "echo on; sleep 1000");
        if (run.failed) {
            fail_msg("%s", run.error.message);
        }
        (void)native_run_wait_text(&run, "on\n");
        assert_true(file_holds(group, place.unified ? "io.max" : "blkio.throttle.read_bps_device",
                               "1234567"));
        native_rig *rig = *state;
        rig->layer.ops->stop(rig->layer.self, run.process, 0, 0);
        native_run_wait_end(&run);
        assert_int_equal(access(group, F_OK), -1);
    }
    nex_buf_free(&settings);
    native_run_clear(&run);
}

static void writing_to_disk_is_not_said_to_be_limited_where_it_is_not(void **state) {
    (void)state;
    nex_buf settings = NEX_BUF_INIT;
    nex_error err;
    native_cgroup_place place;
    nex_native_start_request_limits limits = {.has_io_write = true, .io_write = 1234567};
    nex_native_start_request start = {.limits = &limits};
    bool unified = native_cgroup_find(NULL, "io", &place, &err) == NEX_OK && place.unified;
    nex_status status = settings_of(*state, &start, &settings, &err);
    if (!unified) {
        assert_int_equal(status, NEX_EUNSUPPORTED);
        assert_non_null(strstr(err.message, "limits.io_write cannot be enforced"));
    }
    nex_buf_free(&settings);
}

static void a_service_without_limits_has_a_group_too(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    nex_error err;
    native_cgroup_place place;
    nex_native_start_request start = {0};
    assert_int_equal(settings_of(*state, &start, &settings, &err), NEX_OK);
    if (native_cgroup_holds(NULL, &place)) {
        char group[512];
        char pid[32];
        snprintf(group, sizeof group, "%s/nex-w1", place.path);
        run_with(rig, &run, &settings, "(setsid sh -c 'echo on; sleep 1000' &) ; sleep 1000");
        (void)native_run_wait_text(&run, "on\n");
        snprintf(pid, sizeof pid, "%lld\n", (long long)run.info.pid);
        assert_true(file_holds(group, "cgroup.procs", pid));
        rig->layer.ops->stop(rig->layer.self, run.process, 0, 0);
        native_run_wait_end(&run);
        assert_int_equal(access(group, F_OK), -1);
    }
    nex_buf_free(&settings);
    native_run_clear(&run);
}

static void a_group_that_cannot_be_made_fails_the_start(void **state) {
    native_run run = {0};
    nex_buf settings = NEX_BUF_INIT;
    native_put_text(&settings, MON_TAG_CGROUP, "/proc/nowhere/group");
    run_with(*state, &run, &settings, "echo never");
    assert_true(run.failed);
    assert_non_null(strstr(run.error.message, "control group"));
    assert_non_null(strstr(run.error.message, "/proc/nowhere/group"));
    nex_buf_free(&settings);
    native_run_clear(&run);
}

static void old_groups_without_processes_are_swept(void **state) {
    (void)state;
    native_cgroup_place place;
    char left[512];
    char fresh[512];
    if (!native_cgroup_holds(NULL, &place)) {
        skip();
    }
    snprintf(left, sizeof left, "%s/" NATIVE_CGROUP_PREFIX "swept-%d", place.path, getpid());
    snprintf(fresh, sizeof fresh, "%s/" NATIVE_CGROUP_PREFIX "fresh-%d", place.path, getpid());
    assert_int_equal(mkdir(left, 0755), 0);
    assert_int_equal(mkdir(fresh, 0755), 0);
    struct timespec then[2] = {{.tv_sec = time(NULL) - 3600}, {.tv_sec = time(NULL) - 3600}};
    assert_int_equal(utimensat(AT_FDCWD, left, then, 0), 0);
    native_cgroup_sweep(NULL);
    assert_int_equal(access(left, F_OK), -1);
    assert_int_equal(rmdir(fresh), 0); /* somebody may be about to enter it */
}

static void a_group_that_was_chosen_is_checked(void **state) {
    (void)state;
    native_cgroup_own own;
    char found[448];
    nex_error err;
    if (!native_cgroup_find_own("", &own)) {
        skip();
    }
    assert_int_equal(native_delegation_choose("/no-such.slice/no.service", found, &err),
                     NEX_EUNSUPPORTED);
    assert_non_null(strstr(err.message, "no control group"));
    assert_non_null(strstr(err.message, "/no-such.slice/no.service"));
    assert_int_equal(native_delegation_choose("../../../../../../../../x", found, &err),
                     NEX_EINVAL);
    assert_non_null(strstr(err.message, "leads out of the tree"));
}

/* In v2 no process stands beside groups with limits: this one has moved, if it was in the way. */
static void the_delegated_group_is_left_to_groups(void **state) {
    (void)state;
    native_cgroup_place place;
    native_cgroup_own own;
    nex_error err;
    if (native_cgroup_find(NULL, "memory", &place, &err) != NEX_OK || !place.unified) {
        skip();
    }
    assert_true(native_cgroup_find_own("", &own));
    assert_string_not_equal(own.path, place.path);
    assert_true(strncmp(own.path, place.path, strlen(place.path)) == 0);
    assert_false(file_holds(place.path, "cgroup.procs", "\n"));
    assert_true(file_holds(place.path, "cgroup.subtree_control", "memory"));
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(limits_of_a_process_hold),
        T(no_privileges_can_be_gained),
        T(it_runs_as_the_user_asked_for),
        T(too_much_memory_is_told_as_such),
        T(processes_are_counted),
        T(a_group_that_cannot_be_made_fails_the_start),
        T(reading_from_disk_is_limited_or_refused),
        T(writing_to_disk_is_not_said_to_be_limited_where_it_is_not),
        T(a_service_without_limits_has_a_group_too),
        T(old_groups_without_processes_are_swept),
        T(a_group_that_was_chosen_is_checked),
        T(the_delegated_group_is_left_to_groups),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
