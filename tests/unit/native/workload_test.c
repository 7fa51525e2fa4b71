/* The life of workloads: starts, ends, restarts, stops, and being found again. Time is virtual,
 * processes and runner are fakes. */
#include "fake_native.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void a_start_is_answered_when_it_runs(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    assert_true(has(r, "w1"));
    assert_string_equal(w->path, "/bin/sh");
    assert_string_equal(w->argv, "/bin/sh\n");
    assert_int_equal(r->agent.event_count, 1);
    assert_false(r->agent.events[0].stopped);
    assert_string_equal(r->agent.events[0].id, "w1");
    assert_state(r, "w1", NEX_WORKLOAD_STATE_RUNNING);
    assert_metadata(r, "w1", "restarts", "0");
    char pid[24];
    snprintf(pid, sizeof pid, "%lld", (long long)w->info.pid);
    assert_metadata(r, "w1", "pid", pid);
}

static void the_environment_is_the_requests_and_credentials(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_JOB,
                             "{\"uri\":\"/bin/sh\",\"argv\":[\"-c\",\"true\"],\"stdin\":\"in\","
                             "\"environment\":{\"A\":\"1\",\"NEX_WORKLOAD_NATS_NKEY\":\"mine\"}}");
    char expected[256];
    snprintf(expected, sizeof expected,
             "NEX_WORKLOAD_ID=w1\nA=1\nNEX_WORKLOAD_NATS_SERVERS=nats://a:1,nats://b:2\n"
             "NEX_WORKLOAD_NATS_NKEY=SUSEED\nNEX_WORKLOAD_NATS_B64_JWT=YS5iLmM=\n"
             "NEX_WORKLOAD_NATS_CREDS=%s/w1/work/nats.creds\n",
             r->machine.root);
    assert_string_equal(w->env, expected);
    assert_string_equal(w->argv, "/bin/sh\n-c\ntrue\n");
    assert_string_equal(w->input, "in");
}

static void what_cannot_run_is_refused_in_words(void **state) {
    rig *r = *state;
    assert_refused(r, "{}", "uri");
    assert_refused(r, "{\"uri\":7}", "/uri");
    assert_refused(r, "{\"uri\":\"file:///no/such/program\"}", "/no/such/program");
    assert_refused(r, "{\"uri\":\"file:///etc\"}", "it is not a file");
    assert_refused(r, "{\"uri\":\"file:///etc/passwd\"}", "not executable");
    assert_refused(r, "{\"uri\":\"file://relative\"}", "absolute path");
    assert_refused(r, "{\"uri\":\"gopher://x/y\"}", "gopher");
    r->agent.secret_status = NEX_ENOTFOUND;
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"environment\":{\"K\":\"secret://s\"}}",
                   "secret of default: there is none");
    r->agent.secret_status = NEX_OK;
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"environment\":{\"K=L\":\"v\"}}", "K=L");
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"workdir\":\"here\"}", "absolute path");
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"user\":\"no-such-user\"}", "no-such-user");
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"user\":\"root\",\"isolation\":\"strict\"}", "strict");
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"isolation\":\"none\"}", "isolation");
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"limits\":{\"io_read\":0}}", "io_read");
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"limits\":{\"cpu\":-1}}", "cpu");
    assert_refused(r, "{\"uri\":\"/bin/sh\",\"stdin\":\"a\",\"stdin_subject\":\"b\"}", "only one");
    r->machine.start_status = NEX_EIO;
    assert_refused(r, "{\"uri\":\"/bin/sh\"}", "no process can be had");
    assert_int_equal(r->agent.event_count, 0);
}

