/*
 * Workloads outlive the nexlet: a nexlet that is killed, and the next one that finds what it
 * left. The first nexlet is a child process of the test, so that it can really be killed.
 */
#include "native_run.h"

#include <fcntl.h>
#include <inttypes.h>
#include <monitor/record.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
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

/* What the first nexlet reports before it dies. */
typedef struct word {
    pid_t pid;
} word;

/*
 * A nexlet in a process of its own starts a script, waits until stdout holds a text, and is
 * killed as soon as it said so.
 */
static pid_t start_and_be_killed(const native_rig *rig, const char *id, const char *script,
                                 const char *until) {
    int pipes[2];
    assert_int_equal(pipe2(pipes, O_CLOEXEC), 0);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        native_rig own;
        native_run run = {0};
        native_rig_again(&own, rig);
        native_run_sh(&own, &run, id, script, NULL);
        (void)native_run_wait_text(&run, until);
        word said = {.pid = (pid_t)run.info.pid};
        /* One more turn, so that the output is acknowledged. */
        nex_loop_post(own.loop, (void (*)(void *))nex_loop_stop, own.loop);
        nex_loop_run(own.loop);
        (void)!write(pipes[1], &said, sizeof said);
        pause();
        _exit(0);
    }
    word heard = {0};
    close(pipes[1]);
    assert_int_equal(read(pipes[0], &heard, sizeof heard), sizeof heard);
    close(pipes[0]);
    assert_int_equal(kill(child, SIGKILL), 0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    return heard.pid;
}

static bool read_run(int directory, mon_run *run) {
    return mon_run_read(directory, run) == MON_RECORD_OK;
}

static mon_run recorded(const native_rig *rig, const char *id) {
    mon_run run;
    char path[192];
    snprintf(path, sizeof path, "%s/workloads/%s", rig->state, id);
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    assert_true(directory >= 0);
    assert_true(read_run(directory, &run));
    close(directory);
    return run;
}

static bool has_ended(int directory) {
    mon_run run;
    return read_run(directory, &run) && run.state.phase == MON_PHASE_ENDED;
}

static void is_adopted_with_its_pid_and_all_its_output(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    char fifo[128];
    char script[256];
    native_fifo(rig, "in", fifo);
    snprintf(script, sizeof script, "exec 3<>%s; echo ready; while read x <&3; do echo $x; done",
             fifo);
    pid_t pid = start_and_be_killed(rig, "w1", script, "ready");
    assert_true(native_alive(pid));
    native_fifo_write(fifo, "while away 1\nwhile away 2\n");
    native_run_adopt(rig, &run, "w1");
    assert_int_equal(run.info.pid, pid);
    assert_int_equal(run.info.run, 1);
    native_fifo_write(fifo, "back again\nlast\n");
    (void)native_run_wait_text(&run, "last\n");
    assert_string_equal(run.out.data, "while away 1\nwhile away 2\nback again\nlast\n");
    assert_int_equal(run.missed, 0);
    rig->layer.ops->stop(rig->layer.self, run.process, 0, 5 * NEX_SECOND);
    native_run_wait_end(&run);
    assert_true(run.exit.requested);
    native_run_clear(&run);
}

static void many_lines_across_adoptions_come_once_each(void **state) {
    native_rig *rig = *state;
    enum { LINES = 200000, ROUNDS = 5 };
    char fifo[128];
    char script[256];
    native_fifo(rig, "go", fifo);
    snprintf(script, sizeof script, "exec 3<>%s; echo ready; read x <&3; i=0; seq 1 %d; read x <&3",
             fifo, LINES);
    (void)start_and_be_killed(rig, "w1", script, "ready");
    native_fifo_write(fifo, "go\n");
    nex_buf all = NEX_BUF_INIT;
    for (int round = 0; round < ROUNDS; round++) {
        native_rig next;
        native_run run = {.refuse_at = round < ROUNDS - 1 ? 150000 : 0};
        native_rig_again(&next, rig);
        native_run_adopt(&next, &run, "w1");
        if (round < ROUNDS - 1) {
            while (run.out.len < run.refuse_at) {
                loop_wait_run(&next.wait, "output");
            }
        } else {
            char last[16];
            snprintf(last, sizeof last, "\n%d\n", LINES);
            (void)native_run_wait_text(&run, last);
            native_fifo_write(fifo, "end\n");
            native_run_wait_end(&run);
            assert_int_equal(run.exit.code, 0);
        }
        assert_int_equal(run.missed, 0);
        assert_int_equal(nex_buf_append(&all, run.out.data, run.out.len), NEX_OK);
        native_run_clear(&run);
        native_rig_close(&next);
    }
    const char *at = all.data;
    for (long i = 1; i <= LINES; i++) {
        char *end;
        assert_int_equal(strtol(at, &end, 10), i);
        at = end + 1;
    }
    assert_int_equal(*at, '\0');
    nex_buf_free(&all);
}

