/*
 * Monitors that are killed. What the workload started must be gone when its end is told, orphans
 * in sessions of their own too. A fifo tells: whoever was started from the workload has it open
 * for writing, so its end is the end of the last of them.
 */
#include "native_isolated.h"

#include <fcntl.h>
#include <monitor/record.h>
#include <native/cgroup.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static mon_run recorded(const native_rig *rig, const char *id) {
    mon_run run;
    char path[192];
    snprintf(path, sizeof path, "%s/workloads/%s", rig->state, id);
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(directory >= 0);
    assert_int_equal(mon_run_read(directory, &run), MON_RECORD_OK);
    close(directory);
    return run;
}

static int open_fifo(const native_rig *rig, char path[128]) {
    native_fifo(rig, "open", path);
    assert_int_equal(chmod(path, 0666), 0);
    assert_int_equal(chmod(rig->directory, 0755), 0);
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    assert_true(fd >= 0);
    return fd;
}

static bool held_open(int fifo) {
    struct pollfd end = {.fd = fifo, .events = POLLIN};
    return poll(&end, 1, 0) == 0;
}

static void wait_away(native_run *run) {
    (void)native_run_wait_text(run, "one away\n");
    (void)native_run_wait_text(run, "two away\n");
}

/* Starts a workload that scatters orphans, kills its monitor, and looks for what is left. */
static void kill_monitor(native_rig *rig, isolated *how) {
    native_run run = {0};
    char fifo[128];
    int fd = open_fifo(rig, fifo);
    char *writable[] = {fifo};
    nex_native_start_request start = *how->start;
    nex_native_start_request_paths paths = {.writable = {.items = writable, .count = 1}};
    start.paths = start.isolation == NEX_NATIVE_START_REQUEST_ISOLATION_STRICT ? &paths : NULL;
    how->start = &start;
    how->argument = fifo;
    isolated_start(
        rig, &run, how,
        "exec 9>$1; "
        "(setsid sh -c '(sleep 1000 <&- >&- 2>&- & ) ; echo one away; exec sleep 1000' &);"
        "(setsid sh -c 'trap \"\" TERM HUP; echo two away; sleep 1000' &) ;"
        "wait; sleep 1000");
    if (run.failed) {
        fail_msg("not started: %s", run.error.message);
    }
    wait_away(&run);
    assert_true(held_open(fd));
    assert_int_equal(kill(recorded(rig, "w1").monitor_pid, SIGKILL), 0);
    native_run_wait_end(&run);
    assert_false(run.exit.known);
    /* The kernel ends a process namespace in its own time once its first process is gone. */
    struct pollfd end = {.fd = fd, .events = POLLIN};
    assert_int_equal(poll(&end, 1, 10 * 1000), 1);
    close(fd);
    native_run_clear(&run);
}

static void orphans_are_found_by_their_mark(void **state) {
    nex_native_start_request start = {0};
    isolated how = {.start = &start};
    kill_monitor(*state, &how);
}

static void a_process_namespace_ends_with_its_monitor(void **state) {
    isolated_needs_namespaces();
    nex_native_start_request start = {.isolation = NEX_NATIVE_START_REQUEST_ISOLATION_STRICT};
    isolated how = {.start = &start};
    kill_monitor(*state, &how);
}

/* Those that threw their environment away: `env -i` in the script of the next two. */
static void kill_monitor_of_the_nameless(native_rig *rig, isolated *how) {
    native_run run = {0};
    char fifo[128];
    int fd = open_fifo(rig, fifo);
    how->argument = fifo;
    isolated_start(
        rig, &run, how,
        "exec 9>$1; (env -i setsid sh -c '(sleep 1000 <&- >&- 2>&- &) ; echo one away' &);"
        " echo two away; sleep 1000");
    if (run.failed) {
        fail_msg("not started: %s", run.error.message);
    }
    wait_away(&run);
    assert_int_equal(kill(recorded(rig, "w1").monitor_pid, SIGKILL), 0);
    native_run_wait_end(&run);
    assert_false(held_open(fd));
    close(fd);
    native_run_clear(&run);
}

static void a_control_group_tells_them_all(void **state) {
    static const nex_native_start_request plain = {0};
    native_cgroup_place place;
    if (!native_cgroup_holds(NULL, &place)) {
        print_message("[  SKIPPED ] no group of cgroup v2 can be made by this user\n");
        return;
    }
    char group[512];
    snprintf(group, sizeof group, "%s/nex-killed-%ld", place.path, (long)getpid());
    isolated how = {.start = &plain, .cgroup = group};
    kill_monitor_of_the_nameless(*state, &how);
    assert_int_equal(access(group, F_OK), -1);
}

static void a_user_of_its_own_tells_them_all(void **state) {
    nex_native_start_request start = {.user = (char *)(uintptr_t) "dynamic"};
    isolated how = {.start = &start};
    if (geteuid() == 0) {
        kill_monitor_of_the_nameless(*state, &how);
    }
}

static void what_the_next_nexlet_finds_is_ended_too(void **state) {
    native_rig *rig = *state;
    native_rig next;
    static const nex_native_start_request plain = {0};
    native_run run = {0};
    native_run found = {0};
    char fifo[128];
    int fd = open_fifo(rig, fifo);
    isolated how = {.start = &plain, .argument = fifo};
    isolated_start(
        rig, &run, &how,
        "exec 9>$1; (setsid sh -c 'echo one away; sleep 1000' &) ; echo two away; sleep 1000");
    assert_false(run.failed);
    wait_away(&run);
    mon_run record = recorded(rig, "w1");
    rig->layer.ops->release(rig->layer.self, run.process); /* the nexlet is gone first */
    assert_int_equal(kill(record.monitor_pid, SIGKILL), 0);
    native_wait_gone(record.monitor_pid);
    assert_true(held_open(fd));
    native_rig_again(&next, rig);
    native_run_adopt(&next, &found, "w1");
    native_run_wait_end(&found);
    assert_false(found.exit.known);
    assert_false(held_open(fd));
    close(fd);
    native_rig_close(&next);
    native_run_clear(&run);
    native_run_clear(&found);
}

static void a_neighbour_is_left_alone(void **state) {
    native_rig *rig = *state;
    static const nex_native_start_request plain = {0};
    native_run victim = {0};
    native_run neighbour = {0};
    isolated how = {.id = "w1", .start = &plain};
    isolated other = {.id = "w11", .start = &plain};
    isolated_start(rig, &victim, &how, "echo on; sleep 1000");
    isolated_start(rig, &neighbour, &other, "echo on; sleep 1000");
    (void)native_run_wait_text(&victim, "on\n");
    (void)native_run_wait_text(&neighbour, "on\n");
    assert_int_equal(kill(recorded(rig, "w1").monitor_pid, SIGKILL), 0);
    native_run_wait_end(&victim);
    assert_false(neighbour.ended);
    assert_true(native_alive((pid_t)neighbour.info.pid));
    rig->layer.ops->stop(rig->layer.self, neighbour.process, 0, 0);
    native_run_wait_end(&neighbour);
    native_run_clear(&victim);
    native_run_clear(&neighbour);
}

static int tests(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, isolated_setup, isolated_teardown)
    const struct CMUnitTest all[] = {
        T(orphans_are_found_by_their_mark),         T(a_process_namespace_ends_with_its_monitor),
        T(a_control_group_tells_them_all),          T(a_user_of_its_own_tells_them_all),
        T(what_the_next_nexlet_finds_is_ended_too), T(a_neighbour_is_left_alone),
    };
    return cmocka_run_group_tests(all, NULL, NULL);
}

int main(void) {
    return isolated_main(tests);
}