static void secrets_take_their_places_before_the_start(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    r->agent.hold_secrets = true;
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                  "{\"uri\":\"/bin/sh\",\"argv\":[\"a\",\"secret://b\"],"
                  "\"environment\":{\"K\":\"secret://s\"}}",
                  false, &call);
    assert_null(fake_find(&r->machine, "w1")); /* nor is anything of it on record */
    fake_answer_secrets(&r->agent);
    fake_workload *w = fake_find(&r->machine, "w1");
    assert_int_equal(w->starts, 1);
    assert_string_equal(w->argv, "/bin/sh\na\nVALUE-OF-b\n");
    assert_non_null(strstr(w->env, "K=VALUE-OF-s\n"));
    assert_null(strstr(w->saved, "VALUE-OF"));
    fake_started(w);
    assert_true(call.started);
    fake_ended(w, 1);
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_int_equal(w->starts, 2); /* without asking again */
}

static void a_stop_while_secrets_are_asked_for_wins(void **state) {
    rig *r = *state;
    nex_agent_call start = {0};
    nex_agent_call end = {0};
    r->agent.hold_secrets = true;
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", false, &start);
    stop(r, "w1", &end);
    assert_true(end.stopped);
    assert_true(start.failed);
    assert_false(has(r, "w1"));
    fake_answer_secrets(&r->agent);
    assert_null(fake_find(&r->machine, "w1")); /* nor is anything of it on record */
}

static void calls_that_are_open_at_the_end_are_answered(void **state) {
    rig *r = *state;
    nex_agent_call start = {0};
    nex_agent_call end = {0};
    (void)begin_service(r, "w1");
    stop(r, "w1", &end);
    start_request(r, "w2", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", false, &start);
    nex_native_detach(r->native);
    assert_int_equal(start.answers, 1);
    assert_int_equal(end.answers, 1);
}

static void a_failed_start_stores_nothing(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", false, &call);
    fake_workload *w = fake_find(&r->machine, "w1");
    fake_failed(w, NEX_EIO, "the program cannot be executed: Exec format error");
    assert_true(call.failed);
    assert_non_null(strstr(call.error, "Exec format error"));
    assert_false(has(r, "w1"));
    assert_int_equal(w->forgotten, 1);
    assert_int_equal(r->agent.event_count, 0);
    assert_int_equal(fake_loop_next(r->loop), -1);
}

static void a_second_start_answers_as_the_first(void **state) {
    rig *r = *state;
    nex_agent_call first = {0};
    nex_agent_call during = {0};
    nex_agent_call after = {0};
    const char *request = "{\"uri\":\"/bin/sh\"}";
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, request, false, &first);
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, request, false, &during);
    fake_workload *w = fake_find(&r->machine, "w1");
    fake_started(w);
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, request, true, &after);
    assert_true(first.started && during.started && after.started);
    assert_string_equal(during.name, "hello");
    assert_int_equal(w->starts, 1);
    assert_int_equal(r->agent.event_count, 1);
}

static void a_job_ends_and_says_so(void **state) {
    static const struct {
        int code;
        const char *text;
    } ends[] = {{0, NULL}, {3, "3"}, {-SIGKILL, "SIGKILL"}, {-SIGSEGV, "SIGSEGV"}};
    rig *r = *state;
    for (size_t i = 0; i < 4; i++) {
        char id[8];
        snprintf(id, sizeof id, "j%zu", i);
        r->agent.event_count = 0;
        fake_workload *w = begin(r, id, NEX_WORKLOAD_LIFECYCLE_JOB, "{\"uri\":\"file:///bin/sh\"}");
        fake_ended(w, ends[i].code);
        assert_int_equal(r->agent.event_count, 2);
        assert_false(r->agent.events[0].stopped);
        assert_true(r->agent.events[1].stopped);
        assert_int_equal(r->agent.events[1].has_error, ends[i].text != NULL);
        if (ends[i].text != NULL) {
            assert_string_equal(r->agent.events[1].code, ends[i].text);
        }
        assert_state(r, id, NEX_WORKLOAD_STATE_STOPPED);
        assert_metadata(r, id, "exit", ends[i].text != NULL ? ends[i].text : "0");
        assert_int_equal(w->starts, 1);
    }
    /* They are forgotten after a while. */
    assert_true(has(r, "j0"));
    fake_loop_advance(r->loop, NEX_HOUR);
    assert_false(has(r, "j0"));
    assert_int_equal(fake_find(&r->machine, "j0")->forgotten, 1);
}