/* Pieces of every size, so that messages are filled to the last byte. */
static void pieces_of_all_sizes_come_whole(void **state) {
    native_rig *rig = *state;
    native_run run = {.refuse = true};
    native_run_sh(
        rig, &run, "w1",
        "awk 'BEGIN { for (i = 1; i <= 3000; i++) { s = sprintf(\"%*d\", 1 + (i * 37) % 997, "
        "i); print s; fflush() } }'",
        NULL);
    run.refuse = false;
    rig->layer.ops->resume(rig->layer.self, run.process);
    native_run_wait_end(&run);
    assert_int_equal(run.missed, 0);
    const char *at = run.out.data;
    for (long i = 1; i <= 3000; i++) {
        char *end;
        assert_int_equal(strtol(at, &end, 10), i);
        at = end + 1;
    }
    native_run_clear(&run);
}

static void an_exit_nobody_saw_is_kept(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    char fifo[128];
    char script[256];
    native_fifo(rig, "in", fifo);
    snprintf(script, sizeof script, "exec 3<>%s; echo ready; read x <&3; echo last words; exit 7",
             fifo);
    pid_t pid = start_and_be_killed(rig, "w1", script, "ready");
    native_fifo_write(fifo, "end\n");
    native_wait_file(rig, "w1", MON_FILE_RUN, has_ended);
    native_run_adopt(rig, &run, "w1");
    native_run_wait_end(&run);
    assert_int_equal(run.info.pid, pid);
    assert_int_equal(run.exit.code, 7);
    assert_true(run.exit.known);
    assert_string_equal(run.out.data, "last words\n");
    native_run_clear(&run);
}

static void find_ended(void *arg, const nex_process_record *record) {
    nex_process_record *out = arg;
    *out = *record;
    out->workload_id = NULL;
    out->saved = NULL;
}

/* Its unit is stopped, or the machine: it ends its workload, and keeps nobody waiting. */
static void a_monitor_that_is_told_to_end_does(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    pid_t pid = start_and_be_killed(rig, "w1", "echo ready; exec sleep 1000", "ready");
    pid_t monitor = recorded(rig, "w1").monitor_pid;
    assert_int_equal(kill(monitor, SIGTERM), 0);
    native_wait_gone(monitor);
    assert_false(native_alive(pid));
    native_run_adopt(rig, &run, "w1");
    native_run_wait_end(&run);
    assert_true(run.exit.known);
    assert_int_equal(run.exit.signal, SIGTERM);
    assert_false(run.exit.requested); /* a service starts anew, a job has ended */
    native_run_clear(&run);
}

/* Both monitor and nexlet are gone when the next nexlet looks. */
static void an_exit_is_read_from_the_record_without_a_monitor(void **state) {
    native_rig *rig = *state;
    nex_process_record record = {0};
    nex_error err;
    pid_t pid = start_and_be_killed(rig, "w1", "echo ready; exit 9", "ready");
    native_wait_file(rig, "w1", MON_FILE_RUN, has_ended);
    mon_run run = recorded(rig, "w1");
    assert_int_equal(run.state.pid, pid);
    assert_int_equal(kill(run.monitor_pid, SIGKILL), 0);
    native_wait_gone(run.monitor_pid);
    assert_int_equal(rig->layer.ops->recover(rig->layer.self, find_ended, &record, &err), NEX_OK);
    assert_int_equal(record.found, NEX_PROCESS_ENDED);
    assert_int_equal(record.exit.code, 9);
}

static void a_killed_monitor_is_noticed_and_the_workload_ended(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    native_run_sh(rig, &run, "w1", "trap '' TERM HUP; sleep 1000 & echo ready; wait", NULL);
    (void)native_run_wait_text(&run, "ready");
    pid_t pid = (pid_t)run.info.pid;
    assert_int_equal(kill(recorded(rig, "w1").monitor_pid, SIGKILL), 0);
    native_run_wait_end(&run);
    assert_false(run.exit.known);
    assert_true(run.exit.killed);
    assert_false(native_alive(pid));
    native_run_clear(&run);
}

