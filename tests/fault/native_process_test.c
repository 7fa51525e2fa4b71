/* The process layer with real processes: starting, output, stopping, and who is left behind. */
#include "native_run.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
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

static void stop(native_rig *rig, native_run *run, nex_duration grace) {
    rig->layer.ops->stop(rig->layer.self, run->process, 0, grace);
}

static void gives_output_and_exit_status(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1", "echo to out; echo to err >&2; printf unfinished; exit 3",
                  NULL);
    assert_true(run.started);
    assert_true(run.info.pid > 0);
    assert_int_equal(run.info.run, 1);
    native_run_wait_end(&run);
    assert_string_equal(run.out.data, "to out\nunfinished");
    assert_string_equal(run.err.data, "to err\n");
    assert_int_equal(run.exit.code, 3);
    assert_int_equal(run.exit.signal, 0);
    assert_true(run.exit.known);
    assert_false(run.exit.requested);
    native_run_clear(&run);
}

static void tells_why_a_program_cannot_be_executed(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    char *items[] = {(char *)(uintptr_t) "x"};
    nex_string_list argv = {.items = items, .count = 1};
    nex_process_spec spec = {.workload_id = "w1", .path = "/etc/passwd", .argv = &argv};
    native_run_spec(rig, &run, &spec);
    assert_true(run.failed);
    assert_string_equal(run.error.message, "the program cannot be executed: Permission denied");
    spec.path = "/nowhere/at/all";
    native_run_clear(&run);
    native_run_spec(rig, &run, &spec);
    assert_string_equal(run.error.message,
                        "the program cannot be executed: No such file or directory");
    spec.path = "/bin/sh";
    spec.workdir = "/nowhere";
    native_run_clear(&run);
    native_run_spec(rig, &run, &spec);
    assert_non_null(strstr(run.error.message, "working directory"));
    assert_non_null(strstr(run.error.message, "/nowhere"));
}

static void gives_only_the_environment_asked_for(void **state) {
    native_run run = {0};
    char *args[] = {(char *)(uintptr_t) "env"};
    char *variables[] = {(char *)(uintptr_t) "A=1", (char *)(uintptr_t) "B=two words"};
    nex_string_list argv = {.items = args, .count = 1};
    nex_string_list env = {.items = variables, .count = 2};
    nex_process_spec spec = {
        .workload_id = "w1", .path = "/usr/bin/env", .argv = &argv, .env = &env};
    native_run_spec(*state, &run, &spec);
    native_run_wait_end(&run);
    assert_string_equal(run.out.data, "A=1\nB=two words\n");
    native_run_clear(&run);
}

static void is_alone_in_session_and_descriptors(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1",
                  "cut -d' ' -f1,5,6 /proc/$$/stat; ls /proc/$$/fd | tr '\\n' ' '; cat", NULL);
    native_run_wait_end(&run);
    char expected[80];
    long long pid = (long long)run.info.pid;
    snprintf(expected, sizeof expected, "%lld %lld %lld\n0 1 2 ", pid, pid, pid);
    assert_string_equal(run.out.data, expected);
    native_run_clear(&run);
}

static void stdin_holds_the_text_given(void **state) {
    native_run run = {0};
    char *args[] = {(char *)(uintptr_t) "cat"};
    nex_string_list argv = {.items = args, .count = 1};
    nex_process_spec spec = {.workload_id = "w1",
                             .path = "/bin/cat",
                             .argv = &argv,
                             .stdin_data = "line\nrest",
                             .stdin_len = 9};
    native_run_spec(*state, &run, &spec);
    native_run_wait_end(&run);
    assert_string_equal(run.out.data, "line\nrest");
    native_run_clear(&run);
}

static void stops_by_signal(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1", "echo ready; while :; do sleep 1000; done", NULL);
    (void)native_run_wait_text(&run, "ready");
    stop(*state, &run, 5 * NEX_SECOND);
    native_run_wait_end(&run);
    assert_int_equal(run.exit.signal, SIGTERM);
    assert_true(run.exit.requested);
    assert_false(run.exit.killed);
    assert_false(native_alive((pid_t)run.info.pid));
    native_run_clear(&run);
}

static void kills_what_ignores_the_signal(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1", "trap '' TERM; echo ready; while :; do sleep 1000; done",
                  NULL);
    (void)native_run_wait_text(&run, "ready");
    stop(*state, &run, 50 * NEX_MILLISECOND);
    native_run_wait_end(&run);
    assert_int_equal(run.exit.signal, SIGKILL);
    assert_true(run.exit.killed);
    native_run_clear(&run);
}