/* Its monitor was killed: what it left was ended, and how it would have ended is not known. */
static void a_job_that_nobody_saw_end_says_so(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "j", NEX_WORKLOAD_LIFECYCLE_JOB, "{\"uri\":\"file:///bin/sh\"}");
    const nex_process_exit unseen = {.killed = true, .run = 1, .started = {.seconds = 1}};
    w->running = false;
    w->held = false;
    w->process.events->ended(w->process.arg, &unseen);
    assert_int_equal(r->agent.event_count, 2);
    assert_true(r->agent.events[1].stopped && r->agent.events[1].has_error);
    assert_string_equal(r->agent.events[1].code, "unknown");
    assert_string_equal(r->agent.events[1].message, "nobody saw how it ended");
    assert_state(r, "j", NEX_WORKLOAD_STATE_STOPPED);
    assert_metadata(r, "j", "exit", "unknown");
    fake_loop_advance(r->loop, NEX_MINUTE);
    assert_int_equal(w->starts, 1); /* a job is run once */
}

static void a_service_restarts_six_times_with_growing_pauses(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    nex_duration base = 250 * NEX_MILLISECOND;
    for (unsigned i = 0; i < 5; i++) {
        fake_ended(w, 1);
        assert_state(r, "w1", NEX_WORKLOAD_STATE_STARTING);
        nex_duration delay = fake_loop_next(r->loop);
        assert_true(delay >= base && delay <= base + base / 5);
        fake_loop_advance(r->loop, delay - 1);
        assert_int_equal(w->starts, i + 1);
        fake_loop_advance(r->loop, 1);
        assert_int_equal(w->starts, i + 2);
        fake_started(w);
        assert_state(r, "w1", NEX_WORKLOAD_STATE_RUNNING);
        base *= 2;
    }
    assert_int_equal(r->agent.event_count, 1); /* it was one workload all the time */
    assert_int_equal(r->agent.other_count, 5);
    assert_string_equal(r->agent.others[4].type, "WORKLOADRESTARTED");
    assert_non_null(strstr(r->agent.others[4].json, "\"reason\":\"exit 1\""));
    assert_non_null(strstr(r->agent.others[4].json, "\"restarts\":5"));
    assert_metadata(r, "w1", "restarts", "5");
    fake_ended(w, 1);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    assert_int_equal(r->agent.event_count, 2);
    assert_true(r->agent.events[1].stopped && r->agent.events[1].has_error);
    assert_string_equal(r->agent.events[1].code, "1");
    assert_string_equal(r->agent.events[1].message,
                        "gave up after 6 starts in a row; the last: exit 1");
    fake_loop_advance(r->loop, 24 * NEX_HOUR);
    assert_int_equal(w->starts, 6);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    /* Stopping it takes it out of the list, without another event. */
    nex_agent_call call = {0};
    stop(r, "w1", &call);
    assert_true(call.stopped);
    assert_false(has(r, "w1"));
    assert_int_equal(r->agent.event_count, 2);
}

static void ten_healthy_seconds_set_the_count_back(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    for (unsigned i = 0; i < 20; i++) {
        fake_loop_advance(r->loop, 10 * NEX_SECOND);
        fake_ended(w, 1);
        assert_in_range(fake_loop_next(r->loop), 250 * NEX_MILLISECOND, 300 * NEX_MILLISECOND);
        fake_loop_advance(r->loop, 300 * NEX_MILLISECOND);
        fake_started(w);
    }
    assert_int_equal(w->starts, 21);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_RUNNING);
}

static void a_service_restarts_even_after_status_zero(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    fake_ended(w, 0);
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_int_equal(w->starts, 2);
}

static void a_restart_that_fails_counts_as_one(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    fake_ended(w, 1);
    for (unsigned i = 0; i < 5; i++) {
        fake_loop_advance(r->loop, NEX_MINUTE);
        fake_failed(w, NEX_EIO, "text file busy");
    }
    assert_int_equal(w->starts, 6);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    assert_metadata(r, "w1", "reason", "gave up after 6 starts in a row; the last: text file busy");
}