static void what_a_killed_monitor_left_is_ended_by_the_next_nexlet(void **state) {
    native_rig *rig = *state;
    native_run run = {0};
    pid_t pid = start_and_be_killed(rig, "w1", "echo ready; exec sleep 1000", "ready");
    pid_t monitor = recorded(rig, "w1").monitor_pid;
    assert_int_equal(kill(monitor, SIGKILL), 0);
    native_wait_gone(monitor);
    assert_true(native_alive(pid));
    native_run_adopt(rig, &run, "w1");
    native_run_wait_end(&run);
    assert_false(run.exit.known);
    assert_false(native_alive(pid));
    native_run_clear(&run);
}

/* The pid on record is another process's by now: of this boot with another start, or of another
 * boot. It must not be touched. */
static void a_pid_that_is_used_again_is_left_alone(void **state) {
    native_rig *rig = *state;
    for (int kind = 0; kind < 2; kind++) {
        native_run run = {0};
        pid_t innocent = fork();
        assert_true(innocent >= 0);
        if (innocent == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            pause();
            _exit(0);
        }
        mon_process process;
        mon_run record = {.id = "w1", .state = {.phase = MON_PHASE_RUNNING, .pid = innocent}};
        assert_true(mon_process_read(innocent, &process));
        record.state.start_ticks = process.start_ticks + (kind == 0 ? 1 : 0);
        mon_boot_id(record.boot_id);
        if (kind == 1) {
            record.boot_id[0] = record.boot_id[0] == 'a' ? 'b' : 'a';
        }
        nex_error err;
        assert_int_equal(rig->layer.ops->save(rig->layer.self, "w1", "x", 1, &err), NEX_OK);
        char path[192];
        snprintf(path, sizeof path, "%s/workloads/w1", rig->state);
        int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        assert_int_equal(mon_run_write(directory, &record, true), 0);
        close(directory);
        native_run_adopt(rig, &run, "w1");
        native_run_wait_end(&run);
        assert_false(run.exit.known);
        assert_false(run.exit.killed);
        assert_true(native_alive(innocent));
        kill(innocent, SIGKILL);
        waitpid(innocent, NULL, 0);
        native_run_clear(&run);
    }
}

static void the_log_goes_on_over_runs(void **state) {
    native_rig *rig = *state;
    for (int i = 1; i <= 3; i++) {
        native_run run = {0};
        char script[32];
        snprintf(script, sizeof script, "echo run %d", i);
        native_run_sh(rig, &run, "w1", script, NULL);
        native_run_wait_end(&run);
        char expected[32];
        snprintf(expected, sizeof expected, "run %d\n", i);
        assert_string_equal(run.out.data, expected);
        assert_int_equal(recorded(rig, "w1").state.log_next, i + 1);
        native_run_clear(&run);
    }
}

static void no_run_is_not_found(void **state) {
    native_rig *rig = *state;
    nex_error err;
    nex_process *process = NULL;
    assert_int_equal(
        rig->layer.ops->adopt(rig->layer.self, "w1", &native_run_events, NULL, &process, &err),
        NEX_ENOTFOUND);
    assert_int_equal(rig->layer.ops->save(rig->layer.self, "w1", "x", 1, &err), NEX_OK);
    assert_int_equal(
        rig->layer.ops->adopt(rig->layer.self, "w1", &native_run_events, NULL, &process, &err),
        NEX_ENOTFOUND);
    assert_int_equal(rig->layer.ops->save(rig->layer.self, "../w1", "x", 1, &err), NEX_EINVAL);
}

static void one_nexlet_has_a_state_directory(void **state) {
    native_rig *rig = *state;
    native_rig other;
    native_run run = {0};
    nex_error err;
    native_run_sh(rig, &run, "w1", "echo ready; exec sleep 1000", NULL);
    (void)native_run_wait_text(&run, "ready");
    native_rig_again(&other, rig);
    assert_int_equal(nex_process_monitor_claim(&rig->layer, true, &err), NEX_OK);
    assert_int_equal(nex_process_monitor_claim(&other.layer, true, &err), NEX_ESTATE);
    assert_non_null(strstr(err.message, rig->state));
    native_rig_close(&other);
    /* A monitor does not hold it for its nexlet. */
    native_run_clear(&run);
    native_rig_close(rig);
    native_rig_again(rig, &other);
    assert_int_equal(nex_process_monitor_claim(&rig->layer, true, &err), NEX_OK);
    native_run_adopt(rig, &run, "w1");
    rig->layer.ops->stop(rig->layer.self, run.process, 0, 0);
    native_run_wait_end(&run);
    native_run_clear(&run);
}