static void wakes_a_stopped_process_to_end_it(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1", "echo ready; exec sleep 1000", NULL);
    (void)native_run_wait_text(&run, "ready");
    assert_int_equal(kill((pid_t)run.info.pid, SIGSTOP), 0);
    stop(*state, &run, 60 * NEX_SECOND);
    native_run_wait_end(&run);
    assert_int_equal(run.exit.signal, SIGTERM);
    native_run_clear(&run);
}

/* Children of sessions of their own, twice forked, one of them deaf to TERM. */
#define FAMILY                                                                                     \
    "setsid sh -c '(sh -c \"trap : TERM; echo deaf \\$\\$; while :; do sleep 1000; done\" &) '; "  \
    "(setsid sh -c 'echo free $$; exec sleep 1000' &); echo main $$; "

static pid_t pid_after(native_run *run, const char *word) {
    char text[32];
    snprintf(text, sizeof text, "%s ", word);
    const char *found = native_run_wait_text(run, text);
    return (pid_t)strtol(found + strlen(text), NULL, 10);
}

static void stop_reaches_all_descendants(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1", FAMILY "sleep 1000", NULL);
    pid_t deaf = pid_after(&run, "deaf");
    pid_t separate = pid_after(&run, "free");
    pid_t first = pid_after(&run, "main");
    assert_true(native_alive(deaf) && native_alive(separate) && native_alive(first));
    stop(*state, &run, 100 * NEX_MILLISECOND);
    native_run_wait_end(&run);
    assert_true(run.exit.killed);
    assert_false(native_alive(deaf));
    assert_false(native_alive(separate));
    assert_false(native_alive(first));
    native_run_clear(&run);
}

static void what_an_ended_program_left_behind_goes_too(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1", "(setsid sleep 1000 & echo left $!) ; exit 4", NULL);
    pid_t left = pid_after(&run, "left");
    native_run_wait_end(&run);
    assert_int_equal(run.exit.code, 4);
    assert_false(run.exit.requested);
    assert_false(native_alive(left));
    native_run_clear(&run);
}

static void a_second_start_is_refused(void **state) {
    native_run first = {0};
    native_run second = {0};
    native_run_sh(*state, &first, "w1", "echo ready; sleep 1000", NULL);
    (void)native_run_wait_text(&first, "ready");
    native_run_sh(*state, &second, "w1", "sleep 1000", NULL);
    assert_true(second.failed);
    assert_int_equal(second.error.code, NEX_EEXIST);
    assert_true(native_alive((pid_t)first.info.pid));
    stop(*state, &first, 0);
    native_run_wait_end(&first);
    native_run_clear(&first);
}