static void the_restart_policy_of_the_request_counts(void **state) {
    rig *r = *state;
    fake_workload *never = begin(r, "never", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                 "{\"uri\":\"/bin/sh\",\"restart\":{\"policy\":\"never\"}}");
    fake_ended(never, 1);
    assert_state(r, "never", NEX_WORKLOAD_STATE_STOPPED);
    fake_workload *failing =
        begin(r, "failing", NEX_WORKLOAD_LIFECYCLE_JOB,
              "{\"uri\":\"/bin/sh\",\"restart\":{\"policy\":\"on-failure\",\"limit\":1,"
              "\"delay\":\"1s\"}}");
    fake_ended(failing, 1);
    assert_state(r, "failing", NEX_WORKLOAD_STATE_STARTING);
    fake_loop_advance(r->loop, 2 * NEX_SECOND);
    assert_int_equal(failing->starts, 2);
    fake_started(failing);
    fake_ended(failing, 1);
    assert_state(r, "failing", NEX_WORKLOAD_STATE_ERROR);
    fake_workload *well = begin(r, "well", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                                "{\"uri\":\"/bin/sh\",\"restart\":{\"policy\":\"on-failure\"}}");
    fake_ended(well, 0);
    assert_state(r, "well", NEX_WORKLOAD_STATE_STOPPED);
}

static void a_stop_is_answered_when_all_is_gone(void **state) {
    rig *r = *state;
    fake_workload *w =
        begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE,
              "{\"uri\":\"/bin/sh\",\"stop\":{\"signal\":\"INT\",\"grace\":\"2s\"}}");
    nex_agent_call call = {0};
    nex_agent_call again = {0};
    stop(r, "w1", &call);
    assert_int_equal(w->stops, 1);
    assert_int_equal(w->stop_signal, SIGINT);
    assert_int_equal(w->stop_grace, 2 * NEX_SECOND);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_STOPPING);
    stop(r, "w1", &again);
    assert_int_equal(call.answers + again.answers, 0);
    fake_ended(w, -SIGINT);
    assert_true(call.stopped && again.stopped);
    assert_false(has(r, "w1"));
    assert_int_equal(w->forgotten, 1);
    assert_int_equal(r->agent.event_count, 2);
    assert_true(r->agent.events[1].stopped);
    assert_false(r->agent.events[1].has_error);
    fake_loop_advance(r->loop, NEX_HOUR);
    assert_int_equal(w->starts, 1);
}

static void a_stop_between_two_runs_ends_it_at_once(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    fake_ended(w, 1);
    nex_agent_call call = {0};
    stop(r, "w1", &call);
    assert_true(call.stopped);
    fake_loop_advance(r->loop, NEX_HOUR);
    assert_int_equal(w->starts, 1);
    assert_int_equal(r->agent.event_count, 2);
}

static void a_stop_during_the_start_wins(void **state) {
    rig *r = *state;
    nex_agent_call start = {0};
    nex_agent_call call = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", false, &start);
    fake_workload *w = fake_find(&r->machine, "w1");
    stop(r, "w1", &call);
    fake_started(w);
    assert_int_equal(w->stops, 1);
    fake_ended(w, -SIGTERM);
    assert_true(call.stopped);
    assert_true(start.failed);
    assert_false(has(r, "w1"));
}

static void what_was_running_is_adopted(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    int64_t pid = w->info.pid;
    crash(r);
    assert_true(has(r, "w1"));
    fake_started(w);
    nex_agent_call replay = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", true, &replay);
    assert_true(replay.started);
    assert_int_equal(w->starts, 1);
    assert_int_equal(w->info.pid, pid);
    assert_int_equal(r->agent.event_count, 1);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_RUNNING);
    /* And it is a service as before. */
    fake_ended(w, 1);
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_int_equal(w->starts, 2);
}

