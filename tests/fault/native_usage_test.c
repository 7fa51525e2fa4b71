/* What processes use, against what the kernel says of this one. */
/* cmocka.h wants these before it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <fcntl.h>
#include <native/usage.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static const native_usage_places nowhere;

/* A child that waits until its standard input ends; in[1] is the end to close. */
static pid_t start_child(int in[2]) {
    assert_int_equal(pipe2(in, O_CLOEXEC), 0);
    pid_t child = fork();
    if (child == 0) {
        char byte;
        close(in[1]);
        _exit(read(in[0], &byte, 1) == 0 ? 0 : 1);
    }
    assert_true(child > 0);
    close(in[0]);
    return child;
}

static void processes_and_what_they_started_are_summed(void **state) {
    (void)state;
    int in[2];
    native_usage alone;
    native_usage both;
    assert_true(native_usage_measure(&nowhere, "w1", getpid(), &alone));
    assert_int_equal(alone.pids, 1);
    assert_true(alone.memory > 100000);
    assert_false(alone.from_cgroup);
    pid_t child = start_child(in);
    assert_true(native_usage_measure(&nowhere, "w1", getpid(), &both));
    assert_int_equal(both.pids, 2);
    close(in[1]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_true(native_usage_measure(&nowhere, "w1", getpid(), &alone));
    assert_int_equal(alone.pids, 1);
    /* The time of what has ended is not forgotten. */
    assert_true(alone.cpu_seconds >= both.cpu_seconds);
}

static void what_is_gone_is_told(void **state) {
    (void)state;
    int in[2];
    native_usage usage;
    pid_t child = start_child(in);
    close(in[1]);
    assert_int_equal(waitpid(child, NULL, 0), child);
    assert_false(native_usage_measure(&nowhere, "w1", child, &usage));
}

static void put(const char *directory, const char *name, const char *text) {
    char path[128];
    snprintf(path, sizeof path, "%s/nex-w1/%s", directory, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void drop(const char *directory, const char *name) {
    char path[128];
    snprintf(path, sizeof path, "%s/nex-w1/%s", directory, name);
    assert_int_equal(remove(path), 0);
}

/* The files are as the kernel writes them; whether there are groups here does not matter. */
static void the_files_of_a_control_group_count_more(void **state) {
    (void)state;
    static const char *const files[] = {"memory.current", "cpu.stat", "pids.current", "io.stat"};
    char directory[] = "/tmp/nex-usage-test-XXXXXX";
    char group[64];
    native_usage usage;
    assert_non_null(mkdtemp(directory));
    snprintf(group, sizeof group, "%s/nex-w1", directory);
    assert_int_equal(mkdir(group, 0700), 0);
    put(directory, files[0], "12345678\n");
    put(directory, files[1], "usage_usec 1500000\nuser_usec 1000000\nsystem_usec 500000\n");
    put(directory, files[2], "7\n");
    put(directory, files[3],
        "8:0 rbytes=100 wbytes=20 rios=1 wios=1 dbytes=0 dios=0\n"
        "8:16 rbytes=1000 wbytes=3 rios=1 wios=1 dbytes=0 dios=0\n");
    native_cgroup_place place = {.unified = true};
    snprintf(place.path, sizeof place.path, "%s", directory);
    native_usage_places places = {.memory = place, .cpu = place, .pids = place, .io = place};
    assert_true(native_usage_measure(&places, "w1", getpid(), &usage));
    assert_true(usage.from_cgroup);
    assert_int_equal(usage.memory, 12345678);
    assert_int_equal(usage.pids, 7);
    assert_true(usage.cpu_seconds > 1.49 && usage.cpu_seconds < 1.51);
    assert_true(usage.has_io);
    assert_int_equal(usage.io_read, 1100);
    assert_int_equal(usage.io_write, 23);
    /* A workload without a group is summed. */
    assert_true(native_usage_measure(&places, "w2", getpid(), &usage));
    assert_false(usage.from_cgroup);
    assert_int_equal(usage.pids, 1);
    for (size_t i = 0; i < 4; i++) {
        drop(directory, files[i]);
    }
    assert_int_equal(rmdir(group), 0);
    assert_int_equal(rmdir(directory), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(processes_and_what_they_started_are_summed),
        cmocka_unit_test(what_is_gone_is_told),
        cmocka_unit_test(the_files_of_a_control_group_count_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