static void an_empty_state_directory_does_not_stay(void **state) {
    native_rig *rig = *state;
    nex_error err;
    assert_int_equal(nex_process_monitor_claim(&rig->layer, true, &err), NEX_OK);
    assert_int_equal(rig->layer.ops->retire(rig->layer.self, "w1", &err), NEX_OK);
    native_rig_close(rig);
    assert_int_equal(access(rig->state, F_OK), -1);
    const native_rig closed = *rig;
    native_rig_again(rig, &closed);
}

/* Not the workload's record, nor its content, but that a file is there says that it was stopped. */
static void what_was_retired_stays_so(void **state) {
    native_rig *rig = *state;
    const nex_process_ops *ops = rig->layer.ops;
    nex_error err;
    assert_false(ops->retired(rig->layer.self, "w1"));
    assert_int_equal(ops->retire(rig->layer.self, "w1", &err), NEX_OK);
    assert_int_equal(ops->retire(rig->layer.self, "w1", &err), NEX_OK);
    assert_true(ops->retired(rig->layer.self, "w1"));
    ops->forget(rig->layer.self, "w1");
    assert_true(ops->retired(rig->layer.self, "w1"));
    assert_int_equal(ops->retire(rig->layer.self, "../w1", &err), NEX_EIO);
    assert_false(ops->retired(rig->layer.self, "../w1"));
    native_rig_close(rig);
    const native_rig closed = *rig;
    native_rig_again(rig, &closed);
    assert_true(rig->layer.ops->retired(rig->layer.self, "w1"));
    assert_false(rig->layer.ops->retired(rig->layer.self, "w2"));
}

static void the_oldest_of_many_retired_are_forgotten(void **state) {
    enum { KEPT = 16384 };
    native_rig *rig = *state;
    nex_error err;
    char id[24];
    for (int i = 0; i < KEPT + 200; i++) {
        snprintf(id, sizeof id, "w%d", i);
        assert_int_equal(rig->layer.ops->retire(rig->layer.self, id, &err), NEX_OK);
    }
    assert_true(rig->layer.ops->retired(rig->layer.self, "w0")); /* asked for: the newest now */
    assert_int_equal(nex_process_monitor_claim(&rig->layer, true, &err), NEX_OK);
    assert_true(rig->layer.ops->retired(rig->layer.self, "w0"));
    assert_true(rig->layer.ops->retired(rig->layer.self, id)); /* the last */
    int left = 0;
    for (int i = 0; i < KEPT + 200; i++) {
        snprintf(id, sizeof id, "w%d", i);
        left += rig->layer.ops->retired(rig->layer.self, id) ? 1 : 0;
    }
    assert_int_equal(left, KEPT);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(is_adopted_with_its_pid_and_all_its_output, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(many_lines_across_adoptions_come_once_each, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(pieces_of_all_sizes_come_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(an_exit_nobody_saw_is_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(a_monitor_that_is_told_to_end_does, setup, teardown),
        cmocka_unit_test_setup_teardown(an_exit_is_read_from_the_record_without_a_monitor, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_killed_monitor_is_noticed_and_the_workload_ended, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(what_a_killed_monitor_left_is_ended_by_the_next_nexlet,
                                        setup, teardown),
        cmocka_unit_test_setup_teardown(a_pid_that_is_used_again_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(the_log_goes_on_over_runs, setup, teardown),
        cmocka_unit_test_setup_teardown(no_run_is_not_found, setup, teardown),
        cmocka_unit_test_setup_teardown(one_nexlet_has_a_state_directory, setup, teardown),
        cmocka_unit_test_setup_teardown(an_empty_state_directory_does_not_stay, setup, teardown),
        cmocka_unit_test_setup_teardown(what_was_retired_stays_so, setup, teardown),
        cmocka_unit_test_setup_teardown(the_oldest_of_many_retired_are_forgotten, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