static void what_ended_meanwhile_is_reported_or_restarted(void **state) {
    rig *r = *state;
    fake_workload *service = begin_service(r, "service");
    fake_workload *job = begin(r, "job", NEX_WORKLOAD_LIFECYCLE_JOB, "{\"uri\":\"/bin/sh\"}");
    r->agent.event_count = 0;
    nex_native_detach(r->native);
    fake_ended(service, 1);
    fake_ended(job, 4);
    crash(r);
    assert_int_equal(r->agent.event_count, 1);
    assert_string_equal(r->agent.events[0].id, "job");
    assert_string_equal(r->agent.events[0].code, "4");
    assert_state(r, "job", NEX_WORKLOAD_STATE_STOPPED);
    fake_loop_advance(r->loop, NEX_SECOND);
    assert_int_equal(service->starts, 2);
    /* A job that was reported is not reported again, nor run. */
    crash(r);
    assert_int_equal(r->agent.event_count, 1);
    assert_state(r, "job", NEX_WORKLOAD_STATE_STOPPED);
    nex_agent_call replay = {0};
    start_request(r, "job", NEX_WORKLOAD_LIFECYCLE_JOB, "{\"uri\":\"/bin/sh\"}", true, &replay);
    assert_true(replay.started);
    assert_int_equal(job->starts, 1);
}

static void events_wait_for_the_registration(void **state) {
    rig *r = *state;
    fake_workload *job = begin(r, "job", NEX_WORKLOAD_LIFECYCLE_JOB, "{\"uri\":\"/bin/sh\"}");
    nex_native_detach(r->native);
    fake_ended(job, 4);
    r->agent.event_count = 0;
    r->agent.registered = false;
    crash(r);
    assert_int_equal(r->agent.event_count, 0);
    r->agent.registered = true;
    nex_native_ops()->registered(r->native, "N", "A");
    assert_int_equal(r->agent.event_count, 1);
    nex_native_ops()->registered(r->native, "N", "A");
    assert_int_equal(r->agent.event_count, 1);
}

static void what_gave_up_stays_given_up(void **state) {
    rig *r = *state;
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                             "{\"uri\":\"/bin/sh\",\"restart\":{\"limit\":0}}");
    fake_ended(w, 1);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    crash(r);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    assert_metadata(r, "w1", "reason", "gave up after 1 starts in a row; the last: exit 1");
    assert_int_equal(w->starts, 1);
}

static void a_damaged_run_is_not_started_twice(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    nex_native_detach(r->native);
    w->running = false;
    w->damaged = true;
    crash(r);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    fake_loop_advance(r->loop, NEX_HOUR);
    assert_int_equal(w->starts, 1);
    /* The damaged record was put aside: what is left must not look like one that never ran. */
    w->damaged = false;
    w->ended = false;
    crash(r);
    assert_state(r, "w1", NEX_WORKLOAD_STATE_ERROR);
    assert_int_equal(w->starts, 1);
}

/* Nothing but the mark is left of the stop: not the node's record, nor the monitor's. */
static void a_stop_that_was_cut_short_goes_on(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    fake_workload *runs = begin_service(r, "w1");
    fake_workload *damaged = begin_service(r, "w2");
    fake_workload *ended = begin_service(r, "w3");
    stop(r, "w1", &call);
    stop(r, "w2", &call);
    stop(r, "w3", &call);
    runs->stops = 0; /* its monitor was not told yet */
    damaged->running = false;
    damaged->damaged = true;
    ended->running = false;
    crash(r);
    assert_int_equal(runs->stops, 1);
    assert_false(has(r, "w2"));
    assert_int_equal(damaged->forgotten, 1);
    assert_false(has(r, "w3"));
    assert_int_equal(ended->forgotten, 1);
    fake_started(runs);
    fake_ended(runs, -SIGTERM);
    assert_false(has(r, "w1"));
    assert_int_equal(runs->starts + damaged->starts + ended->starts, 3);
}