static void refused_output_comes_again_and_blocks_nobody(void **state) {
    native_rig *rig = *state;
    native_run run = {.refuse = true};
    char *args[] = {(char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c",
                    (char *)(uintptr_t) "seq -w 1 300000; echo all written >&2"};
    nex_string_list argv = {.items = args, .count = 3};
    nex_process_spec spec = {.workload_id = "w1",
                             .path = "/bin/sh",
                             .argv = &argv,
                             .log_file_bytes = 256 * 1024,
                             .log_files = 2};
    native_run_spec(rig, &run, &spec);
    /* It writes 2 MB, into a log of half of one, though nobody reads. */
    native_wait_gone((pid_t)run.info.pid);
    run.refuse = false;
    rig->layer.ops->resume(rig->layer.self, run.process);
    native_run_wait_end(&run);
    assert_true(run.missed > 0);
    assert_string_equal(run.err.data, "all written\n");
    assert_true(run.out.len < 1024 * 1024);
    assert_string_equal(run.out.data + run.out.len - 7, "300000\n");
    native_run_clear(&run);
}

static void a_million_lines_come_in_order(void **state) {
    native_run run = {0};
    native_run_sh(*state, &run, "w1", "seq 1 1000000", NULL);
    native_run_wait_end(&run);
    assert_int_equal(run.missed, 0);
    const char *at = run.out.data;
    for (long i = 1; i <= 1000000; i++) {
        char *end;
        assert_int_equal(strtol(at, &end, 10), i);
        assert_int_equal(*end, '\n');
        at = end + 1;
    }
    assert_int_equal(*at, '\0');
    native_run_clear(&run);
}

static void attached_runs_pass_bytes_and_keep_nothing(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    size_t size = 700 * 1000;
    char *payload = malloc(size);
    for (size_t i = 0; i < size; i++) {
        payload[i] = (char)(i * 2654435761u >> 13);
    }
    char *args[] = {(char *)(uintptr_t) "cat"};
    nex_string_list argv = {.items = args, .count = 1};
    nex_process_spec spec = {.workload_id = "f1",
                             .path = "/bin/cat",
                             .argv = &argv,
                             .stdin_data = payload,
                             .stdin_len = size,
                             .attached = true};
    native_run_spec(rig, &run, &spec);
    native_run_wait_end(&run);
    assert_int_equal(run.out.len, size);
    assert_memory_equal(run.out.data, payload, size);
    assert_int_equal(run.exit.code, 0);
    char path[160];
    snprintf(path, sizeof path, "%s/workloads/f1", rig->state);
    assert_int_equal(access(path, F_OK), -1);
    free(payload);
    native_run_clear(&run);
}

static void an_attached_run_ends_with_its_nexlet(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    char fifo[128];
    native_fifo(rig, "held", fifo);
    char script[256];
    snprintf(script, sizeof script, "exec 3<>%s; echo ready; exec sleep 1000", fifo);
    char *args[] = {(char *)(uintptr_t) "sh", (char *)(uintptr_t) "-c", script};
    nex_string_list argv = {.items = args, .count = 3};
    nex_process_spec spec = {
        .workload_id = "f1", .path = "/bin/sh", .argv = &argv, .attached = true};
    native_run_spec(rig, &run, &spec);
    (void)native_run_wait_text(&run, "ready");
    int end = open(fifo, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    rig->layer.ops->release(rig->layer.self, run.process);
    fcntl(end, F_SETFL, 0);
    char byte;
    assert_int_equal(read(end, &byte, 1), 0); /* ends when its last writer is gone */
    close(end);
    native_run_clear(&run);
}

static void only_the_owner_reaches_the_socket_and_the_records(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    native_run_sh(rig, &run, "w1", "echo ready; sleep 1000", NULL);
    (void)native_run_wait_text(&run, "ready");
    static const char *const files[] = {"monitor.sock", "run", "lock"};
    for (size_t i = 0; i < 3; i++) {
        char path[160];
        struct stat info;
        snprintf(path, sizeof path, "%s/workloads/w1/%s", rig->state, files[i]);
        assert_int_equal(stat(path, &info), 0);
        assert_int_equal(info.st_mode & 0777, 0600);
    }
    stop(rig, &run, 0);
    native_run_wait_end(&run);
    native_run_clear(&run);
}

static void two_hundred_runs_leave_nothing_open(void **state) {
    native_rig *rig = *state;
    size_t before = 0;
    for (int i = 0; i < 200; i++) {
        native_run run = {0};
        native_run_sh(rig, &run, "w1", "exec sleep 1000", NULL);
        assert_true(run.started);
        stop(rig, &run, NEX_SECOND);
        native_run_wait_end(&run);
        rig->layer.ops->forget(rig->layer.self, "w1");
        native_run_clear(&run);
        if (i == 0) {
            before = native_open_descriptors();
        }
    }
    /* The last monitor may be on its way out: its end is the event to wait for. */
    siginfo_t info;
    while (waitid(P_ALL, 0, &info, WEXITED) == 0) {
    }
    assert_int_equal(errno, ECHILD);
    assert_true(native_open_descriptors() <= before);
    char path[160];
    snprintf(path, sizeof path, "%s/workloads/w1", rig->state);
    assert_int_equal(access(path, F_OK), -1);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(gives_output_and_exit_status, setup, teardown),
        cmocka_unit_test_setup_teardown(tells_why_a_program_cannot_be_executed, setup, teardown),
        cmocka_unit_test_setup_teardown(gives_only_the_environment_asked_for, setup, teardown),
        cmocka_unit_test_setup_teardown(is_alone_in_session_and_descriptors, setup, teardown),
        cmocka_unit_test_setup_teardown(stdin_holds_the_text_given, setup, teardown),
        cmocka_unit_test_setup_teardown(stops_by_signal, setup, teardown),
        cmocka_unit_test_setup_teardown(kills_what_ignores_the_signal, setup, teardown),
        cmocka_unit_test_setup_teardown(wakes_a_stopped_process_to_end_it, setup, teardown),
        cmocka_unit_test_setup_teardown(stop_reaches_all_descendants, setup, teardown),
        cmocka_unit_test_setup_teardown(what_an_ended_program_left_behind_goes_too, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_second_start_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(refused_output_comes_again_and_blocks_nobody, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_million_lines_come_in_order, setup, teardown),
        cmocka_unit_test_setup_teardown(attached_runs_pass_bytes_and_keep_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(an_attached_run_ends_with_its_nexlet, setup, teardown),
        cmocka_unit_test_setup_teardown(only_the_owner_reaches_the_socket_and_the_records, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(two_hundred_runs_leave_nothing_open, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