static void what_was_stopped_is_not_started_for_a_node_that_forgot(void **state) {
    rig *r = *state;
    nex_agent_call end = {0};
    nex_agent_call again = {0};
    nex_agent_call anew = {0};
    fake_workload *w = begin_service(r, "w1");
    stop(r, "w1", &end);
    fake_ended(w, -SIGTERM);
    assert_true(end.stopped);
    crash(r);
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", true, &again);
    assert_true(again.started);
    assert_false(has(r, "w1"));
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", false, &anew);
    assert_true(anew.failed);
    assert_int_equal(w->starts, 1);
}

static void a_job_that_is_long_over_is_not_run_again(void **state) {
    rig *r = *state;
    nex_agent_call again = {0};
    fake_workload *w = begin(r, "w1", NEX_WORKLOAD_LIFECYCLE_JOB, "{\"uri\":\"/bin/sh\"}");
    fake_ended(w, 0);
    fake_loop_advance(r->loop, NEX_HOUR);
    assert_false(has(r, "w1"));
    crash(r);
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_JOB, "{\"uri\":\"/bin/sh\"}", true, &again);
    assert_true(again.started);
    assert_int_equal(w->starts, 1);
}

/* The node ends, and has its workloads started anew when it is back. */
static void what_ended_with_its_node_is_started_again(void **state) {
    rig *r = *state;
    nex_agent_call again = {0};
    fake_workload *w = begin_service(r, "w1");
    nex_native_stop_all(r->native, NULL, NULL);
    fake_ended(w, -SIGTERM);
    assert_false(has(r, "w1"));
    crash(r);
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", true, &again);
    assert_int_equal(w->starts, 2);
    fake_started(w);
    assert_true(again.started);
}

static void existing_is_started_when_nothing_runs(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "w1", NEX_WORKLOAD_LIFECYCLE_SERVICE, "{\"uri\":\"/bin/sh\"}", true, &call);
    fake_workload *w = fake_find(&r->machine, "w1");
    assert_int_equal(w->starts, 1);
    fake_started(w);
    assert_true(call.started);
}

static void output_waits_while_the_bus_takes_none(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    assert_true(fake_output(w, NEX_PROCESS_STDOUT, "one\n"));
    r->agent.output_status = NEX_EUNREACHABLE;
    assert_false(fake_output(w, NEX_PROCESS_STDOUT, "two\n"));
    r->agent.output_status = NEX_OK;
    assert_true(fake_output(w, NEX_PROCESS_STDOUT, "two\n"));
    assert_true(fake_output(w, NEX_PROCESS_STDERR, "bad\n"));
    assert_string_equal(r->agent.out.data, "one\ntwo\n");
    assert_string_equal(r->agent.err.data, "bad\n");
    /* But nobody waits for the bus to have a workload ended. */
    nex_agent_call call = {0};
    stop(r, "w1", &call);
    r->agent.output_status = NEX_EUNREACHABLE;
    assert_true(fake_output(w, NEX_PROCESS_STDOUT, "dropped\n"));
    assert_metadata(r, "w1", "log_missed", "1");
    fake_ended(w, -SIGTERM);
    assert_true(call.stopped);
}

static void lame_duck_takes_no_work_and_ends_after_its_delay(void **state) {
    rig *r = *state;
    fake_workload *w = begin_service(r, "w1");
    nex_agent_call duck = {0};
    nex_native_ops()->set_lameduck(r->native, 5 * NEX_SECOND, &duck);
    assert_true(duck.lameduck);
    assert_refused(r, "{\"uri\":\"/bin/sh\"}", "lame duck");
    fake_loop_advance(r->loop, 5 * NEX_SECOND - 1);
    assert_int_equal(w->stops, 0);
    fake_loop_advance(r->loop, 1);
    assert_int_equal(w->stops, 1);
}

static void on_all_stopped(void *arg) {
    ++*(int *)arg;
}

static void stop_all_is_done_when_the_last_is_gone(void **state) {
    rig *r = *state;
    int done = 0;
    fake_workload *a = begin_service(r, "a");
    fake_workload *b = begin(r, "b", NEX_WORKLOAD_LIFECYCLE_SERVICE,
                             "{\"uri\":\"/bin/sh\",\"stop\":{\"grace\":\"1h\"}}");
    fake_workload *c = begin_service(r, "c");
    fake_ended(c, 1); /* waits for its restart */
    nex_native_stop_all(r->native, on_all_stopped, &done);
    assert_int_equal(b->stop_grace, 7 * NEX_SECOND);
    assert_refused(r, "{\"uri\":\"/bin/sh\"}", "stopping");
    fake_ended(a, -SIGTERM);
    assert_int_equal(done, 0);
    fake_ended(b, -SIGKILL);
    assert_int_equal(done, 1);
    fake_loop_advance(r->loop, NEX_HOUR);
    assert_int_equal(c->starts, 1);
    nex_native_stop_all(r->native, on_all_stopped, &done);
    fake_loop_run_posted(r->loop);
    assert_int_equal(done, 2);
}

static void functions_run_once_a_message(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "f1", NEX_WORKLOAD_LIFECYCLE_FUNCTION, "{\"uri\":\"/bin/cat\"}", false, &call);
    assert_true(call.started);
    assert_string_equal(r->agent.trigger_subject, "default.function.hello");
    assert_string_equal(r->agent.trigger_queue, "hello");
    assert_state(r, "f1", NEX_WORKLOAD_STATE_WARM);
    nex_header headers[] = {{"X-Kind", "big"}};
    nex_msg msg = {.subject = "default.function.hello",
                   .data = "ping",
                   .len = 4,
                   .headers = headers,
                   .header_count = 1};
    nex_trigger_call first;
    nex_trigger_call second;
    fake_trigger(&r->agent, &first, &msg);
    fake_trigger(&r->agent, &second, &msg);
    fake_workload *run = fake_find(&r->machine, "f1");
    assert_true(run->attached);
    assert_string_equal(run->input, "ping");
    assert_non_null(strstr(run->env, "NEX_TRIGGER_SUBJECT=default.function.hello\n"));
    assert_non_null(strstr(run->env, "NEX_HEADER_X_KIND=big\n"));
    assert_int_equal(r->machine.count, 2); /* the record and one run: one at a time */
    fake_started(run);
    assert_true(fake_output(run, NEX_PROCESS_STDOUT, "pong"));
    assert_true(fake_output(run, NEX_PROCESS_STDERR, "said\n"));
    fake_ended(run, 0);
    assert_true(first.replied);
    assert_false(first.has_error);
    assert_string_equal(first.data.data, "pong");
    assert_string_equal(r->agent.err.data, "said\n");
    run = fake_find(&r->machine, "f1");
    assert_int_equal(r->machine.count, 3);
    fake_ended(run, 3);
    assert_true(second.has_error);
    assert_string_equal(second.error, "exit 3");
    nex_buf_free(&first.data);
    nex_buf_free(&second.data);
    nex_agent_call end = {0};
    stop(r, "f1", &end);
    assert_true(end.stopped);
    assert_int_equal(r->agent.trigger_count, 0);
}

static void a_function_that_takes_too_long_is_ended(void **state) {
    rig *r = *state;
    nex_agent_call call = {0};
    start_request(r, "f1", NEX_WORKLOAD_LIFECYCLE_FUNCTION,
                  "{\"uri\":\"/bin/cat\",\"triggers\":[\"default.b\"],"
                  "\"function\":{\"timeout\":\"2s\",\"queue\":0}}",
                  false, &call);
    assert_string_equal(r->agent.trigger_subject, "default.b");
    nex_msg msg = {.subject = "default.b", .data = "x", .len = 1};
    nex_trigger_call slow;
    nex_trigger_call extra;
    fake_trigger(&r->agent, &slow, &msg);
    fake_trigger(&r->agent, &extra, &msg);
    assert_true(extra.has_error);
    assert_non_null(strstr(extra.error, "too many"));
    fake_workload *run = fake_find(&r->machine, "f1");
    fake_loop_advance(r->loop, 2 * NEX_SECOND);
    assert_int_equal(run->stops, 1);
    fake_ended(run, -SIGTERM);
    assert_true(slow.has_error);
    assert_non_null(strstr(slow.error, "too long"));
    /* After a crash it waits for messages again. */
    crash(r);
    assert_int_equal(r->agent.trigger_count, 1);
    assert_state(r, "f1", NEX_WORKLOAD_STATE_WARM);
}

static void get_gives_the_request_back(void **state) {
    rig *r = *state;
    (void)begin_service(r, "w1");
    nex_agent_call call = {0};
    nex_native_ops()->get_workload(r->native, "w1", "default", "", &call);
    assert_non_null(call.request);
    assert_string_equal(call.request->run_request, "{\"uri\":\"file:///bin/sh\"}");
    fake_call_clear(&call);
    nex_native_ops()->get_workload(r->native, "w1", "other", "", &call);
    assert_true(call.got);
    assert_null(call.request);
    nex_native_ops()->get_workload(r->native, "w2", "default", "", &call);
    assert_null(call.request);
}

static void lists_are_filtered(void **state) {
    rig *r = *state;
    (void)begin_service(r, "w1");
    (void)begin_service(r, "w2");
    nex_agent_call call = {0};
    char *id[] = {(char *)(uintptr_t) "w2"};
    char *name[] = {(char *)(uintptr_t) "hello"};
    nex_string_list by_id = {.items = id, .count = 1};
    nex_string_list by_name = {.items = name, .count = 1};
    nex_native_ops()->query_workloads(r->native, "system", &by_id, &call);
    assert_int_equal(call.list->count, 1);
    assert_string_equal(call.list->items[0].namespace_, "default");
    fake_call_clear(&call);
    nex_native_ops()->query_workloads(r->native, "default", &by_name, &call);
    assert_int_equal(call.list->count, 2);
    fake_call_clear(&call);
    nex_native_ops()->query_workloads(r->native, "other", NULL, &call);
    assert_int_equal(call.list->count, 0);
    fake_call_clear(&call);
}

int main(void) {
#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        T(a_start_is_answered_when_it_runs),
        T(the_environment_is_the_requests_and_credentials),
        T(what_cannot_run_is_refused_in_words),
        T(secrets_take_their_places_before_the_start),
        T(a_stop_while_secrets_are_asked_for_wins),
        T(calls_that_are_open_at_the_end_are_answered),
        T(a_failed_start_stores_nothing),
        T(a_second_start_answers_as_the_first),
        T(a_job_ends_and_says_so),
        T(a_job_that_nobody_saw_end_says_so),
        T(a_service_restarts_six_times_with_growing_pauses),
        T(ten_healthy_seconds_set_the_count_back),
        T(a_service_restarts_even_after_status_zero),
        T(a_restart_that_fails_counts_as_one),
        T(the_restart_policy_of_the_request_counts),
        T(a_stop_is_answered_when_all_is_gone),
        T(a_stop_between_two_runs_ends_it_at_once),
        T(a_stop_during_the_start_wins),
        T(what_was_running_is_adopted),
        T(what_ended_meanwhile_is_reported_or_restarted),
        T(events_wait_for_the_registration),
        T(what_gave_up_stays_given_up),
        T(a_damaged_run_is_not_started_twice),
        T(a_stop_that_was_cut_short_goes_on),
        T(what_was_stopped_is_not_started_for_a_node_that_forgot),
        T(a_job_that_is_long_over_is_not_run_again),
        T(what_ended_with_its_node_is_started_again),
        T(existing_is_started_when_nothing_runs),
        T(output_waits_while_the_bus_takes_none),
        T(lame_duck_takes_no_work_and_ends_after_its_delay),
        T(stop_all_is_done_when_the_last_is_gone),
        T(functions_run_once_a_message),
        T(a_function_that_takes_too_long_is_ended),
        T(get_gives_the_request_back),
        T(lists_are_filtered),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
